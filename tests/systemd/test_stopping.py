from __future__ import annotations

import time

from .station import Station
from .waiting import wait_for


def test_a_stop_waits_for_no_channel_that_hangs_and_the_message_goes_out_after_the_next_start(station: Station) -> None:
    station.start_and_seed()
    station.mail_server_is("trickle")
    station.publish("Here is gatekeyword1")
    wait_for(lambda: "gatekeyword1" in station.alerts())
    began = time.monotonic()
    station.stop()
    assert time.monotonic() - began < 25
    state = station.state()
    assert (state["ActiveState"], state["Result"], state["ExecMainStatus"]) == ("inactive", "success", "0")
    station.mail_server_is("well")
    station.start()
    station.told("gatekeyword1")


def test_a_stop_at_rest_takes_no_time(station: Station) -> None:
    station.start_and_seed()
    began = time.monotonic()
    station.stop()
    assert time.monotonic() - began < 3
    assert station.state()["Result"] == "success"
