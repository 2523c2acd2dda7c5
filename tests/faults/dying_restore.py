"""Restores a backup and dies before the n-th step: for n = 1, 1 + step, … A program and not a test: it forks.

Steps are SQL statements, syncs, renames, and the moments before and after the database is overwritten. Run with a
config.toml, a backup and the step. Answers with one JSON line for each n: how it ended (-9 is killed, 0 came to its
end), the alerts that the database held then, and those that it held after the restore was done once more, with what is half written then.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from faults.dying_upgrade import in_child
from gatewatch.service.restoring import restore
from gatewatch.settings import load
from gatewatch.store import Store, database_path

NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)


def die_at(number: int) -> None:
    """Lets this process kill itself before its `number`-th step."""
    steps = count(1)

    def step(*_: object) -> None:
        if next(steps) == number:
            os.kill(os.getpid(), signal.SIGKILL)

    def stepping(work: Callable[..., Any]) -> Callable[..., Any]:
        def stepped(*arguments: Any, **named: Any) -> Any:
            step()
            result = work(*arguments, **named)
            step()
            return result

        return stepped

    class Stepping(sqlite3.Connection):
        def __init__(self, *arguments: Any, **named: Any) -> None:
            super().__init__(*arguments, **named)
            self.set_trace_callback(step)

        backup = stepping(sqlite3.Connection.backup)

    connect = sqlite3.connect
    sqlite3.connect = lambda *arguments, **named: connect(*arguments, factory=Stepping, **named)  # type: ignore[assignment]
    os.fsync = stepping(os.fsync)
    Path.replace = stepping(Path.replace)  # type: ignore[method-assign]


def alerts_in(database: Path) -> list[str]:
    """Raises where something is wrong with it."""
    with Store.open(database) as store:
        assert store._execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        return [alert.id for alert in store.alerts(99)]


def main(config: Path, backup: Path, step: int) -> None:
    settings = load(config)
    database, before = database_path(settings.state_dir), config.parent / "before"
    settings.state_dir.rename(before)
    for number in count(1, step):
        shutil.rmtree(settings.state_dir, ignore_errors=True)
        shutil.copytree(before, settings.state_dir)

        def dying(number: int = number) -> None:
            die_at(number)
            restore(settings, backup, NOW)

        code, _ = in_child(dying)
        _, left = in_child(lambda: alerts_in(database))
        in_child(lambda: restore(settings, backup, NOW) and None)
        _, again = in_child(lambda: alerts_in(database))
        partial = [path.name for path in settings.state_dir.iterdir() if "partial" in path.name]
        print(json.dumps({"code": code, "left": left, "again": again, "partial": partial}), flush=True)
        if code == 0:
            return


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
