"""A page of a PDF in, its letters with their places, or its picture, out. Knows `pypdfium2`.

It runs in limited processes only, which a bad file may bring down.
"""

import math
from ctypes import c_double, c_int

import pypdfium2
from pypdfium2 import raw

from indexer.columns import Letter
from indexer.errors import UnreadableReport
from indexer.recognised import Picture

MOST_LETTERS = 30_000
# A page of A3 at 300 dots to the inch has 17 million.
_MOST_PIXELS = 20_000_000
_INCH = 72.0
_BOLD = 600


class Pdfium:
    """A PDF opened from its content; raises UnreadableReport where that fails."""

    def __init__(self, content: bytes) -> None:
        try:
            self._document = pypdfium2.PdfDocument(content)
        except (pypdfium2.PdfiumError, OSError, ValueError) as error:
            raise UnreadableReport("it is damaged or needs a password") from error

    def letters(self, number: int) -> tuple[Letter, ...]:
        """The letters of the page of that number, from 1, in the order of the file; none where

        the page is damaged or has more than a page can.
        """
        try:
            page = self._document[number - 1]
            text = page.get_textpage()
            count = text.count_chars()
            if count > MOST_LETTERS or page.get_rotation():
                return ()
            return tuple(_letter(text, index) for index in range(count))
        except (pypdfium2.PdfiumError, IndexError, ValueError, OverflowError):
            return ()

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
    is_hyphen = raw.FPDFText_IsHyphen(text, index) == 1  # it has a number of its own then
    sign = "-" if is_hyphen else chr(code) if 0 < code < 0xD800 or code > 0xDFFF else " "
    left, right, bottom, top = c_double(), c_double(), c_double(), c_double()
    is_drawn = not sign.isspace() and raw.FPDFText_IsGenerated(text, index) != 1
    if not is_drawn or not raw.FPDFText_GetCharBox(text, index, left, right, bottom, top):
        return Letter(sign if sign.isspace() else " ")
    x, y = c_double(), c_double()
    raw.FPDFText_GetCharOrigin(text, index, x, y)
    size = raw.FPDFText_GetFontSize(text, index)
    return Letter(sign, left.value, right.value, y.value, size, _is_bold(text, index))


def _is_bold(text: pypdfium2.PdfTextPage, index: int) -> bool:
    if raw.FPDFText_GetFontWeight(text, index) >= _BOLD:
        return True
    name = bytes(100)
    flags = c_int()
    length = raw.FPDFText_GetFontInfo(text, index, name, len(name), flags)
    return b"bold" in name[:length].lower()
