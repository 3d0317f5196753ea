"""Words of no known page in, the number of the page that holds them out."""

import time
from pathlib import Path

from showing.matching import find_words
from showing.process import DrawingProcess
from showing.types import NotShown, Words

MOST_SEARCHED = 500
SECONDS = 20.0


def find_page(process: DrawingProcess, path: Path, sha256: str, words: Words) -> int | NotShown:
    """The first page of a PDF on which the words stand; searched by the clock for 20 seconds."""
    until = time.monotonic() + SECONDS
    for number in range(1, MOST_SEARCHED + 1):
        page = process.page(path, sha256, number, with_picture=False)
        if isinstance(page, NotShown) and page.trouble == "no_such_page":
            break
        if isinstance(page, NotShown) and page.trouble != "unreadable":
            return page
        if not isinstance(page, NotShown) and find_words(page.letters, words):
            return number
        if time.monotonic() > until:
            break
    return NotShown("no_such_page", "the words could not be found on any of its pages")
