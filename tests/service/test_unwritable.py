"""A database that can't be written: polling goes on, no source is blamed, and the operator hears of it all the same."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import patch

import pytest

from gatewatch.model import Outcome, SourceState
from gatewatch.service.daemon import Daemon, Requests
from gatewatch.service.unwritable import Standing
from gatewatch.service.writer import Writer
from gatewatch.settings import Loaded

from .installation import Installation
from .newsstand import Newsstand
from .rounds import NOON, Rounds, the_reader

MINUTE = timedelta(minutes=1)
PLAIN = [f"News number {number} of a long day, {'and so on ' * 40}" for number in range(150)]
GOOD = (Outcome.OK, Outcome.NOT_MODIFIED)
BROKEN = "[medium] Gatewatch itself – the database can't be written: "
MENDED = "[info] Gatewatch itself – recovered: the database can be written again, after "


class Reachable(Writer):
    """The real writer, whose connection a test may limit."""

    async def pragma(self, text: str) -> int:
        store = self.pipeline.store
        return await self.in_thread(lambda: int((store._execute(f"PRAGMA {text}").fetchone() or [0])[0]))

    async def source_state(self, id: str) -> SourceState | None:
        return await self.in_thread(lambda: self.pipeline.store.source_state(id))


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(15):
        while not true():
            await asyncio.sleep(0.02)


def in_a_running_daemon(rounds: Rounds, do: Callable[[Reachable], Awaitable[None]]) -> None:
    made: list[Reachable] = []

    def reachable(*arguments: Any) -> Reachable:
        made.append(Reachable(*arguments))
        return made[0]

    async def run() -> None:
        requests = Requests()
        daemon = asyncio.create_task(Daemon(Loaded(rounds.settings), lambda: datetime.now(UTC)).run(requests))
        try:
            await until(lambda: bool(made) and made[0]._pipeline is not None)
            await do(made[0])
        finally:
            requests.stop.set()
            assert await daemon == ()

    with (
        patch.dict(os.environ, rounds.installation.environment),
        patch("gatewatch.service.engine.Writer", reachable),
        patch("gatewatch.service.generation.Reader", lambda *_: the_reader()),
    ):
        asyncio.run(run())


@pytest.fixture
def rounds(installation: Installation, newsstand: Newsstand) -> Rounds:
    rounds = Rounds(installation)
    rounds.configure(newsstand.url("a"), top='operator = ["file"]\n', every="1s")
    return rounds


async def fill(writer: Reachable) -> None:
    await writer.pragma(f"max_page_count = {await writer.pragma('page_count')}")


async def make_read_only(writer: Reachable) -> None:
    await writer.pragma("query_only = 1")


async def mend(writer: Reachable) -> None:
    await writer.pragma(f"max_page_count = {2**31 - 2}")
    await writer.pragma("query_only = 0")


@pytest.mark.parametrize(
    ("spoil", "why"),
    [(fill, "database or disk is full"), (make_read_only, "attempt to write a readonly database")],
)
def test_a_disk_that_takes_nothing_blames_no_source_is_told_directly_and_costs_no_news(
    spoil: Callable[[Reachable], Awaitable[None]],
    why: str,
    rounds: Rounds,
    newsstand: Newsstand,
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def spoil_and_mend(writer: Reachable) -> None:
        await until(lambda: newsstand.requests["a"] >= 2)
        await spoil(writer)
        newsstand.publish("a", "Here is gatekeyword1", *PLAIN)
        await until(lambda: bool(rounds.told()))
        asked = newsstand.requests["a"]
        await until(lambda: newsstand.requests["a"] >= asked + 2)
        state = await writer.source_state("s0")
        assert state is not None
        assert (state.failures, state.last_outcome in GOOD) == (0, True)
        assert len(rounds.told()) == 1
        await mend(writer)
        await until(lambda: len(rounds.told()) >= 2 and len(rounds.installation.messages()) >= 3)

    in_a_running_daemon(rounds, spoil_and_mend)
    begun, over = rounds.told()
    assert begun.startswith(BROKEN + why)
    assert over.startswith(MENDED)
    assert sum("gatekeyword1" in each["title"] for each in rounds.installation.messages()) == 1
    unwritten = [record for record in caplog.records if "event=unwritten" in record.message]
    assert {(record.levelname, record.exc_info) for record in unwritten} == {("ERROR", None)}
    with rounds.store() as store:
        notices = [notice.text for notice in store.notices(5)]
    assert [text.split(",")[0] for text in notices] == ["recovered: the database can be written again"]


def test_the_operator_is_told_at_most_once_an_hour() -> None:
    told = Standing().failed(NOON).tried(NOON, heard=True)
    assert not told.failed(NOON + 59 * MINUTE).is_due(NOON + 59 * MINUTE)
    assert told.failed(NOON + 60 * MINUTE).is_due(NOON + 60 * MINUTE)


def test_a_disk_that_takes_one_document_and_refuses_the_next_is_no_news_within_the_hour() -> None:
    again = Standing().failed(NOON).tried(NOON, heard=True).written().failed(NOON + MINUTE)
    assert not again.is_due(NOON + MINUTE)
    assert not again.known
    assert again.is_due(NOON + 60 * MINUTE)


def test_where_no_channel_took_it_it_is_tried_again_after_five_minutes() -> None:
    lost = Standing().failed(NOON).tried(NOON, heard=False)
    assert not lost.is_due(NOON + 4 * MINUTE)
    assert lost.is_due(NOON + 5 * MINUTE)
    assert not lost.known


def test_what_can_be_written_is_never_due() -> None:
    assert not Standing().is_due(NOON)
    assert not Standing().failed(NOON).written().is_due(NOON)
