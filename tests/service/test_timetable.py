from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from gatewatch.model import Source
from gatewatch.service.timetable import LONGEST_SPREAD, LONGEST_WAIT, Timetable, first_poll

NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)


def named(id: str) -> Source:
    return Source(id, "http://127.0.0.1:1/")


def wall() -> datetime:
    return datetime.now(UTC)


async def called(timetable_of: dict[str, timedelta], pace: float, seconds: float) -> list[str]:
    """The sources that are due within `seconds`, in order."""
    order: list[str] = []

    async def due(source_id: str) -> None:
        order.append(source_id)

    timetable = Timetable(due, wall, pace)
    timetable.start([(id, wall() + wait) for id, wait in timetable_of.items()])
    await asyncio.sleep(seconds)
    timetable.stop()
    await asyncio.sleep(0)
    return order


def test_a_source_whose_time_has_not_come_keeps_it() -> None:
    assert first_poll(named("a"), NOW + timedelta(minutes=7), NOW, overdue=3) == NOW + timedelta(minutes=7)


def test_a_time_far_in_the_future_does_not_silence_a_source() -> None:
    assert first_poll(named("a"), NOW + timedelta(days=27_000), NOW, overdue=0) == NOW + LONGEST_WAIT


def test_a_source_that_is_polled_once_a_week_keeps_its_week() -> None:
    weekly = Source("a", "http://127.0.0.1:1/", every=timedelta(days=7))
    assert first_poll(weekly, NOW + timedelta(days=6), NOW, overdue=0) == NOW + timedelta(days=6)


@given(st.text(min_size=1), st.integers(1, 5000))
def test_an_overdue_source_comes_within_the_spread_at_a_place_of_its_own(id: str, overdue: int) -> None:
    at = first_poll(named(id), NOW - timedelta(hours=9), NOW, overdue)
    assert NOW <= at <= NOW + LONGEST_SPREAD
    assert at == first_poll(named(id), None, NOW, overdue)


def test_forty_overdue_sources_are_spread_over_ten_seconds() -> None:
    waits = sorted((first_poll(named(f"source-{n}"), None, NOW, 40) - NOW).total_seconds() for n in range(40))
    assert waits[-1] <= 10
    in_each_half = sum(wait < 5 for wait in waits)
    assert 10 <= in_each_half <= 30


def test_sources_are_due_in_the_order_of_their_times() -> None:
    times = {"later": timedelta(seconds=0.2), "soon": timedelta(seconds=0.1), "overdue": timedelta(-1)}
    assert asyncio.run(called(times, 1.0, 0.4)) == ["overdue", "soon", "later"]


def test_pace_makes_an_hour_of_the_clock_a_moment() -> None:
    assert asyncio.run(called({"hourly": timedelta(hours=1)}, 36_000.0, 0.4)) == ["hourly"]
    assert asyncio.run(called({"hourly": timedelta(hours=1)}, 1.0, 0.4)) == []


def test_a_busy_loop_makes_a_poll_late_and_never_drops_it() -> None:
    order: list[str] = []

    async def due(source_id: str) -> None:
        order.append(source_id)

    async def busy() -> None:
        timetable = Timetable(due, wall)
        timetable.start([("a", wall() + timedelta(seconds=0.05))])
        await asyncio.sleep(0)
        while wall() < started + timedelta(seconds=1.5):
            pass  # APScheduler drops what is more than a second late unless told otherwise
        await asyncio.sleep(0.1)
        timetable.stop()

    started = wall()
    asyncio.run(busy())
    assert order == ["a"]


def test_a_new_time_replaces_the_old_one() -> None:
    order: list[str] = []

    async def due(source_id: str) -> None:
        order.append(source_id)

    async def asked_twice() -> None:
        timetable = Timetable(due, wall)
        timetable.start([("a", wall() + timedelta(seconds=0.1))])
        timetable.expect("a", wall() + timedelta(hours=1))
        await asyncio.sleep(0.3)
        timetable.stop()

    asyncio.run(asked_twice())
    assert order == []
