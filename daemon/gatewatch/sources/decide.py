"""What a poll means for the next one. Pure: the same poll at the same moment gives the same answer."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime

from gatewatch.model import Document, Outcome, Source, SourceState
from gatewatch.sources import moving
from gatewatch.sources.documents import Contents
from gatewatch.sources.health import BROKEN_AFTER as BROKEN_AFTER
from gatewatch.sources.health import GOOD, newest_date, news_of_health
from gatewatch.sources.identity import RUNGS
from gatewatch.sources.novelty import Arrivals
from gatewatch.sources.retries import until_retry
from gatewatch.sources.rhythm import believable_ttl, remember, spread, until_next


@dataclass(frozen=True, slots=True)
class Decision:
    """The source's new state, and what the operator is told ("broken: …", "recovered: …"), each once."""

    state: SourceState
    notices: tuple[str, ...] = ()


def decide(
    now: datetime,
    source: Source,
    state: SourceState,
    document: Document,
    contents: Contents,
    fresh: Arrivals,
    seed: int = 0,
) -> Decision:
    """The state after a poll at `now` that brought `fresh` items.

    An answer that can't be read counts as BAD_CONTENT. `seed` moves the jitter: two instances that watch
    the same sources then do not ask at the same second.
    """
    before = moving.as_configured(source, state, now)
    outcome = Outcome.BAD_CONTENT if _unreadable(document, contents) else document.outcome
    after = replace(before, polled=now, last_outcome=outcome, last_detail=contents.problem or document.detail)
    chance = _chance(now, source, seed)
    if outcome in GOOD:
        after = _succeeded(now, before, after, document, contents, fresh)
        after, moved = moving.after_good_poll(source, after, document, now)
        wait = until_next(source, after, document, fresh.overlap, now)
        next_poll = now + spread(wait.length, source, chance)
    else:
        after, moved = moving.after_failed_poll(source, _failed(after, document, outcome))
        wait = until_retry(source, before, after.failures, outcome, document, chance)
        next_poll = now + wait.length
    told, notices = news_of_health(now, before, after, contents, fresh)
    return Decision(replace(after, next_poll=next_poll, reason=wait.reason, told=told), notices + moved)


def _unreadable(document: Document, contents: Contents) -> bool:
    return document.outcome is Outcome.OK and contents.problem is not None


def _failed(after: SourceState, document: Document, outcome: Outcome) -> SourceState:
    """Neither an outage of ours (miniflux #2150) nor a 429 (miniflux #1628) is the source's fault."""
    counts = not document.our_outage and outcome is not Outcome.RATE_LIMITED
    return replace(after, failures=after.failures + counts)


def _succeeded(
    now: datetime,
    before: SourceState,
    after: SourceState,
    document: Document,
    contents: Contents,
    fresh: Arrivals,
) -> SourceState:
    """Validators move on a 304 too (miniflux 562a7b79), but one that it leaves out still holds there."""
    kept = document.outcome is Outcome.NOT_MODIFIED
    after = replace(
        after,
        seeded=before.seeded or (now if contents.usable else None),
        identity=_lower(fresh.identity, contents.identity) or before.identity,
        body_hash=contents.body_hash,
        etag=document.etag or (before.etag if kept else None),
        last_modified=document.last_modified or (before.last_modified if kept else None),
        unconditional=(before.unconditional or now) if kept else now,
        failures=0,
        succeeded=now,
        recovered=now if before.failures >= BROKEN_AFTER else before.recovered,
        items_seen=before.items_seen + fresh.new + fresh.held,
    )
    if contents.usable:
        after = _read(now, after, contents)
    return remember(after, fresh.new, now) if before.seeded else after


def _read(now: datetime, after: SourceState, contents: Contents) -> SourceState:
    """What only a document that was parsed can say; one that is unchanged leaves it as it was."""
    return replace(
        after,
        ttl=believable_ttl(contents.ttl),
        newest=newest_date(after.newest, contents, now),
        rows=contents.rows or {},
        window=len(contents.items) if contents.rows is None else 0,
    )


def _lower(one: str | None, other: str | None) -> str | None:
    """Rungs only go down: guids that are good, bad and good again must not turn everything new."""
    return max(one, other, key=RUNGS.index) if one and other else one or other


def _chance(now: datetime, source: Source, seed: int) -> float:
    """From 0 to 1, spread evenly over sources and moments, and always the same for the same."""
    digest = hashlib.sha256(f"{seed}\0{source.id}\0{now.isoformat()}".encode()).digest()
    return int.from_bytes(digest[:7], "big") / 2**56
