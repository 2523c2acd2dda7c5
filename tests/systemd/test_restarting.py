from __future__ import annotations

from .station import Station
from .waiting import wait_for


def test_a_killed_service_is_started_again_and_tells_what_came_meanwhile_and_nothing_twice(station: Station) -> None:
    station.drop_in("Service", RestartSec="1s")
    station.start_and_seed()
    station.feeds.publish("Here is gatekeyword1")
    wait_for(lambda: station.deliveries().get("Here is gatekeyword1") == "delivered")
    before = station.signal("KILL")
    station.feeds.publish("Here is gatekeyword2")
    station.mailbox.told("gatekeyword2")
    assert station.pid() != before
    assert station.state()["NRestarts"] == "1"
    assert len(station.mailbox.mails("gatekeyword1")) == 1


def test_kills_in_the_middle_of_work_lose_nothing_and_repeat_only_what_was_in_flight(station: Station) -> None:
    station.drop_in("Service", RestartSec="100ms")
    station.start_and_seed()
    words = [f"gatekeyword{n}" for n in range(1, 7)]
    for first in (0, 3):
        station.feeds.publish(*(f"Here is {word}" for word in words[first : first + 3]))
        station.mailbox.told(words[first])
        station.runs_anew(station.signal("KILL"))
    for word in words:
        station.mailbox.told(word)
    repeated = sum(len(station.mailbox.mails(word)) - 1 for word in words)
    assert repeated <= 2
