from __future__ import annotations

from .station import CONFIG, FAILURE, OPERATOR, RULES, UNIT, Station, rule
from .waiting import wait_for


def test_a_wrong_configuration_is_not_tried_again_and_the_operator_hears_of_it(station: Station) -> None:
    station.machine.run("sh", "-c", f"echo 'colour = \"red\"' | cat - {CONFIG} > /tmp/c && cp /tmp/c {CONFIG}")
    started = station.machine.run("systemctl", "start", UNIT, check=False)
    assert started.returncode != 0
    state = station.state()
    assert (state["ActiveState"], state["ExecMainStatus"], state["NRestarts"]) == ("failed", "78", "0")
    assert f"{CONFIG}:1:1: " in station.log()
    wait_for(lambda: station.machine.show(FAILURE, "ExecMainExitTimestamp")["ExecMainExitTimestamp"])
    assert station.machine.show(FAILURE, "Result", "ExecMainStatus") == {"Result": "success", "ExecMainStatus": "0"}
    assert f"{CONFIG}:1:1: " in station.told("failed", OPERATOR).text


def test_when_the_restarts_are_used_up_the_operator_hears_of_it(station: Station) -> None:
    station.drop_in("Service", RestartSec="100ms")
    station.drop_in("Unit", StartLimitBurst="2")
    station.start_and_seed()
    for _ in range(2):
        before = station.signal("KILL")
        wait_for(lambda before=before: station.pid() not in (0, before) or station.state()["ActiveState"] == "failed")  # type: ignore[misc]
    station.told("failed", OPERATOR)
    assert station.state()["Result"] == "signal"


def test_a_service_that_runs_well_and_is_stopped_has_not_failed(station: Station) -> None:
    station.start_and_seed()
    station.stop()
    assert station.state()["ActiveState"] == "inactive"
    assert station.machine.show(FAILURE, "ExecMainStartTimestamp") == {"ExecMainStartTimestamp": ""}


def test_with_a_broken_rule_it_starts_with_the_last_good_ones_and_says_so(station: Station) -> None:
    station.start_and_seed()
    station.stop()
    station.machine.write(RULES, rule("desk-keyword", "otherword") + 'colour = "red"\n')
    station.start()
    station.publish("Here is gatekeyword1", "Here is otherword1")
    station.told("gatekeyword1")
    assert not station.mails_about("otherword1")
    told = station.told("desk.toml", OPERATOR)
    assert "colour" in told.text
    assert "colour" in station.log()
