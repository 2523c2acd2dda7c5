"""`gatewatch backup` and `gatewatch restore` as people type them."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from alerts.installed import Installed
from gatewatch.cli import settings_option
from gatewatch.store import Store
from store.samples import NOW, an_alert, queue


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Installed:
    """With one alert that is still to be sent. Settings are read once in a test: they take a second."""
    installed = Installed(tmp_path)
    loaded = settings_option.load_or_last_good(installed.config)
    monkeypatch.setattr(settings_option, "load_or_last_good", lambda path: loaded)
    monkeypatch.setattr(settings_option, "load", lambda path: loaded.settings)
    with Store.open(installed.database) as store:
        queue(store, "3f2a90b1c4d5", at=NOW)
    return installed


def test_a_backup_says_what_it_wrote_and_a_restore_what_it_brought_back(installed: Installed, tmp_path: Path) -> None:
    wrote = installed.call("backup", str(tmp_path / "b.db"))
    told = "0 items, 1 alert, the newest of 2023-11-16 16:00"
    assert re.fullmatch(rf"wrote \S+/b\.db: 0\.\d MB, {told}\n", wrote.stdout)
    with Store.open(installed.database) as store:
        queue(store, "9b01c2d3e4f5", at=NOW)
    first, second, third, fourth = installed.call("restore", str(tmp_path / "b.db")).stdout.splitlines()
    assert re.fullmatch(rf"\S+/gatewatch\.db now holds the backup of 20\S+ \d\d:\d\d: {told}", first)
    assert re.fullmatch(r"what it held before is kept as \S+/gatewatch\.db\.before-restore-20\S+", second)
    assert third == "1 message of then may have been sent since, and will not be; `gatewatch alerts resend ID` sends one"
    assert fourth == "  3f2a90b1c4d5 to desk, 2023-11-16 16:00: Finland closes four crossings"
    assert installed.call("alerts", "resend", "3f2a90b1c4d5").exit_code == 0


def test_a_restore_that_is_to_send_says_what_it_will_send(installed: Installed, tmp_path: Path) -> None:
    installed.call("backup", str(tmp_path / "b.db"))
    lines = installed.call("restore", str(tmp_path / "b.db"), "--send-pending").stdout.splitlines()
    assert lines[2] == "1 message of then will be sent as soon as `gatewatch run` is started:"


def test_a_file_that_exists_is_replaced_only_by_force(installed: Installed, tmp_path: Path) -> None:
    file = tmp_path / "b.db"
    file.write_text("something dear")
    refused = installed.call("backup", str(file))
    assert (refused.exit_code, refused.stderr) == (1, f"{file} exists already; --force replaces it\n")
    assert file.read_text() == "something dear"
    assert installed.call("backup", str(file), "--force").exit_code == 0
    assert file.read_bytes().startswith(b"SQLite format 3")


def test_a_directory_gets_a_file_named_by_the_time_and_keeps_as_many_as_are_wanted(installed: Installed, tmp_path: Path) -> None:
    there = tmp_path / "backups"
    there.mkdir()
    older = [f"gatewatch-2026-01-0{day}T0400.db{'.zst' * (day == 2)}" for day in (1, 2, 3)]
    for name in (*older, "gatewatch-of-anna.db", "notes"):
        (there / name).touch()
    said = installed.call("backup", str(there), "--compress", "--keep", "2").stdout
    left = sorted(path.name for path in there.iterdir())
    [new] = [name for name in left if name not in (*older, "gatewatch-of-anna.db", "notes")]
    assert re.fullmatch(r"gatewatch-20\d\d-\d\d-\d\dT\d{4}\.db\.zst", new)
    assert left == sorted([new, older[2], "gatewatch-of-anna.db", "notes"])
    assert [line for line in said.splitlines() if line.startswith("deleted")] == [f"deleted {there / name}" for name in older[:2]]


def test_a_backup_that_fails_deletes_no_older_one(installed: Installed, tmp_path: Path) -> None:
    there = tmp_path / "backups"
    there.mkdir()
    (there / "gatewatch-2026-01-01T0400.db").touch()
    (there / "gatewatch-2026-01-02T0400.db").touch()
    with Store.open(installed.database) as store:
        store._execute("PRAGMA foreign_keys = OFF")
        store._execute("DELETE FROM alerts")
    failed = installed.call("backup", str(there), "--keep", "1")
    assert failed.exit_code == 1
    assert "is damaged" in failed.stderr
    assert len(list(there.iterdir())) == 2


def test_what_makes_no_sense_is_wrong_usage(installed: Installed, tmp_path: Path) -> None:
    assert installed.call("backup", str(tmp_path / "b.db"), "--keep", "2").exit_code == 2
    assert installed.call("backup", str(installed.database), "--force").exit_code == 2
    assert installed.call("restore", str(tmp_path / "none.db")).exit_code == 2
    assert installed.call("restore", str(installed.database)).exit_code == 2


def test_a_place_that_cannot_be_written_is_told(installed: Installed, tmp_path: Path) -> None:
    failed = installed.call("backup", str(tmp_path / "nowhere" / "b.db"))
    assert failed.exit_code == 1
    assert "No such file or directory" in failed.stderr


def test_check_of_a_sound_database_is_silent_also_while_somebody_writes(installed: Installed) -> None:
    with Store.open(installed.database) as store, store.transaction():
        done = installed.call("check", "--db")
    assert (done.exit_code, done.output) == (0, "")


def test_check_tells_a_line_for_each_row_that_is_wrong_and_exits_with_1(installed: Installed) -> None:
    with Store.open(installed.database) as store:
        store._execute("UPDATE deliveries SET cause = 'whim', unless = 'gone'")
    done = installed.call("check", "--db")
    assert done.exit_code == 1
    assert done.stdout.splitlines() == [
        "deliveries 1: `cause` can't be read: 'whim' is not a valid Cause; `gatewatch restore FILE` puts a backup back",
        "deliveries 1: waits for the acknowledgement of an alert that is not there; `gatewatch restore FILE` puts a backup back",
    ]
    (told,) = installed.told("check", "--db")
    assert [each["row"] for each in told["findings"]] == ["deliveries 1", "deliveries 1"]


def test_check_tells_of_an_alert_of_today_that_a_route_takes_and_nobody_gets(installed: Installed) -> None:
    with Store.open(installed.database) as store, store.transaction():
        store.queue_alert(an_alert("a2", at=datetime.now(UTC)), [], NOW)
    done = installed.call("check", "--db")
    what = "has no delivery, though a route takes it; `gatewatch alerts resend ID` sends it to a channel that you name"
    assert (done.exit_code, done.stdout) == (1, f"alerts a2: {what}\n")


def test_check_without_a_database_says_so(installed: Installed) -> None:
    installed.database.unlink()
    done = installed.call("check", "--db")
    assert done.exit_code == 1
    assert "there is no database" in done.stderr
