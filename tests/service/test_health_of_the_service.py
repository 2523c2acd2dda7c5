"""The real service tells how it is: by its socket, by its port, and to `gatewatch status`."""

from __future__ import annotations

import json
import signal
import socket
from http.client import HTTPConnection
from pathlib import Path

import pytest

from gatewatch.service.asking import ask
from gatewatch.service.generation import generation
from gatewatch.service.reloading import prepare
from gatewatch.settings import load

from .installation import Installation, wait_until
from .metering import samples
from .newsstand import Newsstand


@pytest.fixture
def port(installation: Installation, newsstand: Newsstand) -> int:
    """Of a service that polls one source and is asked there."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        free = int(server.getsockname()[1])
    installation.configure({"a": newsstand.url("a")})
    with (installation.path / "config.toml").open("a") as file:
        file.write(f"[health]\nport = {free}\n")
    newsstand.publish("a", "old news")
    return free


def health_socket(installation: Installation) -> Path:
    return installation.path / "state" / "health.sock"


def scraped(port: int, name: str, **labels: str) -> float | None:
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    connection.request("GET", "/metrics")
    return samples(connection.getresponse().read().decode()).get((name, frozenset(labels.items())))


def test_what_it_did_can_be_read_off_its_metrics(installation: Installation, newsstand: Newsstand, port: int) -> None:
    with installation.running() as daemon:
        daemon.wait_for("event=seeded")
        newsstand.publish("a", "Here is gatekeyword1")
        wait_until(lambda: scraped(port, "gatewatch_notifications_total", channel="file") == 1)
        assert scraped(port, "gatewatch_alerts_total", rule="gatekeyword", severity="high", kind="new") == 1
        assert scraped(port, "gatewatch_rule_matches_total", rule="gatekeyword", decision="new") == 1
        assert scraped(port, "gatewatch_items_total", intake="seeded") == 1
        assert scraped(port, "gatewatch_items_total", intake="fresh") == 1
        polls = scraped(port, "gatewatch_polls_total", outcome="ok")
        assert polls is not None
        assert polls >= 2
        assert (scraped(port, "gatewatch_poll_duration_seconds_count") or 0) >= 2
        assert scraped(port, "gatewatch_outbox_oldest_seconds", channel="file") == 0
        assert scraped(port, "gatewatch_well") == 1
        assert (scraped(port, "gatewatch_pulse_age_seconds", part="courier file") or 99) < 60


def test_a_reload_shows_whether_it_was_taken(installation: Installation, port: int) -> None:
    config = installation.path / "config.toml"
    with installation.running() as daemon:
        before = ask(health_socket(installation)).config
        good = config.read_text()
        config.write_text(good + "[helth]\n")
        daemon.signal(signal.SIGHUP)
        wait_until(lambda: scraped(port, "gatewatch_config_last_reload_successful") == 0)
        assert ask(health_socket(installation)).config.hash == before.hash
        config.write_text(good + '[disk]\nfree = "1MB"\n')
        daemon.signal(signal.SIGHUP)
        wait_until(lambda: scraped(port, "gatewatch_config_last_reload_successful") == 1)
        assert ask(health_socket(installation)).config.hash != before.hash
        assert scraped(port, "gatewatch_disk_free_limit_bytes") == 1_000_000


def test_status_asks_it_and_knows_when_it_is_gone_or_hangs(installation: Installation, port: int) -> None:
    with installation.running() as daemon:
        daemon.wait_for("event=seeded")
        told = json.loads(installation.call("status", "--json").stdout)
        assert (told["well"], told["daemon"]["health"]["ready"]) == (True, True)
        daemon.signal(signal.SIGSTOP)
        hanging = installation.call("status", "--brief")
        daemon.signal(signal.SIGCONT)
        assert hanging.returncode == 1
        assert hanging.stdout.startswith("not well: the daemon does not answer")
        daemon.stop()
    assert not health_socket(installation).exists()
    gone = installation.call("status", "--brief")
    assert (gone.returncode, gone.stdout) == (1, "not well: no daemon runs\n")


def test_neither_the_socket_of_a_killed_service_nor_a_port_that_is_taken_keeps_it_from_working(
    installation: Installation, port: int
) -> None:
    with installation.running() as daemon:
        daemon.kill()
    assert health_socket(installation).is_socket()
    with socket.create_server(("127.0.0.1", port)), installation.running() as daemon:
        assert "choose another `port`, or leave it out" in daemon.wait_for("event=health_closed")
        assert ask(health_socket(installation)).ready


def test_the_secrets_of_a_reload_are_hidden_before_anything_is_made_of_them(installation: Installation) -> None:
    installation.configure({"a": "https://a.example/rss"}, webhook="json://127.0.0.1/xsecretA")
    (installation.path / "secrets").mkdir()
    (installation.path / "secrets" / "hook").write_text("json://127.0.0.1:0/xsecretB")
    (installation.path / "secrets" / "hook").chmod(0o600)
    hidden: list[str] = []
    config = installation.path / "config.toml"
    prepare(config, generation(load(config)), hidden.extend)
    assert hidden == ["json://127.0.0.1:0/xsecretB"]
