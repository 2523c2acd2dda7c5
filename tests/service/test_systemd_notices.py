"""What the service tells systemd: a real datagram socket takes the place of systemd's."""

from __future__ import annotations

import os
import re
import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from gatewatch.service.notify import LONGEST, Notifier
from gatewatch.service.pulses import Pulses
from gatewatch.service.watchdog import Watchdog

from .installation import RULE, Installation, wait_until
from .newsstand import Newsstand


class Listener:
    """What was told so far, in order."""

    def __init__(self, path: Path) -> None:
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind(str(path))
        self.socket.settimeout(0.05)
        self.address = str(path)
        self.heard: list[list[str]] = []

    def listen(self) -> list[str]:
        """The first line of all that was told; takes in what waits."""
        try:
            while True:
                self.heard.append(self.socket.recv(4096).decode().split("\n"))
        except TimeoutError:
            return [lines[0] for lines in self.heard]

    def wait_for(self, first: str, seconds: float = 30.0) -> list[str]:
        wait_until(lambda: first in self.listen(), seconds)
        return next(lines for lines in self.heard if lines[0] == first)


@pytest.fixture
def listener(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Listener]:
    made = Listener(tmp_path_factory.mktemp("n") / "notify")
    yield made
    made.socket.close()


def test_systemd_hears_of_each_step_of_a_life(
    installation: Installation, newsstand: Newsstand, listener: Listener
) -> None:
    installation.configure({"a": newsstand.url("a")})
    installation.environment |= {"NOTIFY_SOCKET": listener.address, "WATCHDOG_USEC": "1000000"}
    daemon = installation.start()
    ready = listener.wait_for("READY=1")
    assert re.fullmatch(r"STATUS=1/1 sources ok, 0 pending, no alert yet, 1 rules, config [0-9a-f]{8}", ready[1])
    listener.wait_for("WATCHDOG=1")
    before = time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1000
    (installation.path / "rules" / "words.toml").write_text(RULE + "x = 1\n")
    daemon.signal(signal.SIGHUP)
    _, moment, _ = listener.wait_for("RELOADING=1")
    assert int(moment.removeprefix("MONOTONIC_USEC=")) >= before
    wait_until(lambda: listener.listen().count("READY=1") == 2)
    again = [lines for lines in listener.heard if lines[0] == "READY=1"][1]
    assert "the configuration on disk is broken, an older one runs" in again[1]
    assert daemon.stop() == 0
    listener.wait_for("STOPPING=1")


def test_nothing_is_ready_before_the_configuration_is_right(
    installation: Installation, newsstand: Newsstand, listener: Listener
) -> None:
    installation.configure({"a": newsstand.url("a")}, rules="x = \n")
    installation.environment["NOTIFY_SOCKET"] = listener.address
    assert installation.call("run").returncode == 78
    assert listener.listen() == []


def test_a_watchdog_hears_nothing_while_a_part_hangs(listener: Listener) -> None:
    now = [0.0]
    pulses = Pulses(lambda: now[0])
    pulses.expect("writer", 90)
    pulses.expect("courier desk", 30)

    async def status() -> str:
        return "fine"

    dog = Watchdog(pulses, Notifier({"NOTIFY_SOCKET": listener.address}), status)
    assert dog.look()
    now[0] = 31
    pulses.beat("writer")
    assert not dog.look()
    assert listener.listen() == ["WATCHDOG=1", "STATUS=hangs: courier desk has not reported for 31 s"]
    pulses.beat("courier desk")
    assert dog.look()


def test_a_part_that_is_no_longer_expected_may_be_silent() -> None:
    now = [0.0]
    pulses = Pulses(lambda: now[0])
    pulses.expect("courier desk", 30)
    pulses.release("courier desk")
    pulses.beat("courier desk")
    now[0] = 1000
    assert pulses.late() == ()


def test_a_new_limit_is_no_sign_of_life() -> None:
    now = [0.0]
    pulses = Pulses(lambda: now[0])
    pulses.expect("sources", 7200)
    now[0] = 4000
    pulses.expect("sources", 3600)
    assert pulses.late() == ("sources has not reported for 4000 s",)


def test_the_variables_do_not_reach_child_processes() -> None:
    environment = {"NOTIFY_SOCKET": "/nowhere", "WATCHDOG_USEC": "5000000", "WATCHDOG_PID": str(os.getpid()), "A": "b"}
    notifier = Notifier(environment)
    assert environment == {"A": "b"}
    assert notifier.watchdog_every == 5.0
    notifier.alive()  # nobody is there: no harm


@pytest.mark.parametrize(("usec", "pid"), [("", ""), ("0", ""), ("soon", ""), ("5000000", "1")])
def test_no_watchdog_waits_or_it_waits_for_another_process(usec: str, pid: str) -> None:
    assert Notifier({"WATCHDOG_USEC": usec, "WATCHDOG_PID": pid}).watchdog_every is None


def test_a_status_is_one_line_of_a_bounded_length(listener: Listener) -> None:
    Notifier({"NOTIFY_SOCKET": listener.address}).status("a\nREADY=1\n" + "b" * 1000)
    listener.listen()
    assert len(listener.heard[0]) == 1
    assert len(listener.heard[0][0]) <= LONGEST + len("STATUS=")
