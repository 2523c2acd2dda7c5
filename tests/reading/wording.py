"""Events and counts in short words, for tables: "closure_announced FI Vaalimaa from 2023-11-18"."""

from __future__ import annotations

from gatewatch.model import Count, Event, Reading


def told(reading: Reading) -> set[str]:
    """All events and counts of a reading, background ones marked."""
    return {_event(event) for event in reading.events} | {_count(count) for count in reading.counts}


def _event(event: Event) -> str:
    parts = [event.type.value, event.country, *event.crossings]
    parts += ["from", event.since.isoformat()] if event.since else []
    parts += ["until", event.until.isoformat()] if event.until else []
    parts += ["background"] if event.background else []
    return " ".join(parts)


def _count(count: Count) -> str:
    number = f"{count.value}-{count.value_max}" if count.value_max else str(count.value)
    about = "~" if count.approximate else ""
    return f"{about}{number} {count.unit.value} {count.per.value} {count.country}"
