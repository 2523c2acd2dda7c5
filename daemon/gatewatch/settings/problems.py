"""What is wrong with a file that a user wrote, where, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One mistake. `line` and `column` count characters from 1; line 0 means the file as a whole."""

    path: Path
    line: int
    column: int
    what: str
    hint: str = ""

    def __str__(self) -> str:
        where = f"{self.path}:{self.line}:{self.column}" if self.line else str(self.path)
        return f"{where}: {self.what}. {self.hint}".rstrip()


class InvalidSettings(Exception):
    """Every problem that was found, not only the first one."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))
