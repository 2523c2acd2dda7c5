"""What the daemon tells of itself reaches those who ask, whatever happens to port and socket."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from http.client import HTTPConnection
from pathlib import Path

import pytest

from gatewatch.service.asking import ask
from gatewatch.service.health import Configured
from gatewatch.service.lookout import Lookout
from gatewatch.settings import Settings
from gatewatch.store import Store, database_path
from store.samples import NOW, queue

from .metering import settled


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.delenv("RUNTIME_DIRECTORY", raising=False)
    found = settled(tmp_path)
    Store.open(database_path(found.state_dir)).close()
    return found


class Watched(Lookout):
    """With a clock and parts that the test moves."""

    def __init__(self, settings: Settings) -> None:
        self.now, self.overdue = NOW, ()
        super().__init__(settings, "4f2a", lambda: self.now, lambda: self.overdue, lambda: {"writer": 3.0})
        self.socket = settings.state_dir / "health.sock"


@pytest.fixture
def lookout(settings: Settings) -> Iterator[Watched]:
    it = Watched(settings)
    yield it
    it.close()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def metrics(port: int) -> str:
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    connection.request("GET", "/metrics")
    return connection.getresponse().read().decode()


def test_it_is_well_once_it_is_ready(lookout: Watched) -> None:
    lookout.open()
    assert not ask(lookout.socket).well
    lookout.ready()
    health = ask(lookout.socket)
    assert health.well
    assert (health.since, health.config) == (NOW, Configured("4f2a", NOW))


def test_what_the_audit_finds_is_told_until_it_finds_nothing(lookout: Watched) -> None:
    lookout.open()
    lookout.ready()
    lookout.audited(["1 message overdue"])
    assert ask(lookout.socket).findings == ("1 message overdue",)
    lookout.audited([])
    assert ask(lookout.socket).well


def test_a_part_that_is_late_is_told_without_the_daemon_saying_so(lookout: Watched) -> None:
    lookout.open()
    lookout.ready()
    lookout.overdue = ("writer has not reported for 310 s",)  # type: ignore[assignment]
    assert ask(lookout.socket).late == ("writer has not reported for 310 s",)


def test_a_reload_changes_hash_and_time_and_one_that_is_refused_neither(lookout: Watched, settings: Settings) -> None:
    lookout.now += timedelta(hours=1)
    lookout.refused()
    assert lookout.health().config == Configured("4f2a", NOW, last_reload_successful=False)
    lookout.adopted(settings, "bbbb")
    assert lookout.health().config == Configured("bbbb", lookout.now)


def test_a_reload_moves_the_port(lookout: Watched, settings: Settings) -> None:
    first, second = free_port(), free_port()
    lookout.open()
    lookout.adopted(replace(settings, health_port=first), "a")
    assert 'gatewatch_config_info{hash="a"} 1.0' in metrics(first)
    lookout.adopted(replace(settings, health_port=second), "b")
    assert 'gatewatch_config_info{hash="b"} 1.0' in metrics(second)
    with pytest.raises(ConnectionRefusedError):
        metrics(first)
    lookout.adopted(settings, "c")
    with pytest.raises(ConnectionRefusedError):
        metrics(second)
    assert ask(lookout.socket).config.hash == "c"


def test_a_port_that_is_taken_is_logged_and_the_socket_answers(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        lookout = Watched(replace(settings, health_port=other.getsockname()[1]))
        lookout.open()
    assert "event=health_closed" in caplog.text
    assert ask(lookout.socket).state == str(settings.state_dir)
    lookout.close()
    assert not lookout.socket.exists()


def test_counting_begins_when_the_database_is_open(settings: Settings) -> None:
    port = free_port()
    with Store.open(database_path(settings.state_dir)) as store:
        queue(store, "before")
        lookout = Watched(replace(settings, health_port=port))
        lookout.open()
        lookout.ready()
        queue(store, "after")
    text = metrics(port)
    lookout.close()
    assert 'gatewatch_alerts_total{kind="new",rule="fi-closure",severity="critical"} 1.0' in text
    assert 'gatewatch_pulse_age_seconds{part="writer"} 3.0' in text


def test_it_answers_while_the_event_loop_hangs(lookout: Watched) -> None:
    async def hang() -> bool:
        lookout.open()
        lookout.ready()
        lookout.overdue = ("scheduler has not reported for 70 s",)  # type: ignore[assignment]
        return ask(lookout.socket).well  # asked in the loop itself, which does nothing else meanwhile

    assert asyncio.run(hang()) is False
