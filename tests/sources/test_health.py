"""Each trouble of a source is told once when it begins and once when it ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from gatewatch.model import Document, Item, Outcome, Source, SourceState
from gatewatch.sources.decide import Decision, decide
from gatewatch.sources.documents import Contents
from gatewatch.sources.health import condition
from gatewatch.sources.novelty import Arrivals

NOW = datetime(2023, 11, 17, 12, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
SOURCE = Source("news", "https://news.example/feed")
#: News every twelve hours, and once after a day.
DAILY = SourceState(
    "news",
    NOW,
    seeded=NOW - 9 * DAY,
    polled=NOW,
    succeeded=NOW,
    last_outcome=Outcome.OK,
    configured=SOURCE.url,
    news=tuple(NOW - n * HOUR for n in (60, 48, 24, 12, 0)),
    brought=(1, 1, 1, 1, 1),
)


def poll(
    state: SourceState,
    after: timedelta,
    outcome: Outcome = Outcome.NOT_MODIFIED,
    contents: Contents | None = None,
    **arrivals: object,
) -> Decision:
    now = NOW + after
    document = Document("news", now, outcome, detail="why")
    contents = contents or Contents(unchanged=outcome is Outcome.NOT_MODIFIED)
    return decide(now, SOURCE, state, document, contents, Arrivals(**arrivals))  # type: ignore[arg-type]


def told(state: SourceState, hours: range, **arrivals: object) -> tuple[list[str], SourceState]:
    """What is told when it is polled at each of these hours after NOW."""
    notices: list[str] = []
    for hour in hours:
        decision = poll(state, hour * HOUR, **arrivals)  # type: ignore[arg-type]
        state = decision.state
        notices += decision.notices
    return notices, state


def dated(*published: datetime | None) -> Contents:
    found = tuple(Item(str(n), "news", str(n), published=at) for n, at in enumerate(published))
    return Contents(found, "guid", "hash")


class TestSilence:
    def test_it_is_told_once_after_four_times_the_longest(self) -> None:
        notices, state = told(DAILY, range(1, 97))
        assert notices == []
        notices, state = told(state, range(97, 400))
        assert notices == ["silent: nothing new for 4 d 1 h; its longest silence before was 1 d"]
        back = poll(state, 400 * HOUR, Outcome.OK, dated(), new=1)
        assert back.notices == ("recovered: something new after 16 d 16 h of silence",)
        assert poll(back.state, 401 * HOUR).notices == ()

    def test_a_source_of_every_minute_has_two_days(self) -> None:
        hot = replace(DAILY, news=tuple(NOW - n * MINUTE for n in range(20, 0, -1)), brought=(1,) * 20)
        assert told(hot, range(1, 48))[0] == []
        assert len(told(hot, range(1, 60))[0]) == 1

    def test_without_a_learned_rhythm_there_is_no_silence(self) -> None:
        young = replace(DAILY, news=DAILY.news[1:], brought=(1,) * 4)
        assert told(young, range(1, 9_000, 24))[0] == []

    def test_held_items_are_no_news(self) -> None:
        assert len(told(DAILY, range(1, 200), held=9)[0]) == 1

    def test_while_it_is_broken_it_is_not_called_silent_too(self) -> None:
        state = DAILY
        for hour in range(1, 200):
            decision = poll(state, hour * HOUR, Outcome.SERVER_ERROR)
            assert not [notice for notice in decision.notices if notice.startswith("silent")]
            state = decision.state
        assert [notice[:9] for notice in poll(state, 200 * HOUR).notices] == ["recovered"]

    def test_after_a_recovery_the_clock_starts_anew(self) -> None:
        state = replace(DAILY, failures=3, told={"broken": NOW})
        notices, state = told(state, range(90, 186))
        assert [notice[:9] for notice in notices] == ["recovered"]
        assert told(state, range(186, 200))[0][0].startswith("silent: nothing new for 4 d")

    def test_a_failure_does_not_end_it(self) -> None:
        state = told(DAILY, range(1, 120))[1]
        failed = poll(state, 120 * HOUR, Outcome.SERVER_ERROR).state
        assert told(failed, range(121, 200))[0] == []


class TestFrozen:
    old = dated(datetime(2019, 3, 1, tzinfo=UTC), datetime(2018, 3, 1, tzinfo=UTC), None)

    def test_it_is_told_at_first_sight_and_once(self) -> None:
        first = poll(SourceState("news", NOW), 0 * DAY, Outcome.OK, self.old)
        assert first.notices == ("frozen: it answers, but its newest item is of 2019-03-01, 1722 days ago",)
        assert told(first.state, range(1, 2_000, 24))[0] == []
        thawed = poll(first.state, DAY, Outcome.OK, dated(NOW), new=1)
        assert thawed.notices == ("recovered: it has items of our days again",)

    def test_it_is_told_of_a_source_that_stops(self) -> None:
        first = poll(SourceState("news", NOW), 0 * DAY, Outcome.OK, dated(NOW))
        assert told(first.state, range(1, 60 * 24, 24))[0] == []
        assert len(told(first.state, range(1, 90 * 24, 24))[0]) == 1

    def test_a_source_that_is_silent_by_its_rhythm_is_not_told_twice(self) -> None:
        notices, _ = told(replace(DAILY, newest=NOW), range(1, 90 * 24, 12))
        assert [notice[:6] for notice in notices] == ["silent"]

    def test_one_that_is_both_at_once_is_told_once(self) -> None:
        state = replace(DAILY, newest=NOW, next_poll=NOW + 70 * DAY)
        assert [notice[:6] for notice in told(state, range(70 * 24, 90 * 24, 12))[0]] == ["frozen"]

    def test_undated_items_and_the_year_2038_say_nothing(self) -> None:
        first = poll(SourceState("news", NOW), 0 * DAY, Outcome.OK, dated(None, datetime(2038, 1, 19, tzinfo=UTC)))
        assert first.state.newest is None
        assert told(first.state, range(1, 9_000, 240))[0] == []

    def test_news_with_a_wrong_year_are_news(self) -> None:
        state = replace(SourceState("news", NOW), seeded=NOW)
        assert poll(state, DAY, Outcome.OK, self.old, new=1).notices == ()

    def test_the_newest_date_never_goes_back(self) -> None:
        state = poll(SourceState("news", NOW), 0 * DAY, Outcome.OK, dated(NOW)).state
        assert poll(state, HOUR, Outcome.OK, self.old).state.newest == NOW


class TestHeldBack:
    def test_a_day_of_429_is_told_once_and_so_is_its_end(self) -> None:
        notices, state = told(DAILY, range(1, 25), outcome=Outcome.RATE_LIMITED)
        assert notices == []
        notices, state = told(state, range(25, 99), outcome=Outcome.RATE_LIMITED)
        assert notices == ["held back: the server refuses (429), 1 d 1 h after the last good poll"]
        assert poll(state, 99 * HOUR).notices == (
            "recovered: the server lets us in again",
            "silent: nothing new for 4 d 3 h; its longest silence before was 1 d",
        )

    def test_a_source_that_never_answered_is_told_soon(self) -> None:
        notices, _ = told(SourceState("news", NOW), range(1, 99), outcome=Outcome.RATE_LIMITED)
        assert notices == ["held back: the server has refused every poll (429)"]

    def test_a_failure_in_between_does_not_end_it(self) -> None:
        state = told(DAILY, range(1, 40), outcome=Outcome.RATE_LIMITED)[1]
        failed = poll(state, 40 * HOUR, Outcome.SERVER_ERROR)
        assert failed.notices == ()
        assert told(failed.state, range(41, 60), outcome=Outcome.RATE_LIMITED)[0] == []

    def test_one_429_of_a_broken_source_adds_nothing(self) -> None:
        state = told(DAILY, range(1, 60), outcome=Outcome.GONE)[1]
        assert told(state, range(60, 70), outcome=Outcome.RATE_LIMITED)[0] == []


def test_a_cut_document_is_told_once_and_when_it_fits_again() -> None:
    cut, whole = replace(dated(NOW), cut=17), dated(NOW)
    first = poll(DAILY, HOUR, Outcome.OK, cut)
    assert first.notices == ("cut: 17 entries beyond the newest 2,000 are left out",)
    assert poll(first.state, 2 * HOUR, Outcome.OK, cut).notices == ()
    assert poll(first.state, 2 * HOUR).notices == ()  # a 304 says nothing of it
    end = poll(poll(first.state, 2 * HOUR).state, 3 * HOUR, Outcome.OK, whole)
    assert end.notices == ("recovered: its documents are taken in whole again",)


def test_an_event_is_told_once_a_week() -> None:
    days = {}
    state = DAILY
    for day in range(22):
        decision = poll(state, day * DAY, Outcome.OK, dated(NOW), new=1, events={"missed": "missed: some"})
        state, days[day] = decision.state, decision.notices
    assert [day for day, notices in days.items() if notices] == [0, 7, 14, 21]


def test_the_mark_of_a_new_rung_goes_with_the_first_document_told_apart_by_it() -> None:
    state = poll(DAILY, HOUR, Outcome.OK, dated(NOW), events={"re-keyed": "re-keyed: by link"}).state
    assert "re-keyed" in poll(state, 2 * HOUR).state.told
    assert "re-keyed" not in poll(state, 2 * HOUR, Outcome.OK, dated(NOW), held=1).state.told


def test_two_events_do_not_hide_each_other() -> None:
    events = {"missed": "missed: some", "flood": "flood: many"}
    assert poll(DAILY, HOUR, Outcome.OK, dated(NOW), new=1, events=events).notices == ("missed: some", "flood: many")


def test_a_source_that_was_broken_before_this_version_is_told_of_its_recovery_only() -> None:
    old = SourceState("news", NOW, failures=5)
    failed = poll(old, HOUR, Outcome.GONE)
    assert failed.notices == ()
    assert poll(failed.state, 2 * HOUR).notices == ("recovered: readable again after 6 failed polls",)


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("never polled", None),
        ("never polled", SourceState("news", NOW)),
        ("never polled", replace(DAILY, configured="https://news.example/before")),
        ("well", DAILY),
        ("offline", replace(DAILY, last_outcome=Outcome.NETWORK_ERROR)),  # an outage of ours
        ("slow", replace(DAILY, failures=1)),
        ("slow", replace(DAILY, failures=2)),
        ("slow", replace(DAILY, last_outcome=Outcome.RATE_LIMITED)),
        ("broken", replace(DAILY, failures=3, told={"silent": NOW})),
        ("recovering", replace(DAILY, recovered=NOW - 23 * HOUR)),
        ("well", replace(DAILY, recovered=NOW - 24 * HOUR)),
        ("silent", replace(DAILY, told={"silent": NOW})),
        ("frozen", replace(DAILY, told={"frozen": NOW})),
        ("well", replace(DAILY, told={"missed": NOW})),
    ],
)
def test_the_condition_in_a_word(words: str, state: SourceState | None) -> None:
    assert condition(SOURCE, state, NOW) == words


def test_a_broken_source_recovers_for_a_day() -> None:
    state = told(DAILY, range(1, 4), outcome=Outcome.GONE)[1]
    assert condition(SOURCE, state, NOW) == "broken"
    state = poll(state, 4 * HOUR).state
    assert condition(SOURCE, state, NOW + 27 * HOUR) == "recovering"
    assert condition(SOURCE, state, NOW + 28 * HOUR) == "well"
