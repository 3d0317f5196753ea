"""A scanned page drawn and the words recognised on it in, the page with their letters out."""

from collections.abc import Iterator
from dataclasses import replace

from indexer.recognised import PlacedWord, RecognisedPage
from showing.types import Box, PublishedPage

_WHOLE = 10_000
_NOWHERE = Box(0, 0, 0, 0)


def with_words(page: PublishedPage, recognised: RecognisedPage) -> PublishedPage:
    """The page with the letters recognised on its picture, each in a share of its word's place."""
    placed = [each for word in recognised.words for each in _letters(word, page)]
    return replace(
        page,
        letters="".join(sign for sign, _ in placed),
        boxes=tuple(box for _, box in placed),
    )


def _letters(word: PlacedWord, page: PublishedPage) -> Iterator[tuple[str, Box]]:
    yield ("\n" if word.starts else " "), _NOWHERE
    left, right = (page.width * edge // _WHOLE for edge in (word.left, word.right))
    top, bottom = (page.height * edge // _WHOLE for edge in (word.top, word.bottom))
    for at, sign in enumerate(word.text):
        start, end = (left + (right - left) * (at + more) // len(word.text) for more in (0, 1))
        yield sign, Box(max(start, 0), max(top, 0), min(end, page.width), min(bottom, page.height))
