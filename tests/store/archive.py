"""A store that has been at work for a while."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from gatewatch.store import Store

from .samples import NOW, a_match, a_story, an_item

DAY = timedelta(days=1)
WORDS = "The Border Guard says that traffic at the crossing points runs as on other days. " * 25
"""A text of some 2,000 characters."""


def take_in(store: Store, *ids: str, at: datetime = NOW, source: str = "raja", body: str = "") -> None:
    with store.transaction():
        items = [an_item(id, source=source, seen=at, body=body) for id in ids]
        store.add_items(items, seeded=False, at=at)


def match(store: Store, *ids: str, at: datetime = NOW) -> None:
    with store.transaction():
        store.save_story(a_story("s1", latest=at))
        for id in ids:
            store.join_story("s1", id, at)
            store.add_match(a_match(id), story="s1", decision="new", reason="", at=at)


def fill(store: Store, days: Iterable[int], each: int, body: str = WORDS) -> None:
    """`each` items a day, so many days before NOW, the oldest first: ids such as `d90-3`."""
    for day in sorted(days, reverse=True):
        take_in(store, *(f"d{day}-{number}" for number in range(each)), at=NOW - day * DAY, body=body)


def ids(store: Store) -> set[str]:
    return {item.id for item in store.recent_items(1_000_000)}
