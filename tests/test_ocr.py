"""Scanned pages: named, or read by text recognition and marked so wherever they are quoted."""

import json
from pathlib import Path

import pypdfium2
import pytest
from fpdf import FPDF

from briefing.collecting import collect
from indexer.build import build
from indexer.changing import Folders, Incoming
from indexer.cli import main
from indexer.editing import add_reports, remove_reports
from indexer.errors import FindingsError, UnreadableReport
from indexer.process import ReadingProcess
from indexer.recognised import PlacedWord, RecognisedPage
from indexer.recognising import SETTING, Recogniser, is_wanted, read_kept
from indexer.sums import file_hash
from indexer.tesseract import has_tesseract
from indexer.types import Span
from search.library import Library
from search.output import as_json
from showing.boxing import line_boxes
from showing.citing import cited_words
from showing.matching import find_words
from showing.process import DrawingProcess
from showing.scanned import with_words
from showing.types import Box, PublishedPage
from tests.samples import WordEncoder

TYPED = "Kent Police inspection report of October 2006. The force answers its calls promptly."
SCANNED = (
    "Strengths",
    "Wardens patrol the seafront every summer evening,",
    "and thefts from beach huts have fallen by half.",
)

needs_tesseract = pytest.mark.skipif(
    not has_tesseract(), reason="tesseract is not on this machine (Debian: tesseract-ocr)"
)


def scan(folder: Path, *, only_scan: bool = False) -> Path:
    """A PDF whose last page is a picture of text, as a scanner makes it."""
    drawn = FPDF()
    drawn.add_page()
    drawn.set_font("Helvetica", size=14)
    for at, line in enumerate(SCANNED):
        drawn.text(25, 40 + 9 * at, line)
    page = pypdfium2.PdfDocument(bytes(drawn.output()))[0].render(scale=150 / 72).to_pil()
    made = FPDF()
    made.set_font("Helvetica", size=12)
    if not only_scan:
        made.add_page()
        made.multi_cell(0, text=TYPED)
    made.add_page()
    made.image(page, x=0, y=0, w=210, h=297)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "scanned.pdf"
    path.write_bytes(bytes(made.output()))
    return path


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    return scan(tmp_path / "corpus")


def test_a_page_without_text_is_named_where_recognition_is_not_asked_for(pdf: Path) -> None:
    with ReadingProcess() as process:
        report = process.read(pdf)
    assert "page 2 is without text; a scanned page needs text recognition first" in report.warnings
    assert report.scanned == (2,)
    assert not any(page.is_ocr for page in report.pages)


def test_a_file_of_scans_alone_says_what_it_needs(tmp_path: Path) -> None:
    path = scan(tmp_path, only_scan=True)
    with (
        ReadingProcess() as process,
        pytest.raises(UnreadableReport, match="no text; a scanned report needs text recognition"),
    ):
        process.read(path)


def test_asking_without_the_program_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(FindingsError, match="sudo apt-get install tesseract-ocr"):
        Recogniser(tmp_path)


@pytest.mark.parametrize(
    ("value", "wanted"), [("on", True), ("ON ", True), ("", False), ("no", False)]
)
def test_the_setting(monkeypatch: pytest.MonkeyPatch, value: str, wanted: bool) -> None:
    monkeypatch.setenv(SETTING, value)
    assert is_wanted() is wanted


