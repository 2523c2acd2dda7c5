"""`gatewatch status` asks the daemon how it is, and says when there is none."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from gatewatch.cli.status_view import length
from gatewatch.model import SourceState
from gatewatch.service import asking
from gatewatch.service.asking import Seen, see
from gatewatch.service.health import Configured, Health
from gatewatch.service.health_server import HealthServer
from gatewatch.service.lock import AlreadyRunning, is_held, only_one
from gatewatch.store import Store

from .installed import Installed
from .samples import an_alert, queue

NOW = datetime.now(UTC)  # the command looks at the real clock


def health_of(state: Path, **fields: object) -> Health:
    config = Configured("4f2a", NOW - timedelta(hours=5))
    return replace(Health("1.2.3", NOW - timedelta(days=3), str(state), config, ready=True), **fields)  # type: ignore[arg-type]


@contextmanager
def daemon(installed: Installed, health: Health | None = None, path: Path | None = None) -> Iterator[None]:
    """The lock and the socket of a daemon that says that."""
    state = installed.database.parent
    said = health or health_of(state)
    server = HealthServer(path or state / "health.sock", None, lambda: said, lambda _: ("", b""))
    with only_one(state):
        server.start()
        try:
            yield
        finally:
            server.stop()


@pytest.fixture(autouse=True)
def database(installed: Installed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("RUNTIME_DIRECTORY", raising=False)
    monkeypatch.setattr(asking, "UNDER_SYSTEMD", installed.config.parent / "run")
    Store.open(installed.database).close()


def test_it_says_how_long_it_runs_which_version_and_which_configuration(installed: Installed) -> None:
    with daemon(installed):
        result = installed.call("status")
        (told,) = installed.told("status")
    assert result.exit_code == 0
    assert "running for 3 d, version 1.2.3" in result.stdout
    assert "configuration 4f2a, loaded 20" in result.stdout
    assert told["daemon"]["runs"] is True
    assert told["daemon"]["health"]["version"] == "1.2.3"
    assert (told["well"], told["troubles"]) == (True, [])


def test_without_a_daemon_it_says_so_and_is_not_well(installed: Installed) -> None:
    result = installed.call("status")
    assert result.exit_code == 1
    assert result.stdout.startswith("no daemon runs: start `gatewatch run`, or the service")
    (told,) = installed.told("status")
    assert told["daemon"] == {"runs": False, "health": None, "silent": None}
    assert told["troubles"] == ["no daemon runs"]


@pytest.mark.parametrize(
    ("fields", "trouble"),
    [
        ({"late": ("courier desk has not reported for 310 s",)}, "courier desk has not reported for 310 s"),
        ({"findings": ("no source has answered for 2 hours",)}, "no source has answered for 2 hours"),
        ({"ready": False}, "the daemon is not ready"),
    ],
)
def test_what_it_says_is_wrong_is_told_and_not_well(
    installed: Installed, fields: dict[str, object], trouble: str
) -> None:
    with daemon(installed, health_of(installed.database.parent, **fields)):
        result, brief = installed.call("status"), installed.call("status", "--brief")
    assert result.exit_code == brief.exit_code == 1
    assert f"not well  {trouble}" in result.stdout
    assert brief.stdout == f"not well: {trouble}\n"


def test_a_reload_that_was_refused_is_told_and_all_is_well(installed: Installed) -> None:
    config = Configured("4f2a", NOW, last_reload_successful=False)
    with daemon(installed, health_of(installed.database.parent, config=config)):
        result = installed.call("status")
    assert result.exit_code == 0
    assert "the last reload was refused: `gatewatch check` says why" in result.stdout


def test_brief_is_one_line_for_other_programs(installed: Installed) -> None:
    queue(installed.database, an_alert("a1", at=NOW))
    with daemon(installed):
        result = installed.call("status", "--brief")
    assert result.exit_code == 0
    assert result.stdout.startswith("well: 2 sources, 1 pending, last alert ")
    assert result.stdout.endswith(" ago, up 3 d\n")


def test_brief_names_all_that_is_wrong(installed: Installed) -> None:
    with Store.open(installed.database) as store:
        store.save_source_state(SourceState("raja-fi", next_poll=NOW, failures=3))
    result = installed.call("status", "--brief")
    assert (result.exit_code, result.stdout) == (1, "not well: no daemon runs; source raja-fi is broken\n")


def test_one_form_at_a_time(installed: Installed) -> None:
    assert installed.call("status", "--brief", "--json").exit_code == 2


def test_a_daemon_that_is_asked_and_does_not_answer_hangs(
    installed: Installed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "PATIENCE", 0.2)
    with only_one(installed.database.parent), socket.socket(socket.AF_UNIX) as hanging:
        hanging.bind(str(installed.database.parent / "health.sock"))
        hanging.listen()
        result = installed.call("status", "--brief")
    assert result.exit_code == 1
    assert result.stdout.startswith("not well: the daemon does not answer")


def test_a_daemon_that_cannot_be_asked_is_no_trouble(installed: Installed) -> None:
    with only_one(installed.database.parent):
        result = installed.call("status")
    assert result.exit_code == 0
    assert "a daemon runs; how it is can't be asked: it has no health socket" in result.stdout


def test_what_answers_is_no_gatewatch_and_is_no_trouble_either(installed: Installed) -> None:
    with only_one(installed.database.parent), socket.socket(socket.AF_UNIX) as refused:
        refused.bind(str(installed.database.parent / "health.sock"))
        seen = see(installed.database.parent, {})
    assert seen == Seen(True, silent=f"{installed.database.parent / 'health.sock'}: Connection refused")
    assert seen.troubles == ()


def test_the_socket_of_the_unit_is_found_from_a_shell(installed: Installed) -> None:
    with daemon(installed, path=installed.config.parent / "run" / "health.sock"):
        assert "running for 3 d" in installed.call("status").stdout


def test_the_daemon_of_another_state_directory_is_not_asked_for_this_one(installed: Installed) -> None:
    with daemon(installed, health_of(Path("/elsewhere"))):
        assert "it has no health socket" in installed.call("status").stdout


def test_who_looks_at_the_lock_does_not_keep_a_daemon_from_starting(installed: Installed, tmp_path: Path) -> None:
    state = installed.database.parent
    assert not is_held(tmp_path / "nothing")
    assert not is_held(state)
    with only_one(state):
        assert is_held(state)
        with pytest.raises(AlreadyRunning), only_one(state):
            pass


def test_json_is_what_the_health_endpoint_says(installed: Installed) -> None:
    said = health_of(installed.database.parent)
    with daemon(installed, said):
        assert json.loads(installed.call("status", "--json").stdout)["daemon"]["health"] == said.described()


@pytest.mark.parametrize(
    ("seconds", "told"), [(0, "0 s"), (119, "119 s"), (120, "2 min"), (7199, "119 min"), (7200, "2 h"), (172_800, "2 d")]
)
def test_lengths_are_told_in_their_largest_unit(seconds: int, told: str) -> None:
    assert length(timedelta(seconds=seconds)) == told
