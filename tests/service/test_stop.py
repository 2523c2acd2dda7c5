from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

from gatewatch.service.senders import Sender, Senders

from .inbox import Inbox, open_inbox
from .installation import Installation, wait_until
from .newsstand import Newsstand


def send_one(newsstand: Newsstand, inbox: Inbox) -> None:
    """Publishes an item after the seeding, and waits until its message is on its way."""
    wait_until(lambda: newsstand.requests["a"] > 1)
    newsstand.publish("a", "New gatekeyword1 of today")
    wait_until(lambda: bool(inbox.bodies))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_cleanly_within_seconds(
    number: int, installation: Installation, newsstand: Newsstand
) -> None:
    installation.configure({"a": newsstand.url("a")})
    with installation.running() as daemon:
        wait_until(lambda: newsstand.requests["a"] > 1)
        began = time.monotonic()
        daemon.signal(number)
        assert daemon.ended() == 0
        assert time.monotonic() - began < 5
        daemon.wait_for("event=stopped")


def test_a_message_in_flight_is_ended_and_not_sent_again_after_the_restart(
    installation: Installation, newsstand: Newsstand, inbox: Inbox
) -> None:
    inbox.delay = 1.0
    installation.configure({"a": newsstand.url("a")}, webhook=f"json://127.0.0.1:{inbox.port}/")
    with installation.running() as daemon:
        send_one(newsstand, inbox)
        assert daemon.stop() == 0
    with installation.running() as daemon:
        polled = newsstand.requests["a"]
        wait_until(lambda: newsstand.requests["a"] > polled)
        daemon.stop()
    assert len(inbox.bodies) == 1


def test_a_second_signal_ends_it_at_once(installation: Installation, newsstand: Newsstand) -> None:
    with open_inbox(hangs=True) as inbox:
        installation.configure({"a": newsstand.url("a")}, webhook=f"json://127.0.0.1:{inbox.port}/")
        with installation.running() as daemon:
            send_one(newsstand, inbox)
            began = time.monotonic()
            daemon.signal(signal.SIGTERM)
            daemon.wait_for("event=stopping")
            daemon.signal(signal.SIGTERM)
            assert daemon.ended() == 128 + signal.SIGTERM
            assert time.monotonic() - began < 5


@pytest.mark.slow
def test_a_channel_that_hangs_holds_the_stop_for_fifteen_seconds_at_most(
    installation: Installation, newsstand: Newsstand
) -> None:
    with open_inbox(hangs=True) as inbox:
        webhook = f"json://127.0.0.1:{inbox.port}/?rto=60"
        installation.configure({"a": newsstand.url("a")}, webhook=webhook)
        with installation.running() as daemon:
            send_one(newsstand, inbox)
            began = time.monotonic()
            assert daemon.stop() == 0
            assert time.monotonic() - began < 18


class HangingCourier:
    """Stays in its send whatever happens, as a thread in a TLS handshake does."""

    def __init__(self) -> None:
        self.released = threading.Event()

    def run(self, stop: threading.Event, wake: threading.Event, beat: Callable[[], None]) -> None:
        self.released.wait(30)


class FallingCourier:
    """Falls over the first time it runs."""

    def __init__(self) -> None:
        self.runs = 0

    def run(self, stop: threading.Event, wake: threading.Event, beat: Callable[[], None]) -> None:
        self.runs += 1
        if self.runs == 1:
            raise OSError("disk full")
        stop.wait()


def test_a_hanging_channel_is_named_and_the_others_end() -> None:
    hanging: Any = HangingCourier()
    senders = Senders()
    senders.start(Sender("mail", hanging))
    assert senders.stop(0.1) == ("mail",)
    hanging.released.set()


def test_a_courier_that_falls_is_started_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gatewatch.service.senders.AFTER_A_FALL", 0.05)
    falling: Any = FallingCourier()
    senders = Senders()
    senders.start(Sender("mail", falling))
    wait_until(lambda: falling.runs == 2)
    assert senders.stop(5) == ()
