"""Files that can't be read at all: each is one problem, and hides none of the others."""

from __future__ import annotations

from pathlib import Path

import pytest

from gatewatch.settings import InvalidSettings, load, load_rules

from .conftest import CONFIG, Place


def test_a_missing_config_is_told(tmp_path: Path) -> None:
    with pytest.raises(InvalidSettings) as told:
        load(tmp_path / "config.toml")
    assert "config.toml: no such file. `gatewatch init`" in str(told.value)


def test_a_broken_config_does_not_hide_what_is_wrong_with_the_rules(place: Place) -> None:
    place.write("config.toml", "state = state\n")
    place.write(
        "rules/border.toml", '[[rule]]\nid = "a"\nsays = "b"\nseverity = "hi"\nsource = "x"\nany = "y"\n'
    )
    assert [problem.split(": ")[0] for problem in place.problems()] == [
        "config.toml:1:9",
        "rules/border.toml:4:12",
    ]


def test_a_broken_rule_file_does_not_make_its_rules_unknown_to_routes(place: Place) -> None:
    place.write("config.toml", CONFIG + 'rule = ["border", "other"]\n')
    place.write("rules/other.toml", '[[rule]]\nid = "other"\nsays = never\n')
    assert [problem.split(": ")[0] for problem in place.problems()] == ["rules/other.toml:3:8"]


def test_a_reference_to_a_channel_with_a_mistake_is_no_second_mistake(place: Place) -> None:
    place.write("config.toml", CONFIG.replace('type = "console"', "type = 1"))
    assert len(place.problems()) == 1


def test_a_directory_where_a_file_should_be_is_told(place: Place) -> None:
    (place.rules / "more.toml").mkdir()
    assert place.problems() == ["rules/more.toml: a directory where a file should be."]


def test_a_file_where_the_rules_should_be_is_told(place: Place) -> None:
    place.write("config.toml", 'rules = "config.toml"\n' + CONFIG)
    assert "config.toml: a file where a directory should be" in place.problems()[0]


def test_missing_rules_are_told_and_so_are_none(tmp_path: Path) -> None:
    with pytest.raises(InvalidSettings, match="no such directory"):
        load_rules(tmp_path / "rules")
    with pytest.raises(InvalidSettings, match="no rules"):
        load_rules(tmp_path)


def test_what_an_editor_leaves_beside_the_rules_is_not_read(place: Place) -> None:
    place.write("rules/.#border.toml", "half a ")
    place.write("rules/border.toml~", "half a ")
    assert place.problems() == []


def test_the_byte_order_mark_and_line_ends_of_windows_are_fine(place: Place) -> None:
    text = CONFIG.replace('"console"\n\n[[route', '"consol"\n\n[[route').replace("\n", "\r\n")
    place.write("config.toml", b"\xef\xbb\xbf" + text.encode())
    assert [problem.split(": ")[0] for problem in place.problems()] == ["config.toml:7:8"]


@pytest.mark.parametrize(
    ("text", "place_told"),
    [
        ("a = [1,\n 2\n", "2:3"),
        ('a = 1\n\nb = "x', "3:7"),
        ("a = 1\na = 2\n", "2:6"),
        ("x = " + "[" * 100_000, "1:1"),
        ("n = " + "9" * 5000, "1:"),
        ("a\x00 = 1", "1:2"),
    ],
)
def test_a_syntax_error_has_a_place(place: Place, text: str, place_told: str) -> None:
    place.write("config.toml", text)
    problem = place.problems()[0]
    assert problem.startswith(f"config.toml:{place_told}")
    assert "not valid TOML" in problem


def test_latin_1_is_told_at_its_first_letter(place: Place) -> None:
    place.write("config.toml", b"# \xc3\xa4\n" + 'contact = "möte"'.encode("latin-1"))
    assert place.problems()[0].startswith("config.toml:2:13: not UTF-8 text")
