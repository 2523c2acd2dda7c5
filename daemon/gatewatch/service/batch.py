"""Documents that wait for the writer at once are taken in by one transaction."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar

from gatewatch.pipeline import Opened, Taken
from gatewatch.service.logfmt import line

log = logging.getLogger(__name__)

#: Documents of one transaction. Couriers write too and wait for its end: some tens of milliseconds at most.
LARGEST = 16

Read = Callable[[], Opened]
TakeIn = Callable[[Sequence[Opened]], Sequence[Taken]]
Outcome = Taken | Exception
T = TypeVar("T")


class Batch:
    """What waits for the writer's thread. A quiet service has batches of one.

    A transaction costs as much as the unchanged document that it stores, and after a night of standing still all
    sources come at once.
    """

    def __init__(self, thread: ThreadPoolExecutor, take_in: TakeIn) -> None:
        self._thread = thread
        self._take_in = take_in
        self._waiting: deque[tuple[Read, asyncio.Future[Taken]]] = deque()

    async def add(self, read: Read) -> Taken:
        """What comes of the document that `read` gives; both happen in the writer's thread. Raises what they raise."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Taken] = loop.create_future()
        self._waiting.append((read, future))
        self._thread.submit(self._work, loop)
        return await future

    def _work(self, loop: asyncio.AbstractEventLoop) -> None:
        """In the writer's thread, once for each document; those that went along with an earlier one find nothing."""
        batch: list[tuple[Read, asyncio.Future[Taken]]] = []
        while self._waiting and len(batch) < LARGEST:
            batch.append(self._waiting.popleft())
        if batch:
            outcomes = self._outcomes([read for read, _ in batch])
            loop.call_soon_threadsafe(_settle, [future for _, future in batch], outcomes)

    def _outcomes(self, reads: Sequence[Read]) -> list[Outcome]:
        opened = [_attempt(read) for read in reads]
        good = [each for each in opened if isinstance(each, Opened)]
        taken = iter(self._together(good))
        return [next(taken) if isinstance(each, Opened) else each for each in opened]

    def _together(self, opened: Sequence[Opened]) -> Sequence[Outcome]:
        """All in one transaction; where one of them fails, each in its own, so that one costs the others nothing."""
        if len(opened) > 1:
            try:
                return self._take_in(opened)
            except sqlite3.OperationalError:
                pass  # no document's fault; each says so by itself, and a nearly full disk may take some of them
            except Exception:
                log.exception(line("fault", text="in one of several documents; each is taken in by itself"))
        return [_attempt(partial(self._alone, each)) for each in opened]

    def _alone(self, opened: Opened) -> Taken:
        return self._take_in([opened])[0]


def _attempt(work: Callable[[], T]) -> T | Exception:
    try:
        return work()
    except Exception as fault:
        return fault


def _settle(futures: Sequence[asyncio.Future[Taken]], outcomes: Sequence[Outcome]) -> None:
    for future, outcome in zip(futures, outcomes, strict=True):
        if future.done():
            continue  # the poll was broken off; what it brought is stored all the same
        if isinstance(outcome, Exception):
            future.set_exception(outcome)
        else:
            future.set_result(outcome)
