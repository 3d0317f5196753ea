"""Pixels in, PNG out, and rectangles drawn on a PNG. Knows `PIL`."""

import io
from collections.abc import Sequence

from PIL import Image, ImageChops, ImageDraw, UnidentifiedImageError

from indexer.errors import UnreadableReport
from showing.types import Box, PublishedPage

# The marker's yellow and the accent of the screens; both can be told from a white page.
_FILL = (255, 238, 170)
_LINE = (11, 90, 115)
_THICK = 3
# Where the paper ends, which would not be seen on a white screen.
_EDGE = (140, 152, 158)
_THIN = 2


def as_png(pixels: bytes, width: int, height: int, stride: int) -> bytes:
    """A picture of red, green and blue bytes, `stride` bytes to the row, as PNG."""
    image = Image.frombuffer("RGB", (width, height), pixels, "raw", "RGB", stride, 1)
    return _saved(image)


def boxed(page: PublishedPage, boxes: Sequence[Box]) -> bytes:
    """The page's picture with a box round each place, as PNG; its words stay as they are.

    Raises UnreadableReport where the picture is not what the page says it is.
    """
    image = _opened(page)
    ground = Image.new("RGB", image.size, (255, 255, 255))
    for box in boxes:
        ImageDraw.Draw(ground).rectangle(_around(box, 2), fill=_FILL)
    image = ImageChops.multiply(image, ground)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, page.width - 1, page.height - 1), outline=_EDGE, width=_THIN)
    for box in boxes:
        draw.rectangle(_around(box, 2 + _THICK), outline=_LINE, width=_THICK)
    return _saved(image)


def _opened(page: PublishedPage) -> Image.Image:
    try:
        image = Image.open(io.BytesIO(page.png), formats=["PNG"])
        if image.size != (page.width, page.height) or image.mode != "RGB":
            raise UnreadableReport("its page was not drawn as it should be")
        image.load()
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise UnreadableReport("its page was not drawn as it should be") from error
    return image


def _around(box: Box, by: int) -> tuple[int, int, int, int]:
    return box.left - by, box.top - by, box.right + by - 1, box.bottom + by - 1


def _saved(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG", compress_level=4)
    return out.getvalue()
