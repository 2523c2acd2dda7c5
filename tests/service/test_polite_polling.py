from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from gatewatch.model import Document, Outcome, Source, SourceState
from gatewatch.service.once import summary
from gatewatch.service.polling import WORKERS, Poller
from gatewatch.sources.hosts import HOLD, SPREAD

from .rehearsal import NOON, Rehearsal, at, good

IDS = [str(number) for number in range(100)]


def limited(wait: timedelta | None) -> Rehearsal:
    """Source "a" is answered with a 429."""

    def answer(source: Source, now: datetime) -> Document:
        return Document(source.id, now, Outcome.RATE_LIMITED, url=source.url, status=429, retry_after=wait)

    return Rehearsal({"a": answer})


def test_one_host_is_never_asked_twice_at_once() -> None:
    stage = Rehearsal()
    asyncio.run(stage.poll(at("news.example", *IDS)))
    assert stage.asked == IDS
    assert stage.most == {"news.example:443": 1}


def test_a_line_at_one_host_takes_no_worker_from_the_others() -> None:
    """A hundred sources wait for a host that does not answer; the one of another host is polled meanwhile."""
    stage = Rehearsal()
    other_is_done = asyncio.Event()

    async def before(source: Source) -> None:
        if source.id == "other":
            other_is_done.set()
        await other_is_done.wait()

    stage.before = before
    asyncio.run(stage.poll([*at("slow.example", *IDS), *at("other.example", "other")]))
    assert stage.asked[:2] == ["0", "other"]
    assert len(stage.told) == 101


def test_a_poll_that_is_taken_in_slowly_does_not_hold_up_its_host() -> None:
    stage = Rehearsal()
    second_is_asked = asyncio.Event()
    take = stage.take

    async def slow(document: Document, source: Source) -> object:
        if source.id == "a":
            await second_is_asked.wait()
        else:
            second_is_asked.set()
        return await take(document, source)

    stage.take = slow  # type: ignore[method-assign, assignment]
    asyncio.run(stage.poll(at("news.example", "a", "b")))
    assert [document.source for document in stage.taken] == ["b", "a"]


def test_there_is_a_pause_between_two_questions() -> None:
    times: list[float] = []
    stage = Rehearsal()

    async def before(source: Source) -> None:
        times.append(asyncio.get_running_loop().time())

    stage.before = before
    asyncio.run(stage.poll(at("news.example", "a", "b", "c"), pause=0.05))
    assert all(later - sooner >= 0.045 for sooner, later in pairwise(times))
    assert len(times) == 3


def test_the_operators_own_machine_is_asked_by_all_workers_and_without_a_pause() -> None:
    stage = Rehearsal()
    sources = [Source(id, f"http://127.0.0.1:8000/{id}") for id in IDS]
    asyncio.run(stage.poll(sources, pause=60.0))
    assert stage.most == {None: WORKERS}


def test_a_thousand_hosts_are_asked_by_all_workers_and_without_a_pause() -> None:
    stage = Rehearsal()
    sources = [source for number in range(1_000) for source in at(f"{number}.example", str(number))]
    asyncio.run(stage.poll(sources, pause=60.0))
    assert len(stage.asked) == 1_000


def test_a_fault_while_fetching_does_not_block_the_host() -> None:
    def fault(source: Source, now: datetime) -> Document:
        raise ZeroDivisionError

    stage = Rehearsal({"a": fault})
    asyncio.run(stage.poll(at("news.example", "a", "b")))
    assert stage.asked == ["a", "b"]


def test_a_429_puts_off_all_sources_of_its_host() -> None:
    stage = limited(timedelta(hours=1))
    asyncio.run(stage.poll([*at("news.example", "a", "b", "c"), *at("other.example", "d")], pause=0.01))
    assert sorted(stage.asked) == ["a", "d"]
    put_off = [polled for polled in stage.told if polled.put_off]
    assert [polled.source.id for polled in put_off] == ["b", "c"]
    for polled in put_off:
        assert NOON + timedelta(hours=1) <= polled.state.next_poll <= NOON + timedelta(hours=1) + SPREAD
        assert polled.state.reason == "its host asks all its sources to wait"
    assert put_off[0].state.next_poll != put_off[1].state.next_poll


