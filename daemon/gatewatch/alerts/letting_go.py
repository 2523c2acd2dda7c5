"""What a channel holds is let go when its moment has come: alone, in a digest, or not at all.

The courier of the channel does it, in one transaction: after a crash it is done again from the start.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from gatewatch.alerts.digests import digest_of
from gatewatch.alerts.holding import plan_again
from gatewatch.alerts.policy import Policy
from gatewatch.alerts.queueing import queue_reminder
from gatewatch.alerts.reminding import number_after
from gatewatch.model import Cause, Delivery, DeliveryState, Plan
from gatewatch.store import Store

#: These were promised for their hour. They don't wait for others, and others don't swallow them.
_ALONE = (Cause.ESCALATION, Cause.NAG)


def let_go(store: Store, channel: str, policy: Policy, now: datetime) -> None:
    """Looks again at all that is due: a silence may have been made or ended since it was held.

    What one cause held and nothing holds any more goes together.
    """
    if not store.held_due(channel, now):
        return
    with store.transaction():
        around = policy.circumstances(now, store.silences(now))
        together: dict[Cause, list[Delivery]] = {}
        for delivery in store.held_due(channel, now):
            if _has_no_point(store, delivery, now):
                continue
            plan = plan_again(delivery, policy.rules.get(delivery.alert.rule), around)
            if plan.state is not DeliveryState.PENDING:
                _keep_back(store, delivery, plan, now)
            elif delivery.cause in _ALONE:
                store.let_go(delivery.id, now)
            else:
                together.setdefault(delivery.cause, []).append(delivery)
            if delivery.cause is Cause.NAG and plan.state is not DeliveryState.HELD:
                _remind_again(store, delivery, policy, now)
        for cause, deliveries in together.items():
            _tell(store, channel, cause, deliveries, now)


def _has_no_point(store: Store, delivery: Delivery, now: datetime) -> bool:
    ack = store.ack_of(delivery.unless) if delivery.unless else None
    if ack is not None:
        store.end_held(delivery.id, DeliveryState.CANCELLED, f"{ack.by} acknowledged {ack.alert}", now)
    return ack is not None


def _keep_back(store: Store, delivery: Delivery, plan: Plan, now: datetime) -> None:
    """An escalation stays one, whatever holds it now."""
    if plan.due is None:
        store.end_held(delivery.id, plan.state, plan.reason, now)
    else:
        cause = delivery.cause if delivery.cause in _ALONE else plan.cause
        store.hold_on(delivery.id, plan.due, cause, plan.reason)


def _tell(store: Store, channel: str, cause: Cause, held: Sequence[Delivery], now: datetime) -> None:
    if len(held) == 1:
        store.let_go(held[0].id, now)
        return
    digest = digest_of(held, now)
    store.queue_alert(digest, [Plan(channel, cause=cause, reason=digest.title)], now)
    for delivery in held:
        store.end_held(delivery.id, DeliveryState.JOINED, f"in digest {digest.id}", now)


def _remind_again(store: Store, delivery: Delivery, policy: Policy, now: datetime) -> None:
    number, alert = number_after(delivery.alert), store.alert(delivery.unless or "")
    if number is not None and alert is not None:
        queue_reminder(store, alert, number, delivery.channel, policy, now)
