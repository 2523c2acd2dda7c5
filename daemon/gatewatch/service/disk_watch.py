"""A disk that fills up: the operator hears when room gets short, and when there is enough again."""

from __future__ import annotations

import shutil
from datetime import datetime, tzinfo
from pathlib import Path

from gatewatch.service.housekeeping import Tell
from gatewatch.store import Store

#: Under which name it stands in `upkeep` since when the operator knows.
LOW = "operator knows that the disk is nearly full"

#: Free space has to be over the limit by one part in so many before it is enough again: around it, it goes up and down.
SPARE = 10


def disk_news(free: int, limit: int, told: datetime | None, zone: tzinfo) -> str | None:
    """What the operator has to be told, if anything. `free` and `limit` in bytes; `told`: since when it is known."""
    if told is None:
        return f"{low(free, limit)}; without room nothing new can be stored or told" if free < limit else None
    if free < limit + limit // SPARE:
        return None
    since = f"{told.astimezone(zone):%Y-%m-%d %H:%M}"
    return f"recovered: {free // 1_000_000} MB are free again on the disk of the state directory, low since {since}"


def low(free: int, limit: int) -> str:
    """How little is left, in words."""
    return (
        f"only {free // 1_000_000} MB are free on the disk of the state directory,"
        f" the limit is {limit // 1_000_000} MB (`free` in [disk])"
    )


def free_space(state_dir: Path) -> int:
    """Bytes that are free on the file system of the state directory. Raises `OSError`."""
    return shutil.disk_usage(state_dir).free


def look_at_disk(store: Store, free: int, limit: int, tell: Tell, now: datetime, zone: tzinfo) -> str | None:
    """Tells the operator what is new of the disk; gives what was told. Without news nothing is written."""
    told = store.upkeep(LOW)
    text = disk_news(free, limit, told, zone)
    if text is not None:
        with store.transaction():
            store.note_upkeep(LOW, now if told is None else None)
            tell(text, now)
    return text
