"""Is all in order? Findings in words, from facts that the store holds. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from gatewatch.alerts.routing import channels_for
from gatewatch.model import Channel, Route, Source, SourceState
from gatewatch.store import OutboxFacts

#: What waits is overdue so long after its time.
AFTER_DUE = timedelta(minutes=15)

#: Alerts of this time are asked for their deliveries.
ALERTS_OF = timedelta(days=1)

#: Some source has to answer within this time, or within two of its own intervals.
ANSWER_WITHIN = timedelta(hours=1)


def outbox_findings(
    facts: OutboxFacts, channels: Iterable[Channel], in_trouble: Collection[str], routes: Sequence[Route]
) -> Iterator[str]:
    """What is not as it should be. A channel `in_trouble` is known, so that what waits for it is no finding."""
    known = {channel.name for channel in channels}
    for name, count in facts.stale_claims:
        yield f"{_messages(count)} for channel {name} claimed, and never settled"
    for name, count in facts.overdue:
        if name not in known:
            yield f"{_messages(count)} for channel {name}, which config.toml no longer has"
        elif name not in in_trouble:
            yield f"{_messages(count)} for channel {name} overdue by more than 15 minutes"
    for name, count in facts.overdue_held:
        yield f"{_messages(count)} for channel {name} held past the time when they were due"
    lost = [alert.id for alert in facts.undelivered if channels_for(alert, routes)]
    if lost:
        yield f"{len(lost)} alerts that a route takes have no delivery: {', '.join(lost[:5])}"


def source_findings(
    sources: Sequence[Source], states: Iterable[SourceState], began: datetime, now: datetime
) -> Iterator[str]:
    """`began` is when the service was started: a source that had no chance yet is no finding."""
    if not sources:
        return
    within = max(ANSWER_WITHIN, 2 * min(source.every for source in sources))
    ids = {source.id for source in sources}
    good = [state.succeeded for state in states if state.id in ids and state.succeeded is not None]
    if max([began, *good]) < now - within:
        hours = within.total_seconds() / 3600
        yield f"no source has answered within {hours:g} hour{'' if hours == 1 else 's'}"


def _messages(count: int) -> str:
    return f"{count} message{'' if count == 1 else 's'}"
