"""What a channel can't deliver goes to its fallback as well; the first one goes on trying."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from gatewatch.alerts.backoff import NextStep
from gatewatch.alerts.holding import plan
from gatewatch.alerts.policy import Policy
from gatewatch.alerts.results import Result
from gatewatch.model import AlertKind, Cause, Delivery, DeliveryState, Plan
from gatewatch.store import Store

#: So many failures in a row are no hiccup: with the usual pauses, 40 seconds have passed.
AFTER = 3


def fall_back(
    store: Store, delivery: Delivery, step: NextStep, result: Result, policy: Policy, now: datetime
) -> None:
    """Queues the alert for the fallback, once, when an attempt was the third that failed or the last one.

    A drill asks whether this very channel works: it does not fall back.
    """
    fallback = policy.channel(delivery.channel).fallback
    failed_for_good = step.state in (DeliveryState.FAILED, DeliveryState.UNKNOWN)
    failing = failed_for_good or (step.state is DeliveryState.PENDING and delivery.attempts >= AFTER)
    if fallback is None or not failing or delivery.alert.kind is AlertKind.DRILL:
        return
    if any(each.channel == fallback for each in store.deliveries_of(delivery.alert.id)):
        return
    with store.transaction():
        store.queue_alert(delivery.alert, [_plan(store, delivery, fallback, result, policy, now)], now)


def _plan(
    store: Store, delivery: Delivery, fallback: str, result: Result, policy: Policy, now: datetime
) -> Plan:
    """What holds alerts of this channel holds this one, too, but for what the operator has to hear."""
    reason = f"{delivery.channel} does not answer: {result.detail}"
    alert, channel = delivery.alert, policy.channel(fallback)
    if alert.rule not in policy.rules:  # the operator's, or a digest, which was held already
        return Plan(fallback, cause=Cause.FALLBACK, reason=reason)
    around = policy.circumstances(now, store.silences(now))
    found = plan(alert, None, channel, store.given_lately(fallback, now), around)
    if found.state is DeliveryState.PENDING:
        return replace(found, cause=Cause.FALLBACK, reason=reason)
    return replace(found, reason=f"{reason}; {found.reason}")
