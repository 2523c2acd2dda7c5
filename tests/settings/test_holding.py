"""Quiet hours, caps, fallbacks, escalation and reminders in config.toml, and the mistakes in them."""

from __future__ import annotations

from datetime import time, timedelta

import pytest

from gatewatch.model import QuietHours, Route, Severity
from gatewatch.settings import load

from .conftest import CONFIG, Place

PHONE = '[[channel]]\nname = "phone"\ntype = "console"\n'


def quiet(*lines: str) -> str:
    return "\n".join(["[[quiet]]", *lines, ""])


def test_quiet_hours_hold_all_but_critical_every_day_unless_they_say_more(place: Place) -> None:
    place.write("config.toml", CONFIG + quiet('from = "22:00"', 'to = "07:00"'))
    assert load(place.config).quiet == (QuietHours(time(22), time(7)),)


def test_quiet_hours_can_name_days_severities_and_channels(place: Place) -> None:
    more = ('days = ["sat", "sun"]', 'severity = ["critical", "low"]', 'channel = "console"')
    place.write("config.toml", CONFIG + quiet('from = "00:00"', 'to = "00:00"', *more))
    severity = (Severity.CRITICAL, Severity.LOW)
    assert load(place.config).quiet == (QuietHours(time(0), time(0), (5, 6), severity, ("console",)),)


def test_a_route_can_escalate_nag_and_leave_out_updates(place: Place) -> None:
    lines = 'escalate = { after = "15m", to = ["phone"] }\nnag = "2h"\nupdates = false\n'
    place.write("config.toml", CONFIG + lines + PHONE)
    expected = Route(
        ("console",),
        updates=False,
        escalate_after=timedelta(minutes=15),
        escalate_to=("phone",),
        nag=timedelta(hours=2),
    )
    assert load(place.config).routes == (expected,)


def test_a_channel_may_have_a_cap_and_a_fallback(place: Place) -> None:
    place.write("config.toml", CONFIG + PHONE + 'fallback = "console"\ncap = 7\n')
    phone = load(place.config).channels[1]
    assert (phone.fallback, phone.cap) == ("console", 7)


def test_what_rings_phones_is_capped_and_what_programs_read_is_not(place: Place) -> None:
    slack = '[[channel]]\nname = "desk"\ntype = "slack"\nsecret = "hook"\n'
    place.write("config.toml", CONFIG + slack)
    console, desk = load(place.config).channels
    assert (console.fallback, console.cap, desk.cap) == (None, 0, 20)


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (quiet('from = "22:00"'), "config.toml:11:1: [[quiet]] has no `to`"),
        (quiet('from = "22"', 'to = "07:00"'), "config.toml:12:8: `from` has to be a time of day in quotes"),
        (quiet("from = 22:00:00", 'to = "07:00"'), 'as in "22:00", not `22:00:00`'),
        (quiet('from = "22:00"', 'to = "07:00"', 'days = ["sut"]'), "14:9: `days` has to be one of `mon`"),
        (quiet('from = "22:00"', 'to = "07:00"', 'channel = "phon"'), "14:11: `channel` names a channel that"),
        (quiet('from = "00:00"', 'to = "24:00"'), "not `24:00`"),
        (
            quiet('from = "07:00"', 'to = "22:00"') + quiet('from = "22:00"', 'to = "07:00"'),
            "config.toml:14:1: the quiet hours leave no minute of the week: high alerts would never be told",
        ),
        (PHONE + 'fallback = "consol"', "14:12: `fallback` names a channel that does not exist: `consol`."),
        (PHONE + 'fallback = "phone"', "14:12: the `fallback` of `phone` is `phone` itself. Name another"),
        (
            f'{PHONE}fallback = "pager"\n{PHONE.replace("phone", "pager")}fallback = "phone"\n',
            "18:12: the fallbacks go round in a ring: pager → phone → pager",
        ),
        (PHONE + "cap = -1", "14:7: `cap` has to be 0 or more"),
        ('escalate = { after = "15m" }', "config.toml:11:12: `escalate` has no `to`"),
        ('escalate = { to = ["console"], after = "1h" }', "`escalate` names `console`, which this route tells"),
        ('nag = "often"', "`nag` has to be a number and s, m, h or d"),
        ('updates = "no"', "`updates` has to be true or false"),
    ],
)
def test_a_mistake_is_told_with_its_place(place: Place, more: str, told: str) -> None:
    place.write("config.toml", CONFIG + more)
    problems = place.problems()
    assert any(told in problem for problem in problems), problems
    assert len(problems) == 1, problems


def test_hours_that_leave_no_minute_to_one_channel_leave_none_to_it(place: Place) -> None:
    """All of them together do, though no single table does."""
    days = quiet('from = "00:00"', 'to = "12:00"', 'channel = "console"') + quiet('from = "12:00"', 'to = "00:00"')
    place.write("config.toml", CONFIG + days)
    assert len(place.problems()) == 1
    place.write("config.toml", CONFIG + days.replace("12:00", "11:59", 1))
    assert place.problems() == []
