"""The first promise, at every place: kill -9 before and after each statement and each send loses no alert.

The whole service runs: a feed over HTTP, the pipeline, and couriers for Slack, e-mail and a file, to real servers.
"""

from __future__ import annotations

import signal
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

import pytest

from .audit import audit, open_deliveries, queued
from .doomed import Doomed, doomed
from .lengths import LONG, spread

CHANNELS = ("slack", "mail", "file")
NEWS = ("Report with gatekeyword1 in it", "The weather", "Report with gatekeyword2 in it")
ALERTS = 2


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Doomed]:
    with doomed(tmp_path_factory.mktemp("doomed"), *NEWS) as opened:
        yield opened


def places(service: Doomed) -> list[tuple[str, int]]:
    return [(thread, n) for thread, events in sorted(service.places.items()) for n in range(1, len(events) + 1)]


def test_the_places_to_die_are_all_commits_statements_and_sends(service: Doomed) -> None:
    assert set(service.places) == {"writer", *CHANNELS}
    assert {"before BEGIN IMMEDIATE", "after COMMIT", "before COMMIT"} <= set(service.places["writer"])
    for channel in CHANNELS:
        events = service.places[channel]
        assert events.count("before the send") == events.count("after the send") == ALERTS
        assert events.count("before COMMIT") >= ALERTS  # a settlement each


def test_a_kill_before_or_after_any_statement_or_send_loses_no_alert(service: Doomed) -> None:
    repeated: Counter[str] = Counter()
    for place in spread(places(service), 12):
        ended = service.die_at(place)
        name = f"{place}: {service.places[place[0]][place[1] - 1]}"
        assert ended == {"code": -signal.SIGKILL, "recovered": 0}, name
        ids = queued(service.database)
        assert len(ids) == ALERTS, name
        assert audit(service.database, CHANNELS) == [], name
        assert open_deliveries(service.database) == 0, name
        for channel, arrived in service.arrived(ids).items():
            assert in_order_at_most_one_twice(arrived, ids), f"{name}: {channel} got {arrived} of {ids}"
            repeated[channel] += len(arrived) - ALERTS
    if LONG:  # some of the kills did fall between a send and its receipt
        assert set(repeated) == set(CHANNELS)
        assert all(repeated.values())


def in_order_at_most_one_twice(arrived: Sequence[str], ids: Sequence[str]) -> bool:
    """Everything came in its order; one message, which was in flight, may have come twice in a row."""
    repeats = [second for first, second in pairwise(arrived) if first == second]
    return sorted([*ids, *repeats], key=ids.index) == list(arrived) and len(repeats) <= 1
