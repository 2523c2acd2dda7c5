"""From a placed match to the alert that people are told: complete in itself, nothing to look up later."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date, datetime

from gatewatch.alerts.countries import country_name
from gatewatch.model import (
    Alert,
    AlertKind,
    Count,
    Event,
    EventType,
    Item,
    Match,
    Per,
    Reading,
    Rule,
    Scope,
    Source,
    Span,
    Story,
)

#: So many lines say what was known before, and so many links where else a story is told.
KNOWN = 3
LINKS = 4

_OVER = {
    Per.DAY: " in a day",
    Per.WEEK: " in a week",
    Per.MONTH: " in a month",
    Per.YEAR: " in a year",
    Per.SINCE: " so far",
    Per.INCIDENT: " at once",
}


def compose(
    match: Match,
    story: Story,
    rule: Rule,
    item: Item,
    source: Source,
    reading: Reading,
    now: datetime,
    change: str = "",
) -> Alert:
    """The alert of a story: an update where there is a `change` to tell, else the new one.

    Its id depends on story, rule and change alone: told again, it is the same alert.
    """
    return Alert(
        id=_id(story.id, rule.id, change) if change else first_id(story.id, rule.id),
        story=story.id,
        kind=AlertKind.UPDATE if change else AlertKind.NEW,
        rule=rule.id,
        says=rule.says,
        severity=rule.severity,
        at=now,
        title=item.title,
        quote=_quote(match, item),
        url=item.url,
        source=source.name or source.id,
        country=_country(match),
        event=match.event.type.value if match.event else None,
        count=match.count.value if match.count else None,
        language=reading.language,
        published=item.published,
        official=source.official,
        facts=facts(match),
        items=(item.id,),
        confirmation=story.confirmation if match.event is not None else None,
        change=change,
    )


def first_id(story: str, rule: str) -> str:
    """The id of the first alert by which a rule tells a story: what comes later of it is a reply to that."""
    return _id(story, rule)


def _id(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:12]


def known_before(story: Story, stories: Sequence[Story]) -> tuple[str, ...]:
    """Short lines on what people were told of this country's border before, latest first.

    "16 November: closure announced: Vaalimaa, Imatra, from 18 November 2023".
    """
    kinds = frozenset(EventType)
    told = [other for other in stories if other.told and other.country == story.country and other.kind in kinds]
    earlier = [other for other in told if other.opened < story.opened and other.id != story.id]
    earlier.sort(key=lambda other: (other.opened, other.id), reverse=True)
    return tuple(_line_on(other) for other in earlier[:KNOWN])


def _line_on(story: Story) -> str:
    parts = [story.kind.replace("_", " ")]
    if story.scope is Scope.ALL:
        parts.append("the whole border")
    elif story.crossings:
        names = ", ".join(story.crossings)
        parts.append(f"all but {names}" if story.scope is Scope.ALL_BUT else names)
    dates = [f"from {_day(story.since)}"] if story.since else []
    dates += [f"until {_day(story.until)}"] if story.until else []
    return f"{story.opened.day} {story.opened:%B}: {': '.join(parts)}" + "".join(f", {each}" for each in dates)


def facts(match: Match) -> tuple[str, ...]:
    """Short lines for people: which crossings, from when till when, how many."""
    if match.event is not None:
        return _event_facts(match.event)
    if match.count is not None:
        return (_count_fact(match.count),)
    return (f"words: {', '.join(match.words)}",) if match.words else ()


def _event_facts(event: Event) -> tuple[str, ...]:
    lines: list[str] = []
    crossings = ", ".join(event.crossings)
    if event.scope is Scope.ALL_BUT:
        lines.append(f"all crossings but {crossings}" if crossings else "all crossings but one")
    elif event.crossings:
        lines.append(f"crossings: {crossings}")
    elif event.scope is Scope.ALL:
        lines.append("the whole border")
    if event.neighbour:
        lines.append(f"border with {country_name(event.neighbour)}")
    if event.since:
        lines.append(f"from {_day(event.since)}")
    if event.until:
        lines.append(f"until {_day(event.until)}")
    return tuple(lines)


def _count_fact(count: Count) -> str:
    value = f"{count.value}–{count.value_max}" if count.value_max else f"{count.value}"
    about = "about " if count.approximate else ""
    return f"{about}{value} {count.unit.value.replace('_', ' ')}{_OVER.get(count.per, '')}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _country(match: Match) -> str | None:
    if match.event is not None:
        return match.event.country
    return match.count.country if match.count is not None else None


def _quote(match: Match, item: Item) -> str:
    """The words that the alert rests on; the title where words alone matched."""
    if match.event is not None and match.event.says:
        return match.event.says
    if match.count is not None and match.count.says:
        return match.count.says
    return _cut(item, match.evidence[0]) if match.evidence else item.title


def _cut(item: Item, span: Span) -> str:
    text = item.title if span.field == "title" else item.text
    return text[max(0, span.start - 80) : span.end + 80].strip()
