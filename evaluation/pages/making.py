"""A made-up library as large as a national archive, and a briefing of it, for pages to show.

Findings written for training are recombined into reports on every framework of a programme, one a
force and year. An encoder that costs next to nothing makes the vectors, so that what is found
means nothing; how much is drawn is as ever.
"""

from pathlib import Path

from briefing.collecting import collect
from briefing.keeping import Briefings
from evaluation.scale_building import build_large
from evaluation.scale_corpus import Recombiner
from evaluation.scale_parts import encode_parts, sentences_of
from evaluation.upkeep import StandIn
from indexer.encoder import Encoder
from indexer.errors import MeasureError
from search.library import Library
from training.findings import read_findings

# 43 forces in each of three years.
REPORTS = 129
_COLLECTED = 40


def make_library(folder: Path, reports: int, encoder: Encoder) -> tuple[Path, Path]:
    """A library of so many made-up reports in `folder`, and the empty folder of their files.

    The server asks with `encoder`, so the library is written in its name. Raises MeasureError
    where the findings are not there.
    """
    index, corpus = folder / "index", folder / "corpus"
    findings = read_findings()
    if not findings:
        raise MeasureError("There are no findings to make reports of; see training/findings.py.")
    stand_in = StandIn()
    stand_in.dimension = encoder.dimension
    stand_in.token_dimension = encoder.token_dimension
    recombiner = Recombiner(findings, sentences_of(findings))
    parts = encode_parts(recombiner.texts(), stand_in, folder)
    corpus.mkdir(parents=True)
    build_large(index, passages_of(recombiner, reports), recombiner, parts, encoder.name)
    return index, corpus


def passages_of(recombiner: Recombiner, reports: int) -> int:
    """How many passages so many whole reports have; each has as many as the first."""
    [first, *_] = recombiner.reports(1_000)
    return reports * len(first.passages)


def collect_briefing(library: Library, folder: Path) -> str:
    """A briefing of quotations from across a library, kept in `folder`; its key."""
    briefings = Briefings(folder)
    key = briefings.create("Measured")
    step = max(1, library.passages // _COLLECTED)
    found = library.store.passages(range(0, library.passages, step))
    for passage in list(found.values())[:_COLLECTED]:
        report = library.report(passage.report)
        assert report is not None
        briefings.add(key, collect(library, report, passage.span, "Who patrols?"))
    return key
