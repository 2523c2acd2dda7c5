"""What a scrape tells of polls, alerts, messages, sources, and of the service itself."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from prometheus_client.openmetrics.parser import text_string_to_metric_families as openmetrics

from gatewatch.model import AlertKind, Cause, DeliveryState, Outcome, Plan, SourceState
from gatewatch.pipeline import Taken
from gatewatch.service.health import Configured
from gatewatch.service.metrics import ending_of
from gatewatch.service.polling import Polled
from gatewatch.store import Store, database_path
from store.archive import fill
from store.samples import NOW, a_match, an_alert, claimed, queue

from .metering import Metered, metered, samples, settled, with_sources

MINUTE = timedelta(minutes=1)


@pytest.fixture
def both(tmp_path: Path) -> Iterator[tuple[Metered, Store]]:
    with metered(tmp_path) as it:
        yield it


@pytest.fixture
def meter(both: tuple[Metered, Store]) -> Metered:
    return both[0]


@pytest.fixture
def store(both: tuple[Metered, Store]) -> Store:
    return both[1]


def a_poll(meter: Metered, outcome: Outcome | None, **fields: int) -> Polled:
    source = meter.settings.sources[0]
    state = SourceState(source.id, next_poll=NOW, last_outcome=outcome)
    return Polled(source, state, Taken(state, **fields))


def test_polls_are_counted_by_how_they_ended_and_so_are_their_items(meter: Metered) -> None:
    meter.metrics.polled(replace(a_poll(meter, Outcome.OK, fresh=3), seconds=0.2))
    meter.metrics.polled(replace(a_poll(meter, Outcome.OK, seeded=20), seconds=0.2))
    meter.metrics.polled(replace(a_poll(meter, Outcome.NOT_MODIFIED), seconds=7.0))
    assert meter.value("gatewatch_polls_total", outcome="ok") == 2
    assert meter.value("gatewatch_polls_total", outcome="not_modified") == 1
    assert meter.value("gatewatch_items_total", intake="fresh") == 3
    assert meter.value("gatewatch_items_total", intake="seeded") == 20
    assert meter.value("gatewatch_poll_duration_seconds_count") == 3
    assert meter.value("gatewatch_poll_duration_seconds_bucket", le="0.25") == 2


def test_a_poll_that_came_to_no_answer_says_why(meter: Metered) -> None:
    polled = a_poll(meter, Outcome.OK)
    assert ending_of(replace(polled, put_off=True, taken=None)) == "put_off"
    assert ending_of(replace(polled, unwritten="disk full", taken=None)) == "unwritten"
    assert ending_of(replace(polled, taken=None)) == "fault"


def test_every_way_to_end_is_there_before_it_happens(meter: Metered) -> None:
    for outcome in (*Outcome, "put_off", "unwritten", "fault"):
        assert meter.value("gatewatch_polls_total", outcome=outcome) == 0


def test_an_alert_counts_for_its_rule_whoever_queued_it(meter: Metered, store: Store) -> None:
    assert meter.value("gatewatch_alerts_total", rule="fi-closure", severity="critical", kind="new") == 0
    queue(store, "a1", "a2")
    with store.transaction():
        store.queue_alert(an_alert("a3", kind=AlertKind.UPDATE), ["desk"], NOW)
    for _ in range(2):  # a second scrape counts nothing twice
        assert meter.value("gatewatch_alerts_total", rule="fi-closure", severity="critical", kind="new") == 2
        assert meter.value("gatewatch_alerts_total", rule="fi-closure", severity="critical", kind="update") == 1


def test_what_was_there_before_the_start_is_not_counted(tmp_path: Path) -> None:
    settings = settled(tmp_path)
    with Store.open(database_path(settings.state_dir)) as store:
        queue(store, "a1")
        meter = Metered(settings)
        meter.metrics.begin()
        queue(store, "a2")
    assert meter.value("gatewatch_alerts_total", rule="fi-closure", severity="critical", kind="new") == 1


def test_matches_count_with_what_came_of_them(meter: Metered, store: Store) -> None:
    with store.transaction():
        for item, decision in (("i1", "new"), ("i2", "joined"), ("i3", "joined")):
            store.add_match(a_match(item), story=None, decision=decision, reason="", at=NOW)
    assert meter.value("gatewatch_rule_matches_total", rule="fi-closure", decision="joined") == 2
    assert meter.value("gatewatch_rule_matches_total", rule="fi-closure", decision="new") == 1


def test_attempts_count_and_those_that_failed_say_how(meter: Metered, store: Store) -> None:
    queue(store, "a1", "a2", "a3")
    ends = [
        (DeliveryState.PENDING, {"next_try": NOW}),
        (DeliveryState.PENDING, {"next_try": NOW, "unsure": True}),
        (DeliveryState.DELIVERED, {}),
        (DeliveryState.FAILED, {}),
        (DeliveryState.UNKNOWN, {}),
    ]
    for state, more in ends:
        store.settle(claimed(store).id, state, NOW, **more)  # type: ignore[arg-type]
    assert meter.value("gatewatch_notifications_total", channel="desk") == 5
    assert meter.value("gatewatch_notifications_total", channel="phone") == 0
    failed = {
        reason: meter.value("gatewatch_notifications_failed_total", channel="desk", reason=reason)
        for reason in ("retry", "unsure", "failed", "unknown", "interrupted")
    }
    assert failed == {"retry": 1, "unsure": 1, "failed": 1, "unknown": 1, "interrupted": 0}


def test_what_was_kept_back_counts_by_its_cause_and_an_escalation_keeps_nothing_back(
    meter: Metered, store: Store
) -> None:
    plans = [
        Plan("desk", DeliveryState.HELD, NOW + MINUTE, Cause.QUIET, "quiet hours"),
        Plan("phone", DeliveryState.HELD, NOW + MINUTE, Cause.ESCALATION, "nobody acknowledged it"),
    ]
    with store.transaction():
        store.queue_alert(an_alert(), plans, NOW)
        store.queue_alert(an_alert("a2"), [Plan("desk", DeliveryState.MUTED, None, Cause.SILENCE, "x")], NOW)
    assert meter.value("gatewatch_suppressed_total", cause="quiet") == 1
    assert meter.value("gatewatch_suppressed_total", cause="silence") == 1
    assert meter.value("gatewatch_suppressed_total", cause="storm") == 0
    assert meter.value("gatewatch_suppressed_total", cause="escalation") is None
    assert meter.value("gatewatch_outbox_held", channel="desk") == 1
    assert meter.value("gatewatch_outbox_held", channel="phone") == 1


def oldest(meter: Metered) -> float | None:
    return meter.value("gatewatch_outbox_oldest_seconds", channel="desk")


def test_the_oldest_message_waits_from_the_moment_at_which_it_could_have_gone(meter: Metered, store: Store) -> None:
    assert oldest(meter) == 0
    queue(store, "a1")
    meter.now = NOW + 3 * MINUTE
    assert oldest(meter) == 180
    assert meter.value("gatewatch_outbox_pending", channel="desk") == 1


def test_a_next_try_makes_it_no_younger(meter: Metered, store: Store) -> None:
    queue(store, "a1")
    for minute in (1, 2):
        at = NOW + minute * MINUTE
        store.settle(claimed(store, at).id, DeliveryState.PENDING, at, next_try=at + MINUTE)
    meter.now = NOW + 5 * MINUTE
    assert oldest(meter) == 240  # its first try failed after one minute


def test_a_message_that_was_held_over_night_is_not_old_in_the_morning(meter: Metered, store: Store) -> None:
    morning = NOW + timedelta(hours=15)
    with store.transaction():
        store.queue_alert(an_alert(), [Plan("desk", DeliveryState.HELD, morning, Cause.QUIET, "")], NOW)
    meter.now = morning
    assert oldest(meter) == 0
    with store.transaction():
        (delivery,) = store.deliveries_of("a1")
        store.let_go(delivery.id, morning)
    assert oldest(meter) == 0


def test_one_that_is_sent_again_by_hand_waits_from_then_on(meter: Metered, store: Store) -> None:
    queue(store, "a1")
    delivery = claimed(store)
    store.settle(delivery.id, DeliveryState.FAILED, NOW)
    week = NOW + timedelta(days=7)
    assert store.send_again(delivery.id, week)
    meter.now = week + MINUTE
    assert oldest(meter) == 60


def test_sources_say_when_they_answered_last_and_0_for_never(meter: Metered, store: Store) -> None:
    store.save_source_state(SourceState("raja-fi", next_poll=NOW + MINUTE, succeeded=NOW, failures=2))
    assert meter.value("gatewatch_source_last_success_timestamp_seconds", source="raja-fi") == NOW.timestamp()
    assert meter.value("gatewatch_source_next_poll_timestamp_seconds", source="raja-fi") == NOW.timestamp() + 60
    assert meter.value("gatewatch_source_failures", source="raja-fi") == 2
    assert meter.value("gatewatch_source_last_success_timestamp_seconds", source="yle") == 0


def test_a_source_that_the_settings_no_longer_name_is_gone_with_the_reload(meter: Metered) -> None:
    assert meter.value("gatewatch_source_failures", source="yle") == 0
    meter.settings = replace(meter.settings, sources=meter.settings.sources[:1])
    assert meter.value("gatewatch_source_failures", source="yle") is None


def test_the_service_tells_what_it_is_and_how_it_is(meter: Metered) -> None:
    meter.ages = {"writer": 3.5}
    meter.health = replace(meter.health, findings=("a", "b"), config=Configured("4f2a", NOW, False))
    found = samples(meter.text())
    labels = {name: dict(key) for name, key in found}
    assert labels["gatewatch_build_info"]["version"] == "1.2.3"
    assert labels["gatewatch_config_info"] == {"hash": "4f2a"}
    assert meter.value("gatewatch_config_last_reload_successful") == 0
    assert meter.value("gatewatch_config_last_reload_success_timestamp_seconds") == NOW.timestamp()
    assert (meter.value("gatewatch_well"), meter.value("gatewatch_audit_findings")) == (0, 2)
    assert meter.value("gatewatch_pulse_age_seconds", part="writer") == 3.5
    resident = meter.value("process_resident_memory_bytes")
    assert resident is not None
    assert resident > 10_000_000


def test_a_database_that_cannot_be_read_is_told_and_costs_no_count(meter: Metered, store: Store) -> None:
    queue(store, "a1")
    assert meter.value("gatewatch_database_readable") == 1
    path = database_path(meter.settings.state_dir)
    path.rename(path.with_name("elsewhere"))
    assert meter.value("gatewatch_database_readable") == 0
    assert meter.value("gatewatch_outbox_pending", channel="desk") is None
    assert meter.value("gatewatch_alerts_total", rule="fi-closure", severity="critical", kind="new") == 1


def test_a_table_that_was_emptied_is_counted_from_its_beginning(meter: Metered, store: Store) -> None:
    with store.transaction():
        for item in ("i1", "i2"):
            store.add_match(a_match(item), story=None, decision="new", reason="", at=NOW)
    meter.text()
    with sqlite3.connect(database_path(meter.settings.state_dir)) as other:
        other.execute("DELETE FROM matches")
    other.close()
    with store.transaction():
        store.add_match(a_match("i3"), story=None, decision="new", reason="", at=NOW)
    assert meter.value("gatewatch_rule_matches_total", rule="fi-closure", decision="new") == 3


def test_openmetrics_is_given_to_those_who_ask_for_it(meter: Metered) -> None:
    kind, text = meter.metrics.exposition("application/openmetrics-text; version=1.0.0")
    assert kind.startswith("application/openmetrics-text")
    assert {family.name for family in openmetrics(text.decode())} >= {"gatewatch_polls", "gatewatch_build"}


def test_no_label_holds_what_a_feed_wrote(meter: Metered, store: Store) -> None:
    with store.transaction():
        store.queue_alert(an_alert(title="HOSTILE", quote="HOSTILE", url="https://HOSTILE.example"), ["desk"], NOW)
    store.save_source_state(SourceState("raja-fi", next_poll=NOW, last_detail="HOSTILE", reason="HOSTILE"))
    assert "HOSTILE" not in meter.text()


def test_a_scrape_costs_milliseconds_whatever_is_stored(meter: Metered, store: Store) -> None:
    """The bound is for a machine that is busy with other tests; alone it is a tenth of that."""
    meter.settings = with_sources(meter.settings, 140)
    for source in meter.settings.sources:
        store.save_source_state(SourceState(source.id, next_poll=NOW, succeeded=NOW, reason="news every 20 minutes"))
    fill(store, range(4), each=5_000, body="")
    queue(store, *(f"a{n}" for n in range(2_000)))
    meter.text()
    assert min(_seconds(meter) for _ in range(5)) < 0.15


def _seconds(meter: Metered) -> float:
    began = time.perf_counter()
    meter.text()
    return time.perf_counter() - began
