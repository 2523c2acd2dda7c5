from __future__ import annotations

from pathlib import Path

import pytest

from .packages import OLDER, install, version_on
from .station import BROKEN, BROKEN_AT, CONFIG, RULES, STATE, UNIT, Station


@pytest.fixture
def outdated(station: Station, old_package: Path) -> Station:
    """The older package, enabled and at work."""
    install(station.machine, old_package)
    station.clear()
    station.configure()
    station.machine.run("systemctl", "enable", UNIT)
    station.start_and_seed()
    return station


def test_an_upgrade_keeps_edits_and_state_restarts_the_service_and_tells_nothing_again(
    outdated: Station, new_package: Path, newest: str
) -> None:
    outdated.feeds.publish("Here is gatekeyword1")
    outdated.mailbox.told("gatekeyword1")
    before, config, rules = outdated.pid(), outdated.machine.read(CONFIG), outdated.machine.read(RULES)
    install(outdated.machine, new_package)
    outdated.runs_anew(before)
    assert version_on(outdated.machine) == newest != OLDER
    assert (outdated.machine.read(CONFIG), outdated.machine.read(RULES)) == (config, rules)
    assert outdated.machine.run("sh", "-c", f"ls {STATE}/backups/*.db").returncode == 0
    outdated.feeds.publish("Here is gatekeyword2")
    outdated.mailbox.told("gatekeyword2")
    assert len(outdated.mailbox.mails("gatekeyword1")) == 1


def test_an_upgrade_leaves_a_service_at_rest_at_rest_whatever_its_rules_are_like(
    station: Station, new_package: Path, newest: str
) -> None:
    station.machine.write(RULES, BROKEN)
    install(station.machine, new_package)
    assert station.state()["ActiveState"] == "inactive"
    assert version_on(station.machine) == newest


def test_a_broken_rule_is_told_by_the_upgrade_and_does_not_keep_the_service_from_starting(
    station: Station, new_package: Path
) -> None:
    station.machine.run("systemctl", "enable", UNIT)
    station.start_and_seed()
    before = station.pid()
    station.machine.write(RULES, BROKEN)
    assert BROKEN_AT in install(station.machine, new_package)
    station.runs_anew(before)
