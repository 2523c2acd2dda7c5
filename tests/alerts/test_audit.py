"""What an audit finds, and what it takes for granted."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from gatewatch.alerts.audit import outbox_findings, source_findings
from gatewatch.model import Channel, Route, Source, SourceState
from gatewatch.store import OutboxFacts

from .samples import NOW, an_alert

CLEAN = OutboxFacts((), (), (), ())
DESK = Channel("desk", "console")
ROUTE = Route(("desk",), country=("FI",))
HOUR = timedelta(hours=1)


def findings(facts: OutboxFacts, *in_trouble: str) -> list[str]:
    return list(outbox_findings(facts, [DESK], in_trouble, [ROUTE]))


def test_nothing_is_found_where_all_is_settled() -> None:
    assert findings(CLEAN) == []


def test_what_waits_too_long_is_found_unless_its_channel_is_known_to_fail() -> None:
    late = replace(CLEAN, overdue=(("desk", 2),))
    assert findings(late) == ["2 messages for channel desk overdue by more than 15 minutes"]
    assert findings(late, "desk") == []


def test_what_waits_for_a_channel_that_is_gone_is_found() -> None:
    (found,) = findings(replace(CLEAN, overdue=(("old", 1),)))
    assert found == "1 message for channel old, which config.toml no longer has"


def test_claims_and_held_messages_past_their_time_are_found() -> None:
    late = replace(CLEAN, stale_claims=(("desk", 1),), overdue_held=(("desk", 3),))
    assert len(findings(late, "desk")) == 2


def test_an_alert_that_no_route_takes_is_not_missed() -> None:
    alerts = (an_alert("a1"), an_alert("a2", country="NO"))
    (found,) = findings(replace(CLEAN, undelivered=alerts))
    assert found.endswith(": a1")


def test_one_source_that_answers_is_enough_and_a_fresh_start_has_an_hour() -> None:
    sources = [Source("a", "http://a.example/"), Source("b", "http://b.example/")]
    old = SourceState("a", next_poll=NOW, succeeded=NOW - 2 * HOUR)
    fresh = SourceState("b", next_poll=NOW, succeeded=NOW - HOUR / 2)
    long_ago = NOW - 9 * HOUR
    assert list(source_findings(sources, [old], long_ago, NOW)) == ["no source has answered within 1 hour"]
    assert list(source_findings(sources, [old, fresh], long_ago, NOW)) == []
    assert list(source_findings(sources, [old], NOW - HOUR / 2, NOW)) == []
    assert list(source_findings([], [], long_ago, NOW)) == []


def test_sources_that_are_asked_once_a_day_have_two_days() -> None:
    daily = [Source("a", "http://a.example/", every=timedelta(days=1))]
    state = SourceState("a", next_poll=NOW, succeeded=NOW - 30 * HOUR)
    assert list(source_findings(daily, [state], NOW - 99 * HOUR, NOW)) == []
