"""One TOML file as it lies on the disk: what it says, and where."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from gatewatch.settings.positions import Loc, Positions, position_at, positions
from gatewatch.settings.problems import Problem

_PLACE = re.compile(r" \(at line (\d+), column (\d+)\)$")
_END = " (at end of document)"


class Finding(NamedTuple):
    """A problem before it has its line: at the value of `loc`, or at its key where `on_key`."""

    loc: Loc
    what: str
    hint: str = ""
    on_key: bool = False


@dataclass(frozen=True)
class TomlFile:
    """A file, or one that could not be read: then it is empty and `broken` says why."""

    path: Path
    data: dict[str, Any] = field(default_factory=dict)
    text: str = field(default="", repr=False)
    broken: Problem | None = None

    @cached_property
    def places(self) -> Positions:
        """Looked for only when asked: in a file without mistakes nobody asks, and it takes as long as to read it."""
        return positions(self.text)

    def problem(self, finding: Finding) -> Problem:
        find = self.places.of_key if finding.on_key else self.places.of_value
        return Problem(self.path, *find(finding.loc), finding.what, finding.hint)

    def line(self, loc: Loc) -> int:
        return self.places.of_value(loc).line

    def tables(self, name: str) -> Iterator[tuple[Loc, dict[str, Any]]]:
        """The tables written as [[name]], leaving out what is no table."""
        return tables_in(self.data, name)


def tables_in(data: dict[str, Any], name: str, above: Loc = ()) -> Iterator[tuple[Loc, dict[str, Any]]]:
    """The tables in the array `name` of `data`, which itself stands at `above`."""
    written = data.get(name)
    for number, table in enumerate(written if isinstance(written, list) else ()):
        if isinstance(table, dict):
            yield (*above, name, number), table


def read_toml(path: Path) -> TomlFile:
    """Reads a file and never raises: whatever is wrong with it is told by `broken`."""
    try:
        content = path.read_bytes()
    except OSError as error:
        return TomlFile(path, broken=_unreadable(path, error))
    try:
        # Notepad begins a file with a byte order mark, which TOML does not know.
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8-sig")
        place = position_at(before, len(before))
        return TomlFile(path, broken=Problem(path, *place, "not UTF-8 text", "Save the file as UTF-8"))
    return toml_of(path, text)


def toml_of(path: Path, text: str) -> TomlFile:
    """What `text` says, which is that of the file at `path`. Never raises."""
    try:
        return TomlFile(path, tomllib.loads(text), text)
    except (ValueError, RecursionError) as error:
        return TomlFile(path, broken=_malformed(path, text, error))


def _unreadable(path: Path, error: OSError) -> Problem:
    match error:
        case FileNotFoundError():
            return Problem(path, 0, 0, "no such file", "`gatewatch init` writes files to start from")
        case IsADirectoryError():
            return Problem(path, 0, 0, "a directory where a file should be")
        case PermissionError():
            return Problem(path, 0, 0, "may not be read", "Give the user that runs Gatewatch the right to")
    return Problem(path, 0, 0, f"cannot be read: {error.strerror or error}")


def _malformed(path: Path, text: str, error: Exception) -> Problem:
    """Up to Python 3.13 tomllib tells the place of a mistake in its message only."""
    message = str(error)
    if isinstance(error, RecursionError):
        return Problem(path, 1, 1, "not valid TOML: brackets within brackets without end")
    if found := _PLACE.search(message):
        line, column = int(found[1]), int(found[2])
        message = message[: found.start()]
    else:
        line, column = position_at(text, len(text.rstrip()))
        message = message.removesuffix(_END)
    return Problem(
        path, line, column, f"not valid TOML: {message[:1].lower()}{message[1:]}", _advice(message)
    )


def _advice(message: str) -> str:
    if message.startswith("Invalid value"):
        return "Text stands in quotes"
    if "overwrite" in message or "declare" in message or "mutate" in message:
        return "The same key or table stands twice"
    if message.startswith("Illegal character '\\n'"):
        return "A quote that is opened here is never closed"
    return ""
