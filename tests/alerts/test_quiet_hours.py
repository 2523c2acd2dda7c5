"""Quiet hours by the clock on the wall, through the nights in which it is changed."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from gatewatch.alerts.quiet_hours import LONGEST, quiet_until
from gatewatch.alerts.wall_clock import next_time
from gatewatch.model import QuietHours, Severity

HELSINKI = ZoneInfo("Europe/Helsinki")
NIGHT = QuietHours(time(22), time(7))


def at(text: str) -> datetime:
    """Local time of Helsinki; `fold` of the second 03:30 in autumn is written as a trailing *."""
    local = datetime.fromisoformat(text.rstrip("*")).replace(tzinfo=HELSINKI, fold=text.endswith("*"))
    return local.astimezone(UTC)


def ends(*hours: QuietHours, now: str, severity: Severity = Severity.HIGH, channel: str = "desk") -> str | None:
    end = quiet_until(hours, severity, channel, HELSINKI, at(now))
    return end and f"{end.astimezone(HELSINKI):%a %d %H:%M}"


def test_the_night_goes_over_midnight_and_ends_at_seven() -> None:
    assert ends(NIGHT, now="2023-11-16 21:59:59") is None
    assert ends(NIGHT, now="2023-11-16 22:00") == "Fri 17 07:00"
    assert ends(NIGHT, now="2023-11-17 06:59:59") == "Fri 17 07:00"
    assert ends(NIGHT, now="2023-11-17 07:00") is None


def test_critical_alerts_are_not_held_unless_the_hours_name_them() -> None:
    assert ends(NIGHT, now="2023-11-16 23:00", severity=Severity.CRITICAL) is None
    everything = QuietHours(time(22), time(7), severity=tuple(Severity))
    assert ends(everything, now="2023-11-16 23:00", severity=Severity.CRITICAL) == "Fri 17 07:00"


def test_days_are_those_on_which_the_hours_begin() -> None:
    friday_night = QuietHours(time(22), time(7), days=(4,))
    assert ends(friday_night, now="2023-11-18 03:00") == "Sat 18 07:00"
    assert ends(friday_night, now="2023-11-17 03:00") is None
    assert ends(friday_night, now="2023-11-18 23:00") is None


def test_only_the_channels_that_are_named_rest() -> None:
    phones = QuietHours(time(22), time(7), channel=("phone",))
    assert ends(phones, now="2023-11-16 23:00", channel="phone") == "Fri 17 07:00"
    assert ends(phones, now="2023-11-16 23:00", channel="desk") is None


def test_a_night_that_leads_into_a_quiet_weekend_ends_on_monday() -> None:
    weekend = QuietHours(time(0), time(0), days=(5, 6))
    assert ends(NIGHT, weekend, now="2023-11-17 23:00") == "Mon 20 07:00"
    assert ends(weekend, now="2023-11-18 12:00") == "Mon 20 00:00"


def test_the_night_in_spring_is_an_hour_shorter_and_the_one_in_autumn_an_hour_longer() -> None:
    for day, hours in (("2024-03-30", 8), ("2024-10-26", 10), ("2024-06-15", 9)):
        begin = at(f"{day} 22:00")
        assert quiet_until([NIGHT], Severity.HIGH, "desk", HELSINKI, begin) == begin + timedelta(hours=hours)


def test_an_end_that_the_spring_night_skips_comes_when_the_clocks_have_jumped() -> None:
    early = QuietHours(time(22), time(3, 30))
    assert ends(early, now="2024-03-31 02:59") == "Sun 31 04:30"
    assert ends(early, now="2024-03-31 04:30") is None


def test_an_end_that_comes_twice_in_autumn_is_the_first() -> None:
    early = QuietHours(time(22), time(3, 30))
    assert quiet_until([early], Severity.HIGH, "desk", HELSINKI, at("2024-10-27 03:29")) == at("2024-10-27 03:30")
    assert ends(early, now="2024-10-27 03:15*") is None


def test_a_time_of_day_is_met_once_a_day_also_when_clocks_change() -> None:
    def following(text: str, hour: time) -> datetime:
        return next_time(hour, HELSINKI, at(text))

    assert following("2024-03-30 08:00", time(8)) == at("2024-03-31 08:00")
    assert following("2024-10-27 03:30", time(3, 30)) == at("2024-10-28 03:30")
    assert following("2024-10-27 03:10*", time(3, 30)) == at("2024-10-28 03:30")
    assert following("2024-03-31 01:00", time(3, 30)) == at("2024-03-31 04:30")


times = st.times().map(lambda found: found.replace(second=0, microsecond=0))
moments = st.integers(0, 5_000_000).map(lambda m: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=m))
zones = st.sampled_from(["Europe/Helsinki", "America/New_York", "Australia/Lord_Howe", "UTC", "Asia/Kathmandu"])
days = st.lists(st.integers(0, 6), unique=True).map(tuple)
some_hours = st.builds(QuietHours, times, times, days)


@given(st.lists(some_hours, max_size=3), zones, moments)
def test_quiet_ends_outside_of_quiet_or_after_a_week(hours: list[QuietHours], zone: str, now: datetime) -> None:
    end = quiet_until(hours, Severity.LOW, "desk", ZoneInfo(zone), now)
    if end is not None:
        assert now < end <= now + LONGEST
        again = quiet_until(hours, Severity.LOW, "desk", ZoneInfo(zone), end)
        assert again is None or end == now + LONGEST


@given(times, zones, moments)
def test_no_time_of_day_is_further_than_a_long_day_away(hour: time, zone: str, now: datetime) -> None:
    assert now < next_time(hour, ZoneInfo(zone), now) <= now + timedelta(hours=26)
