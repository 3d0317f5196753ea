"""Many readers of one opened library at once: whether each is answered as alone, and how fast."""

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np

from search.library import Library
from search.types import Answer


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of many asking at once. Times in milliseconds, of whole questions.

    `others` are answers that differ from the one given alone.
    """

    readers: int
    seconds: float
    answered: int
    others: int
    alone: tuple[float, float]
    together: tuple[float, float]

    @property
    def rate(self) -> float:
        """Answers a second, of all readers."""
        return self.answered / self.seconds


def measure_readers(
    library: Library, questions: Sequence[str], readers: int, seconds: float
) -> Reading:
    """Let so many readers ask for so long, each the questions in an order of its own.

    An error in any of them is raised.
    """
    library.warm_up()
    alone = [_told(library.ask(text)) for text in questions]
    quiet = [library.ask(text).took_ms for text in questions]
    started = time.perf_counter()
    with ThreadPoolExecutor(readers) as threads:
        asked = [
            threads.submit(_ask, library, questions, alone, number, started + seconds)
            for number in range(readers)
        ]
        outcomes = [each.result() for each in asked]
    took = time.perf_counter() - started
    times = [ms for each in outcomes for ms in each[0]]
    return Reading(
        readers,
        took,
        len(times),
        sum(others for _, others in outcomes),
        _middle_and_slow(quiet),
        _middle_and_slow(times),
    )


def _ask(
    library: Library, questions: Sequence[str], alone: Sequence[Answer], number: int, until: float
) -> tuple[list[float], int]:
    """One reader: the time of each answer, and how many differ from those given alone."""
    order = np.random.default_rng(number).permutation(len(questions)).tolist()
    times: list[float] = []
    others = at = 0
    while time.perf_counter() < until:
        chosen = order[at % len(order)]
        at += 1
        answer = library.ask(questions[chosen])
        times.append(answer.took_ms)
        others += _told(answer) != alone[chosen]
    return times, others


def _told(answer: Answer) -> Answer:
    """An answer without the time it took."""
    return replace(answer, took_ms=0.0)


def _middle_and_slow(times: Sequence[float]) -> tuple[float, float]:
    """The median and the 95th percentile; 0 of nothing."""
    if not times:
        return 0.0, 0.0
    middle, slow = np.percentile(times, [50, 95])
    return float(middle), float(slow)


def table(measured: Reading) -> str:
    """The measure as text."""
    each = measured
    return "\n".join(
        [
            f"{each.readers} readers for {each.seconds:.0f} s: {each.answered} answers, "
            f"{each.rate:.1f} a second",
            f"no error; answers other than those given alone: {each.others}",
            f"a question alone (ms): p50 {each.alone[0]:.0f}, p95 {each.alone[1]:.0f}",
            f"a question among {each.readers} (ms): p50 {each.together[0]:.0f}, "
            f"p95 {each.together[1]:.0f}",
        ]
    )
