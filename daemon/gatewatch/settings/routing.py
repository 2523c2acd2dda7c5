"""Alerts that no route would take. They would be found, and nobody told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from gatewatch.model import Severity
from gatewatch.settings.known import shown
from gatewatch.settings.problems import Problem
from gatewatch.settings.toml_file import Finding, TomlFile


def unrouted(config: TomlFile, rule_files: Iterable[TomlFile]) -> Iterator[Problem]:
    """One problem a severity, at the first rule of it that no route takes. Drafts are never sent.

    Says nothing where there are no routes at all: that is a problem of its own.
    """
    routes = [route for _, route in config.tables("route")]
    told: set[str] = set()
    for file in rule_files if routes else ():
        for loc, rule in file.tables("rule"):
            severity = rule.get("severity")
            if severity not in list(Severity) or severity in told or rule.get("status") == "draft":
                continue
            if not any(_takes(route, rule) for route in routes):
                told.add(severity)
                hint = f'Add a [[route]] with severity = "{severity}" to {config.path.name}'
                what = f"no route takes the severity {shown(severity)}: its alerts would reach nobody"
                yield file.problem(Finding((*loc, "severity"), what, hint))


def _takes(route: dict[str, Any], rule: dict[str, Any]) -> bool:
    """Whether a route may take alerts of a rule. A rule without countries may fire for any."""
    countries = _many(rule.get("country"))
    return (
        _fits(route.get("severity"), [rule.get("severity")])
        and _fits(route.get("rule"), [rule.get("id")])
        and (not countries or _fits(route.get("country"), countries))
    )


def _fits(wanted: object, given: list[Any]) -> bool:
    return wanted is None or any(each in _many(wanted) for each in given)


def _many(value: object) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
