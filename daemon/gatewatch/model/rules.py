"""Rules as users write them, and what comes of laying one on an item."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from gatewatch.model.reading import Count, Event, EventType, Per, Span, Unit


class Severity(StrEnum):
    """How loud a match is. Routes turn it into channels."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    INFO = "info"


class Confirmation(StrEnum):
    """Who says so: one outlet, several that don't copy each other, or an authority itself. In this order."""

    ONE = "one"
    SEVERAL = "several"
    OFFICIAL = "official"


@dataclass(frozen=True, slots=True)
class CountClause:
    """True for a count of more than `over` people. Empty `per` and `unit` accept any.

    Once fired it fires again only after a value below `rearm_below` (default: `over`) was told. `times`: it must also
    be that many times the median of the last weeks, which are then known.
    """

    over: int = 0
    per: tuple[Per, ...] = ()
    unit: tuple[Unit, ...] = ()
    rearm_below: int | None = None
    times: float | None = None


@dataclass(frozen=True, slots=True)
class RuleTest:
    """A text that lies in the rule file beside its rule. `because` is the clause that has to say no.

    `usual` is what the counts of its time are like, None where nobody knows yet.
    """

    title: str
    fires: bool
    text: str = ""
    source: str | None = None
    language: str | None = None
    country: str | None = None
    date: date | None = None
    because: str | None = None
    usual: int | None = None
    line: int = 0


@dataclass(frozen=True, slots=True)
class Rule:
    """The AND of its clauses; a clause that is empty is not asked.

    `confirmed` is how well a story must be confirmed before this rule tells it. `ends` is no clause: such a rule
    tells of closures that end within so long while nothing says that they are extended.
    """

    id: str
    says: str
    severity: Severity
    country: tuple[str, ...] = ()
    event: tuple[EventType, ...] = ()
    count: CountClause | None = None
    crossing: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    any: tuple[str, ...] = ()
    all: tuple[str, ...] = ()
    none: tuple[str, ...] = ()
    repeat: timedelta | None = None
    send: str | None = None
    confirmed: Confirmation = Confirmation.ONE
    ends: timedelta | None = None
    status: str = "active"
    tests: tuple[RuleTest, ...] = ()
    path: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Match:
    """A rule that says yes to an item, because of one event, one count, or words alone."""

    rule: str
    severity: Severity
    item: str
    event: Event | None = None
    count: Count | None = None
    words: tuple[str, ...] = ()
    evidence: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a rule said no: the first clause that did (`country`, `event`, `count`, …), in words for people."""

    rule: str
    clause: str
    why: str
