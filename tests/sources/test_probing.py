"""What one answer tells the person who runs Gatewatch, of a real server."""

from __future__ import annotations

import asyncio
import threading
import time
from dataclasses import replace
from datetime import UTC, datetime
from typing import cast

import pytest

from feed_server import Answer, FeedServer, Request
from gatewatch.model import (
    Document,
    Item,
    JsonLayout,
    Layout,
    ListLayout,
    Outcome,
    Source,
    SourceState,
    TableLayout,
)
from gatewatch.sources import trying
from gatewatch.sources.autodiscovery import linked_feeds
from gatewatch.sources.documents import Contents
from gatewatch.sources.http import Fetcher, Limits
from gatewatch.sources.probing import Probe, Verdict, probe
from gatewatch.sources.trying import AT_ONCE, Tried, try_sources

NOW = datetime(2026, 10, 1, 12, tzinfo=UTC)


def rss(*titles: str, day: str = "Wed, 30 Sep 2026 10:00:00 GMT", language: str = "") -> bytes:
    items = "".join(
        f"<item><title>{title}</title><guid>{title}</guid><link>https://a.example/{number}</link><pubDate>{day}</pubDate></item>"
        for number, title in enumerate(titles)
    )
    told = f"<language>{language}</language>" if language else ""
    return f'<rss version="2.0"><channel><title>Feed</title>{told}{items}</channel></rss>'.encode()


def page(head: str = "", body: str = "<p>News</p>") -> bytes:
    return f"<!doctype html><html><head><title>A page</title>{head}</head><body>{body}</body></html>".encode()


RSS_LINK = '<link rel="alternate" type="application/rss+xml" title="All &amp; more" href="/feed">'


def tried(*sources: Source) -> list[Tried]:
    async def ask() -> list[Tried]:
        async with Fetcher(limits=Limits(connect=2.0, read=2.0, total=3.0)) as fetcher:
            return await try_sources(sources, fetcher, lambda: NOW, pause=0.0)

    return asyncio.run(ask())


def probed(source: Source, guessed: str | None = None) -> Probe:
    [answer] = tried(source)
    return probe(answer.document, answer.contents, source, NOW, guessed)


@pytest.fixture
def source(feed_server: FeedServer) -> Source:
    return Source("a", feed_server.url("/rss"))


def test_a_feed_that_is_as_it_should_be_is_described(feed_server: FeedServer, source: Source) -> None:
    feed_server.answer("/rss", body=rss("One", "Two", language="fi-FI"))
    found = probed(source)
    assert (found.verdict, found.items, found.language, found.hints) == (Verdict.FINE, 2, "fi", ())
    assert found.newest == datetime(2026, 9, 30, 10, tzinfo=UTC)
    assert found.found.endswith("2 items, newest 2026-09-30, language fi")
    assert found.fine


@pytest.mark.parametrize(
    ("answer", "verdict", "told", "hint"),
    [
        (Answer(404), Verdict.GONE, "404", "new address"),
        (Answer(410), Verdict.GONE, "410", "new address"),
        (Answer(403), Verdict.BLOCKED, "403", "`contact`"),
        (Answer(401), Verdict.BLOCKED, "401", "name and password"),
        (Answer(429), Verdict.TOO_OFTEN, "429", "`every`"),
        (Answer(503), Verdict.FAILING, "503", "try again later"),
        (Answer(403, headers={"cf-mitigated": "challenge"}), Verdict.BLOCKED, "Cloudflare", "robots are kept out"),
        (Answer(200, page(body='<input type="password">')), Verdict.BLOCKED, "login page", "robots are kept out"),
        (Answer(200, b"busy, please limit requests"), Verdict.NOT_A_FEED, "not a feed", "in a browser"),
        (Answer(200, page()), Verdict.NOT_A_FEED, "HTML page", 'kind = "page"'),
        (Answer(200, b""), Verdict.UNREADABLE, "without a body", "in a browser"),
        (Answer(200, rss()), Verdict.EMPTY, "0 items", "new or seldom used"),
        (Answer(raw=b""), Verdict.UNREACHABLE, "", "Try again later"),
        (Answer(200, rss("A"), delay=5.0), Verdict.UNREACHABLE, "seconds", "Try again later"),
    ],
    ids=lambda value: value.value if isinstance(value, Verdict) else "",
)  # fmt: skip
def test_what_is_wrong_is_told_with_what_to_do(
    feed_server: FeedServer, source: Source, answer: Answer, verdict: Verdict, told: str, hint: str
) -> None:
    feed_server.answer("/rss", answer)
    found = probed(source)
    assert (found.verdict, found.fine) == (verdict, False)
    assert told in found.found
    assert hint in " ".join(found.hints)


