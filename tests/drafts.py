"""Quotations made for tests of drafting."""

from drafting.types import Source
from indexer.types import FindingKind, Passage, ReportDetails, Span
from search.types import Answer, Citation, Coverage, Match, Question, Quotation

WORKLOADS = (
    "Workloads in the CAIU stand at 70 cases for each officer a year, against the 60 that the "
    "force itself thinks safe, and no one reviews cases that stay open beyond six months."
)
WARDENS = (
    "Wardens and officers patrol the seafront together every evening in summer, which has cut "
    "calls about rowdy drinking by 31% since 2004/05. It was graded Good."
)
CALLS = "Sussex Police answered 92.4% of 999 calls within ten seconds, up from 88%."


def quotation(
    words: str,
    force: str = "Kent Police",
    is_digest: bool = False,
    start: int = 0,
    finding: FindingKind = "strength",
) -> Quotation:
    """Words quoted whole, out of a report of October 2006."""
    span = Span(start, start + len(words))
    path = ("4B Protecting Vulnerable People",)
    passage = Passage(
        0, force, span, Span(start, start), words, "", path, "4B", path[0][3:], finding, "", 3, 3
    )
    details = ReportDetails(force, f"{force}.txt", "", force, "", 2006, "October 2006", "")
    citation = Citation(force, "Baseline Assessment", "October 2006", path, 3, 3, is_digest)
    return Quotation(Match(1, 1.0, passage, details, citation), span, words)


def source(number: int, words: str, force: str = "Kent Police", is_digest: bool = False) -> Source:
    """Words as the source of that number."""
    return Source(number, quotation(words, force, is_digest), " ".join(words.split()))


SOURCES = (
    source(1, WORKLOADS),
    source(2, WARDENS),
    source(3, CALLS, "Sussex Police"),
    source(4, "Officers gave out 4,000 bells in the market.", is_digest=True),
)


def answer_of(*quotations: Quotation, text: str = "How busy are detectives?") -> Answer:
    """An answer that shows these quotations."""
    return Answer(Question(text), "", quotations, (), Coverage(1, 1, (), ()))
