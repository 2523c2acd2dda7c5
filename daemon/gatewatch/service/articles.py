"""The articles behind headlines that matter: fetched few at a time, and never worth more than the headline.

An article that fails, is slow or is about something else costs nothing: its item is read as the feed gave it.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

from gatewatch.model import Document, Item, Outcome, Source
from gatewatch.service.logfmt import line
from gatewatch.sources.entries import SUMMARY_LIMIT
from gatewatch.sources.fulltext import extract, fits
from gatewatch.sources.links import canonical_link

log = logging.getLogger(__name__)

Ask = Callable[[Source, str], Awaitable[Document | None]]
"""Fetches one page, with the manners that its host is owed; None where it is not to be asked now."""

#: Addresses that only a browser can follow: the page behind them is the aggregator's own.
_OPAQUE_HOSTS = frozenset({"news.google.com"})
_NO_PAGES = (".pdf", ".jpg", ".jpeg", ".png", ".mp3", ".mp4", ".zip", ".doc", ".docx", ".xls", ".xlsx", ".xml")
_LEAD = 60  # letters and digits that tell whether a text has the summary in it


@dataclass(frozen=True, slots=True)
class ArticleLimits:
    """What the articles of one poll may cost: how many pages, and seconds for all of them together."""

    pages: int = 5
    seconds: float = 30.0


async def fetch_articles(
    ask: Ask, source: Source, items: Sequence[Item], limits: ArticleLimits | None = None
) -> dict[str, str]:
    """The text of each item's article, by item id; items are missing whose article can't be had or trusted.

    `items` are those that want one, oldest first; where they are too many, the newest get theirs. A page that
    several link to is asked for once. Pages are asked for one after the other. Never raises but when cancelled.
    """
    limits = limits or ArticleLimits()
    wanted: dict[str, list[Item]] = {}
    for item in reversed(items):
        if is_article_link(item.url, source):
            wanted.setdefault(canonical_link(item.url), []).append(item)
    texts: dict[str, str] = {}
    with suppress(TimeoutError):  # what has come by then is kept
        async with asyncio.timeout(limits.seconds):
            for sharing in list(wanted.values())[: limits.pages]:
                texts |= await _texts(ask, source, sharing)
    return texts


def is_article_link(url: str, source: Source) -> bool:
    """Whether an article may stand at this address: not a homepage, the source itself, a file, an opaque link."""
    link = canonical_link(url)
    if not link or link == canonical_link(source.url):
        return False
    parts = urlsplit(url)
    return parts.hostname not in _OPAQUE_HOSTS and not parts.path.lower().endswith(_NO_PAGES)


async def _texts(ask: Ask, source: Source, items: Sequence[Item]) -> dict[str, str]:
    """The texts of the items that share one page."""
    try:
        page = await ask(source, items[0].url)
        if page is None or page.outcome is not Outcome.OK or not is_article_link(page.url or items[0].url, source):
            return {}  # a link that leads to the homepage in the end is an article that is gone
        article = await asyncio.to_thread(extract, page.body, page.url, page.content_type)
    except Exception as fault:
        log.exception(line("article_fault", source=source.id, url=items[0].url, error=repr(fault)))
        return {}
    if article is None:
        return {}
    return {item.id: with_lead(item.summary, article.text) for item in items if fits(article, item.title, item.summary)}


def with_lead(summary: str, text: str) -> str:
    """The article, after the summary if that is not in it: the lead often stands apart and is lost, and an
    article must never tell less than the feed did."""
    lead = _letters(summary)[:_LEAD]
    joined = text if lead in _letters(text) else f"{summary}\n{text}"
    return joined[:SUMMARY_LIMIT]


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))
