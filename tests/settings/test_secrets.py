"""Where a secret is looked for, and who else may read it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from gatewatch.cli import main
from gatewatch.settings import InvalidSettings, find_secret, load, missing_secrets

from .conftest import CONFIG, Place

SLACK = '\n[[channel]]\nname = "desk"\ntype = "slack"\nsecret = "slack-webhook"\n'


def own_file(directory: Path, text: str, mode: int = 0o600) -> Path:
    path = directory / "secrets" / "slack-webhook"
    path.parent.mkdir()
    path.write_text(text)
    path.chmod(mode)
    return path


def credential(directory: Path, text: str) -> dict[str, str]:
    (directory / "slack-webhook").write_text(text)
    return {"CREDENTIALS_DIRECTORY": str(directory)}


def test_a_systemd_credential_comes_first_then_the_environment_then_the_file(tmp_path: Path) -> None:
    own_file(tmp_path, "from the file\n")
    named = {"GATEWATCH_SLACK_WEBHOOK": "from the environment"}
    given = credential(tmp_path, "from systemd\n")
    assert find_secret("slack-webhook", tmp_path, given | named) == "from systemd"
    assert find_secret("slack-webhook", tmp_path, named) == "from the environment"
    assert find_secret("slack-webhook", tmp_path, {}) == "from the file"


def test_an_empty_one_counts_as_none(tmp_path: Path) -> None:
    environment = credential(tmp_path, "\n") | {"GATEWATCH_SLACK_WEBHOOK": ""}
    own_file(tmp_path, " \n")
    assert find_secret("slack-webhook", tmp_path, environment) is None


def test_one_that_is_nowhere_is_none(tmp_path: Path) -> None:
    assert find_secret("slack-webhook", tmp_path, {"CREDENTIALS_DIRECTORY": "/nowhere"}) is None


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620])
def test_a_file_that_others_may_use_is_refused(tmp_path: Path, mode: int) -> None:
    path = own_file(tmp_path, "hush", mode)
    with pytest.raises(InvalidSettings, match=f"others on this machine may read. chmod 600 {path}"):
        find_secret("slack-webhook", tmp_path, {})


@pytest.mark.parametrize("name", ["../config", "", "A", "a/b", "a--b"])
def test_a_name_cannot_lead_elsewhere(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="small letters"):
        find_secret(name, tmp_path, {})


def test_check_asks_for_secrets_only_when_told_to(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CREDENTIALS_DIRECTORY", raising=False)
    monkeypatch.delenv("GATEWATCH_SLACK_WEBHOOK", raising=False)
    place.write("config.toml", CONFIG + SLACK)
    plain = CliRunner().invoke(main, ["check", "--config", str(place.config)])
    asked = CliRunner().invoke(main, ["check", "--secrets", "--config", str(place.config)])
    assert (plain.exit_code, plain.output) == (0, "")
    assert asked.exit_code == 78
    assert f"{place.config}:15:10: the secret `slack-webhook` is nowhere on this machine" in asked.stderr
    assert "$GATEWATCH_SLACK_WEBHOOK" in asked.stderr


def test_a_secret_that_is_there_is_no_problem_and_a_readable_one_is(place: Place) -> None:
    place.write("config.toml", CONFIG + SLACK)
    settings = load(place.config)
    path = own_file(place.path, "https://hooks.example.org/hush")
    assert missing_secrets(settings, {}) == ()
    path.chmod(0o644)
    (problem,) = missing_secrets(settings, {})
    assert problem.path == path
    assert "hush" not in str(problem)
