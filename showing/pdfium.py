"""A page of a PDF in, its picture and its letters out. Knows `pypdfium2`.

It runs in the drawing process (`showing.worker`), which a bad file may bring down.
"""

import math
from collections.abc import Iterator
from ctypes import c_double, c_int

import pypdfium2
from pypdfium2 import raw

from indexer.errors import UnreadableReport
from showing.png import as_png
from showing.types import Box, PublishedPage

# An A4 page is drawn 1,400 pixels wide, which stays sharp at twice a column's width.
_WIDTH = 1400
_LARGEST_SCALE = 4.0
MOST_PIXELS = 4_000_000
LONGEST_SIDE = 4096
MOST_LETTERS = 30_000
LARGEST_PNG = 8 * 1024 * 1024
_NOWHERE = Box(0, 0, 0, 0)


class NoSuchPage(UnreadableReport):
    """The file has no page of that number."""


class OpenPdf:
    """A PDF opened from its content; raises UnreadableReport where that fails."""

    def __init__(self, content: bytes) -> None:
        try:
            self._document = pypdfium2.PdfDocument(content)
        except (pypdfium2.PdfiumError, OSError, ValueError) as error:
            raise UnreadableReport("it is damaged or needs a password") from error

    def page(self, number: int, with_picture: bool = True) -> PublishedPage:
        """The page of that number, from 1; without a picture `png` is empty.

        Raises NoSuchPage, and UnreadableReport for a page that cannot be drawn.
        """
        if not 1 <= number <= len(self._document):
            raise NoSuchPage("it has no page of that number")
        try:
            page = self._document[number - 1]
            scale = scale_of(*page.get_size())
            size = _pixels(page, scale)
            png = _picture(page, scale) if with_picture else b""
            letters = tuple(_letters(page, *size))
        except (pypdfium2.PdfiumError, ValueError, OverflowError) as error:
            raise UnreadableReport("its page is damaged") from error
        if len(png) > LARGEST_PNG:
            raise UnreadableReport("its page makes a picture larger than can be shown")
        return PublishedPage(
            png, *size, "".join(sign for sign, _ in letters), tuple(box for _, box in letters)
        )


def scale_of(width: float, height: float) -> float:
    """Pixels to a point for a page of that size in points, within all limits.

    Raises UnreadableReport for a size that is none.
    """
    if not (math.isfinite(width) and math.isfinite(height) and width > 0 and height > 0):
        raise UnreadableReport("its page has no size")
    wanted = min(_WIDTH / width, _LARGEST_SCALE)
    scale = min(
        wanted,
        math.sqrt(MOST_PIXELS / (width * height)),
        (LONGEST_SIDE - 1) / max(width, height),
    )
    if min(width, height) * scale < 1:
        raise UnreadableReport("its page is too long and narrow to be drawn")
    return scale


def _pixels(page: pypdfium2.PdfPage, scale: float) -> tuple[int, int]:
    width, height = page.get_size()
    return math.ceil(width * scale), math.ceil(height * scale)


def _picture(page: pypdfium2.PdfPage, scale: float) -> bytes:
    bitmap = page.render(scale=scale, may_draw_forms=False, rev_byteorder=True)
    return as_png(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride)


def _letters(page: pypdfium2.PdfPage, width: int, height: int) -> Iterator[tuple[str, Box]]:
    """Each letter in the order of the file's text, with its place; none past a sane number."""
    text = page.get_textpage()
    count = text.count_chars()
    if count > MOST_LETTERS:
        return
    left, right, bottom, top = c_double(), c_double(), c_double(), c_double()
    for index in range(count):
        is_hyphen = raw.FPDFText_IsHyphen(text, index) == 1  # it has a number of its own then
        sign = "-" if is_hyphen else _sign(raw.FPDFText_GetUnicode(text, index))
        if sign.isspace() or raw.FPDFText_IsGenerated(text, index) == 1:
            yield sign, _NOWHERE
            continue
        loose = raw.FS_RECTF()
        if raw.FPDFText_GetLooseCharBox(text, index, loose):
            corners = (loose.left, loose.top, loose.right, loose.bottom)
        elif raw.FPDFText_GetCharBox(text, index, left, right, bottom, top):
            corners = (left.value, top.value, right.value, bottom.value)
        else:
            yield sign, _NOWHERE
            continue
        yield sign, _placed(page, corners, width, height)


def _sign(code: int) -> str:
    """A letter by its number; halves of a pair, which JSON would join, and no letter as a blank."""
    return chr(code) if 0 < code < 0xD800 or 0xDFFF < code <= 0x10FFFF else " "


def _placed(
    page: pypdfium2.PdfPage, corners: tuple[float, float, float, float], width: int, height: int
) -> Box:
    """A place on the page, in points from its lower left corner, as pixels of the picture."""
    if not all(math.isfinite(each) for each in corners):
        return _NOWHERE
    one = _point(page, corners[0], corners[1], width, height)
    other = _point(page, corners[2], corners[3], width, height)
    left, right = sorted((one[0], other[0]))
    top, bottom = sorted((one[1], other[1]))
    if left >= width or top >= height or right <= 0 or bottom <= 0:
        return _NOWHERE  # off the page
    return Box(max(left, 0), max(top, 0), min(right, width), min(bottom, height))


def _point(page: pypdfium2.PdfPage, x: float, y: float, width: int, height: int) -> tuple[int, int]:
    """A point of the page as the pixel it is drawn at, turned and cropped as the page is."""
    across, down = c_int(), c_int()
    raw.FPDF_PageToDevice(page, 0, 0, width, height, 0, x, y, across, down)
    return across.value, down.value
