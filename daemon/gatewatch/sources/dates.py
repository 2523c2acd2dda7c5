"""Dates as feeds write them, to aware UTC. Only what is written counts: no date is None, never "now"."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_tz

#: Hours from UTC of zone names that RFC 822 does not know and Europe's feeds use.
_ZONES = {
    "WET": 0, "WEST": 1, "BST": 1, "CET": 1, "CEST": 2, "MEZ": 1, "MESZ": 2, "EET": 2, "EEST": 3,
    "MSK": 3, "MSD": 4,
}  # fmt: skip
_ZONE = re.compile(r"\b([A-Z]{3,4})$")
_DAY_FIRST = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})(?:[ ,T]+(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?)?")
_YEAR_FIRST = re.compile(r"(\d{4})/(\d{1,2})/(\d{1,2})(?:[ ,T]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?")
_FARTHEST = timedelta(hours=14)
#: Below it a date is a CMS saying "none": 1970-01-01, 0001-01-01.
_FIRST_YEAR = 1990


def parse_date(text: str | None) -> datetime | None:
    """An RFC 822, ISO 8601, `21.09.2026` or `2020/1/10` date in UTC; without a zone it is taken as UTC."""
    text = " ".join((text or "").split())
    if not text:
        return None
    for read in (_iso, _rfc822, _numeric):
        try:
            moment = read(text)
        except (ValueError, OverflowError, TypeError):
            continue
        if moment is not None:
            return moment if moment.year >= _FIRST_YEAR else None
    return None


def _iso(text: str) -> datetime | None:
    moment = datetime.fromisoformat(text)
    offset = moment.utcoffset()
    return _utc(moment.replace(tzinfo=None), offset)


def _rfc822(text: str) -> datetime | None:
    named = _ZONE.search(text)
    if named and named[1] in _ZONES:
        text = f"{text[: named.start()]}+{_ZONES[named[1]]:02}00"
    parts = parsedate_tz(text)
    if parts is None or not re.search("[A-Za-z]{3}", text):
        return None
    return _utc(datetime(*parts[:6]), timedelta(seconds=parts[9] or 0))  # noqa: DTZ001


def _numeric(text: str) -> datetime | None:
    if found := _DAY_FIRST.fullmatch(text):
        day, month, year, *clock = found.groups()
    elif found := _YEAR_FIRST.fullmatch(text):
        year, month, day, *clock = found.groups()
    else:
        return None
    hour, minute, second = (int(part or 0) for part in clock)
    return datetime(int(year), int(month), int(day), hour, minute, second, tzinfo=UTC)


def _utc(local: datetime, offset: timedelta | None) -> datetime:
    """An offset that no place on Earth has says nothing; the date beside it still does."""
    if offset is None or abs(offset) > _FARTHEST:
        return local.replace(tzinfo=UTC)
    return local.replace(tzinfo=timezone(offset)).astimezone(UTC)
