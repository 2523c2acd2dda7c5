"""The demo's feeds, asked over real HTTP and read by a feed parser."""

from calendar import timegm
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import feedparser
import httpx
import pytest

from gatewatch.demo.feed_server import FeedServer
from gatewatch.demo.feeds import WINDOW
from gatewatch.demo.news import Outlet, outlets

NOON = datetime(2023, 11, 16, 12, tzinfo=UTC)


@dataclass
class HandClock:
    """Shows what it was set to."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def server(clock: HandClock) -> Iterator[FeedServer]:
    with FeedServer(outlets(), clock) as server:
        yield server


def outlet_that_writes(format: str) -> Outlet:
    return next(outlet for outlet in outlets() if outlet.format == format)


@pytest.mark.parametrize("format", ["rss", "atom"])
def test_a_feed_parser_reads_titles_dates_links_and_ids(server: FeedServer, format: str) -> None:
    outlet = outlet_that_writes(format)
    feed = feedparser.parse(httpx.get(server.url(outlet)).content)
    newest = outlet.published(NOON)[-1]
    assert not feed.bozo
    entry = feed.entries[0]
    assert (entry.title, entry.summary, entry.link) == (newest.title, newest.summary, outlet.link(newest))
    assert entry.id.endswith(newest.guid)
    assert datetime.fromtimestamp(timegm(entry.published_parsed), UTC) == newest.at


def test_a_json_feed_says_its_version_and_holds_the_same(server: FeedServer) -> None:
    outlet = outlet_that_writes("json")
    answer = httpx.get(server.url(outlet))
    newest = outlet.published(NOON)[-1]
    assert answer.headers["content-type"] == "application/feed+json"
    assert answer.json()["version"] == "https://jsonfeed.org/version/1.1"
    assert answer.json()["items"][0]["title"] == newest.title
    assert answer.json()["items"][0]["date_published"] == newest.at.isoformat()


def test_an_unchanged_feed_answers_304_to_its_etag(server: FeedServer) -> None:
    url = server.url(outlets()[0])
    first = httpx.get(url)
    second = httpx.get(url, headers={"If-None-Match": first.headers["etag"]})
    assert (second.status_code, second.content) == (304, b"")
    assert second.headers["etag"] == first.headers["etag"]


def test_an_item_appears_when_the_clock_reaches_it(server: FeedServer, clock: HandClock) -> None:
    outlet = outlets()[0]
    coming = next(item for item in outlet.items if item.at > NOON)
    first = httpx.get(server.url(outlet))
    clock.now = coming.at
    second = httpx.get(server.url(outlet), headers={"If-None-Match": first.headers["etag"]})
    assert coming.guid not in first.text
    assert second.status_code == 200
    assert coming.guid in second.text


def test_a_feed_holds_a_window_of_the_newest_items(server: FeedServer, clock: HandClock) -> None:
    clock.now = NOON + timedelta(days=30)
    outlet = outlet_that_writes("rss")
    feed = feedparser.parse(httpx.get(server.url(outlet)).content)
    newest_first = [item.title for item in reversed(outlet.items)]
    assert [entry.title for entry in feed.entries] == newest_first[:WINDOW]


def test_another_address_is_not_found(server: FeedServer) -> None:
    assert httpx.get(server.url(outlets()[0]) + "/more").status_code == 404
