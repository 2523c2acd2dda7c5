"""The operator's watch: looks every few seconds at what only people can mend, and tells each trouble once."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import timedelta, tzinfo

from gatewatch.alerts.delivery import LEASE
from gatewatch.model import Clock
from gatewatch.pipeline import Pipeline
from gatewatch.service.channel_watch import look_at_channels
from gatewatch.service.clock_watch import Moment, jump, steady_clock, words
from gatewatch.service.housekeeping import InThread
from gatewatch.service.logfmt import line

log = logging.getLogger(__name__)

#: Seconds between two looks: a few queries by index.
LOOK = 5.0


class Watch:
    """`wake` is called where something was put into the outbox, `went_back` with the length when the clock did."""

    def __init__(
        self,
        in_thread: InThread,
        pipeline: Pipeline,
        zone: tzinfo,
        clock: Clock,
        wake: Callable[[], None],
        went_back: Callable[[timedelta], None] = lambda by: None,
    ) -> None:
        self._went_back = went_back
        self._moment = Moment(clock(), steady_clock())
        self._in_thread = in_thread
        self._pipeline = pipeline
        self._zone = zone
        self._clock = clock
        self._wake = wake

    async def run(self, *, clock: bool = True) -> None:
        """Looks until it is cancelled. Never raises, whatever the disk says. `clock`: at the clock, too."""
        while True:
            if clock:
                await self.look_at_the_clock()
            await self.look()
            await asyncio.sleep(LOOK)

    async def look(self) -> tuple[str, ...]:
        """Looks once; gives what the operator was told."""
        try:
            told = await self._in_thread(self._look_at_channels)
        except Exception as fault:
            log.exception(line("watch_failed", error=repr(fault)))
            return ()
        for text in told:
            log.warning(line("notice", text=text))
        if told:
            self._wake()
        return told

    async def look_at_the_clock(self) -> None:
        """Where the clock was put back, all that waits for a time would wait that much longer: it is brought back."""
        before, self._moment = self._moment, Moment(self._clock(), steady_clock())
        moved = jump(before, self._moment)
        if moved is None:
            return
        log.warning(line("clock_jumped", seconds=round(moved.total_seconds())))
        if moved < timedelta(0):
            self._went_back(-moved)
        try:
            await self._in_thread(lambda: self._mend(moved))
        except Exception as fault:
            log.exception(line("watch_failed", error=repr(fault)))
        self._wake()

    def _mend(self, moved: timedelta) -> None:
        store, settings, now = self._pipeline.store, self._pipeline.settings, self._clock()
        with store.transaction():
            for channel in settings.channels if moved < timedelta(0) else ():
                store.bring_back(channel.name, now, latest=now, lease=now + LEASE)
            self._pipeline.tell_operator(words(moved, now, self._zone), None, now)

    def _look_at_channels(self) -> tuple[str, ...]:
        pipeline = self._pipeline
        return look_at_channels(
            pipeline.store,
            pipeline.settings,
            lambda text, at: pipeline.tell_operator(text, None, at),
            self._clock(),
            self._zone,
        )
