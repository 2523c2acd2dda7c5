"""What `pip install .` and pipx install holds all that a service needs, and works without the repository."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]

#: Prints what the package finds of its own when only the wheel is there.
LOOK = """
import sys
sys.path.insert(0, sys.argv[1])
import gatewatch
from gatewatch.service.unit import SERVICE, unit
from gatewatch.settings import learned, load_rules, load_words, shipped_config, shipped_rules
from pathlib import Path
assert Path(gatewatch.__file__).is_relative_to(sys.argv[1]), gatewatch.__file__
assert shipped_config().is_relative_to(sys.argv[1])
print(unit(SERVICE, Path("/opt/gatewatch/bin/gatewatch"), Path("/etc/gatewatch")))
assert load_rules(shipped_rules())
assert load_words(shipped_rules())[0]
assert learned()
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel that pip builds, by the backend that pyproject.toml names."""
    target = tmp_path_factory.mktemp("wheel")
    build = "import sys; from hatchling.build import build_wheel; print(build_wheel(sys.argv[1]))"
    done = subprocess.run(
        [sys.executable, "-c", build, target], cwd=TOP, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    return target / done.stdout.split()[-1]


def test_units_rules_words_and_configuration_are_in_the_wheel(wheel: Path) -> None:
    shipped = [TOP / "config.toml", *TOP.glob("rules/**/*.toml"), *TOP.glob("systemd/*.service")]
    names = set(zipfile.ZipFile(wheel).namelist())
    assert len(shipped) > 10
    assert [path for path in shipped if f"gatewatch/shipped/{path.relative_to(TOP)}" not in names] == []


def test_no_test_and_no_file_of_the_build_is_in_the_wheel(wheel: Path) -> None:
    tops = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"gatewatch"}


def test_what_is_in_the_wheel_works_without_the_repository(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    done = subprocess.run(
        [sys.executable, "-I", "-c", LOOK, tmp_path / "site"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "ExecStart=/opt/gatewatch/bin/gatewatch run" in done.stdout
