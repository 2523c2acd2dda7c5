"""A rule is the AND of its clauses; the first that says no says why."""

from datetime import timedelta

import pytest

from gatewatch.model import (
    CountClause,
    Event,
    EventType,
    Level,
    Match,
    Per,
    Reading,
    Refusal,
    Rule,
    Scope,
    Source,
    Unit,
)
from gatewatch.rules import RuleSet, judge
from gatewatch.rules.verdict import Verdict

from .rule_texts import NOTHING, SOURCE, count, event, item, over, place, reading, rule

ANNOUNCED, CONSIDERED = EventType.CLOSURE_ANNOUNCED, EventType.CLOSURE_CONSIDERED
CLOSURE = rule(country=("FI",), event=(ANNOUNCED,))


def on(said: Reading, asked: object = CLOSURE, title: str = "A headline", source: Source = SOURCE) -> Verdict:
    return judge(asked, item(title), source, said)  # type: ignore[arg-type]


def clause(verdict: Verdict) -> str:
    assert isinstance(verdict, Refusal)
    return verdict.clause


def matches(verdict: Verdict) -> tuple[Match, ...]:
    assert not isinstance(verdict, Refusal), verdict
    return verdict


def test_each_event_that_fits_is_a_match_with_its_evidence() -> None:
    vaalimaa, vartius = event(crossings=("Vaalimaa",)), event(crossings=("Vartius",))
    said = matches(on(reading(vaalimaa, event(country="EE"), vartius)))
    assert [match.event for match in said] == [vaalimaa, vartius]
    assert said[0].evidence == (vaalimaa.evidence,)


def test_another_type_is_refused_by_event_in_plain_words() -> None:
    assert on(reading(event(CONSIDERED))) == Refusal(
        "r", "event", "event: the text says closure_considered for FI; the rule wants closure_announced"
    )


def test_the_right_type_elsewhere_is_refused_by_country() -> None:
    assert on(reading(event(country="EE"), event(CONSIDERED))) == Refusal(
        "r", "country", "country: the text says closure_announced for EE; the rule wants FI"
    )


def test_what_is_only_recalled_does_not_fire() -> None:
    why = "event: the text only recalls closure_announced for FI; the rule wants closure_announced"
    assert on(reading(event(background=True))) == Refusal("r", "event", why)


def test_silence_is_refused_by_event() -> None:
    assert on(NOTHING) == Refusal(
        "r", "event", "event: the text says no event; the rule wants closure_announced"
    )


def test_a_rule_without_country_takes_events_of_all() -> None:
    assert len(matches(on(reading(event(country="US"), event()), rule(event=(ANNOUNCED,))))) == 2


@pytest.mark.parametrize(
    ("crossings", "scope", "fires"),
    [
        (("Vaalimaa", "Nuijamaa"), Scope.NAMED, True),
        (("VAALIMAA",), Scope.NAMED, True),
        (("Nuijamaa",), Scope.NAMED, False),
        ((), Scope.UNSPECIFIED, False),
        ((), Scope.ALL, True),
        (("Raja-Jooseppi",), Scope.ALL_BUT, True),
        (("Vaalimaa",), Scope.ALL_BUT, False),
    ],
)
def test_a_crossing_is_closed_by_name_or_by_scope(
    crossings: tuple[str, ...], scope: Scope, fires: bool
) -> None:
    asked = rule(country=("FI",), event=(ANNOUNCED,), crossing=("Vaalimaa",))
    said = on(reading(event(crossings=crossings, scope=scope)), asked)
    assert (said.clause if isinstance(said, Refusal) else None) == (None if fires else "crossing")


def test_a_crossing_left_open_is_told_as_such() -> None:
    asked = rule(event=(ANNOUNCED,), crossing=("Vartius",))
    said = on(reading(event(crossings=("Vartius",), scope=Scope.ALL_BUT)), asked)
    why = "crossing: the text says closure_announced for all of FI but Vartius; the rule wants Vartius"
    assert said == Refusal("r", "crossing", why)


