"""What the store gives back beside the types of the model: rows that say what became of something."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from gatewatch.model import DeliveryState, Match


@dataclass(frozen=True, slots=True)
class MatchRecord:
    """A match and what became of it: `decision` is new, joined, update, ignored, muted, draft, …"""

    match: Match
    story: str | None
    decision: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Receipt:
    """One attempt at a delivery. UTC. `line` is the last thing heard.

    `result` is the state it left, or "unsure" (pending, and it may have arrived), or "interrupted".
    """

    started: datetime | None
    ended: datetime
    result: str
    line: str


@dataclass(frozen=True, slots=True)
class OutboxLine:
    """How many deliveries of a channel are in a state, and when the latest got there (None: still open)."""

    channel: str
    state: DeliveryState
    count: int
    latest: datetime | None


@dataclass(frozen=True, slots=True)
class Given:
    """How many alerts a channel was given within the last hour, and when the first of them was delivered (UTC).

    What is still under way counts, too; `first` is None where nothing was delivered.
    """

    count: int = 0
    first: datetime | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that the operator should know, told once."""

    at: datetime
    source: str
    text: str
