"""Brings a database up to date and dies before the n-th statement: n is 1, 1 + step, … A program and not a test: it forks.

Run with a database, an empty directory and the step. Answers with one JSON line for each n: how it ended (-9 is killed, 0 came
to its end), which steps the database had then, and what was wrong with it after it was opened once more.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

from gatewatch.store import Store
from gatewatch.store.soundness import steps_of


def die_at(number: int) -> None:
    """Lets this process kill itself before its `number`-th statement."""
    connect, statements = sqlite3.connect, count(1)

    def counted(statement: str) -> None:
        if next(statements) == number:
            os.kill(os.getpid(), signal.SIGKILL)

    def counting(*arguments: Any, **named: Any) -> sqlite3.Connection:
        connection = connect(*arguments, **named)
        connection.set_trace_callback(counted)
        return connection

    sqlite3.connect = counting  # type: ignore[assignment]


def in_child(work: Callable[[], object]) -> tuple[int, Any]:
    """Does the work in a forked process: how it ended, and what it gave."""
    reads, writes = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(writes, json.dumps(work()).encode())
        os._exit(0)
    os.close(writes)
    with os.fdopen(reads) as answer:
        said = answer.read()
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), json.loads(said or "null")


def upgraded(database: Path, number: int) -> None:
    die_at(number)
    Store.open(database).close()


def steps(database: Path) -> tuple[str, ...]:
    with closing(sqlite3.connect(database)) as db:
        return steps_of(db)


def wrong(database: Path) -> list[str]:
    with Store.open(database) as store:
        return [str(finding) for finding in store.findings(datetime(2000, 1, 1, tzinfo=UTC))]


def main(released: Path, directory: Path, step: int) -> None:
    for number in count(1, step):
        database = directory / f"{number}.db"
        shutil.copyfile(released, database)
        code, _ = in_child(lambda database=database, number=number: upgraded(database, number))  # type: ignore[misc]
        answer = {
            "code": code,
            "steps": in_child(lambda database=database: steps(database))[1],  # type: ignore[misc]
            "wrong": in_child(lambda database=database: wrong(database))[1],  # type: ignore[misc]
        }
        print(json.dumps(answer), flush=True)
        if code == 0:
            return


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
