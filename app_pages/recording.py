"""What was done, put into the audit log where there is one; what became of that, for the health."""

import logging
from collections.abc import Mapping
from functools import lru_cache

from guarding.audit import AuditLog
from guarding.health import Health
from guarding.metrics import METRICS
from guarding.settings import AuditSettings
from indexer.errors import AuditError

LOG = logging.getLogger("findings")
_FAULT: list[Health] = []


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
        if settings.state == "required":
            _FAULT[:] = [Health((str(error),))]
            raise
        _FAULT[:] = [Health((), (str(error),))]


def audit_health() -> Health:
    """What kept the last entry from being written: a fault where it has to be, else a note."""
    return _FAULT[0] if _FAULT else Health(())
