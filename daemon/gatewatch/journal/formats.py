"""The forms of the log: for the journal, for people at a terminal, for programs."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum

from gatewatch.journal.lines import Line, key_values, printable
from gatewatch.journal.masking import Secrets


class Form(StrEnum):
    """JOURNAL: key=value behind a priority, without the time, which journald stamps itself. PLAIN: key=value.

    JSON: one object a line.
    """

    JOURNAL = "journal"
    PLAIN = "plain"
    JSON = "json"


class FormFormatter(logging.Formatter):
    """Writes records in one form, without the secrets. Each line of a traceback gets the record's priority."""

    def __init__(self, form: Form, secrets: Secrets | None = None) -> None:
        super().__init__()
        self._form = form
        self._secrets = secrets or Secrets()

    def format(self, record: logging.LogRecord) -> str:
        """Never raises, as what logging then prints by itself may hold a secret."""
        fields = {key: self._masked(value) for key, value in _fields(record).items()}
        level, traceback = record.levelname.lower(), self._traceback(record)
        if self._form is Form.JSON:
            told = {"time": _moment(record, "milliseconds"), "level": level, **fields}
            return _json(told | ({"traceback": traceback} if traceback else {}))
        lines = [key_values({"level": level, **fields})]
        lines += [f"| {printable(each)}" for each in traceback.splitlines()]
        if self._form is Form.JOURNAL:
            lines = [f"<{priority(record.levelno)}>{each}" for each in lines]
        else:
            lines[0] = f"time={_moment(record, 'seconds')} {lines[0]}"
        return "\n".join(lines)

    def _traceback(self, record: logging.LogRecord) -> str:
        told = [self.formatException(record.exc_info)] if record.exc_info and record.exc_info[0] else []
        told += [self.formatStack(record.stack_info)] if record.stack_info else []
        return self._secrets.masked("\n".join(told))

    def _masked(self, value: object) -> object:
        """Numbers are told as such. Masked before it is quoted: a secret with a quote in it looks different after."""
        if isinstance(value, tuple | list):
            return tuple(self._masked(part) for part in value)
        masked = self._secrets.masked(str(value))
        return value if isinstance(value, int | float) and masked == str(value) else masked


def priority(level: int) -> int:
    """The priority of syslog, 0 to 7, that journald reads from `<4>` at the beginning of a line."""
    if level >= logging.CRITICAL:
        return 2
    if level >= logging.ERROR:
        return 3
    if level >= logging.WARNING:
        return 4
    return 6 if level >= logging.INFO else 7


def _fields(record: logging.LogRecord) -> Mapping[str, object]:
    if isinstance(record.msg, Line):
        return record.msg.fields
    try:
        said = record.getMessage()
    except Exception:  # arguments that don't fit the words, in some library
        said = str(record.msg)
    return {"logger": record.name, "message": said}


def _json(told: Mapping[str, object]) -> str:
    """In letters as they are, so that grep finds them; what could speak to a terminal is escaped."""
    text = json.dumps(told, ensure_ascii=False)
    return "".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in text)


def _moment(record: logging.LogRecord, timespec: str) -> str:
    moment = datetime.fromtimestamp(record.created, UTC)
    return moment.replace(tzinfo=None).isoformat(timespec=timespec) + "Z"
