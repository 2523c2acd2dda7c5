from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import prepared
from .station import UNIT, Station
from .waiting import wait_for


@pytest.fixture(scope="module")
def watched(bare: Station, new_package: Path, newest: str) -> Station:
    """Hangs are found in seconds, and what has to be killed is."""
    station = prepared(bare, new_package, newest)
    station.be_impatient()
    station.drop_in("Service", WatchdogSec="4s", TimeoutAbortSec="1s", RestartSec="100ms")
    station.start_and_seed()
    return station


def test_a_healthy_service_is_left_alone_for_longer_than_the_watchdog_waits(watched: Station) -> None:
    def last_sign_of_life() -> float:
        """In seconds since the boot of this machine."""
        shown = watched.machine.show(UNIT, "WatchdogTimestampMonotonic")
        return int(shown["WatchdogTimestampMonotonic"]) / 1e6

    first = last_sign_of_life()
    wait_for(lambda: last_sign_of_life() > first + 5, 20, "for signs of life")
    assert watched.state()["NRestarts"] == "0"


def test_a_main_process_that_stands_still_is_replaced_and_nothing_is_lost(watched: Station) -> None:
    before = watched.signal("STOP")
    watched.feeds.publish("Here is gatekeyword1")
    watched.runs_anew(before)
    watched.mailbox.told("gatekeyword1")
    assert "Watchdog timeout" in watched.log()


def test_a_courier_that_hangs_for_ever_is_found_and_what_it_held_goes_out_after_the_restart(watched: Station) -> None:
    before = watched.pid()
    watched.mailbox.trickle()
    watched.feeds.publish("Here is gatekeyword2")
    watched.runs_anew(before)
    watched.mailbox.recover()
    watched.mailbox.told("gatekeyword2")
    assert "courier duty has not reported" in watched.log()
