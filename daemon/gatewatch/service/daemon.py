"""The daemon: polls when the timetable says so, takes in, wakes the couriers, and stops cleanly."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from gatewatch.alerts.delivery import Courier
from gatewatch.model import Alert, Clock, Source, SourceState
from gatewatch.service.couriers import couriers, heartbeat_address, operator_sinks
from gatewatch.service.lock import only_one
from gatewatch.service.logfmt import line
from gatewatch.service.once import OnceSummary, summary
from gatewatch.service.polling import Polled, Poller
from gatewatch.service.senders import Senders
from gatewatch.service.timetable import Timetable, first_poll
from gatewatch.service.unwritable import Unwritable
from gatewatch.service.writer import Writer
from gatewatch.settings import Settings
from gatewatch.sources.http import Fetcher, Limits

log = logging.getLogger(__name__)

#: Seconds that a stop gives to the transaction that runs and to the messages in flight.
PATIENCE = 15.0

#: Seconds between two looks at what the clock alone brings: ends of closures are days, not minutes.
TICK = 600.0

#: Real seconds between them at least, however fast a demo's clock runs.
LEAST = 0.1


class Daemon:
    """All of Gatewatch at work on one state directory.

    `pace` is how many seconds of `clock` pass in one real second: 1 in a service, many in a demo. `limits` are
    what one poll may cost.
    """

    def __init__(
        self, settings: Settings, clock: Clock, pace: float = 1.0, limits: Limits | None = None
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._pace = pace
        self._limits = limits
        self._sources = {source.id: source for source in settings.sources}

    async def run(self, stop: asyncio.Event) -> tuple[str, ...]:
        """Works until `stop` is set, then ends what is under way, for 15 seconds at most.

        Gives the names of what still hangs after that (a channel, or "writer"). Their threads keep Python
        from ending, so leave with `os._exit`; nothing is lost, the outbox and SQLite keep it.
        Raises `AlreadyRunning`, `StoreError`, and for a secret `InvalidSettings` or `BadChannel`.
        """
        with only_one(self._settings.state_dir):
            senders = Senders(couriers(self._settings, self._clock))
            address = heartbeat_address(self._settings)
            writer = Writer(self._settings, self._clock)
            states = await writer.open()
            senders.start()
            self._say_started()
            beside = [
                asyncio.create_task(writer.housekeeping(self._pace).run()),
                asyncio.create_task(writer.heartbeat(address, senders.wake).run()),
                asyncio.create_task(self._tick(writer, senders)),
            ]
            try:
                await self._poll_until(stop, writer, states, senders)
            finally:
                for task in beside:
                    task.cancel()  # the step that runs is finished by the writer
                hanging = await _wind_down(writer, senders)
            log.info(line("stopped", hanging=hanging))
            return hanging

    async def _tick(self, writer: Writer, senders: Senders) -> None:
        """Looks at what the clock brings, again and again; never returns."""
        while True:
            alerts, of_disk = await what_the_clock_brings(writer), await what_the_disk_brings(writer)
            if alerts or of_disk:
                senders.wake()
            await asyncio.sleep(max(TICK / self._pace, LEAST))

    async def _poll_until(
        self, stop: asyncio.Event, writer: Writer, states: Mapping[str, SourceState], senders: Senders
    ) -> None:
        async def due(source_id: str) -> None:
            poller.ask(self._sources[source_id])

        def told(polled: Polled) -> None:
            report(polled)
            if polled.unwritten:
                unwritable.failed(polled.unwritten)
            elif polled.taken is not None:
                unwritable.written()
            if polled.taken is not None and (polled.taken.alerts or polled.taken.notices):
                senders.wake()
            timetable.expect(polled.source.id, polled.state.next_poll)

        async def notice(text: str) -> None:
            await writer.notice(text)
            senders.wake()

        zone = ZoneInfo(self._settings.timezone)
        unwritable = Unwritable(operator_sinks(self._settings), zone, self._clock, notice)
        async with self._fetcher() as fetcher:
            timetable = Timetable(due, self._clock, self._pace)
            poller = Poller(fetcher, writer, states, self._clock, told)
            poller.start(len(self._sources))
            timetable.start(self._first_polls(states))
            watching = asyncio.create_task(self._watch(writer, senders, timetable))
            try:
                await poller.until(stop)
            finally:
                watching.cancel()
                timetable.stop()
                await poller.stop()

    async def _watch(self, writer: Writer, senders: Senders, timetable: Timetable) -> None:
        """Tells the operator of troubles. A clock with a pace of its own proves nothing against the machine's."""
        watch = writer.watch(senders.wake, timetable.went_back)
        await watch.run(clock=self._pace == 1.0)

    def _first_polls(self, states: Mapping[str, SourceState]) -> list[tuple[str, datetime]]:
        now = self._clock()
        overdue = sum(is_due(source, states, now) for source in self._sources.values())
        return [
            (id, first_poll(source, believable(states.get(id), now), now, overdue))
            for id, source in self._sources.items()
        ]

    async def run_once(self) -> OnceSummary:
        """Polls each source that is due once, delivers what is due, and tells what came of it."""
        with only_one(self._settings.state_dir):
            hands = couriers(self._settings, self._clock)
            address = heartbeat_address(self._settings)
            writer = Writer(self._settings, self._clock)
            try:
                states = await writer.open()
                polls = await self._poll_due(writer, states)
                ended = await what_the_clock_brings(writer)
                await what_the_disk_brings(writer)
                await writer.housekeeping().keep_if_due()
                sent = await self._deliver(hands)
                if await writer.watch(lambda: None).look():
                    sent += await self._deliver(hands)
                if address is not None:
                    await writer.heartbeat(address, lambda: None).beat()
            finally:
                await writer.close(PATIENCE)
            waiting = len(self._sources) - len(polls)
            return summary(polls, ended, waiting=waiting, delivered=sent)

    async def _deliver(self, hands: Sequence[tuple[str, Courier]]) -> int:
        """Gives how many messages were delivered."""
        now = self._clock()
        return sum(await asyncio.gather(*(asyncio.to_thread(hand.deliver_due, now) for _, hand in hands)))

    async def _poll_due(self, writer: Writer, states: Mapping[str, SourceState]) -> list[Polled]:
        polls: list[Polled] = []

        def told(polled: Polled) -> None:
            report(polled)
            if not polled.put_off:
                polls.append(polled)

        due = [source for source in self._sources.values() if is_due(source, states, self._clock())]
        async with self._fetcher() as fetcher:
            poller = Poller(fetcher, writer, states, self._clock, told)
            poller.start(len(due))
            for source in due:
                poller.ask(source)
            await poller.drained()
            await poller.stop()
        return polls

    def _fetcher(self) -> Fetcher:
        return Fetcher(self._settings.contact or "", self._settings.user_agent, limits=self._limits)

    def _say_started(self) -> None:
        log.info(
            line(
                "started",
                sources=len(self._settings.sources),
                rules=len(self._settings.rules),
                channels=len(self._settings.channels),
                state=self._settings.state_dir,
            )
        )


