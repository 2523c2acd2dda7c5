"""An alert is put into the outbox for all whom it concerns."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from gatewatch.alerts.policy import Policy
from gatewatch.alerts.reminding import nag_of, reminder_of
from gatewatch.alerts.routing import plans_for
from gatewatch.model import Alert, Cause, DeliveryState, Plan, Rule
from gatewatch.store import Store


def queue(store: Store, alert: Alert, rule: Rule | None, policy: Policy, now: datetime) -> None:
    """Queues an alert by the routes, held where something holds it, with what follows unless it is acknowledged.

    Belongs inside a transaction.
    """
    around = policy.circumstances(now, store.silences(now))
    plans = plans_for(alert, rule, policy, around, lambda channel: store.given_lately(channel, now))
    store.queue_alert(alert, plans, now)
    _queue_first_reminders(store, alert, plans, policy, now)


def _queue_first_reminders(
    store: Store, alert: Alert, plans: Iterable[Plan], policy: Policy, now: datetime
) -> None:
    for plan in plans:
        if plan.state is not DeliveryState.MUTED:
            queue_reminder(store, alert, 1, plan.channel, policy, plan.due or now)


def queue_reminder(
    store: Store, alert: Alert, number: int, channel: str, policy: Policy, told: datetime
) -> None:
    """Holds reminder `number` of an alert for a channel where a route wants it, counted from when it was `told`."""
    nag = nag_of(alert, channel, policy.routes)
    if nag is None:
        return
    due = told + nag
    plan = Plan(channel, DeliveryState.HELD, due, Cause.NAG, "nobody acknowledged it", unless=alert.id)
    store.queue_alert(reminder_of(alert, number, due), [plan], told)
