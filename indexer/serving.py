"""The inside of a limited process: questions in, answers out, each one line of JSON.

It limits its own memory and its processor's time for each question; whoever started it
(`indexer.limited`) watches the clock as well. It ends when its input does.
"""

import json
import os
import resource
import signal
import sys
from collections.abc import Callable
from typing import Any, TextIO

# Files nest thousands of levels deep only to break what reads them.
_DEEPEST = 3000


def serve(answer: Callable[[Any], str]) -> None:
    """Answer until input ends; arguments: bytes of memory, processor seconds for each question."""
    memory, seconds = int(sys.argv[1]), float(sys.argv[2])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # it has nothing to write but its answers
    sys.setrecursionlimit(_DEEPEST)
    # What a library prints must not be taken for an answer.
    with os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="ascii") as answers:
        sys.stdout = sys.stderr
        _each(answer, sys.stdin, answers, seconds)


def _each(answer: Callable[[Any], str], questions: TextIO, answers: TextIO, seconds: float) -> None:
    for line in questions:
        question = json.loads(line)
        # Its signal ends the process: nothing else stops a library's own loop.
        signal.setitimer(signal.ITIMER_PROF, seconds)
        said = answer(question)
        signal.setitimer(signal.ITIMER_PROF, 0)
        answers.write(f"{said}\n")
        answers.flush()
