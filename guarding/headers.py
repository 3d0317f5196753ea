"""Headers that tell a browser what pages of ours may do, put on every answer."""

from base64 import b64encode
from hashlib import sha256
from re import DOTALL, findall

from guarding.asgi import Headers, Message, Receive, Scope, Send, Served

_YEAR = 365 * 24 * 60 * 60
# The screens need no camera, no place, no payment.
_PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


def content_policy(page: str) -> str:
    """What a page may load and who may frame it, for the HTML that every page starts from.

    Its own inline scripts are named by their hashes; nothing else may be run that we do not serve.
    Styles are the exception: the screens are drawn with styles written as they are needed.
    """
    inline = findall(r"<script>(.*?)</script>", page, DOTALL)
    hashes = [f"'sha256-{b64encode(sha256(each.encode()).digest()).decode()}'" for each in inline]
    rules = {
        "default-src": ["'self'"],
        "script-src": ["'self'", "blob:", *hashes],
        "style-src": ["'self'", "'unsafe-inline'"],
        "img-src": ["'self'", "data:", "blob:"],
        "font-src": ["'self'", "data:"],
        "connect-src": ["'self'"],
        "worker-src": ["'self'", "blob:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
    return "; ".join(" ".join([name, *allowed]) for name, allowed in rules.items())


class SafeHeaders:
    """Puts the headers on every answer of `app`.

    `is_https`: the browser reached us by TLS, be it ended by a proxy; then it is told to come back
    by nothing else, and cookies go by nothing else.
    """

    def __init__(self, app: Served, policy: str, is_https: bool) -> None:
        self._app = app
        self._is_https = is_https
        self._added: Headers = [
            (b"content-security-policy", policy.encode()),
            (b"x-content-type-options", b"nosniff"),
            (b"referrer-policy", b"same-origin"),
            (b"x-frame-options", b"DENY"),
            (b"permissions-policy", _PERMISSIONS.encode()),
            (b"cross-origin-opener-policy", b"same-origin"),
        ]
        if is_https:
            self._added.append((b"strict-transport-security", f"max-age={_YEAR}".encode()))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as `app` does, with the headers."""

        async def send_with(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = self._with_ours(message.get("headers", []))
            await send(message)

        await self._app(scope, receive, send_with if scope["type"] == "http" else send)

    def _with_ours(self, headers: Headers) -> Headers:
        ours = {name for name, _ in self._added} | {b"server"}
        kept = [(name, value) for name, value in headers if name.lower() not in ours]
        return [*((name, self._value(name, value)) for name, value in kept), *self._added]

    def _value(self, name: bytes, value: bytes) -> bytes:
        is_open = name.lower() == b"set-cookie" and b"secure" not in value.lower()
        return value + b"; Secure" if self._is_https and is_open else value
