"""Housekeeping is done once a night, lets polls come between its steps, and survives a disk that refuses."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

import pytest

from gatewatch.model import Item, Retention
from gatewatch.service.housekeeping import DONE, Housekeeping, keep_house
from gatewatch.store import Pruned, Store, retention

T = TypeVar("T")

NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)
DAY = timedelta(days=1)
KEEP = Retention()
HELSINKI = ZoneInfo("Europe/Helsinki")


class Writer:
    """The one thread that may touch the store, as in the service."""

    def __init__(self, store: Store, thread: ThreadPoolExecutor) -> None:
        self.store = store
        self.thread = thread

    async def in_thread(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self.thread, work)


@asynccontextmanager
async def writer(path: Path) -> AsyncIterator[Writer]:
    thread = ThreadPoolExecutor(max_workers=1)
    store = await asyncio.get_running_loop().run_in_executor(thread, lambda: Store.open(path, durable=False))
    made = Writer(store, thread)
    yield made
    await made.in_thread(store.close)
    thread.shutdown()


def take_in(store: Store, count: int, at: datetime, words: str = "") -> None:
    ids = [f"{at.isoformat()}-{number}" for number in range(count)]
    with store.transaction():
        items = [Item(id, "raja", "Report", words, key=id, seen=at) for id in ids]
        store.add_items(items, seeded=False, at=at)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A database with 5,000 texts past their time."""
    path = tmp_path / "a.db"
    with Store.open(path, durable=False) as store:
        take_in(store, 5000, NOW - 91 * DAY)
        take_in(store, 1, NOW)
    return path


def test_a_poll_waits_for_one_step_at_most(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps = 0
    delete = Store._delete

    def counted(self: Store, *what: object) -> int:
        nonlocal steps
        steps += 1
        return delete(self, *what)  # type: ignore[arg-type]

    monkeypatch.setattr(Store, "_delete", counted)

    def poll(store: Store, number: int) -> int:
        begun = steps
        take_in(store, 1, NOW + timedelta(seconds=number))
        return begun

    async def polls_meanwhile() -> list[int]:
        waited = []
        async with writer(path) as made:
            house = asyncio.create_task(keep_house(made.in_thread, made.store, NOW, KEEP, breath=0))
            number = 0
            while not house.done():
                asked, number = steps, number + 1
                waited.append(await made.in_thread(partial(poll, made.store, number)) - asked)
            assert (await house).items == 5000
        return waited

    waited = asyncio.run(polls_meanwhile())
    assert steps >= 5000 / retention.BATCH
    assert len(waited) >= steps / 2
    assert max(waited) <= 1


def test_couriers_get_their_turn_in_between(path: Path) -> None:
    """They write from threads of their own, and SQLite gives its lock to whoever happens to ask."""
    stop = threading.Event()
    waits: list[float] = []

    def courier() -> None:
        with Store.open(path, durable=False) as store:
            while not stop.is_set():
                began = time.monotonic()
                store.add_notice(NOW, "courier", "sent")
                waits.append(time.monotonic() - began)
                time.sleep(0.01)

    async def keep() -> Pruned:
        async with writer(path) as made:
            return await keep_house(made.in_thread, made.store, NOW, KEEP)

    thread = threading.Thread(target=courier)
    thread.start()
    try:
        assert asyncio.run(keep()).items == 5000
    finally:
        stop.set()
        thread.join()
    assert len(waits) > 20
    assert max(waits) < 2


@dataclass
class House:
    """Housekeeping at work on a real store, with a clock whose hands a test can move."""

    writer: Writer
    keep: Retention = KEEP
    now: datetime = NOW

    async def keep_if_due(self) -> timedelta:
        housekeeping = Housekeeping(
            self.writer.in_thread, self.writer.store, self.keep, HELSINKI, lambda: self.now
        )
        return await housekeeping.keep_if_due()

    async def items(self) -> int:
        return len(await self.writer.in_thread(lambda: self.writer.store.recent_items(10_000)))

    async def notices(self) -> list[str]:
        notices = await self.writer.in_thread(lambda: self.writer.store.notices(10))
        return [notice.text for notice in notices]

    async def pragma(self, words: str) -> None:
        await self.writer.in_thread(lambda: self.writer.store._execute(f"PRAGMA {words}").fetchall())


def in_house(path: Path, act: Callable[[House], Awaitable[None]]) -> None:
    async def inside() -> None:
        async with writer(path) as made:
            await act(House(made))

    asyncio.run(inside())


def test_it_is_done_once_and_then_again_the_next_night(path: Path) -> None:
    async def act(house: House) -> None:
        assert await house.keep_if_due() == timedelta(hours=14)
        assert await house.items() == 1
        await house.writer.in_thread(lambda: take_in(house.writer.store, 3, NOW - 100 * DAY))
        await house.writer.in_thread(lambda: take_in(house.writer.store, 1, NOW + DAY))
        house.now += timedelta(hours=13)
        assert await house.keep_if_due() == timedelta(hours=1)
        assert await house.items() == 5
        house.now += timedelta(hours=1)
        assert await house.keep_if_due() == timedelta(days=1)
        assert await house.items() == 2

    in_house(path, act)


def test_broken_off_it_is_due_again_and_goes_on(path: Path) -> None:
    async def act(house: House) -> None:
        task = asyncio.create_task(house.keep_if_due())
        while await house.items() > 4800:
            await asyncio.sleep(0.001)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        assert 1 < await house.items() < 5001
        assert await house.writer.in_thread(lambda: house.writer.store.upkeep(DONE)) is None
        await house.keep_if_due()
        assert await house.items() == 1

    in_house(path, act)


def test_a_disk_that_refuses_is_logged_and_tried_again_in_an_hour(
    path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A file system that found an error turns read-only under a service that runs."""

    async def act(house: House) -> None:
        await house.pragma("query_only = ON")
        assert await house.keep_if_due() == timedelta(hours=1)
        assert "event=housekeeping_failed" in caplog.text
        assert await house.items() == 5001
        await house.pragma("query_only = OFF")
        assert await house.keep_if_due() == timedelta(hours=14)
        assert await house.items() == 1

    in_house(path, act)


def test_what_was_done_is_one_line_in_the_log(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async def act(house: House) -> None:
        await house.keep_if_due()

    with caplog.at_level(logging.INFO):
        in_house(path, act)
    assert "event=housekeeping items=5000 records=0" in caplog.text


def test_a_database_that_cannot_be_held_within_its_limit_is_told_once(tmp_path: Path) -> None:
    async def act(house: House) -> None:
        store = house.writer.store
        await house.writer.in_thread(lambda: take_in(store, 500, NOW, "A quiet day at the border. " * 150))
        house.keep = Retention(size=1_000_000)
        await house.keep_if_due()
        [told] = await house.notices()
        assert told.startswith("the database is 2 MB over its limit of 1 MB")
        assert "raise `size` in [retention]" in told

        house.now += DAY
        await house.keep_if_due()
        assert len(await house.notices()) == 1

        house.now, house.keep = house.now + DAY, Retention(size=10_000_000)
        await house.keep_if_due()
        house.now, house.keep = house.now + DAY, Retention(size=1_000_000)
        await house.keep_if_due()
        assert len(await house.notices()) == 2, "it was within its limit in between"
        assert await house.items() == 500

    in_house(tmp_path / "a.db", act)
