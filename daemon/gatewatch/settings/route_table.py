"""[[route]]: which alerts go where, who hears of them when nobody takes note, and the fallbacks of channels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pydantic import StrictBool

from gatewatch.model import Route
from gatewatch.settings import values
from gatewatch.settings.positions import Loc
from gatewatch.settings.toml_file import Finding, TomlFile


class EscalateTable(values.Table):
    after: values.Duration
    to: values.Channels


class RouteTable(values.Table):
    to: values.Channels
    severity: values.Severities = ()
    rule: values.RuleIds = ()
    country: values.Countries = ()
    updates: StrictBool = True
    escalate: EscalateTable | None = None
    nag: values.Duration | None = None


def routes_in(written: Iterable[RouteTable]) -> tuple[Route, ...]:
    return tuple(_route(table) for table in written)


def _route(table: RouteTable) -> Route:
    plain = table.model_dump(exclude={"escalate"})
    if table.escalate is None:
        return Route(**plain)
    return Route(**plain, escalate_after=table.escalate.after, escalate_to=table.escalate.to)


def contradictions(file: TomlFile) -> Iterator[Finding]:
    """What each key by itself does not show."""
    for loc, route in file.tables("route"):
        escalate = route.get("escalate")
        if not isinstance(escalate, dict):
            continue
        told = set(_names(route.get("to")))
        for name in _names(escalate.get("to")):
            if name in told:
                what = f"`escalate` names `{name}`, which this route tells at once"
                yield Finding((*loc, "escalate", "to"), what, "Name one that is told later")
    yield from _rings(file)


def _rings(file: TomlFile) -> Iterator[Finding]:
    """Fallbacks that lead back to where they began: an alert would never leave them."""
    fallbacks: dict[str, str] = {}
    places: dict[str, Loc] = {}
    for loc, channel in file.tables("channel"):
        name, fallback = channel.get("name"), channel.get("fallback")
        if isinstance(name, str) and isinstance(fallback, str):
            fallbacks[name] = fallback
            places[name] = (*loc, "fallback")
    for name, loc in places.items():
        way = _way(name, fallbacks)
        if way[-1] != name or len(way) == 1:
            continue
        if len(way) == 2:
            yield Finding(loc, f"the `fallback` of `{name}` is `{name}` itself", "Name another channel")
        elif name == min(way):  # once for each ring
            yield Finding(loc, f"the fallbacks go round in a ring: {' → '.join(way)}", "Let the last one have none")


def _way(name: str, fallbacks: Mapping[str, str]) -> list[str]:
    """From fallback to fallback, until there is none or one was met before."""
    way = [name]
    while (following := fallbacks.get(way[-1])) is not None:
        way.append(following)
        if following in way[:-1]:
            break
    return way


def _names(value: object) -> list[str]:
    found = value if isinstance(value, list) else [value]
    return [each for each in found if isinstance(each, str)]
