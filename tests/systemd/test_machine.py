"""The machine itself: what the other tests rest on."""

from __future__ import annotations

import socket

from .station import Station

USR_MERGED = {"bin", "lib", "lib32", "lib64", "libx32", "sbin"}


def test_a_power_cut_loses_what_was_not_synced_and_nothing_else(bare: Station) -> None:
    bare.machine.run("sync")  # the far ends are to come up again
    bare.machine.run("sh", "-c", "echo kept > /var/synced && sync /var/synced && echo lost > /var/unsynced")
    bare.machine.cut_power()
    bare.machine.boot()
    assert bare.machine.read("/var/synced") == "kept\n"
    assert not bare.machine.exists("/var/unsynced")


def test_nothing_is_seen_of_this_machine_but_its_distribution(bare: Station) -> None:
    seen = set(bare.machine.run("ls", "/").stdout.split())
    assert seen - USR_MERGED == {"dev", "etc", "home", "proc", "root", "run", "srv", "sys", "tmp", "usr", "var"}
    for directory in ("/home", "/root", "/usr/local"):
        assert bare.machine.run("find", directory, "-type", "f").stdout == ""


def test_it_reaches_no_network(bare: Station) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        knock = f"import socket; socket.create_connection(('127.0.0.1', {port}), 2)"
        refused = bare.machine.run("/usr/bin/python3", "-c", knock, check=False)
    assert "ConnectionRefusedError" in refused.stderr
    assert bare.machine.run("ls", "/sys/class/net").stdout.split() == ["lo"]
