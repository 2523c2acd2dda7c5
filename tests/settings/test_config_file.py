"""What config.toml says, as the rest of Gatewatch sees it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from gatewatch.model import Route, Severity
from gatewatch.settings import load

from .conftest import CONFIG, Place

MAIL = """
[[channel]]
name = "mail"
type = "email"
host = "mail.example.org"
from = "Gatewatch <gatewatch@example.org>"
to = "duty@example.org"
"""


def test_a_short_config_is_filled_with_defaults(place: Place) -> None:
    settings = load(place.config)
    source = settings.sources[0]
    assert (source.name, source.kind, source.every) == ("raja-fi", "feed", timedelta(minutes=10))
    assert settings.state_dir == place.path / "state"
    assert settings.timezone == "UTC"
    assert settings.routes == (Route(to=("console",)),)


def test_a_source_without_every_is_polled_as_the_top_of_the_file_says(place: Place) -> None:
    place.write("config.toml", 'every = "1s"\n' + CONFIG)
    assert load(place.config).sources[0].every == timedelta(seconds=1)


def test_paths_are_meant_from_the_directory_of_the_config(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = '[[channel]]\nname = "file"\ntype = "file"\npath = "out/alerts.jsonl"\n'
    place.write("config.toml", f'state = "/var/lib/gatewatch"\n{CONFIG}{file}')
    monkeypatch.chdir(place.path.parent)
    settings = load(Path(place.path.name) / "config.toml")
    assert settings.config == place.config
    assert settings.state_dir == Path("/var/lib/gatewatch")
    assert settings.channels[1].options == {"path": str(place.path / "out/alerts.jsonl")}


@pytest.mark.parametrize(("security", "port"), [("starttls", 587), ("tls", 465), ("none", 25)])
def test_a_mail_channel_knows_the_port_of_its_security(place: Place, security: str, port: int) -> None:
    place.write("config.toml", f'{CONFIG}{MAIL}security = "{security}"\n')
    assert load(place.config).channels[1].options == {
        "host": "mail.example.org",
        "port": port,
        "security": security,
        "from": "Gatewatch <gatewatch@example.org>",
        "to": ("duty@example.org",),
    }


def test_a_route_takes_one_severity_or_several(place: Place) -> None:
    routes = '[[route]]\nto = "console"\nseverity = "high"\ncountry = "FI"\nrule = ["border"]\n'
    place.write("config.toml", CONFIG + routes)
    assert load(place.config).routes[1] == Route(("console",), (Severity.HIGH,), ("border",), ("FI",))


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ('[source]\nid = "a"', "config.toml:1:1: [source] needs two brackets. Write [[source]]"),
        ("timezone = 3", "config.toml:1:12: `timezone` has to be a text in quotes, not `3`"),
        ('timezone = "Europe"', "has to be a time zone such as"),
        ('timezone = "../../etc/passwd"', "has to be a time zone such as"),
        ('user_agent = "Gatewatch\\r\\nX-Evil: 1"', "`user_agent` has to be one line"),
        ('every = "0s"', "`every` has to be more than nothing"),
        ('language = "fi"', "`language` has to be one of `en`"),
        ('state = "~/state"', "`state` has to be a path without `~`"),
        ("board = 1", "config.toml:1:1: unknown key `board`"),
    ],
)
def test_a_mistake_at_the_top_is_told(place: Place, more: str, told: str) -> None:
    rest = CONFIG.split("\n\n", 1)[1] if more.startswith("[source]") else CONFIG
    place.write("config.toml", f"{more}\n{rest}")
    assert [problem for problem in place.problems() if told in problem]


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (MAIL + 'username = "duty"', "18:1: `username` without `secret`"),
        (MAIL + "port = 0", "18:8: `port` has to be 1 or more, not `0`"),
        (MAIL + 'path = "x"', "18:1: `path` is not for channels of type email"),
        (MAIL + 'to = "x"', "not valid TOML"),
        ('[[channel]]\nname="a"\ntype="slack"\nsecret="xoxb-123-abc"', "looks like a secret itself"),
        ('[[channel]]\nname="a"\ntype="console"\nurl="https://a"', "unknown key `url`. Secrets never stand"),
        ('[[channel]]\nname="a"\ntype="slak"', "Did you mean `slack`?"),
        ('[[channel]]\nname="console"\ntype="console"', "a second channel with the name `console`"),
        ('[[route]]\nto = "console"\nrule = "boarder"', "a rule that does not exist: `boarder`"),
        ("[[route]]\nto = []", "`to` is an empty list"),
        ('[[route]]\nto = "console"\ntimezone = "UTC"', "It belongs at the top of the file"),
        ('[[source]]\nid = "b"\nurl = "https://example.org/raja.rss"', "the same address is polled twice"),
        ('[[source]]\nid = "b"', "11:1: [[source]] has no `url`"),
        ('[[source]]\nid = "b"\nurl = "https://me:hush@example.org/"', "holds a name or password"),
        ('[[source]]\nid = "B b"\nurl = "https://example.org/"', "has to be small letters"),
        ('[[source]]\nid = "b"\nurl = "https://example.org/"\ncountry = "Suomi"', "Did you mean `FI`?"),
        ('[[source]]\nid = "b"\nurl = "https://[::1/"', "has to be an address"),
    ],
)
def test_a_mistake_in_a_table_is_told_once(place: Place, more: str, told: str) -> None:
    place.write("config.toml", CONFIG + more)
    problems = place.problems()
    assert len(problems) == 1
    assert told in problems[0]
    assert "hush" not in problems[0]


def test_a_config_that_does_nothing_is_told_so(place: Place) -> None:
    place.write("config.toml", "")
    assert place.problems() == [
        "config.toml:1:1: no [[channel]]: nothing would be delivered.",
        "config.toml:1:1: no [[route]]: nothing would be sent to anybody.",
        "config.toml:1:1: no [[source]]: nothing would be polled.",
    ]


def test_a_severity_that_no_route_takes_is_told_at_the_first_rule_that_has_it(place: Place) -> None:
    place.write("config.toml", CONFIG + 'severity = "high"\n')
    place.write("rules/second.toml", (place.rules / "border.toml").read_text().replace('"border"', '"b"', 1))
    assert [problem.split(". ")[0] for problem in place.problems()] == [
        "rules/border.toml:4:12: no route takes the severity `info`: its alerts would reach nobody"
    ]


def test_a_draft_needs_no_route(place: Place) -> None:
    place.write("config.toml", CONFIG + 'severity = "high"\n')
    rule = (place.rules / "border.toml").read_text()
    place.write("rules/border.toml", rule + 'status = "draft"\n')
    assert place.problems() == []
