"""How long a feed asks to be left alone, in words that publishers got wrong in every way there is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

#: Outside of these nobody meant what stands there: 0, 2 minutes, a year (mediacloud).
SHORTEST = timedelta(minutes=5)
LONGEST = timedelta(hours=24)

_PERIODS = {
    "hourly": timedelta(hours=1),
    "daily": timedelta(days=1),
    "weekly": timedelta(weeks=1),
    "monthly": timedelta(days=30),
    "yearly": timedelta(days=365),
}


def time_to_live(pace: Mapping[str, str]) -> timedelta | None:
    """From RSS `ttl` (minutes), else `sy_updateperiod` and `sy_updatefrequency`; None where it makes no sense.

    A period without a frequency is one update in each; one that is misspelt ("dayly", "always") says nothing.
    """
    return _sensible(_minutes(pace.get("ttl", ""))) or _sensible(_period(pace))


def _minutes(text: str) -> timedelta | None:
    number = _whole(text)
    return timedelta(minutes=number) if number is not None else None


def _period(pace: Mapping[str, str]) -> timedelta | None:
    period = _PERIODS.get(pace.get("sy_updateperiod", "").strip().lower())
    times = _whole(pace.get("sy_updatefrequency", "") or "1")
    return period / times if period and times else None


def _whole(text: str) -> int | None:
    """A whole number of at most six digits."""
    text = text.strip()
    return int(text) if len(text) <= 6 and text.isascii() and text.isdigit() else None


def _sensible(wait: timedelta | None) -> timedelta | None:
    return wait if wait is not None and SHORTEST <= wait <= LONGEST else None
