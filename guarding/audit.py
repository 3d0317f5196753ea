"""What was done, written down: a line of JSON an entry, a file a day, old files deleted.

An entry is whole or absent: what a full disk cuts short is taken back. Hostile text is ASCII
within its line, since everything else is escaped.
"""

import fcntl
import hmac
import json
import os
import re
import secrets
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from threading import Lock

from guarding.settings import AuditSettings
from indexer.errors import AuditError

_FILE = re.compile(r"audit-(\d{4}-\d{2}-\d{2})\.(\d{1,6})\.jsonl")
_KEY = "key"
_LONGEST_TEXT = 4_000
_MOST_PLACES = 500
# Writing goes on after this many bytes only in another file of the same day.
Entry = Mapping[str, object]


class AuditLog:
    """The log in a folder. Threads and processes may share it."""

    def __init__(self, settings: AuditSettings) -> None:
        self._settings = settings
        self._lock = Lock()
        self._cleared: date | None = None

    def write(self, what: str, who: str, entry: Entry, now: datetime | None = None) -> str:
        """Write an entry and flush it to the disk; its id. Raises AuditError.

        `what` was done by `who`; a question's text in `entry["question"]` becomes its keyed hash
        where questions are not to be kept.
        """
        now = now or datetime.now(UTC)
        number = secrets.token_hex(8)
        try:
            self._settings.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            said = {"id": number, "at": now.isoformat(timespec="milliseconds")}
            line = json.dumps({**said, "what": what, "who": who, **self._fit(entry)}) + "\n"
            with self._lock:
                self._append(line.encode("ascii"), now.date())
                self._clear(now.date())
        except OSError as error:
            raise AuditError(
                f"The audit log in {self._settings.folder.name}/ cannot be written: "
                f"{error.strerror}. Look at the folder's permissions and at the free space on the "
                "disk."
            ) from error
        return number

    def lines(self) -> Sequence[str]:
        """Every entry kept, oldest first, as written. Raises AuditError."""
        try:
            files = sorted(self._files(), key=lambda each: (each[1], each[2]))
            texts = [path.read_text("ascii", errors="replace") for path, _, _ in files]
        except OSError as error:
            raise AuditError(f"The audit log cannot be read: {error.strerror}.") from error
        return [line for text in texts for line in text.splitlines() if line]

    def hash_of(self, question: str) -> str:
        """A question's keyed hash, the same for the same question while the key is kept."""
        said = question.encode("utf-8", "surrogatepass")
        return hmac.new(self._key(), said, sha256).hexdigest()

    def _fit(self, entry: Entry) -> dict[str, object]:
        """An entry with no more text and places than a line should hold, no question unasked."""
        fit = {name: _cut(value) for name, value in entry.items()}
        if "question" in entry and not self._settings.has_questions:
            fit["question_hash"] = self.hash_of(str(fit.pop("question")))
        return fit

    def _append(self, line: bytes, day: date) -> None:
        path = self._current(day, len(line))
        file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX)
            before = os.fstat(file).st_size
            try:
                if os.write(file, line) != len(line):
                    raise OSError(28, "No space left on device")
                os.fsync(file)
            except OSError:
                os.ftruncate(file, before)
                raise
        finally:
            os.close(file)

    def _current(self, day: date, size: int) -> Path:
        """The file of that day to write to: its last, or another where that one is full."""
        numbers = [number for _, written, number in self._files() if written == day]
        last = max(numbers, default=1)
        path = self._named(day, last)
        is_full = path.exists() and path.stat().st_size + size > self._settings.largest
        return self._named(day, last + 1) if is_full else path

    def _named(self, day: date, number: int) -> Path:
        return self._settings.folder / f"audit-{day.isoformat()}.{number}.jsonl"

    def _files(self) -> list[tuple[Path, date, int]]:
        if not self._settings.folder.is_dir():
            return []
        found = ((path, _FILE.fullmatch(path.name)) for path in self._settings.folder.iterdir())
        return [(path, date.fromisoformat(name[1]), int(name[2])) for path, name in found if name]

    def _clear(self, today: date) -> None:
        """Delete the files that are kept no longer, once a day."""
        if self._cleared == today:
            return
        oldest = today - timedelta(days=self._settings.days)
        for path, written, _ in self._files():
            if written < oldest:
                path.unlink(missing_ok=True)
        self._cleared = today

    def _key(self) -> bytes:
        """The key of the hashes, made when first needed and read by this program's user only."""
        path = self._settings.folder / _KEY
        self._settings.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists():
            made = self._settings.folder / f".{_KEY}-{secrets.token_hex(4)}"
            file = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(file, "wb") as stream:
                stream.write(secrets.token_bytes(32))
                stream.flush()
                os.fsync(stream.fileno())
            try:
                os.link(made, path)  # the first to get there has made it
            except FileExistsError:
                pass
            finally:
                made.unlink()
        return path.read_bytes()


def _cut(value: object) -> object:
    if isinstance(value, str):
        return value[:_LONGEST_TEXT]
    if isinstance(value, Mapping):
        return {str(name): _cut(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_cut(each) for each in value[:_MOST_PLACES]]
    return value
