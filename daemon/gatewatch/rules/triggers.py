"""Which rules an item can concern at all: found by what the item says, never by going through the rules."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterator, Sequence

from gatewatch.model import Rule, Scope
from gatewatch.rules.folding import fold
from gatewatch.rules.terms import REGEX
from gatewatch.rules.verdict import Facts, named_countries, named_crossings

Key = tuple[str, ...]
"""One thing that an item can say: ("event", type, country), ("term", "Storskog"), … `*` is any country."""

_ANY = "*"


class Triggers:
    """Each rule hangs on the keys of its rarest clause; an item reaches it by saying one of them.

    Rules on counts hang in the order of their thresholds, so that a low figure passes by the high ones. Rules
    that can be tied to nothing (a lone `re:`, only `none`) are reached by every item.
    """

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._by_key: dict[Key, list[int]] = defaultdict(list)
        self._by_threshold: dict[str, list[tuple[int, int]]] = defaultdict(list)
        self._always: list[int] = []
        for number, rule in enumerate(rules):
            if rule.ends is not None:
                continue  # no item concerns it
            if rule.count and not rule.event:
                for country in rule.country or (_ANY,):
                    insort(self._by_threshold[country], (rule.count.over, number))
                continue
            keys = tuple(_keys_of(rule))
            for key in keys:
                self._by_key[key].append(number)
            if not keys:
                self._always.append(number)

    def reached(self, facts: Facts) -> list[int]:
        """Numbers of the rules that `facts` may concern, in the order of the rules."""
        numbers = set(self._always)
        for key in _keys_in(facts):
            numbers.update(self._by_key.get(key, ()))
        for count in facts.counts:
            for country in (count.country, _ANY):
                thresholds = self._by_threshold.get(country, ())
                below = bisect_left(thresholds, (count.value, 0))
                numbers.update(number for _, number in thresholds[:below])
        return sorted(numbers)


def _keys_of(rule: Rule) -> Iterator[Key]:
    """The keys of one clause that has to hold, the rarest that the rule has."""
    words = [term for term in rule.all if not term.startswith(REGEX)]
    if rule.event:
        for type_ in rule.event:
            yield from (("event", type_, country) for country in rule.country or (_ANY,))
    elif words:
        yield ("term", max(words, key=len))
    elif rule.any and not any(term.startswith(REGEX) for term in rule.any):
        yield from (("term", term) for term in rule.any)
    elif rule.source:
        yield from (("source", source) for source in rule.source)
    elif rule.crossing:
        yield from (("crossing", fold(crossing)) for crossing in rule.crossing)
        yield from (("all crossings", country) for country in rule.country or (_ANY,))
    else:
        yield from (("country", country) for country in rule.country)


def _keys_in(facts: Facts) -> Iterator[Key]:
    """Everything that an item says."""
    for event in facts.events:
        yield ("event", event.type, event.country)
        yield ("event", event.type, _ANY)
        yield from (("crossing", fold(crossing)) for crossing in event.crossings)
    yield ("source", facts.source.id)
    yield from (("term", term) for term in facts.found.spans)
    yield from (("crossing", crossing) for crossing in named_crossings(facts.reading))
    countries = named_countries(facts.reading, facts.source)
    yield from (("country", country) for country in countries)
    if any(event.scope in (Scope.ALL, Scope.ALL_BUT) for event in facts.events):
        yield from (("all crossings", country) for country in (*countries, _ANY))
