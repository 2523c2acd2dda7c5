"""What can be wrong with a database before the first query, in words for people."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path


class StoreError(Exception):
    """The database can't be used as it is."""


class NoDatabase(StoreError):
    """Reading was asked for, and nothing was ever written."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"there is no database at {path} yet: start `gatewatch run` first")


class UnusableDatabase(StoreError):
    """The file is there, and SQLite refuses it: permissions, a full disk, not a database."""

    def __init__(self, path: Path, cause: Exception) -> None:
        super().__init__(f"the database at {path} can't be opened: {cause}")


class NewerSchema(StoreError):
    """A later Gatewatch has written here; going on could destroy what it knows."""

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
