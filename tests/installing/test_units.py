"""systemd itself finds the units right, and shut in tightly."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from gatewatch.settings import shipped_units

from .machine import UNITS, Staged

needs_systemd_analyze = pytest.mark.skipif(
    shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed"
)

#: The line above what the two units have in common.
FENCE = "# --- What it must not do"


def settings(unit: str) -> list[str]:
    """The lines of a unit that systemd reads."""
    lines = (shipped_units() / unit).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def analyze(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["systemd-analyze", *map(str, arguments)], capture_output=True, text=True, timeout=60, check=False
    )


@needs_systemd_analyze
@pytest.mark.parametrize("unit", UNITS)
def test_the_exposure_of_a_unit_is_at_most_1_2_of_10(unit: str) -> None:
    done = analyze("security", "--offline=true", "--threshold=12", shipped_units() / unit)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr


@needs_systemd_analyze
def test_a_unit_that_forgets_one_fence_is_found_out(tmp_path: Path) -> None:
    """The limit is as low as it can be: else the test above would notice nothing."""
    text = (shipped_units() / "gatewatch.service").read_text(encoding="utf-8")
    (tmp_path / "gatewatch.service").write_text(text.replace("RestrictNamespaces=yes\n", ""))
    assert analyze("security", "--offline=true", "--threshold=12", tmp_path / "gatewatch.service").returncode != 0


@needs_systemd_analyze
def test_systemd_has_nothing_to_say_against_the_units_as_they_are_installed(staged: Staged) -> None:
    assert staged.service("install").returncode == 0
    done = analyze("verify", "--man=no", *(staged.units / unit for unit in UNITS))
    assert (done.returncode, done.stderr) == (0, "")


def test_both_units_are_shut_in_alike() -> None:
    fences = []
    for unit in UNITS:
        behind = (shipped_units() / unit).read_text(encoding="utf-8").split(FENCE)[1].split("[Install]")[0]
        fences.append([line for line in behind.splitlines() if line and not line.startswith("#")][1:])
    assert fences[0] == fences[1]
    assert len(fences[0]) > 20


def test_both_units_are_one_user_with_one_state_and_the_same_secrets() -> None:
    shared = ("User=", "DynamicUser=", "StateDirectory", "UMask=", "LoadCredential=", "SetCredential=", "Environment=")
    service, failure = ([line for line in settings(unit) if line.startswith(shared)] for unit in UNITS)
    assert service == failure


def test_only_the_service_owns_the_run_time_directory() -> None:
    """It goes away when the unit that owns it ends."""
    assert "RuntimeDirectory=gatewatch" in settings(UNITS[0])
    assert not [line for line in settings(UNITS[1]) if line.startswith("RuntimeDirectory")]
