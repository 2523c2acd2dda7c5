"""Where a secret is looked for, and who else may read it."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory

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


def as_another_user(config_dir: Path, environment: dict[str, str]) -> str:
    """What a user who owns none of the files finds: the secret, None, or the problem."""
    if os.geteuid() != 0:
        pytest.skip("only root can become another user")
    read_end, write_end = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.setuid(65534)
            found = str(find_secret("slack-webhook", config_dir, environment))
        except Exception as error:
            found = str(error)
        os.write(write_end, found.encode())
        os._exit(0)
    os.close(write_end)
    os.waitpid(child, 0)
    with os.fdopen(read_end) as answer:
        return answer.read()


def test_a_systemd_credential_comes_first_then_the_environment_then_the_file(tmp_path: Path) -> None:
    own_file(tmp_path, "from the file\n")
    named = {"GATEWATCH_SLACK_WEBHOOK": "from the environment"}
    given = credential(tmp_path, "from systemd\n")
    assert find_secret("slack-webhook", tmp_path, given | named) == "from systemd"
    assert find_secret("slack-webhook", tmp_path, named) == "from the environment"
    assert find_secret("slack-webhook", tmp_path, {}) == "from the file"


def test_systemd_puts_its_directory_before_the_name_of_what_it_loads_from_there(tmp_path: Path) -> None:
    (tmp_path / "secrets_slack-webhook").write_text("from the directory\n")
    environment = {"CREDENTIALS_DIRECTORY": str(tmp_path)}
    assert find_secret("slack-webhook", tmp_path, environment) == "from the directory"
    assert find_secret("webhook", tmp_path, environment) is None
    (tmp_path / "slack-webhook").write_text("given by its name\n")
    assert find_secret("slack-webhook", tmp_path, environment) == "given by its name"


def test_the_service_does_not_stumble_over_files_that_are_for_root_alone() -> None:
    """What systemd did not hand over is missing; that the service may not read the file itself is no fault."""
    with TemporaryDirectory() as name:  # pytest's own are hidden from other users as a whole
        path = own_file(Path(name), "hush")
        for directory in (path.parent, Path(name)):
            directory.chmod(0o711)
        assert as_another_user(Path(name), {"CREDENTIALS_DIRECTORY": "/nowhere"}) == "None"
        assert "cannot be read: Permission denied" in as_another_user(Path(name), {})
        path.parent.chmod(0o700)
        assert as_another_user(Path(name), {"CREDENTIALS_DIRECTORY": "/nowhere"}) == "None"


def test_who_adds_a_secret_beside_the_running_service_is_told_to_restart_it(place: Place) -> None:
    place.write("config.toml", CONFIG + SLACK)
    (problem,) = missing_secrets(load(place.config), {"CREDENTIALS_DIRECTORY": "/nowhere"})
    assert "restart the service: systemd reads secrets at the start only" in str(problem)


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
