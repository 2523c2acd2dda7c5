"""One rule on one item: clause after clause, until one says no or all have said yes."""

from __future__ import annotations

from dataclasses import dataclass

from gatewatch.model import (
    Count,
    CountClause,
    Event,
    Item,
    Level,
    Match,
    Reading,
    Refusal,
    Rule,
    Scope,
    Source,
    Span,
    UsualLevel,
)
from gatewatch.rules import why
from gatewatch.rules.folding import fold
from gatewatch.rules.terms import Found

CLAUSES = ("source", "country", "event", "crossing", "count", "any", "all", "none")
"""Every clause that can say no, in the order in which they are asked."""

Verdict = tuple[Match, ...] | Refusal


@dataclass(frozen=True, slots=True)
class Facts:
    """All that a rule may ask about an item. `events` and `counts` leave out what the text only recalls."""

    item: Item
    source: Source
    reading: Reading
    events: tuple[Event, ...]
    counts: tuple[Count, ...]
    found: Found
    usual: UsualLevel


def facts_of(item: Item, source: Source, reading: Reading, found: Found, usual: UsualLevel) -> Facts:
    events = tuple(event for event in reading.events if not event.background)
    counts = tuple(count for count in reading.counts if not count.background)
    return Facts(item, source, reading, events, counts, found, usual)


def verdict(rule: Rule, facts: Facts) -> Verdict:
    """A match for each event that fits, or each count, or one for words; else the first clause that said no.

    A rule with both `event` and `count` matches once an event, with the highest count that fits.
    """
    if rule.ends is not None:
        return Refusal(rule.id, "ends", why.ends())
    if rule.source and facts.source.id not in rule.source:
        return Refusal(rule.id, "source", why.source(rule, facts.source))
    events = _events(rule, facts)
    if isinstance(events, Refusal):
        return events
    counts = _counts(rule, facts)
    if isinstance(counts, Refusal):
        return counts
    words = _words(rule, facts.found)
    if isinstance(words, Refusal):
        return words
    if rule.event:
        highest = max(counts, key=lambda count: count.value, default=None)
        return tuple(_match(rule, facts, words, event, highest) for event in events)
    if rule.count:
        return tuple(_match(rule, facts, words, None, count) for count in counts)
    return (_match(rule, facts, words, None, None),)


def _events(rule: Rule, facts: Facts) -> tuple[Event, ...] | Refusal:
    """The events that fit; none where a rule asks for none, but then country and crossing must be named."""
    if not rule.event:
        return _named(rule, facts) or ()
    typed = tuple(event for event in facts.events if event.type in rule.event)
    if not typed:
        return Refusal(rule.id, "event", why.event(rule, facts.reading.events))
    here = tuple(event for event in typed if not rule.country or event.country in rule.country)
    if not here:
        return Refusal(rule.id, "country", why.event_elsewhere(rule, typed))
    fitting = tuple(event for event in here if not rule.crossing or concerns(event, rule.crossing))
    if not fitting:
        return Refusal(rule.id, "crossing", why.crossing(rule, here))
    return fitting


def _counts(rule: Rule, facts: Facts) -> tuple[Count, ...] | Refusal:
    if rule.count is None:
        return ()
    high = tuple(count for count in facts.counts if exceeds(count, rule.count))
    if not high:
        return Refusal(rule.id, "count", why.count(rule, rule.count, facts.reading.counts))
    here = tuple(count for count in high if not rule.country or count.country in rule.country)
    if not here:
        return Refusal(rule.id, "country", why.count_elsewhere(rule, high))
    if rule.count.times is None:
        return here
    levels = [facts.usual(count.country, count.unit, count.per) for count in here]
    unusual = tuple(count for count, level in zip(here, levels, strict=True) if surpasses(count, rule.count, level))
    return unusual or Refusal(rule.id, "count", why.usual_count(rule.count.times, here, levels))


def _named(rule: Rule, facts: Facts) -> Refusal | None:
    """Where no event ties them down, country and crossing are those that the item names (or comes from)."""
    countries = named_countries(facts.reading, facts.source)
    if rule.country and rule.count is None and countries.isdisjoint(rule.country):
        return Refusal(rule.id, "country", why.country(rule, countries))
    if not rule.crossing or any(concerns(event, rule.crossing) for event in facts.events):
        return None
    if named_crossings(facts.reading).isdisjoint(map(fold, rule.crossing)):
        return Refusal(rule.id, "crossing", why.crossing(rule, facts.events))
    return None


def _words(rule: Rule, found: Found) -> dict[str, Span] | Refusal:
    """The terms that were found, as the rule writes them, and where."""
    wanted = {term: span for term in (*rule.any, *rule.all) if (span := found.where(term))}
    if rule.any and wanted.keys().isdisjoint(rule.any):
        return Refusal(rule.id, "any", why.any_(rule))
    for term in rule.all:
        if term not in wanted:
            return Refusal(rule.id, "all", why.all_(term))
    for term in rule.none:
        if span := found.where(term):
            return Refusal(rule.id, "none", why.none(term, span))
    return wanted


def concerns(event: Event, crossings: tuple[str, ...]) -> bool:
    """Whether an event touches one of `crossings`. Those that `ALL_BUT` names are left alone."""
    named = {fold(crossing) for crossing in event.crossings}
    if event.scope is Scope.ALL:
        return True
    if event.scope is Scope.ALL_BUT:
        return any(fold(crossing) not in named for crossing in crossings)
    return any(fold(crossing) in named for crossing in crossings)


def exceeds(count: Count, clause: CountClause) -> bool:
    """By the lower end of a range: "between 90 and 110" does not say that 100 were passed."""
    return (
        count.value > clause.over
        and (not clause.per or count.per in clause.per)
        and (not clause.unit or count.unit in clause.unit)
    )


def surpasses(count: Count, clause: CountClause, level: Level) -> bool:
    """Whether it is so many times what is usual. As long as nobody knows what is usual, it is not."""
    if clause.times is None:
        return True
    return level.median is not None and count.value >= clause.times * level.median


def named_countries(reading: Reading, source: Source) -> set[str]:
    """The countries of all that a text names or recalls, and that of its source."""
    named = {place.country for place in reading.places}
    named.update(event.country for event in reading.events)
    named.update(count.country for count in reading.counts)
    return named | {source.country} if source.country else named


def named_crossings(reading: Reading) -> set[str]:
    """Folded names of the crossings that a text names."""
    return {fold(place.crossing) for place in reading.places if place.crossing}


def _match(rule: Rule, facts: Facts, words: dict[str, Span], event: Event | None, count: Count | None) -> Match:
    """`words` are the terms as the rule writes them, the same in every inflection; `evidence` is the text."""
    told = tuple(fact.evidence for fact in (event, count) if fact is not None)
    return Match(rule.id, rule.severity, facts.item.id, event, count, tuple(words), (*told, *words.values()))
