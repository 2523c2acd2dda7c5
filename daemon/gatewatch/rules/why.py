"""Why a clause said no, in plain words for whoever tunes the rule."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from gatewatch.model import DAYS_NEEDED, Count, CountClause, Event, Level, Rule, Scope, Source, Span


def source(rule: Rule, source: Source) -> str:
    return f"source: the item is from {source.id}; the rule wants {_either(rule.source)}"


def country(rule: Rule, named: Collection[str]) -> str:
    found = f"the item is about {_list(sorted(named))}" if named else "the item names no country"
    return f"country: {found}; the rule wants {_either(rule.country)}"


def event(rule: Rule, events: Sequence[Event]) -> str:
    """`events` are all of the reading, so that one which is only recalled can be told as such."""
    return f"event: the text {_told(events)}; the rule wants {_either(rule.event)}"


def event_elsewhere(rule: Rule, events: Sequence[Event]) -> str:
    return f"country: the text {_told(events)}; the rule wants {_either(rule.country)}"


def count_elsewhere(rule: Rule, counts: Sequence[Count]) -> str:
    found = _list([_count(each) for each in counts])
    return f"country: the text tells {found}; the rule wants {_either(rule.country)}"


def crossing(rule: Rule, events: Sequence[Event]) -> str:
    found = _list([f"{event.type} for {_whereabouts(event)}" for event in events])
    return f"crossing: the text says {found or 'nothing of it'}; the rule wants {_either(rule.crossing)}"


def count(rule: Rule, clause: CountClause, counts: Sequence[Count]) -> str:
    fresh = [_count(each) for each in counts if not each.background]
    recalled = [_count(each) for each in counts if each.background]
    if fresh:
        found = f"tells {_list(fresh)}"
    elif recalled:
        found = f"only recalls {_list(recalled)}"
    else:
        found = "counts nobody"
    return f"count: the text {found}; the rule wants {_wanted(clause)}"


def usual_count(times: float, counts: Sequence[Count], levels: Sequence[Level]) -> str:
    """`levels` are those of `counts`, in the same order."""
    known = [(count, level.median) for count, level in zip(counts, levels, strict=True) if level.median is not None]
    if not known:
        days = max((level.days for level in levels), default=0)
        return f"count: no usual level is known yet: {days} of {DAYS_NEEDED} days"
    found = _list([f"{_count(count)}, and {median:g} are usual" for count, median in known])
    return f"count: the text tells {found}; the rule wants {times:g} times as many"


def ends() -> str:
    return "ends: the rule goes by the clock and by what is closed; no text makes it fire"


def any_(rule: Rule) -> str:
    return f"any: the item says none of {_list([repr(term) for term in rule.any])}"


def all_(term: str) -> str:
    return f"all: the item does not say {term!r}"


def none(term: str, span: Span) -> str:
    return f"none: the {span.field} says {term!r}"


def _told(events: Sequence[Event]) -> str:
    fresh = [f"{event.type} for {event.country}" for event in events if not event.background]
    recalled = [f"{event.type} for {event.country}" for event in events if event.background]
    if fresh:
        return f"says {_list(fresh)}"
    if recalled:
        return f"only recalls {_list(recalled)}"
    return "says no event"


def _whereabouts(event: Event) -> str:
    match event.scope:
        case Scope.ALL:
            return f"all of {event.country}"
        case Scope.ALL_BUT:
            return f"all of {event.country} but {_list(event.crossings)}"
        case _:
            return _list(event.crossings) or f"{event.country}, no crossing named"


def _count(count: Count) -> str:
    value = f"{count.value} to {count.value_max}" if count.value_max else str(count.value)
    return f"{value} {count.unit} ({count.per}) in {count.country}"


def _wanted(clause: CountClause) -> str:
    unit = f" {_either(clause.unit)}" if clause.unit else ""
    per = f" ({_either(clause.per)})" if clause.per else ""
    times = f", and {clause.times:g} times what is usual" if clause.times else ""
    return f"more than {clause.over}{unit}{per}{times}"


def _list(things: Sequence[str]) -> str:
    return ", ".join(things)


def _either(things: Sequence[str]) -> str:
    return " or ".join(things)
