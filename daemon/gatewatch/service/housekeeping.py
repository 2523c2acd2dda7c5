"""Housekeeping: once a day, at a quiet hour, in the writer's thread, one short step between two polls."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, time, timedelta, tzinfo
from typing import Protocol, TypeVar

from gatewatch.model import Clock, Retention
from gatewatch.service.logfmt import line
from gatewatch.store import Pruned, Store

log = logging.getLogger(__name__)

T = TypeVar("T")

#: Local time: news of the night is in, the offices are not open yet.
QUIET_HOUR = time(4)

#: Seconds between two steps. Couriers write too, from threads of their own, and SQLite's lock has no queue: one who
#: takes it again at once would leave them out in the cold.
BREATH = 0.02

#: How long until housekeeping that failed (a full disk) is tried again, and the longest sleep between two looks.
AGAIN = timedelta(hours=1)

DONE = "housekeeping done"
OVER_LIMIT = "operator knows that the database is over its limit"


Tell = Callable[[str, datetime], None]
"""Tells the operator something; called inside a transaction."""


class InThread(Protocol):
    """Runs work in the thread that owns the store, after what was asked for before."""

    def __call__(self, work: Callable[[], T], /) -> Awaitable[T]: ...


def next_run(last: datetime | None, now: datetime, zone: tzinfo) -> datetime:
    """When housekeeping is due: at the first quiet hour after the last one, and at once where there was none.

    A machine that is off at that hour does it when it is on again. A last time that lies in the future was written
    by a clock that went wrong, and is not believed.
    """
    if last is None or last > now:
        return now
    local = last.astimezone(zone)
    quiet = datetime.combine(local.date(), QUIET_HOUR, zone)
    if quiet <= last:  # both moments, whatever the zone does to its clocks
        quiet = datetime.combine(local.date() + timedelta(days=1), QUIET_HOUR, zone)
    return quiet.astimezone(last.tzinfo)


async def keep_house(
    in_thread: InThread,
    store: Store,
    now: datetime,
    keep: Retention,
    breath: float = BREATH,
    tell: Tell | None = None,
) -> Pruned:
    """Does all of it, step by step; polls that wait for the thread come between two steps.

    Broken off, it is due again and goes on where it was. Raises `sqlite3.Error` where the disk is full.
    """
    steps = store.pruning(now, keep)
    done = Pruned()
    while (step := await in_thread(lambda: next(steps, None))) is not None:
        done += step
        await asyncio.sleep(breath)
    await in_thread(lambda: conclude(store, now, keep, done, tell))
    return done


def conclude(store: Store, now: datetime, keep: Retention, done: Pruned, tell: Tell | None = None) -> None:
    """Notes that it is done; tells the operator, once, of a database that can't be held within its limit."""
    tell = tell or (lambda text, at: store.add_notice(at, "", text))
    with store.transaction():
        store.note_upkeep(DONE, now)
        if not done.over:
            store.note_upkeep(OVER_LIMIT, None)
        elif store.upkeep(OVER_LIMIT) is None:
            store.note_upkeep(OVER_LIMIT, now)
            tell(too_large(keep, done), now)


def too_large(keep: Retention, done: Pruned) -> str:
    """What the operator is told."""
    megabytes = -(-done.over // 1_000_000)
    return (
        f"the database is {megabytes} MB over its limit of {(keep.size or 0) // 1_000_000} MB, and all texts that"
        " may go are gone: what is left is what was seen, what was told, and the news of the last two days;"
        " raise `size` in [retention]"
    )


class Housekeeping:
    """Waits for the quiet hour and keeps house, until it is cancelled.

    `pace` is how many seconds of `clock` pass in one real second.
    """

    def __init__(
        self,
        in_thread: InThread,
        store: Store,
        keep: Retention,
        zone: tzinfo,
        clock: Clock,
        pace: float = 1.0,
        tell: Tell | None = None,
    ) -> None:
        self._tell = tell
        self._in_thread = in_thread
        self._store = store
        self._keep = keep
        self._zone = zone
        self._clock = clock
        self._pace = pace

    async def run(self) -> None:
        """Never returns, and never raises, whatever the disk says: news goes before housekeeping."""
        while True:
            wait = await self.keep_if_due()
            await asyncio.sleep(min(wait, AGAIN).total_seconds() / self._pace)

    async def keep_if_due(self) -> timedelta:
        """Keeps house where it is due; gives how long until it is due again."""
        try:
            last = await self._in_thread(lambda: self._store.upkeep(DONE))
            wait = next_run(last, self._clock(), self._zone) - self._clock()
            if wait > timedelta(0):
                return wait
            began = self._clock()
            done = await keep_house(self._in_thread, self._store, began, self._keep, tell=self._tell)
        except Exception as fault:
            log.exception(line("housekeeping_failed", error=repr(fault)))
            return AGAIN
        report(done)
        return next_run(began, self._clock(), self._zone) - self._clock()


def report(done: Pruned) -> None:
    """One log line."""
    level = logging.WARNING if done.over else logging.INFO
    log.log(
        level,
        line(
            "housekeeping",
            items=done.items,
            records=done.records,
            copies=done.copies,
            given_back=done.given_back,
            over=done.over,
        ),
    )
