"""How Gatewatch tells others that it lives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """A GET to the address that the secret holds, as often as that, where all is in order."""

    secret: str
    every: timedelta = timedelta(minutes=5)
