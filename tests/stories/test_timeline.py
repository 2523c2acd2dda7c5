"""Which crossing is closed on which day, told by the decisions of Finland's winter of 2023/24."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatewatch.model import Country, Crossing, EventType, Gazetteer, Scope, Story
from gatewatch.stories.spells import Spell, State
from gatewatch.stories.timeline import Line, Timeline, timeline, upcoming_ends

CLOSED, EXTENDED = EventType.CLOSURE_ANNOUNCED, EventType.CLOSURE_EXTENDED
OPENED, RESTRICTED = EventType.REOPENING_ANNOUNCED, EventType.RESTRICTION_ANNOUNCED

SOUTH = ("Vaalimaa", "Nuijamaa", "Imatra", "Niirala")
EAST = (*SOUTH, "Vartius", "Kuusamo", "Salla", "Raja-Jooseppi")
PLACES = Gazetteer(
    countries=(Country("FI", ("finland",), land_neighbours=("RU", "SE")), Country("RU", ("russia",))),
    crossings=(*(Crossing(name, "FI", "RU", ()) for name in EAST), Crossing("Tornio", "FI", "SE", ())),
)
EASTERN = Line("FI", "RU")


def day(text: str) -> date:
    """ "22.11." of 2023, "14.1." of 2024."""
    number, month = (int(part) for part in text.split(".")[:2])
    return date(2023 if month > 6 else 2024, month, number)


def decision(
    heard: str, kind: EventType, scope: Scope, *crossings: str, since: str = "", until: str = "", official: bool = True
) -> Story:
    opened = datetime.combine(day(heard), datetime.min.time(), UTC) + timedelta(hours=14)
    return Story(
        id=f"{heard} {kind} {scope} {'' if official else 'unofficial'}",
        rule="r",
        kind=kind.value,
        country="FI",
        neighbour="RU",
        opened=opened,
        latest=opened,
        crossings=crossings,
        scope=scope,
        since=day(since) if since else None,
        until=day(until) if until else None,
        outlets=("yle", *(("raja-fi",) if official else ())),
        official=("raja-fi",) if official else (),
        told=("r",),
    )


WINTER = (
    decision("16.11.", CLOSED, Scope.NAMED, *SOUTH, since="18.11.", until="18.2."),
    decision("22.11.", CLOSED, Scope.ALL_BUT, "Raja-Jooseppi", since="24.11.", until="23.12."),
    decision("28.11.", CLOSED, Scope.ALL, since="30.11.", until="13.12."),
    decision("12.12.", OPENED, Scope.NAMED, "Vaalimaa", "Niirala", since="14.12."),
    decision("14.12.", CLOSED, Scope.ALL, since="15.12.", until="14.1."),
    decision("11.1.", EXTENDED, Scope.UNSPECIFIED, until="11.2."),
    decision("8.2.", EXTENDED, Scope.ALL, since="12.2.", until="14.4."),
    decision("4.4.", EXTENDED, Scope.UNSPECIFIED),
)


def line(crossing: str) -> Line:
    return Line("FI", "SE" if crossing == "Tornio" else "RU", crossing)


def state(found: Timeline, crossing: str, on: str) -> State:
    return state_of(found, line(crossing) if crossing else EASTERN, on)


def state_of(found: Timeline, of: Line, on: str) -> State:
    return next((spell.state for spell in found[of] if spell.covers(day(on))), State.UNKNOWN)


def spells(found: Timeline, crossing: str) -> list[tuple[State, date, date | None]]:
    return [(spell.state, spell.since, spell.until) for spell in found[line(crossing)]]


@pytest.mark.parametrize(
    ("on", "vaalimaa", "vartius", "raja_jooseppi", "border"),
    [
        ("17.11.", State.UNKNOWN, State.UNKNOWN, State.UNKNOWN, State.UNKNOWN),
        ("18.11.", State.CLOSED, State.UNKNOWN, State.UNKNOWN, State.RESTRICTED),
        ("23.11.", State.CLOSED, State.UNKNOWN, State.UNKNOWN, State.RESTRICTED),
        ("24.11.", State.CLOSED, State.CLOSED, State.OPEN, State.RESTRICTED),
        ("29.11.", State.CLOSED, State.CLOSED, State.OPEN, State.RESTRICTED),
        ("30.11.", State.CLOSED, State.CLOSED, State.CLOSED, State.CLOSED),
        ("13.12.", State.CLOSED, State.CLOSED, State.CLOSED, State.CLOSED),
        ("14.12.", State.OPEN, State.UNKNOWN, State.UNKNOWN, State.UNKNOWN),
        ("15.12.", State.CLOSED, State.CLOSED, State.CLOSED, State.CLOSED),
        ("14.1.", State.CLOSED, State.CLOSED, State.CLOSED, State.CLOSED),
        ("11.2.", State.CLOSED, State.CLOSED, State.CLOSED, State.CLOSED),
        ("14.4.", State.CLOSED, State.CLOSED, State.CLOSED, State.CLOSED),
        ("1.6.", State.CLOSED, State.CLOSED, State.CLOSED, State.CLOSED),
    ],
)
def test_the_winter_of_2023_day_by_day(
    on: str, vaalimaa: State, vartius: State, raja_jooseppi: State, border: State
) -> None:
    found = timeline(WINTER, PLACES)
    told = [state(found, name, on) for name in ("Vaalimaa", "Vartius", "Raja-Jooseppi", "")]
    assert told == [vaalimaa, vartius, raja_jooseppi, border]
    assert state(found, "Tornio", on) is State.UNKNOWN


def test_spells_that_follow_each_other_are_one_with_all_who_tell_it() -> None:
    found = timeline(WINTER, PLACES)
    assert spells(found, "Vaalimaa") == [
        (State.CLOSED, day("18.11."), day("13.12.")),
        (State.OPEN, day("14.12."), day("14.12.")),
        (State.CLOSED, day("15.12."), None),
    ]
    last = found[line("Vaalimaa")][-1]
    assert last.stories == tuple(story.id for story in WINTER[4:])
    assert (last.sources, last.official) == (("raja-fi",), True)


@pytest.mark.parametrize("known", range(len(WINTER)))
def test_on_the_day_of_a_decision_nothing_is_known_of_the_next(known: int) -> None:
    """What is told of the past does not change with what is decided later."""
    before, after = timeline(WINTER[:known], PLACES), timeline(WINTER[: known + 1], PLACES)
    heard = WINTER[known].opened.date()
    for crossing in EAST:
        days = [heard - timedelta(days=n) for n in range(1, 60)]
        assert [_on(before, crossing, each) for each in days] == [_on(after, crossing, each) for each in days]


def _on(found: Timeline, crossing: str, on: date) -> State:
    return next((spell.state for spell in found[line(crossing)] if spell.covers(on)), State.UNKNOWN)


def test_an_announced_closure_is_not_yet_one() -> None:
    found = timeline(WINTER[:2], PLACES)
    assert state(found, "Vartius", "23.11.") is State.UNKNOWN
    assert spells(found, "Vartius")[0] == (State.CLOSED, day("24.11."), day("23.12."))


def test_an_end_without_a_word_is_unknown_and_says_so() -> None:
    ended = timeline(WINTER[:3], PLACES)[line("Salla")][-1]
    assert (ended.state, ended.since, ended.until) == (State.UNKNOWN, day("14.12."), None)
    assert ended.why == "what was told until then has ended, and nothing tells what came after"


def test_a_closure_of_no_crossing_in_particular_tells_only_of_the_border() -> None:
    found = timeline([decision("16.11.", CLOSED, Scope.UNSPECIFIED)], PLACES)
    assert state(found, "", "17.11.") is State.CLOSED
    assert all(state(found, name, "17.11.") is State.UNKNOWN for name in EAST)


def test_all_but_one_that_is_not_named_tells_of_no_crossing() -> None:
    found = timeline([decision("22.11.", CLOSED, Scope.ALL_BUT)], PLACES)
    assert state(found, "", "23.11.") is State.RESTRICTED
    assert all(state(found, name, "23.11.") is State.UNKNOWN for name in EAST)


def test_where_neighbour_and_crossing_are_not_named_all_is_all_borders() -> None:
    story = replace(decision("16.11.", CLOSED, Scope.ALL), neighbour=None)
    assert state(timeline([story], PLACES), "Tornio", "17.11.") is State.CLOSED


@pytest.mark.parametrize(
    "kind", [EventType.CLOSURE_CONSIDERED, EventType.CLOSURE_RULED_OUT, EventType.REOPENING_CONSIDERED]
)
def test_talk_changes_nothing(kind: EventType) -> None:
    talk = decision("20.12.", kind, Scope.ALL)
    assert timeline((*WINTER, talk), PLACES) == timeline(WINTER, PLACES)


def test_what_was_denied_or_not_confirmed_changes_nothing() -> None:
    said = decision("16.11.", CLOSED, Scope.ALL, official=False)
    for story in (replace(said, denied=True), replace(said, told=(), waiting=("r",))):
        assert timeline([story], PLACES) == timeline([], PLACES)


def test_an_outlet_does_not_reopen_what_an_authority_just_closed() -> None:
    reopened = decision("23.11.", OPENED, Scope.NAMED, "Vaalimaa", official=False)
    assert state(timeline((*WINTER[:2], reopened), PLACES), "Vaalimaa", "26.11.") is State.CLOSED


def test_weeks_later_it_may() -> None:
    reopened = decision("5.12.", OPENED, Scope.NAMED, "Vaalimaa", official=False)
    assert state(timeline((*WINTER[:2], reopened), PLACES), "Vaalimaa", "6.12.") is State.OPEN


def test_a_restriction_opens_nothing() -> None:
    checks = decision("1.12.", RESTRICTED, Scope.ALL)
    found = timeline((*WINTER[:3], checks), PLACES)
    assert state(found, "Vaalimaa", "2.12.") is State.CLOSED
    assert state(found, "Vaalimaa", "14.12.") is State.RESTRICTED


def test_an_extension_leaves_a_border_that_is_closed_in_part_so() -> None:
    extended = decision("10.2.", EXTENDED, Scope.UNSPECIFIED, until="14.4.")
    found = timeline((WINTER[0], extended), PLACES)
    assert state(found, "", "1.4.") is State.RESTRICTED
    assert (state(found, "Imatra", "1.4."), state(found, "Salla", "1.4.")) == (State.CLOSED, State.UNKNOWN)


def test_a_crossing_that_nobody_knows_has_a_line_of_its_own() -> None:
    found = timeline([decision("16.11.", CLOSED, Scope.NAMED, "Kolmikanta")], PLACES)
    assert state(found, "Kolmikanta", "17.11.") is State.CLOSED


def test_an_end_is_upcoming_until_it_comes_or_something_follows() -> None:
    eve = datetime(2023, 12, 13, 0, 30, tzinfo=UTC)
    (ending,) = upcoming_ends(timeline(WINTER[:3], PLACES), eve, timedelta(days=1))
    assert (ending.country, ending.neighbour, ending.until, ending.whole) == ("FI", "RU", day("13.12."), True)
    assert ending.crossings == EAST
    assert ending.story == WINTER[2].id
    early, late = eve - timedelta(hours=1), datetime(2023, 12, 14, tzinfo=UTC)
    assert upcoming_ends(timeline(WINTER[:3], PLACES), early, timedelta(days=1)) == ()
    assert upcoming_ends(timeline(WINTER[:3], PLACES), late, timedelta(days=1)) == ()
    (left,) = upcoming_ends(timeline(WINTER[:4], PLACES), eve, timedelta(days=1))
    assert (left.whole, "Vaalimaa" in left.crossings, "Salla" in left.crossings) == (True, False, True)
    assert upcoming_ends(timeline(WINTER[:5], PLACES), datetime(2024, 1, 14, 12, tzinfo=UTC), timedelta(days=1))
    assert not upcoming_ends(timeline(WINTER[:6], PLACES), datetime(2024, 1, 14, 12, tzinfo=UTC), timedelta(days=1))


dates = st.none() | st.dates() | st.dates(date(2023, 11, 1), date(2023, 12, 31))
stories = st.builds(
    Story,
    id=st.text("abc", min_size=1, max_size=3),
    rule=st.just("r"),
    kind=st.sampled_from([*(kind.value for kind in EventType), "count", "words"]),
    country=st.sampled_from(["FI", "RU", "XX", None]),
    neighbour=st.sampled_from(["RU", "SE", None]),
    opened=st.datetimes(datetime(2023, 11, 1), datetime(2024, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    latest=st.just(datetime(2024, 1, 1, tzinfo=UTC)),
    crossings=st.lists(st.sampled_from([*EAST, "Tornio", "Elsewhere"]), max_size=3, unique=True).map(tuple),
    scope=st.sampled_from(Scope),
    since=dates,
    until=dates,
    outlets=st.just(("yle",)),
    official=st.sampled_from([(), ("raja-fi",)]),
    told=st.just(("r",)),
    denied=st.booleans(),
)


def in_order(one: Spell, two: Spell) -> bool:
    return one.until is not None and one.until < two.since


@given(st.lists(stories, max_size=8))
def test_whatever_stories_come_spells_are_in_order_and_never_overlap(told: list[Story]) -> None:
    found = timeline(told, PLACES)
    for each in found.values():
        assert all(spell.until is None or spell.since <= spell.until for spell in each)
        assert all(in_order(one, two) for one, two in pairwise(each))
        assert all(one.state is not two.state or one.until + timedelta(days=1) < two.since for one, two in pairwise(each))  # type: ignore[operator]
    upcoming_ends(found, datetime(2023, 12, 1, tzinfo=UTC), timedelta(days=30))
