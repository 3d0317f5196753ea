"""Ends with 0 when the web server on this machine answers, with 1 when it does not.

The container's health check and the systemd unit's start both ask by it. It needs Python only.
"""

import os
import sys
from http.client import HTTPException
from urllib.request import urlopen

# The one place that names the health address for everything in this folder.
HEALTH = "/healthz"
_SECONDS = 8.0


def is_healthy(port: str) -> bool:
    """Whether the server on `port` of this machine says within eight seconds that it is well."""
    try:
        with urlopen(f"http://127.0.0.1:{int(port)}{HEALTH}", timeout=_SECONDS) as answer:
            return bool(answer.status == 200)
    except (OSError, HTTPException, ValueError):
        return False


if __name__ == "__main__":
    sys.exit(0 if is_healthy(os.environ.get("FINDINGS_PORT", "8501")) else 1)
