"""Fetching the articles of a poll: few, once each, and never at the cost of an item."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

import pytest

from feed_server import Answer, FeedServer
from gatewatch.model import Document, Item, Outcome, Source
from gatewatch.service import articles
from gatewatch.service.articles import ArticleLimits, fetch_articles, is_article_link, with_lead
from gatewatch.sources.fulltext import Article
from gatewatch.sources.http import Fetcher

NOW = datetime(2023, 11, 17, 12, tzinfo=UTC)
SOURCE = Source("news", "https://news.example/rss")
LEAD = "The government closes the Vaalimaa crossing."
MORE = "Lorries are sent to the north, the border guard said, and the order holds until the middle of February."
PAGE = (
    f"<!DOCTYPE html><html><body><article><h1>Vaalimaa</h1><p>{LEAD}</p><p>{MORE}</p></article></body></html>".encode()
)


def item(name: str, url: str | None = None, summary: str = LEAD) -> Item:
    link = f"https://news.example/a/{name}" if url is None else url
    return Item(name, "news", "Vaalimaa crossing closes", summary=summary, url=link)


class Site:
    """Stands in for the network: answers at once, or as told, and remembers what it was asked."""

    def __init__(self, answer: Callable[[str], Document | None] | None = None, delay: float = 0.0) -> None:
        self.asked: list[str] = []
        self.at_once = self.most_at_once = 0
        self._answer = answer or page_at
        self._delay = delay

    async def __call__(self, source: Source, url: str) -> Document | None:
        self.asked.append(url)
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        await asyncio.sleep(self._delay)
        self.at_once -= 1
        return self._answer(url)


def page_at(url: str, body: bytes = PAGE) -> Document:
    return Document("news", NOW, Outcome.OK, url=url, status=200, body=body, content_type="text/html")


def fetched(site: Site, items: Sequence[Item], limits: ArticleLimits | None = None) -> dict[str, str]:
    return asyncio.run(fetch_articles(site, SOURCE, items, limits))


def test_each_item_gets_the_text_of_its_article() -> None:
    texts = fetched(Site(), [item("1"), item("2")])
    assert texts == {"1": f"{LEAD}\n{MORE}", "2": f"{LEAD}\n{MORE}"}


def test_of_too_many_the_newest_get_theirs_one_at_a_time() -> None:
    site = Site()
    texts = fetched(site, [item(str(n)) for n in range(8)], ArticleLimits(pages=5))
    assert set(texts) == {"3", "4", "5", "6", "7"}
    assert site.most_at_once == 1


def test_a_page_that_several_items_link_to_is_asked_for_once() -> None:
    site = Site()
    texts = fetched(site, [item("1"), item("2", "https://www.news.example/a/1?utm_source=rss")])
    assert set(texts) == {"1", "2"}
    assert len(site.asked) == 1


@pytest.mark.parametrize(
    "url",
    [
        "",
        "https://news.example/",
        "https://news.example/?utm_source=rss",
        "https://news.example/rss",
        "https://news.google.com/rss/articles/CBMiX2h0dHBz",
        "https://news.example/report.PDF",
    ],
)
def test_links_that_lead_to_no_article_are_not_followed(url: str) -> None:
    site = Site()
    assert fetched(site, [item("1", url)]) == {}
    assert site.asked == []
    assert not is_article_link(url, SOURCE)


def test_a_link_that_ends_at_the_homepage_is_an_article_that_is_gone() -> None:
    assert fetched(Site(lambda url: page_at("https://news.example/")), [item("1")]) == {}


@pytest.mark.parametrize("outcome", [outcome for outcome in Outcome if outcome is not Outcome.OK])
def test_an_article_that_is_refused_costs_nothing(outcome: Outcome) -> None:
    def answer(url: str) -> Document:
        return page_at(url) if url.endswith("/1") else Document("news", NOW, outcome, url=url, body=PAGE)

    assert set(fetched(Site(answer), [item("1"), item("2")])) == {"1"}


def test_a_host_that_is_not_to_be_asked_now_costs_nothing() -> None:
    assert fetched(Site(lambda url: None), [item("1")]) == {}


def test_a_fault_in_one_fetch_leaves_the_others() -> None:
    def answer(url: str) -> Document:
        if url.endswith("/2"):
            raise RuntimeError("a bug")
        return page_at(url)

    assert set(fetched(Site(answer), [item("1"), item("2"), item("3")])) == {"1", "3"}


def test_what_has_come_when_time_is_up_is_kept() -> None:
    site = Site(delay=0.2)
    texts = fetched(site, [item(str(n)) for n in range(5)], ArticleLimits(seconds=0.5))
    assert 0 < len(texts) < 5
    assert "4" in texts


def test_a_stop_is_not_taken_for_a_failure() -> None:
    async def stopped() -> None:
        work = asyncio.create_task(fetch_articles(Site(delay=60), SOURCE, [item("1")]))
        await asyncio.sleep(0)
        work.cancel()
        await work

    with pytest.raises(asyncio.CancelledError):
        asyncio.run(stopped())


def test_an_article_on_something_else_is_not_taken() -> None:
    other = Item("1", "news", "Minister resigns over budget", url="https://news.example/a/1")
    assert fetched(Site(), [other]) == {}


def test_the_loop_goes_on_while_a_page_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Extraction waits here until the loop has moved, which it can't if it runs in the loop."""
    moved = threading.Event()

    def slow(body: bytes, url: str, content_type: str | None) -> Article:
        assert moved.wait(10)
        return Article(f"{LEAD}\n{MORE}")

    monkeypatch.setattr(articles, "extract", slow)

    async def both() -> dict[str, str]:
        work = asyncio.create_task(fetch_articles(Site(), SOURCE, [item("1")]))
        await asyncio.sleep(0.05)
        moved.set()
        return await work

    assert set(asyncio.run(both())) == {"1"}


def test_a_summary_that_the_article_leaves_out_stays_before_it() -> None:
    assert with_lead("Vaalimaa closes.", "Lorries go north.") == "Vaalimaa closes.\nLorries go north."
    assert with_lead("Lorries go  north", "Lorries go north. And so on.") == "Lorries go north. And so on."
    assert with_lead("", "Lorries go north.") == "Lorries go north."


def test_over_http_a_broken_article_leaves_the_good_one() -> None:
    async def over_http(site: FeedServer) -> dict[str, str]:
        source = Source("news", site.url("/rss"))
        async with Fetcher() as fetcher:

            async def ask(source: Source, url: str) -> Document:
                return await fetcher.article(source, url, NOW)

            items = [item(name, site.url(f"/{name}")) for name in ("good", "gone", "reset")]
            return await fetch_articles(ask, source, items)

    with FeedServer() as site:
        site.answer("/good", body=PAGE, headers={"Content-Type": "text/html"})
        site.answer("/reset", Answer(body=PAGE, headers={"Content-Length": "99999"}, reset=True))
        assert asyncio.run(over_http(site)) == {"good": f"{LEAD}\n{MORE}"}
        assert len(site.asked("/gone")) == len(site.asked("/reset")) == 1
