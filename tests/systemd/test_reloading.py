from __future__ import annotations

from collections.abc import Iterator

import pytest

from .far_ends import OPERATOR
from .station import BROKEN, BROKEN_AT, RULES, Station, rule


@pytest.fixture
def at_work(running: Station) -> Iterator[Station]:
    """Whatever a test does, the process has to stay the same."""
    before = running.pid()
    yield running
    assert running.pid() == before


def test_a_new_rule_counts_after_a_reload_and_the_log_names_it(at_work: Station) -> None:
    at_work.machine.write(RULES, rule("desk-keyword", "gatekeyword") + rule("desk-second", "secondword"))
    assert at_work.reload().returncode == 0
    at_work.logged("+desk-second")
    at_work.feeds.publish("Here is secondword1")
    at_work.mailbox.told("secondword1")


def test_a_broken_rule_makes_reload_fail_with_file_line_and_column_and_the_old_rules_go_on(at_work: Station) -> None:
    at_work.machine.write(RULES, BROKEN)
    assert at_work.reload().returncode != 0
    assert BROKEN_AT in at_work.log()
    assert at_work.runs()
    at_work.feeds.publish("Here is otherword2", "Here is gatekeyword2")
    at_work.mailbox.told("gatekeyword2")
    assert not at_work.mailbox.mails("otherword")


def test_a_rule_that_fails_its_own_test_makes_reload_fail(at_work: Station) -> None:
    failing = rule("desk-third", "thirdword").replace("Here is thirdword0", "Here is nothing of the kind")
    at_work.machine.write(RULES, rule("desk-keyword", "gatekeyword") + failing)
    assert at_work.reload().returncode != 0
    assert "desk-third" in at_work.log()


def test_a_bare_hangup_with_a_broken_rule_keeps_what_ran_and_the_operator_hears_of_it_once(at_work: Station) -> None:
    at_work.machine.write(RULES, BROKEN)
    at_work.signal("HUP")
    assert BROKEN_AT in at_work.mailbox.told("is broken", OPERATOR).text
    at_work.signal("HUP")
    at_work.feeds.publish("Here is otherword3", "Here is gatekeyword3")
    at_work.mailbox.told("gatekeyword3")
    assert not at_work.mailbox.mails("otherword")
    at_work.machine.write(RULES, rule("desk-keyword", "gatekeyword"))
    assert at_work.reload().returncode == 0
    at_work.mailbox.told("recovered", OPERATOR)
    assert len(at_work.mailbox.mails("is broken", OPERATOR)) == 1
