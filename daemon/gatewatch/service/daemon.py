"""The daemon: starts the engine, heeds what it is asked for (reload, stop), and tells systemd how it stands."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from dataclasses import dataclass, field
from typing import NoReturn
from zoneinfo import ZoneInfo

from gatewatch.model import Clock
from gatewatch.service.engine import Engine
from gatewatch.service.generation import generation
from gatewatch.service.lock import only_one
from gatewatch.service.logfmt import line
from gatewatch.service.lookout import Lookout
from gatewatch.service.notify import Notifier
from gatewatch.service.pulses import Pulses
from gatewatch.service.reloading import Hide, Reloading
from gatewatch.service.status_line import Outbox, status_line
from gatewatch.service.taking_note import TakingNote, take_note
from gatewatch.service.watchdog import Watchdog
from gatewatch.settings import Loaded, Settings
from gatewatch.sources.http import Fetcher, Limits

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Requests:
    """What a daemon is asked for from outside; to be set in its event loop. `stop` is heeded once."""

    stop: asyncio.Event = field(default_factory=asyncio.Event)
    reload: asyncio.Event = field(default_factory=asyncio.Event)


class Daemon:
    """All of Gatewatch at work on one state directory.

    `pace` is how many seconds of `clock` pass in one real second: 1 in a service, many in a demo. `limits` are
    what one poll may cost. `notifier` speaks to the service manager; None where there is none. `hide` keeps the secrets
    of a reload out of the log.
    """

    def __init__(
        self,
        loaded: Loaded,
        clock: Clock,
        pace: float = 1.0,
        limits: Limits | None = None,
        notifier: Notifier | None = None,
        hide: Hide = lambda secrets: None,
    ) -> None:
        self._loaded = loaded
        self._clock = clock
        self._pace = pace
        self._limits = limits
        self._notifier = notifier or Notifier({})
        self._hide = hide
        self._pulses = pulses = Pulses()
        self._lookout = Lookout(loaded.settings, loaded.fingerprint, clock, pulses.late, pulses.ages)

    async def run(self, requests: Requests) -> tuple[str, ...]:
        """Works until it is asked to stop, then ends what is under way, for some 15 seconds.

        Gives the names of what still hangs after that (a channel, or "writer"). Their threads keep Python
        from ending, so leave with `os._exit`; nothing is lost, the outbox and SQLite keep it.
        Raises `AlreadyRunning`, `StoreError`, and for a secret `InvalidSettings` or `BadChannel`.
        """
        settings = self._loaded.settings
        with only_one(settings.state_dir), closing(self._lookout):
            self._lookout.open()
            first = generation(settings)
            async with Fetcher(settings.contact or "", settings.user_agent, limits=self._limits) as fetcher:
                engine = Engine(first, fetcher, self._clock, self._pace, self._pulses, self._lookout)
                try:
                    await engine.start()
                    hanging = await self._work(engine, requests)
                except BaseException:
                    await engine.stop()
                    raise
            log.info(line("stopped", hanging=hanging))
            return hanging

    async def _work(self, engine: Engine, requests: Requests) -> tuple[str, ...]:
        note = TakingNote(ZoneInfo(self._loaded.settings.timezone))
        reloading = Reloading(engine, note, self._loaded, self._clock, self._hide)

        async def status() -> str:
            return await self._status(engine, reloading)

        watchdog = Watchdog(engine.pulses, self._notifier, status)
        self._lookout.ready()
        if self._loaded.problems:
            self._lookout.refused()
        say_started(self._loaded.settings, self._loaded.fingerprint)
        self._notifier.ready(await status())
        if await take_note(engine.writer, note, self._loaded, self._clock):
            engine.senders.wake()
        beside = [
            asyncio.create_task(engine.get_ready_to_read()),
            asyncio.create_task(watchdog.run()),
            asyncio.create_task(self._reload_on(requests.reload, reloading, status)),
        ]
        try:
            await engine.until(requests.stop)
        finally:
            self._notifier.stopping()
            for task in beside:
                task.cancel()
        return await engine.stop()

    async def _reload_on(
        self, asked: asyncio.Event, reloading: Reloading, status: Callable[[], Awaitable[str]]
    ) -> NoReturn:
        """Several requests during one reload are one more reload: the files may have changed since."""
        while True:
            await asked.wait()
            asked.clear()
            log.info(line("reloading"))
            self._notifier.reloading()
            if await reloading.reload():
                self._lookout.adopted(reloading.loaded.settings, reloading.loaded.fingerprint)
            else:
                self._lookout.refused()
            self._notifier.ready(await status())

    async def _status(self, engine: Engine, reloading: Reloading) -> str:
        store, settings = engine.writer.pipeline.store, engine.generation.settings

        def outbox() -> Outbox:
            last = store.alerts(1, until=self._clock())
            return Outbox(store.open_deliveries(), last[0].at if last else None)

        try:
            found = await engine.writer.in_thread(outbox)
        except sqlite3.Error as fault:
            return f"the database can't be read: {fault}"
        return status_line(
            settings.sources,
            engine.states,
            found,
            len(settings.rules),
            reloading.loaded.fingerprint,
            self._clock(),
            () if reloading.good else ("the configuration on disk is broken, an older one runs",),
        )


def say_started(settings: Settings, fingerprint: str) -> None:
    """One log line."""
    log.info(
        line(
            "started",
            sources=len(settings.sources),
            rules=len(settings.rules),
            channels=len(settings.channels),
            state=settings.state_dir,
            config=fingerprint,
        )
    )
