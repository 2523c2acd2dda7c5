"""The virtual environment in the package: Gatewatch and its libraries for /usr/bin/python3, and no more."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

HOME = Path("/usr/lib/gatewatch")
PYTHON = f"python3.{sys.version_info[1]}"
PACKAGES = HOME / "lib" / PYTHON / "site-packages"

#: What pip notes down for itself. It names the directory of the build, and nothing is to be changed by pip later.
_NOTES = ("RECORD", "INSTALLER", "REQUESTED", "direct_url.json")

#: What only matters for those who build on a library.
_FOR_BUILDERS = (".pyi", ".pyx", ".pxd", ".h", ".c")

# -P and -s: no module from where it is called, nor from a user's home.
_SCRIPT = f"""#!{HOME}/bin/python3 -sP
import sys
from gatewatch.cli import main
sys.exit(main())
"""


def site_packages(stage: Path) -> Path:
    """Where the libraries lie below `stage`."""
    return stage / PACKAGES.relative_to("/")


def trim(libraries: Path) -> None:
    """Takes from what pip has installed all that the service does not need."""
    shutil.rmtree(libraries / "bin", ignore_errors=True)
    for path in libraries.glob("pip*"):  # sqlite-utils asks for it, to install plugins that nobody has here
        shutil.rmtree(path)
    for path in sorted(libraries.rglob("*")):
        if path.is_dir() and path.name in ("tests", "test", "__pycache__") and path.parent != libraries:
            shutil.rmtree(path)
        elif path.suffix in _FOR_BUILDERS or (path.parent.suffix == ".dist-info" and path.name in _NOTES):
            path.unlink()
        elif path.suffix == ".so":  # debugging symbols are half of what they weigh
            subprocess.run(["strip", "--strip-unneeded", path], check=True)


def byte_compile(directory: Path, installed: Path) -> None:
    """Once and for all: the service may not write there, and nobody edits a package, so no start has to look at dates.

    `installed` is where `directory` will be, as tracebacks name it.
    """
    environment = {**os.environ, "PYTHONHASHSEED": "0"}  # else the order in sets of constants is another each time
    command = [sys.executable, "-m", "compileall", "-q", "--invalidation-mode", "unchecked-hash"]
    subprocess.run([*command, "-s", directory, "-p", installed, directory], check=True, env=environment)


def lay_out(stage: Path, libraries: Path, wheel: Path, pip: list[str]) -> None:
    """Puts the environment below `stage`, from libraries that are trimmed and compiled."""
    home, packages = stage / HOME.relative_to("/"), site_packages(stage)
    shutil.copytree(libraries, packages, symlinks=True)
    own = stage.with_name("own")
    shutil.rmtree(own, ignore_errors=True)
    options = ("--quiet", "--no-index", "--no-deps", "--no-compile")
    subprocess.run([*pip, "install", *options, "--target", own, wheel], check=True)
    trim(own)
    byte_compile(own, PACKAGES)
    shutil.copytree(own, packages, dirs_exist_ok=True)
    (home / "bin").mkdir()
    (home / "bin" / "python3").symlink_to(f"/usr/bin/{PYTHON}")
    script = home / "bin" / "gatewatch"
    script.write_text(_SCRIPT)
    script.chmod(0o755)
    # A venv is a python beside such a file; `python3 -m venv` would write the directory of the build into it.
    version = sys.version.split()[0]
    (home / "pyvenv.cfg").write_text(f"home = /usr/bin\ninclude-system-site-packages = false\nversion = {version}\n")
    (stage / "usr/bin").mkdir(parents=True)
    (stage / "usr/bin/gatewatch").symlink_to("../lib/gatewatch/bin/gatewatch")


def versions(packages: Path) -> list[str]:
    """The libraries in it, as `name version`."""
    named = (path.name.removesuffix(".dist-info").partition("-") for path in packages.glob("*.dist-info"))
    return sorted(f"{name} {version}" for name, _, version in named)
