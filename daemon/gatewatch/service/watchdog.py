"""Tells systemd that we are alive, as long as every part has reported; says whose report is missing otherwise."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from gatewatch.service.logfmt import line
from gatewatch.service.notify import Notifier
from gatewatch.service.pulses import Pulses

log = logging.getLogger(__name__)

#: Seconds between two looks where no watchdog waits, and between two lines of status.
WITHOUT = 30.0
STATUS = 30.0

#: How often within the watchdog's time: one that is late, and the next one as well, do no harm.
TIMES = 4


class Watchdog:
    """Runs in the event loop, so that a loop that hangs is silent, too. `status` gives the line for people."""

    def __init__(self, pulses: Pulses, notifier: Notifier, status: Callable[[], Awaitable[str]]) -> None:
        self._pulses = pulses
        self._notifier = notifier
        self._status = status
        self._told: tuple[str, ...] = ()

    async def run(self) -> None:
        """Looks until it is cancelled. Never raises."""
        within = self._notifier.watchdog_every
        pause = min(WITHOUT, within / TIMES) if within else WITHOUT
        passed = STATUS
        while True:
            self.look()
            passed += pause
            if passed >= STATUS and self._notifier.listened_to and not self._told:
                passed = 0.0
                await self._say_status()
            await asyncio.sleep(pause)

    def look(self) -> bool:
        """Looks once; whether systemd was told that all parts are alive."""
        late = self._pulses.late()
        parts = tuple(text.partition(" has ")[0] for text in late)
        if parts != self._told:
            self._told = parts
            if late:
                log.error(line("late", parts=late))
                self._notifier.status(f"hangs: {'; '.join(late)}")
            else:
                log.warning(line("late_no_more"))
        if not late:
            self._notifier.alive()
        return not late

    async def _say_status(self) -> None:
        try:
            self._notifier.status(await self._status())
        except Exception as fault:
            log.error(line("status_failed", error=repr(fault)))
