"""Builds dist/gatewatch_VERSION_ARCH.deb with nothing but Debian's python3, pip and dpkg-deb. Needs no root.

A zipapp would be one file less, but shared libraries (lxml, pydantic, selectolax) can't be loaded from one.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import contents
import environment

TOP = Path(__file__).parents[1]
BUILD = TOP / "build" / "deb"


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--version", help="another version than that of pyproject.toml")
    version = arguments.parse_args().version or project()["version"]
    # Whoever builds the same commit gets the same bytes.
    os.environ.setdefault("SOURCE_DATE_EPOCH", output("git", "log", "-1", "--format=%ct"))
    os.umask(0o022)
    pip = tools()
    stage = BUILD / "stage"
    shutil.rmtree(stage, ignore_errors=True)
    environment.lay_out(stage, libraries(pip), wheel(pip, version), pip)
    contents.add(stage, TOP, version, environment.site_packages(stage))
    contents.control(stage, TOP, version, output("dpkg", "--print-architecture"))
    print(package(stage, version).relative_to(TOP))


def project() -> dict[str, object]:
    """The [project] of pyproject.toml."""
    table: dict[str, object] = tomllib.loads((TOP / "pyproject.toml").read_text())["project"]
    return table


def tools() -> list[str]:
    """A pip of the build's own, with what builds the wheel; made once."""
    home = BUILD / "tools"
    if not (home / "made").exists():
        shutil.rmtree(home, ignore_errors=True)
        run(sys.executable, "-m", "venv", home)
        backend = tomllib.loads((TOP / "pyproject.toml").read_text())["build-system"]["requires"]
        run(home / "bin/pip", "install", "--quiet", *backend)
        (home / "made").touch()
    return [str(home / "bin/python"), "-m", "pip", "--disable-pip-version-check"]


def libraries(pip: list[str]) -> Path:
    """All that Gatewatch needs in one directory, trimmed and compiled; anew when those in
    pyproject.toml have changed."""
    needed = project()["dependencies"]
    assert isinstance(needed, list)
    made_by = Path(environment.__file__).read_text()
    stamp = hashlib.sha256(repr((sys.version, needed, made_by)).encode()).hexdigest()[:12]
    target = BUILD / f"libraries-{stamp}"
    if not target.exists():
        print("Fetching the libraries …", file=sys.stderr)
        for old in BUILD.glob("libraries-*"):
            shutil.rmtree(old)
        unfinished = BUILD / "unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        run(*pip, "install", "--quiet", "--no-compile", "--target", unfinished, *needed)
        environment.trim(unfinished)
        environment.byte_compile(unfinished, environment.PACKAGES)
        unfinished.rename(target)
    return target


def wheel(pip: list[str], version: str) -> Path:
    """Gatewatch itself, from a copy of what git knows, so that nothing else gets in and the version can differ."""
    source, wheels = BUILD / "source", BUILD / "wheel"
    for directory in (source, wheels):
        shutil.rmtree(directory, ignore_errors=True)
    for name in output("git", "ls-files").splitlines():
        if not name.startswith("tests/") and (TOP / name).is_file():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(TOP / name, source / name)
    pyproject = source / "pyproject.toml"
    pyproject.write_text(re.sub(r'^version = ".+"$', f'version = "{version}"', pyproject.read_text(), flags=re.M))
    run(*pip, "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", wheels, source)
    return next(wheels.iterdir())


def package(stage: Path, version: str) -> Path:
    """The finished package."""
    target = TOP / "dist" / f"gatewatch_{version}_{output('dpkg', '--print-architecture')}.deb"
    target.parent.mkdir(exist_ok=True)
    moment = int(os.environ["SOURCE_DATE_EPOCH"])
    for path in stage.rglob("*"):  # libraries may have been fetched long before this commit, or after it
        os.utime(path, (moment, moment), follow_symlinks=False)
    # xz would save a fifth, and take twenty times as long.
    run("dpkg-deb", "--root-owner-group", "-Zzstd", "-z12", "--build", stage, target, quiet=True)
    return target


def run(*command: object, quiet: bool = False) -> None:
    """Runs a command from the top of the repository; ends with its words where it fails."""
    done = subprocess.run(
        [str(word) for word in command], cwd=TOP, stdout=subprocess.DEVNULL if quiet else sys.stderr, check=False
    )
    if done.returncode:
        raise SystemExit(f"{Path(str(command[0])).name} failed")


def output(*command: str) -> str:
    """What a command prints."""
    return subprocess.run(command, cwd=TOP, stdout=subprocess.PIPE, text=True, check=True).stdout.strip()


if __name__ == "__main__":
    main()