def test_a_feed_whose_newest_item_is_two_months_old_may_be_frozen(feed_server: FeedServer, source: Source) -> None:
    feed_server.answer("/rss", body=rss("Old", day="Wed, 12 Aug 2026 10:00:00 GMT"))
    assert probed(source).verdict is Verdict.FINE
    feed_server.answer("/rss", body=rss("Old", day="Fri, 31 Jul 2026 10:00:00 GMT"))
    found = probed(source)
    assert found.verdict is Verdict.FROZEN
    assert "nothing new for 62 days" in found.hints[0]


def test_an_item_of_the_future_does_not_hide_that_a_feed_is_frozen(feed_server: FeedServer, source: Source) -> None:
    old, future = (rss("A", day=day) for day in ("Fri, 31 Jul 2026 10:00:00 GMT", "Tue, 19 Jan 2038 03:14:07 GMT"))
    both = old.replace(b"</channel></rss>", future[future.index(b"<item>") :].replace(b">A<", b">B<"))
    feed_server.answer("/rss", body=both)
    assert probed(source).verdict is Verdict.FROZEN


def test_a_page_in_the_place_of_a_feed_shows_the_feeds_it_names(feed_server: FeedServer, source: Source) -> None:
    feed_server.answer("/rss", body=page(RSS_LINK))
    found = probed(source)
    assert found.verdict is Verdict.NOT_A_FEED
    assert [(feed.url, feed.title) for feed in found.feeds] == [(feed_server.url("/feed"), "All & more")]
    assert "the page names a feed" in found.hints[0]


def test_a_front_page_with_a_form_to_log_in_still_shows_its_feeds(feed_server: FeedServer, source: Source) -> None:
    """What a poll takes for a login page, a person can see through."""
    feed_server.answer("/rss", body=page(RSS_LINK, '<form><input type="password"></form>'))
    assert [feed.url for feed in probed(source).feeds] == [feed_server.url("/feed")]


def test_a_permanent_redirect_is_told_with_the_new_address(feed_server: FeedServer, source: Source) -> None:
    feed_server.answer("/rss", Answer(301, headers={"Location": "/new"}))
    feed_server.answer("/new", body=rss("A"))
    found = probed(source)
    assert found.fine
    assert found.moved_to == feed_server.url("/new")
    assert f'it has moved for good: url = "{feed_server.url("/new")}"' in found.hints


def test_a_redirect_for_now_is_told_as_that(feed_server: FeedServer, source: Source) -> None:
    feed_server.answer("/rss", Answer(302, headers={"Location": "/new"}))
    feed_server.answer("/new", body=rss("A"))
    found = probed(source)
    assert (found.fine, found.moved_to) == (True, "")
    assert found.hints == (f"for now it is answered from {feed_server.url('/new')}",)


def test_a_host_that_nobody_listens_at_is_unreachable() -> None:
    assert probed(Source("a", "http://127.0.0.1:9/rss")).verdict is Verdict.UNREACHABLE


def test_a_language_other_than_that_of_the_config_is_told(feed_server: FeedServer) -> None:
    source = Source("a", feed_server.url("/rss"), language="fi")
    feed_server.answer("/rss", body=rss("A", language="ru"))
    assert probed(source).hints == ('it is in `ru`, config.toml says language = "fi"',)


def test_a_feed_that_is_wrong_about_its_own_language_is_not_believed(feed_server: FeedServer) -> None:
    """Many feeds say en-us because their software does."""
    source = Source("a", feed_server.url("/rss"), language="fi")
    feed_server.answer("/rss", body=rss("A", language="en-us"))
    found = probed(source, guessed="fi")
    assert found.hints == ()
    assert found.language == "fi"


PAGE = Source("a", "https://a.example/news", kind="page")
ANSWER = Document("a", NOW, Outcome.OK, url=PAGE.url, status=200, body=b"<html>")


def test_of_a_page_the_list_that_was_found_and_its_first_titles_are_told() -> None:
    items = tuple(Item(title, "a", title) for title in ("Third", "Second", "First"))
    found = probe(ANSWER, Contents(items, form="a list of 3 at `ul.news > li`, 0 dated"), PAGE, NOW)
    assert found.found == "a list of 3 at `ul.news > li`, 0 dated"
    assert found.titles == ("First", "Second")
    assert found.fine


@pytest.mark.parametrize(
    ("layout", "hint"),
    [
        (None, "describe its list: [source.list]"),
        (ListLayout(rows="li"), "compare the selectors"),
        (TableLayout(), "compare the selectors"),
        (JsonLayout(title="t"), "compare the paths of [source.json]"),
    ],
)
def test_a_page_whose_news_are_not_found_says_what_to_change(layout: Layout | None, hint: str) -> None:
    found = probe(ANSWER, Contents(problem="no list was found"), replace(PAGE, layout=layout), NOW)
    assert (found.verdict, found.found) == (Verdict.UNREADABLE, "no list was found")
    assert hint in found.hints[0]


