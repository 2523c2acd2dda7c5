from __future__ import annotations

import itertools

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from feed_server import Answer, FeedServer
from gatewatch.model import Outcome
from gatewatch.sources.redirects import Hop, is_gate, moved_to, refusal

from .polling import anywhere, poll

RSS = b"<rss version='2.0'><channel><title>N</title></channel></rss>"
GATES = [
    "/login", "/Login.aspx", "/log-in", "/users/sign_in", "/signin", "/sign-in/", "/wp-login.php", "/portal", "/captive",
    "/captiveportal/index.html", "/a/portal/?next=x", "/hotspot", "/guest/welcome", "/auth/realms/x", "/sso", "/register",
]  # fmt: skip
NO_GATES = [
    "/feed",
    "/rss.xml",
    "/news/login-page-hacked",
    "/portals-of-finland/rss",
    "/catalogin",
    "/authors-of-books",
]


def redirect(server: FeedServer, *statuses: int, to: str = "/new") -> str:
    """A chain of redirects of these statuses from /old, at whose end is a feed; gives its beginning."""
    names = ["/old", *(f"/hop{number}" for number in range(1, len(statuses))), to]
    for (here, there), status in zip(itertools.pairwise(names), statuses, strict=True):
        server.answer(here, status=status, headers={"Location": there})
    server.answer(to, body=RSS)
    return server.url("/old")


@pytest.mark.parametrize("statuses", [(301,), (308,), (301, 308), (301, 301, 301)])
def test_a_source_has_moved_if_every_hop_is_permanent(feed_server: FeedServer, statuses: tuple[int, ...]) -> None:
    assert poll(redirect(feed_server, *statuses)).moved_to == feed_server.url("/new")


@pytest.mark.parametrize("statuses", [(302,), (307,), (303,), (301, 302), (302, 301), (308, 301, 307)])
def test_one_hop_that_is_not_makes_it_a_detour(feed_server: FeedServer, statuses: tuple[int, ...]) -> None:
    document = poll(redirect(feed_server, *statuses))
    assert (document.outcome, document.moved_to) == (Outcome.OK, "")


def test_a_source_that_is_where_it_was_has_not_moved(feed_server: FeedServer) -> None:
    feed_server.answer("/feed", body=RSS)
    assert poll(feed_server.url("/feed")).moved_to == ""


def test_a_304_at_the_end_counts_too(feed_server: FeedServer) -> None:
    url = redirect(feed_server, 301)
    feed_server.publish("/new", RSS, '"1"')
    document = poll(url, etag='"1"')
    assert (document.outcome, document.moved_to) == (Outcome.NOT_MODIFIED, feed_server.url("/new"))


@pytest.mark.parametrize(
    "answer", [Answer(404), Answer(500), Answer(200), Answer(200, RSS, {"cf-mitigated": "challenge"}), Answer(429)]
)
def test_nothing_moves_to_where_no_good_answer_is(feed_server: FeedServer, answer: Answer) -> None:
    url = redirect(feed_server, 301)
    feed_server.answer("/new", answer)
    assert poll(url).moved_to == ""


@pytest.mark.parametrize("gate", GATES)
def test_a_login_page_or_a_captive_portal_is_no_new_address(feed_server: FeedServer, gate: str) -> None:
    """A hotel's network answers everything with a 301 to its own page (NetNewsWire)."""
    document = poll(redirect(feed_server, 301, to=gate))
    assert (document.outcome, document.moved_to) == (Outcome.OK, "")


@pytest.mark.parametrize("path", NO_GATES)
def test_an_ordinary_path_is_no_gate(path: str) -> None:
    assert not is_gate(httpx.URL(f"https://www.news.example{path}"))


@pytest.mark.parametrize("host", ["login.microsoftonline.com", "captive.airport.example", "wifi.train.example"])
def test_a_host_may_be_a_gate_as_well(host: str) -> None:
    assert is_gate(httpx.URL(f"https://{host}/feed"))


