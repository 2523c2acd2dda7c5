from __future__ import annotations

from pathlib import Path

from .packages import dpkg, install
from .station import CONFIG, SECRET, STATE, Station


def test_a_removal_leaves_configuration_and_state_and_another_installation_goes_on_where_it_was(
    station: Station, new_package: Path
) -> None:
    station.start_and_seed()
    dpkg(station.machine, "--remove", "gatewatch")
    assert station.state()["ActiveState"] == "inactive"
    for path in (CONFIG, SECRET, f"{STATE}/gatewatch.db"):
        assert station.machine.exists(path)
    for path in ("/usr/lib/gatewatch", "/usr/bin/gatewatch", "/lib/systemd/system/gatewatch.service"):
        assert not station.machine.exists(path)
    station.feeds.publish("Here is gatekeyword1")
    install(station.machine, new_package)
    station.start()
    station.mailbox.told("gatekeyword1")


def test_a_purge_leaves_nothing(station: Station) -> None:
    station.start_and_seed()
    dpkg(station.machine, "--purge", "gatewatch")
    command = ("find", "/etc", "/var/lib", "/usr", "/run", "-xdev", "-name", "*gatewatch*")
    assert station.machine.run(*command, check=False).stdout == ""
