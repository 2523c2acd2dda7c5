"""Users write templates of their own; `check` tries them, and one that fails costs no alert."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from gatewatch.alerts.messages import Family, render
from gatewatch.alerts.templating import NAMES, Templates
from gatewatch.alerts.trying_templates import FULL
from gatewatch.cli import main

from .installed import CONFIG, RULE
from .samples import NOW, a_hostile_alert, an_alert


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "templates").mkdir()
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "storskog.toml").write_text(RULE, encoding="utf-8")
    (tmp_path / "config.toml").write_text('templates = "templates"\n' + CONFIG, encoding="utf-8")
    return tmp_path / "templates"


def check(folder: Path) -> str:
    return CliRunner().invoke(main, ["check", "--config", str(folder.parent / "config.toml")]).output


def test_a_template_of_the_users_own_is_used(folder: Path) -> None:
    (folder / "plain.j2").write_text("{{ heading }} / {{ id }}", encoding="utf-8")
    (folder / "subject.j2").write_text("Border! {{ heading }}", encoding="utf-8")
    message = render(an_alert(), Family.PLAIN, NOW, templates=Templates(folder))
    assert message.body == "Finland: closure announced / a1b2c3"
    assert message.title == "Border! Finland: closure announced"
    assert check(folder) == ""


@pytest.mark.parametrize("family", [Family.HTML, Family.MRKDWN])
def test_no_template_can_forget_to_escape(folder: Path, family: Family) -> None:
    (folder / f"{family}.j2").write_text("{{ headline | safe }} {{ quote }}", encoding="utf-8")
    body = render(a_hostile_alert(), family, NOW, templates=Templates(folder)).body
    assert "<script>" not in body
    assert "<!channel>" not in body


@pytest.mark.parametrize(
    "broken", ["{{ nobody_knows_this }}", "{% if %}", "{{ 1 / 0 }}", "{{ ''.__class__.__mro__ }}", "{{ facts[99] }}"]
)
def test_a_template_that_fails_gives_way_to_the_shipped_one(folder: Path, broken: str) -> None:
    (folder / "plain.j2").write_text(broken, encoding="utf-8")
    told = render(an_alert(), Family.PLAIN, NOW, templates=Templates(folder))
    assert told.body == render(an_alert(), Family.PLAIN, NOW).body


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("plain.j2", "fine\n{% if %}", "plain.j2:2:1: "),
        ("html.j2", "fine\n\n{{ headlin }}", "html.j2:3:1: 'headlin' is undefined"),
        ("slack.j2", "", "slack.j2: no template of Gatewatch's"),
    ],
)
def test_check_tells_where_a_template_is_wrong(folder: Path, name: str, text: str, told: str) -> None:
    (folder / name).write_text(text, encoding="utf-8")
    assert told in check(folder)


def test_the_sample_that_templates_are_tried_on_leaves_nothing_empty() -> None:
    empty = [name for name in FULL.__slots__ if getattr(FULL, name) in ("", (), None)]
    assert empty == ["count", "about"]


def test_every_name_that_a_template_can_use_is_in_the_docs() -> None:
    page = (Path(__file__).parents[2] / "docs" / "messages.md").read_text(encoding="utf-8")
    table = page[page.index("| name |") :]
    assert [name for name in NAMES if f"`{name}`" not in table] == []
