"""Sources in bad weather: nothing lost, nothing twice, memory flat, each breaking and each recovery told once.

The real daemon with a sped-up clock, over real HTTP. A short form runs with the other tests; `make soak` runs
a thousand sources for half an hour of that clock (SOAK_SOURCES, SOAK_MINUTES, SOAK_PACE).
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from gatewatch.model import DeliveryState
from gatewatch.service.daemon import Daemon, Requests
from gatewatch.settings import Loaded, load
from gatewatch.sources.decide import BROKEN_AFTER
from gatewatch.sources.http import Limits
from gatewatch.store import Store, database_path
from service.installation import RULE

SOURCES = int(os.environ.get("SOAK_SOURCES", "40"))
MINUTES = float(os.environ.get("SOAK_MINUTES", "20"))
PACE = float(os.environ.get("SOAK_PACE", "60"))
"""Seconds of the daemon's clock in one real second."""

HOSTS = max(3, SOURCES // 20)
EVERY = "2m"
AFTERGLOW = 4.0
"""How much longer than the bad weather the calm may take until every source was read again."""

#: Nothing of a real site: short, so that the slow ones do not fill the day.
LIMITS = Limits(connect=0.5, read=0.5, total=1.0, body=1_000_000)


def waiting(store: Store) -> Iterator[str]:
    """What the stop left in the outbox: it would go out after the next start."""
    for alert in store.alerts(1_000_000):
        if any(delivery.state is DeliveryState.PENDING for delivery in store.deliveries_of(alert.id)):
            yield alert.title.rpartition(" ")[2]


@dataclass(frozen=True)
class Soaked:
    """What was left after a soak: what the feeds say of themselves, and what Gatewatch made of it."""

    feeds: list[dict[str, Any]]
    messages: list[dict[str, Any]]
    place: Path
    memory: list[float]

    def store(self) -> Store:
        return Store.open(database_path(self.place / "state"), read_only=True)


@pytest.fixture(scope="module")
def soaked(tmp_path_factory: pytest.TempPathFactory) -> Soaked:
    place = tmp_path_factory.mktemp("soak")
    with weather() as ports:
        configure(place, ports)
        memory = asyncio.run(soak(place, ports[0]))
        feeds = json.loads(asked(ports[0], "told"))
    told = (place / "told.jsonl").read_text().splitlines()
    return Soaked(feeds, [json.loads(line) for line in told], place, memory)


@contextmanager
def weather() -> Iterator[list[int]]:
    command = [sys.executable, "-m", "soak.weather", str(SOURCES), str(HOSTS), "7", str(PACE)]
    server = subprocess.Popen(command, cwd=Path(__file__).parents[1], stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    try:
        yield [int(port) for port in server.stdout.readline().split()]
    finally:
        server.kill()
        server.wait()


def asked(port: int, path: str) -> bytes:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/{path}") as answer:
        body: bytes = answer.read()
        return body


def configure(place: Path, ports: list[int]) -> None:
    sources = "".join(
        f'[[source]]\nid = "s{n}"\nurl = "http://127.0.0.1:{ports[n % HOSTS]}/{n}"\nevery = "{EVERY}"\n'
        for n in range(SOURCES)
    )
    channel = '[[channel]]\nname = "file"\ntype = "file"\npath = "told.jsonl"\n[[route]]\nto = ["file"]\n'
    (place / "config.toml").write_text(f'state = "state"\n{sources}{channel}')
    (place / "rules").mkdir()
    (place / "rules" / "words.toml").write_text(RULE)


async def soak(place: Path, port: int) -> list[float]:
    """Lets the daemon work through the bad weather and the calm after it; gives its memory in MB over time."""
    began, start = time.monotonic(), datetime(2026, 1, 15, 12, tzinfo=UTC)

    def clock() -> datetime:
        return start + timedelta(seconds=(time.monotonic() - began) * PACE)

    settings = load(place / "config.toml")
    requests = Requests()
    daemon = Daemon(Loaded(settings), clock, PACE, limits=LIMITS)
    running = asyncio.create_task(daemon.run(requests))
    memory = []
    bad = timedelta(minutes=MINUTES)
    while clock() < start + bad:
        await asyncio.sleep(60 * MINUTES / PACE / 30)
        memory.append(resident())
    await asyncio.to_thread(asked, port, "calm")
    calm_since = clock()
    while not all_read(place, calm_since) and clock() < calm_since + bad * AFTERGLOW:
        await asyncio.sleep(0.5)
    await asyncio.sleep(2)
    requests.stop.set()
    assert await running == ()
    return memory


def all_read(place: Path, since: datetime) -> bool:
    with Store.open(database_path(place / "state"), read_only=True) as store:
        states = store.source_states()
    return len(states) == SOURCES and all(state.succeeded and state.succeeded > since for state in states)


def resident() -> float:
    status = Path("/proc/self/status").read_text()
    return int(next(row for row in status.splitlines() if row.startswith("VmRSS")).split()[1]) / 1024


def test_no_item_is_lost_and_none_is_kept_twice(soaked: Soaked) -> None:
    with soaked.store() as store:
        stored = Counter(item.title for item in store.recent_items(1_000_000))
    published = {f"Now {word}" for feed in soaked.feeds for word in feed["entries"]}
    assert not published - stored.keys()
    assert set(stored.values()) == {1}
    assert len(published) > SOURCES * MINUTES / 15


def test_every_item_after_the_first_poll_is_told_exactly_once(soaked: Soaked) -> None:
    told = Counter(message["title"].rpartition(" ")[2] for message in soaked.messages)
    with soaked.store() as store:
        told.update(word for word in waiting(store))
        seeded = {item.title for item in store.recent_items(1_000_000) if not store.matches_of(item.id)}
    expected = {word for feed in soaked.feeds for word in feed["entries"] if f"Now {word}" not in seeded}
    assert set(told) == expected
    assert set(told.values()) == {1}
    assert len(seeded) < SOURCES * 4


def test_each_breaking_and_each_recovery_is_told_once(soaked: Soaked) -> None:
    with soaked.store() as store:
        notices = store.notices(1_000_000)
    broke = Counter(notice.source for notice in notices if notice.text.startswith("broken"))
    recovered = Counter(notice.source for notice in notices if "readable again" in notice.text)
    expected = {f"s{n}": breakings(feed["answers"]) for n, feed in enumerate(soaked.feeds)}
    assert broke == Counter({source: times for source, times in expected.items() if times})
    assert recovered == broke
    assert sum(broke.values()) > 0


def breakings(answers: list[str]) -> int:
    """How often a source failed so many times in a row that the operator has to know. A 429 is no failure."""
    runs = groupby((answer for answer in answers if answer != "429"), key=lambda answer: answer == "ok")
    return sum(1 for good, run in runs if not good and len(list(run)) >= BROKEN_AFTER)


def test_memory_stays_flat(soaked: Soaked) -> None:
    third = len(soaked.memory) // 3
    middle, last = soaked.memory[third : 2 * third], soaked.memory[-third:]
    assert sum(last) / len(last) < sum(middle) / len(middle) * 1.1 + 5
