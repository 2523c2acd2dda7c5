"""Which channels an alert goes to. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from gatewatch.model import Alert, Route


def channels_for(alert: Alert, routes: Iterable[Route]) -> tuple[str, ...]:
    """The channels of all routes that take this alert, each once, in the order in which they are written."""
    return tuple(dict.fromkeys(channel for route in routes if takes(route, alert) for channel in route.to))


def takes(route: Route, alert: Alert) -> bool:
    """True where every list of the route is empty or names what the alert is about."""
    return (
        (not route.severity or alert.severity in route.severity)
        and (not route.rule or alert.rule in route.rule)
        and (not route.country or alert.country in route.country)
    )
