"""The operator's watch: looks every few seconds at what only people can mend, and tells each trouble once."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import tzinfo

from gatewatch.model import Clock
from gatewatch.pipeline import Pipeline
from gatewatch.service.channel_watch import look_at_channels
from gatewatch.service.housekeeping import InThread
from gatewatch.service.logfmt import line

log = logging.getLogger(__name__)

#: Seconds between two looks: a few queries by index.
LOOK = 5.0


class Watch:
    """`wake` is called where something was put into the outbox."""

    def __init__(
        self, in_thread: InThread, pipeline: Pipeline, zone: tzinfo, clock: Clock, wake: Callable[[], None]
    ) -> None:
        self._in_thread = in_thread
        self._pipeline = pipeline
        self._zone = zone
        self._clock = clock
        self._wake = wake

    async def run(self) -> None:
        """Looks until it is cancelled. Never raises, whatever the disk says."""
        while True:
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

    def _look_at_channels(self) -> tuple[str, ...]:
        pipeline = self._pipeline
        return look_at_channels(
            pipeline.store,
            pipeline.settings,
            lambda text, at: pipeline.tell_operator(text, None, at),
            self._clock(),
            self._zone,
        )
