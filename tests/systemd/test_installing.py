from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import prepared
from .packages import install
from .station import CONFIG, STATE, UNIT, Station


def test_what_is_installed_is_right_as_it_is_and_does_not_start_before_it_is_looked_at(
    bare: Station, new_package: Path
) -> None:
    told = install(bare.machine, new_package)
    assert CONFIG in told
    assert f"systemctl enable --now {UNIT.removesuffix('.service')}" in told
    state = bare.state()
    assert (state["ActiveState"], state["UnitFileState"]) == ("inactive", "disabled")
    checked = bare.gatewatch("check")
    assert checked.stdout + checked.stderr == ""


@pytest.fixture(scope="module")
def enabled(bare: Station, new_package: Path, newest: str) -> Station:
    """Configured, and enabled as the package says."""
    station = prepared(bare, new_package, newest)
    station.machine.run("systemctl", "enable", "--now", UNIT)
    return station


def test_enable_now_starts_it_and_it_says_how_it_stands(enabled: Station) -> None:
    state = enabled.state()
    assert (state["ActiveState"], state["SubState"], state["UnitFileState"]) == ("active", "running", "enabled")
    assert "1/1 sources ok, 0 pending" in state["StatusText"]


def test_it_runs_from_its_package_as_a_user_of_its_own_without_any_right(enabled: Station) -> None:
    status = enabled.machine.read(f"/proc/{enabled.pid()}/status")
    facts = dict(line.split(":\t", 1) for line in status.splitlines() if ":\t" in line)
    assert facts["CapEff"] == facts["CapBnd"] == "0" * 16
    assert (facts["NoNewPrivs"], facts["Seccomp"]) == ("1", "2")
    assert int(facts["Uid"].split()[0]) >= 61184  # where systemd's dynamic users begin
    mapped = enabled.machine.read(f"/proc/{enabled.pid()}/maps")
    libraries = {line.split()[-1] for line in mapped.splitlines() if ".so" in line}
    assert any(path.startswith("/usr/lib/gatewatch/") for path in libraries)
    assert all(path.startswith("/usr/lib/") for path in libraries), libraries


def test_its_state_is_for_nobody_else(enabled: Station) -> None:
    listed = enabled.machine.run("stat", "--format=%a %U", STATE, f"{STATE}/gatewatch.db")
    assert listed.stdout.splitlines() == ["700 gatewatch", "600 gatewatch"]
