"""How many browser windows may be connected, how fast each may send, and who may send files."""

import re
from collections import OrderedDict
from collections.abc import Callable, Collection
from threading import Lock

from guarding.asgi import Message, Receive, Scope, Send, Served, reply
from guarding.metrics import Metrics
from guarding.pace import Pace

# A reader who types and clicks as fast as hands can sends a few messages a second.
_MESSAGES_A_MINUTE = 600
_MOST_KNOWN = 10_000
_POLICY_VIOLATION, _TRY_LATER = 1008, 1013
_UPLOAD = re.compile(r".*/_stcore/upload_file/([^/]+)/[^/]+")


class Windows:
    """Counts the windows connected to `app`, and closes one too many and one that sends too fast.

    `most` windows, 0 for as many as come. What `is_wanted` says no to is not passed on.
    """

    def __init__(
        self, app: Served, metrics: Metrics, most: int, is_wanted: Callable[[bytes], bool]
    ) -> None:
        self._app = app
        self._metrics = metrics
        self._most = most
        self._is_wanted = is_wanted

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as `app` does, within the limits."""
        if scope["type"] != "websocket":
            await self._app(scope, receive, send)
            return
        try:
            if self._metrics.window(1) > self._most > 0:
                await receive()
                await send({"type": "websocket.close", "code": _TRY_LATER})
            else:
                await self._app(scope, _sifted(receive, self._is_wanted), send)
        finally:
            self._metrics.window(-1)


def _sifted(receive: Receive, is_wanted: Callable[[bytes], bool]) -> Receive:
    """`receive`, without what is unwanted; a connection that sends faster than readers do ends."""
    pace = Pace(_MESSAGES_A_MINUTE)

    async def receive_sifted() -> Message:
        while True:
            message = await receive()
            if message["type"] != "websocket.receive":
                return message
            if pace.take(""):
                return {"type": "websocket.disconnect", "code": _POLICY_VIOLATION}
            if is_wanted(message.get("bytes") or b""):
                return message

    return receive_sifted


class Uploaders:
    """The windows that may send files. Threads may share it."""

    def __init__(self) -> None:
        self._held: OrderedDict[str, None] = OrderedDict()
        self._lock = Lock()

    def allow(self, window: str, is_allowed: bool) -> None:
        """Let a window send files, or no longer."""
        with self._lock:
            self._held.pop(window, None)
            if is_allowed and window:
                self._held[window] = None
                if len(self._held) > _MOST_KNOWN:
                    self._held.popitem(last=False)

    def allowed(self) -> frozenset[str]:
        """The windows that may."""
        with self._lock:
            return frozenset(self._held)


class Uploads:
    """Takes files only from the windows in which the library may be changed.

    The screens show a way to send files to those only; but a program could send them without.
    """

    def __init__(self, app: Served, may_upload: Callable[[], Collection[str]]) -> None:
        self._app = app
        self._may_upload = may_upload

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as `app` does, or refuse a file."""
        path = scope["path"] if scope["type"] == "http" else ""
        found = _UPLOAD.fullmatch(path) if scope.get("method") == "PUT" else None
        if found and found[1] not in self._may_upload():
            await reply(send, 403, "Files can be added by those only who may change the library.")
        else:
            await self._app(scope, receive, send)
