"""Pages without text in, what text recognition reads off them out; what was read is kept.

Off unless asked for (`--ocr`, or FINDINGS_OCR=on), since what it reads is not always what is
printed. Each page is drawn and read in a limited process, and remembered by its file's hash and
its number, so that no page is read twice.
"""

import json
import os
import shutil
import time
from collections.abc import Collection, Sequence
from pathlib import Path
from tempfile import NamedTemporaryFile

from indexer.errors import FindingsError, UnreadableReport
from indexer.exchange import as_plain, from_plain
from indexer.limited import MEMORY, LimitedProcess, Refusals
from indexer.recognised import RecognisedPage
from indexer.sums import file_hash
from indexer.tesseract import has_tesseract

SETTING = "FINDINGS_OCR"
SECONDS = 60.0
MOST_PAGES = 300
# By the clock, for all pages of one file; the rest of them stay without text, and are named.
LONGEST = 1800.0
_KEPT = "recognised"
_FAILED = "recognising its text fails"


def is_wanted() -> bool:
    """Whether the setting asks for pages without text to be recognised."""
    return os.environ.get(SETTING, "").strip().casefold() in ("on", "1", "yes", "true")


class Recogniser:
    """Reads pages off their pictures, in a process of its own, for the library in `index`.

    Raises FindingsError where this machine cannot.
    """

    def __init__(self, index: Path, seconds: float = SECONDS) -> None:
        if not has_tesseract():
            raise FindingsError(
                "Text recognition is asked for, but the program tesseract is not on this machine. "
                "Install it (on Debian: sudo apt-get install tesseract-ocr), or leave --ocr and "
                f"{SETTING} out."
            )
        self._folder = index / _KEPT
        refusals = Refusals(_FAILED, f"{_FAILED}: it takes too long")
        self._limited = LimitedProcess("indexer.scanner", MEMORY, seconds, refusals)

    def texts(self, path: Path, numbers: Sequence[int]) -> dict[int, str]:
        """The text of each page of those numbers, "" where none could be made out."""
        sha256 = file_hash(path)
        until = time.monotonic() + LONGEST
        texts: dict[int, str] = {}
        try:
            for number in numbers[:MOST_PAGES]:
                page = read_kept(self._folder.parent, sha256, number)
                if page is None and time.monotonic() > until:
                    break
                texts[number] = (page or self._recognise(path, sha256, number)).text
        finally:
            self._limited.end()
        return texts

    def _recognise(self, path: Path, sha256: str, number: int) -> RecognisedPage:
        try:
            said = json.loads(self._limited.ask([str(path.absolute()), number]))
            if "page" not in said:
                return RecognisedPage((), "")
            page = from_plain(RecognisedPage, said["page"])
        except (UnreadableReport, ValueError):
            return RecognisedPage((), "")  # the page stays without text, and is named
        _keep(self._folder.parent, sha256, number, page)
        return page


def read_kept(index: Path, sha256: str, number: int) -> RecognisedPage | None:
    """What was recognised on a page of the file with that hash; None where nothing is kept."""
    try:
        kept = json.loads(_place(index, sha256, number).read_text("utf-8"))
        return from_plain(RecognisedPage, kept)
    except (OSError, ValueError):
        return None


def forget_others(index: Path, held: Collection[str]) -> None:
    """Delete what was recognised in files of other hashes than those in `held`."""
    folder = index / _KEPT
    for kept in folder.iterdir() if folder.is_dir() else ():
        if kept.name not in held:
            shutil.rmtree(kept, ignore_errors=True)


def _keep(index: Path, sha256: str, number: int, page: RecognisedPage) -> None:
    place = _place(index, sha256, number)
    place.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile("w", encoding="utf-8", dir=place.parent, delete=False) as stream:
        json.dump(as_plain(page), stream)
    Path(stream.name).replace(place)


def _place(index: Path, sha256: str, number: int) -> Path:
    return index / _KEPT / sha256 / f"{number}.json"
