"""`python -m indexer.worker`: the reading process. Paths in, reports out, each one line of JSON."""

import json
from pathlib import Path

from indexer.errors import FindingsError, NoText, UnreadableReport
from indexer.exchange import as_plain
from indexer.reports import read_report
from indexer.serving import serve

NO_MEMORY = "reading it takes more memory than is allowed; split it, or print it to a new PDF"


def answer(question: tuple[str, dict[str, str], dict[str, str] | None]) -> str:
    """What is to be said of a file, its path with its row of reports.csv and its recognised pages.

    Its report, or why it cannot be read.
    """
    path, override, recognised = question
    texts = None if recognised is None else {int(at): text for at, text in recognised.items()}
    try:
        return json.dumps({"report": as_plain(read_report(Path(path), override, texts))})
    except NoText as error:
        return json.dumps({"reason": str(error), "scanned": error.scanned})
    except UnreadableReport as error:
        return json.dumps({"reason": str(error)})
    except FindingsError as error:
        return json.dumps({"error": str(error)})
    except MemoryError:
        return json.dumps({"reason": NO_MEMORY, "is_spent": True})


if __name__ == "__main__":
    serve(answer)
