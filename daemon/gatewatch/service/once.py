"""One round: each source that is due is polled once, and what is due is delivered."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from gatewatch.alerts.delivery import Courier
from gatewatch.model import Alert, Clock, SourceState
from gatewatch.service.chores import what_the_clock_brings, what_the_disk_brings
from gatewatch.service.engine import PATIENCE
from gatewatch.service.generation import Generation, generation
from gatewatch.service.lock import only_one
from gatewatch.service.polling import Polled, Poller
from gatewatch.service.reporting import report
from gatewatch.service.taking_note import TakingNote, take_note
from gatewatch.service.timetable import is_due
from gatewatch.service.ways_out import courier_of
from gatewatch.service.writer import Writer
from gatewatch.settings import Loaded
from gatewatch.sources.http import Fetcher


@dataclass(frozen=True, slots=True)
class OnceSummary:
    """`failed` are the ids of sources that could not be read; `waiting` is how many were not due yet.

    `seeded` items were stored silently by first polls; `fresh` ones were laid against the rules.
    """

    polled: int
    waiting: int
    failed: tuple[str, ...]
    seeded: int
    fresh: int
    alerts: int
    delivered: int
    broken_rules: bool = False


def summary(polls: Sequence[Polled], ended: Sequence[Alert], *, waiting: int, delivered: int) -> OnceSummary:
    """Adds up what came of all polls, and of closures that have `ended`."""
    taken = [polled.taken for polled in polls if polled.taken is not None]
    return OnceSummary(
        polled=len(polls),
        waiting=waiting,
        failed=tuple(sorted(polled.source.id for polled in polls if not polled.good)),
        seeded=sum(one.seeded for one in taken),
        fresh=sum(one.fresh for one in taken),
        alerts=sum(len(one.alerts) for one in taken) + len(ended),
        delivered=delivered,
    )


async def run_once(loaded: Loaded, clock: Clock) -> OnceSummary:
    """Polls each source that is due once, delivers what is due, and tells what came of it. Raises as `Daemon.run`."""
    with only_one(loaded.settings.state_dir):
        made = generation(loaded.settings)
        writer, couriers = Writer(made, clock), _couriers(made, clock)
        try:
            states = await writer.open()
            await take_note(writer, TakingNote(made.zone), loaded, clock)
            polls = await _poll_due(made, writer, states, clock)
            ended = await what_the_clock_brings(writer)
            await what_the_disk_brings(writer)
            await writer.housekeeping().keep_if_due()
            sent = await _deliver(couriers, clock)
            if await writer.watch(lambda: None).look():
                sent += await _deliver(couriers, clock)
            if made.heartbeat is not None:
                await writer.heartbeat(made.heartbeat, clock(), lambda: None).beat()
        finally:
            await writer.close(PATIENCE)
        done = summary(polls, ended, waiting=len(made.sources) - len(polls), delivered=sent)
        return replace(done, broken_rules=bool(loaded.problems))


def _couriers(made: Generation, clock: Clock) -> list[Courier]:
    return [courier_of(name, order, made.settings, clock) for name, order in made.orders.items()]


async def _deliver(couriers: Sequence[Courier], clock: Clock) -> int:
    """Gives how many messages were delivered."""
    now = clock()
    return sum(await asyncio.gather(*(asyncio.to_thread(courier.deliver_due, now) for courier in couriers)))


async def _poll_due(
    made: Generation, writer: Writer, states: Mapping[str, SourceState], clock: Clock
) -> list[Polled]:
    polls: list[Polled] = []

    def told(polled: Polled) -> None:
        report(polled)
        if not polled.put_off:
            polls.append(polled)

    due = [source for source in made.sources.values() if is_due(source, states, clock())]
    async with Fetcher(made.settings.contact or "", made.settings.user_agent) as fetcher:
        poller = Poller(fetcher, writer, states, clock, told)
        poller.start(len(due))
        for source in due:
            poller.ask(source)
        await poller.drained()
        await poller.stop()
    return polls
