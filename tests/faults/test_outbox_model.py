"""The outbox against a simple account of what must come of it, through any order of faults, crashes and resends.

Outbox and courier are the real ones; the far ends and the clock obey the machine.
"""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from alerts.samples import an_alert
from gatewatch.alerts.backoff import LONG_ENOUGH
from gatewatch.alerts.delivery import Courier
from gatewatch.alerts.messages import USUAL, Budget, Family, Message
from gatewatch.alerts.policy import Policy
from gatewatch.alerts.queueing import queue
from gatewatch.alerts.results import Ending, Result
from gatewatch.model import (
    Alert,
    Cause,
    Channel,
    Delivery,
    DeliveryState,
    Plan,
    QuietHours,
    Route,
    Severity,
    Silence,
)
from gatewatch.store import Ack, Store
from gatewatch.store.outbox import STEPS_ASIDE_AFTER

from .lengths import LONG
from .stage import NOW, Killed

CHANNELS = ("slack", "mail")
OPEN = (DeliveryState.PENDING, DeliveryState.SENDING, DeliveryState.HELD)
HOUR = timedelta(hours=1)
channels = st.sampled_from(CHANNELS)
POLICY = Policy(
    channels={name: Channel(name, "console", cap=3) for name in CHANNELS},
    routes=(Route(to=CHANNELS),),
    quiet=(QuietHours(time(22), time(7)),),
    zone=ZoneInfo("Europe/Helsinki"),
)


@dataclass
class Account:
    """What became of one alert in one channel, as its far end saw it.

    `calls` are the sends of the alert itself that began, `tries` those since it was queued (or resent) at `queued`, also
    within a digest. An `excuse` allows it to come once more.
    """

    queued: datetime
    arrived: int = 0
    calls: int = 0
    tries: int = 0
    excuses: int = 0
    last: Ending | None = None
    stands_aside: bool = False


