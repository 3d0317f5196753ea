"""The server's log as lines of JSON, one an entry, for programs that gather logs."""

import json
import logging
from datetime import UTC, datetime


class JsonLines(logging.Formatter):
    """An entry as one line of JSON, its traceback inside it."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        said = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "said": record.getMessage(),
        }
        if record.exc_info:
            said["trace"] = self.formatException(record.exc_info)
        return json.dumps(said)


class _Logger(logging.Logger):
    """A logger whose handlers all write lines of JSON, whoever adds them and when."""

    def addHandler(self, hdlr: logging.Handler) -> None:
        hdlr.setFormatter(JsonLines())
        super().addHandler(hdlr)


def log_json() -> None:
    """Make every logger, those to come too, write lines of JSON."""
    logging.setLoggerClass(_Logger)
    if not logging.root.handlers:
        logging.root.addHandler(logging.StreamHandler())
    known = [logging.root, *logging.root.manager.loggerDict.values()]
    for logger in known:
        for handler in getattr(logger, "handlers", ()):
            handler.setFormatter(JsonLines())
