"""When each source is polled next: one dated APScheduler job a source, from what the database says."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.date import DateTrigger
from apscheduler.triggers.interval import IntervalTrigger

from gatewatch.model import Clock, Source, SourceState

#: Room that each overdue source gets at a start: forty sources that wait fill ten seconds.
ROOM = timedelta(seconds=0.25)
LONGEST_SPREAD = timedelta(minutes=2)

#: A stored time farther away than this (or than two intervals of the source) is not believed: a machine
#: without a battery clock that once thought it was 2099 must not leave its sources silent for decades.
#: Retry-After is honoured up to a day and a little jitter.
LONGEST_WAIT = timedelta(hours=27)


def first_poll(source: Source, next_poll: datetime | None, now: datetime, overdue: int) -> datetime:
    """When a source is polled first after a start. `next_poll` is None where it was never polled.

    One whose time has not come keeps it. The `overdue` others are spread out, each to a place that its id
    decides: after a night of standing still they must not all hit network and database in one second.
    """
    if next_poll is not None and next_poll > now:
        return min(next_poll, now + max(LONGEST_WAIT, 2 * source.every))
    place = int.from_bytes(hashlib.sha256(source.id.encode()).digest()[:4], "big") / 2**32
    return now + place * min(ROOM * overdue, LONGEST_SPREAD)


def first_polls(
    sources: Iterable[Source], states: Mapping[str, SourceState], now: datetime
) -> list[tuple[str, datetime]]:
    """When each source is polled first after a start."""
    sources = list(sources)
    overdue = sum(is_due(source, states, now) for source in sources)
    return [
        (source.id, first_poll(source, believable(states.get(source.id), now), now, overdue)) for source in sources
    ]


def is_due(source: Source, states: Mapping[str, SourceState], now: datetime) -> bool:
    """A source that was never polled is due at once."""
    return source.id not in states or states[source.id].next_poll <= now


def believable(state: SourceState | None, now: datetime) -> datetime | None:
    """When a source is to be polled; None where that was never said, or by a clock that was ahead of this one."""
    if state is None or (state.polled is not None and state.polled > now):
        return None
    return state.next_poll


class Timetable:
    """Calls `due(source_id)` in the event loop when the time of a source has come, once for each `expect`.

    `pace` is how many seconds of `clock` pass in one real second.
    """

    def __init__(self, due: Callable[[str], Awaitable[None]], clock: Clock, pace: float = 1.0) -> None:
        self._due = due
        self._clock = clock
        self._pace = pace
        # APScheduler's defaults drop a job that starts more than a second late, as any job does while a busy
        # machine catches up. A poll that is late is still wanted.
        defaults = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        self._scheduler = AsyncIOScheduler(timezone=UTC, job_defaults=defaults)

    def start(self, firsts: Collection[tuple[str, datetime]]) -> None:
        """Starts with the first poll of each source; needs a running event loop."""
        for source_id, at in firsts:
            self.expect(source_id, at)
        self._scheduler.start()

    def expect(self, source_id: str, at: datetime) -> None:
        """Asks for one call at `at`, in the time of the clock; replaces what was asked for before."""
        wait = max(at - self._clock(), timedelta(0)) / self._pace
        run_date = datetime.now(UTC) + wait  # APScheduler lives in real time, whatever the clock shows
        self._scheduler.add_job(
            self._due, DateTrigger(run_date), args=[source_id], id=source_id, replace_existing=True
        )

    def forget(self, source_id: str) -> None:
        """Asks for no more calls for a source that the settings no longer have."""
        if self._scheduler.get_job(source_id) is not None:
            self._scheduler.remove_job(source_id)

    def again_and_again(self, seconds: float, call: Callable[[], Awaitable[None]]) -> None:
        """Calls every `seconds` of real time, for as long as the scheduler works."""
        self._scheduler.add_job(call, IntervalTrigger(seconds=seconds))

    def went_back(self, by: timedelta) -> None:
        """Brings all calls forward after the machine's clock went back: the waits stay as long as they were meant.

        What was asked for since then comes too early by that, once: at once, at the earliest.
        """
        now = datetime.now(UTC)
        for job in self._scheduler.get_jobs():
            if job.next_run_time is not None:
                job.modify(next_run_time=max(now, job.next_run_time - by))

    def stop(self) -> None:
        """No more calls."""
        self._scheduler.shutdown(wait=False)
