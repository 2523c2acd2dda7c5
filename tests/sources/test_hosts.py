from __future__ import annotations

import asyncio
from datetime import timedelta
from itertools import pairwise

import pytest

from gatewatch.model import Document, Outcome, SourceState
from gatewatch.settings.aggregators import address
from gatewatch.sources.hosts import (
    HOLD,
    LONGEST_HOLD,
    PAUSES,
    SPREAD,
    Holds,
    Lines,
    back_after,
    hold_after,
    host_of,
)

from .polling import NOW

HOUR = timedelta(hours=1)
URL = "https://news.example/feed"
HOST = "news.example:443"


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://news.example/a", HOST), ("https://NEWS.example.:443/b?c", HOST), ("http://news.example", "news.example:80"),
        ("http://news.example:8080/", "news.example:8080"), ("https://user:secret@news.example/", HOST),
        ("https://93.184.215.14/", "93.184.215.14:443"), ("https://[2606:2800::1]/", "2606:2800::1:443"),
    ],
)  # fmt: skip
def test_a_host_is_a_name_and_a_port(url: str, host: str) -> None:
    assert host_of(url) == host


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:8000/", "http://localhost/", "http://a.localhost:1/", "http://[::1]/", "http://192.168.1.5/feed",
        "http://10.0.0.1/", "http://[fd00::1]/", "", "feed", "http://", "http://a:b/", "http://[::",
    ],
)  # fmt: skip
def test_the_operators_own_machines_need_no_manners(url: str) -> None:
    assert host_of(url) is None


def answer(outcome: Outcome, status: int, wait: timedelta | None = None, url: str = URL) -> Document:
    return Document("a", NOW, outcome, url=url, status=status, retry_after=wait)


@pytest.mark.parametrize(
    ("document", "hold"),
    [
        (answer(Outcome.RATE_LIMITED, 429), HOLD),
        (answer(Outcome.RATE_LIMITED, 429, timedelta(seconds=30)), timedelta(seconds=30)),
        (answer(Outcome.RATE_LIMITED, 429, timedelta(0)), timedelta(0)),
        (answer(Outcome.RATE_LIMITED, 429, 88 * HOUR), LONGEST_HOLD),
        (answer(Outcome.SERVER_ERROR, 503, HOUR), HOUR),
        (answer(Outcome.SERVER_ERROR, 503, 88 * HOUR), LONGEST_HOLD),
        (answer(Outcome.SERVER_ERROR, 503), None),
        (answer(Outcome.SERVER_ERROR, 500, HOUR), None),
        (answer(Outcome.GONE, 404, HOUR), None),
        (answer(Outcome.OK, 200, HOUR), None),
    ],
)
def test_a_host_is_held_by_a_429_and_by_a_503_that_says_how_long(document: Document, hold: timedelta | None) -> None:
    assert hold_after(document) == hold


def test_a_429_holds_its_host_and_no_other() -> None:
    holds = Holds()
    holds.heed(answer(Outcome.RATE_LIMITED, 429, HOUR), NOW)
    assert holds.until(HOST, NOW + HOUR - timedelta(seconds=1)) == NOW + HOUR
    assert holds.until(HOST, NOW + HOUR) is None
    assert holds.until("other.example:443", NOW) is None


def test_a_shorter_wish_does_not_end_a_longer_one() -> None:
    holds = Holds()
    holds.heed(answer(Outcome.RATE_LIMITED, 429, HOUR), NOW)
    holds.heed(answer(Outcome.RATE_LIMITED, 429), NOW)
    assert holds.until(HOST, NOW) == NOW + HOUR


def test_the_host_that_said_so_is_held_not_the_one_that_led_there() -> None:
    holds = Holds()
    holds.heed(answer(Outcome.RATE_LIMITED, 429, url="https://feeds.example/1"), NOW)
    assert holds.until("feeds.example:443", NOW) == NOW + HOLD


def test_the_operators_own_machine_is_never_held() -> None:
    holds = Holds()
    holds.heed(answer(Outcome.RATE_LIMITED, 429, url="http://127.0.0.1:8000/"), NOW)
    assert holds.until(host_of("http://127.0.0.1:8000/"), NOW) is None


def remembered(outcome: Outcome, wait: timedelta, address: str = "") -> SourceState:
    return SourceState("a", NOW + wait, polled=NOW, last_outcome=outcome, configured=URL, address=address)


def test_a_restart_does_not_end_a_hold() -> None:
    holds = Holds([remembered(Outcome.RATE_LIMITED, HOUR)])
    assert holds.until(HOST, NOW) == NOW + HOUR


