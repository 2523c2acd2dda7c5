"""`gatewatch demo` as people start it: a process of its own, the real daemon, a month in seconds."""

import json
import os
import pty
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from gatewatch.demo.expected import EXPECTED, Expected
from gatewatch.demo.news import outlets
from gatewatch.model import Alert
from gatewatch.store import Store

GATEWATCH = Path(sys.executable).with_name("gatewatch")

#: News of the demo that talk of borders, closing or both, and of no border that closes.
TRAPS = (
    "Close call: Lions edge Sweden in overtime",
    "Ice hockey club Border Kings signs goalkeeper",
    "Wolf seen close to Espoo border",
    "Metro line closed for weekend repairs",
    "Mexico and United States reopen two rail bridges",
    "Nelostie suljettu rekkakolarin takia Simossa",
    "Kolumni: Pakkasen raja on korvien välissä",
    "Saimaan kanavan liikennekausi päättyy",
    "Grensesprengende konsert i Kirkenes",
    "E6 stengt ved Tana bru",
    "Kauplusekett sulgeb kaks poodi",
    "Saaremaal suleti tormi tõttu praamiliiklus",
)


class Shown:
    """A demo that was kept: what it printed, what its channel got, what its database holds."""

    def __init__(self, directory: Path) -> None:
        self.done = subprocess.run(
            [GATEWATCH, "demo", "--seconds", "8", "--keep", directory],
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        lines = (directory / "alerts.jsonl").read_text(encoding="utf-8").splitlines()
        self.received = [json.loads(line) for line in lines]
        with Store.open(directory / "state" / "gatewatch.db", read_only=True) as store:
            self.alerts: tuple[Alert, ...] = store.alerts(limit=100)


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Shown:
    return Shown(tmp_path_factory.mktemp("demo"))


def test_the_demo_ends_by_itself_and_says_that_all_is_right(shown: Shown) -> None:
    assert (shown.done.returncode, shown.done.stderr) == (0, "")


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda expected: expected.what)
def test_what_happened_in_november_is_told(shown: Shown, expected: Expected) -> None:
    assert any(expected.is_met_by(alert) for alert in shown.alerts)


def test_every_alert_reached_the_channel_once(shown: Shown) -> None:
    assert Counter(line["id"] for line in shown.received) == Counter(alert.id for alert in shown.alerts)


def test_the_six_hundred_of_november_are_told_once_in_two_languages(shown: Shown) -> None:
    assert [alert.rule for alert in shown.alerts].count("fi-arrivals-month") == 1


def test_every_alert_is_shown_in_a_line_of_its_own(shown: Shown) -> None:
    lines = [line for line in shown.done.stdout.splitlines() if line.startswith("2023-11-")]
    assert len(lines) == len(shown.alerts)


def test_all_items_were_seen(shown: Shown) -> None:
    published = sum(len(outlet.items) for outlet in outlets())
    assert f"\n{published} items seen, " in shown.done.stdout


def test_what_could_happen_in_norway_and_estonia_is_not_told_as_done(shown: Shown) -> None:
    assert {alert.rule for alert in shown.alerts}.isdisjoint({"no-closure", "ee-closure"})


def test_roads_shops_wolves_and_hockey_alert_nobody(shown: Shown) -> None:
    titles = {item.title for outlet in outlets() for item in outlet.items}
    assert set(TRAPS) <= titles
    assert {alert.title for alert in shown.alerts}.isdisjoint(TRAPS)


def test_the_kept_settings_are_valid(shown: Shown, tmp_path: Path) -> None:
    config = shown.done.args[-1] / "config.toml"
    checked = subprocess.run([GATEWATCH, "check", "--config", config], capture_output=True, check=False)
    assert (checked.returncode, checked.stderr) == (0, b"")


def test_a_directory_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine").touch()
    done = subprocess.run(
        [GATEWATCH, "demo", "--keep", tmp_path], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "is not empty" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_ctrl_c_ends_the_demo_at_once_and_without_a_traceback() -> None:
    demo = subprocess.Popen(
        [GATEWATCH, "demo", "--plain", "--seconds", "60"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert demo.stdout is not None
    demo.stdout.readline()
    asked = time.monotonic()
    demo.send_signal(signal.SIGINT)
    _, errors = demo.communicate(timeout=20)
    assert time.monotonic() - asked < 10
    assert demo.returncode == 1
    assert "Traceback" not in errors


def test_on_a_terminal_it_draws_a_clock_and_leaves_the_last_view(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "120", "LINES": "40"}
    command = [GATEWATCH, "demo", "--seconds", "4", "--picture", tmp_path / "view.svg"]
    demo = subprocess.Popen(command, stdout=theirs, stderr=theirs, env=environment)
    os.close(theirs)
    screen = drained(ours)
    assert demo.wait(timeout=60) == 0
    assert "Thu 30 Nov 2023  20:00 UTC" in screen
    assert "\x1b[" in screen
    assert (tmp_path / "view.svg").read_text(encoding="utf-8").startswith("<svg")


def drained(terminal: int) -> str:
    """All that is written to a pseudo-terminal until its other end is closed (Linux then says EIO)."""
    chunks: list[bytes] = []
    try:
        while chunk := os.read(terminal, 65536):
            chunks.append(chunk)
    except OSError:
        pass
    os.close(terminal)
    return b"".join(chunks).decode(errors="replace")