@needs_tesseract
def test_a_scanned_page_is_read_marked_and_boxed(pdf: Path, tmp_path: Path) -> None:
    index = tmp_path / "index"
    encoder = WordEncoder()
    built = build(pdf.parent, index, encoder, ocr=True)
    (notes,) = {file for file, warning in built.warnings if "text recognition read" in warning}
    assert notes == "scanned.pdf"
    library = Library.open(index, encoder)
    report = library.store.report("scanned-pdf")
    assert report is not None
    start = report.text.index("thefts from beach huts")
    span = Span(start, start + len("thefts from beach huts have fallen by half."))
    assert report.is_ocr(span)
    assert not report.is_ocr(Span(0, 5))
    # On screen, in copies and in every export a quotation's place is this line.
    cited = collect(library, report, span)
    assert str(cited.citation).endswith("p. 2, read from a scan by OCR")
    assert cited.text == span.of(report.text)
    typed = collect(library, report, Span(0, 11))
    assert "OCR" not in str(typed.citation)
    # In JSON.
    answer = as_json(library.ask("thefts from beach huts"))
    found = [p for p in answer["passages"] if "beach huts" in p["text"]]
    assert found[0]["read_by_ocr"] is True
    # On the page's picture.
    (words,) = cited_words(report, span)
    kept = read_kept(index, file_hash(pdf), 2)
    assert words.is_ocr
    assert kept is not None
    with DrawingProcess() as process:
        page = process.page(pdf, file_hash(pdf), 2)
    assert isinstance(page, PublishedPage)
    page = with_words(page, kept)
    stretch = find_words(page.letters, words)
    assert stretch is not None
    (box,) = line_boxes(page.boxes, stretch)
    # It was drawn 58 mm down a page of 297, between 25 and some 125 mm of 210 after "and ".
    assert box.top / page.height < 58 / 297 < (box.bottom + 2) / page.height
    assert box.left / page.width == pytest.approx(35 / 210, abs=0.02)


@needs_tesseract
def test_what_was_recognised_is_not_recognised_again(pdf: Path, tmp_path: Path) -> None:
    index = tmp_path / "index"
    first = Recogniser(index).texts(pdf, [2])
    place = index / "recognised" / file_hash(pdf) / "2.json"
    kept = json.loads(place.read_text("utf-8"))
    kept[0] = [["Remembered", 0, 0, 10, 10, 2]]
    place.write_text(json.dumps(kept), "utf-8")
    assert "beach huts" in first[2]
    assert Recogniser(index).texts(pdf, [2]) == {2: "Remembered"}
    place.write_text("damaged", "utf-8")
    assert Recogniser(index).texts(pdf, [2]) == first


@needs_tesseract
def test_a_file_of_scans_is_added_by_the_command_and_by_the_library(tmp_path: Path) -> None:
    path = scan(tmp_path / "from", only_scan=True)
    folders = Folders(tmp_path / "corpus", tmp_path / "index", WordEncoder(), ocr=True)
    edited = add_reports(folders, [Incoming(path.name, path)])
    assert [outcome.state for outcome in edited.outcomes] == ["added"]
    assert main(["show", "scanned", "--index", str(tmp_path / "index")]) == 0
    kept = tmp_path / "index" / "recognised" / file_hash(path)
    assert kept.is_dir()
    add_reports(folders, [Incoming("kent.txt", TYPED.encode())])
    assert kept.is_dir()
    remove_reports(folders, ["scanned.pdf"])
    assert not kept.exists()  # what was read of a report goes with it


@needs_tesseract
def test_a_blank_page_stays_named(tmp_path: Path) -> None:
    made = FPDF()
    made.set_font("Helvetica", size=12)
    made.add_page()
    made.multi_cell(0, text=TYPED)
    made.add_page()
    path = tmp_path / "blank.pdf"
    path.write_bytes(bytes(made.output()))
    with ReadingProcess(recogniser=Recogniser(tmp_path / "index")) as process:
        report = process.read(path)
    assert "page 2 is without text; none was recognised" in report.warnings


def test_letters_of_a_word_share_its_place() -> None:
    page = PublishedPage(b"", 100, 200, "", ())
    words = RecognisedPage((PlacedWord("ab", 1000, 500, 3000, 1000, 2),), "")
    drawn = with_words(page, words)
    assert drawn.letters == "\nab"
    assert drawn.boxes[1:] == (Box(10, 10, 20, 20), Box(20, 10, 30, 20))


def test_recognised_words_make_lines_and_paragraphs() -> None:
    words = [("The", 2), ("force", 0), ("did", 1), ("Then", 2)]
    page = RecognisedPage(tuple(PlacedWord(w, 0, 0, 1, 1, s) for w, s in words), "")
    assert page.text == "The force\ndid\n\nThen"
