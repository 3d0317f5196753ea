"""Files that readers take away: counted, and written down where that is wanted."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from app_pages.door import settings, who_asks
from app_pages.recording import record
from guarding.metrics import METRICS

Place = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Export:
    """A file to take away as `st.download_button` wants it: its data, and what a press does."""

    data: bytes | Callable[[], bytes]
    on_click: Callable[[], None] | Literal["ignore"]


def exporting(data: bytes, kind: str, library: str, shown: Sequence[Place] = ()) -> Export:
    """A file to take away, which is noted when its button is pressed, where that is wanted.

    `library` is the fingerprint of the library it was made from, `shown` the places quoted in it.
    Where it must be written down, the data is handed out only then; that it is handed out late has
    a price: the server forgets such a file soon, and on a busy one a reader may have to press
    again.
    """
    held = settings()
    who = who_asks()
    entry = {"format": kind, "library": library, "shown": [list(place) for place in shown]}

    def note() -> None:
        record(held.audit, "exported", who, entry)
        METRICS.count("exports")

    def give() -> bytes:
        note()
        return data

    if held.audit.state == "required":
        return Export(give, "ignore")
    is_noted = held.audit.state == "on" or held.has_metrics
    return Export(data, note if is_noted else "ignore")
