"""Pages drawn: what is drawn and boxed, and what becomes of files that are damaged or hostile."""

import io
import math
from pathlib import Path

import pytest
from PIL import Image

from indexer.errors import UnreadableReport
from indexer.sums import file_hash
from showing.pdfium import LONGEST_SIDE, MOST_PIXELS, scale_of
from showing.png import boxed
from showing.process import DrawingProcess
from showing.types import Box, NotShown, PublishedPage
from tests.conftest import SHARED
from tests.pages import boxes_of, paragraphs, place_of, read, write_pdf

WORDS = "Workloads in the unit stand at 70 cases."


def drawn(path: Path, number: int = 1, sha256: str = "") -> PublishedPage | NotShown:
    with DrawingProcess() as process:
        return process.page(path, sha256 or file_hash(path), number)


def shown(page: PublishedPage | NotShown) -> Image.Image:
    assert isinstance(page, PublishedPage)
    image = Image.open(io.BytesIO(page.png))
    assert image.size == (page.width, page.height)
    return image


def test_a_page_is_drawn_large_enough_for_twice_its_size_on_screen(tmp_path: Path) -> None:
    image = shown(drawn(write_pdf(tmp_path / "a.pdf", paragraphs(WORDS))))
    assert 1400 <= image.width <= 1401 and 1975 <= image.height <= 1985
    assert image.getpixel((5, 5)) == (255, 255, 255)
    assert min(image.convert("L").tobytes()) < 60


def test_boxes_colour_the_words_and_leave_the_rest(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", paragraphs(WORDS))
    page = drawn(path)
    report = read(path)
    boxes = boxes_of(path, report, place_of(report, "Workloads in the unit"))[1]
    assert isinstance(page, PublishedPage)
    before, after = shown(page), Image.open(io.BytesIO(boxed(page, boxes)))
    (box,) = boxes
    inside = (box.left + 2, box.top + 2)
    assert before.getpixel(inside) == (255, 255, 255)
    assert after.getpixel(inside) == (255, 238, 170)
    assert after.getpixel((box.left - 4, box.top + 5)) == (11, 90, 115)
    assert after.getpixel((box.right + 40, box.top)) == before.getpixel((box.right + 40, box.top))
    dark = sum(each < 60 for each in before.convert("L").tobytes())
    assert sum(each < 60 for each in after.convert("L").tobytes()) >= dark


@pytest.mark.parametrize(
    ("width", "height"), [(595, 842), (14_400, 14_400), (20, 14_400), (3, 3), (5000, 200)]
)
def test_no_page_is_drawn_larger_than_allowed(width: float, height: float) -> None:
    scale = scale_of(width, height)
    assert 0 < scale <= 4
    assert width * height * scale**2 <= MOST_PIXELS * 1.001
    assert max(width, height) * scale <= LONGEST_SIDE


@pytest.mark.parametrize("size", [(0, 842), (-5, 5), (math.nan, 842), (math.inf, 1), (0.001, 1e6)])
def test_a_page_without_a_sane_size_is_refused(size: tuple[float, float]) -> None:
    with pytest.raises(UnreadableReport):
        scale_of(*size)


def test_a_huge_page_is_drawn_small(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", paragraphs(WORDS), size=(5000, 5000))
    image = shown(drawn(path))
    assert image.width * image.height <= MOST_PIXELS * 1.01


def test_a_page_that_is_not_there_is_said_to_be_missing(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", paragraphs(WORDS))
    for number in (0, -1, 2, 10**9):
        page = drawn(path, number)
        assert isinstance(page, NotShown) and page.trouble == "no_such_page"


def test_a_file_that_is_missing_or_changed_is_said_to_be(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", paragraphs(WORDS))
    before = file_hash(path)
    write_pdf(path, paragraphs("Other words."))
    assert drawn(path, sha256=before) == NotShown("changed")
    path.unlink()
    assert drawn(path, sha256=before) == NotShown("missing")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%PDF-1.7 then nothing",
        b"not a PDF",
        b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 1"
        b"/Kids[2 0 R]>>endobj\ntrailer<</Root 1 0 R>>",
    ],
)
def test_a_broken_file_is_refused_with_a_reason(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(content)
    page = drawn(path)
    assert isinstance(page, NotShown) and page.trouble in ("unreadable", "no_such_page")
    assert page.reason


def test_a_truncated_file_is_drawn_or_refused(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", paragraphs(*[WORDS] * 10))
    content = path.read_bytes()
    for share in (0.2, 0.5, 0.9):
        path.write_bytes(content[: int(len(content) * share)])
        assert isinstance(drawn(path), PublishedPage | NotShown)


def test_a_page_that_takes_too_long_or_too_much_memory_is_refused(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", paragraphs(WORDS))
    with DrawingProcess(seconds=0.001) as process:
        page = process.page(path, file_hash(path), 1)
        assert isinstance(page, NotShown) and "more than 0 seconds" in page.reason
    with DrawingProcess(memory=20 * 1024**2) as process:
        page = process.page(path, file_hash(path), 1)
        assert isinstance(page, NotShown) and page.trouble == "unreadable"
    assert isinstance(drawn(path), PublishedPage)


def test_a_picture_that_is_not_the_page_s_is_refused(tmp_path: Path) -> None:
    page = drawn(write_pdf(tmp_path / "a.pdf", paragraphs(WORDS)))
    assert isinstance(page, PublishedPage)
    for png, width in ((b"no picture", page.width), (page.png, 10), (page.png[:500], page.width)):
        false = PublishedPage(png, width, page.height, page.letters, page.boxes)
        with pytest.raises(UnreadableReport, match="not drawn as it should be"):
            boxed(false, (Box(0, 0, 5, 5),))


def test_awkward_files_are_drawn_or_refused() -> None:
    folder = SHARED / "external" / "awkward-pdfs"
    if not folder.is_dir():
        pytest.skip("the awkward files are not on this machine (../shared/external)")
    for path in sorted(folder.glob("*.pdf"))[::12]:
        page = drawn(path)
        if isinstance(page, NotShown):
            assert page.reason, path.name
        else:
            assert len(page.letters) == len(page.boxes)
            shown(page)
