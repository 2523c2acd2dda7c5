"""The parts that run, and how a new generation of the configuration takes the place of the one before."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from gatewatch.alerts.audit import ANSWER_WITHIN
from gatewatch.model import Clock, Source, SourceState
from gatewatch.service.chores import tick
from gatewatch.service.generation import Generation
from gatewatch.service.lookout import Lookout
from gatewatch.service.polling import Polled, Poller
from gatewatch.service.pulses import SCHEDULER, WRITER, Pulses, channel_limit
from gatewatch.service.reporting import report
from gatewatch.service.senders import Sender, Senders
from gatewatch.service.timetable import Timetable, first_poll, first_polls
from gatewatch.service.unwritable import Unwritable
from gatewatch.service.ways_out import courier_of
from gatewatch.service.writer import Writer
from gatewatch.sources.http import Fetcher

#: Seconds that a stop gives to the transaction that runs and to the messages in flight.
PATIENCE = 15.0

#: Seconds between two reports of the scheduler, and of the writer.
PULSE = 10.0


class Engine:
    """Polls, takes in and delivers by the `generation` that holds. `pace` is that of the clock.

    `lookout` is told what comes of it.

    Once started, nothing here reads a file or a setting but that generation.
    """

    def __init__(
        self,
        generation: Generation,
        fetcher: Fetcher,
        clock: Clock,
        pace: float,
        pulses: Pulses,
        lookout: Lookout,
    ) -> None:
        self.generation = generation
        self.pulses = pulses
        self.senders = Senders(pulses)
        self.writer = Writer(generation, clock)
        self._lookout = lookout
        self._fetcher = fetcher
        self._clock = clock
        self._pace = pace
        self._began = clock()
        self._unwritable = Unwritable(generation.operator, generation.zone, clock, self.tell_operator)
        self._timetable = Timetable(self._due, clock, pace)
        self._poller: Poller | None = None
        self._beside: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """When this returns, the database is open and the first poll of each source has its time."""
        states = await self.writer.open()
        self._set_couriers()
        self._poller = Poller(self._fetcher, self.writer, states, self._clock, self._told)
        self._poller.start(len(self.generation.sources))
        self._timetable.start(first_polls(self.generation.sources.values(), states, self._clock()))
        self.pulses.expect("scheduler", SCHEDULER)
        self.pulses.expect("writer", WRITER)
        self._expect_sources()
        self._timetable.again_and_again(PULSE, self._scheduler_works)
        self._timetable.again_and_again(PULSE, self._writer_works)
        self._start_beside()

    async def get_ready_to_read(self) -> None:
        """Makes the reader while the first polls are under way; what they bring waits for it in the writer's thread."""
        await self.writer.in_thread(lambda: self.generation.reader.ready())

    async def adopt(self, new: Generation) -> None:
        """From now on `new` holds. Polls and messages that are under way end as they began.

        Only the first step can fail, and then nothing has changed; the others follow in one go.
        """
        states = await self.writer.adopt(new)
        old, self.generation = self.generation, new
        self._set_couriers()
        self._unwritable.reach(new.operator, new.zone)
        self._fetcher.introduce(new.settings.contact or "", new.settings.user_agent)
        self._reschedule(old.sources, states)
        self._expect_sources()
        self._end_beside()
        self._start_beside()
        self.senders.wake()

    async def until(self, stop: asyncio.Event) -> None:
        """Returns when `stop` is set. Raises if a worker fell: better to end loudly than to go deaf."""
        await self._polling.until(stop)

    async def stop(self) -> tuple[str, ...]:
        """Ends what is under way, for some 15 seconds; gives the names of what still hangs."""
        self._end_beside()
        if self._poller is not None:
            self._timetable.stop()
            await asyncio.wait([asyncio.create_task(self._poller.stop())], timeout=PATIENCE)
        closed, hanging = await asyncio.gather(
            self.writer.close(PATIENCE), asyncio.to_thread(self.senders.stop, PATIENCE)
        )
        return hanging if closed else (*hanging, "writer")

    async def tell_operator(self, text: str) -> None:
        """By the outbox."""
        await self.writer.notice(text)
        self.senders.wake()

    @property
    def _polling(self) -> Poller:
        assert self._poller is not None, "start() comes first"
        return self._poller

    @property
    def states(self) -> Mapping[str, SourceState]:
        """What is remembered of each source."""
        return self._polling.states

    async def _due(self, source_id: str) -> None:
        if (source := self.generation.sources.get(source_id)) is not None:
            self._polling.ask(source)

    def _told(self, polled: Polled) -> None:
        report(polled)
        self._lookout.polled(polled)
        if polled.unwritten:
            self._unwritable.failed(polled.unwritten)
        elif polled.taken is not None:
            self._unwritable.written()
        if polled.taken is not None and (polled.taken.alerts or polled.taken.notices):
            self.senders.wake()
        if polled.good:
            self.pulses.beat("sources")
        if polled.source.id in self.generation.sources:
            self._timetable.expect(polled.source.id, polled.state.next_poll)

    def _set_couriers(self) -> None:
        """A courier for each channel of the generation; those that work already get its orders."""
        orders, settings = self.generation.orders, self.generation.settings
        for gone in set(self.senders.channels) - set(orders):
            self.senders.dismiss(gone)
        for channel in settings.channels:
            order = orders[channel.name]
            if (courier := self.senders.courier(channel.name)) is not None:
                courier.obey(order)
                continue
            courier = courier_of(channel.name, order, settings, self._clock)
            self.senders.start(Sender(channel.name, courier, channel_limit(channel.type)))

    def _reschedule(self, before: Mapping[str, Source], states: Mapping[str, SourceState]) -> None:
        """Sources that are new or were edited get their time; those that are gone are forgotten."""
        sources, now = self.generation.sources, self._clock()
        for gone in before.keys() - sources.keys():
            self._timetable.forget(gone)
        self._polling.heed({id: state for id, state in states.items() if id not in before})
        self._polling.start(len(sources))
        edited = [source for id, source in sources.items() if before.get(id) != source]
        for source in edited:
            state = states.get(source.id)
            soon = min(state.next_poll, now + source.every) if state else None
            self._timetable.expect(source.id, first_poll(source, soon, now, len(edited)))

    def _expect_sources(self) -> None:
        sources = self.generation.settings.sources
        if not sources:
            self.pulses.release("sources")
            return
        within = max(ANSWER_WITHIN, 2 * min(source.every for source in sources))
        self.pulses.expect("sources", within.total_seconds() / self._pace)

    async def _scheduler_works(self) -> None:
        self.pulses.beat("scheduler")

    async def _writer_works(self) -> None:
        await self.writer.answer()
        self.pulses.beat("writer")

    def _start_beside(self) -> None:
        writer, wake = self.writer, self.senders.wake
        watch = writer.watch(wake, self._timetable.went_back)
        works = (
            writer.housekeeping(self._pace).run(),
            writer.heartbeat(self.generation.heartbeat, self._began, wake, self._lookout.audited).run(),
            tick(writer, wake, self._pace),
            # a clock with a pace of its own proves nothing against the machine's
            watch.run(clock=self._pace == 1.0),
        )
        self._beside = [asyncio.create_task(work) for work in works]

    def _end_beside(self) -> None:
        for task in self._beside:
            task.cancel()  # the step that runs is finished by the writer
