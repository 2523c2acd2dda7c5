from __future__ import annotations

from datetime import timedelta

import pytest

from feed_server import Answer, FeedServer
from gatewatch.model import Outcome

from .polling import NOW, poll

RSS = b"<rss version='2.0'><channel><title>N</title></channel></rss>"
ETAGS = ['"plain"', 'W/"weak"', "unquoted", '"with  two spaces"', 'W/"a", "b"', '"\xe4\xf6"', '"-gzip"', '""']


@pytest.mark.parametrize("etag", ETAGS)
def test_an_etag_goes_back_byte_for_byte(feed_server: FeedServer, etag: str) -> None:
    feed_server.answer("/feed", body=RSS, headers={"ETag": etag})
    first = poll(feed_server.url("/feed"))
    poll(feed_server.url("/feed"), etag=first.etag)
    assert feed_server.asked("/feed")[1].headers["if-none-match"] == etag


@pytest.mark.parametrize("date", ["Fri, 17 Nov 2023 10:00:00 GMT", "fri, 17-nov-23", "2038-01-19", "0"])
def test_a_last_modified_goes_back_byte_for_byte(feed_server: FeedServer, date: str) -> None:
    feed_server.answer("/feed", body=RSS, headers={"Last-Modified": date})
    first = poll(feed_server.url("/feed"))
    poll(feed_server.url("/feed"), last_modified=first.last_modified)
    assert feed_server.asked("/feed")[1].headers["if-modified-since"] == date


def test_no_validator_is_ever_made_up(feed_server: FeedServer) -> None:
    feed_server.answer("/feed", body=RSS, headers={"Date": "Fri, 17 Nov 2023 10:00:00 GMT"})
    document = poll(feed_server.url("/feed"))
    assert (document.etag, document.last_modified) == (None, None)
    assert not {"if-none-match", "if-modified-since"} & feed_server.requests[0].headers.keys()


def test_a_304_brings_its_new_validators(feed_server: FeedServer) -> None:
    feed_server.answer("/feed", Answer(304, headers={"ETag": '"2"', "Last-Modified": "today"}))
    document = poll(feed_server.url("/feed"), etag='"1"')
    assert document.outcome is Outcome.NOT_MODIFIED
    assert (document.etag, document.last_modified) == ('"2"', "today")


def test_a_304_that_nobody_asked_for_is_bad_content(feed_server: FeedServer) -> None:
    feed_server.answer("/feed", status=304)
    assert poll(feed_server.url("/feed")).outcome is Outcome.BAD_CONTENT


def test_after_eight_days_of_304_everything_is_asked_for(feed_server: FeedServer) -> None:
    feed_server.publish("/feed", RSS, '"1"')
    before = poll(feed_server.url("/feed"), etag='"1"', unconditional=NOW - timedelta(days=7, hours=23))
    after = poll(feed_server.url("/feed"), etag='"1"', unconditional=NOW - timedelta(days=8))
    assert (before.outcome, after.outcome) == (Outcome.NOT_MODIFIED, Outcome.OK)


def test_the_validators_are_those_of_the_last_hop(feed_server: FeedServer) -> None:
    feed_server.answer("/old", status=301, headers={"Location": "/new", "ETag": '"of the redirect"'})
    feed_server.answer("/new", body=RSS, headers={"ETag": '"of the feed"'})
    document = poll(feed_server.url("/old"))
    assert document.etag == '"of the feed"'
    assert document.url == feed_server.url("/new")


def test_a_redirect_may_end_in_a_304(feed_server: FeedServer) -> None:
    feed_server.answer("/old", status=302, headers={"Location": "/new"})
    feed_server.publish("/new", RSS, '"1"')
    assert poll(feed_server.url("/old"), etag='"1"').outcome is Outcome.NOT_MODIFIED


def test_both_validators_go_along_and_the_server_decides(feed_server: FeedServer) -> None:
    """The ETag may change while Last-Modified stays (miniflux bf1c8510): the body is taken all the same."""
    feed_server.answer("/feed", body=RSS, headers={"ETag": '"2"', "Last-Modified": "then"})
    document = poll(feed_server.url("/feed"), etag='"1"', last_modified="then")
    asked = feed_server.requests[0].headers
    assert (asked["if-none-match"], asked["if-modified-since"]) == ('"1"', "then")
    assert (document.outcome, document.body, document.etag) == (Outcome.OK, RSS, '"2"')


def test_a_200_with_the_etag_that_we_have_is_taken(feed_server: FeedServer) -> None:
    """Some servers never change it, whatever the content (miniflux drops such an answer)."""
    feed_server.answer("/feed", body=RSS, headers={"ETag": '"1"'})
    document = poll(feed_server.url("/feed"), etag='"1"')
    assert (document.outcome, document.body) == (Outcome.OK, RSS)


def test_a_304_is_not_asked_again_at_once(feed_server: FeedServer) -> None:
    feed_server.publish("/feed", RSS, '"1"')
    poll(feed_server.url("/feed"), etag='"1"')
    assert len(feed_server.requests) == 1


def test_nothing_is_added_to_the_address_to_defeat_caches(feed_server: FeedServer) -> None:
    feed_server.answer("/feed?a=1", body=RSS)
    poll(feed_server.url("/feed?a=1"))
    assert feed_server.requests[0].path == "/feed?a=1"
    assert not {"cache-control", "pragma"} & feed_server.requests[0].headers.keys()
