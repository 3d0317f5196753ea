"""What text recognition works on and what it gives: a page's picture in, its words placed, out."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Picture:
    """A page in grey: a byte to each pixel, row by row; `dots` of it to the inch."""

    grey: bytes
    width: int
    height: int
    dots: float


@dataclass(frozen=True, slots=True)
class PlacedWord:
    """A word on a page, its edges in ten-thousandths of the page's width and height from top left.

    `starts`: what it begins: 0 nothing, 1 a line, 2 a paragraph.
    """

    text: str
    left: int
    top: int
    right: int
    bottom: int
    starts: int


@dataclass(frozen=True, slots=True)
class RecognisedPage:
    """The words of a page in reading order, and the program that recognised them."""

    words: tuple[PlacedWord, ...]
    program: str

    @property
    def text(self) -> str:
        """The words in lines, paragraphs parted by a blank one."""
        breaks = (" ", "\n", "\n\n")
        return "".join(breaks[word.starts] + word.text for word in self.words).strip()
