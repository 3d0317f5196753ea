"""A checked briefing in, the document that every export writes out, audited."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from briefing.checking import Checked, Read, State
from briefing.types import Briefing
from indexer.types import ReportDetails, Span
from search.types import Citation

LICENCE_ADDRESS = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
LICENCE = (
    "Inspectorate reports are © Crown copyright. Contains public sector information licensed under "
    f"the Open Government Licence v3.0: {LICENCE_ADDRESS}"
)
DIGEST = "Digest, in our words, not the inspectors’:"
_WHY: dict[State, str] = {
    "altered": "the report no longer says it word for word",
    "not_held": "its report is no longer in the library",
}


@dataclass(frozen=True, slots=True)
class Cited:
    """Words of a report with their place: `text == report.text[span]` at the time of export.

    Words of a digest are ours and never stand in quotation marks. `source` numbers the report in
    the list of sources. `asks_anew` is false where the quotation before answered the same question.
    """

    text: str
    report: str
    span: Span
    citation: Citation
    source: int
    question: str = ""
    note: str = ""
    asks_anew: bool = True

    @property
    def opening(self) -> str:
        """The question it answered, where it has not been said just before; else ""."""
        return f"Question: {self.question}" if self.question and self.asks_anew else ""

    @property
    def quoted(self) -> str:
        """The words as they stand on the page: in quotation marks, or a digest's without."""
        return self.text if self.citation.is_digest else f"“{self.text}”"

    @property
    def place(self) -> str:
        """The citation in brackets, with the number of its source."""
        return f"({self.citation}) [{self.source}]"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A quotation that cannot be vouched for: its place and the reason, never its words."""

    said: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A section of the document."""

    title: str
    note: str
    content: tuple[Cited | LeftOut, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """What an export says, whatever its format. `fingerprint` names the library it was checked

    against on `day`.
    """

    title: str
    day: date
    fingerprint: str
    parts: tuple[Part, ...]
    sources: tuple[ReportDetails, ...]

    @property
    def cited(self) -> tuple[Cited, ...]:
        """Every quotation, in order."""
        return tuple(e for part in self.parts for e in part.content if isinstance(e, Cited))

    @property
    def left_out(self) -> tuple[str, ...]:
        """What is left out and why, in sentences."""
        return tuple(e.said for part in self.parts for e in part.content if isinstance(e, LeftOut))

    @property
    def checked(self) -> str:
        """The line that says what was checked, when and against what."""
        day = f"{self.day.day} {self.day:%B %Y}"
        count = len(self.cited)
        every = "Each quotation here" if count else "No quotation is here; what was collected"
        return (
            f"{every} was checked word for word against the library of reports "
            f"{self.fingerprint[:12]} on {day}."
        )


def compose(
    briefing: Briefing,
    checks: Sequence[Checked],
    sources: dict[str, ReportDetails],
    fingerprint: str,
    day: date,
) -> Document:
    """The document of a briefing; `sources` are the library's reports by id."""
    by_entry = {checked.entry.id: checked for checked in checks}
    numbers: dict[str, int] = {}
    parts = []
    for section in briefing.sections:
        content: list[Cited | LeftOut] = []
        asked = ""
        for entry in section.live:
            checked = by_entry[entry.id]
            question = entry.collected.question
            if checked.span is None:
                said = f"{checked.citation}: {_WHY[checked.state]}."
                content.append(LeftOut(said, entry.note))
                continue
            report = entry.collected.report
            content.append(
                Cited(
                    entry.collected.text,
                    report,
                    checked.span,
                    checked.citation,
                    numbers.setdefault(report, len(numbers) + 1),
                    question,
                    entry.note,
                    question != asked,
                )
            )
            asked = question
        if content or section.title or section.note:
            parts.append(Part(section.title, section.note, tuple(content)))
    return Document(
        briefing.name, day, fingerprint, tuple(parts), tuple(sources[report] for report in numbers)
    )


def problems(document: Document, read: Read) -> tuple[str, ...]:
    """What is wrong with a document before it is offered; nothing, in a sound one."""
    found = []
    for cited in document.cited:
        report = read(cited.report)
        if report is None or cited.span.of(report.text) != cited.text:
            found.append(f"{cited.citation}: the words are not those of the report")
        elif (report.details.source == "digest") != cited.citation.is_digest:
            found.append(f"{cited.citation}: a digest and a published report are confused")
        elif report.pages_of(cited.span) != (cited.citation.first_page, cited.citation.last_page):
            found.append(f"{cited.citation}: the pages are not those of the words")
        elif document.sources[cited.source - 1].id != cited.report:
            found.append(f"{cited.citation}: the source is another report")
    return tuple(found)


def source_words(details: ReportDetails) -> str:
    """A report as the list of sources names it."""
    said = (details.force, f"{details.title} {details.published}".strip(), details.publisher)
    line = ", ".join(part for part in said if part)
    return f"{line} (digest, not the published text)" if details.source == "digest" else line
