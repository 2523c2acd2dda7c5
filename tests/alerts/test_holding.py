"""Whether an alert goes at once, later or never, and how that is put into words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given as given_any
from hypothesis import strategies as st

from gatewatch.alerts.holding import CRITICAL_EVERY, HOUR, Circumstances, fits, plan, plan_again
from gatewatch.alerts.quiet_hours import LONGEST
from gatewatch.model import (
    Cause,
    Channel,
    Delivery,
    DeliveryState,
    Plan,
    QuietHours,
    Rule,
    Severity,
    Silence,
)
from gatewatch.store import Given

from .samples import NOW, an_alert

HELSINKI = ZoneInfo("Europe/Helsinki")  # 14:00 UTC is 16:00 there
DESK = Channel("desk", "console")
RULE = Rule("fi-closure", "Finland closes", Severity.HIGH, country=("FI",))
MORNING = replace(RULE, send="digest 08:00")
ALERT = an_alert(severity=Severity.HIGH)
NIGHT = QuietHours(time(22), time(7))
EVENING = datetime(2023, 11, 16, 21, 30, tzinfo=UTC)


def a_silence(id: str = "3f2a", **fields: object) -> Silence:
    silence = Silence(id, "anna", "exercise week", NOW - HOUR, NOW + 2 * HOUR)
    return replace(silence, **fields)  # type: ignore[arg-type]


def around(now: datetime = NOW, quiet: tuple[QuietHours, ...] = (), *silences: Silence) -> Circumstances:
    return Circumstances(now, quiet, silences, HELSINKI)


def held(until: datetime, cause: Cause, reason: str) -> Plan:
    return Plan("desk", DeliveryState.HELD, until, cause, reason)


def test_nothing_holds_an_alert_on_a_plain_afternoon() -> None:
    assert plan(ALERT, RULE, DESK, Given(19, NOW), around(quiet=(NIGHT,))) == Plan("desk")
    assert plan(ALERT, None, DESK, Given(), around()) == Plan("desk")
    assert plan(ALERT, replace(RULE, send="now"), DESK, Given(), around()) == Plan("desk")


def test_what_is_found_at_night_is_held_until_the_morning() -> None:
    at_seven = datetime(2023, 11, 17, 5, tzinfo=UTC)
    expected = held(at_seven, Cause.QUIET, "quiet hours until 07:00")
    assert plan(ALERT, RULE, DESK, Given(), around(EVENING, (NIGHT,))) == expected


def test_quiet_that_lasts_for_days_is_told_with_its_day() -> None:
    weekend = QuietHours(time(0), time(0), days=(4, 5, 6))
    found = plan(ALERT, RULE, DESK, Given(), around(EVENING + HOUR, (weekend,)))
    assert found.reason == "quiet hours until 2023-11-20 00:00"


def test_a_rule_for_the_digest_waits_for_its_time_of_day() -> None:
    at_eight = datetime(2023, 11, 17, 6, tzinfo=UTC)
    expected = held(at_eight, Cause.DIGEST, "for the digest at 08:00")
    assert plan(ALERT, MORNING, DESK, Given(), around(EVENING, (NIGHT,))) == expected


def test_a_silence_comes_before_all_else_and_tells_whose_it_is() -> None:
    reason = "silence 3f2a by anna until 2023-11-16 18:00: exercise week"
    found = plan(ALERT, MORNING, DESK, Given(50, NOW), around(NOW, (NIGHT,), a_silence()))
    assert found == held(NOW + 2 * HOUR, Cause.SILENCE, reason)


def test_of_several_silences_the_last_end_counts_and_one_that_drops_counts_first() -> None:
    longer = a_silence("beef", ends=NOW + 5 * HOUR)
    assert plan(ALERT, RULE, DESK, Given(), around(NOW, (), longer, a_silence())).due == longer.ends
    dropping = a_silence("dead", drop=True)
    found = plan(ALERT, RULE, DESK, Given(), around(NOW, (), longer, dropping))
    assert (found.state, found.due) == (DeliveryState.MUTED, None)
    assert found.reason.startswith("silence dead by anna")


def test_a_silence_lasts_from_its_beginning_to_its_end() -> None:
    for silence in (a_silence(begins=NOW + HOUR), a_silence(ends=NOW)):
        assert plan(ALERT, RULE, DESK, Given(), around(NOW, (), silence)) == Plan("desk")


def test_every_list_of_a_silence_has_to_name_the_alert() -> None:
    wide = a_silence(rule=("fi-closure",), country=("FI",), severity=(Severity.HIGH,), story=("s1",))
    assert fits(replace(wide, channel=("desk",), source=("Rajavartiolaitos",)), ALERT, "desk")
    for narrow in (
        {"rule": ("ee-closure",)},
        {"country": ("EE",)},
        {"severity": (Severity.LOW,)},
        {"story": ("s2",)},
        {"channel": ("phone",)},
        {"source": ("Yle",)},
    ):
        assert not fits(replace(wide, **narrow), ALERT, "desk"), narrow  # type: ignore[arg-type]


def test_in_a_storm_the_rest_waits_for_the_end_of_the_hour() -> None:
    began = NOW - timedelta(minutes=40)
    found = plan(ALERT, RULE, DESK, Given(20, began), around())
    assert found == held(NOW + timedelta(minutes=20), Cause.STORM, "more than 20 alerts in an hour")
    assert plan(ALERT, RULE, DESK, Given(19, began), around()) == Plan("desk")


def test_twenty_that_are_all_on_their_way_begin_the_hour_now() -> None:
    assert plan(ALERT, RULE, DESK, Given(20, None), around()).due == NOW + HOUR


def test_critical_alerts_wait_five_minutes_in_a_storm_and_end_together() -> None:
    critical = an_alert(severity=Severity.CRITICAL)
    began = NOW - timedelta(minutes=41)
    first = plan(critical, RULE, DESK, Given(20, began), around())
    second = plan(critical, RULE, DESK, Given(21, began), around(NOW + timedelta(minutes=2)))
    assert first.due == second.due == NOW + timedelta(minutes=4)


def test_a_channel_without_cap_knows_no_storm() -> None:
    assert plan(ALERT, RULE, replace(DESK, cap=0), Given(1000, NOW), around()) == Plan("desk")


def again(cause: Cause, now: datetime, *silences: Silence, quiet: tuple[QuietHours, ...] = ()) -> Plan:
    delivery = Delivery(1, ALERT, "desk", DeliveryState.HELD, 0, now, cause=cause)
    return plan_again(delivery, MORNING, around(now, quiet, *silences))


def test_what_comes_out_of_its_digest_is_not_put_into_the_next_one() -> None:
    assert again(Cause.DIGEST, NOW) == Plan("desk")
    assert again(Cause.QUIET, NOW) == Plan("desk")


def test_what_a_silence_held_still_waits_for_the_digest_and_for_the_morning() -> None:
    assert again(Cause.SILENCE, NOW).cause is Cause.DIGEST
    assert again(Cause.DIGEST, EVENING, quiet=(NIGHT,)).reason == "quiet hours until 07:00"


def test_a_silence_that_was_made_meanwhile_holds_what_was_to_go() -> None:
    assert again(Cause.QUIET, NOW, a_silence()).cause is Cause.SILENCE
    assert again(Cause.STORM, NOW, a_silence(drop=True)).state is DeliveryState.MUTED


moments = st.integers(0, 5_000_000).map(lambda m: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=m))
minutes = st.times().map(lambda found: found.replace(second=0, microsecond=0))
spans = st.timedeltas(-timedelta(days=40), timedelta(days=30))
silences = st.builds(
    lambda begins, ends, drop, rule: (begins, ends, drop, rule),
    spans,
    spans,
    st.booleans(),
    st.sampled_from([(), ("fi-closure",), ("other",)]),
)


@given_any(
    now=moments,
    severity=st.sampled_from(Severity),
    send=st.one_of(st.none(), minutes.map(lambda at: f"digest {at:%H:%M}")),
    hours=st.lists(st.builds(QuietHours, minutes, minutes), max_size=2),
    made=st.lists(silences, max_size=2),
    count=st.integers(0, 50),
    ago=st.one_of(st.none(), st.timedeltas(timedelta(0), HOUR)),
)
def test_a_plan_never_loses_an_alert_and_never_holds_longer_than_its_cause_says(
    now: datetime,
    severity: Severity,
    send: str | None,
    hours: list[QuietHours],
    made: list[tuple[timedelta, timedelta, bool, tuple[str, ...]]],
    count: int,
    ago: timedelta | None,
) -> None:
    there = tuple(a_silence(begins=now + b, ends=now + e, drop=d, rule=r) for b, e, d, r in made)
    given = Given(count, None if ago is None else now - ago)
    alert = an_alert(severity=severity)
    found = plan(alert, replace(RULE, send=send), DESK, given, Circumstances(now, tuple(hours), there, HELSINKI))
    if found.state is DeliveryState.MUTED:
        assert any(each.drop and fits(each, alert, "desk") for each in there)
        return
    assert (found.state is DeliveryState.HELD) == (found.due is not None) == bool(found.reason)
    longest = {
        Cause.NONE: timedelta(0),
        Cause.SILENCE: max((each.ends - now for each in there), default=timedelta(0)),
        Cause.DIGEST: timedelta(hours=25),
        Cause.QUIET: LONGEST,
        Cause.STORM: CRITICAL_EVERY if severity is Severity.CRITICAL else HOUR,
    }
    if found.due is not None:
        assert now < found.due <= now + longest[found.cause]
