"""What goes out: stories, alerts, deliveries, and where they go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from gatewatch.model.reading import Scope
from gatewatch.model.rules import Confirmation, Severity


@dataclass(frozen=True, slots=True)
class Story:
    """One real happening, however many items tell it. `rule` owns it; `kind` is an event type, "count", "words".

    `neighbour` is who is on the other side of that border, where anybody said so.
    `opened` is when the first item was taken in, `latest` the last that joined (both UTC). `value` is the
    highest count told so far. `outlets` are the ids of the sources that told it in words of their own, in order;
    `official` are those of them that speak for an authority. `told` are the rules that alerted about it, `waiting`
    those that matched and wait for it to be better confirmed. `denied`: people were told that it was denied.
    """

    id: str
    rule: str
    kind: str
    country: str | None
    opened: datetime
    latest: datetime
    crossings: tuple[str, ...] = ()
    scope: Scope = Scope.UNSPECIFIED
    neighbour: str | None = None
    since: date | None = None
    until: date | None = None
    value: int | None = None
    armed: bool = True
    first_item: str = ""
    outlets: tuple[str, ...] = ()
    official: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    denied: bool = False

    @property
    def confirmation(self) -> Confirmation:
        """How well it is confirmed by now."""
        if self.official:
            return Confirmation.OFFICIAL
        return Confirmation.SEVERAL if len(self.outlets) > 1 else Confirmation.ONE


class AlertKind(StrEnum):
    """NEW: a story that nobody was told of. UPDATE: more of one that was told, threaded below it.

    DIGEST: several alerts that were held, in one message. REMINDER: one that nobody acknowledged. DRILL: a test.
    """

    NEW = "new"
    UPDATE = "update"
    DIGEST = "digest"
    REMINDER = "reminder"
    DRILL = "drill"


@dataclass(frozen=True, slots=True)
class Link:
    """Where a story can be read beside the item that the alert rests on."""

    source: str
    url: str


@dataclass(frozen=True, slots=True)
class Point:
    """One value of a series of counts: that of `day`, as a chart shows it."""

    day: date
    value: int


@dataclass(frozen=True, slots=True)
class Alert:
    """What people are told, complete in itself: a delivery needs nothing else.

    `quote` is the sentence that it rests on, in `language`; `facts` are short lines for people. `change` says what an
    update tells anew, `known` are short lines on what was known before, `links` other reports of the story, `points`
    the series that a count belongs to, oldest first. `about` are the ids of the alerts that a digest or a reminder is
    about; in a digest `facts` are their lines.
    """

    id: str
    story: str
    kind: AlertKind
    rule: str
    says: str
    severity: Severity
    at: datetime
    title: str
    quote: str
    url: str
    source: str
    country: str | None = None
    event: str | None = None
    count: int | None = None
    language: str = ""
    published: datetime | None = None
    official: bool = False
    facts: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    confirmation: Confirmation | None = None
    change: str = ""
    known: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    points: tuple[Point, ...] = ()
    about: tuple[str, ...] = ()


class DeliveryState(StrEnum):
    """PENDING, SENDING and HELD are under way. The others are ends.

    HELD waits until its `next_try`, for the reason that stands with it. JOINED went out inside a digest. MUTED was
    kept back for good by a silence. CANCELLED had no point any more: its alert was acknowledged.
    """

    PENDING = "pending"
    SENDING = "sending"
    HELD = "held"
    DELIVERED = "delivered"
    JOINED = "joined"
    UNKNOWN = "unknown"
    FAILED = "failed"
    MUTED = "muted"
    CANCELLED = "cancelled"


class Cause(StrEnum):
    """Why a delivery does not simply go out at once."""

    NONE = ""
    QUIET = "quiet"
    DIGEST = "digest"
    STORM = "storm"
    SILENCE = "silence"
    ESCALATION = "escalation"
    FALLBACK = "fallback"
    NAG = "nag"


@dataclass(frozen=True, slots=True)
class Plan:
    """How an alert is to reach a channel: PENDING at once, HELD until `due` (UTC), or MUTED for good; and why."""

    channel: str
    state: DeliveryState = DeliveryState.PENDING
    due: datetime | None = None
    cause: Cause = Cause.NONE
    reason: str = ""
    unless: str | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """One alert on its way to one channel: a row of the outbox.

    `reason` says in words why it waits, waited or goes to this channel. `unless` is the id of an alert: once that is
    acknowledged, this one is cancelled instead of sent.
    """

    id: int
    alert: Alert
    channel: str
    state: DeliveryState
    attempts: int
    next_try: datetime
    lease_until: datetime | None = None
    last_error: str = ""
    delivered_at: datetime | None = None
    cause: Cause = Cause.NONE
    reason: str = ""
    unless: str | None = None


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
