"""What the service costs, printed for whoever runs the tests. The limits are far off: they find what has gone wrong."""

from __future__ import annotations

import os
import time

import pytest

from .station import UNIT, Station
from .waiting import wait_for

SOURCES = 140
SECONDS = 5.0


@pytest.fixture
def many(station: Station) -> Station:
    """At work and with nothing to do: it knows what many sources have shown so far."""
    names = [f"feed{n}" for n in range(SOURCES)]
    station.configure(sources=names, every="5m")
    for name in names:
        station.feeds.publish("Old news of last week", "Older news", feed=name)
    station.drop_in("Service", Type="oneshot", Restart="no", ExecStart="\nExecStart=/usr/bin/gatewatch run --once")
    station.start()  # the first polls, which a service would take its time for
    station.revert()
    station.start()
    return station


def test_it_is_ready_in_seconds_and_hardly_felt(many: Station, capsys: pytest.CaptureFixture[str]) -> None:
    wait_for(lambda: share_of_a_core(many, 1.0) < 0.05, what="for it to rest after the start")
    ready, share, memory = seconds_to_ready(many), share_of_a_core(many, SECONDS), resident_megabytes(many)
    with capsys.disabled():
        print(f"\n{SOURCES} sources: ready after {ready * 1000:.0f} ms, {memory:.0f} MB, {share:.2%} of a core at rest")
    assert ready < 15
    assert memory < 250
    assert share < 0.1


def seconds_to_ready(station: Station) -> float:
    """From the first instruction to READY, by systemd's own account."""
    told = station.machine.show(UNIT, "ActiveEnterTimestampMonotonic", "ExecMainStartTimestampMonotonic")
    return (int(told["ActiveEnterTimestampMonotonic"]) - int(told["ExecMainStartTimestampMonotonic"])) / 1e6


def resident_megabytes(station: Station) -> float:
    status = station.machine.read(f"/proc/{station.pid()}/status")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS:")) / 1024


def share_of_a_core(station: Station, seconds: float) -> float:
    """What it uses from now on, for so long: the one sleep whose length is the question."""
    before = cpu_seconds(station)
    time.sleep(seconds)
    return (cpu_seconds(station) - before) / seconds


def cpu_seconds(station: Station) -> float:
    """What its main process has used so far."""
    fields = station.machine.read(f"/proc/{station.pid()}/stat").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
