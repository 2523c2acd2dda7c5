"""The demo: feeds, the real daemon on a fast clock, and somebody who watches."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from gatewatch.demo.clock import DemoClock
from gatewatch.demo.feed_server import FeedServer
from gatewatch.demo.news import END, START, outlets
from gatewatch.demo.stage import TOLD, set_stage
from gatewatch.demo.watching import Frame, Watcher
from gatewatch.service.daemon import Daemon, Requests
from gatewatch.settings import Loaded, Settings, load
from gatewatch.store import database_path

#: Each source is polled so many times in a real second: a slower demo polls more often in its own time.
POLLS_A_SECOND = 7

#: Real seconds between two frames, and how long the daemon gets to begin and to finish its last round.
BETWEEN_FRAMES = 0.1
PATIENCE = 30.0


class DemoFailed(Exception):
    """The daemon did not do in time what it had to."""


async def play(directory: Path, seconds: float, show: Callable[[Frame], None]) -> Frame:
    """Lets November 2023 pass in `seconds` in the empty `directory`; gives the last frame."""
    pace = (END - START).total_seconds() / seconds
    clock = DemoClock(START, pace, time.monotonic)
    requests = Requests()
    with FeedServer(outlets(), clock) as server:
        every = timedelta(seconds=max(1, round(pace / POLLS_A_SECOND)))
        settings = load(set_stage(directory, outlets(), server.url, every))
        settings.state_dir.mkdir()
        daemon = asyncio.create_task(Daemon(Loaded(settings), clock, pace=pace).run(requests))
        try:
            return await _watch(daemon, settings, clock, show)
        finally:
            requests.stop.set()
            await daemon


async def _watch(
    daemon: asyncio.Task[tuple[str, ...]], settings: Settings, clock: DemoClock, show: Callable[[Frame], None]
) -> Frame:
    watcher = await _once_begun(daemon, settings)
    try:
        await _until(daemon, lambda: watcher.seeded(len(settings.sources)), "poll each source once")
        clock.go()
        while clock() < END:
            show(watcher.frame(clock()))
            await _a_moment(daemon)
        await _until(daemon, lambda: watcher.polled_since(END), "finish its last round")
        # Once more: a poll that ends after END may have been answered before it, the one after that was not.
        again = clock()
        await _until(daemon, lambda: watcher.polled_since(again), "finish its last round")
        await _until(daemon, lambda: not watcher.frame(END).waiting, "deliver what it has to tell")
        last = watcher.frame(END)
        show(last)
        return last
    finally:
        watcher.close()


async def _once_begun(daemon: asyncio.Task[tuple[str, ...]], settings: Settings) -> Watcher:
    found: list[Watcher] = []

    def begun() -> bool:
        watcher = Watcher.open(database_path(settings.state_dir), settings.config.parent / TOLD)
        found.extend([watcher] if watcher else [])
        return watcher is not None

    await _until(daemon, begun, "make its database")
    return found[0]


async def _until(daemon: asyncio.Task[tuple[str, ...]], done: Callable[[], bool], what: str) -> None:
    bound = time.monotonic() + PATIENCE
    while not done():
        if time.monotonic() > bound:
            raise DemoFailed(f"the daemon did not {what} within {PATIENCE:.0f} seconds")
        await _a_moment(daemon)


async def _a_moment(daemon: asyncio.Task[tuple[str, ...]]) -> None:
    """Waits for the next frame. A daemon that has fallen takes the demo with it, and says why."""
    finished, _ = await asyncio.wait({daemon}, timeout=BETWEEN_FRAMES)
    if finished:
        daemon.result()
        raise DemoFailed("the daemon ended before its time")
