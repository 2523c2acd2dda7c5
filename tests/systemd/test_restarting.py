from __future__ import annotations

from .station import Station
from .waiting import wait_for


def test_a_killed_service_is_started_again(station: Station) -> None:
    station.drop_in("Service", RestartSec="1s")
    station.start_and_seed()
    before = station.signal("KILL")
    station.runs_anew(before)
    assert station.state()["NRestarts"] == "1"


def test_a_kill_loses_nothing_and_tells_nothing_twice(station: Station) -> None:
    station.drop_in("Service", RestartSec="100ms")
    station.drop_in("Unit", StartLimitIntervalSec="0")
    station.start_and_seed()
    words = [f"gatekeyword{n:02}" for n in range(1, 13)]
    for round, word in enumerate(words):
        station.publish(f"Here is {word}")
        if round % 4 == 1:
            before = station.signal("KILL")
            station.runs_anew(before)
    for word in words:
        station.told(word)
    # The message that was in flight when it was killed may come again: at least once is the promise.
    twice = [word for word in words if len(station.mails_about(word)) > 1]
    assert len(twice) <= 3, twice


def test_what_was_told_before_a_kill_is_not_told_again(station: Station) -> None:
    station.drop_in("Service", RestartSec="1s")
    station.start_and_seed()
    station.publish("Here is gatekeyword1")
    station.told("gatekeyword1")
    wait_for(lambda: "delivered" in station.alerts())
    before = station.signal("KILL")
    station.runs_anew(before)
    station.publish("Here is gatekeyword2")
    station.told("gatekeyword2")
    assert len(station.mails_about("gatekeyword1")) == 1
