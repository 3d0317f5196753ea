"""A page of a PDF in, its letters with their places, or its picture, out. Knows `pypdfium2`.

It runs in limited processes only, which a bad file may bring down.
"""

import math
from ctypes import c_int, create_string_buffer

import pypdfium2
from pypdfium2 import raw

from indexer.errors import UnreadableReport
from indexer.page_columns import Letter, in_reading_order
from indexer.recognised import Picture
from indexer.typography import TypedPage

# A page of small print in three columns has 10,000.
MOST_LETTERS = 15_000
# A page of A3 at 300 dots to the inch has 17 million.
_MOST_PIXELS = 20_000_000
_INCH = 72.0
_BOLD = 600
_LONGEST_NAME = 100
# What stands for a hyphen at a line's end.
_HYPHENS = (0x2, 0xAD, 0xFFFE)
_BLANK = Letter(" ")


class Pdfium:
    """A PDF opened from its content; raises UnreadableReport where that fails."""

    def __init__(self, content: bytes) -> None:
        try:
            self._document = pypdfium2.PdfDocument(content)
        except (pypdfium2.PdfiumError, OSError, ValueError) as error:
            raise UnreadableReport("it is damaged or needs a password") from error

    def in_reading_order(self, number: int, extracted: str) -> TypedPage | None:
        """The page of that number, from 1, where its file has its columns in another order.

        `extracted` is its text as another reader has it. None where nothing is to be changed, or
        the page is damaged or has more letters than a page can.
        """
        try:
            page = self._document[number - 1]
            text = page.get_textpage()
            count = text.count_chars()
            if count > MOST_LETTERS or page.get_rotation():
                return None
            letters = [_letter(text, index) for index in range(count)]
            return in_reading_order(letters, extracted, lambda index: _look(text, index))
        except (pypdfium2.PdfiumError, IndexError, ValueError, OverflowError):
            return None

    def picture(self, number: int, dots: int) -> Picture:
        """The page of that number, from 1, in grey, `dots` to the inch or as many as a page may.

        Raises UnreadableReport for a page that cannot be drawn.
        """
        try:
            page = self._document[number - 1]
            width, height = page.get_size()
            if not (math.isfinite(width * height) and width > 0 and height > 0):
                raise UnreadableReport(f"page {number} has no size")
            scale = min(dots / _INCH, math.sqrt(_MOST_PIXELS / (width * height)))
            if min(width, height) * scale < 1:
                raise UnreadableReport(f"page {number} is too long and narrow to be read")
            drawn = page.render(scale=scale, grayscale=True, may_draw_forms=False)
        except (pypdfium2.PdfiumError, IndexError, ValueError, OverflowError) as error:
            raise UnreadableReport(f"page {number} is damaged") from error
        rows = memoryview(drawn.buffer).cast("B")
        grey = b"".join(
            rows[at * drawn.stride : at * drawn.stride + drawn.width] for at in range(drawn.height)
        )
        return Picture(grey, drawn.width, drawn.height, scale * _INCH)


def _letter(text: pypdfium2.PdfTextPage, index: int) -> Letter:
    code = raw.FPDFText_GetUnicode(text, index)
    sign = "-" if code in _HYPHENS else _sign(code)
    place = raw.FS_RECTF()
    if sign.isspace() or not raw.FPDFText_GetLooseCharBox(text, index, place):
        return _BLANK
    return Letter(sign, place.left, place.right, place.bottom, place.top - place.bottom, index)


def _sign(code: int) -> str:
    """A letter by its number; halves of a pair and no letter as a blank."""
    return chr(code) if 0 < code < 0xD800 or 0xDFFF < code <= 0x10FFFF else " "


def _look(text: pypdfium2.PdfTextPage, index: int) -> tuple[float, bool]:
    """The size of a letter's type in points, and whether it is bold."""
    matrix = raw.FS_MATRIX()
    size = float(raw.FPDFText_GetFontSize(text, index))
    if raw.FPDFText_GetMatrix(text, index, matrix):
        size *= math.sqrt(abs(matrix.a * matrix.d - matrix.b * matrix.c))
    if raw.FPDFText_GetFontWeight(text, index) >= _BOLD:
        return size, True
    name = create_string_buffer(_LONGEST_NAME)
    raw.FPDFText_GetFontInfo(text, index, name, _LONGEST_NAME, c_int())
    return size, b"bold" in name.value.lower()
