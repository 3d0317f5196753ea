"""After signing in, back to the page that was asked for.

The server's own sign-in always leads to the first page. The page that somebody left to sign in is
kept in a cookie meanwhile: a path on this server, never another's address.
"""

import re
from collections.abc import Callable
from http.cookies import CookieError, SimpleCookie
from urllib.parse import quote, unquote, urlsplit

from guarding.asgi import Headers, Message, Receive, Scope, Send, Served, header

REFUSED = "sign_in"
_COOKIE = "findings_return"
_MINUTES = 10
_LONGEST = 2000
# No signs but those of a path and its question: no second slash, no line end, no backslash.
_PATH = re.compile(r"/(?:[A-Za-z0-9_~.-][A-Za-z0-9_~./-]*)?(?:\?[A-Za-z0-9_~.%&=+,:;@!*'()/-]*)?")


def kept_path(referrer: str, host: str) -> str:
    """The path and question of the page at `referrer` if it is one of this server's; else "/"."""
    try:
        parts = urlsplit(referrer)
    except ValueError:
        return "/"
    if parts.scheme not in ("http", "https") or parts.netloc != host:
        return "/"
    return safe_path(f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}")


def safe_path(path: str) -> str:
    """`path` where it is one of this server's pages, else "/"."""
    return path if len(path) <= _LONGEST and _PATH.fullmatch(path) and "//" not in path else "/"


class Returning:
    """Leads those whom `app` has signed in back to the page they came from.

    Where signing in came to nothing, the page they see says so.
    """

    def __init__(self, app: Served) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as `app` does, but for where its sign-in leads."""
        path = scope.get("path", "") if scope["type"] == "http" else ""
        if path.endswith("/auth/login"):
            back = kept_path(header(scope, b"referer"), header(scope, b"host"))
            await self._app(scope, receive, _changing(send, lambda found: _keep(found, back)))
        elif path.endswith("/oauth2callback"):
            back = _cookie(header(scope, b"cookie"))
            await self._app(scope, receive, _changing(send, lambda found: _lead(found, back)))
        else:
            await self._app(scope, receive, send)


def _changing(send: Send, change: Callable[[Headers], Headers]) -> Send:
    async def send_changed(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = change(list(message.get("headers", [])))
        await send(message)

    return send_changed


def _keep(headers: Headers, back: str) -> Headers:
    value = f"{_COOKIE}={quote(back, safe='')}; Path=/; Max-Age={_MINUTES * 60}"
    return [*headers, (b"set-cookie", f"{value}; HttpOnly; SameSite=Lax".encode())]


def _lead(headers: Headers, back: str) -> Headers:
    is_in = any(
        name.lower() == b"set-cookie"
        and value.startswith(b"_streamlit_user=")
        and not value.startswith((b'_streamlit_user="";', b"_streamlit_user=;"))
        for name, value in headers
    )
    goal = back if is_in else f"/?{REFUSED}=refused"
    led = [(name, goal.encode() if name.lower() == b"location" else v) for name, v in headers]
    gone = f"{_COOKIE}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax"
    return [*led, (b"set-cookie", gone.encode())]


def _cookie(header: str) -> str:
    try:
        held = SimpleCookie(header).get(_COOKIE)
    except CookieError:
        return "/"
    return safe_path(unquote(held.value)) if held else "/"
