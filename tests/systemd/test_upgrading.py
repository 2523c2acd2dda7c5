from __future__ import annotations

from pathlib import Path

import pytest

from .package import OLDER
from .station import CONFIG, RULES, Station, rule
from .waiting import wait_for


@pytest.fixture
def outdated(bare: Station, old_package: Path) -> Station:
    """The older package at work."""
    bare.install(old_package)
    bare.configure()
    bare.start_and_seed()
    assert bare.version() == OLDER
    return bare


def test_an_upgrade_restarts_the_service_and_keeps_what_was_edited(outdated: Station, new_package: Path) -> None:
    before, config, rules = outdated.pid(), outdated.machine.read(CONFIG), outdated.machine.read(RULES)
    outdated.install(new_package)
    outdated.runs_anew(before)
    assert outdated.version() != OLDER
    assert (outdated.machine.read(CONFIG), outdated.machine.read(RULES)) == (config, rules)


def test_an_upgrade_tells_nothing_again_and_goes_on_with_what_is_new(outdated: Station, new_package: Path) -> None:
    outdated.publish("Here is gatekeyword1")
    outdated.told("gatekeyword1")
    before = outdated.pid()
    outdated.install(new_package)
    outdated.runs_anew(before)
    outdated.publish("Here is gatekeyword2")
    outdated.told("gatekeyword2")
    assert len(outdated.mails_about("gatekeyword1")) == 1
    assert outdated.log().count("event=seeded") == 1


def test_an_upgrade_that_brings_a_service_to_rest_leaves_it_at_rest(outdated: Station, new_package: Path) -> None:
    outdated.stop()
    outdated.install(new_package)
    assert not outdated.runs()


def test_a_broken_configuration_does_not_break_the_upgrade(outdated: Station, new_package: Path) -> None:
    outdated.machine.write(RULES, rule("desk-keyword", "gatekeyword") + 'colour = "red"\n')
    done = outdated.install(new_package)
    assert f"{RULES}:" in done.stdout + done.stderr
    assert outdated.version() != OLDER
    wait_for(outdated.runs)
