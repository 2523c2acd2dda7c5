"""Lengths of time for people: "1 h 30 min"."""

from __future__ import annotations

from datetime import timedelta

_UNITS = ((86_400, "d", 3_600, "h"), (3_600, "h", 60, "min"), (60, "min", 1, "s"))


def span_words(span: timedelta) -> str:
    """Two units at most; whole seconds."""
    seconds = round(span.total_seconds())
    for size, unit, smaller, of_that in _UNITS:
        if seconds >= size:
            rest = seconds % size // smaller
            return f"{seconds // size} {unit}" + (f" {rest} {of_that}" if rest else "")
    return f"{seconds} s"