class Outbox(RuleBasedStateMachine):
    """Each rule is something that happens to a running service; what must never be is in the invariants."""

    def __init__(self) -> None:
        super().__init__()
        self.directory = Path(tempfile.mkdtemp())
        self.path = self.directory / "gatewatch.db"
        self.store = Store.open(self.path, durable=False)
        self.now = NOW
        self.failing: dict[str, Ending] = {}
        self.dying: dict[str, str] = {}
        self.alerts: dict[str, Alert] = {}
        self.queue: dict[str, list[str]] = {channel: [] for channel in CHANNELS}
        self.accounts: dict[tuple[str, str], Account] = {}
        self.silences: dict[str, Silence] = {}
        self.couriers = {channel: self.courier(channel) for channel in CHANNELS}

    def teardown(self) -> None:
        """When all is well again, everything that was not given up arrives."""
        try:
            self.failing, self.dying = {}, {}
            self.everything_restarts()
            self.work_for(100)
            for (channel, id), account in self.accounts.items():
                state = self.delivery(channel, id).state
                assert state not in OPEN, f"{id} still waits in {channel}"
                assert account.arrived or self.may_be_absent(channel, id), f"{channel} lost {id}"
        finally:
            self.store.close()
            shutil.rmtree(self.directory)

    def courier(self, channel: str) -> Courier:
        return Courier(self.path, channel, Directed(self, channel), lambda: self.now, POLICY)

    def delivery(self, channel: str, id: str) -> Delivery:
        [found] = [each for each in self.store.deliveries_of(id) if each.channel == channel]
        return found

    @rule(to=st.sets(channels, min_size=1))
    def an_alert_is_queued(self, to: set[str]) -> None:
        alert = an_alert(f"a{len(self.alerts):03}", at=self.now)
        self.alerts[alert.id] = alert
        with self.store.transaction():
            self.store.queue_alert(alert, sorted(to), self.now)
        for channel in to:
            self.queue[channel].append(alert.id)
            self.accounts[channel, alert.id] = Account(self.now)

    @rule()
    def an_alert_is_routed(self) -> None:
        """To all channels: at once, or held for quiet hours, a silence or a storm, or muted by a silence that drops."""
        alert = an_alert(f"a{len(self.alerts):03}", at=self.now, severity=Severity.HIGH)
        self.alerts[alert.id] = alert
        with self.store.transaction():
            queue(self.store, alert, None, POLICY, self.now)
        for channel in CHANNELS:
            self.queue[channel].append(alert.id)
            self.accounts[channel, alert.id] = Account(self.now)

    @rule(channel=channels, hours=st.integers(1, 9), drop=st.booleans())
    def a_silence_begins(self, channel: str, hours: int, drop: bool) -> None:
        id, end = f"s{len(self.silences)}", self.now + hours * HOUR
        self.silences[id] = Silence(id, "anna", "an exercise", self.now, end, channel=(channel,), drop=drop)
        self.store.save_silence(self.silences[id])

    @rule(channel=channels, hours=st.integers(1, 9), nags=st.booleans())
    def an_alert_is_held(self, channel: str, hours: int, nags: bool) -> None:
        alert = an_alert(f"a{len(self.alerts):03}", at=self.now)
        self.alerts[alert.id] = alert
        unless = next(iter(self.alerts)) if nags else None
        plan = Plan(channel, DeliveryState.HELD, self.now + hours * HOUR, Cause.QUIET, "quiet hours", unless)
        with self.store.transaction():
            self.store.queue_alert(alert, [plan], self.now)
        self.queue[channel].append(alert.id)
        self.accounts[channel, alert.id] = Account(self.now)

    @rule(channel=channels, ending=st.sampled_from([Ending.TRANSIENT, Ending.PERMANENT, Ending.UNKNOWN]))
    def a_channel_begins_to_fail(self, channel: str, ending: Ending) -> None:
        self.failing[channel] = ending

    @rule(channel=channels)
    def a_channel_is_well_again(self, channel: str) -> None:
        self.failing.pop(channel, None)

    @rule(channel=channels, when=st.sampled_from(["before", "after"]))
    def the_next_send_of_a_channel_is_a_crash(self, channel: str, when: str) -> None:
        """Between claim and send, or between send and settlement."""
        self.dying[channel] = when

    @rule(minutes=st.integers(0, 200))
    def time_passes_and_what_is_due_is_sent(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)
        self.deliver()

    @rule(hours=st.sampled_from([5, 30, 80] if LONG else [5, 30]))
    def hours_of_service_pass(self, hours: int) -> None:
        self.work_for(hours)

    def work_for(self, hours: int) -> None:
        """The couriers work all the while, as the next due moment of each tells them to."""
        end = self.now + timedelta(hours=hours)
        while self.now < end:
            self.deliver()
            due = [at for channel in CHANNELS if (at := self.store.next_due(channel))]
            self.now = min([end, *(max(at, self.now + timedelta(seconds=1)) for at in due)])

    @rule()
    def everything_restarts(self) -> None:
        self.couriers = {channel: self.courier(channel) for channel in CHANNELS}
        for channel in CHANNELS:
            self.store.take_back(channel, self.now)

    @precondition(lambda self: self.accounts)
    @rule(data=st.data())
    def an_alert_is_resent(self, data: st.DataObject) -> None:
        channel, id = data.draw(st.sampled_from(sorted(self.accounts)))
        account, before = self.accounts[channel, id], self.delivery(channel, id)
        if self.store.send_again(before.id, self.now):
            account.excuses += account.arrived > 0 or before.state is DeliveryState.JOINED
            account.queued, account.tries, account.last, account.stands_aside = self.now, 0, None, True

    @precondition(lambda self: self.alerts)
    @rule()
    def an_alert_is_acknowledged(self) -> None:
        self.store.acknowledge(Ack(next(iter(self.alerts)), self.now, "the duty officer"))

    def deliver(self) -> None:
        for channel, courier in self.couriers.items():
            try:
                courier.deliver_due(self.now)
            except Killed:
                self.couriers[channel] = self.courier(channel)

    def sends(self, channel: str, message: Message) -> Result:
        """The far end of a channel."""
        ids = message.alert.about or (message.alert.id,)
        if message.alert.id in self.alerts:
            assert message.alert == self.alerts[message.alert.id]
            self.nobody_stands_ahead_of(channel, message.alert.id)
            self.accounts[channel, message.alert.id].calls += 1
        accounts = [self.accounts[channel, id] for id in ids]
        for account in accounts:
            account.tries += 1
            account.stands_aside |= account.tries >= STEPS_ASIDE_AFTER
        death = self.dying.pop(channel, None)
        if death == "before":
            raise Killed
        ending = self.failing.get(channel, Ending.DELIVERED)
        for account in accounts:
            account.last = ending
            account.arrived += ending is Ending.DELIVERED or (ending is Ending.UNKNOWN and account.tries % 2)
            account.excuses += ending is Ending.UNKNOWN or death == "after"
        if death == "after":
            raise Killed
        return Result(ending, f"told so: {ending}")

    def nobody_stands_ahead_of(self, channel: str, id: str) -> None:
        for ahead in self.queue[channel][: self.queue[channel].index(id)]:
            waits = self.delivery(channel, ahead).state in (DeliveryState.PENDING, DeliveryState.SENDING)
            assert not waits or self.accounts[channel, ahead].stands_aside, f"{id} overtook {ahead} in {channel}"

    def may_be_absent(self, channel: str, id: str) -> bool:
        """Cancelled because somebody knows, muted by a silence that drops, or given up after a refusal or 72 hours: itself, or its digest."""
        delivery, account = self.delivery(channel, id), self.accounts[channel, id]
        if delivery.state is DeliveryState.CANCELLED:
            return delivery.unless is not None and self.store.ack_of(delivery.unless) is not None
        if delivery.state is DeliveryState.MUTED:
            silence = self.silences[delivery.reason.split()[1]]
            return silence.drop and silence.channel == (channel,)
        if delivery.state is DeliveryState.JOINED:
            delivery = self.delivery(channel, delivery.reason.removeprefix("in digest "))
        if delivery.state not in (DeliveryState.FAILED, DeliveryState.UNKNOWN):
            return False
        receipts = [each for each in self.store.receipts_of(delivery.id) if each.ended >= account.queued]
        return account.last is Ending.PERMANENT or receipts[-1].ended - receipts[0].ended >= LONG_ENOUGH

    @invariant()
    def nothing_is_gone(self) -> None:
        for (channel, id), account in self.accounts.items():
            delivery = self.delivery(channel, id)
            if delivery.state is DeliveryState.DELIVERED:
                assert account.arrived, f"{channel} never got {id}"
            elif delivery.state is DeliveryState.JOINED:
                assert self.delivery(channel, delivery.reason.removeprefix("in digest "))
            elif delivery.state not in OPEN:
                assert self.may_be_absent(channel, id), f"{channel} gave {id} up as {delivery.state}"

    @invariant()
    def nothing_comes_twice_without_a_cause(self) -> None:
        for (channel, id), account in self.accounts.items():
            assert account.arrived <= 1 + account.excuses, f"{channel} got {id} {account.arrived} times"

    @invariant()
    def each_attempt_has_a_receipt(self) -> None:
        for (channel, id), account in self.accounts.items():
            delivery = self.delivery(channel, id)
            in_flight = delivery.state is DeliveryState.SENDING
            assert len(self.store.receipts_of(delivery.id)) + in_flight == account.calls, f"{id} in {channel}"


@dataclass
class Directed:
    """A sink that does what the machine says."""

    machine: Outbox
    channel: str
    family: Family = Family.PLAIN
    budget: Budget = USUAL

    def send(self, message: Message) -> Result:
        return self.machine.sends(self.channel, message)


Outbox.TestCase.settings = settings(
    max_examples=400 if LONG else 15,
    stateful_step_count=40 if LONG else 25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
TestOutbox = Outbox.TestCase
