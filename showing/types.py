"""The types of showing a page: places on it, the page drawn, why it is not shown."""

from dataclasses import dataclass
from typing import Literal

Trouble = Literal["missing", "changed", "no_such_page", "unreadable"]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels from the top left corner, right and bottom outside it."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def height(self) -> int:
        """How high it is."""
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class PublishedPage:
    """A page as it was published: its picture as a PNG, and where each letter stands on it.

    `boxes[i]` belongs to `letters[i]`; a sign that is not drawn (a line's end) has an empty one.
    """

    png: bytes
    width: int
    height: int
    letters: str
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class NotShown:
    """Why a page cannot be shown; `reason` is the rest of a sentence about the file."""

    trouble: Trouble
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """Words cited on one page, and the text of the report around them on the same page.

    `is_ocr`: the page is a picture, and the words were read off it by text recognition.
    """

    page: int | None
    text: str
    before: str = ""
    after: str = ""
    is_ocr: bool = False
