"""The heartbeat goes out while all is in order; otherwise it tells what is not, and the operator hears of it once."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler

import pytest

from gatewatch.demo.quiet_server import QuietServer
from gatewatch.model import DeliveryState
from gatewatch.settings import InvalidSettings

from .installation import Installation, wait_until
from .newsstand import Newsstand
from .rounds import Rounds

MINUTE = timedelta(minutes=1)
TOP = 'operator = ["file"]\n'
HEARTBEAT = '[heartbeat]\nsecret = "healthchecks-url"\nevery = "1s"\n'


class Checks:
    """What a service such as healthchecks.io heard: method, path, body."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}/ping/0123-secret"
        self.status = 200
        self.heard: list[tuple[str, str, str]] = []


@contextmanager
def open_checks() -> Iterator[Checks]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            checks.heard.append((self.command, self.path, body))
            self.send_response(checks.status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_POST = do_GET

        def log_message(self, *args: object) -> None:
            pass

    with QuietServer(("127.0.0.1", 0), Handler) as server:
        checks = Checks(server.server_address[1])
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield checks
        server.shutdown()
        thread.join()


@pytest.fixture
def checks() -> Iterator[Checks]:
    with open_checks() as opened:
        yield opened


@pytest.fixture
def rounds(installation: Installation, newsstand: Newsstand, checks: Checks) -> Rounds:
    installation.environment["GATEWATCH_HEALTHCHECKS_URL"] = checks.url
    rounds = Rounds(installation)
    rounds.configure(newsstand.url("a"), top=TOP, end=HEARTBEAT)
    return rounds


def test_a_round_with_all_in_order_is_one_get(rounds: Rounds, checks: Checks) -> None:
    rounds.round()
    assert checks.heard == [("GET", "/ping/0123-secret", "")]


def test_a_claim_that_nobody_settles_fails_the_check_in_words_and_is_told_once(
    rounds: Rounds, checks: Checks, newsstand: Newsstand
) -> None:
    rounds.round()
    newsstand.publish("a", "First gatekeyword1")
    rounds.round(MINUTE)
    with rounds.store() as store:
        (alert,) = store.alerts(1)
        with store.transaction():
            store.queue_alert(alert, ["elsewhere"], rounds.now)
        assert store.claim("elsewhere", rounds.now, timedelta(minutes=2)) is not None
    for _ in range(2):
        rounds.round(8 * MINUTE)
    words = "1 message for channel elsewhere claimed, and never settled"
    assert checks.heard[2:] == [("POST", "/ping/0123-secret/fail", words)] * 2
    with rounds.store() as store:
        store.settle(store.deliveries_of(alert.id)[1].id, DeliveryState.DELIVERED, rounds.now)
    rounds.round(MINUTE)
    assert checks.heard[-1][0] == "GET"
    rounds.round(MINUTE)
    first, second = rounds.told()
    assert first.endswith(f"not all is in order: {words}")
    assert "recovered: all is in order again, after 2026-01-15 12:09" in second


def test_an_alert_that_a_route_takes_and_no_channel_has_is_found(rounds: Rounds, checks: Checks, newsstand: Newsstand) -> None:
    rounds.round()
    newsstand.publish("a", "First gatekeyword1")
    rounds.round(MINUTE)
    with rounds.store() as store:
        (alert,) = store.alerts(1)
        store._execute("DELETE FROM deliveries")
    rounds.round(MINUTE)
    assert checks.heard[-1][2] == f"1 alerts that a route takes have no delivery: {alert.id}"


def test_a_beat_that_does_not_arrive_costs_nothing_and_its_address_is_not_logged(
    rounds: Rounds, checks: Checks, caplog: pytest.LogCaptureFixture
) -> None:
    checks.status = 500
    assert rounds.round().failed == ()
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("gatewatch")]
    assert any('event=heartbeat_failed error="HTTP 500"' in message for message in ours)
    assert not any("0123-secret" in message for message in ours)
    assert rounds.told() == []


def test_a_secret_that_is_no_address_is_told_at_the_start(rounds: Rounds) -> None:
    rounds.installation.environment["GATEWATCH_HEALTHCHECKS_URL"] = "hc-ping.com/0123-secret"
    with pytest.raises(InvalidSettings, match="is no address that begins with https") as told:
        rounds.round()
    assert "0123-secret" not in str(told.value)


def test_the_service_beats_by_itself(rounds: Rounds, checks: Checks) -> None:
    with rounds.installation.running() as daemon:
        wait_until(lambda: len(checks.heard) >= 2)
        assert daemon.stop() == 0
    assert {method for method, _, _ in checks.heard} == {"GET"}
