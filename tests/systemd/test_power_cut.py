from __future__ import annotations

from .station import UNIT, Station
from .waiting import wait_for


def test_after_a_power_cut_it_starts_by_itself_and_what_it_had_taken_in_is_told(station: Station) -> None:
    station.machine.run("systemctl", "enable", UNIT)
    station.machine.run("sync")
    station.start_and_seed()
    station.publish("Here is gatekeyword1")
    station.told("gatekeyword1")
    station.mail_server_is("trickle")
    station.publish("Here is gatekeyword2")
    wait_for(lambda: "gatekeyword2" in station.alerts())
    station.publish()
    station.machine.cut_power()
    station.publish("Here is gatekeyword3")
    station.mail_server_is("well")
    station.machine.boot()
    station.open_far_ends()
    wait_for(station.runs)
    for word in ("gatekeyword2", "gatekeyword3"):
        station.told(word, seconds=60)
    assert len(station.mails_about("gatekeyword1")) <= 2
    assert "event=seeded" not in station.log()


def test_the_database_is_whole_after_a_power_cut_in_the_middle_of_work(station: Station) -> None:
    station.machine.run("systemctl", "enable", UNIT)
    station.machine.run("sync")
    station.start_and_seed()
    for n in range(1, 9):
        station.publish(*(f"Here is gatekeyword{n}{m}" for m in range(10)))
    station.told("gatekeyword")
    told = {word for n in range(1, 9) for m in range(10) if station.mails_about(word := f"gatekeyword{n}{m} ")}
    station.machine.cut_power()
    station.machine.boot()
    station.open_far_ends()
    wait_for(station.runs)
    station.stop()
    assert station.gatewatch("check", "--db").returncode == 0
