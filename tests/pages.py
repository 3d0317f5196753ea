"""Made-up reports as PDF, and a library over them, for the tests of pages as published."""

from collections.abc import Callable
from pathlib import Path

from fpdf import FPDF

from indexer.process import ReadingProcess
from indexer.sums import file_hash
from indexer.types import Report, Span
from showing.boxing import line_boxes
from showing.citing import cited_words
from showing.matching import find_words
from showing.process import DrawingProcess
from showing.types import Box, NotShown, PublishedPage
from tests.samples import KENT, SUSSEX

Writing = Callable[[FPDF], None]
TOP = 20


def write_pdf(path: Path, *pages: Writing, size: tuple[float, float] = (210, 297)) -> Path:
    """A PDF of these pages, in millimetres, 12 point Helvetica; by default A4."""
    pdf = FPDF(unit="mm", format=size)
    pdf.set_auto_page_break(False)
    pdf.set_font("Helvetica", size=12)
    for write in pages:
        pdf.add_page()
        pdf.set_y(TOP)
        write(pdf)
    pdf.output(str(path))
    return path


def paragraphs(*texts: str, width: float = 100, left: float = 20) -> Writing:
    """Writes paragraphs in a column of that width."""

    def write(pdf: FPDF) -> None:
        for text in texts:
            pdf.set_x(left)
            pdf.multi_cell(width, 6, text, align="L")
            pdf.ln(4)

    return write


def columns(one: str, other: str) -> Writing:
    """Writes two columns side by side, the left one first."""

    def write(pdf: FPDF) -> None:
        paragraphs(one, width=75, left=20)(pdf)
        pdf.set_y(TOP)
        paragraphs(other, width=75, left=115)(pdf)

    return write


def read(path: Path) -> Report:
    """The report in a file."""
    with ReadingProcess() as process:
        return process.read(path)


def place_of(report: Report, words: str, occurrence: int = 0) -> Span:
    """Where words stand in a report's text, their first place unless told otherwise."""
    start = -1
    for _ in range(occurrence + 1):
        start = report.text.index(words, start + 1)
    return Span(start, start + len(words))


def boxes_of(path: Path, report: Report, span: Span) -> dict[int, tuple[Box, ...]]:
    """The boxes round the words at a place, by page; a page where they are not found has none."""
    found: dict[int, tuple[Box, ...]] = {}
    with DrawingProcess() as process:
        for words in cited_words(report, span):
            page = process.page(path, file_hash(path), words.page or 0, with_picture=False)
            assert not isinstance(page, NotShown)
            stretch = find_words(page.letters, words)
            found[words.page or 0] = line_boxes(page.boxes, stretch) if stretch else ()
    return found


def words_in(page: PublishedPage, box: Box) -> str:
    """The words of a page whose letters lie in a box."""
    held = ""
    for sign, place in zip(page.letters, page.boxes, strict=True):
        middle = ((place.left + place.right) / 2, (place.top + place.bottom) / 2)
        is_in = box.left <= middle[0] <= box.right and box.top <= middle[1] <= box.bottom
        held += sign if is_in and place.right else " "
    return " ".join(held.split())


def write_kent(path: Path) -> Path:
    """The sample report on Kent as a PDF of several pages; one of its strengths runs over two."""
    blocks = [block.replace("\t", "  ") for block in KENT.split("\n\n")]
    is_running = [block == "October 2006" and number > 2 for number, block in enumerate(blocks)]
    kept = [block for block, is_head in zip(blocks, is_running, strict=True) if not is_head]
    at = next(number for number, block in enumerate(kept) if "lends cameras" in block)
    return write_pdf(
        path,
        paragraphs(*kept[: at + 1], width=170),
        paragraphs(*kept[at + 1 :], width=170),
    )


def write_paged_corpus(folder: Path) -> Path:
    """The sample report on Kent as a PDF and the one on Sussex as text, in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    write_kent(folder / "kent-2006.pdf")
    (folder / "sussex-2014.md").write_text(SUSSEX, "utf-8")
    return folder
