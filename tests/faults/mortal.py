"""A service that dies where it is told to: before or after the n-th statement or send of one of its threads.

A program and not a test: it forks, so it must have no threads. Run with the path of a config.toml, whose state
directory was seeded and whose source now shows new items. It reads places to die from its input, one JSON line
`[thread, n]` each; for each it sets the state directory back, lets a round of the real daemon die there, lets
a second round come to its end, and answers with one JSON line: how both ended (-9 is killed, 0 came to its end). The
answer to `null` is what an undisturbed round goes by: for each thread the names of its events, in order.
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import signal
import sqlite3
import sys
import threading
from collections import defaultdict
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from gatewatch.alerts.delivery import Courier
from gatewatch.alerts.messages import Message
from gatewatch.alerts.results import Result
from gatewatch.alerts.sinks import Sink
from gatewatch.alerts.slack import SlackWebhook
from gatewatch.reading import Reader
from gatewatch.service import generation, ways_out
from gatewatch.service.once import run_once
from gatewatch.settings import Loaded, Settings, learned, load

LATER = timedelta(hours=2)
"""From one round to the next: every source is due and every lease has run out."""

#: Whose thread this is: the name of a channel, or "writer". Each counts for itself, so that n is the same place
#: each time, in whatever order the threads come to run.
thread: ContextVar[str] = ContextVar("thread", default="writer")


class Events:
    """What has happened in each thread. Reaching `place` (a thread and the number of an event) ends the process."""

    def __init__(self, place: tuple[str, int] | None) -> None:
        self._place = place
        self._lock = threading.Lock()
        self.names: dict[str, list[str]] = defaultdict(list)

    def pass_by(self, name: str) -> None:
        with self._lock:
            here = self.names[thread.get()]
            here.append(name)
            if (thread.get(), len(here)) == self._place:
                os.kill(os.getpid(), signal.SIGKILL)


def watch(events: Events) -> None:
    """Lets every statement, on whichever connection, and every send of a courier pass by `events`: before and after."""

    class Watched(sqlite3.Connection):
        def __init__(self, *arguments: Any, **named: Any) -> None:
            super().__init__(*arguments, **named)
            self.set_trace_callback(lambda statement: events.pass_by(f"before {statement.split('(')[0][:60]}"))

        def execute(self, sql: str, *parameters: Any) -> sqlite3.Cursor:
            cursor = super().execute(sql, *parameters)
            events.pass_by(f"after {sql.split('(')[0].strip()[:60]}")
            return cursor

    connect = sqlite3.connect
    sqlite3.connect = lambda *arguments, **named: connect(*arguments, factory=Watched, **named)  # type: ignore[assignment]

    class WatchedSink:
        def __init__(self, sink: Sink) -> None:
            self._sink = sink
            self.family, self.budget = sink.family, sink.budget

        def send(self, message: Message) -> Result:
            events.pass_by("before the send")
            result = self._sink.send(message)
            events.pass_by("after the send")
            return result

    class WatchedCourier(Courier):
        def __init__(self, store_path: Path, channel: str, sink: Sink, *others: Any, **named: Any) -> None:
            super().__init__(store_path, channel, WatchedSink(sink), *others, **named)
            self._name = channel

        def deliver_due(self, now: datetime) -> int:
            thread.set(self._name)
            return super().deliver_due(now)

    ways_out.Courier = WatchedCourier  # type: ignore[misc]


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


def set_back(state: Path, seeded: Path) -> None:
    shutil.rmtree(state, ignore_errors=True)
    shutil.copytree(seeded, state)


def measured(settings: Settings, now: datetime) -> dict[str, list[str]]:
    """The events of an undisturbed round."""
    kept = settings.config.parent / "events.json"

    def work() -> None:
        events = Events(None)
        watch(events)
        round_at(settings, now + LATER)
        kept.write_text(json.dumps(events.names))

    assert in_child(work) == 0
    names: dict[str, list[str]] = json.loads(kept.read_text())
    return names


def died(settings: Settings, now: datetime, place: tuple[str, int]) -> dict[str, int]:
    def work() -> None:
        watch(Events(place))
        round_at(settings, now + LATER)

    return {"code": in_child(work), "recovered": in_child(lambda: round_at(settings, now + 2 * LATER))}


def get_ready(settings: Settings) -> None:
    """What is the same in each round is done once, before the first: apprise loads its services, words are read."""
    ways_out.orders_of(settings)
    SlackWebhook.request_rate_per_sec = 0  # apprise spares Slack a second between messages; our far end needs none
    reader = Reader(settings.vocabularies, settings.gazetteer, learned())
    generation.Reader = lambda *_: reader  # type: ignore[assignment, misc]


def main(config: Path) -> None:
    settings = load(config)
    get_ready(settings)
    seeded = config.parent / "seeded"
    settings.state_dir.rename(seeded)
    now = datetime.now(UTC)
    for asked in sys.stdin:
        place = json.loads(asked)
        set_back(settings.state_dir, seeded)
        answer = measured(settings, now) if place is None else died(settings, now, (place[0], place[1]))
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
