"""The names by which tables are referred to, as they are written, right or wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gatewatch.settings.known import shown
from gatewatch.settings.problems import Problem
from gatewatch.settings.toml_file import Finding, TomlFile


def names_in(file: TomlFile, table: str, key: str) -> frozenset[str]:
    """All names of [[table]], also where it has mistakes: to refer to it is no second mistake."""
    written = (entry.get(key) for _, entry in file.tables(table))
    return frozenset(name for name in written if isinstance(name, str))


def repeated(files: Iterable[TomlFile], table: str, key: str) -> Iterator[Problem]:
    """Every name of [[table]] that was given before, in the same file or an earlier one."""
    first: dict[str, str] = {}
    for file in files:
        for loc, entry in file.tables(table):
            name, at = entry.get(key), (*loc, key)
            if not isinstance(name, str):
                continue
            if name in first:
                hint = f"The first stands at {first[name]}"
                yield file.problem(Finding(at, f"a second {table} with the {key} {shown(name)}", hint))
            first.setdefault(name, f"{file.path}:{file.line(at)}")
