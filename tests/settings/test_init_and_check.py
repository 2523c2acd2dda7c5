"""The first two commands of a stranger: `init` in an empty directory, then `check`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gatewatch.cli import main
from gatewatch.model import Severity
from gatewatch.settings import load, shipped_config, shipped_rules

from .conftest import Place


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


@pytest.fixture(autouse=True)
def _no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GATEWATCH_CONFIG", raising=False)


def test_init_and_check_in_an_empty_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    begun = run("init")
    assert begun.exit_code == 0
    assert "gatewatch check\n" in begun.stdout
    checked = run("check")
    assert (checked.exit_code, checked.output) == (0, "")


def test_init_copies_the_shipped_files_as_they_are(tmp_path: Path) -> None:
    target = tmp_path / "new" / "gatewatch"
    begun = run("init", str(target))
    copied = {path.relative_to(target): path.read_bytes() for path in target.rglob("*") if path.is_file()}
    rules = shipped_rules()
    shipped = {Path("rules") / path.relative_to(rules): path.read_bytes() for path in rules.rglob("*.toml")}
    assert copied == {Path("config.toml"): shipped_config().read_bytes(), **shipped}
    assert f"gatewatch run --config {target / 'config.toml'}" in begun.stdout


def test_init_overwrites_nothing(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("mine")
    refused = run("init", str(tmp_path))
    assert refused.exit_code == 1
    assert f"{tmp_path / 'config.toml'}: there already" in refused.stderr
    assert (tmp_path / "config.toml").read_text() == "mine"
    assert [path.name for path in tmp_path.iterdir()] == ["config.toml"]


def test_a_directory_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    refused = run("init", str(tmp_path / "file" / "inside"))
    assert refused.exit_code == 1
    assert "Not a directory" in refused.stderr


def test_check_finds_its_config_in_the_environment(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GATEWATCH_CONFIG", str(place.path / "missing.toml"))
    checked = run("check")
    assert checked.exit_code == 78
    assert f"{place.path / 'missing.toml'}: no such file" in checked.stderr


def test_json_of_a_right_config_has_no_problems(place: Place) -> None:
    checked = run("check", "--json", "--config", str(place.config))
    assert checked.exit_code == 0
    assert json.loads(checked.stdout) == {"problems": []}


def test_the_shipped_settings_are_right_and_reach_somebody() -> None:
    settings = load(shipped_config())
    assert {severity for route in settings.routes for severity in route.severity} == set(Severity)
    assert {source.country for source in settings.sources} == {"FI", "EE", "NO", "PL"}
    assert len(settings.sources) == 28
    assert settings.operator == ("console",)
    assert all(channel.secret is None for channel in settings.channels)


def test_what_is_commented_out_in_the_shipped_config_is_right_too(place: Place) -> None:
    """A channel whose comment signs are removed has to work as it stands."""
    lines = shipped_config().read_text().splitlines()
    examples = [line[2:] for line in lines if _is_toml(line[2:]) and line.startswith("# ")]
    assert examples.count("[[channel]]") == 4
    top = [line for line in examples if line.startswith("contact")]
    channels = [line for line in examples if not line.startswith("contact")]
    place.write("config.toml", "\n".join([*top, *lines, *channels]))
    place.write("rules/border.toml", (shipped_rules() / "words.toml").read_bytes())
    assert place.problems() == []


def _is_toml(text: str) -> bool:
    key, equals, value = text.partition(" = ")
    return text.startswith("[[") or (bool(equals) and key.isidentifier() and value[:1] in '"[{')
