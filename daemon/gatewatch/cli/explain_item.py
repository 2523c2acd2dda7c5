"""What became of a stored item: each rule that it matched, the story that this went to, and every alert of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from rich.console import Console
from rich.markup import escape

from gatewatch.cli.store_reading import iso, local
from gatewatch.model import Alert, Delivery, DeliveryState, Item, Source, Story
from gatewatch.settings import Settings
from gatewatch.store import MatchRecord, Store

_COLOURS = {"new": "bold green", "update": "green", "waiting": "yellow"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """One rule that matched. `alerts` are those of its story, oldest first, each with its deliveries."""

    record: MatchRecord
    story: Story | None
    alerts: tuple[tuple[Alert, tuple[Delivery, ...]], ...]


@dataclass(frozen=True, slots=True)
class Stored:
    """An item of the database; None where its text was deleted after its time, and only the outcomes are kept."""

    item: Item | None
    source: Source
    outcomes: tuple[Outcome, ...]


def look_up(store: Store, item_id: str, settings: Settings) -> Stored | None:
    """All that is known of an item; None where it was never met."""
    item = store.item(item_id)
    outcomes = tuple(_outcome(store, record) for record in store.matches_of(item_id))
    if item is None and not outcomes:
        return None
    source_id = item.source if item else ""
    source = next((source for source in settings.sources if source.id == source_id), Source(source_id, ""))
    return Stored(item, source, outcomes)


def _outcome(store: Store, record: MatchRecord) -> Outcome:
    story = store.story(record.story) if record.story else None
    alerts = store.alerts_of(story) if story else ()
    return Outcome(record, story, tuple((alert, store.deliveries_of(alert.id)) for alert in alerts))


def show(console: Console, stored: Stored, settings: Settings) -> None:
    """The outcomes for people, one block a rule."""
    for outcome in stored.outcomes:
        record = outcome.record
        colour = _COLOURS.get(record.decision, "dim")
        head = f"{local(record.at, settings)}  {escape(record.match.rule)}: [{colour}]{record.decision}[/]"
        console.print(f"{head} ({escape(record.reason)})")
        if outcome.story is not None:
            console.print(f"  story {outcome.story.id}, told by {len(outcome.story.outlets) or 1} outlet(s)")
        for alert, deliveries in outcome.alerts:
            console.print(f"  alert {alert.id} ({alert.kind.value}, {local(alert.at, settings)})")
            for line in _deliveries(deliveries, settings):
                console.print(f"    {escape(line)}")
    if not stored.outcomes:
        console.print("no rule matched it when it was taken in", style="dim")
    console.print()


def _deliveries(deliveries: tuple[Delivery, ...], settings: Settings) -> Iterator[str]:
    for delivery in deliveries:
        until = f" until {local(delivery.next_try, settings)}" if delivery.state is DeliveryState.HELD else ""
        why = "; ".join(filter(None, (delivery.reason, delivery.last_error)))
        yield f"{delivery.channel}: {delivery.state.value}{until}{f' ({why})' if why else ''}"
    if not deliveries:
        yield "no route takes it"


def rows(stored: Stored) -> list[dict[str, Any]]:
    """The outcomes for programs."""
    return [
        {
            "rule": outcome.record.match.rule,
            "decision": outcome.record.decision,
            "reason": outcome.record.reason,
            "at": iso(outcome.record.at),
            "story": outcome.record.story,
            "alerts": [
                {
                    "id": alert.id,
                    "kind": alert.kind.value,
                    "at": iso(alert.at),
                    "deliveries": [
                        {"channel": each.channel, "state": each.state.value, "reason": each.reason}
                        for each in deliveries
                    ],
                }
                for alert, deliveries in outcome.alerts
            ],
        }
        for outcome in stored.outcomes
    ]