def test_a_table_of_states_is_fine_without_items() -> None:
    """What has not changed yet is no news; the rows show that it was read."""
    found = probe(ANSWER, Contents(form="a table of 1 rows at `table`", rows={"Narva": "open"}), PAGE, NOW)
    assert (found.fine, found.found) == (True, "a table of 1 rows at `table`")


def test_an_outage_of_ours_is_not_theirs() -> None:
    lost = Document("a", NOW, Outcome.NETWORK_ERROR, detail="can not connect", our_outage=True)
    assert probe(lost, Contents(problem="can not connect"), PAGE, NOW).hints == ("this machine seems to be without network",)


def test_a_certificate_that_is_not_trusted_has_its_own_advice() -> None:
    refused = Document("a", NOW, Outcome.NETWORK_ERROR, detail="its certificate is not trusted: expired")
    assert "certificate has to be renewed" in probe(refused, Contents(problem="x"), PAGE, NOW).hints[0]


@pytest.mark.parametrize(
    "link",
    [
        '<link rel="alternate" type="application/atom+xml" href="/feed">',
        '<LINK REL="Alternate Home" TYPE="application/RSS+xml; charset=utf-8" HREF=" /feed ">',
        '<base href="/deep/"><link rel=alternate type=application/feed+json href="../feed">',
        '<link rel="alternate" type="application/rss+xml" href="/feed"><link rel="alternate" type="application/rss+xml" href="/feed">',
    ],
)
def test_a_feed_that_a_page_names_is_found(link: str) -> None:
    assert [feed.url for feed in linked_feeds(page(link), None, "https://a.example/x/y")] == ["https://a.example/feed"]


@pytest.mark.parametrize(
    "link",
    [
        '<link rel="stylesheet" type="text/css" href="/feed">',
        '<link rel="alternate" type="text/html" hreflang="sv" href="/sv">',
        '<link rel="alternate" type="application/rss+xml" href="">',
        '<link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">',
        '<link rel="alternate" type="application/rss+xml" href="file:///etc/passwd">',
    ],
)
def test_what_is_no_feed_is_not_taken_for_one(link: str) -> None:
    assert linked_feeds(page(link), None, "https://a.example/") == ()


class Busy:
    """Counts how many requests are under way at the same time, on each path and in all."""

    def __init__(self) -> None:
        self.now = 0
        self.most = 0
        self._lock = threading.Lock()

    def __call__(self, request: Request) -> Answer:
        with self._lock:
            self.now += 1
            self.most = max(self.most, self.now)
        time.sleep(0.03)
        with self._lock:
            self.now -= 1
        return Answer(200, rss("A"))


@pytest.fixture
def _of_a_stranger(monkeypatch: pytest.MonkeyPatch) -> None:
    """Our server counts as somebody else's: our own machines are asked without manners."""
    monkeypatch.setattr(trying, "host_of", lambda url: "news.example:443")


@pytest.mark.usefixtures("_of_a_stranger")
def test_of_one_host_only_one_source_is_asked_at_a_time(feed_server: FeedServer) -> None:
    busy = Busy()
    sources = [Source(str(number), feed_server.url(f"/{number}")) for number in range(6)]
    for number in range(6):
        feed_server.answer(f"/{number}", busy)
    answers = tried(*sources)
    assert [answer.source for answer in answers] == sources
    assert busy.most == 1


class Counting:
    """A fetcher that asks nobody and counts how often it is at it: twenty hosts do not fit on one machine."""

    def __init__(self) -> None:
        self.now = 0
        self.most = 0

    async def fetch(self, source: Source, state: SourceState | None, now: datetime) -> Document:
        self.now += 1
        self.most = max(self.most, self.now)
        await asyncio.sleep(0.01)
        self.now -= 1
        return Document(source.id, now, Outcome.OK, url=source.url, status=200, body=rss("A"))


def test_of_many_hosts_only_so_many_are_asked_at_a_time() -> None:
    counting = Counting()
    sources = [Source(str(number), f"https://host-{number}.example/") for number in range(20)]
    asyncio.run(try_sources(sources, cast(Fetcher, counting), lambda: NOW))
    assert counting.most == AT_ONCE


@pytest.mark.usefixtures("_of_a_stranger")
def test_there_is_a_pause_between_two_requests_to_one_host(feed_server: FeedServer) -> None:
    times: list[float] = []

    def noted(request: Request) -> Answer:
        times.append(time.monotonic())
        return Answer(200, rss("A"))

    feed_server.answer("/1", noted)
    feed_server.answer("/2", noted)

    async def ask() -> None:
        async with Fetcher("") as fetcher:
            sources = [Source("1", feed_server.url("/1")), Source("2", feed_server.url("/2"))]
            await try_sources(sources, fetcher, lambda: NOW, pause=0.3)

    asyncio.run(ask())
    assert times[1] - times[0] >= 0.3
