"""When housekeeping is due."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from gatewatch.service.housekeeping import next_run

NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)
DAY = timedelta(days=1)
HELSINKI = ZoneInfo("Europe/Helsinki")


def at(day: int, hour: int, minute: int = 0, month: int = 1) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("last", "zone", "due"),
    [
        (at(14, 2, 1), HELSINKI, at(15, 2)),
        (at(14, 1, 59), HELSINKI, at(14, 2)),
        (at(14, 2), HELSINKI, at(15, 2)),
        (at(14, 23), HELSINKI, at(15, 2)),
        (at(14, 12), UTC, at(15, 4)),
        (at(14, 12), ZoneInfo("America/Los_Angeles"), at(14, 12) + DAY),
        (at(28, 2, 30, month=3), HELSINKI, at(29, 1, month=3)),  # the clocks go forward in between
        (at(24, 1, 30, month=10), HELSINKI, at(25, 2, month=10)),  # and back
    ],
)
def test_it_is_due_at_the_first_quiet_hour_after_the_last(
    last: datetime, zone: ZoneInfo, due: datetime
) -> None:
    later = due + timedelta(hours=9)
    assert next_run(last, last, zone) == due
    assert next_run(last, later, zone) == due, "a machine that was off does it when it is on again"


def test_a_database_that_never_saw_it_is_due_at_once() -> None:
    assert next_run(None, NOW, HELSINKI) == NOW


def test_a_last_time_in_the_future_is_not_believed() -> None:
    assert next_run(datetime(2099, 1, 1, tzinfo=UTC), NOW, HELSINKI) == NOW
