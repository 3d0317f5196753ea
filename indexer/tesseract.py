"""A page's picture in, its words out. Runs the program `tesseract` where the machine has it.

It is given the picture through a pipe and writes no file. Nothing of a report is part of its
command line.
"""

import resource
import shutil
import subprocess
from collections.abc import Iterator
from functools import lru_cache

from indexer.errors import UnreadableReport
from indexer.recognised import Picture, PlacedWord, RecognisedPage

_PROGRAM = "tesseract"
_SECONDS = 50
_LANGUAGE = "eng"
_WHOLE = 10_000
# Of a photograph or a drawing it makes words it is hardly sure of: 0 to 100 for each.
_LEAST_SURE = 50.0
_WORD = "5"


def has_tesseract() -> bool:
    """Whether this machine can recognise text."""
    return shutil.which(_PROGRAM) is not None


def recognise(picture: Picture) -> RecognisedPage:
    """The words of a page; none where it shows none that can be made out.

    Raises UnreadableReport where the program fails or takes too long.
    """
    page = b"P5 %d %d 255\n" % (picture.width, picture.height)
    command = [
        _PROGRAM, "stdin", "stdout", "-l", _LANGUAGE, "--dpi", str(round(picture.dots)), "tsv",
    ]  # fmt: skip
    try:
        done = subprocess.run(
            command,
            input=page + picture.grey,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_SECONDS,
            preexec_fn=_limit,
            check=True,
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadableReport("recognising its text takes too long") from error
    except (subprocess.CalledProcessError, OSError) as error:
        raise UnreadableReport("its text could not be recognised") from error
    rows = [row.split("\t") for row in done.stdout.decode("utf-8", "replace").splitlines()[1:]]
    return RecognisedPage(tuple(_words(rows, picture)), _version())


def _limit() -> None:
    """Outlive neither its time nor whoever started it by much."""
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))


@lru_cache(maxsize=1)
def _version() -> str:
    said = subprocess.run(
        [_PROGRAM, "--version"], capture_output=True, timeout=_SECONDS, check=False
    )
    return said.stdout.decode("utf-8", "replace").partition("\n")[0].strip()[:80] or _PROGRAM


def _words(rows: list[list[str]], picture: Picture) -> Iterator[PlacedWord]:
    """The words of the program's table, which has a row for every part of the page."""
    words = [row for row in rows if len(row) == 12 and row[0] == _WORD and row[11].strip()]
    sure = [float(row[10]) for row in words]
    if not words or sum(sure) / len(sure) < _LEAST_SURE:
        return
    before: list[str] = []
    for row in words:
        starts = 2 if row[1:4] != before[:3] else 1 if row[1:5] != before else 0
        before = row[1:5]
        left, top, width, height = map(int, row[6:10])
        yield PlacedWord(
            " ".join(row[11].split()),
            _WHOLE * left // picture.width,
            _WHOLE * top // picture.height,
            _WHOLE * (left + width) // picture.width,
            _WHOLE * (top + height) // picture.height,
            starts,
        )
