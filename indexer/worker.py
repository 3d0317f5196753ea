"""`python -m indexer.worker`: the reading process. Paths in, reports out, each one line of JSON.

It limits its own memory and its processor's time for each file; whoever started it watches the
clock as well. It ends when its input does.
"""

import json
import os
import resource
import signal
import sys
from pathlib import Path
from typing import TextIO

from indexer.errors import FindingsError, UnreadableReport
from indexer.exchange import as_plain
from indexer.reports import read_report

NO_MEMORY = "reading it takes more memory than is allowed; split it, or print it to a new PDF"
# Files nest thousands of levels deep only to break what reads them.
_DEEPEST = 3000


def answer(path: Path, override: dict[str, str]) -> str:
    """What is to be said of the file at `path`: its report, or why it cannot be read."""
    try:
        return json.dumps({"report": as_plain(read_report(path, override))})
    except UnreadableReport as error:
        return json.dumps({"reason": str(error)})
    except FindingsError as error:
        return json.dumps({"error": str(error)})
    except MemoryError:
        return json.dumps({"reason": NO_MEMORY, "is_spent": True})


def serve(files: TextIO, answers: TextIO, seconds: float) -> None:
    """Answer every line of `files`, a path and its row of reports.csv as JSON."""
    for line in files:
        path, override = json.loads(line)
        # Its signal ends the process: nothing else stops a library's own loop.
        signal.setitimer(signal.ITIMER_PROF, seconds)
        said = answer(Path(path), override)
        signal.setitimer(signal.ITIMER_PROF, 0)
        answers.write(f"{said}\n")
        answers.flush()


def main() -> None:
    """Serve until input ends; arguments: bytes of memory, processor seconds for each file."""
    memory, seconds = int(sys.argv[1]), float(sys.argv[2])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # it has nothing to write but its answers
    sys.setrecursionlimit(_DEEPEST)
    # What a library prints must not be taken for an answer.
    with os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="ascii") as answers:
        sys.stdout = sys.stderr
        serve(sys.stdin, answers, seconds)


if __name__ == "__main__":
    main()