def test_after_a_restart_too_a_hold_is_no_longer_than_six_hours() -> None:
    assert Holds([remembered(Outcome.RATE_LIMITED, 24 * HOUR)]).until(HOST, NOW) == NOW + LONGEST_HOLD


def test_the_hold_is_on_the_host_that_was_asked() -> None:
    holds = Holds([remembered(Outcome.RATE_LIMITED, HOUR, address="https://moved.example/")])
    assert (holds.until("moved.example:443", NOW), holds.until(HOST, NOW)) == (NOW + HOUR, None)


@pytest.mark.parametrize("outcome", [one for one in Outcome if one is not Outcome.RATE_LIMITED])
def test_nothing_else_holds_a_host_over_a_restart(outcome: Outcome) -> None:
    assert Holds([remembered(outcome, HOUR)]).until(HOST, NOW) is None


def test_those_who_waited_for_the_end_of_a_hold_come_back_spread_out() -> None:
    back = sorted(back_after(NOW, f"source-{number}") for number in range(1_000))
    assert NOW <= back[0] <= back[-1] <= NOW + SPREAD
    assert max(later - sooner for sooner, later in pairwise(back)) < SPREAD / 50


PAUSE = 0.05


def test_a_host_is_asked_by_one_at_a_time_with_a_pause() -> None:
    async def go() -> list[tuple[float, str]]:
        lines, loop, seen = Lines(PAUSE), asyncio.get_running_loop(), list[tuple[float, str]]()

        async def ask(name: str) -> None:
            async with lines.turn(HOST):
                seen.append((loop.time(), f"{name} in"))
                await asyncio.sleep(0)
                seen.append((loop.time(), f"{name} out"))

        await asyncio.gather(*map(ask, "abc"))
        return seen

    seen = asyncio.run(go())
    assert [what for _, what in seen] == ["a in", "a out", "b in", "b out", "c in", "c out"]
    for out in (1, 3):
        assert seen[out + 1][0] - seen[out][0] >= PAUSE * 0.9  # the loop's clock has a grain


def test_hosts_do_not_wait_for_each_other() -> None:
    async def go() -> list[int]:
        lines, called = Lines(60.0), list[int]()
        for number in range(1_000):
            lines.join(f"{number}.example:443", lambda number=number: called.append(number))
        return called

    assert asyncio.run(go()) == list(range(1_000))


def test_without_a_host_there_is_no_line() -> None:
    async def go() -> list[int]:
        lines, called = Lines(60.0), list[int]()
        for number in range(9):
            lines.join(None, lambda number=number: called.append(number))
        lines.leave(None)
        return called

    assert asyncio.run(go()) == list(range(9))


def test_the_pause_is_kept_from_whoever_comes_into_an_empty_line() -> None:
    async def go() -> float:
        lines, loop = Lines(PAUSE), asyncio.get_running_loop()
        async with lines.turn(HOST):
            leaving = loop.time()
        async with lines.turn(HOST):
            return loop.time() - leaving

    assert asyncio.run(go()) >= PAUSE * 0.9


def test_whoever_asked_nothing_leaves_without_a_pause() -> None:
    async def go() -> list[str]:
        lines, called = Lines(60.0), list[str]()
        for name in "ab":
            lines.join(HOST, lambda name=name: called.append(name))
        lines.leave(HOST, asked=False)
        return called

    assert asyncio.run(go()) == ["a", "b"]


@pytest.mark.parametrize("let_in", [True, False])
def test_whoever_is_cancelled_while_waiting_does_not_block_the_line(let_in: bool) -> None:
    """Also in the moment between being let in and noticing it."""

    async def go() -> bool:
        lines = Lines(0.0)
        lines.join(HOST, lambda: None)

        async def ask() -> bool:
            async with lines.turn(HOST):
                return True

        first, second = asyncio.create_task(ask()), asyncio.create_task(ask())
        await asyncio.sleep(0)
        if let_in:
            lines.leave(HOST, asked=False)
        first.cancel()
        if not let_in:
            lines.leave(HOST, asked=False)
        async with asyncio.timeout(5):
            return await second

    assert asyncio.run(go())


def test_gdelt_is_given_the_pause_that_it_asks_for() -> None:
    assert PAUSES[str(host_of(address("gdelt", "border", None)))] > 5

    async def waits() -> float:
        lines, loop = Lines(pause=0), asyncio.get_running_loop()
        asked: list[float] = []
        host = next(iter(PAUSES))
        for _ in range(2):
            lines.join(host, lambda: asked.append(loop.time()))
        lines.leave(host)
        await asyncio.sleep(0.2)
        return len(asked)

    assert asyncio.run(waits()) == 1
