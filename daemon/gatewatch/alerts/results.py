"""How one attempt to send can end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class Ending(StrEnum):
    """DELIVERED: the far end said yes. TRANSIENT: it did not get it, and might later.

    PERMANENT: it will never take it as things are. UNKNOWN: it may have got it, and did not say.
    """

    DELIVERED = "delivered"
    TRANSIENT = "transient"
    PERMANENT = "permanent"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Result:
    """How an attempt ended and the last thing heard, without secrets. `wait`: not before this has passed."""

    ending: Ending
    detail: str = ""
    wait: timedelta | None = None
