from __future__ import annotations

from .station import OPERATOR, RULES, Station, rule

BROKEN = rule("desk-keyword", "gatekeyword") + 'colour = "red"\n'

#: Where the unknown key stands: the last line of BROKEN.
LINE = BROKEN.count("\n")


def test_a_new_rule_counts_after_a_reload_and_the_log_names_it(station: Station) -> None:
    station.start_and_seed()
    before = station.pid()
    station.machine.write(RULES, rule("desk-keyword", "gatekeyword") + rule("desk-second", "secondword"))
    assert station.reload().returncode == 0
    station.logged("desk-second")
    station.publish("Here is secondword1")
    station.told("secondword1")
    assert station.pid() == before


def test_a_broken_rule_makes_systemctl_reload_fail_with_file_line_and_column(station: Station) -> None:
    station.start_and_seed()
    before = station.pid()
    station.machine.write(RULES, BROKEN)
    assert station.reload().returncode != 0
    station.logged(f"{RULES}:{LINE}:")
    assert "colour" in station.log()
    assert station.runs()
    assert station.pid() == before


def test_what_ran_before_a_broken_reload_still_runs(station: Station) -> None:
    station.start_and_seed()
    station.machine.write(RULES, BROKEN.replace("gatekeyword", "otherword"))
    station.reload()
    station.publish("Here is gatekeyword1", "Here is otherword1")
    station.told("gatekeyword1")
    assert not station.mails_about("otherword1")


def test_a_rule_whose_test_fails_is_not_taken(station: Station) -> None:
    station.start_and_seed()
    failing = rule("desk-second", "secondword").replace("Here is secondword0", "Here is nothing of the kind")
    station.machine.write(RULES, rule("desk-keyword", "gatekeyword") + failing)
    assert station.reload().returncode != 0
    station.logged("desk-second")
    station.publish("Here is secondword1", "Here is gatekeyword1")
    station.told("gatekeyword1")
    assert not station.mails_about("secondword1")


def test_a_bare_hangup_with_a_broken_rule_keeps_what_ran_and_tells_the_operator_once(station: Station) -> None:
    station.start_and_seed()
    before = station.pid()
    station.machine.write(RULES, BROKEN)
    for _ in range(2):
        station.signal("HUP")
        station.told("desk.toml", OPERATOR)
        station.publish("Here is gatekeyword in the meantime")
    station.told("gatekeyword")
    assert station.pid() == before
    assert len(station.mails_about("desk.toml", OPERATOR)) == 1


def test_the_operator_hears_when_the_rules_are_right_again(station: Station) -> None:
    station.start_and_seed()
    station.machine.write(RULES, BROKEN)
    station.signal("HUP")
    station.told("desk.toml", OPERATOR)
    station.machine.write(RULES, rule("desk-second", "secondword"))
    assert station.reload().returncode == 0
    station.publish("Here is secondword1")
    station.told("secondword1")
    assert len(station.mails(OPERATOR)) == 2
