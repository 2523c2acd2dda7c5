"""The machine itself: what the other tests rest on."""

from __future__ import annotations

import socket

from .machine import Machine
from .station import Station


def test_a_power_cut_loses_what_was_not_synced_and_nothing_else(_station: Station) -> None:
    machine = _station.machine
    machine.run("sh", "-c", "echo kept > /var/synced && sync /var/synced && echo lost > /var/unsynced")
    machine.cut_power()
    machine.boot()
    _station.open_far_ends()
    assert machine.read("/var/synced") == "kept\n"
    assert not machine.exists("/var/unsynced")


def test_nothing_of_this_machine_but_its_distribution_is_seen(machine: Machine) -> None:
    seen = set(machine.run("ls", "/").stdout.split())
    assert seen - {"bin", "lib", "lib32", "lib64", "libx32", "sbin"} == set(
        ["dev", "etc", "home", "proc", "root", "run", "srv", "sys", "tmp", "usr", "var"]
    )
    for directory in ("/home", "/root", "/tmp", "/usr/local"):
        assert not machine.run("find", directory, "-mindepth", "1", "-not", "-path", "*/.*", "-type", "f").stdout


def test_it_reaches_no_network(machine: Machine) -> None:
    with socket.create_server(("0.0.0.0", 0)) as server:
        port = server.getsockname()[1]
        knock = f"import socket; socket.create_connection(('127.0.0.1', {port}), 2)"
        refused = machine.run("python3", "-c", knock, check=False)
    assert "ConnectionRefusedError" in refused.stderr
    assert machine.run("sh", "-c", "ls /sys/class/net").stdout.split() == ["lo"]
