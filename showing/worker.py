"""`python -m showing.worker`: the drawing process. Places in files in, pages out, as JSON."""

import hashlib
import json
from base64 import b64encode
from functools import lru_cache
from pathlib import Path

from indexer.errors import UnreadableReport
from indexer.exchange import as_plain
from indexer.reading import LARGEST_FILE
from indexer.serving import serve
from showing.pdfium import NoSuchPage, OpenPdf


class _Changed(UnreadableReport):
    """The file is not the one that was read."""


def answer(question: tuple[str, str, int, bool]) -> str:
    """A page of a PDF, if its file still has the hash it had; or why there is none.

    The question is a path, a SHA-256, a page's number and whether its picture is wanted.
    """
    path, sha256, number, with_picture = question
    try:
        page = _opened(path, sha256).page(number, with_picture)
    except FileNotFoundError:
        return _trouble("missing", "")
    except _Changed:
        return _trouble("changed", "")
    except NoSuchPage as error:
        return _trouble("no_such_page", str(error))
    except UnreadableReport as error:
        return _trouble("unreadable", str(error))
    except OSError as error:
        return _trouble("unreadable", f"it cannot be opened: {error.strerror}")
    except MemoryError:
        return _trouble("unreadable", "drawing it takes more memory than is allowed")
    picture = b64encode(page.png).decode("ascii")
    boxes = [as_plain(box) for box in page.boxes]
    return json.dumps({"page": [picture, page.width, page.height, page.letters, boxes]})


def _trouble(trouble: str, reason: str) -> str:
    return json.dumps({"trouble": trouble, "reason": reason})


@lru_cache(maxsize=1)
def _opened(path: str, sha256: str) -> OpenPdf:
    """The file, opened once for all of its pages."""
    if Path(path).stat().st_size > LARGEST_FILE:
        raise _Changed  # it would not have been read
    content = Path(path).read_bytes()
    if hashlib.sha256(content).hexdigest() != sha256:
        raise _Changed
    return OpenPdf(content)


if __name__ == "__main__":
    serve(answer)
