"""How much may be asked: a bucket of turns that fills at a steady pace."""

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

# Those asked about longest ago are forgotten: their buckets have filled up meanwhile.
_MOST_KNOWN = 10_000


class Pace:
    """So many turns a minute for each name, as many at once. Threads may share it."""

    def __init__(self, a_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        """`a_minute` 0: as many as are wanted."""
        self._most = a_minute
        self._clock = clock
        self._held: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def take(self, name: str) -> int:
        """Take a turn: 0 where there was one, else the whole seconds until there is."""
        if not self._most:
            return 0
        now = self._clock()
        with self._lock:
            left, since = self._held.pop(name, (float(self._most), now))
            left = min(self._most, left + (now - since) * self._most / 60)
            is_there = left >= 1
            self._held[name] = (left - 1 if is_there else left, now)
            if len(self._held) > _MOST_KNOWN:
                self._held.popitem(last=False)
        return 0 if is_there else max(1, math.ceil((1 - left) * 60 / self._most))


class Paces:
    """The pace of each window and that of all together."""

    def __init__(self, each: Pace, together: Pace) -> None:
        self._each = each
        self._together = together

    def take(self, name: str) -> int:
        """As `Pace.take`: a turn of one's own, then one of everybody's."""
        return self._each.take(name) or self._together.take("")
