"""When the hours are quiet, and until when. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta, tzinfo

from gatewatch.alerts.wall_clock import moment
from gatewatch.model import QuietHours, Severity

#: Nothing is kept longer than this at one go, whatever the hours of several tables add up to.
LONGEST = timedelta(days=7)


def quiet_until(
    hours: Iterable[QuietHours], severity: Severity, channel: str, zone: tzinfo, now: datetime
) -> datetime | None:
    """When the quiet that lies over `now` ends (UTC); None where there is none.

    Hours that touch or overlap are one quiet: a night that leads into a quiet Sunday ends on Monday.
    """
    fitting = [each for each in hours if concerns(each, severity, channel)]
    end, last = now, now + LONGEST
    while end < last and (later := _end(fitting, zone, end)) is not None:
        end = min(later, last)
    return end if end > now else None


def concerns(hours: QuietHours, severity: Severity, channel: str) -> bool:
    """Whether these hours hold alerts of this severity back from this channel."""
    return severity in hours.severity and (not hours.channel or channel in hours.channel)


def _end(hours: Iterable[QuietHours], zone: tzinfo, now: datetime) -> datetime | None:
    ends = [end for each in hours for begin, end in _windows(each, zone, now) if begin <= now < end]
    return max(ends, default=None)


def _windows(hours: QuietHours, zone: tzinfo, now: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Those that can lie over `now`: they begin today or yesterday. From 00:00 to 00:00 is a whole day."""
    today = now.astimezone(zone).date()
    for day in (today - timedelta(days=1), today):
        if not hours.days or day.weekday() in hours.days:
            over_midnight = timedelta(days=hours.end <= hours.start)
            yield moment(day, hours.start, zone), moment(day + over_midnight, hours.end, zone)
