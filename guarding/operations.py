"""The addresses for whoever runs the program: how it does, and what it counts."""

import asyncio
import json

from guarding.asgi import Receive, Scope, Send, Served, reply
from guarding.health import Checkup
from guarding.metrics import Metrics

HEALTH, METRICS = "/healthz", "/metrics"
# The server's own counts tell a stranger as much as ours.
_THEIRS = ("/_stcore/metrics", "/_stcore/script-health-check")


class Operations:
    """Answers at /healthz and, where `has_metrics`, at /metrics; all else goes to `app`."""

    def __init__(self, app: Served, checkup: Checkup, metrics: Metrics, has_metrics: bool) -> None:
        self._app = app
        self._checkup = checkup
        self._metrics = metrics
        self._has_metrics = has_metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one of the addresses, or as `app` does."""
        path = scope["path"] if scope["type"] == "http" else ""
        if path == HEALTH:
            await self._tell_health(send)
        elif path == METRICS and self._has_metrics:
            health = await asyncio.to_thread(self._checkup.health)
            text = self._metrics.as_text(health.fingerprint, health.built, not health.faults)
            await reply(send, 200, text, "text/plain; version=0.0.4")
        elif path == METRICS or (path in _THEIRS and not self._has_metrics):
            await reply(send, 404, "Not found.")
        else:
            await self._app(scope, receive, send)

    async def _tell_health(self, send: Send) -> None:
        health = await asyncio.to_thread(self._checkup.health)
        said = {"is_well": not health.faults, "faults": health.faults, "notes": health.notes}
        await reply(send, 503 if health.faults else 200, json.dumps(said), "application/json")
