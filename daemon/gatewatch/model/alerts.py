"""What goes out: stories, alerts, deliveries, and where they go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from gatewatch.model.reading import Scope
from gatewatch.model.rules import Severity


@dataclass(frozen=True, slots=True)
class Story:
    """One real happening, however many items tell it. `rule` owns it; `kind` is an event type, "count", "words".

    `opened` is when the first item was taken in, `latest` the last that joined (both UTC). `value` is the
    highest count told so far.
    """

    id: str
    rule: str
    kind: str
    country: str | None
    opened: datetime
    latest: datetime
    crossings: tuple[str, ...] = ()
    scope: Scope = Scope.UNSPECIFIED
    since: date | None = None
    until: date | None = None
    value: int | None = None
    armed: bool = True
    first_item: str = ""


class AlertKind(StrEnum):
    NEW = "new"
    UPDATE = "update"
    DRILL = "drill"


@dataclass(frozen=True, slots=True)
class Alert:
    """What people are told, complete in itself: a delivery needs nothing else.

    `quote` is the sentence that it rests on, in `language`; `facts` are short lines for people.
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


class DeliveryState(StrEnum):
    PENDING = "pending"
    SENDING = "sending"
    DELIVERED = "delivered"
    UNKNOWN = "unknown"
    FAILED = "failed"
    HELD = "held"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One alert on its way to one channel: a row of the outbox."""

    id: int
    alert: Alert
    channel: str
    state: DeliveryState
    attempts: int
    next_try: datetime
    lease_until: datetime | None = None
    last_error: str = ""
    delivered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Channel:
    """Where alerts can go. `type`: slack, email, console, file, apprise. `secret` names a secret, never holds it.

    `options` are the typed fields of that type (e-mail: host, port, from, to, …; file: path).
    """

    name: str
    type: str
    secret: str | None = None
    options: Mapping[str, str | int | bool | tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Route:
    """Alerts of these severities (empty: all) go to these channels. All routes that fit are taken."""

    to: tuple[str, ...]
    severity: tuple[Severity, ...] = ()
    rule: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
