from __future__ import annotations

import time

from .station import Station
from .waiting import wait_for


def test_a_stop_waits_for_no_channel_that_hangs_and_its_message_goes_out_after_the_next_start(station: Station) -> None:
    station.start_and_seed()
    station.mailbox.trickle()
    station.feeds.publish("Here is gatekeyword1")
    wait_for(lambda: station.deliveries().get("Here is gatekeyword1") == "sending")
    began = time.monotonic()
    station.stop()
    assert time.monotonic() - began < 30  # the unit gives it 60 seconds
    state = station.state()
    assert (state["ActiveState"], state["Result"], state["ExecMainStatus"]) == ("inactive", "success", "0")
    station.mailbox.recover()
    station.start()
    station.mailbox.told("gatekeyword1")
