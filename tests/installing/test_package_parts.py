"""What goes into the Debian package beside Gatewatch: its man page and what dpkg runs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from gatewatch.cli import COMMANDS

DEB = Path(__file__).parents[2] / "deb"
SCRIPTS = ("postinst", "prerm", "postrm")


@pytest.fixture(scope="module")
def manual() -> str:
    done = subprocess.run(
        [sys.executable, DEB / "manual.py", "1.2.3"], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_man_page_has_every_command_with_its_options(manual: str) -> None:
    for name in COMMANDS:
        assert f"\n.SS {name} " in manual
    assert "\n.SS service install " in manual
    check = manual[manual.index("\n.SS check") : manual.index("\n.SS run")]
    assert "\n.B \\-\\-secrets\n" in check
    assert 'gatewatch 1.2.3"' in manual


def test_no_line_of_the_man_page_is_taken_for_a_request_that_is_none(manual: str) -> None:
    requests = {line.split()[0] for line in manual.splitlines() if line.startswith((".", "'"))}
    assert requests <= {".TH", ".SH", ".SS", ".TP", ".B", ".BR", ".I", ".PP", ".nf", ".fi"}


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_that_dpkg_runs_is_sound_for_a_plain_shell(name: str) -> None:
    assert subprocess.run(["sh", "-n", DEB / name], check=False).returncode == 0
    assert (DEB / name).read_text().startswith("#!/bin/sh\nset -e\n")


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_does_nothing_when_dpkg_asks_for_what_it_does_not_know(name: str, tmp_path: Path) -> None:
    """As on a machine without systemd, while dpkg unwinds a failed upgrade."""
    done = subprocess.run(
        ["sh", DEB / name, "failed-upgrade"], env={"PATH": str(tmp_path)}, executable="/bin/sh", check=False
    )
    assert done.returncode == 0
