"""A disk that is full or read-only, at any moment, loses nothing, and a far end hears nothing over and over."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from alerts.samples import an_alert
from gatewatch.alerts.messages import Message
from gatewatch.alerts.results import Ending
from gatewatch.store import Store, StoreError
from service.newsstand import open_newsstand

from .audit import audit
from .rounds import MARKED, Rounds, publish
from .stage import Stage

MINUTE = timedelta(minutes=1)
#: What needs a page of its own in the database, and so a disk with room.
LONG_ANSWER = "accepted " * 1_000


class Disk:
    """Stands before all connections. `trouble` is laid on each that is opened, and on those of this thread at once."""

    def __init__(self) -> None:
        self._connect = sqlite3.connect
        self._open: list[sqlite3.Connection] = []
        self._trouble = ""

    def connect(self, *arguments: Any, **named: Any) -> sqlite3.Connection:
        connection = self._connect(*arguments, **named)
        self._open.append(connection)
        self._lay_on(connection)
        return connection

    def is_full(self) -> None:
        self._now("full")

    def is_read_only(self) -> None:
        self._now("read-only")

    def is_well(self) -> None:
        self._now("")

    def _now(self, trouble: str) -> None:
        self._trouble = trouble
        for connection in self._open:
            try:
                self._lay_on(connection)
            except sqlite3.ProgrammingError:
                continue  # closed, or of another thread

    def _lay_on(self, connection: sqlite3.Connection) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0] if self._trouble == "full" else 2**31 - 2
        connection.execute(f"PRAGMA max_page_count = {pages or 1}").fetchone()
        connection.execute(f"PRAGMA query_only = {'ON' if self._trouble == 'read-only' else 'OFF'}")


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    stands = Disk()
    monkeypatch.setattr(sqlite3, "connect", stands.connect)
    return stands


@pytest.fixture
def stage(disk: Disk, tmp_path: Path) -> Stage:
    ours = Stage(tmp_path / "gatewatch.db")
    with Store.open(ours.path) as store, store.transaction():
        for id in ("a1", "a2"):
            store.queue_alert(an_alert(id, at=ours.now), ["desk"], ours.now)
    return ours


def test_a_disk_that_fills_between_send_and_settlement_repeats_no_message_while_it_is_full(
    stage: Stage, disk: Disk
) -> None:
    def filling(message: Message) -> Ending:
        disk.is_full()
        return Ending.DELIVERED

    stage.far_end.answer, stage.far_end.detail = filling, LONG_ANSWER
    for _ in range(10):
        with pytest.raises(sqlite3.OperationalError, match="full"):
            stage.deliver()
        stage.now += 5 * MINUTE  # longer than a lease
    assert stage.far_end.arrived == ["a1"]
    stage.far_end.answer = lambda message: Ending.DELIVERED
    disk.is_well()
    assert stage.deliver() == 1
    assert stage.far_end.arrived == ["a1", "a2"]
    assert [receipt.result for receipt in stage.receipts("a1")] == ["delivered"]


def test_a_process_that_ends_with_a_full_disk_repeats_the_message_in_flight_and_no_other(
    stage: Stage, disk: Disk
) -> None:
    stage.far_end.answer = lambda message: (disk.is_full(), Ending.DELIVERED)[1]
    stage.far_end.detail = LONG_ANSWER
    with pytest.raises(sqlite3.OperationalError, match="full"):
        stage.deliver()
    stage.far_end.answer = lambda message: Ending.DELIVERED
    disk.is_well()
    stage.restart()
    assert stage.deliver() == 2
    assert stage.far_end.arrived == ["a1", "a1", "a2"]


def test_a_disk_that_becomes_read_only_sends_nothing_that_it_can_not_note(stage: Stage, disk: Disk) -> None:
    disk.is_read_only()
    with pytest.raises((sqlite3.OperationalError, StoreError), match="readonly"):
        stage.deliver()
    assert stage.far_end.arrived == []
    disk.is_well()
    assert stage.deliver() == 2


def test_a_disk_that_becomes_read_only_in_the_middle_loses_and_repeats_nothing(stage: Stage, disk: Disk) -> None:
    stage.far_end.answer = lambda message: (disk.is_read_only(), Ending.DELIVERED)[1]
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        stage.deliver()
    stage.far_end.answer = lambda message: Ending.DELIVERED
    disk.is_well()
    assert stage.deliver() == 1
    assert stage.far_end.arrived == ["a1", "a2"]


@pytest.mark.parametrize("trouble", ["full", "read-only"])
def test_news_that_the_disk_did_not_take_are_told_when_it_does(
    tmp_path: Path, disk: Disk, words_read_once: None, trouble: str
) -> None:
    with open_newsstand() as stand:
        stand.publish("a", "Old news")
        rounds = Rounds(tmp_path, stand)
        rounds.go()
        publish(stand)
        rounds.now += timedelta(hours=2)
        disk.is_full() if trouble == "full" else disk.is_read_only()
        with suppress(sqlite3.OperationalError, StoreError):  # it may fail to note that it failed
            rounds.go()
        assert rounds.told() == []
        disk.is_well()
        rounds.now += timedelta(hours=2)
        rounds.go()
        assert sorted(rounds.told()) == sorted(MARKED)
        assert audit(tmp_path / "state" / "gatewatch.db", ["file"]) == []
