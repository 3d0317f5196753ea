"""The process that draws pages for us, limited in memory and time (`indexer.limited`)."""

import json
from base64 import b64decode
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore
from types import TracebackType
from typing import get_args

from indexer.errors import UnreadableReport
from indexer.exchange import from_plain
from indexer.limited import MEMORY, LimitedProcess, Refusals
from showing.types import Box, NotShown, PublishedPage, Trouble

SECONDS = 15.0
_FAILED = "it is damaged so that drawing it fails"
_NO_SENSE = "what was drawn of it makes no sense"
# So many are at work at once, however many readers there are.
_AT_WORK = BoundedSemaphore(2)


@dataclass(frozen=True, slots=True)
class _Sent:
    """A page as it comes from the process."""

    picture: str
    width: int
    height: int
    letters: str
    boxes: tuple[Box, ...]


class DrawingProcess:
    """Draws pages of files in a process of its own; a context manager that ends it.

    `memory` in bytes, `seconds` of the processor's time for each page. It waits for its turn.
    """

    def __init__(self, memory: int = MEMORY, seconds: float = SECONDS) -> None:
        refusals = Refusals(_FAILED, f"drawing it takes more than {seconds:.0f} seconds")
        self._limited = LimitedProcess("showing.worker", memory, seconds, refusals)

    def __enter__(self) -> "DrawingProcess":
        _AT_WORK.acquire()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._limited.end()
        _AT_WORK.release()

    def page(
        self, path: Path, sha256: str, number: int, with_picture: bool = True
    ) -> PublishedPage | NotShown:
        """The page of that number, from 1, of the PDF at `path`, if it still has that hash."""
        try:
            line = self._limited.ask([str(path.absolute()), sha256, number, with_picture])
            return _read(line)
        except UnreadableReport as error:
            return NotShown("unreadable", str(error))


def _read(line: bytes) -> PublishedPage | NotShown:
    try:
        said = json.loads(line)
        if "page" not in said:
            if said["trouble"] not in get_args(Trouble):
                raise ValueError(said["trouble"])
            return NotShown(said["trouble"], str(said["reason"]))
        sent = from_plain(_Sent, said["page"])
        if len(sent.boxes) != len(sent.letters):
            raise ValueError("not a box to each letter")
        png = b64decode(sent.picture, validate=True)
    except (ValueError, KeyError, TypeError) as error:
        raise UnreadableReport(_NO_SENSE) from error
    return PublishedPage(png, sent.width, sent.height, sent.letters, sent.boxes)
