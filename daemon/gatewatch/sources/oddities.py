"""What is odd about a document: signs that its publisher changed something, in words for the operator."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from statistics import median

from gatewatch.model import Item, Source, SourceState
from gatewatch.sources.spans import span_words

#: Entries that make a bulk import or a re-dating, their share, and how far above the usual number.
MANY, MOSTLY, ABOVE_USUAL = 10, 0.8, 5
#: A page this long does not lose three quarters of its rows for want of news.
LONG_PAGE = 10
#: Beyond what is late: a poll was planned, and we were not there.
LATE = timedelta(hours=1)
#: Dates farther ahead are an event's or an error (2038), and not when something was published.
AHEAD = timedelta(days=1)


def one_date(state: SourceState, unseen: Sequence[Item]) -> str:
    """The date that an unusual number of unseen items share, as in a bulk import, or nothing."""
    usual = max(1.0, median(state.brought)) if state.brought else 1.0
    if len(unseen) < max(MANY, ABOVE_USUAL * usual):
        return ""
    dates = Counter(item.published.date() for item in unseen if item.published)
    date, count = max(dates.items(), key=lambda found: found[1], default=(None, 0))
    return str(date) if count >= max(MANY, MOSTLY * len(unseen)) else ""


def re_dated(state: SourceState, known: Sequence[Item], now: datetime) -> dict[str, str]:
    """Known items that claim a later date than any item ever did were given it by the publisher."""
    if state.newest is None:
        return {}
    later = sum(item.published is not None and state.newest < item.published <= now + AHEAD for item in known)
    if later < MANY or 2 * later < len(known):
        return {}
    return {"re-dated": f"re-dated: {later} of {len(known)} known entries have new dates; that is not news"}


def shrunk(source: Source, state: SourceState, items: Sequence[Item]) -> dict[str, str]:
    """A page that lost most of its rows is probably not read right any more (webchanges)."""
    if source.kind != "page" or state.window < LONG_PAGE or 4 * len(items) > state.window:
        return {}
    return {"shrunk": f"shrunk: {len(items)} rows where there were {state.window}; "
            f"look with `gatewatch sources check {source.id}`"}  # fmt: skip


def missed(state: SourceState, unseen: int, now: datetime) -> str:
    words = f"missed: none of the {unseen} entries was known, so some may have been missed"
    late = now - state.next_poll
    if late > LATE:
        return f"{words}: Gatewatch itself did not poll for {span_words(late)}"
    away = span_words(now - state.succeeded) if state.succeeded else "long"
    if state.failures:
        return f"{words}: it could not be read for {away}"
    return f"{words} in the {away} since the last poll; polled faster from now on"
