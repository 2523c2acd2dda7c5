from __future__ import annotations

from pathlib import Path

import pytest

from .packages import dpkg, install
from .station import CONFIG, SECRET, STATE, Station

#: Where something of a package could be left.
PLACES = ("/etc", "/var/lib", "/usr", "/run")


@pytest.fixture(scope="module")
def removed(running: Station) -> Station:
    """Taken off while it was at work."""
    dpkg(running.machine, "--remove", "gatewatch")
    return running


def test_a_removal_stops_the_service_and_leaves_configuration_and_state(removed: Station) -> None:
    assert removed.state()["ActiveState"] == "inactive"
    for path in (CONFIG, SECRET, f"{STATE}/gatewatch.db"):
        assert removed.machine.exists(path)
    for path in ("/usr/lib/gatewatch", "/usr/bin/gatewatch", "/lib/systemd/system/gatewatch.service"):
        assert not removed.machine.exists(path)


def test_what_is_installed_again_goes_on_where_it_was(removed: Station, new_package: Path) -> None:
    removed.feeds.publish("Here is gatekeyword1")
    install(removed.machine, new_package)
    removed.start()
    removed.mailbox.told("gatekeyword1")


def test_a_purge_leaves_nothing(removed: Station) -> None:
    dpkg(removed.machine, "--purge", "gatewatch")
    found = removed.machine.run("find", *PLACES, "-xdev", "-name", "*gatewatch*", check=False)
    assert found.stdout == ""
