"""A clock that jumps leaves nothing stuck: polls and deliveries go on, and the operator hears of it."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from unittest.mock import patch
from zoneinfo import ZoneInfo

import apscheduler.schedulers.base
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatewatch.alerts.delivery import LEASE
from gatewatch.model import DeliveryState, SourceState
from gatewatch.service import timetable as timetable_module
from gatewatch.service.clock_watch import Moment, jump, words
from gatewatch.service.generation import generation
from gatewatch.service.timetable import Timetable, believable
from gatewatch.service.writer import Writer

from .installation import Installation
from .newsstand import Newsstand
from .rounds import NOON, Rounds, the_reader

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
HELSINKI = ZoneInfo("Europe/Helsinki")


@given(st.integers(-100_000, 100_000), st.integers(0, 100_000))
def test_what_is_found_is_what_the_wall_moved_beside_the_steady_clock(moved: int, passed: int) -> None:
    after = Moment(NOON + timedelta(seconds=moved + passed), 50.0 + passed)
    found = jump(Moment(NOON, 50.0), after)
    assert found == (timedelta(seconds=moved) if abs(moved) >= 120 else None)


def test_the_autumn_night_is_no_jump() -> None:
    """At four in Helsinki it is three again; the hours in between are real ones."""
    before = datetime(2026, 10, 25, 3, 59, tzinfo=HELSINKI)
    after = before.astimezone(UTC) + 2 * MINUTE
    assert after.astimezone(HELSINKI).hour == 3
    assert jump(Moment(before, 0.0), Moment(after.astimezone(HELSINKI), 120.0)) is None


def test_the_words_name_length_direction_and_local_time() -> None:
    told = words(HOUR - timedelta(seconds=5), NOON, HELSINKI)
    assert told.startswith("the clock jumped 1 h forward, and shows 2026-01-15 14:00 now")
    assert "1 h back" in words(-HOUR, NOON, HELSINKI)


class Wall(datetime):
    """The clock of the machine, as APScheduler and the timetable ask for it; tests set it."""

    ahead = timedelta(0)

    @classmethod
    def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
        return datetime.now(UTC) + cls.ahead


@pytest.mark.parametrize("moved", [-HOUR, HOUR])
def test_polls_go_on_within_their_interval_after_the_machines_clock_jumped(moved: timedelta) -> None:
    calls: list[str] = []

    async def due(source_id: str) -> None:
        calls.append(source_id)

    async def jumping() -> None:
        timetable = Timetable(due, Wall.now)
        timetable.start([("a", Wall.now() + timedelta(seconds=0.3))])
        Wall.ahead = moved
        if moved < timedelta(0):
            timetable.went_back(-moved)
        await asyncio.sleep(0.6)
        timetable.stop()

    with patch.object(apscheduler.schedulers.base, "datetime", Wall), patch.object(timetable_module, "datetime", Wall):
        try:
            asyncio.run(jumping())
        finally:
            Wall.ahead = timedelta(0)
    assert calls == ["a"]


def test_after_a_start_a_poll_of_the_future_is_not_waited_for() -> None:
    state = SourceState("a", next_poll=NOON + HOUR, polled=NOON + HOUR - 5 * MINUTE)
    assert believable(state, NOON) is None
    assert believable(state, NOON + HOUR) == NOON + HOUR
    assert believable(None, NOON) is None


@pytest.mark.parametrize(("moved", "told"), [(-HOUR, "1 h back"), (HOUR, "1 h forward")])
def test_what_waits_in_the_outbox_goes_on_and_the_operator_hears_of_the_jump(
    installation: Installation, newsstand: Newsstand, moved: timedelta, told: str
) -> None:
    rounds = Rounds(installation)
    rounds.configure(newsstand.url("a"), top='operator = ["file"]\n')
    rounds.round()
    newsstand.publish("a", "First gatekeyword1", "Second gatekeyword2")
    installation.told.mkdir()  # a file can't be written where a directory is
    rounds.round(MINUTE)
    with rounds.store() as store:
        (waiting, _) = (store.deliveries_of(alert.id)[0] for alert in store.alerts(2))
        assert waiting.state is DeliveryState.PENDING

    async def jump_while_it_watches() -> list[timedelta]:
        back: list[timedelta] = []
        writer = Writer(generation(rounds.settings), lambda: rounds.now)
        await writer.open()
        watch = writer.watch(lambda: None, back.append)
        rounds.now += moved
        await watch.look_at_the_clock()
        await watch.look_at_the_clock()
        await writer.close(5)
        return back

    with patch("gatewatch.service.generation.Reader", lambda *_: the_reader()):
        back = asyncio.run(jump_while_it_watches())
    assert [round(by.total_seconds()) for by in back] == ([3600] if moved < timedelta(0) else [])
    installation.told.rmdir()
    rounds.round()
    assert sum("gatekeyword" in message["title"] for message in installation.messages()) == 2
    assert [title for title in rounds.told() if told in title]
    assert len([title for title in rounds.told() if "the clock jumped" in title]) == 1


def test_a_claim_and_a_try_from_a_clock_that_was_ahead_are_brought_back(
    installation: Installation, newsstand: Newsstand
) -> None:
    rounds = Rounds(installation)
    rounds.configure(newsstand.url("a"))
    rounds.round()
    newsstand.publish("a", "First gatekeyword1")
    installation.told.mkdir()
    rounds.round(timedelta(days=400))
    with rounds.store() as store:
        (alert,) = store.alerts(1)
        assert store.claim("file", rounds.now + HOUR, LEASE) is not None
        rounds.now -= timedelta(days=400)
        store.bring_back("file", rounds.now, latest=rounds.now, lease=rounds.now + LEASE)
        assert store.deliveries_of(alert.id)[0].lease_until == rounds.now + LEASE
        assert store.release_expired(rounds.now + LEASE, "file") == 1
        store.bring_back("file", rounds.now, latest=rounds.now, lease=rounds.now + LEASE)
        assert store.deliveries_of(alert.id)[0].next_try == rounds.now
