"""Bytes in, nothing out: each target takes them as a reader or a question and raises on a fault.

Being refused in a sentence is no fault. A report that is read must be sound: every span and page
right, no text lost, nothing written that the file does not say.
"""

import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from indexer.audit import report_problems
from indexer.cleaning import clean
from indexer.errors import FindingsError, UnreadableReport
from indexer.exchange import as_plain, from_plain
from indexer.passages import find_passages
from indexer.reports import read_report
from indexer.source import Source
from indexer.types import Report
from search.refusing import refuse_unasked
from search.understanding import LONGEST_QUESTION, Held, understand
from search.vocabulary import Vocabulary, everyday_entries


class Fault(AssertionError):
    """What was made of the bytes is wrong; its text says how."""


def check_report(report: Report) -> None:
    """Raise Fault where a report that was read is not sound."""
    problems = list(report_problems(report, list(find_passages(report))))
    if problems:
        raise Fault(problems[0])
    left = iter(re.sub(r"[\s-]", "", report.raw))
    if not all(sign in left for sign in re.sub(r"[\s-]", "", report.text)):
        raise Fault("the text holds what the file does not")


def read_file(content: bytes) -> None:
    """Take the bytes as a file that is to become a report."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "report"
        path.write_bytes(content)
        try:
            report = read_report(path)
        except UnreadableReport:
            return
    check_report(report)
    if from_plain(Report, as_plain(report)) != report:
        raise Fault("the report is another after it passed between processes")


def clean_text(content: bytes) -> None:
    """Take the bytes as the text of a file, with pages and with mark-up, by its first byte."""
    kind = content[0] if content else 0
    raw = content[1:].decode("utf-8", "replace")
    cleaned = clean(Source(raw, paged=bool(kind & 1), has_markup=bool(kind & 2)))
    left = iter(re.sub(r"[\s-]", "", raw))
    if not all(sign in left for sign in re.sub(r"[\s-]", "", cleaned.text)):
        raise Fault("the text holds what the file does not")
    if any(not block.span.of(cleaned.text).strip() for block in cleaned.blocks):
        raise Fault("a block holds no text")


def ask(content: bytes) -> None:
    """Take the bytes as a question."""
    text = content.decode("utf-8", "replace")[:LONGEST_QUESTION]
    try:
        refuse_unasked(text)
        question = understand(text, *_held())
    except FindingsError:
        return
    if question.text != text:
        raise Fault("the question is another than was asked")
    if not all(2000 <= year <= 2030 for year in question.years if year in _held()[1].years):
        raise Fault("a year that nobody named")


@cache
def _held() -> tuple[Vocabulary, Held]:
    years = tuple(range(2004, 2025))
    return Vocabulary((), everyday_entries()), Held(years, ("Good", "Fair", "Poor", "Excellent"))


TARGETS: Mapping[str, Callable[[bytes], None]] = {
    "questions": ask,
    "cleaning": clean_text,
    "files": read_file,
}
