"""Reports made to do harm: read by the real process, within its limits, or refused in words."""

import re
import socket
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from indexer.errors import UnreadableReport
from indexer.process import ReadingProcess
from indexer.recognising import Recogniser
from indexer.tesseract import has_tesseract
from indexer.types import Report
from tests.hostile_documents import DOCUMENTS
from tests.hostile_pdfs import PDFS

# Of the processor's time; by the clock a busy machine may take four times as long.
SECONDS = 4.0
# What is said of a file is one sentence about it that says what to do, or names what is wrong.
SENTENCE = re.compile(r"(?:it|page \d+|reading it|its \w+) [^\n]{10,200}")
# These unpack to no more than can be read, or are plain text: they are read, or take too long.
READ: Mapping[str, str] = {
    "objects that unpack to 100 MB": "Kent Police answers its calls promptly",
    "a thousand million pages, one of them there": "Kent Police answers its calls promptly",
    "an outline that loops": "Kent Police answers its calls promptly",
    "page labels that loop": "Kent Police answers its calls promptly",
    "updates that loop": "Kent Police answers its calls promptly",
    "a script and a program to start": "Kent Police answers its calls promptly",
    "an entity that is a file": "Kent Police answers its calls promptly.",
    "an entity from elsewhere": "Kent Police answers its calls promptly.",
    "paths out of the archive": "Kent Police answers its calls promptly.",
    "stars without end": "Kent Police",
    "invisible signs without end": "Kent Police",
}


@pytest.fixture(scope="module")
def process() -> Iterator[ReadingProcess]:
    with ReadingProcess(seconds=SECONDS) as reading:
        yield reading


def outcome(process: ReadingProcess, content: bytes, folder: Path) -> Report | str:
    path = folder / "report"
    path.write_bytes(content)
    begun = time.monotonic()
    try:
        found: Report | str = process.read(path)
    except UnreadableReport as error:
        found = str(error)
    assert time.monotonic() - begun < 5 * SECONDS
    return found


def check(found: Report | str, name: str) -> None:
    if isinstance(found, str):
        assert SENTENCE.fullmatch(found), found
        assert name not in READ, found
        return
    assert "root:" not in found.text  # no file of this machine
    assert any(character.isalnum() for character in found.text)
    if name in READ:
        assert found.text.strip() == READ[name]


@pytest.mark.parametrize("name", PDFS)
def test_a_hostile_pdf_ends_in_a_report_or_a_sentence(
    process: ReadingProcess, tmp_path: Path, name: str
) -> None:
    check(outcome(process, PDFS[name](), tmp_path), name)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_hostile_document_ends_in_a_report_or_a_sentence(
    process: ReadingProcess, tmp_path: Path, name: str
) -> None:
    check(outcome(process, DOCUMENTS[name](), tmp_path), name)
    assert not (tmp_path.parent / "harm.xml").exists()
    assert not Path("/tmp/harm.xml").exists()


def test_after_all_of_them_it_reads_on(process: ReadingProcess, tmp_path: Path) -> None:
    assert isinstance(outcome(process, b"Kent Police\n", tmp_path), Report)


def entity_file(address: str) -> Mapping[str, Callable[[], bytes]]:
    html = f'<!DOCTYPE html SYSTEM "{address}"><html><img src="{address}"><p>Kent Police</p></html>'
    return {"web page": html.encode, "text": f"Kent <img src='{address}'> ![x]({address})".encode}


@pytest.mark.parametrize("kind", ["web page", "text"])
def test_nothing_is_fetched(process: ReadingProcess, tmp_path: Path, kind: str) -> None:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        listening.settimeout(0.2)
        address = f"http://127.0.0.1:{listening.getsockname()[1]}/x"
        outcome(process, entity_file(address)[kind](), tmp_path)
        with pytest.raises(TimeoutError):
            listening.accept()


@pytest.mark.skipif(not has_tesseract(), reason="tesseract is not on this machine")
@pytest.mark.parametrize("name", ["a page beyond reason", "a form that draws itself"])
def test_a_hostile_page_is_recognised_within_limits(tmp_path: Path, name: str) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(PDFS[name]())
    assert Recogniser(tmp_path / "index", seconds=SECONDS).texts(path, [1, 2]).keys() == {1, 2}