def test_all_but_one_still_closes_the_other_of_two_asked_for() -> None:
    asked = rule(event=(ANNOUNCED,), crossing=("Vartius", "Salla"))
    assert matches(on(reading(event(crossings=("Vartius",), scope=Scope.ALL_BUT)), asked))


@pytest.mark.parametrize(
    ("value", "per", "unit", "refused_by"),
    [
        (101, Per.DAY, Unit.ASYLUM_SEEKERS, None),
        (100, Per.DAY, Unit.ASYLUM_SEEKERS, "count"),
        (900, Per.MONTH, Unit.ASYLUM_SEEKERS, "count"),
        (900, Per.UNSPECIFIED, Unit.ASYLUM_SEEKERS, "count"),
        (900, Per.DAY, Unit.PEOPLE, "count"),
    ],
)
def test_a_count_has_to_pass_the_threshold_in_its_time_and_unit(
    value: int, per: Per, unit: Unit, refused_by: str | None
) -> None:
    asked = rule(country=("FI",), count=over(100, Per.DAY, unit=(Unit.ASYLUM_SEEKERS, Unit.MIGRANTS)))
    said = on(reading(count(value, per=per, unit=unit)), asked)
    assert (said.clause if isinstance(said, Refusal) else None) == refused_by


def test_each_count_that_fits_is_a_match() -> None:
    low, high, recalled, elsewhere = count(90), count(130), count(500, background=True), count(400, "EE")
    asked = rule(country=("FI",), count=over(80, Per.DAY))
    said = matches(on(reading(low, high, recalled, elsewhere), asked))
    assert [match.count for match in said] == [low, high]


def test_a_range_counts_by_its_lower_end() -> None:
    asked = rule(count=over(100))
    assert clause(on(reading(count(90, value_max=200)), asked)) == "count"


def test_a_high_count_elsewhere_is_refused_by_country() -> None:
    assert on(reading(count(400, "EE")), rule(country=("FI",), count=over(100))) == Refusal(
        "r", "country", "country: the text tells 400 asylum_seekers (day) in EE; the rule wants FI"
    )


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (NOTHING, "count: the text counts nobody; the rule wants more than 100 (day)"),
        (
            reading(count(60)),
            "count: the text tells 60 asylum_seekers (day) in FI; the rule wants more than 100 (day)",
        ),
        (
            reading(count(600, background=True)),
            "count: the text only recalls 600 asylum_seekers (day) in FI; the rule wants more than 100 (day)",
        ),
    ],
)
def test_a_count_that_is_missing_low_or_old_is_told_apart(said: Reading, why: str) -> None:
    assert on(said, rule(count=over(100, Per.DAY))) == Refusal("r", "count", why)


def test_event_and_count_together_match_once_an_event_with_the_highest_count() -> None:
    asked = rule(event=(ANNOUNCED,), count=over(10))
    closed, more = event(), count(40)
    (match,) = matches(on(reading(closed, count(20), more), asked))
    assert (match.event, match.count) == (closed, more)
    assert clause(on(reading(closed), asked)) == "count"


def test_event_and_words_have_to_hold_together() -> None:
    asked = rule(event=(ANNOUNCED,), any=("bicycle*",))
    assert clause(on(reading(event()), asked, "Border closed")) == "any"
    (match,) = matches(on(reading(event()), asked, "Border closed to bicycles"))
    assert match.words == ("bicycle*",)
    assert len(match.evidence) == 2


@pytest.mark.parametrize(
    ("said", "source", "fires"),
    [
        (NOTHING, Source(id="yle", url="", country="FI"), True),
        (reading(place("FI", "Vartius")), SOURCE, True),
        (reading(event(background=True)), SOURCE, True),
        (reading(count(3)), SOURCE, True),
        (reading(place("EE"), event(country="NO")), SOURCE, False),
        (NOTHING, SOURCE, False),
    ],
)
def test_beside_words_a_country_is_one_that_the_item_names_or_comes_from(
    said: Reading, source: Source, fires: bool
) -> None:
    asked = rule(country=("FI",), any=("headline",))
    verdict = on(said, asked, source=source)
    assert (verdict.clause if isinstance(verdict, Refusal) else None) == (None if fires else "country")


