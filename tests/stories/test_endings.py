"""A closure whose end comes near while nobody says that it goes on is told once, by the clock."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from gatewatch.model import Alert, Rule, Severity
from gatewatch.rules import untested

from .news import Newsroom, newsroom

CLOSURES = """
[[rule]]
id = "closure"
says = "Finland closes its border"
severity = "critical"
country = "FI"
event = ["closure_announced", "closure_extended"]
"""
ENDS = """
[[rule]]
id = "ends"
says = "A closure ends tomorrow"
severity = "medium"
country = "FI"
ends = "1d"
"""
RULES = CLOSURES + ENDS

ALL = "Finland closes its entire eastern border until 13 December"
DECIDED = "The Finnish government decided on Tuesday to close all border crossings with Russia until 13 December."


def ticks(room: Newsroom, when: str) -> tuple[Alert, ...]:
    return room.pipeline.tick(datetime.fromisoformat(when).replace(tzinfo=UTC))


def a_closure(room: Newsroom) -> None:
    assert len(room.tells("2023-11-28T15:00", ALL, DECIDED, source="raja-fi")) == 1


def test_the_day_before_a_closure_ends_it_is_told_once() -> None:
    with newsroom(RULES) as room:
        a_closure(room)
        assert ticks(room, "2023-12-12T23:50") == ()
        (alert,) = ticks(room, "2023-12-13T00:00")
        assert (alert.rule, alert.event, alert.country) == ("ends", "closure_ending", "FI")
        assert alert.title == (
            "The border of FI with RU: closed until 13 December 2023, and nothing says that it is extended"
        )
        assert alert.facts[1:] == ("closed until 13 December 2023", "nothing says that it is extended")
        assert (alert.quote, alert.official) == (ALL, True)
        assert ticks(room, "2023-12-13T00:10") == ()
        assert ticks(room, "2023-12-14T00:10") == ()


def test_it_waits_in_the_outbox_like_any_other() -> None:
    with newsroom(RULES) as room:
        a_closure(room)
        (alert,) = ticks(room, "2023-12-13T00:00")
        assert [(each.alert.id, each.channel) for each in room.store.deliveries_of(alert.id)] == [(alert.id, "desk")]


def test_an_extension_that_is_known_keeps_it_silent_until_the_new_end() -> None:
    with newsroom(RULES) as room:
        a_closure(room)
        room.tells("2023-12-12T12:00", "Finland extends the closure of its eastern border until 14 January")
        assert ticks(room, "2023-12-13T12:00") == ()
        (alert,) = ticks(room, "2024-01-14T12:00")
        assert "closed until 14 January 2024" in alert.title


def test_a_rule_for_one_crossing_hears_of_no_other() -> None:
    elsewhere = ENDS.replace('"ends"', '"salla"') + 'crossing = "salla"\n'
    here = ENDS.replace('"ends"', '"vaalimaa"') + 'crossing = "vaalimaa"\n'
    with newsroom(CLOSURES + elsewhere + here) as room:
        room.tells("2023-11-28T15:00", "Finland closes the Vaalimaa border crossing until 13 December")
        (alert,) = ticks(room, "2023-12-13T12:00")
        assert alert.rule == "vaalimaa"
        assert alert.title.startswith("Vaalimaa: closed until 13 December 2023")


def test_a_draft_is_silent_and_leaves_one_row() -> None:
    with newsroom(RULES + 'status = "draft"\n') as room:
        a_closure(room)
        assert ticks(room, "2023-12-13T00:00") == ticks(room, "2023-12-13T00:10") == ()
        (story,) = room.store.border_stories()
        rows = [record for record in room.store.matches_of(story.first_item) if record.match.rule == "ends"]
        assert [(row.decision, row.reason) for row in rows] == [("draft", "the closure ends with 2023-12-13")]


def test_a_replay_looks_at_the_clock_when_the_hour_changes() -> None:
    with newsroom(RULES) as room:
        a_closure(room)
        (alert,) = room.tells("2023-12-13T09:00", "The bakery opens at seven")
        assert (alert.rule, alert.at) == ("ends", datetime(2023, 12, 13, 9, tzinfo=UTC))


@pytest.mark.parametrize("when", ["2023-11-28T15:30", "2023-12-13T09:00"])
def test_without_such_a_rule_the_clock_brings_nothing(when: str) -> None:
    with newsroom(CLOSURES) as room:
        a_closure(room)
        assert ticks(room, when) == ()


def test_such_a_rule_needs_no_tests_of_texts() -> None:
    (rule,) = [each for each in newsroom_rules() if each.id == "ends"]
    assert untested([rule]) == ()
    assert len(untested([Rule("r", "", Severity.LOW)])) == 2


def newsroom_rules() -> tuple[Rule, ...]:
    with newsroom(RULES) as room:
        return room.settings.rules
