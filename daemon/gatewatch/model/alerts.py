"""What is told: stories, and the alerts on them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
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
