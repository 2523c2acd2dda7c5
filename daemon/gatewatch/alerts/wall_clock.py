"""What the clock on the wall says, as moments. Pure.

In spring some times of a night are missing: they are taken to be as much later as the clocks jump (03:30 is 04:30).
In autumn some come twice: the first one is meant.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo


def moment(day: date, at: time, zone: tzinfo) -> datetime:
    """The moment (UTC) at which the clocks of `zone` show `at` on `day`."""
    return datetime.combine(day, at, tzinfo=zone).astimezone(UTC)


def next_time(at: time, zone: tzinfo, now: datetime) -> datetime:
    """The next moment (UTC) after `now` at which the clocks of `zone` show `at`; at most 25 hours away or so."""
    today = now.astimezone(zone).date()
    return next(found for ahead in range(3) if (found := moment(today + timedelta(days=ahead), at, zone)) > now)
