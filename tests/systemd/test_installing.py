from __future__ import annotations

from pathlib import Path

from .station import UNIT, Station


def test_what_is_installed_does_not_start_before_it_is_configured(bare: Station, new_package: Path) -> None:
    bare.install(new_package)
    state = bare.machine.show(UNIT, "LoadState", "ActiveState", "UnitFileState")
    assert state == {"LoadState": "loaded", "ActiveState": "inactive", "UnitFileState": "disabled"}


def test_the_configuration_that_is_installed_is_right(installed: Station) -> None:
    checked = installed.gatewatch("check")
    assert checked.stdout + checked.stderr == ""


def test_enable_now_starts_it_and_it_says_what_it_does(station: Station) -> None:
    station.publish("Old news of last week")
    station.machine.run("systemctl", "enable", "--now", UNIT)
    try:
        state = station.state()
        assert (state["ActiveState"], state["SubState"], state["NRestarts"]) == ("active", "running", "0")
        assert "1/1 sources ok, 0 pending" in state["StatusText"]
        assert station.machine.show(UNIT, "UnitFileState") == {"UnitFileState": "enabled"}
    finally:
        station.machine.run("systemctl", "disable", UNIT)


def test_it_runs_from_its_package_as_a_user_of_its_own_without_any_right(station: Station) -> None:
    station.start_and_seed()
    status = station.machine.read(f"/proc/{station.pid()}/status")
    facts = dict(line.split(":\t", 1) for line in status.splitlines() if ":\t" in line)
    assert facts["CapEff"] == facts["CapBnd"] == "0" * 16
    assert (facts["NoNewPrivs"], facts["Seccomp"]) == ("1", "2")
    assert facts["Uid"].split()[0] not in ("0", "65534")
    mapped = station.machine.read(f"/proc/{station.pid()}/maps")
    libraries = {line.split()[-1] for line in mapped.splitlines() if ".so" in line}
    assert all(path.startswith("/usr/lib/") for path in libraries), libraries


def test_its_state_is_its_own(station: Station) -> None:
    station.start_and_seed()
    listed = station.machine.run(
        "stat", "--dereference", "--format=%a", "/var/lib/gatewatch/gatewatch.db", "/var/lib/private/gatewatch"
    )
    assert listed.stdout.split() == ["600", "700"]
