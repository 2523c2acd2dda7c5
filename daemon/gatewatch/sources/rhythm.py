"""How often a source brings news, and from that how soon it is asked again after a good poll."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise

from gatewatch.model import Document, Source, SourceState
from gatewatch.sources.spans import span_words

#: Polls with news that are remembered, and how many of them make a rhythm.
REMEMBERED = 20
LEARNED = 5
#: Of what a document holds, the part that may be new at one poll: room for a burst four times as fast.
SHARE = 0.25
#: Nobody is asked more often than this, unless the configuration says so.
SHORTEST = timedelta(minutes=1)
#: A timer of APScheduler and a server both want a moment between two polls.
AT_ONCE = timedelta(seconds=1)
#: `<ttl>` and `sy:updatePeriod` hold junk such as 0, "always" or a year (mediacloud).
SHORTEST_TTL, LONGEST_TTL = timedelta(minutes=1), timedelta(days=1)
JITTER = 0.1  # of the wait


@dataclass(frozen=True, slots=True)
class Wait:
    """How long until the next poll, and in plain words why."""

    length: timedelta
    reason: str


def until_next(source: Source, state: SourceState, document: Document, overlap: bool, now: datetime) -> Wait:
    """The wait after a good poll, before jitter: never longer than `every`.

    `state` is that after the poll. `overlap` is False where nothing in the document was known before. What server
    and feed ask for makes a wait longer than the source's own rhythm wants it, but not than `every`.
    """
    wait = _wanted(source, state, overlap, now)
    asked = _asked(state, document)
    if asked is not None and asked.length > wait.length and wait.length < source.every:
        wait = asked if asked.length < source.every else _ceiling(source)
    return wait


def spread(wait: timedelta, source: Source, chance: float) -> timedelta:
    """The wait, up to a tenth shorter (`chance` is 0 to 1), so that sources of one interval drift apart.

    Shorter and not longer, because `every` is a promise; and never under a minute where `every` is not.
    """
    floor = SHORTEST if source.every >= SHORTEST else AT_ONCE
    return max(wait * (1 - JITTER * chance), floor)


def _wanted(source: Source, state: SourceState, overlap: bool, now: datetime) -> Wait:
    floor = min(SHORTEST, source.every)
    if not overlap:
        faster = max(source.every / 4, floor)
        return Wait(faster, f"no overlap with what was known: after {span_words(faster)} until there is")
    pace = _pace(state, now)
    if pace and state.window:
        busy = timedelta(seconds=SHARE * state.window / pace)
        if busy < source.every:
            busy = max(busy, floor)
            words = f"busy: about {_amount(pace * 3600)} new items an hour in a window of {state.window}"
            return Wait(busy, f"{words}, so after {span_words(busy)}")
    return _ceiling(source)


def _ceiling(source: Source) -> Wait:
    return Wait(source.every, f"every {span_words(source.every)}")


def _asked(state: SourceState, document: Document) -> Wait | None:
    """What the feed or, if that is longer, the server asks for."""
    asked = []
    if document.fresh_for is not None:
        words = f"the server says that nothing changes for {span_words(document.fresh_for)}"
        asked.append(Wait(document.fresh_for, words))
    if state.ttl is not None:
        asked.append(Wait(state.ttl, f"the feed asks to be left alone for {span_words(state.ttl)}"))
    return max(asked, key=lambda wait: wait.length, default=None)


def believable_ttl(ttl: timedelta | None) -> timedelta | None:
    """None for what no publisher can mean; a day at most."""
    if ttl is None or ttl < SHORTEST_TTL:
        return None
    return min(ttl, LONGEST_TTL)


def remember(state: SourceState, new: int, now: datetime) -> SourceState:
    """The state with one more poll that brought news, if it did."""
    if new == 0:
        return state
    news, brought = (*state.news, now), (*state.brought, new)
    return replace(state, news=news[-REMEMBERED:], brought=brought[-REMEMBERED:])


def longest_silence(state: SourceState) -> timedelta | None:
    """The longest time between two polls with news; None until a rhythm is learned."""
    if len(state.news) < LEARNED:
        return None
    return max(later - earlier for earlier, later in pairwise(state.news))


def rhythm_words(state: SourceState) -> str:
    """The learned rhythm for people: "about 12 new items a day, longest silence 9 h"."""
    silence = longest_silence(state)
    if silence is None:
        return "its rhythm is not learned yet"
    days = max((state.news[-1] - state.news[0]) / timedelta(days=1), 1 / 24)
    a_day = sum(state.brought[1:]) / days
    periods = ((1, "day"), (7, "week"), (30, "month"), (365, "year"))
    length, name = next((p for p in periods if a_day * p[0] >= 1), periods[-1])
    return f"about {_amount(a_day * length)} new items a {name}, longest silence {span_words(silence)}"


def _pace(state: SourceState, now: datetime) -> float | None:
    """New items a second: over the last three polls with news, or all of them if those came faster.

    Counted up to `now`, so that a burst is forgotten in the quiet that follows it.
    """
    paces = []
    for last in (3, len(state.news) - 1):
        if 3 <= last < len(state.news):
            span = (now - state.news[-last - 1]).total_seconds()
            paces.append(sum(state.brought[-last:]) / max(span, 1.0))
    return max(paces, default=None)


def _amount(number: float) -> str:
    return f"{number:.1f}" if number < 2 else f"{number:.0f}"