def test_beside_words_a_crossing_is_one_that_the_item_names_or_that_is_acted_on() -> None:
    asked = rule(crossing=("Storskog",), any=("headline",))
    assert len(matches(on(reading(place("NO", "Storskog")), asked))) == 1
    assert len(matches(on(reading(event(country="NO", scope=Scope.ALL)), asked))) == 1
    assert clause(on(reading(place("FI", "Vartius")), asked)) == "crossing"


def test_source_is_asked_first() -> None:
    asked = rule(source=("raja-fi", "ppa-ee"), country=("FI",), event=(ANNOUNCED,), none=("headline",))
    assert on(NOTHING, asked) == Refusal(
        "r", "source", "source: the item is from yle; the rule wants raja-fi or ppa-ee"
    )


def test_a_rule_of_a_source_alone_takes_all_its_items() -> None:
    assert len(matches(on(NOTHING, rule(source=("yle",))))) == 1


def test_a_match_knows_its_rule_item_and_severity() -> None:
    (match,) = matches(on(reading(event())))
    assert (match.rule, match.item, match.severity) == (CLOSURE.id, "i1", CLOSURE.severity)


def test_events_of_several_types_may_be_asked_for() -> None:
    asked = rule(event=(ANNOUNCED, EventType.CLOSURE_EXTENDED))
    extended: Event = event(EventType.CLOSURE_EXTENDED)
    assert [match.event for match in matches(on(reading(extended, event(CONSIDERED)), asked))] == [extended]


UNUSUAL = rule(count=CountClause(times=3, per=(Per.DAY,)))


def on_usual_days(value: int, level: Level, asked: Rule = UNUSUAL) -> Verdict:
    return judge(asked, item(), SOURCE, reading(count(value)), lambda *_: level)


def test_times_asks_for_so_many_times_the_usual_level() -> None:
    assert matches(on_usual_days(90, Level(30, 9)))
    assert on_usual_days(89, Level(30, 9)) == Refusal(
        "r",
        "count",
        "count: the text tells 89 asylum_seekers (day) in FI, and 30 are usual; the rule wants 3 times as many",
    )


def test_while_nobody_knows_what_is_usual_times_says_no() -> None:
    assert on_usual_days(5000, Level(None, 3)) == Refusal(
        "r", "count", "count: no usual level is known yet: 3 of 5 days"
    )


def test_times_and_over_have_both_to_be_passed() -> None:
    both = rule(count=CountClause(over=100, times=3))
    assert "more than 100, and 3 times what is usual" in str(on_usual_days(90, Level(1, 9), both))
    assert matches(on_usual_days(101, Level(1, 9), both))


def test_the_level_is_that_of_the_country_the_unit_and_the_period_of_the_count() -> None:
    def level(country: str, unit: Unit, per: Per) -> Level:
        return Level(10.0 if (country, unit, per) == ("NO", Unit.MIGRANTS, Per.WEEK) else 1000.0, 9)

    said = reading(count(40), count(41, country="NO", unit=Unit.MIGRANTS, per=Per.WEEK))
    (fired,) = matches(judge(rule(count=CountClause(times=3)), item(), SOURCE, said, level))
    assert fired.count is not None
    assert fired.count.value == 41


def test_no_text_makes_a_rule_on_endings_fire() -> None:
    said = judge(rule(country=("FI",), ends=timedelta(days=1)), item(), SOURCE, reading(event()))
    assert said == Refusal("r", "ends", "ends: the rule goes by the clock and by what is closed; no text makes it fire")
    assert RuleSet([rule(country=("FI",), ends=timedelta(days=1))]).matches(item(), SOURCE, reading(event())) == ()
