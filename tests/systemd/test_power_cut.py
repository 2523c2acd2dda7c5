from __future__ import annotations

from .station import UNIT, Station
from .waiting import wait_for


def test_after_a_power_cut_it_starts_by_itself_and_tells_what_it_had_taken_in_and_what_came_meanwhile(
    station: Station,
) -> None:
    station.machine.run("systemctl", "enable", UNIT)
    station.machine.run("sync")  # what was installed and edited is long on the disk
    station.start_and_seed()
    station.feeds.publish("Here is gatekeyword1")
    station.mailbox.told("gatekeyword1")
    station.mailbox.trickle()
    station.feeds.publish("Here is gatekeyword2")
    wait_for(lambda: station.deliveries().get("Here is gatekeyword2") == "sending")
    station.machine.cut_power()
    station.feeds.publish("Here is gatekeyword3")
    station.mailbox.recover()
    station.machine.boot()
    for word in ("gatekeyword2", "gatekeyword3"):
        station.mailbox.told(word)
    assert len(station.mailbox.mails("gatekeyword1")) <= 2
    station.stop()
    checked = station.gatewatch("check", "--db")
    assert checked.stdout + checked.stderr == ""
