"""What the docs show as a drop-in for the unit is what systemd takes."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from docs.documents import Block, blocks
from gatewatch.service.unit import FAILURE, SERVICE, unit


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed")
@pytest.mark.parametrize("block", blocks("ini"), ids=str)
def test_a_drop_in_of_the_docs_is_one_that_systemd_takes(block: Block, tmp_path: Path) -> None:
    for name in (SERVICE, FAILURE):
        (tmp_path / name).write_text(unit(name, Path("/bin/true"), Path("/etc/gatewatch")))
    drop_in = tmp_path / f"{SERVICE}.d" / "override.conf"
    drop_in.parent.mkdir()

    def verdict(text: str) -> tuple[int, str]:
        drop_in.write_text(text)
        command = ["systemd-analyze", "verify", "--man=no", tmp_path / SERVICE]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        return done.returncode, done.stderr

    assert verdict(block.text) == (0, "")
    assert "IPAddressAlow" in verdict(block.text + "IPAddressAlow=fe80::1\n")[1], "systemd has not read the drop-in"
