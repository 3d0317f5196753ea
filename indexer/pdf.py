"""PDF files in, the text of their pages out. The one module that knows `pypdf`."""

import io
import logging
import warnings

from pypdf import PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError, PyPdfError

from indexer.errors import UnreadableReport

MOST_PAGES = 5000

# pypdf reports every oddity of a damaged file on its logger; ours is the one sentence we raise.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)

# What pypdf lets through from damaged files besides its own errors.
_DAMAGE = (
    PyPdfError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    MemoryError,
    NotImplementedError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
)


def pdf_pages(content: bytes) -> list[str]:
    """The text of each page, in order.

    Raises UnreadableReport for a file that needs a password, is damaged or has no pages.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return _pages(content)
        except (FileNotDecryptedError, DependencyError) as error:
            raise UnreadableReport("it needs a password; save a copy without one") from error
        except _DAMAGE as error:
            raise UnreadableReport("it is damaged and cannot be read; get a fresh copy") from error


def _pages(content: bytes) -> list[str]:
    reader = PdfReader(io.BytesIO(content))
    if reader.is_encrypted and not reader.decrypt(""):
        raise UnreadableReport("it needs a password; save a copy without one")
    count = len(reader.pages)
    if count == 0:
        raise UnreadableReport("it has no pages")
    if count > MOST_PAGES:
        raise UnreadableReport(f"it has {count:,} pages, more than {MOST_PAGES:,}; split it")
    return [page.extract_text() for page in reader.pages]
