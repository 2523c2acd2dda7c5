"""From a placed match to the alert that people are told: complete in itself, nothing to look up later."""

from __future__ import annotations

import hashlib
from datetime import date, datetime

from gatewatch.model import (
    Alert,
    AlertKind,
    Count,
    Event,
    Item,
    Match,
    Reading,
    Rule,
    Scope,
    Source,
    Span,
    Story,
)


def compose(
    match: Match, story: Story, rule: Rule, item: Item, source: Source, reading: Reading, now: datetime
) -> Alert:
    """The new alert of a story. Its id depends on story and rule alone: told again, it is the same alert."""
    return Alert(
        id=hashlib.sha256(f"{story.id}\0{rule.id}".encode()).hexdigest()[:12],
        story=story.id,
        kind=AlertKind.NEW,
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
    )


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
        lines.append(f"border with {event.neighbour}")
    if event.since:
        lines.append(f"from {_day(event.since)}")
    if event.until:
        lines.append(f"until {_day(event.until)}")
    return tuple(lines)


def _count_fact(count: Count) -> str:
    value = f"{count.value}–{count.value_max}" if count.value_max else f"{count.value}"
    about = "about " if count.approximate else ""
    per = "" if count.per.value == "unspecified" else f", {count.per.value}"
    return f"{about}{value} {count.unit.value.replace('_', ' ')}{per}"


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
