from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatewatch.model import Document, Item, Outcome, Source, SourceState
from gatewatch.sources.decide import Decision, decide
from gatewatch.sources.documents import Contents
from gatewatch.sources.novelty import Arrivals

NOW = datetime(2023, 11, 17, 12, tzinfo=UTC)
SOURCE = Source("news", "https://news.example/feed", every=timedelta(minutes=10))
NEW = SourceState("news", NOW)
READ = Contents(identity="guid", body_hash="hash")
UNCHANGED = Contents(identity="guid", body_hash="hash", unchanged=True)
GOOD = (Outcome.OK, Outcome.NOT_MODIFIED)
FAILURES = [outcome for outcome in Outcome if outcome not in GOOD]
FAULTS = [outcome for outcome in FAILURES if outcome is not Outcome.RATE_LIMITED]


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
    our_outage: bool = False,
) -> Decision:
    """What comes of one poll; `contents` default to what fits the outcome."""
    fitting = {Outcome.OK: READ, Outcome.NOT_MODIFIED: UNCHANGED}
    document = Document(
        "news",
        now,
        outcome,
        etag=etag,
        last_modified=last_modified,
        retry_after=retry_after,
        detail="why",
        our_outage=our_outage,
    )
    contents = contents or fitting.get(outcome, Contents(problem="why"))
    return decide(now, source, state, document, contents, Arrivals(new=fresh))


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
    fresh_for=st.none() | st.timedeltas(timedelta(0), timedelta(days=900)),
    ttl=st.none() | st.timedeltas(timedelta(days=-9), timedelta(days=900)),
    arrivals=st.builds(Arrivals, new=st.integers(0, 2_000), overlap=st.booleans()),
    seed=st.integers(),
)
def test_the_next_poll_lies_ahead_and_within_bounds(
    outcome: Outcome,
    failures: int,
    every: timedelta,
    retry_after: timedelta | None,
    fresh_for: timedelta | None,
    ttl: timedelta | None,
    arrivals: Arrivals,
    seed: int,
) -> None:
    document = Document("news", NOW, outcome, retry_after=retry_after, fresh_for=fresh_for)
    news = tuple(NOW - timedelta(minutes=minutes) for minutes in (40, 30, 20, 10))
    source = replace(SOURCE, every=every)
    state = replace(NEW, failures=failures, seeded=NOW, news=news, brought=(9, 9, 9, 9))
    contents = replace(READ, ttl=ttl, items=(Item("1", "news", "new"),))
    got = decide(NOW, source, state, document, contents, arrivals, seed).state
    wait = got.next_poll - NOW
    assert got.reason
    assert timedelta(0) < wait <= max(every * 1.1, timedelta(hours=24) * 1.1)
    if outcome in GOOD:
        assert min(timedelta(minutes=1), every * 0.9) <= wait <= max(every, timedelta(seconds=1))
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
def test_a_good_poll_comes_again_in_the_last_tenth_of_the_interval(name: str, at: datetime, seed: int) -> None:
    now = at
    source = replace(SOURCE, id=name)
    decision = decide(now, source, NEW, Document(name, now, Outcome.OK), READ, Arrivals(), seed)
    assert timedelta(minutes=9) <= decision.state.next_poll - now <= timedelta(minutes=10)
    assert decision == decide(now, source, NEW, Document(name, now, Outcome.OK), READ, Arrivals(), seed)


def test_sources_of_one_interval_drift_apart() -> None:
    sources = [replace(SOURCE, id=str(number)) for number in range(50)]
    assert len({after(Outcome.OK, source=source).state.next_poll for source in sources}) == 50


def test_failures_back_off_to_six_hours_and_never_give_up() -> None:
    waits = [decision.state.next_poll - decision.state.polled for decision in failed(40) if decision.state.polled]
    for earlier, later in pairwise(waits[:6]):
        assert 1.5 <= later / earlier <= 2.6
    assert all(timedelta(hours=5) < wait <= timedelta(hours=6) for wait in waits[8:])
    assert len(waits) == 40


@pytest.mark.parametrize("outcome", FAULTS)
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


