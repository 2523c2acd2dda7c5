from __future__ import annotations

import getpass
import sqlite3
from datetime import timedelta

import pytest

from gatewatch.store import Store
from gatewatch.store.acks import Ack

from .installed import Installed
from .samples import HOSTILE, NOW, an_alert, queue

IDS = ("3f2a90b1c4d5", "3f2a77e0aa10", "9b01c2d3e4f5")


@pytest.fixture
def told(installed: Installed) -> Installed:
    queue(installed.database, *(an_alert(id) for id in IDS))
    return installed


def test_an_alert_is_acknowledged_with_a_name_and_a_note(told: Installed) -> None:
    result = told.call("ack", "9b01c2d3e4f5", "--by", "Ann", "--note", "calling the desk in Vaalimaa")
    assert result.exit_code == 0
    assert result.stdout.startswith("9b01c2d3e4f5 is acknowledged by Ann: Valtioneuvosto päätti")
    with Store.open(told.database) as store:
        ack = store.ack_of("9b01c2d3e4f5")
    assert ack is not None
    assert (ack.by, ack.note) == ("Ann", "calling the desk in Vaalimaa")


def test_the_list_and_the_alert_itself_show_who_acknowledged_it(told: Installed) -> None:
    told.call("ack", "9b01c2d3e4f5", "--by", "Ann", "--note", "calling the desk")
    rows = told.call("alerts").stdout.splitlines()
    assert [("Ann" in row) for row in rows if "9b01c2d3e4f5" in row] == [True]
    assert sum("Ann" in row for row in rows) == 1
    shown = told.call("alerts", "show", "9b01c2d3e4f5").stdout
    assert "Ann, " in shown
    assert ": calling the desk" in shown
    assert "Ann" not in told.call("alerts", "show", "3f2a77e0aa10").stdout


def test_json_has_it_in_the_list_and_in_the_alert(told: Installed) -> None:
    (said,) = told.told("ack", "9b01c2d3e4f5", "--by", "Ann")
    assert said["first"] is True
    assert said["acknowledged"]["by"] == "Ann"
    listed = {alert["id"]: alert["acknowledged"] for alert in told.told("alerts")}
    assert listed == {**dict.fromkeys(IDS), "9b01c2d3e4f5": said["acknowledged"]}
    (shown,) = told.told("alerts", "show", "9b01c2d3e4f5")
    assert shown["acknowledged"] == said["acknowledged"]


def test_a_second_one_is_told_who_was_first_and_changes_nothing(told: Installed) -> None:
    told.call("ack", "9b01c2d3e4f5", "--by", "Ann", "--note", "mine")
    result = told.call("ack", "9b01c2d3e4f5", "--by", "Bo", "--note", "no, mine")
    assert result.exit_code == 0
    assert "was acknowledged already: Ann, " in result.stdout
    assert result.stdout.endswith(": mine\n")
    (said,) = told.told("ack", "9b01c2d3e4f5", "--by", "Bo")
    assert (said["first"], said["acknowledged"]["by"]) == (False, "Ann")


@pytest.mark.parametrize("given", ["9b01", "9B01C2", "9b01c2d3e4f5"])
def test_an_id_can_be_shortened(told: Installed, given: str) -> None:
    assert told.call("ack", given, "--by", "Ann").stdout.startswith("9b01c2d3e4f5 is acknowledged")
    assert told.told("alerts", "show", given)[0]["id"] == "9b01c2d3e4f5"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("3f2a", "begins the ids of several alerts: 3f2a77e0aa10, 3f2a90b1c4d5"),
        ("9b0", "can be shortened to 4 characters, not further"),
        ("9b01c2d3e4f6", "the nearest ids are 9b01c2d3e4f5"),
        ("zzzzzzzz", "`gatewatch alerts` lists them"),
        ("", "there is no alert ''"),
        ("9b01%", "the nearest ids are 9b01c2d3e4f5"),
        ("9c01", "the nearest ids are 9b01c2d3e4f5"),
    ],
)
def test_an_id_that_names_no_alert_or_several_acknowledges_none(told: Installed, given: str, words: str) -> None:
    result = told.call("ack", given, "--by", "Ann")
    assert result.exit_code == 1
    assert words in result.stderr
    assert [alert["acknowledged"] for alert in told.told("alerts")] == [None] * 3


def test_without_a_name_it_is_the_user_who_typed_it(told: Installed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SUDO_USER", raising=False)
    assert f"by {getpass.getuser()}: " in told.call("ack", "9b01").stdout
    monkeypatch.setenv("SUDO_USER", "ann")
    assert "by ann: " in told.call("ack", "3f2a7").stdout


def test_nobody_is_no_name(told: Installed) -> None:
    result = told.call("ack", "9b01", "--by", " \n")
    assert result.exit_code == 2
    assert "--by" in result.stderr


def test_a_name_and_a_note_stay_on_one_line_and_off_the_terminal(told: Installed) -> None:
    told.call("ack", "9b01", "--by", "Ann\x1b[31m\nBo", "--note", HOSTILE.replace("\x00", ""))
    for arguments in (["alerts"], ["alerts", "show", "9b01"], ["ack", "9b01"]):
        assert not set(told.call(*arguments).stdout) & set("\x1b\u202e\u2028\u2066")


def test_without_a_database_it_says_what_to_do_and_makes_none(installed: Installed) -> None:
    result = installed.call("ack", "9b01", "--by", "Ann")
    assert result.exit_code == 1
    assert "start `gatewatch run` first" in result.stderr
    assert not installed.database.exists()


def test_the_store_keeps_the_first_acknowledgement_alone(told: Installed) -> None:
    first = Ack(IDS[0], NOW, "Ann")
    with Store.open(told.database) as store:
        assert store.ack_of(IDS[0]) is None
        assert store.acknowledge(first) == first
        assert store.acknowledge(Ack(IDS[0], NOW - timedelta(days=1), "Bo", "earlier by the clock")) == first
        assert store.ack_of(IDS[0]) == first
        assert store.ack_of(IDS[1]) is None


def test_an_alert_that_was_never_told_can_not_be_acknowledged(told: Installed) -> None:
    with Store.open(told.database) as store, pytest.raises(sqlite3.IntegrityError):
        store.acknowledge(Ack("nothing", NOW, "Ann"))
