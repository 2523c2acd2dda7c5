"""Where the keys and values of a TOML text stand. tomllib reads what they say, and tells no positions.

The scanner is fed only what tomllib has accepted: it looks for edges and trusts the rest.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

Loc = tuple[str | int, ...]
"""The way to a value: keys, and numbers of elements, as in ("rule", 2, "country", 0)."""

_SPACE = re.compile(r"[ \t]*")
_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_KEY = re.compile(r""" "(?:[^"\\]|\\.)*" | '[^']*' | [A-Za-z0-9_-]+ """, re.VERBOSE)
# A multi-line string may end in up to five quotes, of which the first two are text.
_STRING = re.compile(
    r''' """(?:\\.|[^\\])*?"""(?:"{0,2}) | \'\'\'.*?\'\'\'(?:'{0,2}) | "(?:[^"\\]|\\.)*" | '[^']*' ''',
    re.VERBOSE | re.DOTALL,
)
_PLAIN = re.compile(r"[^,\]}#\n]*")


class Position(NamedTuple):
    """Line and column, both from 1; a column is a character, not a byte."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Positions:
    """Of keys (a table's is its name in the header) and of values (a table's is its bracket)."""

    keys: Mapping[Loc, Position]
    values: Mapping[Loc, Position]

    def of_key(self, loc: Loc) -> Position:
        return self.keys.get(loc) or self.of_value(loc)

    def of_value(self, loc: Loc) -> Position:
        """Where the value stands, or the nearest thing around it that is written in the file."""
        while loc:
            if place := self.values.get(loc) or self.keys.get(loc):
                return place
            loc = loc[:-1]
        return Position(1, 1)


def positions(text: str) -> Positions:
    """The positions of all that stands in `text`, which has to be valid TOML."""
    scanner = _Scanner(text)
    scanner.document()
    return Positions(scanner.keys, scanner.values)


def position_at(text: str, offset: int) -> Position:
    """The line and column of character number `offset` (from 0)."""
    return Position(text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.keys: dict[Loc, Position] = {}
        self.values: dict[Loc, Position] = {}
        self._last: dict[Loc, int] = {}  # the number of the newest element of each array of tables
        self._lines = [0, *(end.end() for end in re.finditer("\n", text))]

    def document(self) -> None:
        table: Loc = ()
        while self._next() is not None:
            if self._next() == "[":
                table = self._header()
            else:
                self._entry(table)

    def _header(self) -> Loc:
        start, brackets = self.at, 2 if self.text.startswith("[[", self.at) else 1
        self.at += brackets
        names = self._key()
        self.at += brackets
        loc: Loc = ()
        for number, (name, offset) in enumerate(names, 1):
            loc += (name,)
            own = number == len(names)
            if own and brackets == 1:  # [a] after [a.b]: this is where `a` itself is written
                self.keys[loc], self.values[loc] = self._place(offset), self._place(start)
            self.keys.setdefault(loc, self._place(offset))
            self.values.setdefault(loc, self._place(start))
            if own and brackets == 2:
                self._last[loc] = self._last.get(loc, -1) + 1
            if loc in self._last:
                loc += (self._last[loc],)
        self.values.setdefault(loc, self._place(start))
        return loc

    def _entry(self, table: Loc) -> None:
        """`key = value`, or `some.dotted.key = value`."""
        loc = table
        for name, offset in self._key():
            loc += (name,)
            self.keys.setdefault(loc, self._place(offset))
        self.at += 1  # the sign =
        self._skip(_SPACE)
        self._value(loc)

    def _key(self) -> list[tuple[str, int]]:
        """The parts of a key, each with its offset; stops at what follows."""
        parts: list[tuple[str, int]] = []
        while not parts or self.text[self.at] == ".":
            self.at += bool(parts)
            self._skip(_SPACE)
            start = self.at
            self._skip(_KEY)
            parts.append((_unquoted(self.text[start : self.at]), start))
            self._skip(_SPACE)
        return parts

    def _value(self, loc: Loc) -> None:
        self.values[loc] = self._place(self.at)
        match self.text[self.at]:
            case "[":
                self._array(loc)
            case "{":
                self._inline_table(loc)
            case '"' | "'":
                self._skip(_STRING)
            case _:
                self._skip(_PLAIN)

    def _array(self, loc: Loc) -> None:
        self.at += 1
        number = 0
        while self._next() != "]":
            self._value((*loc, number))
            number += 1
            if self._next() == ",":
                self.at += 1
        self.at += 1

    def _inline_table(self, loc: Loc) -> None:
        self.at += 1
        while self._next() != "}":
            self._entry(loc)
            if self._next() == ",":
                self.at += 1
        self.at += 1

    def _next(self) -> str | None:
        """The next character that is no space and no comment; None at the end."""
        self._skip(_BLANK)
        return self.text[self.at] if self.at < len(self.text) else None

    def _skip(self, what: re.Pattern[str]) -> None:
        if found := what.match(self.text, self.at):
            self.at = found.end()

    def _place(self, offset: int) -> Position:
        line = bisect_right(self._lines, offset)
        return Position(line, offset - self._lines[line - 1] + 1)


def _unquoted(key: str) -> str:
    if key[:1] not in ('"', "'"):
        return key
    if "\\" not in key:
        return key[1:-1]
    text: str = tomllib.loads(f"key = {key}")["key"]
    return text
