"""Changes of a corpus folder that can be undone: each step is written down before it is made.

A change works in a hidden folder of the corpus. Files on their way in wait there, files taken out
are kept there, and `journal` lists the steps. Until the change is finished nothing is deleted, so
that whoever holds the library next can undo what a kill or a power cut left half done.
"""

import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import mkdtemp
from typing import TextIO

from indexer.durable import move, sync_file, sync_folder, write_durably
from indexer.errors import IndexDamaged
from indexer.generations import current_generation

_HIDDEN = ".changing-"
_JOURNAL = "journal"
_INCOMING = "incoming"


class Journal:
    """The steps of one change of `corpus`, in a hidden folder of its own."""

    def __init__(self, corpus: Path, staging: Path, journal: TextIO) -> None:
        self._corpus = corpus
        self._staging = staging
        self._journal = journal
        self.incoming = staging / _INCOMING

    @classmethod
    def begin(cls, corpus: Path) -> "Journal":
        """A change of `corpus`, with an empty folder for what comes in."""
        staging = Path(mkdtemp(prefix=_HIDDEN, dir=corpus))
        (staging / _INCOMING).mkdir()
        journal = (staging / _JOURNAL).open("a+", encoding="utf-8")
        fcntl.flock(journal, fcntl.LOCK_EX)
        return cls(corpus, staging, journal)

    @classmethod
    def interrupted(cls, corpus: Path) -> Iterator["Journal"]:
        """The changes of `corpus` that nobody is making any more."""
        for staging in sorted(corpus.glob(f"{_HIDDEN}*")) if corpus.is_dir() else ():
            with (staging / _JOURNAL).open("a+", encoding="utf-8") as journal:
                try:
                    fcntl.flock(journal, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    continue  # a change for another library of the same reports
                yield cls(corpus, staging, journal)

    def start(self, index: Path) -> None:
        """Note the library that the steps are for, as it is before them."""
        self._note("library", str(index.resolve()), _generation(index))

    def take_in(self, staged: Path) -> None:
        """Move a file that waits in the hidden folder into the corpus."""
        sync_file(staged)
        sync_folder(self.incoming)
        self._note("in", staged.name)
        move(staged, self._corpus / staged.name)

    def take_out(self, file: str) -> None:
        """Move a file out of the corpus; it is kept until the change is finished."""
        kept = Path(mkdtemp(dir=self._staging))
        sync_folder(self._staging)
        self._note("out", file, kept.name)
        move(self._corpus / file, kept / file)

    def keep(self, file: str) -> None:
        """Keep a copy of a file of the corpus, which may be missing, before it is written anew."""
        path = self._corpus / file
        if not path.exists():
            self._note("new", file)
            return
        kept = Path(mkdtemp(dir=self._staging))
        shutil.copyfile(path, kept / file)
        sync_file(kept / file)
        sync_folder(kept)
        sync_folder(self._staging)
        self._note("copy", file, kept.name)

    def close(self) -> None:
        """Let go of the change as it is, for another to settle."""
        self._journal.close()

    def finish(self) -> None:
        """Let the change stay, and what it took out go."""
        self.close()
        # The journal first: without it there is nothing to undo.
        (self._staging / _JOURNAL).unlink(missing_ok=True)
        shutil.rmtree(self._staging, ignore_errors=True)

    def undo(self) -> None:
        """Put the corpus back as it was. Begun again after a kill, it goes on where it was."""
        for step, file, *where in reversed(self._steps()):
            here, waiting = self._corpus / file, self.incoming / file
            if step == "in" and here.exists() and not waiting.exists():
                move(here, waiting)
            elif step == "out" and (self._staging / where[0] / file).exists():
                move(self._staging / where[0] / file, here)
            elif step == "copy":
                write_durably(here, (self._staging / where[0] / file).read_bytes())
            elif step == "new":
                here.unlink(missing_ok=True)
                sync_folder(self._corpus)
        self.finish()

    def settle(self) -> None:
        """Finish a change whose library is in use already, undo another."""
        for step, index, *before in self._steps():
            if step == "library" and _generation(Path(index)) not in ("", before[0]):
                self.finish()
                return
        self.undo()

    def _note(self, *step: str) -> None:
        self._journal.write(f"{json.dumps(step)}\n")
        self._journal.flush()
        os.fsync(self._journal.fileno())
        sync_folder(self._staging)

    def _steps(self) -> list[list[str]]:
        """The steps noted; one that was cut short while it was noted had not been made."""
        steps: list[list[str]] = []
        with suppress(ValueError, FileNotFoundError):
            for line in (self._staging / _JOURNAL).read_text("utf-8").splitlines():
                steps.append(json.loads(line))
        return steps


def settle_changes(corpus: Path) -> None:
    """Finish or undo whatever changes of `corpus` were interrupted.

    Raises OSError where the folder cannot be written.
    """
    for journal in Journal.interrupted(corpus):
        journal.settle()


def _generation(index: Path) -> str:
    try:
        return current_generation(index)
    except IndexDamaged:
        return ""
