"""Where alerts go, and when not: channels, routes, quiet hours, silences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from gatewatch.model.rules import Severity


@dataclass(frozen=True, slots=True)
class Channel:
    """Where alerts can go. `type`: slack, email, console, file, apprise. `secret` names a secret, never holds it.

    `options` are the typed fields of that type (e-mail: host, port, from, to, …; file: path). `fallback` is the
    channel that gets what this one can't deliver. More than `cap` alerts in an hour are held and told together.
    """

    name: str
    type: str
    secret: str | None = None
    options: Mapping[str, str | int | bool | tuple[str, ...]] = field(default_factory=dict)
    fallback: str | None = None
    cap: int = 20


@dataclass(frozen=True, slots=True)
class Route:
    """Alerts of these severities (empty: all) go to these channels. All routes that fit are taken.

    `updates=False` leaves out what only adds to a story that was told. An alert that is not acknowledged within
    `escalate_after` goes to `escalate_to`, too; every `nag` it is told once more, until it is acknowledged.
    """

    to: tuple[str, ...]
    severity: tuple[Severity, ...] = ()
    rule: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    updates: bool = True
    escalate_after: timedelta | None = None
    escalate_to: tuple[str, ...] = ()
    nag: timedelta | None = None


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From `start` to `end` (local time; over midnight where `end` is earlier) alerts are held on these `days`.

    `days` are those on which the hours begin, Monday is 0, empty is every day. `severity` are those that are held;
    `channel` the channels that rest, empty is all of them.
    """

    start: time
    end: time
    days: tuple[int, ...] = ()
    severity: tuple[Severity, ...] = (Severity.HIGH, Severity.MEDIUM, Severity.LOW, Severity.INFO)
    channel: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Silence:
    """Alerts that fit are kept back from `begins` to `ends` (UTC). A list that is empty asks for nothing.

    What was held is told together at its end, unless `drop`. `source` are sources as alerts name them. It has an owner
    and a reason: one without either is how a border closes unnoticed.
    """

    id: str
    owner: str
    reason: str
    begins: datetime
    ends: datetime
    rule: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    severity: tuple[Severity, ...] = ()
    channel: tuple[str, ...] = ()
    story: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    drop: bool = False
