"""Log lines as key=value, one a line: read by people in `journalctl` and by grep alike."""

from __future__ import annotations

from collections.abc import Mapping


class Line(str):
    """A log line as people read it, with the fields that it was made of, for those who want another form."""

    fields: Mapping[str, object]


def line(event: str, **fields: object) -> Line:
    """`event=alert rule=fi-closure title="Finland closes …"`. Fields that are None or empty are left out."""
    told = {"event": event, **fields}
    kept = {key: value for key, value in told.items() if value not in (None, "", ())}
    made = Line(key_values(kept))
    made.fields = kept
    return made


def key_values(fields: Mapping[str, object]) -> str:
    """The fields on one line, whatever their values hold."""
    return " ".join(f"{key}={_value(value)}" for key, value in fields.items())


def printable(text: str) -> str:
    """Text that stays on its line: feed text comes here, and may hold newlines or terminal codes."""
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text)


def _value(value: object) -> str:
    if isinstance(value, tuple):
        value = ",".join(str(part) for part in value)
    text = printable(str(value).replace("\\", r"\\").replace('"', r"\""))
    return f'"{text}"' if any(c in text for c in " \"'=\\") else text
