"""The virtual environment in the package: Gatewatch and its libraries for /usr/bin/python3, and no more."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

HOME = Path("/usr/lib/gatewatch")
PYTHON = f"python3.{sys.version_info[1]}"

#: What pip notes down for itself. It names the directory of the build, and nothing is to be changed by pip later.
_NOTES = ("RECORD", "INSTALLER", "REQUESTED", "direct_url.json")

# -P and -s: no module from where it is called, nor from a user's home.
_SCRIPT = """#!{home}/bin/python3 -sP
import sys
from gatewatch.cli import main
sys.exit(main())
"""


def site_packages(stage: Path) -> Path:
    """Where the libraries lie below `stage`."""
    return stage / HOME.relative_to("/") / "lib" / PYTHON / "site-packages"


def lay_out(stage: Path, libraries: Path, wheel: Path, pip: list[str]) -> None:
    """Puts the environment below `stage`, where the package has it at HOME."""
    home, packages = stage / HOME.relative_to("/"), site_packages(stage)
    shutil.copytree(libraries, packages, symlinks=True)
    options = ("--quiet", "--no-index", "--no-deps", "--no-compile")
    subprocess.run([*pip, "install", *options, "--target", packages, wheel], check=True)
    _trim(packages)
    (home / "bin").mkdir()
    (home / "bin" / "python3").symlink_to(f"/usr/bin/{PYTHON}")
    script = home / "bin" / "gatewatch"
    script.write_text(_SCRIPT.format(home=HOME))
    script.chmod(0o755)
    # A venv is a python beside such a file; `python3 -m venv` would write the directory of the build into it.
    (home / "pyvenv.cfg").write_text(
        f"home = /usr/bin\ninclude-system-site-packages = false\nversion = {sys.version.split()[0]}\n"
    )
    (stage / "usr/bin").mkdir(parents=True)
    (stage / "usr/bin/gatewatch").symlink_to("../lib/gatewatch/bin/gatewatch")


def versions(packages: Path) -> list[str]:
    """The libraries in it, as `name version`."""
    named = (path.name.removesuffix(".dist-info").partition("-") for path in packages.glob("*.dist-info"))
    return sorted(f"{name} {version}" for name, _, version in named)


def _trim(packages: Path) -> None:
    shutil.rmtree(packages / "bin", ignore_errors=True)  # scripts of the libraries, and ours for another directory
    for path in sorted(packages.rglob("*")):
        if path.is_dir() and path.name in ("tests", "test", "__pycache__") and path.parent != packages:
            shutil.rmtree(path)
        elif path.suffix in (".pyi", ".pyx", ".pxd", ".h", ".c") or path.name == "py.typed":
            path.unlink()
        elif path.parent.suffix == ".dist-info" and path.name in _NOTES:
            path.unlink()


def byte_compile(stage: Path) -> None:
    """Once and for all: the service may not write there, and a package is not edited, so that no start has to look."""
    packages = site_packages(stage)
    environment = {**os.environ, "PYTHONHASHSEED": "0"}  # else the order in sets of constants is another each time
    command = [sys.executable, "-m", "compileall", "-q", "--invalidation-mode", "unchecked-hash"]
    subprocess.run([*command, "-s", stage, "-p", "/", packages], check=True, env=environment)

