"""What is in the package beside the virtual environment: units, configuration, documents, and what dpkg reads."""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

import environment

HERE = Path(__file__).parent
DOCUMENTS = Path("usr/share/doc/gatewatch")

#: Run by the Gatewatch of the package: it knows best what its configuration is.
_CONFIGURATION = """
import shutil, sys
from pathlib import Path
from gatewatch.service.installing import service_config, service_rules
target = Path(sys.argv[1])
(target / "config.toml").write_text(service_config(), encoding="utf-8")
for path in service_rules():
    shutil.copyfile(path, target / "rules" / path.name)
"""


def add(stage: Path, top: Path, version: str, packages: Path) -> None:
    """Puts units, configuration, man page and documents below `stage`."""
    units = stage / "lib/systemd/system"
    units.mkdir(parents=True)
    for path in (top / "systemd").glob("*.service"):
        shutil.copyfile(path, units / path.name)
    config = stage / "etc/gatewatch"
    (config / "rules").mkdir(parents=True)
    (config / "secrets").mkdir(mode=0o700)
    _python(packages, "-c", _CONFIGURATION, str(config))
    manual = stage / "usr/share/man/man1/gatewatch.1.gz"
    manual.parent.mkdir(parents=True)
    manual.write_bytes(_gzipped(_python(packages, str(HERE / "manual.py"), version)))
    overrides = stage / "usr/share/lintian/overrides/gatewatch"
    overrides.parent.mkdir(parents=True)
    shutil.copyfile(HERE / "lintian-overrides", overrides)
    _documents(stage / DOCUMENTS, top, version, packages)


def control(stage: Path, top: Path, version: str, architecture: str) -> None:
    """Writes DEBIAN/, which dpkg-deb takes apart; all else has to be there."""
    files = sorted(path for path in stage.rglob("*") if path.is_file() and not path.is_symlink())
    size = sum(-(-path.stat().st_size // 1024) for path in files)
    target = stage / "DEBIAN"
    target.mkdir()
    minor = sys.version_info[1]
    text = (HERE / "control.in").read_text(encoding="utf-8")
    known = {"version": version, "architecture": architecture, "size": size, "minor": minor, "next": minor + 1}
    (target / "control").write_text(text.format(**known), encoding="utf-8")
    conffiles = [f"/{path.relative_to(stage)}\n" for path in files if path.is_relative_to(stage / "etc")]
    (target / "conffiles").write_text("".join(conffiles))
    sums = (f"{hashlib.md5(path.read_bytes()).hexdigest()}  {path.relative_to(stage)}\n" for path in files)
    (target / "md5sums").write_text("".join(sums))
    for name in ("postinst", "prerm", "postrm"):
        shutil.copyfile(HERE / name, target / name)
        (target / name).chmod(0o755)


def _documents(target: Path, top: Path, version: str, packages: Path) -> None:
    (target / "docs").mkdir(parents=True)
    for path in (top / "docs").glob("*.md"):
        shutil.copyfile(path, target / "docs" / path.name)
    shutil.copyfile(top / "README.md", target / "README.md")
    (target / "CHANGELOG.md.gz").write_bytes(_gzipped((top / "CHANGELOG.md").read_text(encoding="utf-8")))
    made = datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), UTC)
    log = (HERE / "changelog.in").read_text(encoding="utf-8").format(version=version, date=format_datetime(made))
    (target / "changelog.gz").write_bytes(_gzipped(log))
    licence = "".join(f" {line}".rstrip() + "\n" if line else " .\n" for line in _lines(top / "LICENSE"))
    libraries = "".join(f"  {one}\n" for one in environment.versions(packages) if not one.startswith("gatewatch "))
    copyright = (HERE / "copyright.in").read_text(encoding="utf-8").format(licence=licence, libraries=libraries)
    (target / "copyright").write_text(copyright, encoding="utf-8")


def _python(packages: Path, *arguments: str) -> str:
    """What Python prints that has the package's libraries."""
    environ = {**os.environ, "PYTHONPATH": str(packages), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, *arguments]
    return subprocess.run(command, env=environ, stdout=subprocess.PIPE, encoding="utf-8", check=True).stdout


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def _gzipped(text: str) -> bytes:
    return gzip.compress(text.encode(), 9, mtime=0)
