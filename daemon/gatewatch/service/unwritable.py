"""A database that can't be written: the outbox can't carry the news, so the operator hears of it directly."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo

from gatewatch.alerts.operating import operator_alert
from gatewatch.alerts.sinks import Sink
from gatewatch.model import Clock
from gatewatch.service.directly import send_directly
from gatewatch.service.logfmt import line

log = logging.getLogger(__name__)

#: The operator is told at most this often, and tried again after so long where no channel took it.
TOLD_AGAIN = timedelta(hours=1)
TRIED_AGAIN = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Standing:
    """How it stands: since when nothing can be written, whether the operator knows, and when it may be told next."""

    since: datetime | None = None
    known: bool = False
    quiet_until: datetime | None = None

    def failed(self, now: datetime) -> Standing:
        """After a document that could not be stored."""
        return replace(self, since=self.since or now)

    def is_due(self, now: datetime) -> bool:
        """Whether the operator is to be told now."""
        return self.since is not None and (self.quiet_until is None or now >= self.quiet_until)

    def tried(self, now: datetime, *, heard: bool) -> Standing:
        """After an attempt to tell it. `heard`: at least one channel took it."""
        wait = TOLD_AGAIN if heard else TRIED_AGAIN
        return replace(self, known=self.known or heard, quiet_until=now + wait)

    def written(self) -> Standing:
        """After a document that was stored. The quiet goes on: a disk at its limit takes one and refuses the next."""
        return replace(self, since=None, known=False)


class Unwritable:
    """Hears of each poll whether it could be stored. `notice` tells the operator by the outbox."""

    def __init__(
        self, sinks: Sequence[tuple[str, Sink]], zone: tzinfo, clock: Clock, notice: Callable[[str], Awaitable[None]]
    ) -> None:
        self._sinks = sinks
        self._zone = zone
        self._clock = clock
        self._notice = notice
        self._standing = Standing()
        self._telling: asyncio.Task[None] | None = None

    def reach(self, sinks: Sequence[tuple[str, Sink]], zone: tzinfo) -> None:
        """From now on the operator is reached in this way."""
        self._sinks, self._zone = sinks, zone

    def failed(self, why: str) -> None:
        """A document could not be stored. Returns at once; a channel that hangs holds up no poll."""
        self._standing = self._standing.failed(self._clock())
        if self._sinks and self._standing.is_due(self._clock()) and not self._busy:
            self._telling = asyncio.create_task(self._tell(why))

    def written(self) -> None:
        """A document was stored."""
        if self._standing.since is None or self._busy:
            return
        if self._standing.known:
            self._telling = asyncio.create_task(self._tell_written(self._standing.since))
        else:
            self._standing = self._standing.written()

    @property
    def _busy(self) -> bool:
        return self._telling is not None and not self._telling.done()

    async def _tell(self, why: str) -> None:
        now = self._clock()
        text = f"the database can't be written: {why}; polling goes on, but nothing new is stored or told until then"
        alert = operator_alert(text, None, now)
        sends = (asyncio.to_thread(send_directly, *each, alert, now, self._zone) for each in self._sinks)
        heard = await asyncio.gather(*sends)
        self._standing = self._standing.tried(now, heard=any(heard))

    async def _tell_written(self, since: datetime) -> None:
        """Where even the notice can't be written, the next document that is stored brings it."""
        text = f"recovered: the database can be written again, after {since.astimezone(self._zone):%Y-%m-%d %H:%M}"
        try:
            await self._notice(text)
        except Exception as fault:
            log.error(line("operator_not_told", error=repr(fault)))
            return
        log.warning(line("notice", text=text))
        self._standing = self._standing.written()
