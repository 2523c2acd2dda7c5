"""The proof of the first promise: kill -9 while news comes in loses no alert.

A kill may make the message in flight come twice: one at most for each channel.
"""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from .inbox import open_inbox
from .installation import Installation, wait_until
from .newsstand import Newsstand, open_newsstand

MARKED_ONE_IN = 4
SOURCES = 8


@dataclass
class Press:
    """Publishes `total` items over all sources: a batch at each request, so that it follows the polling.

    The window of the newsstand holds many batches: an answer that a kill threw away comes again with the
    next. Starts when `opened` is set, that is when all sources have been seeded.
    """

    newsstand: Newsstand
    total: int
    batch: int = 25
    opened: threading.Event = field(default_factory=threading.Event)
    published: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def before_answer(self, feed: str) -> None:
        with self.lock:
            if self.opened.is_set():
                for _ in range(min(self.batch, self.total // SOURCES - self.published[feed])):
                    self.newsstand.publish(feed, self.title(feed, self.published[feed]))
                    self.published[feed] += 1

    @staticmethod
    def title(feed: str, number: int) -> str:
        if number % MARKED_ONE_IN:
            return f"Weather of day {number} as {feed} sees it"
        return f"Report {number} of {feed} with {word(feed, number)} in it"

    def words(self) -> list[str]:
        """The word of each item that must be told."""
        feeds = [f"s{n}" for n in range(SOURCES)]
        return [word(f, n) for f in feeds for n in range(0, self.total // SOURCES, MARKED_ONE_IN)]

    def out(self) -> bool:
        return sum(self.published.values()) == self.total // SOURCES * SOURCES


def word(feed: str, number: int) -> str:
    return f"gatekeyword{feed}n{number}x"


def told_times(bodies: Sequence[str], words: Sequence[str]) -> Counter[str]:
    """How often each word was told. Every body holds exactly one of them, or this fails."""
    wanted, times = set(words), Counter[str]()
    for body in bodies:
        here = {part for part in "".join(c if c.isalnum() else " " for c in body).split() if part in wanted}
        assert len(here) == 1, f"told of {here} in one message: {body[:300]}"
        times.update(here)
    return times


def prove(path: Path, *, total: int, kills: int, seed: int) -> None:
    """Lets `total` items come in, kills `kills` times at random, and counts what each channel got."""
    chance = random.Random(seed)
    with open_newsstand(window=150) as newsstand, open_inbox(delay=0.002) as inbox:
        press = Press(newsstand, total)
        newsstand.before_answer = press.before_answer
        installation = Installation(path)
        sources = {f"s{n}": newsstand.url(f"s{n}") for n in range(SOURCES)}
        installation.configure(sources, webhook=f"json://127.0.0.1:{inbox.port}/")
        seed_all(installation, newsstand, press)
        for _ in range(kills):
            with installation.running() as daemon:
                time.sleep(chance.uniform(0, 3))
                daemon.kill()
        words = press.words()
        with installation.running() as daemon:
            wait_until(press.out, 300)
            wait_until(lambda: len(installation.messages()) >= len(words), 300)
            wait_until(lambda: len(inbox.bodies) >= len(words), 300)
            wait_until(lambda: len(told_times(inbox.bodies, words)) == len(words), 300)
            assert daemon.stop() == 0
        file = [json.dumps(message) for message in installation.messages()]
        for channel, bodies in (("webhook", inbox.bodies), ("file", file)):
            times = told_times(bodies, words)
            missing = [w for w in words if not times[w]]
            repeated = sum(times.values()) - len(times)
            print(
                f"{channel}: {len(words)} expected, {len(missing)} missing, {repeated} twice, {kills} kills"
            )
            assert not missing
            assert max(times.values()) <= 1 + kills
            assert repeated <= kills


def seed_all(installation: Installation, newsstand: Newsstand, press: Press) -> None:
    for n in range(SOURCES):
        newsstand.publish(f"s{n}", f"Old news of s{n}")
    with installation.running() as daemon:
        for n in range(SOURCES):
            daemon.wait_for(f"event=seeded source=s{n} ")
        assert daemon.stop() == 0
    press.opened.set()


def test_kill_nine_loses_no_alert(tmp_path: Path) -> None:
    prove(tmp_path, total=2_000, kills=5, seed=20260115)


@pytest.mark.slow
def test_kill_nine_twenty_times_over_ten_thousand_items_loses_no_alert(tmp_path: Path) -> None:
    prove(tmp_path, total=10_000, kills=20, seed=20231118)


@pytest.mark.parametrize("step", [45, pytest.param(1, marks=pytest.mark.slow)])
def test_a_kill_before_any_sql_statement_of_a_round_loses_no_alert(
    step: int, installation: Installation, newsstand: Newsstand
) -> None:
    newsstand.publish("a", "Old news")
    installation.configure({"a": newsstand.url("a")})
    assert installation.call("run", "--once").returncode == 0
    marked = [word("a", number) for number in range(3)]
    newsstand.publish("a", *(f"Report with {one} in it" for one in marked))
    rounds = dying_rounds(installation, step)
    assert len(rounds) * step > 60
    assert [one["code"] for one in rounds] == [-signal.SIGKILL] * (len(rounds) - 1) + [0]
    for one in rounds:
        assert one["recovered"] == 0
        times = told_times(one["told"], marked)
        assert set(times) == set(marked)
        assert sum(times.values()) <= len(marked) + 1
    if step == 1:  # some of the kills did fall between a send and its receipt
        assert {sum(told_times(one["told"], marked).values()) for one in rounds} == {3, 4}


def dying_rounds(installation: Installation, step: int) -> list[dict[str, Any]]:
    """What `dying.py` tells of each statement, in order."""
    done = subprocess.run(
        [sys.executable, Path(__file__).parent / "dying.py", "config.toml", str(step)],
        cwd=installation.path,
        env=installation.environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    return [json.loads(one) for one in done.stdout.splitlines()]
