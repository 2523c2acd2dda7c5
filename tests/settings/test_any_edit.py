"""Whatever an edit makes of the files, loading ends in settings or in problems, never in a crash (promise 6)."""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from gatewatch.settings import InvalidSettings, load

from .conftest import CONFIG, RULE

MAIL = """
[[channel]]
name = "m"
type = "email"
host = "h"
port = 25
secret = "s"
username = "u"
from = "g@b"
to = ["a@b"]
"""
TEST = """
count = { over = 100, rearm_below = 80 }
[[rule.test]]
title = "x"
fires = false
because = "any"
"""
PLACES = """
[[country]]
code = "FI"
names = ["Suomi"]
[[crossing]]
name = "V"
country = "FI"
neighbour = "FI"
terms = ["V*"]
"""
WORDS = """
language = "fi"
name = "F"
[words.close]
terms = ["s*"]
[numbers]
"x" = { from = 2, to = 9 }
"""
FILES = {
    "config.toml": f'state = "state"\nrules = "rules"\ntimezone = "UTC"\nevery = "5m"\n{CONFIG}{MAIL}',
    "rules/border.toml": RULE + TEST,
    "rules/places.toml": PLACES,
    "rules/vocabulary/fi.toml": WORDS,
}
EDITS = st.sampled_from(
    [
        "[]",
        "[[1]]",
        "{}",
        "{ a = 1 }",
        "1",
        "-1",
        "1.5",
        "true",
        '""',
        '"x"',
        '["x", 1]',
        "nan",
        "2023-01-01",
        "9" * 30,
    ]
)
VALUE = re.compile(r'"[^"\n]*"(?! =)|\b\d+\b|\bfalse\b|\[\[?[a-z.]+\]\]?')


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_value_of_any_kind_in_any_place_is_fine_or_a_problem_with_a_place(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(FILES)))
    spots = list(VALUE.finditer(FILES[name]))
    spot = data.draw(st.sampled_from(spots))
    edited = FILES[name][: spot.start()] + data.draw(EDITS) + FILES[name][spot.end() :]
    told = problems(FILES | {name: edited})
    assert all(each.startswith(("config.toml", "rules", "x: no such directory")) for each in told)


def test_the_files_are_right_before_the_edit() -> None:
    assert problems(FILES) == []


def problems(files: dict[str, str]) -> list[str]:
    with TemporaryDirectory() as directory:
        for name, text in files.items():
            path = Path(directory) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        try:
            load(Path(directory) / "config.toml")
        except InvalidSettings as error:
            return [str(problem).removeprefix(f"{directory}/") for problem in error.problems]
        return []
