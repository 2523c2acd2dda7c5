"""[[quiet]]: the hours in which alerts are held."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import time
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, ValidationError

from gatewatch.model import QuietHours, Severity
from gatewatch.settings import values
from gatewatch.settings.known import listed, shown
from gatewatch.settings.toml_file import Finding, TomlFile

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY = 24 * 60
_WEEK = 7 * _DAY
_USUAL = QuietHours(time(), time()).severity


def _time_of_day(value: object) -> time:
    if not isinstance(value, str) or not re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", value):
        raise values.wrong(f'has to be a time of day in quotes, as in "22:00", not {shown(value)}')
    return time.fromisoformat(value)


def _day_of_week(value: object) -> int:
    if not isinstance(value, str) or value not in DAYS:
        raise values.wrong(f"has to be one of {listed(DAYS)}, not {shown(value)}")
    return DAYS.index(value)


TimeOfDay = Annotated[time, BeforeValidator(_time_of_day)]
Days = Annotated[tuple[Annotated[int, BeforeValidator(_day_of_week)], ...], values.OneOrMany]


class QuietTable(values.Table):
    start: TimeOfDay = Field(alias="from")
    end: TimeOfDay = Field(alias="to")
    days: Days = ()
    severity: values.Severities = _USUAL
    channel: values.Channels = ()


def quiet_in(written: Iterable[QuietTable]) -> tuple[QuietHours, ...]:
    return tuple(QuietHours(**table.model_dump()) for table in written)


def contradictions(file: TomlFile) -> Iterator[Finding]:
    """Hours that leave no minute of the week: what they hold would never be told. Said at the last of them."""
    tables = [(loc, hours) for loc, table in file.tables("quiet") if (hours := _read(table)) is not None]
    channels = {str(table.get("name")) for _, table in file.tables("channel")}
    for severity in Severity:
        for channel in sorted(channels):
            fitting = [
                (loc, hours)
                for loc, hours in tables
                if severity in hours.severity and (not hours.channel or channel in hours.channel)
            ]
            if len(set().union(*(_minutes(hours) for _, hours in fitting))) == _WEEK:
                what = f"the quiet hours leave no minute of the week: {severity.value} alerts would never be told"
                yield Finding(fitting[-1][0], what, "Leave hours in which they are told")
                return


def _read(table: dict[str, Any]) -> QuietHours | None:
    """None where it has other mistakes, which are told elsewhere."""
    try:
        return quiet_in([QuietTable.model_validate(table)])[0]
    except ValidationError:
        return None


def _minutes(hours: QuietHours) -> set[int]:
    """The minutes of the week, from Monday 00:00, over which they lie."""
    start, end = (at.hour * 60 + at.minute for at in (hours.start, hours.end))
    length = (end - start) % _DAY or _DAY
    days = hours.days or range(7)
    return {(day * _DAY + start + minute) % _WEEK for day in days for minute in range(length)}
