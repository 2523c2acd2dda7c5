"""Every key and value of a TOML text has the place at which it is written."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from gatewatch.settings.positions import Loc, Position, positions

BARE = st.from_regex(r"[A-Za-z0-9_-]{1,6}", fullmatch=True)
QUOTED = st.text(st.sampled_from('ab.=[]# "\\äя'), max_size=6)
KEYS = BARE | QUOTED
SPACE = st.sampled_from(["", " ", "\t", "  "])
# Signs that end values or strings elsewhere, in every kind of string.
STRINGS = st.text(st.sampled_from("abя,]}#=\"'[{ "), max_size=12)
SCALARS = st.one_of(
    st.integers(-(10**6), 10**6).map(str),
    st.sampled_from(["true", "1.5e3", "2023-11-16", "2023-11-16 07:32:00Z", "inf", "0x1F"]),
    STRINGS.map(lambda text: '"' + text.replace('"', '\\"') + '"'),
    STRINGS.map(lambda text: "'" + text.replace("'", "") + "'"),
    STRINGS.map(lambda text: '"""' + text.replace('"', '\\"') + "\n# no comment\n" + '"""'),
    STRINGS.map(lambda text: "'''\n" + text.replace("'", "") + "''" + "'''"),
    st.just('"""ends in quotes"""""'),
)


def written(key: str, draw: st.DrawFn) -> str:
    bare = key.isascii() and key.replace("-", "").replace("_", "").isalnum()
    if bare and draw(st.booleans()):
        return key
    return '"' + key.replace("\\", "\\\\").replace('"', '\\"') + '"'


class Author:
    """Writes TOML and notes down where each thing comes to stand."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.text = ""
        self.keys: dict[Loc, Position] = {}
        self.values: dict[Loc, Position] = {}

    def here(self) -> Position:
        line = self.text.count("\n") + 1
        return Position(line, len(self.text) - (self.text.rfind("\n") + 1) + 1)

    def put(self, text: str) -> None:
        self.text += text

    def space(self) -> None:
        self.put(self.draw(SPACE))

    def blank(self) -> None:
        self.put(self.draw(st.sampled_from(["", " ", "\n", '# a ] } " comment\n', "\n\t\n"])))

    def value(self, loc: Loc, depth: int) -> None:
        self.values[loc] = self.here()
        kind = self.draw(st.sampled_from(["scalar", "array", "inline"])) if depth else "scalar"
        if kind == "scalar":
            self.put(self.draw(SCALARS))
        elif kind == "array":
            self.array(loc, depth)
        else:
            self.inline(loc, depth)

    def array(self, loc: Loc, depth: int) -> None:
        self.put("[")
        self.blank()
        for number in range(count := self.draw(st.integers(0, 3))):
            self.value((*loc, number), depth - 1)
            self.blank()
            if number + 1 < count or self.draw(st.booleans()):
                self.put(",")
            self.blank()
        self.put("]")

    def inline(self, loc: Loc, depth: int) -> None:
        self.put("{")
        for number, key in enumerate(self.draw(st.lists(KEYS, unique=True, max_size=3))):
            self.put("," if number else "")
            self.space()
            self.entry(loc, key, depth - 1)
            self.space()
        self.put("}")

    def entry(self, table: Loc, key: str, depth: int) -> None:
        loc = (*table, key)
        self.keys[loc] = self.here()
        self.put(written(key, self.draw))
        if self.draw(st.booleans()):  # dotted
            self.space()
            self.put(".")
            self.space()
            loc = (*loc, inner := self.draw(KEYS))
            self.keys[loc] = self.here()
            self.put(written(inner, self.draw))
        self.space()
        self.put("=")
        self.space()
        self.value(loc, depth)

    def header(self, loc: Loc, key: str, brackets: int) -> None:
        self.space()
        start = self.here()
        self.put("[" * brackets)
        self.space()
        self.keys.setdefault((*loc, key), self.here())
        self.values.setdefault((*loc, key), start)
        self.put(written(key, self.draw))
        self.space()
        self.put("]" * brackets)
        self.put(self.draw(st.sampled_from(["\n", " # why\n"])))

    def entries(self, table: Loc) -> None:
        for key in self.draw(st.lists(KEYS, unique=True, max_size=3)):
            self.space()
            self.entry(table, key, 2)
            self.put("\n")


@st.composite
def documents(draw: st.DrawFn) -> Author:
    author = Author(draw)
    names = draw(st.lists(KEYS, unique=True, min_size=2, max_size=4))
    author.put("# first\n" if draw(st.booleans()) else "")
    for key in names[:1]:
        author.entry((), key, 2)
        author.put("\n")
    for name in names[1:]:
        if draw(st.booleans()):
            author.header((), name, 1)
            author.entries((name,))
            continue
        for number in range(draw(st.integers(1, 3))):
            start = author.text
            author.header((), name, 2)
            bracket = len(author.text[len(start) :]) - len(author.text[len(start) :].lstrip(" \t"))
            author.values[(name, number)] = Position(start.count("\n") + 1, bracket + 1)
            author.entries((name, number))
    return author


def locs(data: Any, above: Loc = ()) -> Iterator[Loc]:
    """The way to everything in a parsed document."""
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in inner:
        yield (*above, key)
        yield from locs(value, (*above, key))


@given(documents())
def test_each_key_and_value_stands_where_it_was_written(author: Author) -> None:
    found = positions(author.text)
    assert {loc: found.keys[loc] for loc in author.keys} == author.keys
    assert {loc: found.values[loc] for loc in author.values} == author.values


@given(documents())
def test_everything_that_tomllib_reads_has_a_place_and_nothing_else_has(author: Author) -> None:
    found = positions(author.text)
    assert set(locs(tomllib.loads(author.text))) == {*found.keys, *found.values}


def test_tables_in_tables_belong_to_the_newest_of_their_array() -> None:
    text = '[[rule]]\nid = "a"\n  [[rule.test]]\n  title = "1"\n'
    text += "[[rule]]\n  [[rule.test]]\n  [[rule.test]]\n  title = 2\n"
    found = positions(text)
    assert found.values["rule", 0, "test", 0, "title"] == Position(4, 11)
    assert found.values["rule", 1, "test", 1] == Position(7, 3)
    assert found.values["rule", 1, "test", 1, "title"] == Position(8, 11)


def test_a_table_that_is_written_after_its_inner_one_stands_at_its_own_header() -> None:
    found = positions("[words.close]\n[words]\nx = 1\n")
    assert found.keys["words",] == Position(2, 2)


def test_what_is_missing_is_told_at_the_table_around_it() -> None:
    found = positions('[[source]]\nid = "a"\n')
    assert found.of_value(("source", 0, "url")) == Position(1, 1)
    assert found.of_value(("channel",)) == Position(1, 1)


def test_a_column_counts_characters_and_not_bytes() -> None:
    assert positions('words = ["йй", 5]').values["words", 1] == Position(1, 16)
