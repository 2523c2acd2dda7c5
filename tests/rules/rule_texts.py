"""Short ways to write the items, readings and rules that these tests are about."""

from __future__ import annotations

from typing import Any

from gatewatch.model import (
    Count,
    CountClause,
    Event,
    EventType,
    Item,
    Per,
    Place,
    Reading,
    Rule,
    Severity,
    Source,
    Span,
    Unit,
)

SOURCE = Source(id="yle", url="http://127.0.0.1/feed")
NOTHING = Reading("en")


def item(title: str = "A headline", text: str = "") -> Item:
    return Item(id="i1", source="yle", title=title, summary=text)


def rule(id: str = "r", **clauses: Any) -> Rule:
    return Rule(id=id, says="A rule", severity=Severity.HIGH, **clauses)


def event(type: EventType = EventType.CLOSURE_ANNOUNCED, country: str = "FI", **more: Any) -> Event:
    return Event(type, country, **more)


def count(value: int, country: str = "FI", per: Per = Per.DAY, **more: Any) -> Count:
    return Count(country, value, more.pop("unit", Unit.ASYLUM_SEEKERS), per, **more)


def reading(*said: Event | Count | Place) -> Reading:
    return Reading(
        "en",
        places=tuple(each for each in said if isinstance(each, Place)),
        events=tuple(each for each in said if isinstance(each, Event)),
        counts=tuple(each for each in said if isinstance(each, Count)),
    )


def place(country: str, crossing: str | None = None) -> Place:
    return Place(country, Span("title", 0, 1), crossing)


def over(value: int, *per: Per, unit: tuple[Unit, ...] = ()) -> CountClause:
    return CountClause(value, per, unit)
