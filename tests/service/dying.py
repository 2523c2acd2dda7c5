"""Dies at the n-th SQL statement of a round, recovers, and tells what the channel got: n is 1, 1 + step, ….

A program and not a test: it forks, so it must have no threads. Run with the path of a config.toml, whose
state directory was seeded and whose source now shows new items, and the step. Ends with the first n that has
no statement. One JSON line for each n: how the round ended (-9 is killed, 0 came to its end), and all
that the `file` channel was told by the end of the recovery.
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import signal
import sqlite3
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from gatewatch.service.once import run_once
from gatewatch.settings import Loaded, Settings, load

LATER = timedelta(hours=2)
"""From one round to the next: every source is due and every lease has run out."""


def die_at(number: int) -> None:
    """Lets this process kill itself before its `number`-th SQL statement, in whichever thread."""
    connect = sqlite3.connect
    seen = 0

    def count(statement: str) -> None:
        nonlocal seen
        seen += 1
        if seen == number:
            os.kill(os.getpid(), signal.SIGKILL)

    def counting(*args: Any, **kwargs: Any) -> Any:
        connection = connect(*args, **kwargs)
        connection.set_trace_callback(count)
        return connection

    sqlite3.connect = counting


def in_child(work: Callable[[], None]) -> int:
    """Does the work in a forked process; its exit code, negative where a signal ended it."""
    child = os.fork()
    if child == 0:
        try:
            work()
        except BaseException:
            sys.excepthook(*sys.exc_info())
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def round_at(settings: Settings, at: datetime) -> None:
    asyncio.run(run_once(Loaded(settings), lambda: at))


def main(config: Path, step: int) -> None:
    settings = load(config)
    told, kept = config.parent / "told.jsonl", config.parent / "seeded"
    settings.state_dir.rename(kept)
    now = datetime.now(UTC)
    for number in range(1, 10_000, step):
        shutil.rmtree(settings.state_dir, ignore_errors=True)
        shutil.copytree(kept, settings.state_dir)
        told.unlink(missing_ok=True)

        def dying(number: int = number) -> None:
            die_at(number)
            round_at(settings, now + LATER)

        code = in_child(dying)
        recovered = in_child(lambda: round_at(settings, now + 2 * LATER))
        lines = told.read_text().splitlines() if told.exists() else []
        print(
            json.dumps({"statement": number, "code": code, "recovered": recovered, "told": lines}), flush=True
        )
        if code == 0:
            break


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
