"""A simulated month of a source with outages: all is told once, and polls never end (promise 5)."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from gatewatch.model import Document, Outcome, Source, SourceState
from gatewatch.sources.decide import decide
from gatewatch.sources.documents import Contents
from gatewatch.sources.novelty import Arrivals

START = datetime(2023, 11, 1, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
SOURCE = Source("news", "https://news.example/feed", every=10 * MINUTE)
FAULTS = [
    outcome
    for outcome in Outcome
    if outcome not in (Outcome.OK, Outcome.NOT_MODIFIED, Outcome.RATE_LIMITED)
]


@dataclass(frozen=True)
class Month:
    """What happened: each poll with its outcome and the wait that followed, and all that was told, and when."""

    outages: list[tuple[datetime, datetime]]
    polls: list[tuple[datetime, Document, timedelta]]
    told: list[tuple[datetime, str]]
    published: int
    state: SourceState


def outages(chance: random.Random) -> list[tuple[datetime, datetime]]:
    """Outages of half a day to two days, each at least a day after the one before."""
    found, at = [], START + DAY
    while (at := at + DAY * chance.uniform(1, 5)) < START + 27 * DAY:
        end = at + DAY * chance.uniform(0.5, 2)
        found.append((at, end))
        at = end
    return found


def month(seed: int, weather: float = 0.06) -> Month:
    chance = random.Random(seed)
    down = outages(chance)
    state, polls, told, waiting, published = SourceState("news", START), [], [], 0, 0
    while state.next_poll < START + 30 * DAY:
        now = state.next_poll
        brought = chance.random() < 0.1
        waiting += brought
        published += brought
        document = answer(now, down, chance, weather, waiting > 0)
        good = document.outcome in (Outcome.OK, Outcome.NOT_MODIFIED)
        contents = Contents(unchanged=document.outcome is Outcome.NOT_MODIFIED)
        decision = decide(now, SOURCE, state, document, contents, Arrivals(new=waiting if good else 0), seed)
        waiting = 0 if good else waiting
        state = decision.state
        polls.append((now, document, state.next_poll - now))
        told += [(now, notice) for notice in decision.notices]
    return Month(down, polls, told, published - waiting, state)


def answer(
    now: datetime, down: list[tuple[datetime, datetime]], chance: random.Random, weather: float, news: bool
) -> Document:
    drawn = chance.random()
    if drawn < weather / 3:
        return Document("news", now, Outcome.NETWORK_ERROR, our_outage=True)
    if drawn < weather * 2 / 3:
        asked = chance.choice([None, timedelta(0), HOUR])
        return Document("news", now, Outcome.RATE_LIMITED, retry_after=asked)
    if any(start <= now < end for start, end in down):
        return Document("news", now, chance.choice(FAULTS), detail="down")
    return Document("news", now, Outcome.OK if news else Outcome.NOT_MODIFIED)


@settings(max_examples=4, deadline=None)
@given(st.integers(0, 2**32))
def test_each_outage_is_told_once_when_it_begins_and_once_when_it_ends(seed: int) -> None:
    got = month(seed)
    names = [notice.partition(":")[0] for _, notice in got.told]
    assert names == ["broken", "recovered"] * len(got.outages)
    for (start, end), (began, _), (ended, _) in zip(got.outages, got.told[::2], got.told[1::2], strict=True):
        assert start <= began < end <= ended
        assert ended - end <= timedelta(hours=6) * 3  # at most a 429 or two of ours after the longest wait
    assert got.state.items_seen == got.published


@settings(max_examples=4, deadline=None)
@given(st.integers(0, 2**32))
def test_polls_stay_within_bounds_and_never_end(seed: int) -> None:
    got = month(seed)
    for _, document, wait in got.polls:
        if document.our_outage:
            assert MINUTE <= wait <= 5 * MINUTE
        elif document.outcome in (Outcome.OK, Outcome.NOT_MODIFIED):
            assert 9 * MINUTE <= wait <= 10 * MINUTE
        else:
            assert 9 * MINUTE <= wait <= 6 * HOUR
    assert got.polls[-1][0] > START + 29 * DAY


def test_the_same_month_twice_is_the_same() -> None:
    assert month(7) == month(7)


def test_single_failures_of_any_kind_are_weather() -> None:
    state, told = SourceState("news", START), []
    for number in range(4_000):
        now = state.next_poll
        failing = number % 3 > 0
        outcome = FAULTS[number % len(FAULTS)] if failing else Outcome.NOT_MODIFIED
        contents = Contents(unchanged=not failing)
        decision = decide(now, SOURCE, state, Document("news", now, outcome), contents, Arrivals())
        state = decision.state
        told += decision.notices
    assert told == []
