"""A rule set finds the rules that an item concerns without going through the others (promise 10)."""

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from gatewatch.model import (
    CountClause,
    EventType,
    Level,
    Match,
    Per,
    Place,
    Reading,
    Refusal,
    Rule,
    Scope,
    Source,
    Span,
    Unit,
)
from gatewatch.rules import RuleSet

from .rule_texts import NOTHING, SOURCE, count, event, item, over, reading, rule

COUNTRIES = ("FI", "EE", "NO")
CROSSINGS = ("Vaalimaa", "Vartius", "Narva")
WORDS = ("narva", "raja*", "closed border", "re:ra.a", "Järvi")
TYPES = tuple(EventType)[:3]


def some(values: tuple[object, ...]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(st.sampled_from(values), max_size=2, unique=True).map(tuple)


rules = st.builds(
    rule,
    country=some(COUNTRIES),
    event=some(TYPES),
    crossing=some(CROSSINGS),
    count=st.none() | st.builds(
        CountClause, st.integers(0, 5), some(tuple(Per)[:2]), times=st.none() | st.just(2.0)
    ),
    source=some(("yle", "raja-fi")),
    any=some(WORDS),
    all=some(WORDS),
    none=some(WORDS),
)
events = st.builds(
    event, st.sampled_from(TYPES), st.sampled_from(COUNTRIES), crossings=some(CROSSINGS),
    scope=st.sampled_from(Scope), background=st.booleans(),
)  # fmt: skip
counts = st.builds(
    count,
    st.integers(0, 6),
    st.sampled_from(COUNTRIES),
    st.sampled_from(tuple(Per)[:2]),
    background=st.booleans(),
)
places = st.builds(
    Place, st.sampled_from(COUNTRIES), st.just(Span("title", 0, 1)), st.none() | st.sampled_from(CROSSINGS)
)
readings = st.builds(
    Reading,
    st.just("en"),
    st.lists(places, max_size=2).map(tuple),
    st.lists(events, max_size=2).map(tuple),
    st.lists(counts, max_size=2).map(tuple),
)
title_words = st.sampled_from(["Narva", "rajalla", "closed", "border", "järvi", "so"])
titles = st.lists(title_words, max_size=4).map(" ".join)
sources = st.builds(
    Source, st.sampled_from(("yle", "raja-fi")), st.just(""), country=st.none() | st.just("FI")
)


@settings(max_examples=400)
@given(st.lists(rules, max_size=8), titles, sources, readings)
def test_what_fires_is_exactly_what_asking_every_rule_says(
    unnamed: list[Rule], title: str, source: Source, said: Reading
) -> None:
    named = [rule(f"r{n}", **_clauses(each)) for n, each in enumerate(unnamed)]
    rule_set = RuleSet(named)
    explained = rule_set.explain(item(title), source, said, two_a_day)
    fired = rule_set.matches(item(title), source, said, two_a_day)
    assert fired == tuple(e for e in explained if isinstance(e, Match))
    assert {e.rule for e in explained} == {each.id for each in named}


def two_a_day(_country: str, _unit: Unit, _per: Per) -> Level:
    return Level(2.0, 9)


def _clauses(each: Rule) -> dict[str, object]:
    names = ("country", "event", "crossing", "count", "source", "any", "all", "none")
    return {name: getattr(each, name) for name in names}


def assorted(number: int) -> list[Rule]:
    """Rules of all kinds, none of which the dull item concerns."""
    kinds = [
        lambda n: rule(f"e{n}", country=("FI",), event=(EventType.CLOSURE_ANNOUNCED,)),
        lambda n: rule(f"c{n}", country=("FI",), count=over(100 + n, Per.DAY)),
        lambda n: rule(f"w{n}", any=(f"crossing{n}", f"border{n}*", f"closing of gate{n}")),
        lambda n: rule(f"a{n}", country=("FI",), all=(f"gate{n}", "the"), none=("football*",)),
        lambda n: rule(f"x{n}", crossing=(f"Crossing {n}",)),
        lambda n: rule(f"s{n}", source=(f"source-{n}",), none=("football*",)),
    ]
    return [kinds[n % len(kinds)](n) for n in range(number)]


DULL = item(
    "The bakery on the corner opens at seven",
    "It sells bread of nine kinds, the queue is long, and on Saturdays it is longer. " * 5,
)


def test_a_thousand_rules_cost_an_item_of_no_concern_about_what_ten_cost() -> None:
    few, many = RuleSet(assorted(10)), RuleSet(assorted(1_000))
    best = {id(few): 9.0, id(many): 9.0}
    for _ in range(60):  # taken in turns and by the best run, so that a busy machine slows both alike
        for rule_set in (few, many):
            started = time.perf_counter()
            for _ in range(10):
                rule_set.matches(DULL, SOURCE, NOTHING)
            best[id(rule_set)] = min(best[id(rule_set)], time.perf_counter() - started)
    assert best[id(many)] <= 1.3 * best[id(few)]


def test_a_low_count_passes_by_a_thousand_high_thresholds() -> None:
    few, many = ([rule(f"c{n}", count=over(100 + n)) for n in range(size)] for size in (10, 1_000))
    assert RuleSet(many).matches(DULL, SOURCE, reading(count(101))) == RuleSet(few).matches(
        DULL, SOURCE, reading(count(101))
    )


def test_matches_come_in_the_order_of_the_rules() -> None:
    rule_set = RuleSet([
        rule("z", any=("bakery",)),
        rule("b", event=(EventType.CLOSURE_ANNOUNCED,)),
        rule("a", source=("yle",)),
        rule("y", any=("shop",)),
    ])  # fmt: skip
    assert [match.rule for match in rule_set.matches(DULL, SOURCE, reading(event()))] == ["z", "b", "a"]
    said = rule_set.explain(DULL, SOURCE, NOTHING)
    refusals = [(each.rule, each.clause) for each in said if isinstance(each, Refusal)]
    assert refusals == [("b", "event"), ("y", "any")]
