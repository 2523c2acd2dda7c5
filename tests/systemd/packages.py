"""The package on trial, one that looks older, and what dpkg does with them on a machine."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

from .machine import Machine

DIST = Path(__file__).parents[2] / "dist"
OLDER = "0.0.9"


def built() -> Path:
    """The package of this version, as `make deb` leaves it."""
    found = [path for path in DIST.glob("gatewatch_*.deb") if f"_{OLDER}_" not in path.name]
    assert found, "there is no package in dist/: make deb"
    return max(found, key=lambda path: path.stat().st_mtime)


def older(package: Path, place: Path) -> Path:
    """The same with the version number 0.0.9, written into a directory; not compressed, which would take long."""
    tree = place / "tree"
    subprocess.run(["dpkg-deb", "--raw-extract", package, tree], check=True)
    control = tree / "DEBIAN/control"
    control.write_text(re.sub(r"(?m)^Version: .*$", f"Version: {OLDER}", control.read_text()))
    target = place / f"gatewatch_{OLDER}.deb"
    build = ["dpkg-deb", "-Znone", "--root-owner-group", "--build", tree, target]
    subprocess.run(build, check=True, stdout=subprocess.DEVNULL)
    shutil.rmtree(tree)
    return target


def version_of(package: Path) -> str:
    command = ["dpkg-deb", "--field", package, "Version"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def version_on(machine: Machine) -> str:
    """What is installed; empty where nothing is."""
    asked = machine.run("dpkg-query", "--show", "--showformat=${db:Status-Status} ${Version}", "gatewatch", check=False)
    status, _, version = asked.stdout.partition(" ")
    return version if status == "installed" else ""


def install(machine: Machine, package: Path) -> str:
    """Installs a package over whatever is there; gives what the user sees."""
    shutil.copy(package, machine.far / "gatewatch.deb")
    return dpkg(machine, "--install", "/srv/far/gatewatch.deb")


def dpkg(machine: Machine, *arguments: str) -> str:
    """What the user sees. Files that were edited stay as they are, as for one who answers dpkg with Enter."""
    done = machine.run(
        *("env", "DEBIAN_FRONTEND=noninteractive", "dpkg", "--force-unsafe-io", "--force-confold"),
        *("--force-downgrade", *arguments),
    )
    return done.stdout + done.stderr
