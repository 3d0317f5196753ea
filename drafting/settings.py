"""The environment in, the drafting service out, or nothing: drafting is off unless configured.

FINDINGS_LLM_URL and FINDINGS_LLM_MODEL switch it on; FINDINGS_LLM_KEY and FINDINGS_LLM_SECONDS may
be left out.
"""

import math
import os
from collections.abc import Mapping
from urllib.parse import urlsplit

from drafting.types import Settings
from indexer.errors import DraftingError

URL = "FINDINGS_LLM_URL"
MODEL = "FINDINGS_LLM_MODEL"
KEY = "FINDINGS_LLM_KEY"
SECONDS = "FINDINGS_LLM_SECONDS"
_DEFAULT_SECONDS = 30.0
_MOST_SECONDS = 300.0
_LONGEST = 500


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings | None:
    """The service to ask for drafts; None where none of the four settings is made.

    Raises DraftingError where a setting is missing or cannot be used. No message holds the key.
    """
    values = {name: environment.get(name, "").strip() for name in (URL, MODEL, KEY, SECONDS)}
    if not any(values.values()):
        return None
    for name in (URL, MODEL):
        if not values[name]:
            raise DraftingError(f"Drafting is only half set up: set {name} as well, or neither.")
    for name in (URL, MODEL, KEY):
        if len(values[name]) > _LONGEST or not _is_plain(values[name]):
            raise DraftingError(
                f"{name} must be at most {_LONGEST} letters, digits and signs, without spaces."
            )
    return Settings(_address(values[URL]), values[MODEL], values[KEY], _seconds(values[SECONDS]))


def _is_plain(value: str) -> bool:
    return value.isascii() and value.isprintable() and " " not in value


def _address(url: str) -> str:
    try:
        parts = urlsplit(url)
        is_usable = parts.scheme in ("http", "https") and bool(parts.hostname)
        is_usable = is_usable and parts.port != 0
    except ValueError:
        is_usable = False
    if not is_usable:
        raise DraftingError(
            f"{URL} must be an address that begins with http:// or https://, "
            "such as http://localhost:11434/v1"
        )
    if parts.username is not None or parts.password is not None:
        raise DraftingError(f"{URL} must not hold a name or password; put the key into {KEY}.")
    if parts.query or parts.fragment:
        raise DraftingError(f"{URL} must end before any ? or #, such as http://localhost:11434/v1")
    return url.rstrip("/")


def _seconds(value: str) -> float:
    if not value:
        return _DEFAULT_SECONDS
    try:
        seconds = float(value)
    except ValueError:
        seconds = math.nan
    if not 0 < seconds <= _MOST_SECONDS:  # nan is neither
        raise DraftingError(
            f"{SECONDS} must be a number of seconds, more than 0 and at most {_MOST_SECONDS:.0f}."
        )
    return seconds
