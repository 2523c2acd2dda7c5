from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatewatch.model import Document, Outcome, Source, SourceState
from gatewatch.sources.decide import Decision, decide
from gatewatch.sources.documents import Contents

NOW = datetime(2023, 11, 17, 12, tzinfo=UTC)
SOURCE = Source("news", "https://news.example/feed", every=timedelta(minutes=10))
NEW = SourceState("news", NOW)
READ = Contents(identity="guid", body_hash="hash")
UNCHANGED = Contents(identity="guid", body_hash="hash", unchanged=True)
FAILURES = [outcome for outcome in Outcome if outcome not in (Outcome.OK, Outcome.NOT_MODIFIED)]


def after(
    outcome: Outcome,
    state: SourceState = NEW,
    contents: Contents | None = None,
    *,
    source: Source = SOURCE,
    now: datetime = NOW,
    fresh: int = 0,
    etag: str | None = None,
    last_modified: str | None = None,
    retry_after: timedelta | None = None,
) -> Decision:
    """What comes of one poll; `contents` default to what fits the outcome."""
    fitting = {Outcome.OK: READ, Outcome.NOT_MODIFIED: UNCHANGED}
    document = Document(
        "news", now, outcome, etag=etag, last_modified=last_modified, retry_after=retry_after, detail="why"
    )
    contents = contents or fitting.get(outcome, Contents(problem="why"))
    return decide(now, source, state, document, contents, fresh=fresh)


def failed(times: int, outcome: Outcome = Outcome.SERVER_ERROR, state: SourceState = NEW) -> list[Decision]:
    decisions = []
    for _ in range(times):
        decisions.append(after(outcome, state, now=state.next_poll))
        state = decisions[-1].state
    return decisions


@given(
    outcome=st.sampled_from(Outcome),
    failures=st.integers(0, 1_000_000),
    every=st.timedeltas(timedelta(0), timedelta(days=30)),
    retry_after=st.none() | st.timedeltas(timedelta(0), timedelta(days=900)),
    seed=st.integers(),
)
def test_the_next_poll_lies_ahead_and_within_bounds(
    outcome: Outcome, failures: int, every: timedelta, retry_after: timedelta | None, seed: int
) -> None:
    document = Document("news", NOW, outcome, retry_after=retry_after)
    source, state = replace(SOURCE, every=every), replace(NEW, failures=failures)
    wait = decide(NOW, source, state, document, READ, 0, seed).state.next_poll - NOW
    assert timedelta(0) < wait <= max(every * 1.1, timedelta(hours=24) * 1.1)
    if outcome in FAILURES and retry_after is None:
        assert wait <= max(timedelta(hours=6), every)
    if outcome in FAILURES and retry_after is not None:
        assert wait >= min(retry_after, timedelta(hours=24))


