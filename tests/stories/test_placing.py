"""One real decision is one story, however many tell it; a further decision is one of its own (promise 2)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from gatewatch.model import (
    Count,
    CountClause,
    Event,
    EventType,
    Level,
    Match,
    Per,
    Rule,
    Scope,
    Severity,
    Story,
    Unit,
)
from gatewatch.stories import Teller, place, rearmed

NOON = datetime(2023, 11, 16, 12, tzinfo=UTC)
RULE = Rule(id="r", says="", severity=Severity.HIGH)
CLOSES = Event(EventType.CLOSURE_ANNOUNCED, "FI", crossings=("Vaalimaa", "Imatra"), scope=Scope.NAMED)


def _match(event: Event, item: str = "i") -> Match:
    return Match("r", Severity.HIGH, item, event=event)


def _opened(event: Event = CLOSES) -> Story:
    return place(_match(event), RULE, (), NOON).story


def _later(event: Event, hours: float, *stories: Story) -> str:
    return place(_match(event, "later"), RULE, stories or (_opened(),), NOON + timedelta(hours=hours)).decision


def test_the_first_report_opens_a_story() -> None:
    assert place(_match(CLOSES), RULE, (), NOON).tells


def test_another_outlet_with_the_same_crossings_joins() -> None:
    assert _later(replace(CLOSES, crossings=("Imatra",)), 1) == "joined"


def test_a_report_that_names_no_crossing_joins() -> None:
    assert _later(replace(CLOSES, crossings=(), scope=Scope.UNSPECIFIED), 30) == "joined"


def test_a_prolonged_closure_that_others_call_a_closure_joins() -> None:
    assert _later(replace(CLOSES, type=EventType.CLOSURE_EXTENDED, crossings=()), 2) == "joined"


def test_further_crossings_are_a_new_story() -> None:
    assert _later(replace(CLOSES, crossings=("Vartius",)), 60) == "new"


def test_an_echo_that_names_the_crossings_of_an_older_decision_joins_that_one() -> None:
    first = _opened()
    second = replace(_opened(replace(CLOSES, crossings=("Vartius",))), id="2", opened=NOON + timedelta(days=3))
    echo = place(_match(replace(CLOSES, crossings=("Imatra",))), RULE, (second, first), NOON + timedelta(days=4))
    assert (echo.decision, echo.story.id) == ("joined", first.id)


def test_a_vague_report_joins_the_newest_decision_however_late_the_older_was_echoed() -> None:
    first = replace(_opened(), latest=NOON + timedelta(days=4))
    whole = replace(CLOSES, crossings=(), scope=Scope.ALL)
    second = replace(_opened(whole), id="2", opened=NOON + timedelta(days=3), latest=NOON + timedelta(days=3))
    echo = place(_match(whole), RULE, (second, first), NOON + timedelta(days=4))
    assert (echo.decision, echo.story.id) == ("joined", "2")


def test_the_crossing_that_was_left_open_is_a_further_decision() -> None:
    first = _opened(replace(CLOSES, crossings=("Raja-Jooseppi",), scope=Scope.ALL_BUT))
    assert _later(replace(CLOSES, crossings=("Raja-Jooseppi",)), 140, first) == "new"


def test_the_crossing_left_open_in_an_echo_is_not_taken_for_closed() -> None:
    echo = replace(CLOSES, crossings=("Raja-Jooseppi",), scope=Scope.ALL_BUT)
    story = place(_match(echo), RULE, (_opened(),), NOON + timedelta(hours=1)).story
    assert _later(replace(CLOSES, crossings=("Raja-Jooseppi",)), 140, story) == "new"


def test_the_last_crossing_and_the_whole_border_told_of_one_day_are_one_decision() -> None:
    first = _opened(replace(CLOSES, crossings=("Raja-Jooseppi",)))
    whole = replace(CLOSES, crossings=(), scope=Scope.ALL)
    story = place(_match(whole), RULE, (first,), NOON + timedelta(hours=1)).story
    assert _later(whole, 40, story) == "joined"


def test_all_but_one_is_more_than_some() -> None:
    assert _later(replace(CLOSES, crossings=("Raja-Jooseppi",), scope=Scope.ALL_BUT), 150) == "new"


def test_who_leaves_out_the_exception_does_not_close_the_last_crossing() -> None:
    but_one = _opened(replace(CLOSES, crossings=("Raja-Jooseppi",), scope=Scope.ALL_BUT))
    whole = replace(CLOSES, crossings=(), scope=Scope.ALL)
    echo = place(_match(whole), RULE, (but_one,), NOON + timedelta(hours=1))
    assert (echo.decision, echo.story.scope) == ("joined", Scope.ALL_BUT)
    assert _later(whole, 140, echo.story) == "new"


def test_asylum_at_some_points_only_is_part_of_the_closing_that_it_came_with() -> None:
    only = Event(EventType.RESTRICTION_ANNOUNCED, "FI", crossings=("Salla", "Vartius"), scope=Scope.NAMED)
    closing = _opened()
    bicycles = replace(_opened(replace(only, crossings=("Niirala",))), id="2", opened=NOON - timedelta(days=5))
    assert _later(only, 2, bicycles, closing) == "joined"
    assert _later(only, 60, bicycles, closing) == "new"


def test_a_restriction_from_the_same_day_as_the_closing_is_part_of_it() -> None:
    day = date(2023, 11, 18)
    only = Event(EventType.RESTRICTION_ANNOUNCED, "FI", crossings=("Salla",), scope=Scope.NAMED, since=day)
    assert _later(only, 30, _opened(replace(CLOSES, since=day))) == "joined"
    assert _later(replace(only, since=date(2023, 11, 20)), 30, _opened(replace(CLOSES, since=day))) == "new"


def test_another_country_is_another_story() -> None:
    assert _later(replace(CLOSES, country="NO"), 1) == "new"


def test_a_later_day_is_another_decision() -> None:
    first = _opened(replace(CLOSES, since=date(2023, 11, 18)))
    assert _later(replace(CLOSES, since=date(2023, 11, 24)), 140, first) == "new"


def test_another_day_told_within_hours_is_the_same_decision() -> None:
    first = _opened(replace(CLOSES, since=date(2023, 11, 18)))
    assert _later(replace(CLOSES, since=date(2023, 11, 24)), 3, first) == "joined"


def test_the_day_of_the_decision_gives_way_to_the_day_it_begins() -> None:
    taken = _opened(replace(CLOSES, since=NOON.date()))
    begins = replace(CLOSES, since=date(2023, 11, 18))
    better = place(_match(begins), RULE, (taken,), NOON + timedelta(hours=1))
    assert (better.decision, better.change) == ("update", "from 18 November 2023")
    assert _later(begins, 40, better.story) == "joined"


def test_the_day_on_which_an_authority_decides_corrects_no_day_on_which_it_begins() -> None:
    told = _opened(replace(CLOSES, since=date(2023, 11, 18)))
    authority = Teller("raja", "Border Guard", official=True)
    decided = place(_match(replace(CLOSES, since=NOON.date())), RULE, (told,), NOON + timedelta(hours=1), authority)
    assert decided.story.since == date(2023, 11, 18)
    assert "correction" not in decided.change


def test_the_day_that_is_set_days_after_the_decision_is_a_further_one() -> None:
    assert _later(replace(CLOSES, since=date(2023, 11, 19)), 50) == "new"
    assert _later(replace(CLOSES, since=date(2023, 11, 17)), 50) == "joined"
    assert _later(replace(CLOSES, since=date(2023, 11, 17)), 5) == "update"


def test_a_crossing_closed_again_after_it_was_opened_is_told_again() -> None:
    opened = replace(CLOSES, type=EventType.REOPENING_ANNOUNCED, crossings=("Imatra",))
    reopening = place(_match(opened, "o"), RULE, (_opened(),), NOON + timedelta(hours=20)).story
    assert _later(replace(CLOSES, crossings=("Imatra",)), 25, _opened(), reopening) == "new"
    assert _later(replace(CLOSES, crossings=("Vaalimaa",)), 25, _opened(), reopening) == "joined"


def test_talk_of_closing_is_not_told_while_the_closing_is_news() -> None:
    assert _later(replace(CLOSES, type=EventType.CLOSURE_CONSIDERED), 5) == "joined"


def test_a_decision_after_talk_is_told() -> None:
    talk = _opened(replace(CLOSES, type=EventType.CLOSURE_CONSIDERED))
    assert _later(CLOSES, 5, talk) == "new"


def test_after_ten_quiet_days_a_story_is_over() -> None:
    assert _later(CLOSES, 24 * 11) == "new"


COUNTING = Rule(id="r", says="", severity=Severity.HIGH, count=CountClause(over=100, rearm_below=80))


def _count(value: int) -> Count:
    return Count("FI", value, Unit.ASYLUM_SEEKERS, Per.DAY)


def test_a_count_is_told_once_until_the_numbers_have_fallen() -> None:
    first = place(Match("r", Severity.HIGH, "a", count=_count(120)), COUNTING, (), NOON)
    again = place(Match("r", Severity.HIGH, "b", count=_count(130)), COUNTING, (first.story,), NOON)
    assert (first.decision, again.decision) == ("new", "joined")
    clause = COUNTING.count
    assert clause is not None
    assert rearmed(first.story, clause, (_count(90),)) is None
    armed = rearmed(first.story, clause, (_count(70),))
    assert armed is not None
    third = place(Match("r", Severity.HIGH, "c", count=_count(110)), COUNTING, (armed,), NOON)
    assert third.decision == "new"


def test_a_count_that_was_many_times_the_usual_is_told_again_after_it_was_not() -> None:
    clause = CountClause(times=3, per=(Per.DAY,))
    told = place(Match("r", Severity.HIGH, "a", count=_count(120)), replace(COUNTING, count=clause), (), NOON).story
    assert rearmed(told, clause, (_count(91),), lambda *_: Level(30.0, 9)) is None
    assert rearmed(told, clause, (_count(89),), lambda *_: Level(30.0, 9)) == replace(told, armed=True)
    assert rearmed(told, clause, (_count(89),), lambda *_: Level(None, 3)) is None


def test_the_same_input_gives_the_same_story() -> None:
    assert _opened() == _opened()
