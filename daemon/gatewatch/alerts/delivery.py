"""The courier of one channel: takes from the outbox, sends, writes down what came of it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from gatewatch.alerts.backoff import NextStep, next_step, tries_in
from gatewatch.alerts.falling_back import fall_back
from gatewatch.alerts.letting_go import let_go
from gatewatch.alerts.messages import render
from gatewatch.alerts.policy import Policy
from gatewatch.alerts.results import Ending, Result
from gatewatch.alerts.silencing import tell_ended
from gatewatch.alerts.sinks import Sink
from gatewatch.journal import line
from gatewatch.model import Clock, Delivery, DeliveryState
from gatewatch.store import Store

log = logging.getLogger(__name__)

#: A claim is ours for so long: more than any attempt takes. After a crash the message waits for it to end.
LEASE = timedelta(minutes=2)

#: An empty queue is looked at this often (seconds) without being woken: another process may have filled it.
IDLE = 5.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an attempt at a delivery ended, when (UTC), and what follows from it."""

    delivery: Delivery
    result: Result
    ended: datetime
    step: NextStep


@dataclass(frozen=True, slots=True)
class Orders:
    """How a channel is served: the way out, and what the settings say of routes, hours and fallbacks."""

    sink: Sink
    policy: Policy = field(default_factory=Policy)


class Courier:
    """Delivers to one channel, one message after the other, in the order in which they were queued.

    What the channel holds it lets go when its moment has come; `policy` says what may hold it again, and who gets
    what this channel can't deliver.

    At least once: a message is settled after it was sent, so that a crash in between sends it again. It
    carries the id of its alert, for a reader to know a repeat.
    """

    def __init__(
        self, store_path: Path, channel: str, sink: Sink, clock: Clock, policy: Policy | None = None
    ) -> None:
        self._path = store_path
        self._channel = channel
        self._orders = Orders(sink, policy or Policy())
        self._clock = clock
        self._unsettled: Outcome | None = None

    def obey(self, orders: Orders) -> None:
        """From the next message on it goes by these orders. May be called from any thread."""
        self._orders = orders

    def run(
        self, stop: threading.Event, wake: threading.Event, beat: Callable[[], None] = lambda: None
    ) -> None:
        """Delivers until `stop` is set. Set `wake` when alerts were queued, and to have `stop` noticed.

        `beat` is called again and again, before each message too: whoever hears nothing of it for longer than
        `LEASE` knows that this courier hangs.
        """
        with Store.open(self._path) as store:
            while not stop.is_set():
                beat()
                self._sweep(store, self._clock(), stop, beat)
                if not stop.is_set():
                    wake.wait(self._pause(store))
                    wake.clear()

    def deliver_due(self, now: datetime) -> int:
        """Tries everything that is due at `now`; gives how many messages were delivered."""
        with Store.open(self._path) as store:
            return self._sweep(store, now, threading.Event())

    def _sweep(
        self, store: Store, now: datetime, stop: threading.Event, beat: Callable[[], None] = lambda: None
    ) -> int:
        self._settle_last(store)
        store.release_expired(now, self._channel)
        store.heed_clock(self._channel, now)
        self._let_go(store, now)
        delivered = 0
        while not stop.is_set() and (delivery := store.claim(self._channel, now, LEASE)):
            beat()
            delivered += self._deliver(store, delivery, now)
            now = max(now, self._clock())
            self._let_go(store, now)
        return delivered

    def _let_go(self, store: Store, now: datetime) -> None:
        policy = self._orders.policy
        tell_ended(store, policy, now)
        let_go(store, self._channel, policy, now)

    def _deliver(self, store: Store, delivery: Delivery, now: datetime) -> bool:
        result = self._attempt(delivery, now)
        ended = max(now, self._clock())
        step = next_step(delivery, result, ended, tries_in(store.receipts_of(delivery.id)))
        self._unsettled = Outcome(delivery, result, ended, step)
        self._settle_last(store)
        if step.state is DeliveryState.DELIVERED:
            if delivery.attempts > 1:  # it answers again: what waits for its hour need not wait longer
                store.hasten(self._channel, ended)
            return True
        self._say(delivery, result, step)
        if step.state is not DeliveryState.PENDING:
            text = f"alert {delivery.alert.id} was given up ({step.state.value}): {result.detail}"
            store.add_notice(ended, self._channel, text)
        return False

    def _say(self, delivery: Delivery, result: Result, step: NextStep) -> None:
        log.warning(
            line(
                "not_delivered",
                channel=self._channel,
                alert=delivery.alert.id,
                attempt=delivery.attempts,
                state=step.state,
                ending=result.ending,
                detail=result.detail,
            )
        )

    def _settle_last(self, store: Store) -> None:
        """Writes down the last outcome, unless it stands already.

        Kept until the disk takes it: without that, a full disk would send one message again at the end of each lease.
        """
        if self._unsettled is None:
            return
        delivery, result, step = self._unsettled.delivery, self._unsettled.result, self._unsettled.step
        ended, unsure = self._unsettled.ended, result.ending is Ending.UNKNOWN
        fall_back(store, delivery, step, result, self._orders.policy, ended)  # first: a crash between them repeats both
        store.settle(delivery.id, step.state, ended, step.at, result.detail, unsure=unsure)
        self._unsettled = None

    def _attempt(self, delivery: Delivery, now: datetime) -> Result:
        """A fault in a sink or a template is an attempt that failed: it must not stop the channel."""
        try:
            sink, policy = self._orders.sink, self._orders.policy
            message = render(delivery.alert, sink.family, now, sink.budget, policy.zone, policy.templates)
            return sink.send(message)
        except Exception as fault:
            log.exception(line("sink_fell", channel=self._channel, alert=delivery.alert.id))
            return Result(Ending.TRANSIENT, type(fault).__name__)

    def _pause(self, store: Store) -> float:
        """Seconds until there is something to do, as far as the outbox knows."""
        due = store.next_due(self._channel)
        if due is None:
            return IDLE
        return min(IDLE, max(0.01, (due - self._clock()).total_seconds()))
