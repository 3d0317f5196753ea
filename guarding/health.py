"""Whether the library answers, found out by asking it what it must know."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from indexer.errors import FindingsError
from indexer.generations import current_folder
from search.library import Library
from search.types import Filters

# An answer holds for so long: whoever asks all the time is no burden.
_SECONDS = 5.0
_WORDS = 14


@dataclass(frozen=True, slots=True)
class Health:
    """How the library does: `faults` are sentences, none where it is well."""

    faults: tuple[str, ...]
    fingerprint: str = ""
    built: float = 0.0


class Checkup:
    """Asks the library a question now and then. Threads may share it."""

    def __init__(
        self,
        library: Callable[[], Library],
        index: Callable[[], Path],
        others: Callable[[], tuple[str, ...]],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`library` opens it, `index` is its folder, `others` the faults of other parts."""
        self._library = library
        self._index = index
        self._others = others
        self._clock = clock
        self._lock = Lock()
        self._found: tuple[float, Health] | None = None

    def health(self) -> Health:
        """How it does now, or did a few seconds ago."""
        with self._lock:
            now = self._clock()
            if self._found is None or now - self._found[0] > _SECONDS:
                self._found = now, self._look()
            return self._found[1]

    def _look(self) -> Health:
        try:
            library = self._library()
            faults = (*question_faults(library), *self._others())
            return Health(faults, library.fingerprint, built_at(self._index()))
        except FindingsError as error:
            return Health((str(error), *self._others()))
        except OSError as error:
            reason = f"The library cannot be read: {error.strerror}."
            return Health((reason, *self._others()))


def question_faults(library: Library) -> tuple[str, ...]:
    """What is wrong with the answer to a question made of a report's own words."""
    count = len(library.store.places)
    if not count:
        return ("The library holds no passages.",)
    row = count // 2
    passage = library.store.passages([row])[row]
    words = " ".join(passage.text.split()[:_WORDS])
    report_id = library.store.places[row].report
    answer = library.ask(words, Filters(superseded=True))
    if not answer.matches:
        return ("The library finds nothing for words that stand in it.",)
    report = library.report(report_id)
    if report is None or passage.span.of(report.text) != passage.text:
        return ("A passage of the library is not what its report says.",)
    for quotation in answer.quotations:
        quoted = library.report(quotation.match.details.id)
        if quoted is None or quotation.span.of(quoted.text) != quotation.text:
            return ("A quotation of the library is not what its report says.",)
    return ()


def built_at(index: Path) -> float:
    """When the library in use was built, in seconds since 1970. Raises LibraryError, OSError."""
    return (current_folder(index) / "manifest.json").stat().st_mtime
