from __future__ import annotations

from .station import CONFIG, UNIT, Station

STATE = "/var/lib/private/gatewatch"


def test_removal_stops_it_and_leaves_configuration_and_state(station: Station) -> None:
    station.start_and_seed()
    station.dpkg("--remove", "gatewatch")
    assert station.machine.show(UNIT, "LoadState", "ActiveState") == {
        "LoadState": "not-found",
        "ActiveState": "inactive",
    }
    assert station.machine.exists(CONFIG)
    assert station.machine.exists("/etc/gatewatch/secrets/mail-password")
    assert station.machine.exists(f"{STATE}/gatewatch.db")
    assert not station.machine.exists("/usr/lib/gatewatch")
    assert not station.machine.exists("/usr/bin/gatewatch")


def test_a_purge_leaves_nothing(station: Station) -> None:
    station.start_and_seed()
    station.dpkg("--purge", "gatewatch")
    found = station.machine.run(
        "find", "/etc", "/var/lib", "/usr", "/run", "-xdev", "-name", "*gatewatch*", check=False
    )
    assert found.stdout == ""


def test_what_was_removed_can_be_installed_again_and_goes_on_where_it_was(
    station: Station, new_package: object
) -> None:
    station.start_and_seed()
    station.dpkg("--remove", "gatewatch")
    station.publish("Here is gatekeyword1")
    station.install(new_package)  # type: ignore[arg-type]
    station.start()
    station.told("gatekeyword1")
