"""One file in, one `Report` out: read, cleaned, dated, in sections, with judgements and terms."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from indexer.cleaning import clean
from indexer.details import read_details
from indexer.errors import NoText
from indexer.glossary import find_terms
from indexer.judgements import find_judgements
from indexer.names import report_id
from indexer.overrides import apply_override
from indexer.programmes import programme_named, recognise
from indexer.reading import NO_TEXT, read_source
from indexer.sections import find_sections
from indexer.types import Report


def read_report(
    path: Path,
    override: dict[str, str] | None = None,
    texts: Mapping[int, str] | None = None,
) -> Report:
    """The report in the file at `path`, `override` (a row of reports.csv) taking precedence.

    `texts` is what text recognition read off those of its pages that hold no text.

    Files that nobody has looked at are read by a `ReadingProcess`, which calls this.

    Raises UnreadableReport where the file cannot be read.
    """
    cells = override or {}
    source = read_source(path, texts)
    cleaned = clean(source)
    if not cleaned.text.strip():
        raise NoText(NO_TEXT, source.scanned)
    recognised, confidence = recognise(cleaned.text)
    programme = programme_named(cells.get("programme", ""))
    details, warnings = read_details(
        report_id(path.name), path.name, source.raw, cleaned.text, programme or recognised
    )
    if programme is None and confidence == 0:
        warnings = (*warnings, "it is of no known programme; its headings are read by their look")
    programme = programme or recognised
    if "year" in cells or "published" in cells:
        warnings = tuple(warning for warning in warnings if "no date" not in warning)
    if "force" in cells or "body" in cells:
        warnings = tuple(warning for warning in warnings if "is named in it" not in warning)
    warnings = (*warnings, *source.notes)
    if any(page.number is None for page in cleaned.pages):
        warnings = (*warnings, "its pages are not marked; page numbers cannot be known")
    report = Report(
        details=apply_override(details, cells),
        raw=source.raw,
        text=cleaned.text,
        pieces=cleaned.pieces,
        pages=cleaned.pages,
        blocks=cleaned.blocks,
        sections=find_sections(cleaned.text, cleaned.blocks, programme),
        judgements=(),
        terms=(),
        warnings=warnings,
        confidence=programme.confidence(cleaned.text),
        scanned=source.scanned,
    )
    judgements, doubts = find_judgements(report, programme)
    return replace(
        report,
        judgements=judgements,
        terms=find_terms(report),
        warnings=(*report.warnings, *doubts),
    )
