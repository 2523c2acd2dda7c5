from __future__ import annotations

import errno
import socket
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatewatch.model import Outcome
from gatewatch.sources.failures import on_our_side
from gatewatch.sources.outage import Reachability

from .polling import NOW, poll


def after(*events: tuple[float, str, str]) -> Reachability:
    """What is known after (seconds, host, what came of it): an answer, silence, or no network."""
    network = Reachability()
    for seconds, host, what in events:
        now = NOW + timedelta(seconds=seconds)
        network = network.after(now, host, reachable=what == "answer", certain=what == "no network")
    return network


def down(*events: tuple[float, str, str]) -> bool:
    return after(*events).since is not None


def test_three_hosts_that_fail_after_a_minute_without_an_answer_are_our_outage() -> None:
    events = [(0, "a", "answer"), (61, "b", "silence"), (62, "c", "silence"), (63, "d", "silence")]
    assert not down(*events[:-1])
    assert after(*events).since == NOW + timedelta(seconds=63)


def test_the_same_host_three_times_is_its_own_fault() -> None:
    assert not down(*((second, "a", "silence") for second in range(9)))


def test_failures_within_a_minute_of_an_answer_are_weather() -> None:
    assert not down((0, "a", "answer"), (57, "b", "silence"), (58, "c", "silence"), (59, "d", "silence"))


def test_three_failures_with_an_answer_in_between_are_not_ours() -> None:
    assert not down((0, "b", "silence"), (90, "c", "silence"), (95, "a", "answer"), (160, "d", "silence"))


def test_a_machine_that_starts_without_a_network_knows_it() -> None:
    assert down((0, "a", "silence"), (1, "b", "silence"), (2, "c", "silence"))


def test_no_way_out_is_our_outage_at_once() -> None:
    assert down((0, "a", "answer"), (1, "b", "no network"))


def test_any_answer_ends_it() -> None:
    events = [(0, "a", "no network"), (1, "b", "silence"), (2, "b", "answer")]
    assert down(*events[:-1])
    assert not down(*events)


def test_it_lasts_until_then_and_keeps_its_beginning() -> None:
    events = [(0.0, "a", "no network"), *((60.0 * minute, "b", "silence") for minute in range(1, 600))]
    assert after(*events).since == NOW


def test_three_dead_sources_on_a_quiet_night_are_no_outage() -> None:
    """They failed while others answered, so that their failures prove nothing."""
    dead = [(float(second), host, "silence") for second, host in enumerate("xyz")]
    later = [(second + 600, host, what) for second, host, what in dead]
    assert not down((0, "a", "answer"), *dead, (10, "a", "answer"), *later)


def test_a_source_whose_name_servers_are_gone_is_excused_only_once() -> None:
    first = [(0.0, "a", "answer"), (1.0, "x", "no network")]
    assert down(*first)
    answered = [*first, (2.0, "a", "answer")]
    second = [*answered, (3.0, "x", "no network"), (4.0, "a", "answer")]
    assert not down(*second, (600, "x", "no network"))


def test_whoever_has_answered_again_counts_again() -> None:
    events = [(0.0, "x", "silence"), (1.0, "a", "answer"), (2.0, "x", "answer"), (3.0, "x", "no network")]
    assert down(*events)


EVENTS = st.lists(st.tuples(st.floats(0, 9_999), st.sampled_from("abcde"), st.sampled_from(["answer", "silence"])))


@given(EVENTS)
def test_an_outage_takes_three_hosts_and_ends_with_an_answer(events: list[tuple[float, str, str]]) -> None:
    events.sort()
    network = after(*events)
    last_answer = max((n for n, event in enumerate(events) if event[2] == "answer"), default=-1)
    failed = {host for _, host, _ in events[last_answer + 1 :]}
    assert network.since is None or len(failed) >= 3


def chained(*errors: OSError) -> OSError:
    """As anyio wraps them: the cause is one error or a group of them."""
    wrapped = OSError("All connection attempts failed")
    wrapped.__cause__ = errors[0] if len(errors) == 1 else ExceptionGroup("several", list(errors))
    return wrapped


NO_WAY, REFUSED = OSError(errno.ENETUNREACH, "no way"), OSError(errno.ECONNREFUSED, "refused")


@pytest.mark.parametrize(
    ("error", "ours"),
    [
        (chained(NO_WAY), True), (chained(NO_WAY, NO_WAY), True), (chained(OSError(errno.EHOSTUNREACH, "")), True),
        (chained(OSError(errno.ENETDOWN, "")), True), (socket.gaierror(socket.EAI_AGAIN, "later"), True),
        # IPv6 has no way out here, and the host refuses over IPv4.
        (chained(NO_WAY, REFUSED), False), (chained(REFUSED), False), (TimeoutError(), False),
        (socket.gaierror(socket.EAI_NONAME, "no such name"), False), (OSError(), False), (ValueError(), False),
    ],
)  # fmt: skip
def test_a_failure_is_ours_only_if_all_its_causes_are(error: Exception, ours: bool) -> None:
    assert on_our_side(error) == ours


@pytest.mark.parametrize(("code", "ours"), [(socket.EAI_AGAIN, True), (socket.EAI_NONAME, False)])
@pytest.mark.parametrize("moved", [True, False])
def test_a_document_says_that_no_name_server_answers(
    monkeypatch: pytest.MonkeyPatch, code: int, ours: bool, moved: bool
) -> None:
    """Over the guarded connections (to where a source has moved) as over the others."""

    def fail(*arguments: object, **options: object) -> None:
        raise socket.gaierror(code, "the words of the C library")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    url = "http://news.example/feed"
    document = poll(url, configured=url, address="http://moved.example/feed" if moved else "")
    assert (document.outcome, document.our_outage) == (Outcome.NETWORK_ERROR, ours)
    assert document.detail == "can not connect: the words of the C library"


def test_a_host_that_refuses_is_no_sign_of_an_outage() -> None:
    document = poll("http://127.0.0.1:1/feed")
    assert (document.our_outage, document.detail) == (False, "can not connect: Connection refused")
