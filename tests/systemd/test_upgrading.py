from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import prepared
from .far_ends import DUTY
from .packages import OLDER, install, version_on
from .station import BROKEN, BROKEN_AT, CONFIG, RULES, STATE, UNIT, Station

OLDER_SCHEMA = Path(__file__).parents[1] / "store/released/004.sql"


@pytest.fixture(scope="module")
def outdated(bare: Station, old_package: Path) -> Station:
    """The older package, enabled and at work."""
    station = prepared(bare, old_package, OLDER)
    station.machine.run("systemctl", "enable", UNIT)
    station.start_and_seed()
    return station


@pytest.fixture(scope="module")
def upgraded(outdated: Station, new_package: Path) -> Station:
    """It has told one alert before it was upgraded, and its files were edited."""
    outdated.feeds.publish("Here is gatekeyword1")
    outdated.mailbox.told("gatekeyword1")
    before = outdated.pid()
    install(outdated.machine, new_package)
    outdated.runs_anew(before)
    return outdated


def test_an_upgrade_keeps_what_was_edited_and_a_backup_of_what_was_known(upgraded: Station, newest: str) -> None:
    assert version_on(upgraded.machine) == newest != OLDER
    assert DUTY in upgraded.machine.read(CONFIG)
    assert "gatekeyword" in upgraded.machine.read(RULES)
    assert ".db" in upgraded.machine.run("ls", f"{STATE}/backups").stdout


def test_an_upgrade_tells_nothing_again_and_goes_on_with_what_is_new(upgraded: Station) -> None:
    upgraded.feeds.publish("Here is gatekeyword2")
    upgraded.mailbox.told("gatekeyword2")
    assert len(upgraded.mailbox.mails("gatekeyword1")) == 1


def test_a_broken_rule_is_told_by_the_upgrade_and_does_not_keep_the_service_from_starting(
    upgraded: Station, new_package: Path
) -> None:
    before = upgraded.pid()
    upgraded.machine.write(RULES, BROKEN)
    assert BROKEN_AT in install(upgraded.machine, new_package)
    upgraded.runs_anew(before)


def test_an_upgrade_leaves_a_service_at_rest_at_rest(upgraded: Station, new_package: Path) -> None:
    upgraded.stop()
    install(upgraded.machine, new_package)
    assert upgraded.state()["ActiveState"] == "inactive"


def test_a_database_of_an_older_schema_is_taken_over_at_the_first_start(upgraded: Station) -> None:
    upgraded.stop()
    upgraded.configure()
    upgraded.machine.run("rm", "-rf", STATE)
    make = "import sqlite3, sys; sqlite3.connect(sys.argv[1]).executescript(sys.stdin.read())"
    upgraded.machine.run("mkdir", "--parents", "--mode=700", STATE)
    upgraded.machine.run("/usr/bin/python3", "-c", make, f"{STATE}/gatewatch.db", text=OLDER_SCHEMA.read_text())
    upgraded.start()
    upgraded.stop()
    checked = upgraded.gatewatch("check", "--db")
    assert checked.stdout + checked.stderr == ""
    assert upgraded.gatewatch("alerts").stdout
