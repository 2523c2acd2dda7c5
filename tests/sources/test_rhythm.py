"""A source is asked as often as its own rhythm wants, within what server, feed and configuration say."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from gatewatch.model import Document, Item, Outcome, Source, SourceState
from gatewatch.sources.decide import decide
from gatewatch.sources.documents import Contents
from gatewatch.sources.novelty import Arrivals
from gatewatch.sources.rhythm import REMEMBERED, rhythm_words

NOW = datetime(2023, 11, 17, 12, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
SOURCE = Source("news", "https://news.example/feed", every=10 * MINUTE)
SEEDED = SourceState("news", NOW, seeded=NOW - 30 * DAY, succeeded=NOW - 10 * MINUTE, items_seen=20)
UNCHANGED = Contents(unchanged=True)


def holding(entries: int, ttl: timedelta | None = None) -> Contents:
    return Contents(tuple(Item(str(n), "news", str(n)) for n in range(entries)), "guid", "hash", ttl=ttl)


def polled(
    state: SourceState = SEEDED,
    contents: Contents = UNCHANGED,
    *,
    now: datetime = NOW,
    source: Source = SOURCE,
    fresh_for: timedelta | None = None,
    new: int = 0,
    overlap: bool = True,
) -> SourceState:
    outcome = Outcome.NOT_MODIFIED if contents.unchanged else Outcome.OK
    document = Document("news", now, outcome, fresh_for=fresh_for)
    return decide(now, source, state, document, contents, Arrivals(new=new, overlap=overlap)).state


def wait(state: SourceState) -> timedelta:
    assert state.polled is not None
    return state.next_poll - state.polled


def busy(every: timedelta, entries: int, new: int, polls: int = 6) -> SourceState:
    """A source that brought `new` items at each of some polls, all `every` apart up to NOW."""
    state = SEEDED
    for number in range(polls):
        state = polled(state, holding(entries), now=NOW - (polls - 1 - number) * every, new=new)
    return state


def test_a_calm_source_is_asked_as_the_configuration_says() -> None:
    state = busy(6 * HOUR, entries=20, new=1)
    assert state.reason == "every 10 min"
    assert 9 * MINUTE <= wait(state) <= 10 * MINUTE


def test_a_busy_source_is_asked_before_a_quarter_of_its_window_turns_over() -> None:
    state = busy(10 * MINUTE, entries=20, new=10)  # one a minute: five in five minutes
    assert 4.5 * MINUTE <= wait(state) <= 5 * MINUTE
    assert state.reason == "busy: about 60 new items an hour in a window of 20, so after 5 min"


def test_a_busy_source_with_a_long_window_needs_no_hurry() -> None:
    assert busy(10 * MINUTE, entries=200, new=10).reason == "every 10 min"


def test_a_304_keeps_the_rhythm_until_the_burst_is_over() -> None:
    state = busy(10 * MINUTE, entries=20, new=10)
    assert polled(state, now=NOW + 5 * MINUTE).reason.startswith("busy")
    assert polled(state, now=NOW + 5 * HOUR).reason == "every 10 min"


def test_nobody_is_asked_twice_in_a_minute() -> None:
    state = busy(MINUTE, entries=2, new=2)
    assert wait(state) >= MINUTE
    assert state.reason == "busy: about 120 new items an hour in a window of 2, so after 1 min"


def test_the_configuration_may_ask_for_more_than_that() -> None:
    source = replace(SOURCE, every=timedelta(seconds=20))
    assert timedelta(seconds=18) <= wait(polled(source=source)) <= timedelta(seconds=20)
    assert wait(polled(source=source, overlap=False)) <= timedelta(seconds=20)


def test_without_overlap_a_quarter_of_the_interval_until_there_is() -> None:
    torn = polled(contents=holding(20), new=20, overlap=False)
    assert torn.reason == "no overlap with what was known: after 2 min 30 s until there is"
    assert 2.25 * MINUTE <= wait(torn) <= 2.5 * MINUTE
    back = polled(torn, holding(20), now=torn.next_poll, new=1)
    assert not back.reason.startswith("no overlap")


@pytest.mark.parametrize("every", [MINUTE, 2 * MINUTE])
def test_without_overlap_it_is_still_a_minute_at_least(every: timedelta) -> None:
    assert wait(polled(source=replace(SOURCE, every=every), overlap=False)) == MINUTE


@pytest.mark.parametrize(
    ("fresh_for", "ttl", "reason"),
    [
        (7 * MINUTE, None, "the server says that nothing changes for 7 min"),
        (None, 8 * MINUTE, "the feed asks to be left alone for 8 min"),
        (7 * MINUTE, 8 * MINUTE, "the feed asks to be left alone for 8 min"),
        (8 * MINUTE, 7 * MINUTE, "the server says that nothing changes for 8 min"),
        (365 * DAY, None, "every 10 min"),
        (None, 365 * DAY, "every 10 min"),
        (timedelta(0), None, "busy: about 60 new items an hour in a window of 20, so after 5 min"),
        (None, timedelta(seconds=2), "busy: about 60 new items an hour in a window of 20, so after 5 min"),
        (None, -DAY, "busy: about 60 new items an hour in a window of 20, so after 5 min"),
    ],
)
def test_server_and_feed_can_slow_a_poll_down_to_the_interval(
    fresh_for: timedelta | None, ttl: timedelta | None, reason: str
) -> None:
    state = busy(10 * MINUTE, entries=20, new=10)
    state = replace(state, news=state.news[:-1], brought=state.brought[:-1])
    got = polled(state, holding(20, ttl), fresh_for=fresh_for, new=10)
    assert got.reason == reason
    assert wait(got) <= 10 * MINUTE


def test_junk_in_a_ttl_is_not_remembered() -> None:
    assert polled(contents=holding(3, timedelta(0))).ttl is None
    assert polled(contents=holding(3, 9_000 * DAY)).ttl == DAY


def test_a_304_keeps_what_the_feed_asked_for() -> None:
    asked = polled(contents=holding(3, HOUR))
    assert polled(asked).ttl == HOUR
    assert polled(asked, holding(3)).ttl is None


def test_the_first_poll_is_no_news() -> None:
    assert polled(SourceState("news", NOW), holding(20), new=20).news == ()


def test_only_the_last_polls_with_news_are_remembered() -> None:
    state = busy(HOUR, entries=20, new=2, polls=30)
    assert (len(state.news), len(state.brought), state.news[-1]) == (REMEMBERED, REMEMBERED, NOW)


@pytest.mark.parametrize(
    ("hours", "brought", "words"),
    [
        ((0, 2, 4, 6, 8), 1, "about 12 new items a day, longest silence 2 h"),
        ((0, 9, 12, 15, 24), 3, "about 12 new items a day, longest silence 9 h"),
        ((0, 84, 168, 252, 336), 1, "about 2 new items a week, longest silence 3 d 12 h"),
        ((0, 1, 2, 3), 1, "its rhythm is not learned yet"),
    ],
)
def test_the_rhythm_in_words(hours: tuple[int, ...], brought: int, words: str) -> None:
    news = tuple(NOW + hour * HOUR for hour in hours)
    assert rhythm_words(replace(SEEDED, news=news, brought=(brought,) * len(news))) == words
