"""A corpus, or one machine's share of it, in; a library in Milvus brought up to date with it out.

Report by report: read, encoded, written under the numbers of its new version, then held; only then
is the version before removed. Stopped at any moment, every report is there in one version, whole,
and the next build goes on from there. Several machines may build at once, each its own share.
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from indexer.encoder import Encoder, TokenVectors, Vectors
from indexer.errors import CorpusError, LibraryError, UnreadableReport
from indexer.gathering import READING, Failure, Gatherer, Progress, report_files
from indexer.building import Built
from indexer.milvus.client import Tables
from indexer.milvus.held import (
    FAILURE,
    LEXICON,
    RECORD,
    REPORT,
    STAMP,
    SUMMARY,
    Record,
    Version,
    newest,
    read_contents,
    read_parts,
    read_record,
    read_versions,
    write_part,
)
