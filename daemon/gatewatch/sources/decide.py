"""What a poll means for the next one. Pure: the same poll at the same moment gives the same answer."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from gatewatch.model import Document, Outcome, Source, SourceState
from gatewatch.sources.documents import Contents

#: Failures in a row after which the operator is told: one is weather, three are a fault.
BROKEN_AFTER = 3
#: A failing source is asked at least this often, for ever: active feeds do answer 404 and come back
#: (mediacloud; YouTube does so for hours on most days).
LONGEST_BACK_OFF = timedelta(hours=6)
#: The farthest that a server can send us away with Retry-After.
LONGEST_WAIT = timedelta(hours=24)
#: After a 429 that does not say how long (Reddit).
RATE_LIMIT_WAIT = timedelta(minutes=10)
SHORTEST_WAIT = timedelta(seconds=1)
JITTER = 0.1  # of the wait, to both sides


@dataclass(frozen=True, slots=True)
class Decision:
    """The source's new state, and what the operator is told ("broken: …", "recovered: …"), each once."""

    state: SourceState
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Wait:
    length: timedelta
    reason: str


def decide(
    now: datetime,
    source: Source,
    state: SourceState,
    document: Document,
    contents: Contents,
    fresh: int,
    seed: int = 0,
) -> Decision:
    """The state after a poll at `now` that brought `fresh` items never seen before.

    An answer that can't be read counts as BAD_CONTENT. `seed` moves the jitter: two instances that watch
    the same sources then do not ask at the same second.
    """
    outcome = Outcome.BAD_CONTENT if _unreadable(document, contents) else document.outcome
    if outcome in (Outcome.OK, Outcome.NOT_MODIFIED):
        after = _succeeded(now, state, document, contents, fresh)
        wait = _Wait(_jittered(source.every, now, source, seed), f"every {_words(source.every)}")
    else:
        after = replace(state, failures=state.failures + 1)
        wait = _back_off(now, source, after.failures, outcome, document.retry_after, seed)
    after = replace(
        after,
        next_poll=now + max(wait.length, SHORTEST_WAIT),
        reason=wait.reason,
        polled=now,
        last_outcome=outcome,
        last_detail=contents.problem or document.detail,
    )
    return Decision(after, _notices(now, state, after))


def _unreadable(document: Document, contents: Contents) -> bool:
    return document.outcome is Outcome.OK and contents.problem is not None


def _succeeded(
    now: datetime, state: SourceState, document: Document, contents: Contents, fresh: int
) -> SourceState:
    """Validators move on a 304 too (miniflux 562a7b79), but one that it leaves out still holds there."""
    kept = document.outcome is Outcome.NOT_MODIFIED
    return replace(
        state,
        seeded=state.seeded or (now if contents.usable else None),
        identity=contents.identity or state.identity,
        body_hash=contents.body_hash,
        etag=document.etag or (state.etag if kept else None),
        last_modified=document.last_modified or (state.last_modified if kept else None),
        unconditional=(state.unconditional or now) if kept else now,
        failures=0,
        succeeded=now,
        items_seen=state.items_seen + fresh,
    )


def _back_off(
    now: datetime, source: Source, failures: int, outcome: Outcome, asked: timedelta | None, seed: int
) -> _Wait:
    """Doubled with each failure, but no longer than LONGEST_BACK_OFF; the server's own wish counts too."""
    longest = max(LONGEST_BACK_OFF, source.every)
    # The exponent is bounded as well: a source may fail for years.
    backed_off = min(source.every * 2 ** min(failures - 1, 16), longest)
    length = min(_jittered(backed_off, now, source, seed), longest)
    if outcome is Outcome.RATE_LIMITED and asked is None:
        asked = RATE_LIMIT_WAIT
    if asked is not None and asked >= length:
        # Not earlier than asked for, and not together with all others that were sent away.
        asked = min(asked, LONGEST_WAIT)
        length = asked * (1 + JITTER * _fraction(now, source, seed))
        return _Wait(length, f"the server asks to wait {_words(asked)}")
    return _Wait(
        length, f"back-off after {failures} failed poll{'s' if failures > 1 else ''} ({outcome.value})"
    )


def _notices(now: datetime, before: SourceState, after: SourceState) -> tuple[str, ...]:
    if after.failures == BROKEN_AFTER:
        why = after.last_detail or str(after.last_outcome)
        return (f"broken: {after.failures} polls in a row failed, the last because of: {why}",)
    if after.failures == 0 and before.failures >= BROKEN_AFTER:
        since = f", {_words(now - before.succeeded)} after the last good one" if before.succeeded else ""
        return (f"recovered: readable again after {before.failures} failed polls{since}",)
    return ()


def _jittered(wait: timedelta, now: datetime, source: Source, seed: int) -> timedelta:
    return wait * (1 - JITTER + 2 * JITTER * _fraction(now, source, seed))


def _fraction(now: datetime, source: Source, seed: int) -> float:
    """From 0 to 1, spread evenly over sources and moments, and always the same for the same."""
    digest = hashlib.sha256(f"{seed}\0{source.id}\0{now.isoformat()}".encode()).digest()
    return int.from_bytes(digest[:7], "big") / 2**56


def _words(span: timedelta) -> str:
    seconds = round(span.total_seconds())
    for size, unit, smaller, of_that in (
        (86_400, "d", 3_600, "h"),
        (3_600, "h", 60, "min"),
        (60, "min", 1, "s"),
    ):
        if seconds >= size:
            rest = seconds % size // smaller
            return f"{seconds // size} {unit}" + (f" {rest} {of_that}" if rest else "")
    return f"{seconds} s"
