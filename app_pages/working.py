"""Work on the library in the background: how far it is, how long it still takes, how it ended."""

import sys
import time
from collections.abc import Callable
from threading import Thread
from typing import Generic, TypeVar

import streamlit as st

from indexer.errors import FindingsError, LibraryError
from indexer.gathering import Progress

T = TypeVar("T")
# What each step is called on screen, and the share of the whole it starts and ends at.
_STEPS = {
    "Reading the new files": ("Reading the new files", 0.0, 0.2),
    "Reading reports": ("Reading the reports", 0.2, 0.3),
    "Reading and encoding, in KB of files": ("Getting the reports ready, in KB", 0.0, 0.95),
    "Encoding passages": ("Getting the passages ready to be found", 0.3, 0.95),
    "Writing the library": ("Writing the library", 0.95, 1.0),
}
# Before that much of a step is done, nothing can be said of the time left.
_LEAST_SHARE = 0.05


class Work(Generic[T]):
    """A job on a thread of its own; `error` and `result` tell how it ended."""

    def __init__(self, job: Callable[[Progress], T]) -> None:
        self.words = "Starting"
        self.share = 0.0
        self.result: T | None = None
        self.error: FindingsError | None = LibraryError(
            "The work stopped before it was done. The window that Findings was started from says "
            "why."
        )
        self._step = ""
        self._since = 0.0
        self._thread = Thread(target=self._run, args=(job,), daemon=True)
        self._thread.start()

    @property
    def is_running(self) -> bool:
        """Whether it goes on."""
        return self._thread.is_alive()

    def _run(self, job: Callable[[Progress], T]) -> None:
        # The screen is on another thread: what goes wrong is handed over, not raised.
        try:
            self.result = job(self._say)
            self.error = None
        except FindingsError as error:
            self.error = error
        except OSError as error:
            print(error, file=sys.stderr)  # noqa: T201 - for whoever runs the server
            self.error = LibraryError(
                f"The library cannot be written: {error.strerror}. Look at the folder's "
                "permissions and at the free space on the disk."
            )

    def _say(self, step: str, done: int, total: int) -> None:
        now = time.monotonic()
        if step != self._step:
            self._step, self._since = step, now
        words, start, end = _STEPS.get(step, (step, 0.0, 1.0))
        part = done / total if total else 1.0
        self.share = start + (end - start) * part
        counted = f"{words}: {done:,} of {total:,}" if total > 1 else words
        left = time_left(part, now - self._since)
        self.words = f"{counted}, {left}" if left else counted


def time_left(part: float, seconds: float) -> str:
    """How long a step still takes, in words, when `part` of it, 0 to 1, took so many seconds."""
    if not _LEAST_SHARE <= part < 1:
        return ""
    left = seconds * (1 - part) / part
    if left < 10:
        return "a few seconds left"
    if left < 90:
        return f"about {round(left, -1):.0f} seconds left"
    return f"about {left / 60:.0f} minutes left"


def watch(work: Work[T]) -> None:
    """Draw how far the work is until it is done."""
    bar = st.progress(work.share, text=work.words)
    while work.is_running:
        bar.progress(work.share, text=work.words)
        time.sleep(0.2)
