from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from rich.console import Console

from gatewatch.alerts.channels import BadChannel, open_channel
from gatewatch.alerts.console import ConsoleSink
from gatewatch.alerts.messages import render
from gatewatch.alerts.results import Ending, Result
from gatewatch.model import Alert, Channel

from .samples import NOW, a_hostile_alert, an_alert


def send(path: Path, alert: Alert) -> Result:
    sink = open_channel(Channel("file", "file", options={"path": str(path)}), None)
    return sink.send(render(alert, sink.family, NOW, sink.budget))


def test_each_alert_is_one_json_line(tmp_path: Path) -> None:
    path = tmp_path / "made" / "alerts.jsonl"
    for alert in (an_alert("a1"), a_hostile_alert("a2")):
        assert send(path, alert).ending is Ending.DELIVERED
    first, second = (json.loads(line) for line in path.read_text().split("\n") if line)
    assert (first["id"], first["severity"], first["country"]) == ("a1", "critical", "FI")
    assert first["at"] == "2023-11-16T14:00:00+00:00"
    assert second["id"] == "a2"
    assert "\n" not in second["title"]


def test_half_a_line_that_a_crash_left_does_not_swallow_the_next(tmp_path: Path) -> None:
    path = tmp_path / "alerts.jsonl"
    path.write_text('{"id": "a0", "ti')
    send(path, an_alert("a1"))
    assert json.loads(path.read_text().splitlines()[1])["id"] == "a1"


def test_a_file_that_cannot_be_written_is_a_bad_moment(tmp_path: Path) -> None:
    result = send(tmp_path, an_alert())  # a directory
    assert result.ending is Ending.TRANSIENT
    assert "directory" in result.detail


def test_a_file_channel_needs_a_path() -> None:
    with pytest.raises(BadChannel, match="needs a path"):
        open_channel(Channel("file", "file"), None)


def test_the_console_shows_markup_and_escapes_as_plain_words() -> None:
    out = io.StringIO()
    sink = ConsoleSink(Console(file=out, force_terminal=False, width=80))
    alert = an_alert(title="[red]Closed[/red] \x1b]0;owned\x07 now")
    assert sink.send(render(alert, sink.family, NOW, sink.budget)).ending is Ending.DELIVERED
    assert "[red]Closed[/red] ]0;owned now" in out.getvalue()
    assert "\x1b" not in out.getvalue()
    assert "alert a1b2c3" in out.getvalue()


def test_the_console_can_be_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    sink = open_channel(Channel("tty", "console", options={"stream": "stderr"}), None)
    sink.send(render(an_alert(), sink.family, NOW, sink.budget))
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "alert a1b2c3" in captured.err
