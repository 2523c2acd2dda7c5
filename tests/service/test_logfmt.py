"""The log of the real process: which form it has by itself, and what is asked for."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from gatewatch.journal import Form
from gatewatch.service.logfmt import usual_form

from .installation import GATEWATCH, Installation
from .newsstand import Newsstand


@pytest.fixture
def once(installation: Installation, newsstand: Newsstand) -> Installation:
    """Ready for one round that has something to log: a source that seeds."""
    installation.configure({"one": newsstand.url("one")})
    newsstand.publish("one", "gatekeyword1")
    return installation


def logged(installation: Installation, *arguments: str, **environment: str) -> list[str]:
    done = subprocess.run(
        [GATEWATCH, "run", "--once", *arguments, "--config", "config.toml"],
        cwd=installation.path,
        env=installation.environment | environment,
        capture_output=True,
        text=True,
        timeout=30,
        check=True,
    )
    return done.stderr.splitlines()


def test_a_terminal_gets_key_and_value_with_the_time(once: Installation) -> None:
    first = logged(once)[0]
    assert first.startswith("time=20")
    assert first.endswith("level=info event=seeded source=one items=1")


def test_under_journald_lines_carry_a_priority_and_no_time(once: Installation) -> None:
    with (once.path / "journal").open("w") as journal:
        told = os.fstat(journal.fileno())
        subprocess.run(
            [GATEWATCH, "run", "--once", "--config", "config.toml"],
            cwd=once.path,
            env=once.environment | {"JOURNAL_STREAM": f"{told.st_dev}:{told.st_ino}"},
            stderr=journal,
            timeout=30,
            check=True,
        )
    assert (once.path / "journal").read_text().startswith("<6>level=info event=seeded source=one")


def test_json_is_one_object_a_line(once: Installation) -> None:
    told = [json.loads(each) for each in logged(once, "--log", "json")]
    assert {"event": "seeded", "source": "one", "items": 1}.items() <= told[0].items()


def test_the_environment_chooses_as_well_and_the_option_wins(once: Installation) -> None:
    assert logged(once, GATEWATCH_LOG="json")[0].startswith("{")
    (once.path / "state" / "gatewatch.db").unlink()
    assert logged(once, "--log", "journal", GATEWATCH_LOG="json")[0].startswith("<6>level=info")


def test_a_form_that_is_none_is_wrong_usage(once: Installation) -> None:
    assert once.call("run", "--once", "--log", "xml").returncode == 2


def test_the_journal_is_known_by_its_stream_and_not_by_what_a_child_inherits(tmp_path: Path) -> None:
    with (tmp_path / "journal").open("w") as stream, (tmp_path / "file").open("w") as other:
        told = os.fstat(stream.fileno())
        environment = {"JOURNAL_STREAM": f"{told.st_dev}:{told.st_ino}"}
        assert usual_form(stream, environment) is Form.JOURNAL
        assert usual_form(other, environment) is Form.PLAIN
        assert usual_form(stream, {}) is Form.PLAIN