def test_those_that_are_put_off_do_not_wait_for_each_other() -> None:
    stage = limited(None)
    stage.states = {
        "z": SourceState(
            "z", NOON + HOLD, polled=NOON, last_outcome=Outcome.RATE_LIMITED, configured="https://news.example/z"
        )
    }
    asyncio.run(stage.poll(at("news.example", *IDS), pause=60.0))
    assert (stage.asked, len(stage.told)) == ([], 100)


def test_a_source_that_was_put_off_is_asked_when_the_hold_is_over() -> None:
    stage = limited(None)

    async def go(poller: Poller) -> None:
        sources = at("news.example", "a", "b")
        for source in sources:
            poller.ask(source)
        await poller.drained()
        assert stage.asked == ["a"]
        stage.now = stage.told[-1].state.next_poll
        poller.ask(sources[1])
        await poller.drained()

    asyncio.run(stage.with_poller(go))
    assert stage.asked == ["a", "b"]
    assert not stage.told[-1].put_off


def test_a_restart_does_not_end_the_peace_that_a_host_asked_for() -> None:
    last = {"next_poll": NOON + timedelta(hours=2), "polled": NOON - timedelta(hours=1)}
    state = SourceState("a", **last, last_outcome=Outcome.RATE_LIMITED, configured="https://news.example/a")  # type: ignore[arg-type]
    stage = Rehearsal(states={"a": state})
    asyncio.run(stage.poll(at("news.example", "b")))
    assert stage.asked == []
    assert stage.told[0].state.next_poll >= NOON + timedelta(hours=2)


def test_a_source_that_was_put_off_has_not_failed() -> None:
    stage = limited(None)
    asyncio.run(stage.poll(at("news.example", "a", "b")))
    polls = [polled for polled in stage.told if not polled.put_off]
    assert summary(polls, (), waiting=1, delivered=0).failed == ("a",)


def test_the_host_is_that_of_the_address_where_a_source_has_moved() -> None:
    moved = SourceState("a", NOON, configured="https://old.example/a", address="https://news.example/a")
    stage = Rehearsal(states={"a": moved})
    second_asked = asyncio.Event()

    async def before(source: Source) -> None:
        if source.id == "c":
            second_asked.set()
        if source.id == "a":
            await second_asked.wait()
            assert "b" not in stage.asked

    stage.before = before
    asyncio.run(stage.poll([*at("old.example", "a"), *at("news.example", "b"), *at("old.example", "c")]))
    assert stage.asked == ["a", "c", "b"]


def test_an_article_waits_in_the_line_of_its_host() -> None:
    stage = Rehearsal()
    got: list[Document | None] = []

    async def go(poller: Poller) -> None:
        for source in at("news.example", "a", "b"):
            poller.ask(source)
        got.append(await poller.article(Source("a", "https://news.example/a"), "https://news.example/1"))
        await poller.drained()

    asyncio.run(stage.with_poller(go))
    assert stage.asked == ["a", "b", "article of a"]
    assert stage.most == {"news.example:443": 1}
    assert [document and document.outcome for document in got] == [Outcome.OK]


def test_no_article_is_fetched_while_its_host_wants_peace() -> None:
    stage = limited(None)

    async def go(poller: Poller) -> None:
        poller.ask(*at("news.example", "a"))
        await poller.drained()
        assert await poller.article(Source("a", "https://news.example/a"), "https://news.example/1") is None

    asyncio.run(stage.with_poller(go))
    assert stage.asked == ["a"]


@pytest.mark.parametrize("rounds", [1, 3])
def test_whoever_waits_for_the_end_hears_of_it_each_time(rounds: int) -> None:
    stage = Rehearsal({"a": good})

    async def go(poller: Poller) -> None:
        for _ in range(rounds):
            for source in at("news.example", "a", "b"):
                poller.ask(source)
            await poller.drained()

    asyncio.run(stage.with_poller(go))
    assert len(stage.told) == 2 * rounds
