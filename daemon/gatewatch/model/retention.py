"""How long what was taken in is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Retention:
    """Texts that matched nothing are kept for `bodies`, those that matched for `matched`; identities for ever.

    `size` is what the database may take on the disk, in bytes; None: no limit.
    """

    bodies: timedelta = timedelta(days=90)
    matched: timedelta = timedelta(days=730)
    size: int | None = None
