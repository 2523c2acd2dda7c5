from __future__ import annotations

from .station import Station
from .waiting import wait_for

#: Short, and longer than what a healthy service needs to say that it lives.
PATIENCE = "4s"


def test_a_stopped_main_process_is_killed_and_started_anew(station: Station) -> None:
    station.drop_in("Service", WatchdogSec=PATIENCE, RestartSec="1s", TimeoutAbortSec="2s")
    station.start_and_seed()
    before = station.signal("STOP")
    station.publish("Here is gatekeyword1")
    station.runs_anew(before)
    station.told("gatekeyword1")
    station.logged("Watchdog timeout")
    assert len(station.mails_about("gatekeyword1")) == 1


def test_a_courier_that_hangs_for_ever_is_found_and_what_it_held_arrives(station: Station) -> None:
    station.be_impatient()
    station.drop_in("Service", WatchdogSec=PATIENCE, RestartSec="1s", TimeoutAbortSec="2s")
    station.start_and_seed()
    before = station.pid()
    station.mail_server_is("trickle")
    station.publish("Here is gatekeyword1")
    station.runs_anew(before, seconds=60)
    station.mail_server_is("well")
    station.told("gatekeyword1")
    station.logged("Watchdog timeout")


def test_a_healthy_service_outlives_its_watchdog(station: Station) -> None:
    station.drop_in("Service", WatchdogSec=PATIENCE)
    station.start_and_seed()
    before = station.machine.show("gatewatch.service", "WatchdogTimestampMonotonic")
    last = int(before["WatchdogTimestampMonotonic"])

    def pinged_past_the_limit() -> bool:
        now = station.machine.show("gatewatch.service", "WatchdogTimestampMonotonic")
        return int(now["WatchdogTimestampMonotonic"]) - last > 5_000_000

    wait_for(pinged_past_the_limit, 20, "for pings of the watchdog")
    assert station.state()["NRestarts"] == "0"
