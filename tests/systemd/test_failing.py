from __future__ import annotations

from .far_ends import OPERATOR
from .station import BROKEN, BROKEN_AT, CONFIG, FAILURE, RULES, UNIT, Station
from .waiting import wait_for


def test_a_wrong_configuration_is_not_tried_again_and_the_operator_hears_of_it_by_the_last_good_one(
    station: Station,
) -> None:
    station.start_and_seed()
    station.stop()
    assert station.machine.show(FAILURE, "ExecMainStartTimestamp") == {"ExecMainStartTimestamp": ""}
    station.machine.write(CONFIG, 'colour = "red"\n' + station.machine.read(CONFIG))
    assert station.machine.run("systemctl", "start", UNIT, check=False).returncode != 0
    state = station.state()
    assert (state["ActiveState"], state["ExecMainStatus"], state["NRestarts"]) == ("failed", "78", "0")
    assert f"{CONFIG}:1:1: " in station.log()
    assert f"{CONFIG}:1:1: " in station.mailbox.told("does not run", OPERATOR).text
    ended = wait_for(lambda: station.machine.show(FAILURE, "Result", "ExecMainStatus", "ExecMainExitTimestamp"))
    assert (ended["Result"], ended["ExecMainStatus"]) == ("success", "0")


def test_when_the_restarts_are_used_up_the_operator_hears_of_it(station: Station) -> None:
    station.drop_in("Service", RestartSec="100ms")
    station.drop_in("Unit", StartLimitBurst="2")
    station.start_and_seed()
    station.runs_anew(station.signal("KILL"))
    station.signal("KILL")
    assert "it was killed" in station.mailbox.told("does not run", OPERATOR).text
    assert station.state()["ActiveState"] == "failed"


def test_with_a_broken_rule_it_starts_with_the_last_good_ones_and_the_operator_hears_of_it(station: Station) -> None:
    station.start_and_seed()
    station.stop()
    station.machine.write(RULES, BROKEN)
    station.start()
    assert BROKEN_AT in station.mailbox.told("broken rules", OPERATOR).text
    station.feeds.publish("Here is otherword1", "Here is gatekeyword1")
    station.mailbox.told("gatekeyword1")
    assert not station.mailbox.mails("otherword")
