"""Files that readers take away: counted, and written down where that is wanted."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from app_pages.door import settings, who_asks
from app_pages.recording import record
from guarding.metrics import METRICS

Place = tuple[str, int, int]
Data = TypeVar("Data", str, bytes)


def exporting(
    write: Callable[[], Data], kind: str, library: str, shown: Sequence[Place] = ()
) -> Callable[[], Data]:
    """What writes a download's data when its button is pressed, and notes that it was pressed.

    `library` is the fingerprint of the library it was made from, `shown` the places quoted in it.
    It raises AuditError, so that nothing is taken away, where that must be written down and cannot
    be.
    """
    audit, who = settings().audit, who_asks()
    entry = {"format": kind, "library": library, "shown": [list(place) for place in shown]}

    def give() -> Data:
        record(audit, "exported", who, entry)
        METRICS.count("exports")
        return write()

    return give
