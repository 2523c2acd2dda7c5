"""The power is cut while a real service takes in and delivers: whatever the disk holds then opens, and is a moment of before.

Nothing is torn, what a checkpoint has taken is there, and the service goes on from there: what it lost it tells anew.
"""

from __future__ import annotations

import json
import random
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gatewatch.store import Store
from service.installation import Installation, wait_until
from service.newsstand import Newsstand, open_newsstand

from .lengths import LONG
from .power import OnDisk, after_the_cut, copied, stopped

MOMENTS = 120 if LONG else 6
CUTS = 12 if LONG else 3
BATCH = 8
NEWS = "and a long report on the weather of the day " * 40


@dataclass(frozen=True)
class Moment:
    """The files of one moment, and the ids of the alerts that had arrived by then."""

    disk: OnDisk
    arrived: tuple[str, ...]


@pytest.fixture(scope="module")
def moments(tmp_path_factory: pytest.TempPathFactory) -> list[Moment]:
    """Random moments of a service at work; between some of them a checkpoint comes to its end."""
    path, chance = tmp_path_factory.mktemp("power"), random.Random(7)
    installation = Installation(path)
    with open_newsstand(window=20) as stand:
        stand.publish("a", "Old news")
        installation.configure({"a": stand.url("a")})
        (path / "config.toml").write_text((path / "config.toml").read_text().replace('type = "file"', 'type = "file"\ncap = 0'))
        with installation.running() as daemon:
            daemon.wait_for("event=seeded")
            return [moment(installation, daemon.process.pid, stand, number, chance) for number in range(MOMENTS)]


def moment(installation: Installation, pid: int, stand: Newsstand, number: int, chance: random.Random) -> Moment:
    database = installation.path / "state" / "gatewatch.db"
    before, asked = len(installation.messages()), stand.requests["a"]
    if number % 2 == 0:
        publish(stand, number)
        wait_until(lambda: stand.requests["a"] > asked)
    else:
        checkpoint(database)
    wanted = min(before + chance.randrange(4), BATCH * (number // 2 + 1))
    wait_until(lambda: len(installation.messages()) >= wanted)  # in the middle of taking in or delivering
    with stopped(pid):
        return Moment(copied(database, installation.path / f"moment{number}"), arrived(installation))


def publish(stand: Newsstand, number: int) -> None:
    stand.publish("a", *(f"Here is {word} {NEWS}" for word in words(number)))


def words(number: int) -> list[str]:
    """What is news at the moment of that number."""
    return [f"gatekeyword{number}x{each}" for each in range(BATCH)]


def checkpoint(database: Path) -> None:
    """As SQLite does it by itself every thousand pages, which would take a test too long."""
    with closing(sqlite3.connect(database, timeout=15)) as db:
        db.execute("PRAGMA wal_checkpoint(RESTART)").fetchall()


def arrived(installation: Installation) -> tuple[str, ...]:
    return tuple(message["id"] for message in installation.messages())


def held_by(database: Path) -> list[str]:
    """Opens a database as the service does; it has to be whole. Gives the ids of its alerts, in order."""
    with Store.open(database) as store:
        assert [str(finding) for finding in store.findings(datetime.now(UTC))] == []
    with closing(sqlite3.connect(database)) as db:
        return [id for (id,) in db.execute("SELECT id FROM alerts ORDER BY n")]


def test_the_moments_are_those_that_matter(moments: Sequence[Moment]) -> None:
    """Some of the log is not synced, some is; logs were begun anew; alerts had arrived."""
    assert any(each.disk.synced < len(each.disk.log) for each in moments)
    assert len({each.disk.salt for each in moments}) > 2
    assert moments[-1].arrived


def test_a_process_that_is_gone_has_lost_nothing_that_was_told(moments: Sequence[Moment], tmp_path: Path) -> None:
    """Not the power, only the process: all that was written is on the disk."""
    for number, each in enumerate(moments):
        rest = len(each.disk.log) - each.disk.synced
        alerts = held_by(after_the_cut(each.disk, tmp_path / str(number), random.Random(number), kept=rest))
        assert set(each.arrived) <= set(alerts)


def test_what_is_left_after_a_cut_is_whole_and_holds_all_that_a_checkpoint_took(
    moments: Sequence[Moment], tmp_path: Path
) -> None:
    known: dict[bytes, set[str]] = {}
    durable: set[str] = set()
    for number, each in enumerate(moments):
        if each.disk.salt not in known:  # a new log is begun when all of the old one has been taken
            durable = set().union(*known.values())
        known.setdefault(each.disk.salt, set()).update(each.arrived)
        chance, here = random.Random(number), tmp_path / str(number)
        whole = held_by(after_the_cut(each.disk, here / "whole", chance, kept=len(each.disk.log) - each.disk.synced))
        least = held_by(after_the_cut(each.disk, here / "least", chance, kept=0))
        for cut in range(CUTS):
            left = held_by(after_the_cut(each.disk, here / f"cut{cut}", chance))
            assert left == whole[: len(left)]  # a moment of before
            assert left[: len(least)] == least
            assert durable <= set(left)
    assert durable


def test_a_service_goes_on_after_the_cut_and_tells_what_was_lost(moments: Sequence[Moment], tmp_path: Path) -> None:
    """Repeats are allowed, as the receipts of messages may be lost; losses are not."""
    last = moments[-1]
    installation = Installation(tmp_path)
    with open_newsstand(window=20) as stand:
        stand.publish("a", "Old news")
        for number in range(0, MOMENTS, 2):
            publish(stand, number)
        installation.configure({"a": stand.url("a")})
        after_the_cut(last.disk, tmp_path / "state", random.Random(0), kept=0)
        ended = installation.call("run", "--once")
    assert ended.returncode == 0, ended.stderr
    database = tmp_path / "state" / "gatewatch.db"
    with closing(sqlite3.connect(database)) as db:
        titles = [json.loads(alert)["title"].split()[2] for (alert,) in db.execute("SELECT alert FROM alerts")]
    assert sorted(titles) == sorted(word for number in range(0, MOMENTS, 2) for word in words(number))
