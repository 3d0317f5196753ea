"""What was done, put into the audit log where there is one; what became of that, for the health."""

import logging
from collections.abc import Mapping
from functools import lru_cache

from guarding.audit import AuditLog
from guarding.metrics import METRICS
from guarding.settings import AuditSettings
from indexer.errors import AuditError

LOG = logging.getLogger("findings")
_FAULT: list[str] = []


@lru_cache(maxsize=4)
def _log(settings: AuditSettings) -> AuditLog:
    return AuditLog(settings)


def record(settings: AuditSettings, what: str, who: str, entry: Mapping[str, object]) -> None:
    """Write an entry, where entries are written.

    Raises AuditError only where the settings demand that all is written down; else what is wrong
    is told to whoever runs the server.
    """
    if settings.state == "off":
        return
    try:
        _log(settings).write(what, who, entry)
        _FAULT.clear()
    except AuditError as error:
        METRICS.count("audit_faults")
        LOG.error("%s", error)
        _FAULT[:] = [str(error)]
        if settings.state == "required":
            raise


def audit_faults() -> tuple[str, ...]:
    """What kept the last entry from being written, "" where nothing did."""
    return tuple(_FAULT)
