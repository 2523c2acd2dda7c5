"""Log lines as key=value, one a line: read by people in `journalctl` and by grep alike."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from typing import TextIO

# They log every request and every job at INFO.
CHATTY = ("apscheduler", "httpcore", "httpx")


def line(event: str, **fields: object) -> str:
    """`event=alert rule=fi-closure title="Finland closes …"`. Fields that are None or empty are left out."""
    told = {"event": event, **fields}
    return " ".join(f"{key}={_value(value)}" for key, value in told.items() if value not in (None, "", ()))


def _value(value: object) -> str:
    """A value that stays on its line: feed text comes here, and may hold newlines or terminal codes."""
    if isinstance(value, tuple):
        value = ",".join(str(part) for part in value)
    text = str(value).replace("\\", r"\\").replace('"', r"\"")
    text = "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text)
    return f'"{text}"' if any(c in text for c in " \"'=\\") else text


class KeyValueFormatter(logging.Formatter):
    """`time=… level=… event=…`; without the time under journald, which stamps lines itself."""

    def __init__(self, *, timestamps: bool) -> None:
        stamp = "time=%(asctime)s " if timestamps else ""
        super().__init__(f"{stamp}level=%(level)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        record.level = record.levelname.lower()
        return super().format(record)

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:
        return datetime.fromtimestamp(record.created, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def log_to(stream: TextIO, *, timestamps: bool) -> None:
    """Sends the log of this process to `stream`."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(KeyValueFormatter(timestamps=timestamps))
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    for name in CHATTY:
        logging.getLogger(name).setLevel(logging.ERROR)
