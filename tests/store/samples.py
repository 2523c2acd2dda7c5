"""Values to put into a store, each with what a test cares about and the rest filled in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from gatewatch.model import Alert, AlertKind, Delivery, Item, Match, Severity, Story
from gatewatch.store import Store

NOW = datetime(2023, 11, 16, 14, 0, tzinfo=UTC)
LEASE = timedelta(minutes=2)


def an_item(id: str = "i1", **fields: object) -> Item:
    item = Item(id=id, source="raja", title="Finland closes four crossings", key=f"key-{id}", seen=NOW)
    return replace(item, **fields)  # type: ignore[arg-type]


def a_story(id: str = "s1", rule: str = "fi-closure", latest: datetime = NOW) -> Story:
    return Story(id=id, rule=rule, kind="closure_announced", country="FI", opened=NOW, latest=latest)


def a_match(item: str = "i1", rule: str = "fi-closure") -> Match:
    return Match(rule=rule, severity=Severity.CRITICAL, item=item, words=("border",))


def an_alert(id: str = "a1", **fields: object) -> Alert:
    alert = Alert(
        id=id,
        story="s1",
        kind=AlertKind.NEW,
        rule="fi-closure",
        says="Finland closes its border or a crossing",
        severity=Severity.CRITICAL,
        at=NOW,
        title="Finland closes four crossings",
        quote="The Government decided to close four crossings.",
        url="https://raja.example/1",
        source="Finnish Border Guard",
    )
    return replace(alert, **fields)  # type: ignore[arg-type]


def queue(store: Store, *ids: str, channels: Sequence[str] = ("desk",), at: datetime = NOW) -> None:
    with store.transaction():
        for id in ids:
            store.queue_alert(an_alert(id, at=at), channels, at)


def claimed(store: Store, now: datetime = NOW, channel: str = "desk") -> Delivery:
    """The next delivery; a test that has none fails here."""
    delivery = store.claim(channel, now, LEASE)
    assert delivery is not None
    return delivery
