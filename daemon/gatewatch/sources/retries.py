"""When a source that could not be read is asked again: later and later, and for ever."""

from __future__ import annotations

from datetime import timedelta

from gatewatch.model import Document, Outcome, Source, SourceState
from gatewatch.sources.rhythm import AT_ONCE, JITTER, Wait
from gatewatch.sources.spans import span_words

#: A failing source is asked at least this often, for ever: active feeds do answer 404 and come back
#: (mediacloud; YouTube does so for hours on most days).
LONGEST_BACK_OFF = timedelta(hours=6)
#: The farthest that a server can send us away with Retry-After (88 hours were seen).
LONGEST_WAIT = timedelta(hours=24)
#: After a 429 that does not say how long (Reddit); doubled with each one more, up to LONGEST_BACK_OFF.
RATE_LIMIT_WAIT = timedelta(minutes=10)
#: After an outage of our own network: soon, and not all sources in one second.
OUTAGE_WAIT, OUTAGE_SPREAD = timedelta(minutes=1), timedelta(minutes=4)


def until_retry(
    source: Source, before: SourceState, failures: int, outcome: Outcome, document: Document, chance: float
) -> Wait:
    """The wait after a failed poll. `failures` counts this one; `chance`, 0 to 1, is the jitter."""
    if document.our_outage:
        return Wait(OUTAGE_WAIT + OUTAGE_SPREAD * chance, "our own network seems to be down")
    if outcome is Outcome.RATE_LIMITED:
        return _let_alone(source, before, document.retry_after, chance)
    longest = max(LONGEST_BACK_OFF, source.every)
    # The exponent is bounded as well: a source may fail for years.
    backed_off = min(source.every * 2 ** min(failures - 1, 16), longest)
    length = max(min(backed_off * (1 - JITTER + 2 * JITTER * chance), longest), AT_ONCE)
    if document.retry_after is not None and document.retry_after >= length:
        return _as_asked(document.retry_after, chance)
    polls = "poll" if failures == 1 else "polls"
    return Wait(length, f"back-off after {failures} failed {polls} ({outcome.value})")


def _let_alone(source: Source, before: SourceState, asked: timedelta | None, chance: float) -> Wait:
    """After a 429: as long as the server says. Where it says nothing of use, the last such wait doubled."""
    if asked is not None and asked >= source.every:
        return _as_asked(asked, chance)
    wait = max(RATE_LIMIT_WAIT, source.every)
    if before.last_outcome is Outcome.RATE_LIMITED and before.polled is not None:
        wait = max(wait, 2 * (before.next_poll - before.polled))
    wait = min(wait, max(LONGEST_BACK_OFF, source.every))
    jittered = min(wait * (1 + JITTER * chance), max(LONGEST_BACK_OFF, source.every))
    return Wait(jittered, f"the server refuses for now (429), so after {span_words(wait)}")


def _as_asked(asked: timedelta, chance: float) -> Wait:
    """Not earlier than asked for, and not together with all others that were sent away."""
    asked = min(asked, LONGEST_WAIT)
    return Wait(max(asked * (1 + JITTER * chance), AT_ONCE), f"the server asks to wait {span_words(asked)}")
