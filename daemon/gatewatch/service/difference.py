"""What a reload changes, by the names that users gave. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from gatewatch.model import Rule
from gatewatch.settings import Settings


def difference(old: Settings, new: Settings) -> dict[str, tuple[str, ...]]:
    """`rules=("+new-rule", "-old-rule", "~edited-rule")`, and the same for sources and channels.

    A rule that only stands in another line, or has other tests, is the same rule.
    """
    return {
        "rules": _changes(_rules(old.rules), _rules(new.rules)),
        "sources": _changes({each.id: each for each in old.sources}, {each.id: each for each in new.sources}),
        "channels": _changes({each.name: each for each in old.channels}, {each.name: each for each in new.channels}),
    }


def _rules(rules: Iterable[Rule]) -> dict[str, Rule]:
    return {rule.id: replace(rule, path="", line=0, tests=()) for rule in rules}


def _changes(old: Mapping[str, object], new: Mapping[str, object]) -> tuple[str, ...]:
    added = [f"+{name}" for name in new if name not in old]
    removed = [f"-{name}" for name in old if name not in new]
    edited = [f"~{name}" for name in new if name in old and new[name] != old[name]]
    return (*added, *removed, *edited)
