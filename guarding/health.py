"""Whether the library answers, found out by asking it what it must know."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from indexer.choosing import is_in_milvus
from indexer.errors import FindingsError
from indexer.generations import REBUILD, current_folder
from search.library import Library
from search.types import Filters

Files = tuple[tuple[str, int, int], ...]
# An answer holds for so long: whoever asks all the time is no burden.
_SECONDS = 5.0
_WORDS = 14


@dataclass(frozen=True, slots=True)
class Health:
    """How the library does: `faults` are sentences, none where it is well.

    `notes` are what is wrong besides, though questions are answered.
    """

    faults: tuple[str, ...]
    notes: tuple[str, ...] = ()
    fingerprint: str = ""
    built: float = 0.0


class Checkup:
    """Asks the library a question now and then. Threads may share it."""

    def __init__(
        self,
        library: Callable[[], Library],
        index: Callable[[], Path],
        others: Callable[[], Health],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`library` opens it, `index` is its folder, `others` what is wrong with other parts."""
        self._library = library
        self._index = index
        self._others = others
        self._clock = clock
        self._lock = Lock()
        self._found: tuple[float, Health] | None = None
        self._files: tuple[Path, Files] | None = None

    def health(self) -> Health:
        """How it does now, or did a few seconds ago."""
        with self._lock:
            now = self._clock()
            if self._found is None or now - self._found[0] > _SECONDS:
                self._found = now, self._look()
            return self._found[1]

    def _look(self) -> Health:
        others = self._others()
        try:
            library = self._library()
            faults = (*self._file_faults(), *question_faults(library), *others.faults)
            return Health(faults, others.notes, library.fingerprint, built_at(self._index()))
        except FindingsError as error:
            reason = str(error)
        except OSError as error:
            reason = f"The library cannot be read: {error.strerror}."
        return Health((reason, *others.faults), others.notes)

    def _file_faults(self) -> tuple[str, ...]:
        """Whether the library's files are still those first seen; it answers from memory, too."""
        if is_in_milvus():
            return ()
        folder = current_folder(self._index())
        files = files_of(folder)
        if self._files is None or self._files[0] != folder:
            self._files = folder, files
        is_same = self._files[1] == files
        return () if is_same else (f"The library's files have been changed. {REBUILD}",)


def files_of(folder: Path) -> Files:
    """The files of a library with their sizes and when they were written. Raises OSError."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return tuple((path.name, path.stat().st_size, path.stat().st_mtime_ns) for path in paths)


def question_faults(library: Library) -> tuple[str, ...]:
    """What is wrong with the answer to a question made of a report's own words."""
    held = tuple(library.details)
    passages = library.store.passages_of(held[len(held) // 2]) if held else ()
    if not passages:
        return ("The library holds no passages.",)
    passage = passages[len(passages) // 2]
    words = " ".join(passage.text.split()[:_WORDS])
    report_id = passage.report
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
    """When the library in use was built, in seconds since 1970; 0 where it is in Milvus.

    Raises LibraryError, OSError.
    """
    if is_in_milvus():
        return 0.0
    return (current_folder(index) / "manifest.json").stat().st_mtime
