"""When the service itself has failed, another process tells people, by settings that were good once."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gatewatch.service.failure import find_settings, tell, words
from gatewatch.service.once import run_once
from gatewatch.settings import load_files

from .inbox import Inbox
from .installation import Installation
from .newsstand import Newsstand

FAILED = {"MONITOR_SERVICE_RESULT": "exit-code", "MONITOR_EXIT_STATUS": "78"}


@pytest.fixture
def config(installation: Installation, newsstand: Newsstand) -> Path:
    """The config.toml of an installation that has run once, whose operator is the `file` channel."""
    installation.configure({"a": newsstand.url("a")})
    config = installation.path / "config.toml"
    config.write_text('operator = "file"\n' + config.read_text())
    asyncio.run(run_once(load_files(config), lambda: datetime.now(UTC)))
    return config


def told(config: Path, environment: dict[str, str]) -> str:
    known = find_settings(config, environment)
    assert known.settings is not None
    text = words(known, environment)
    assert tell(known.settings, text, datetime.now(UTC)) == ("file",)
    return text


def test_a_broken_config_is_told_by_the_last_one_that_was_right(installation: Installation, config: Path) -> None:
    config.write_text(config.read_text().replace('state = "state"', "state = "))
    environment = {**FAILED, "STATE_DIRECTORY": str(installation.path / "state")}
    assert f"its configuration is broken; {config}:2:9: not valid TOML" in told(config, environment)
    (message,) = installation.messages()
    assert message["severity"] == "critical"
    assert "failed: Gatewatch does not run, and nothing is watched" in message["title"]


def test_a_service_that_hung_again_and_again_is_told_by_the_settings_as_they_are(config: Path) -> None:
    assert "it hung" in told(config, {"MONITOR_SERVICE_RESULT": "watchdog", "MONITOR_EXIT_STATUS": "ABRT"})


def test_a_channel_that_is_of_no_use_costs_the_others_nothing(installation: Installation, config: Path) -> None:
    broken = '[[channel]]\nname = "hook"\ntype = "webhook"\nsecret = "gone"\n'
    config.write_text(config.read_text().replace('operator = "file"', 'operator = ["hook", "file"]') + broken)
    assert "its configuration is broken" in told(config, FAILED)
    assert "the secret `gone` is nowhere on this machine" in str(installation.messages()[0])


def test_the_heartbeat_hears_of_it_too(
    installation: Installation, config: Path, inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GATEWATCH_BEAT", f"http://127.0.0.1:{inbox.port}/check")
    config.write_text(config.read_text() + '[heartbeat]\nsecret = "beat"\n')
    known = find_settings(config)
    assert known.settings is not None
    assert tell(known.settings, words(known, FAILED), datetime.now(UTC)) == ("file", "heartbeat")
    assert "it ended with 78" in inbox.bodies[0]


def test_where_nothing_was_ever_good_nobody_can_be_told(installation: Installation) -> None:
    done = installation.call("service", "failed")
    assert done.returncode == 1
    assert "config.toml: no such file" in done.stderr


def test_nobody_who_hears_is_an_error(installation: Installation, config: Path) -> None:
    installation.told.unlink(missing_ok=True)
    installation.told.mkdir()  # a file can't be written where a directory is
    done = installation.call("service", "failed")
    assert done.returncode == 1
    assert "nobody could be told" in done.stdout
