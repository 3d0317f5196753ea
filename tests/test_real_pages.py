"""Words found on the pages of real reports: the share, over a sample of their passages."""

from pathlib import Path

import pytest

from indexer.passages import find_passages
from indexer.sums import file_hash
from showing.boxing import line_boxes
from showing.citing import cited_words
from showing.matching import find_words
from showing.process import DrawingProcess
from showing.types import NotShown, Words
from tests.conftest import SHARED
from tests.pages import read

ROOT = Path(__file__).parents[1]
# Measured in November 2026: every one of 816 passages out of 21 letters, 120 out of the digests.
LEAST_SHARE = 0.98


def found(paths: list[Path], every: int) -> tuple[int, int]:
    """Of every so many passages of these files, how many are boxed on their pages, and of all."""
    boxed = total = 0
    for path in paths:
        report = read(path)
        with DrawingProcess() as process:
            for passage in find_passages(report, first_row=0)[::every]:
                cited = cited_words(report, passage.span)
                total += 1
                boxed += bool(cited) and all(_is_boxed(process, path, each) for each in cited)
    return boxed, total


def _is_boxed(process: DrawingProcess, path: Path, words: Words) -> bool:
    page = process.page(path, file_hash(path), words.page or 0, with_picture=False)
    if isinstance(page, NotShown):
        return False
    stretch = find_words(page.letters, words)
    return bool(stretch and line_boxes(page.boxes, stretch))


def test_the_passages_of_real_letters_are_found_on_their_pages() -> None:
    folder = SHARED / "external" / "inspections"
    if not folder.is_dir():
        pytest.skip("the inspection letters are not on this machine (../shared/external)")
    boxed, total = found(sorted(folder.glob("*.pdf"))[3::20], every=6)
    assert total > 40
    assert boxed / total >= LEAST_SHARE, f"{boxed} of {total}"


def test_the_passages_of_the_five_reports_are_found_where_they_are_pdfs(
    real_reports: Path,
) -> None:
    pdfs = [path for path in real_reports.iterdir() if b"%PDF-" in path.read_bytes()[:1024]]
    if not pdfs:
        pytest.skip("the five reports are held as text, without pages to box words on")
    boxed, total = found(pdfs, every=10)
    assert boxed / total >= LEAST_SHARE, f"{boxed} of {total}"


def test_the_passages_of_the_digests_are_found_on_their_pages() -> None:
    boxed, total = found(sorted((ROOT / "corpus").glob("*.pdf")), every=8)
    assert total > 40
    assert boxed == total
