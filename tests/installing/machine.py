"""A directory that stands for the whole machine, and `gatewatch service` at work on it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner

from gatewatch.cli import main

GATEWATCH = Path(sys.executable).parent / "gatewatch"
UNITS = ("gatewatch.service", "gatewatch-failure.service")


class Staged:
    """What is installed below `root` is what would be below /."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.units = root / "etc/systemd/system"
        self.config_dir = root / "etc/gatewatch"

    def service(self, *arguments: str, text: str = "") -> subprocess.CompletedProcess[str]:
        """Runs `gatewatch service …` below the root, with `text` as what a person types."""
        arguments = ("service", *arguments, "--root", str(self.root))
        done = CliRunner().invoke(main, arguments, input=text)
        return subprocess.CompletedProcess(arguments, done.exit_code, done.stdout, done.stderr)

    def files(self) -> dict[str, bytes]:
        """Every file that is there, and what is in it."""
        found = (path for path in self.root.rglob("*") if path.is_file())
        return {str(path.relative_to(self.root)): path.read_bytes() for path in found}


def call(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs the real `gatewatch` to its end."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GATEWATCH_")}
    return subprocess.run(
        [GATEWATCH, *arguments], env=environment, capture_output=True, text=True, timeout=60, check=False
    )
