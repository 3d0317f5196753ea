"""What the program counts of itself, and the text that Prometheus reads (its format 0.0.4)."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping
from threading import Lock
from typing import Literal

Outcome = Literal["answered", "refused", "failed", "too_fast"]
_BOUNDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_OUTCOMES: tuple[Outcome, ...] = ("answered", "refused", "failed", "too_fast")


class Metrics:
    """Counts since the start. Threads may share it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._questions: Counter[str] = Counter()
        self._buckets = [0] * (len(_BOUNDS) + 1)
        self._seconds = 0.0
        self._events: Counter[str] = Counter()
        self._windows = 0

    def count_question(self, outcome: Outcome, seconds: float | None = None) -> None:
        """Count a question, and how long its answer took."""
        with self._lock:
            self._questions[outcome] += 1
            if seconds is not None:
                self._buckets[bisect_left(_BOUNDS, seconds)] += 1
                self._seconds += seconds

    def count(self, event: Literal["errors", "exports", "changes", "audit_faults"]) -> None:
        """Count one of those."""
        with self._lock:
            self._events[event] += 1

    def window(self, by: Literal[1, -1]) -> int:
        """Count a window opened or closed; how many are open."""
        with self._lock:
            self._windows += by
            return self._windows

    def as_text(self, fingerprint: str, built: float, is_well: bool) -> str:
        """All of it; `built` is when the library was built, in seconds since 1970, 0 for unknown.

        `is_well` tells whether the library answered when it was last asked.
        """
        with self._lock:
            return "".join(f"{line}\n" for line in self._lines(fingerprint, built, is_well))

    def _lines(self, fingerprint: str, built: float, is_well: bool) -> Iterator[str]:
        outcomes = {f'{{outcome="{each}"}}': self._questions[each] for each in _OUTCOMES}
        yield from _family("findings_questions_total", "counter", "Questions asked", outcomes)
        yield from _head("findings_answer_seconds", "histogram", "Time an answer took")
        so_far = 0
        for bound, count in zip(_BOUNDS, self._buckets, strict=False):
            so_far += count
            yield f'findings_answer_seconds_bucket{{le="{bound}"}} {so_far}'
        yield f'findings_answer_seconds_bucket{{le="+Inf"}} {sum(self._buckets)}'
        yield f"findings_answer_seconds_sum {self._seconds:.6f}"
        yield f"findings_answer_seconds_count {sum(self._buckets)}"
        for name, said in _EVENTS.items():
            values = {"": self._events[name]}
            yield from _family(f"findings_{name}_total", "counter", said, values)
        yield from _family(
            "findings_windows", "gauge", "Browser windows connected", {"": self._windows}
        )
        info = {f'{{fingerprint="{fingerprint[:64]}"}}': int(is_well)}
        yield from _family(
            "findings_library_well", "gauge", "Whether the library answered when asked", info
        )
        yield from _family(
            "findings_library_built_seconds", "gauge", "When the library was built", {"": built}
        )


_EVENTS = {
    "errors": "Faults of the program",
    "exports": "Files downloaded",
    "changes": "Changes of the library",
    "audit_faults": "Entries that could not be written to the audit log",
}
METRICS = Metrics()


def _head(name: str, kind: str, said: str) -> Iterator[str]:
    yield f"# HELP {name} {said}"
    yield f"# TYPE {name} {kind}"


def _family(name: str, kind: str, said: str, values: Mapping[str, float]) -> Iterator[str]:
    yield from _head(name, kind, said)
    for labels, value in values.items():
        yield f"{name}{labels} {value:.15g}"
