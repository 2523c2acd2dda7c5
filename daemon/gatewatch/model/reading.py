"""What a text says: events and counts, each with the words it rests on. Meanings: docs/events.md."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class EventType(StrEnum):
    """What happens to a border. Only an authority that acts (or acted) makes something `announced`."""

    CLOSURE_ANNOUNCED = "closure_announced"
    CLOSURE_EXTENDED = "closure_extended"
    CLOSURE_CONSIDERED = "closure_considered"
    CLOSURE_RULED_OUT = "closure_ruled_out"
    REOPENING_ANNOUNCED = "reopening_announced"
    REOPENING_CONSIDERED = "reopening_considered"
    RESTRICTION_ANNOUNCED = "restriction_announced"


class Scope(StrEnum):
    """How much of the border an event is about. With `ALL_BUT`, the crossings named are those left open."""

    NAMED = "named"
    ALL_BUT = "all_but"
    ALL = "all"
    UNSPECIFIED = "unspecified"


class Unit(StrEnum):
    """Who is counted."""

    ASYLUM_SEEKERS = "asylum_seekers"
    MIGRANTS = "migrants"
    IRREGULAR_CROSSINGS = "irregular_crossings"
    PEOPLE = "people"


class Per(StrEnum):
    """The time over which a count was made."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    SINCE = "since"
    INCIDENT = "incident"
    UNSPECIFIED = "unspecified"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters `start` to `end` of an item's `title` or `text`: the words that something rests on."""

    field: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Place:
    """A country (`crossing` is None) or one of its border crossings, named at `span`."""

    country: str
    span: Span
    crossing: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One step at one country's border. `country` is the state whose authority acts or would act.

    `since` and `until` are local calendar days of that border; None where the text gives none. `background`
    marks what the text only recalls. `says` is the wording at `evidence`, kept for alerts.
    """

    type: EventType
    country: str
    neighbour: str | None = None
    crossings: tuple[str, ...] = ()
    scope: Scope = Scope.UNSPECIFIED
    since: date | None = None
    until: date | None = None
    background: bool = False
    evidence: Span = field(default_factory=lambda: Span("title", 0, 0))
    says: str = ""


@dataclass(frozen=True, slots=True)
class Count:
    """People who arrived or tried to at `country`'s border. `value_max` is set where a range is told."""

    country: str
    value: int
    unit: Unit
    per: Per = Per.UNSPECIFIED
    value_max: int | None = None
    approximate: bool = False
    period: str | None = None
    background: bool = False
    evidence: Span = field(default_factory=lambda: Span("title", 0, 0))
    says: str = ""


@dataclass(frozen=True, slots=True)
class Cue:
    """A word or phrase that the reading went by: what it is (`concept`) and where."""

    concept: str
    span: Span


@dataclass(frozen=True, slots=True)
class Step:
    """One thought of the reading: a candidate, what became of it, and why. For `explain`."""

    verdict: str  # kept | weakened | dropped | added
    what: str
    why: str
    span: Span


@dataclass(frozen=True, slots=True)
class Reading:
    """All that a text says about borders. `steps` and `cues` only where an explanation is asked for.

    `corrects` is set where the text calls itself a correction of what its outlet told before.
    """

    language: str
    places: tuple[Place, ...] = ()
    events: tuple[Event, ...] = ()
    counts: tuple[Count, ...] = ()
    corrects: bool = False
    cues: tuple[Cue, ...] = ()
    steps: tuple[Step, ...] = ()
