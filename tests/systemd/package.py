"""The package on trial, and one that looks older."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

DIST = Path(__file__).parents[2] / "dist"
OLDER = "0.0.9"


def package() -> Path:
    """The package of this version, as `make deb` leaves it."""
    found = [path for path in DIST.glob("gatewatch_*.deb") if f"_{OLDER}_" not in path.name]
    assert found, "there is no package in dist/: make deb"
    return max(found, key=lambda path: path.stat().st_mtime)


def older(package: Path, place: Path) -> Path:
    """The same with the version number 0.0.9, written into a directory. It is not compressed, which takes long."""
    tree = place / "tree"
    subprocess.run(["dpkg-deb", "--raw-extract", package, tree], check=True)
    control = tree / "DEBIAN/control"
    control.write_text(re.sub(r"(?m)^Version: .*$", f"Version: {OLDER}", control.read_text()))
    built = place / f"gatewatch_{OLDER}.deb"
    subprocess.run(
        ["dpkg-deb", "-Znone", "--root-owner-group", "--build", tree, built], check=True, stdout=subprocess.DEVNULL
    )
    return built
