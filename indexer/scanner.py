"""`python -m indexer.scanner`: the recognising process. Pages in, their words out, as JSON."""

import json
from functools import lru_cache
from pathlib import Path

from indexer.errors import UnreadableReport
from indexer.exchange import as_plain
from indexer.pdfium import Pdfium
from indexer.serving import serve
from indexer.tesseract import recognise

DOTS = 300


def answer(question: tuple[str, int]) -> str:
    """The words of a page, its PDF's path with its number from 1; or why there are none."""
    path, number = question
    try:
        return json.dumps({"page": as_plain(recognise(_opened(path).picture(number, DOTS)))})
    except UnreadableReport as error:
        return json.dumps({"reason": str(error)})
    except OSError as error:
        return json.dumps({"reason": f"it cannot be opened: {error.strerror}"})
    except MemoryError:
        return json.dumps({"reason": "recognising its text takes more memory than is allowed"})


@lru_cache(maxsize=1)
def _opened(path: str) -> Pdfium:
    """The file, opened once for all of its pages."""
    return Pdfium(Path(path).read_bytes())


if __name__ == "__main__":
    serve(answer)