WHENEVER = st.datetimes(
    min_value=datetime(2000, 1, 1),  # noqa: DTZ001
    max_value=datetime(2100, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)


@given(st.text(max_size=5), WHENEVER, st.integers())
def test_a_good_poll_comes_again_within_a_tenth_of_the_interval(name: str, at: datetime, seed: int) -> None:
    now = at
    source = replace(SOURCE, id=name)
    decision = decide(now, source, NEW, Document(name, now, Outcome.OK), READ, 0, seed)
    assert timedelta(minutes=9) <= decision.state.next_poll - now <= timedelta(minutes=11)
    assert decision == decide(now, source, NEW, Document(name, now, Outcome.OK), READ, 0, seed)


def test_sources_of_one_interval_drift_apart() -> None:
    sources = [replace(SOURCE, id=str(number)) for number in range(50)]
    assert len({after(Outcome.OK, source=source).state.next_poll for source in sources}) == 50


def test_failures_back_off_to_six_hours_and_never_give_up() -> None:
    waits = [decision.state.next_poll - decision.state.polled for decision in failed(40) if decision.state.polled]
    for earlier, later in pairwise(waits[:6]):
        assert 1.5 <= later / earlier <= 2.6
    assert all(timedelta(hours=5) < wait <= timedelta(hours=6) for wait in waits[8:])
    assert len(waits) == 40


@pytest.mark.parametrize("outcome", FAILURES)
def test_a_failing_source_is_reported_once_and_so_is_its_recovery(outcome: Outcome) -> None:
    decisions = failed(10, outcome)
    told = [notice for decision in decisions for notice in decision.notices]
    assert [decision.notices != () for decision in decisions].index(True) == 2
    assert told == ["broken: 3 polls in a row failed, the last because of: why"]
    recovered = after(Outcome.OK, decisions[-1].state)
    assert recovered.notices == ("recovered: readable again after 10 failed polls",)
    assert recovered.state.failures == 0
    assert after(Outcome.OK, recovered.state).notices == ()


def test_two_failures_are_weather() -> None:
    weather = failed(2)
    assert [decision.notices for decision in weather] == [(), ()]
    assert after(Outcome.NOT_MODIFIED, weather[-1].state).notices == ()


def test_a_recovery_says_how_long_the_silence_was() -> None:
    state = failed(3, state=replace(NEW, succeeded=NOW - timedelta(hours=5)))[-1].state
    assert after(Outcome.OK, state).notices[0].endswith("5 h after the last good one")


def test_a_document_that_can_not_be_read_is_bad_content_and_keeps_the_old_validators() -> None:
    state = replace(NEW, etag='"1"', last_modified="then", body_hash="old", seeded=NOW, identity="link")
    bad = Contents(identity="link", body_hash="old", problem="not a feed: an HTML page")
    got = after(Outcome.OK, state, bad, etag='"of the bad page"').state
    assert (got.last_outcome, got.last_detail) == (Outcome.BAD_CONTENT, "not a feed: an HTML page")
    assert (got.etag, got.last_modified, got.body_hash) == ('"1"', "then", "old")
    assert (got.failures, got.identity) == (1, "link")


def test_a_good_document_replaces_what_is_remembered() -> None:
    state = replace(NEW, etag='"1"', last_modified="then", items_seen=5)
    got = after(Outcome.OK, state, etag='"2"', fresh=3).state
    assert (got.etag, got.last_modified, got.body_hash, got.identity) == ('"2"', None, "hash", "guid")
    assert (got.polled, got.succeeded, got.unconditional, got.items_seen) == (NOW, NOW, NOW, 8)


def test_a_good_document_without_validators_leaves_none() -> None:
    got = after(Outcome.OK, replace(NEW, etag='"1"', last_modified="then")).state
    assert (got.etag, got.last_modified) == (None, None)


def test_a_304_stores_the_new_validators() -> None:
    state = replace(NEW, etag='"1"', last_modified="then", seeded=NOW)
    assert after(Outcome.NOT_MODIFIED, state, etag='"2"').state.etag == '"2"'


def test_a_304_keeps_the_validators_that_it_leaves_out() -> None:
    then = NOW - timedelta(days=3)
    state = replace(NEW, etag='"1"', last_modified="then", seeded=NOW, unconditional=then)
    got = after(Outcome.NOT_MODIFIED, state).state
    assert (got.etag, got.last_modified, got.unconditional) == ('"1"', "then", then)


def test_the_first_good_document_seeds_the_source_even_if_it_is_empty() -> None:
    assert after(Outcome.OK).state.seeded == NOW
    assert after(Outcome.SERVER_ERROR).state.seeded is None
    assert after(Outcome.OK, contents=Contents(problem="not a feed")).state.seeded is None


def test_seeding_happens_once() -> None:
    then = NOW - timedelta(days=3)
    assert after(Outcome.OK, replace(NEW, seeded=then)).state.seeded == then


def test_a_rate_limit_without_a_term_waits_ten_minutes() -> None:
    source = replace(SOURCE, every=timedelta(minutes=1))
    got = after(Outcome.RATE_LIMITED, source=source).state
    assert timedelta(minutes=10) <= got.next_poll - NOW <= timedelta(minutes=11)
    assert got.reason == "the server asks to wait 10 min"


def test_the_reason_says_why_a_source_waits() -> None:
    assert after(Outcome.OK).state.reason == "every 10 min"
    assert failed(4, Outcome.GONE)[-1].state.reason == "back-off after 4 failed polls (gone)"
    asked = after(Outcome.SERVER_ERROR, retry_after=timedelta(minutes=90)).state
    assert asked.reason == "the server asks to wait 1 h 30 min"
