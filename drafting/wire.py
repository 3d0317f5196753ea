"""The owner of `httpx2`: a connection that says no more, and hears no more, than a draft needs."""

from collections.abc import Iterator

import httpx2

from drafting.types import Settings
from indexer.errors import DraftingError

MOST_BYTES = 262_144
_SENT = ("host", "accept", "content-type", "content-length")
# Without these the body is taken as it comes, so that a small reply cannot unfold into a large one.
_NOT_HEARD = ("content-encoding", "content-length", "transfer-encoding")


class TooLong(httpx2.ReadError):
    """The reply is longer than any draft."""


def connect(settings: Settings) -> httpx2.Client:
    """A client that goes to the address and nowhere else: no redirect and no proxy is followed.

    Raises DraftingError where the address cannot be used.
    """
    try:
        httpx2.URL(settings.url)
    except httpx2.InvalidURL as error:
        raise DraftingError(f"FINDINGS_LLM_URL cannot be used as it stands: {error}") from error
    return httpx2.Client(
        transport=_Narrow(settings.key),
        timeout=settings.seconds,
        follow_redirects=False,
        trust_env=False,
    )


class _Narrow(httpx2.BaseTransport):
    """Sends the few headers a request needs, with the key; reads at most MOST_BYTES of a reply."""

    def __init__(self, key: str) -> None:
        self._key = key
        self._inner = httpx2.HTTPTransport(trust_env=False)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """The reply to `request`, its body limited."""
        headers = {name: request.headers[name] for name in _SENT if name in request.headers}
        headers["accept-encoding"] = "identity"
        headers["connection"] = "close"
        if self._key:
            headers["authorization"] = f"Bearer {self._key}"
        sent = httpx2.Request(
            request.method,
            request.url,
            headers=headers,
            content=request.read(),
            extensions=request.extensions,
        )
        response = self._inner.handle_request(sent)
        heard = [
            (name, value)
            for name, value in response.headers.multi_items()
            if name.casefold() not in _NOT_HEARD
        ]
        assert isinstance(response.stream, httpx2.SyncByteStream)
        return httpx2.Response(
            response.status_code, headers=heard, stream=_Limited(response.stream)
        )

    def close(self) -> None:
        """Close the connection."""
        self._inner.close()


class _Limited(httpx2.SyncByteStream):
    """A body of at most MOST_BYTES. Raises TooLong past that."""

    def __init__(self, body: httpx2.SyncByteStream) -> None:
        self._body = body

    def __iter__(self) -> Iterator[bytes]:
        left = MOST_BYTES
        for piece in self._body:
            left -= len(piece)
            if left < 0:
                raise TooLong("the reply is too long")
            yield piece

    def close(self) -> None:
        self._body.close()