def test_a_rate_limit_without_a_term_waits_ten_minutes_and_longer_each_time() -> None:
    source = replace(SOURCE, every=timedelta(minutes=1))
    state, waits = NEW, []
    for _ in range(12):
        state = after(Outcome.RATE_LIMITED, state, source=source, now=state.next_poll).state
        assert state.polled is not None
        waits.append(state.next_poll - state.polled)
    assert timedelta(minutes=10) <= waits[0] <= timedelta(minutes=11)
    assert waits[0] * 2 <= waits[1] <= waits[0] * 2.3
    assert waits == sorted(waits)
    assert waits[-1] == timedelta(hours=6)


def test_a_429_is_not_the_sources_fault() -> None:
    weather = failed(2)[-1].state
    got = failed(20, Outcome.RATE_LIMITED, replace(weather, succeeded=NOW))
    assert got[-1].state.failures == 2
    assert not [notice for decision in got for notice in decision.notices if "broken" in notice]


def test_a_429_goes_as_the_server_says() -> None:
    got = after(Outcome.RATE_LIMITED, retry_after=timedelta(hours=88)).state
    assert timedelta(hours=24) <= got.next_poll - NOW <= timedelta(hours=26.4)
    assert got.reason == "the server asks to wait 1 d"


def test_an_outage_of_our_own_counts_against_nobody() -> None:
    state = replace(failed(2)[-1].state, succeeded=NOW, etag='"1"', told={"silent": NOW})
    for number in range(200):
        decision = after(Outcome.NETWORK_ERROR, state, now=NOW + number * timedelta(minutes=1), our_outage=True)
        wait = decision.state.next_poll - NOW - number * timedelta(minutes=1)
        assert timedelta(minutes=1) <= wait <= timedelta(minutes=5)
        assert (decision.notices, decision.state.failures, decision.state.etag) == ((), 2, '"1"')
        assert decision.state.told == {"silent": NOW}
        assert decision.state.reason == "our own network seems to be down"


def test_after_an_outage_of_our_own_sources_do_not_all_come_at_once() -> None:
    sources = [replace(SOURCE, id=str(number)) for number in range(100)]
    waits = [
        after(Outcome.NETWORK_ERROR, source=source, our_outage=True).state.next_poll - NOW for source in sources
    ]
    assert max(waits) - min(waits) > timedelta(minutes=3)


def test_the_reason_says_why_a_source_waits() -> None:
    assert after(Outcome.OK).state.reason == "every 10 min"
    assert failed(4, Outcome.GONE)[-1].state.reason == "back-off after 4 failed polls (gone)"
    asked = after(Outcome.SERVER_ERROR, retry_after=timedelta(minutes=90)).state
    assert asked.reason == "the server asks to wait 1 h 30 min"


def test_gone_is_not_final() -> None:
    decisions = failed(500, Outcome.GONE)
    last = decisions[-1].state
    assert last.polled is not None
    assert last.next_poll - last.polled <= timedelta(hours=6)
    assert after(Outcome.OK, last).state.failures == 0


def test_a_recovery_is_not_news() -> None:
    state = replace(NEW, seeded=NOW, succeeded=NOW, items_seen=9)
    got = after(Outcome.NOT_MODIFIED, failed(3, state=state)[-1].state).state
    assert (got.items_seen, got.news, got.seeded) == (9, (), NOW)


def test_a_rung_goes_down_and_never_up() -> None:
    document = Document("news", NOW, Outcome.OK)
    lowered = decide(NOW, SOURCE, NEW, document, READ, Arrivals(identity="link")).state
    assert lowered.identity == "link"
    contents = replace(READ, identity="hash")
    assert decide(NOW, SOURCE, lowered, document, contents, Arrivals(identity="link")).state.identity == "hash"


def test_what_a_status_table_showed_is_remembered() -> None:
    changed = (Item("1", "news", "Narva: open"),)
    shown = after(Outcome.OK, contents=replace(READ, items=changed, rows={"Narva": "open"})).state
    assert (shown.rows, shown.window) == ({"Narva": "open"}, 0)
    assert after(Outcome.NOT_MODIFIED, shown).state.rows == {"Narva": "open"}
    assert after(Outcome.SERVER_ERROR, shown).state.rows == {"Narva": "open"}
