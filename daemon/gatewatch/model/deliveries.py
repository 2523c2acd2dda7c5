"""Alerts on their way: the rows of the outbox, and what is planned for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from gatewatch.model.alerts import Alert


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
