from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from gatewatch.model import Document, Outcome, Source, SourceState
from gatewatch.pipeline import Taken
from gatewatch.service.polling import Polled, Poller

from .installation import Installation, wait_until
from .newsstand import Newsstand

NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)


def test_sources_that_answer_garbage_or_500_do_not_stop_the_others(
    installation: Installation, newsstand: Newsstand
) -> None:
    newsstand.answer("garbage", 200, bytes(range(256)) * 40)
    newsstand.answer("error", 500, b"oops")
    sources = {id: newsstand.url(id) for id in ("garbage", "error", "good")}
    installation.configure({**sources, "nobody": "http://127.0.0.1:1/"})
    with installation.running() as daemon:
        wait_until(lambda: newsstand.requests["good"] > 1)
        newsstand.publish("good", "New gatekeyword1")
        wait_until(lambda: len(installation.messages()) == 1)
        assert daemon.stop() == 0
    assert newsstand.requests["garbage"] >= 1
    assert newsstand.requests["error"] >= 1


class Scripted:
    """Fetches and takes in nothing; a source of a name in `faults` raises there."""

    def __init__(self, faults: Mapping[str, Exception]) -> None:
        self.faults = faults
        self.taken: list[Document] = []

    async def fetch(self, source: Source, state: SourceState | None, now: datetime) -> Document:
        if "fetch" in self.faults and source.id == "bad":
            raise self.faults["fetch"]
        return Document(source.id, now, Outcome.OK)

    async def take(self, document: Document, source: Source) -> Taken:
        if "take" in self.faults and source.id == "bad":
            raise self.faults["take"]
        self.taken.append(document)
        state = SourceState(source.id, next_poll=NOW, last_outcome=document.outcome)
        return Taken(state=state)


def polls_of(scripted: Any, rounds: int = 1) -> list[Polled]:
    """What comes of polling a bad and a good source, `rounds` times."""
    polls: list[Polled] = []

    async def poll() -> None:
        poller = Poller(scripted, scripted, {}, lambda: NOW, polls.append)
        poller.start(2)
        for _ in range(rounds):
            for id in ("bad", "good"):
                poller.ask(Source(id, "http://127.0.0.1:1/"))
            await poller.drained()
        await poller.stop()

    asyncio.run(poll())
    return polls


def test_a_fault_of_ours_in_one_poll_is_recorded_and_the_others_go_on() -> None:
    scripted = Scripted({"fetch": ZeroDivisionError("oh")})
    bad, good = sorted(polls_of(scripted), key=lambda polled: polled.source.id)
    assert not bad.good
    assert good.good
    recorded = next(document for document in scripted.taken if document.source == "bad")
    assert recorded.outcome is Outcome.BAD_CONTENT
    assert "ZeroDivisionError" in recorded.detail


def test_a_poll_that_cannot_be_stored_is_backed_off_from_longer_each_time() -> None:
    polls = [polled for polled in polls_of(Scripted({"take": OSError("disk full")}), 8) if not polled.good]
    waits = [(polled.state.next_poll - NOW).total_seconds() / 60 for polled in polls]
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60]
    assert "disk full" in polls[0].state.reason


def test_a_worker_that_falls_ends_the_daemon_loudly() -> None:
    async def poll() -> None:
        def told(polled: Polled) -> None:
            raise LookupError("a bug in the daemon itself")

        scripted: Any = Scripted({})
        poller = Poller(scripted, scripted, {}, lambda: NOW, told)
        poller.start(1)
        poller.ask(Source("good", "http://127.0.0.1:1/"))
        await poller.until(asyncio.Event())

    with pytest.raises(LookupError, match="a bug in the daemon"):
        asyncio.run(poll())
