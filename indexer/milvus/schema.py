"""The four collections of a library in Milvus, as data; `client` turns them into Milvus's own.

A report is held as a *version*: what was read from one file by one version of the reading code. Its
number is a hash of the two, 43 bits, and stands in the upper bits of the numbers of its passages
and sentences, so that every machine gives the same passage the same number, and a version written
twice is written over itself.

Text never stands in a filter: what is filtered by is kept as hashes (`code_of`), so that no report
and no reader can write a filter.
"""

import hashlib
from dataclasses import dataclass
from typing import Literal

# Part of every library: written by one of these, read by no other.
FORMAT = 1
PASSAGES, SENTENCES = "findings_passages", "findings_sentences"
REPORTS, PARTS = "findings_reports", "findings_parts"

# The number of a passage or sentence: its version's, then its own within the report.
_OWN_BITS = 20
_VERSION_BITS = 43
MOST_OWN = 1 << _OWN_BITS
# Milvus's own limit on a string, in bytes.
LONGEST = 65_535

FieldKind = Literal["number", "numbers", "flag", "text", "words", "vector", "nothing"]
# What belongs to the whole library belongs to no version.
LIBRARY = 0
# A version's state: being written, held and searched, being removed.
WRITING, HELD, LEAVING = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Field:
    """One field; "words" is text searched by BM25, "nothing" the vector Milvus wants everywhere.

    `is_filtered` gives it an index; what `is_seldom_read` stays on a server's disk.
    """

    name: str
    kind: FieldKind
    is_filtered: bool = False
    length: int = LONGEST
    is_seldom_read: bool = False


@dataclass(frozen=True, slots=True)
class Collection:
    """A collection: its key, which is a number or a text, and its other fields."""

    name: str
    key: str
    fields: tuple[Field, ...]
    has_text_key: bool = False


# What a passage is filtered by, on its sentences too. `speaks` are the years its text names,
# `grades` those its framework was given in its report.
_FILTERS = (
    Field("report", "number", is_filtered=True),
    Field("force", "number", is_filtered=True),
    Field("year", "number", is_filtered=True),
    Field("superseded", "flag"),
    Field("label", "number", is_filtered=True),
    Field("finding", "number", is_filtered=True),
    Field("grades", "numbers"),
    Field("speaks", "numbers"),
    Field("start", "number"),
    Field("end", "number"),
    Field("key", "text", length=32),
    Field("vector", "vector"),
)
COLLECTIONS = (
    Collection(
        PASSAGES,
        "row",
        (
            *_FILTERS,
            Field("framework", "number"),
            Field("same", "number", is_filtered=True),
            Field("held", "text", is_seldom_read=True),
            Field("tokens", "text", is_seldom_read=True),
            Field("stems", "words", is_seldom_read=True),
            Field("heading", "words", is_seldom_read=True),
        ),
    ),
    Collection(SENTENCES, "number", (Field("row", "number", is_filtered=True), *_FILTERS)),
    Collection(
        REPORTS,
        "report",
        (
            Field("id", "text", length=1_000),
            Field("state", "number"),
            Field("written", "number"),
            Field("key", "text", length=64),
            Field("nothing", "nothing"),
        ),
    ),
    Collection(
        PARTS,
        "part",
        (
            Field("owner", "number", is_filtered=True),
            Field("kind", "text", length=20),
            Field("place", "number"),
            Field("held", "text", is_seldom_read=True),
            Field("nothing", "nothing"),
        ),
        has_text_key=True,
    ),
)


def code_of(text: str) -> int:
    """The number that stands for a text in filters, 63 bits; 0 for an empty one."""
    if not text:
        return 0
    return int.from_bytes(hashlib.sha256(text.encode("utf-8", "replace")).digest()[:8]) >> 1


def version_of(report_id: str, key: str) -> int:
    """The number of what was read: a report and all that it was read from."""
    return code_of(f"{report_id}\n{key}") >> (63 - _VERSION_BITS)


def first_number(version: int) -> int:
    """The number of a version's first passage, and of its first sentence."""
    return version << _OWN_BITS


def version_in(number: int) -> int:
    """The version that a passage's or sentence's number is of."""
    return number >> _OWN_BITS
