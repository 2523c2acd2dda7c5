"""How Gatewatch tells others that it lives, and what it needs to live."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """A GET to the address that the secret holds, as often as that, where all is in order."""

    secret: str
    every: timedelta = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Disk:
    """The operator hears when less than `free` bytes are left where the state directory lies."""

    free: int = 200_000_000
