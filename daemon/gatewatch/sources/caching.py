"""What an answer's headers say about time: how long it is good for, how long to stay away. Pure.

Times are counted by the server's own clock where it shows one: many are hours off (reader).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

#: A max-age of a year was seen (NetNewsWire, reader), and borders close sooner than that.
LONGEST_FRESH = timedelta(hours=24)
#: 88 hours were seen in the wild (NetNewsWire, mediacloud).
LONGEST_RETRY_AFTER = timedelta(hours=24)
#: A Date that is farther from ours comes from no clock: 1970, or a constant in somebody's code.
ABSURD_DATE = timedelta(days=7)

_DIRECTIVE = re.compile(r'\s*([!#$%&\'*+.^_`|~\w-]+)\s*(?:=\s*("[^"]*"|[^,;\s]*))?\s*(?:[,;]|$)', re.ASCII)


def fresh_for(headers: Mapping[str, str], now: datetime) -> timedelta | None:
    """How much longer the answer is good for, between zero and LONGEST_FRESH; None where nothing is said.

    `headers` has its names in lower case. s-maxage speaks to shared caches, which we are not.
    """
    said = _directives(headers.get("cache-control", ""))
    if said.get("no-cache") == "" or "no-store" in said:
        return timedelta()  # no-cache="Set-Cookie" is about that header only
    lifetime = _seconds(said.get("max-age"))
    if lifetime is None and "expires" in headers:
        expires = _http_date(headers["expires"])
        # Expires: 0 and other rubbish mean "already over" (RFC 9111, 5.3).
        lifetime = (expires - _server_time(headers, now)).total_seconds() if expires else 0.0
    if lifetime is None:
        return None
    left = lifetime - max(_seconds(headers.get("age")) or 0.0, 0.0)
    return _between(left, LONGEST_FRESH)


def retry_after(headers: Mapping[str, str], now: datetime) -> timedelta | None:
    """A Retry-After header, in seconds or as a date.

    Between zero and LONGEST_RETRY_AFTER; None where there is none or it can't be read.
    """
    value = headers.get("retry-after", "").strip()
    if re.fullmatch(r"[0-9]+(\.[0-9]*)?", value, re.ASCII):
        return _between(float(value), LONGEST_RETRY_AFTER)
    until = _http_date(value)
    if until is None:
        return None
    return _between((until - _server_time(headers, now)).total_seconds(), LONGEST_RETRY_AFTER)


def _directives(header: str) -> dict[str, str]:
    """Cache-Control as names (lower case) and values. Of a directive that is said twice the first counts."""
    said: dict[str, str] = {}
    for name, value in _DIRECTIVE.findall(header):
        said.setdefault(name.lower(), value.strip('"'))
    return said


def _seconds(value: str | None) -> float | None:
    """A float first: forty digits overflow a timedelta. -1 is common for "not at all"."""
    written = (value or "").strip()
    return float(written) if re.fullmatch(r"-?[0-9]+(\.[0-9]*)?", written, re.ASCII) else None


def _between(seconds: float, longest: timedelta) -> timedelta:
    return timedelta(seconds=max(0.0, min(seconds, longest.total_seconds())))


def _server_time(headers: Mapping[str, str], now: datetime) -> datetime:
    date = _http_date(headers.get("date"))
    return date if date is not None and abs(date - now) <= ABSURD_DATE else now


def _http_date(value: str | None) -> datetime | None:
    try:
        moment = parsedate_to_datetime(value or "")
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
