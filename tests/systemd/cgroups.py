"""Control groups of a machine's own, so that two machines do not meet in one."""

from __future__ import annotations

import time
from pathlib import Path

MOUNTED = Path("/sys/fs/cgroup")


class Cgroups:
    """One group in each hierarchy that systemd manages: the unified one, and where there is an old one, that too."""

    def __init__(self, name: str) -> None:
        self.unified = (MOUNTED / "cgroup.controllers").exists()
        hierarchies = [MOUNTED] if self.unified else [MOUNTED / "systemd", MOUNTED / "unified"]
        self.paths = [hierarchy / name for hierarchy in hierarchies if hierarchy.is_dir()]

    def make(self) -> None:
        for path in self.paths:
            path.mkdir(exist_ok=True)

    def remove(self) -> None:
        """Removes them with all below. The kernel lets go of one only when its last process is gone for good."""
        for path in self.paths:
            below = sorted((one for one in path.rglob("*") if one.is_dir()), reverse=True)
            for group in [*below, path]:
                _remove(group)


def _remove(group: Path, seconds: float = 5.0) -> None:
    end = time.monotonic() + seconds
    while group.exists():
        try:
            group.rmdir()
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.02)
