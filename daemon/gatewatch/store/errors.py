"""What can be wrong with a database before the first query, in words for people."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path


class StoreError(Exception):
    """The database can't be used as it is. `lasting`: nor will it be after a while, until somebody does something."""

    lasting = False


class NoDatabase(StoreError):
    """Reading was asked for, and nothing was ever written."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"there is no database at {path} yet: start `gatewatch run` first")


class UnusableDatabase(StoreError):
    """The file is there, and SQLite refuses it: permissions, a full disk, not a database."""

    def __init__(self, path: Path, cause: Exception) -> None:
        super().__init__(f"the database at {path} can't be opened: {cause}")
        self.lasting = getattr(cause, "sqlite_errorcode", None) == sqlite3.SQLITE_NOTADB


class NewerSchema(StoreError):
    """A later Gatewatch has written here; going on could destroy what it knows."""

    lasting = True

    def __init__(self, path: Path | None, unknown: Sequence[str]) -> None:
        steps = ", ".join(unknown)
        super().__init__(
            f"the database{f' at {path}' if path else ''} was written by a newer Gatewatch"
            f" (it holds {steps}): upgrade Gatewatch, or point `state` at another directory"
        )


class OlderSchema(StoreError):
    """A reader met a database that its writer has not brought up to date yet."""

    def __init__(self, path: Path | None) -> None:
        super().__init__(
            f"the database{f' at {path}' if path else ''} was written by an older Gatewatch:"
            " start `gatewatch run` once to bring it up to date"
        )


class ForeignDatabase(StoreError):
    """SQLite reads it, and it was not made by Gatewatch."""

    lasting = True

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} is no database of Gatewatch")


class DamagedDatabase(StoreError):
    """SQLite finds that pages, indexes or references contradict each other."""

    lasting = True

    def __init__(self, path: Path, damage: Sequence[str]) -> None:
        more = f" (and {len(damage) - 1} more)" if len(damage) > 1 else ""
        super().__init__(f"the database at {path} is damaged: {damage[0]}{more}")


class DatabaseInUse(StoreError):
    """Another process has it open for longer than it takes to write."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"the database at {path} is in use by another process: end it, and try again")


class NotCopied(StoreError):
    """A full disk, mostly."""

    def __init__(self, path: Path, cause: Exception) -> None:
        super().__init__(f"the database at {path} can't be copied: {cause}")
