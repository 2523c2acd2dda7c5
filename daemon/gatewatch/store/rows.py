"""Between values and columns, in both directions. The one place that knows how a value is written down.

Pydantic reads and writes the JSON: enums, spans, dates and tuples come back as they went in, and a field
that was added with a default needs no migration.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from pydantic import TypeAdapter

from gatewatch.model import (
    Alert,
    Cause,
    Count,
    Delivery,
    DeliveryState,
    Item,
    Match,
    Reading,
    Silence,
    SourceState,
    Story,
)

_alert = TypeAdapter(Alert)
_count = TypeAdapter(Count)
_match = TypeAdapter(Match)
_reading = TypeAdapter(Reading)
_silence = TypeAdapter(Silence)
_source_state = TypeAdapter(SourceState)
_story = TypeAdapter(Story)

Row = tuple[Any, ...]

ITEM_COLUMNS = "id, source, key, url, title, summary, body, published, seen, language"
DELIVERY_COLUMNS = (
    "id, channel, state, attempts, next_try, lease_until, last_error, settled, cause, reason, unless, alert"
)


def moment_to_text(at: datetime) -> str:
    """Fixed width and in UTC, so that text sorts as time does. A moment without a zone is a bug: refused."""
    if at.tzinfo is None:
        raise ValueError(f"a moment without a time zone: {at!r}")
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def maybe_to_text(at: datetime | None) -> str | None:
    return None if at is None else moment_to_text(at)


def moment_from_text(text: str) -> datetime:
    return datetime.fromisoformat(text)


def maybe_from_text(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def item_to_row(item: Item) -> Row:
    """In the order of `ITEM_COLUMNS`."""
    return (
        item.id,
        item.source,
        item.key,
        item.url,
        item.title,
        item.summary,
        item.body,
        maybe_to_text(item.published),
        maybe_to_text(item.seen),
        item.language,
    )


def item_from_row(row: Row) -> Item:
    id, source, key, url, title, summary, body, published, seen, language = row
    return Item(
        id=id,
        source=source,
        key=key,
        url=url,
        title=title,
        summary=summary,
        body=body,
        published=maybe_from_text(published),
        seen=maybe_from_text(seen),
        language=language,
    )


def delivery_from_row(row: Row, alert: Alert) -> Delivery:
    """A row of `DELIVERY_COLUMNS`, with the alert that its last column names."""
    id, channel, state, attempts, next_try, lease_until, last_error, settled, cause, reason, unless, _ = row
    delivered = DeliveryState(state) is DeliveryState.DELIVERED
    return Delivery(
        id=id,
        alert=alert,
        channel=channel,
        state=DeliveryState(state),
        attempts=attempts,
        next_try=moment_from_text(next_try),
        lease_until=maybe_from_text(lease_until),
        last_error=last_error,
        delivered_at=maybe_from_text(settled) if delivered else None,
        cause=Cause(cause),
        reason=reason,
        unless=unless,
    )


def alert_to_json(alert: Alert) -> str:
    return _alert.dump_json(alert).decode()


def alert_from_json(text: str) -> Alert:
    return _alert.validate_json(text)


def count_to_json(count: Count) -> str:
    return _count.dump_json(count).decode()


def count_from_json(text: str) -> Count:
    return _count.validate_json(text)


def match_to_json(match: Match) -> str:
    return _match.dump_json(match).decode()


def match_from_json(text: str) -> Match:
    return _match.validate_json(text)


def reading_to_json(reading: Reading) -> str:
    return _reading.dump_json(reading).decode()


def reading_from_json(text: str) -> Reading:
    return _reading.validate_json(text)


def silence_to_json(silence: Silence) -> str:
    return _silence.dump_json(silence).decode()


def silence_from_json(text: str) -> Silence:
    return _silence.validate_json(text)


def source_state_to_json(state: SourceState) -> str:
    return _source_state.dump_json(state).decode()


def source_state_from_json(text: str) -> SourceState:
    return _source_state.validate_json(text)


def story_to_json(story: Story) -> str:
    return _story.dump_json(story).decode()


@lru_cache(maxsize=2_000)
def story_from_json(text: str) -> Story:
    """Read once as long as it stays as it is: each match is laid beside all stories that are open."""
    return _story.validate_json(text)
