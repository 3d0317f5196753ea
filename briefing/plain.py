"""A document in; plain text for the clipboard and rows for a spreadsheet out."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from briefing.document import DIGEST, LICENCE, Cited, Document, source_words
from briefing.limits import seen
from indexer.spreadsheets import guarded

COLUMNS = (
    *("Number", "Section", "Kind", "Words", "Force", "Report", "Published", "Place", "Pages"),
    *("Question", "Note", "File", "Starts at", "Ends at", "Checked on", "Library"),
)


def write_text(document: Document) -> str:
    """The document as plain text."""
    blocks = [document.title]
    for part in document.parts:
        blocks += [part.title, part.note]
        for content in part.content:
            if isinstance(content, Cited):
                blocks.append(content.opening)
                label = f"{DIGEST}\n" if content.citation.is_digest else ""
                blocks.append(f"{label}{content.quoted}\n{content.place}")
            else:
                blocks.append(f"[A quotation is left out here. {content.said}]")
            blocks.append(content.note)
    sources = [f"[{at}] {source_words(each)}" for at, each in enumerate(document.sources, 1)]
    blocks += ["\n".join(["Sources", *sources]) if sources else ""]
    blocks += ["\n".join(["Left out", *document.left_out]) if document.left_out else ""]
    blocks += [f"{document.checked}\n{LICENCE}"]
    return "\n\n".join(seen(block) for block in blocks if block) + "\n"


def write_csv(document: Document) -> bytes:
    """One row for each quotation, as spreadsheets open it (UTF-8, marked as such)."""
    rows = []
    files = {details.id: details.file for details in document.sources}
    number = 0
    for part in document.parts:
        for content in part.content:
            if not isinstance(content, Cited):
                continue
            number += 1
            place = content.citation
            row = (
                *(str(number), part.title, "digest" if place.is_digest else "quotation"),
                *(content.text, place.force, place.report, place.published),
                *(" › ".join(place.place), place.pages, content.question, content.note),
                *(files[content.report], str(content.span.start), str(content.span.end)),
                *(document.day.isoformat(), document.fingerprint),
            )
            rows.append(row)
    return write_rows(COLUMNS, rows)


def write_rows(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Rows as spreadsheets open them (UTF-8, marked as such), no cell taken for a formula."""
    stream = StringIO(newline="")
    writer = csv.writer(stream, quoting=csv.QUOTE_ALL)
    writer.writerow(heads)
    writer.writerows([guarded(seen(cell)) for cell in row] for row in rows)
    return stream.getvalue().encode("utf-8-sig")