async def what_the_clock_brings(writer: Writer) -> tuple[Alert, ...]:
    """The alerts of this moment. Never raises: a full disk now is no reason to be silent later."""
    try:
        alerts = await writer.tick()
    except Exception:
        log.exception(line("tick_failed"))
        return ()
    say(alerts)
    return alerts


async def what_the_disk_brings(writer: Writer) -> str | None:
    """What the operator was told of the disk. Never raises."""
    try:
        told = await writer.look_at_disk()
    except Exception as fault:
        log.error(line("disk_watch_failed", error=repr(fault)))
        return None
    if told is not None:
        log.warning(line("notice", text=told))
    return told


def is_due(source: Source, states: Mapping[str, SourceState], now: datetime) -> bool:
    """A source that was never polled is due at once."""
    return source.id not in states or states[source.id].next_poll <= now


def believable(state: SourceState | None, now: datetime) -> datetime | None:
    """When a source is to be polled; None where that was never said, or by a clock that was ahead of this one."""
    if state is None or (state.polled is not None and state.polled > now):
        return None
    return state.next_poll


def report(polled: Polled) -> None:
    """One log line for each alert and for each source that broke or recovered."""
    if polled.taken is None:
        return
    if polled.taken.seeded:
        log.info(line("seeded", source=polled.source.id, items=polled.taken.seeded))
    for notice in polled.taken.notices:
        log.warning(line("notice", source=polled.source.id, text=notice))
    say(polled.taken.alerts)


def say(alerts: Iterable[Alert]) -> None:
    """One log line for each alert."""
    for alert in alerts:
        log.info(
            line(
                "alert",
                id=alert.id,
                kind=alert.kind,
                rule=alert.rule,
                severity=alert.severity,
                country=alert.country,
                source=alert.source,
                title=alert.title,
            )
        )


async def _wind_down(writer: Writer, senders: Senders) -> tuple[str, ...]:
    closed, hanging = await asyncio.gather(writer.close(PATIENCE), asyncio.to_thread(senders.stop, PATIENCE))
    return hanging if closed else (*hanging, "writer")
