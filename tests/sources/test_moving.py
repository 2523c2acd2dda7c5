"""A source moves only when it has really moved, and comes back when that was an error."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from gatewatch.model import Document, Outcome, Source, SourceState
from gatewatch.sources.decide import Decision, decide
from gatewatch.sources.documents import Contents
from gatewatch.sources.moving import address_of, as_configured
from gatewatch.sources.novelty import Arrivals

NOW = datetime(2023, 11, 17, 12, tzinfo=UTC)
DAY = timedelta(days=1)
OLD, NEW, OTHER = "http://old.example/rss", "https://new.example/rss", "https://other.example/rss"
SOURCE = Source("news", OLD)
STATE = SourceState("news", NOW, seeded=NOW, succeeded=NOW, configured=OLD, identity="link", items_seen=9)


def poll(
    state: SourceState,
    moved_to: str = "",
    *,
    days: float = 0,
    outcome: Outcome = Outcome.OK,
    problem: str | None = None,
    our_outage: bool = False,
) -> Decision:
    now = NOW + days * DAY
    document = Document("news", now, outcome, moved_to=moved_to, our_outage=our_outage)
    contents = Contents(unchanged=outcome is Outcome.NOT_MODIFIED, problem=problem)
    return decide(now, SOURCE, state, document, contents, Arrivals())


def polls(targets: list[tuple[float, str]], state: SourceState = STATE) -> Decision:
    for days, target in targets:
        decision = poll(state, target, days=days)
        state = decision.state
    return decision


def test_a_move_is_believed_after_three_days_and_five_good_polls_and_told() -> None:
    almost = polls([(0, NEW), (1, NEW), (2, NEW), (2.9, NEW)])
    assert address_of(SOURCE, almost.state) == OLD
    decision = poll(almost.state, NEW, days=3)
    assert decision.notices == (f"moved: now polled at {NEW}; put it in config.toml",)
    assert address_of(SOURCE, decision.state) == NEW
    assert poll(decision.state, days=4).notices == ()
    assert address_of(SOURCE, poll(decision.state, days=4).state) == NEW


@pytest.mark.parametrize(
    "targets",
    [
        [(0, NEW), (0.1, NEW), (0.2, NEW), (0.3, NEW), (0.4, NEW), (2.9, NEW)],
        [(0, NEW), (1, NEW), (2, NEW), (4, NEW)],
        [(0, NEW), (1, NEW), (2, OTHER), (3, NEW), (4, NEW), (5, NEW)],
        [(0, NEW), (1, NEW), (2, ""), (3, NEW), (4, NEW), (5, NEW)],
    ],
    ids=["too soon", "too few", "another target in between", "no redirect in between"],
)
def test_what_does_not_last_is_no_move(targets: list[tuple[float, str]]) -> None:
    decision = polls(targets)
    assert address_of(SOURCE, decision.state) == OLD
    assert decision.notices == ()


def test_a_captive_portal_is_no_new_home() -> None:
    state = STATE
    for days in range(30):
        state = poll(state, "http://portal.example/login", days=days, problem="not a feed").state
    assert (state.moved_to, address_of(SOURCE, state)) == ("", OLD)


def test_failures_in_between_do_not_undo_what_was_seen() -> None:
    state = polls([(0, NEW), (1, NEW), (2, NEW), (2.5, NEW)]).state
    state = poll(state, days=2.7, outcome=Outcome.SERVER_ERROR).state
    assert address_of(SOURCE, poll(state, NEW, days=3).state) == NEW


def test_a_304_by_way_of_the_redirect_counts() -> None:
    state = STATE
    for days in range(5):
        state = poll(state, NEW, days=days, outcome=Outcome.NOT_MODIFIED).state
    assert address_of(SOURCE, state) == NEW


def moved() -> SourceState:
    return replace(STATE, address=NEW, etag='"new"', body_hash="new")


def test_an_adopted_address_that_fails_three_times_is_left() -> None:
    state = moved()
    for _ in range(2):
        state = poll(state, outcome=Outcome.GONE).state
        assert address_of(SOURCE, state) == NEW
    decision = poll(state, outcome=Outcome.GONE)
    assert f"moved back: {NEW} failed 3 times in a row, now polled at {OLD} again" in decision.notices
    assert address_of(SOURCE, decision.state) == OLD
    assert (decision.state.etag, decision.state.body_hash) == (None, None)


def test_neither_our_outage_nor_a_429_makes_it_leave() -> None:
    state = moved()
    for _ in range(9):
        state = poll(state, outcome=Outcome.NETWORK_ERROR, our_outage=True).state
        state = poll(state, outcome=Outcome.RATE_LIMITED).state
    assert address_of(SOURCE, state) == NEW


def test_a_site_that_moves_back_is_followed_back() -> None:
    decision = polls([(day, OLD) for day in range(5)], moved())
    assert address_of(SOURCE, decision.state) == OLD
    assert decision.notices == ()  # config.toml is right already


def test_an_edited_address_makes_void_what_belonged_to_the_old_one() -> None:
    state = replace(
        moved(),
        last_modified="then",
        unconditional=NOW,
        failures=7,
        next_poll=NOW + DAY,
        moved_to=OTHER,
        told={"broken": NOW, "silent": NOW},
    )
    edited = replace(SOURCE, url=OTHER)
    got = as_configured(edited, state, NOW)
    assert address_of(edited, state) == address_of(edited, got) == OTHER
    assert (got.etag, got.last_modified, got.body_hash, got.unconditional) == (None, None, None, None)
    assert (got.address, got.moved_to, got.failures, got.succeeded) == ("", "", 0, None)
    assert (got.seeded, got.identity, got.items_seen) == (NOW, "link", 9)
    assert got.next_poll == NOW
    assert got.told == {"silent": NOW}
    assert as_configured(edited, got, NOW + DAY) == got


def test_a_state_of_an_older_version_keeps_all() -> None:
    old = replace(STATE, configured="", etag='"1"', failures=2)
    assert as_configured(SOURCE, old, NOW) == replace(old, configured=OLD)


def test_decide_notes_the_edit_by_itself() -> None:
    document = Document("news", NOW, Outcome.SERVER_ERROR)
    got = decide(NOW, replace(SOURCE, url=OTHER), replace(STATE, failures=2), document, Contents(), Arrivals()).state
    assert (got.configured, got.failures) == (OTHER, 1)