def test_the_new_address_comes_without_its_fragment(feed_server: FeedServer) -> None:
    feed_server.answer("/old", status=301, headers={"Location": "/new#top"})
    feed_server.answer("/new", body=RSS)
    assert poll(feed_server.url("/old")).moved_to == feed_server.url("/new")


def test_a_move_to_another_host_is_told(feed_server: FeedServer) -> None:
    with FeedServer("127.0.0.2") as other:
        other.answer("/feed", body=RSS)
        feed_server.answer("/feed", status=301, headers={"Location": other.url("/feed")})
        assert poll(feed_server.url("/feed"), forbidden=anywhere).moved_to == other.url("/feed")


@pytest.mark.parametrize("length", [1, 2, 3])
def test_a_circle_is_told_as_one(feed_server: FeedServer, length: int) -> None:
    for hop in range(length):
        feed_server.answer(f"/{hop}", status=302, headers={"Location": f"/{(hop + 1) % length}"})
    document = poll(feed_server.url("/0"))
    assert document.outcome is Outcome.BAD_CONTENT
    assert document.detail == f"redirects in a circle, back to {feed_server.url('/0')}"
    assert len(feed_server.requests) == length


def test_an_https_source_is_not_led_into_clear_text() -> None:
    hops = [Hop(httpx.URL("https://a.example/feed"), 301)]
    target = httpx.URL("http://a.example/feed")
    assert (
        refusal("https://a.example/feed", hops, target) == "redirects to http://a.example/feed, which is not encrypted"
    )
    assert refusal("HTTPS://a.example/feed", hops, target)
    assert refusal("http://a.example/feed", hops, target) == ""
    assert refusal("https://a.example/feed", hops, httpx.URL("https://b.example/")) == ""


@given(st.lists(st.sampled_from([301, 302, 303, 307, 308]), min_size=1), st.sampled_from(list(Outcome)))
def test_only_a_good_end_of_permanent_hops_is_a_move(statuses: list[int], outcome: Outcome) -> None:
    hops = [Hop(httpx.URL(f"https://a.example/{number}"), status) for number, status in enumerate(statuses)]
    permanent = set(statuses) <= {301, 308} and outcome in (Outcome.OK, Outcome.NOT_MODIFIED)
    assert (moved_to(hops, httpx.URL("https://a.example/feed"), outcome) != "") == permanent


def test_a_source_that_has_moved_is_asked_at_its_new_address(feed_server: FeedServer) -> None:
    feed_server.publish("/new", RSS, '"1"')
    old, new = feed_server.url("/old"), feed_server.url("/new")
    assert poll(old, configured=old, address=new, etag='"1"').outcome is Outcome.NOT_MODIFIED
    assert [request.path for request in feed_server.requests] == ["/new"]


def test_another_address_in_the_config_makes_all_that_void(feed_server: FeedServer) -> None:
    """Neither the address that the old one had moved to counts any more, nor its validators."""
    feed_server.answer("/other", body=RSS)
    old, new = feed_server.url("/old"), feed_server.url("/new")
    poll(feed_server.url("/other"), configured=old, address=new, etag='"1"', last_modified="then")
    asked = feed_server.asked("/other")[0].headers
    assert not {"if-none-match", "if-modified-since"} & asked.keys()


def test_the_move_of_a_move_is_told(feed_server: FeedServer) -> None:
    feed_server.answer("/newer", body=RSS)
    feed_server.answer("/new", status=308, headers={"Location": "/newer"})
    old, new = feed_server.url("/old"), feed_server.url("/new")
    assert poll(old, configured=old, address=new).moved_to == feed_server.url("/newer")


def test_an_address_that_has_become_private_since_is_not_asked(feed_server: FeedServer) -> None:
    """Whoever buys the name of a dead site could point it at this machine."""
    configured = "http://news.example/feed"
    document = poll(configured, configured=configured, address=feed_server.url("/feed"))
    assert document.outcome is Outcome.BAD_CONTENT
    assert feed_server.requests == []
