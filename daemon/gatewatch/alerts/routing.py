"""Which channels an alert goes to, and when. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from gatewatch.alerts.holding import Circumstances, earliest, plan
from gatewatch.alerts.policy import Policy
from gatewatch.alerts.wording import span_of_time
from gatewatch.model import Alert, AlertKind, Cause, DeliveryState, Plan, Route, Rule
from gatewatch.store import Given


def plans_for(
    alert: Alert, rule: Rule | None, policy: Policy, around: Circumstances, given: Callable[[str], Given]
) -> tuple[Plan, ...]:
    """One plan for each channel: first those of its routes, then those that hear of it unless it is acknowledged.

    `given` tells how many alerts a channel was given within the last hour.
    """
    channels = channels_for(alert, policy.routes)
    plans = [plan(alert, rule, policy.channel(name), given(name), around) for name in channels]
    return (*plans, *_escalations(alert, policy.routes, plans, around))


def channels_for(alert: Alert, routes: Iterable[Route]) -> tuple[str, ...]:
    """The channels of all routes that take this alert, each once, in the order in which they are written."""
    return tuple(dict.fromkeys(channel for route in routes if takes(route, alert) for channel in route.to))


def takes(route: Route, alert: Alert) -> bool:
    """True where every list of the route is empty or names what the alert is about."""
    return (
        (not route.severity or alert.severity in route.severity)
        and (not route.rule or alert.rule in route.rule)
        and (not route.country or alert.country in route.country)
        and (route.updates or alert.kind is not AlertKind.UPDATE)
    )


def _escalations(
    alert: Alert, routes: Iterable[Route], plans: Sequence[Plan], around: Circumstances
) -> Iterator[Plan]:
    """Counted from when the alert reaches the first channel of its route. A channel that it goes to anyway is left."""
    found: list[Plan] = []
    for route in routes:
        begins = earliest((each for each in plans if each.channel in route.to), around.now)
        if not takes(route, alert) or route.escalate_after is None or begins is None:
            continue
        reason = f"nobody acknowledged it within {span_of_time(route.escalate_after)}"
        due = begins + route.escalate_after
        found += [
            Plan(channel, DeliveryState.HELD, due, Cause.ESCALATION, reason, unless=alert.id)
            for channel in route.escalate_to
        ]
    taken = {each.channel for each in plans}
    for each in sorted(found, key=lambda each: each.due or around.now):
        if each.channel not in taken:
            taken.add(each.channel)
            yield each
