"""How much a set of rows looks like the list of news of its page."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from selectolax.lexbor import LexborNode

from gatewatch.model import ListLayout
from gatewatch.sources.entries import Entry
from gatewatch.sources.pages.page import Page, stands_in
from gatewatch.sources.pages.rows import read_row

_LOOKED_AT = 16  # rows; a list of hundreds shows what it is in its first
_LONGEST_ROW = 6_000  # characters; more is a part of a page, not a piece of news in a list
#: Words that designers put into class and id of what is no list of news.
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:nav|navi|navbar|navigation|(?:main|sub|side|top|mega)?menu|breadcrumbs?|pager|pagination|footer|"
    r"cookies?|consent|share|sharing|social|lang|languages?|language-switcher|related|sitemap|skip|toolbar|sidebar|"
    r"popular|most-read|mest-lest|promo|banner)(?:$|[\s_-])",
    re.IGNORECASE,
)
#: What body and wrappers are called because of what they hold: `has-sidebar`, `page-with-menu`.
_HOLDS = re.compile(r"(?:^|[\s_-])(?:has|with|no|not|without)[_-][\w-]+", re.IGNORECASE)
_PROSE = 100  # characters of a paragraph that tells something
_HEADED = "h1, h2, h3, h4, h5, h6"
_LEAST = 3.0  # points
#: Share of rows that have to bear a sign before the list is believed.
_MOST = 0.6


@dataclass(frozen=True, slots=True)
class _Signs:
    """Shares from 0 to 1 of the rows that bear each sign."""

    dated: float
    headlines: float
    articles: float
    below: float
    headings: float
    told: float


class Scale:
    """Weighs the guesses for one page. Remembers the rows that it has read: guesses share them."""

    def __init__(self, page: Page, at: datetime) -> None:
        self._page = page
        self._at = at
        self._read: dict[int, Entry | None] = {}
        self._own = re.sub(r"(?:/index)?\.\w+$|/$", "", urlsplit(page.address).path).lower()
        self._prose = [(node, len(node.text())) for node in page.tree.css("p") if len(node.text()) >= _PROSE][:500]

    def weight(self, rows: Sequence[LexborNode]) -> float | None:
        """None for rows that are no list of news; the more, the better else."""
        entries = [entry for row in rows[:_LOOKED_AT] if (entry := self._entry(row)) and entry.title and entry.link]
        if len(entries) < min(3, len(rows)) or len({entry.link for entry in entries}) < 3:
            return None
        signs = self._signs(rows[:_LOOKED_AT], entries)
        if not _believable(signs) or (signs.below < 0.5 and self._beside_an_article(rows, entries)):
            return None
        points = 4 * signs.dated + 2 * signs.below + 1.5 * (signs.headlines + signs.articles + signs.headings)
        points += signs.told + 0.5 * math.log2(len(rows))
        points -= 6 if _is_furniture(rows[0]) else 0
        points -= 4 * (1 - len(entries) / len(rows[:_LOOKED_AT]))
        return points if points > _LEAST else None

    def _entry(self, row: LexborNode) -> Entry | None:
        if row.mem_id not in self._read:
            short = len(row.text()) <= _LONGEST_ROW
            self._read[row.mem_id] = read_row(row, self._page, ListLayout(), self._at) if short else None
        return self._read[row.mem_id]

    def _signs(self, rows: Sequence[LexborNode], entries: Sequence[Entry]) -> _Signs:
        def share(count: int) -> float:
            return count / len(entries)

        return _Signs(
            dated=share(sum(entry.published is not None for entry in entries)),
            headlines=share(sum(_is_headline(entry.title) for entry in entries)),
            articles=share(sum(_is_article(entry.link) for entry in entries)),
            below=share(sum(self._is_below(entry.link) for entry in entries)),
            headings=min(1.0, share(sum(row.css_first(_HEADED) is not None for row in rows))),
            told=share(sum(len(entry.summary) >= 40 for entry in entries)),
        )

    def _is_below(self, link: str) -> bool:
        """Whether the link lies below the page's own address, as articles lie below their list."""
        return bool(self._own) and urlsplit(link).path.lower().startswith(f"{self._own}/")

    def _beside_an_article(self, rows: Sequence[LexborNode], entries: Sequence[Entry]) -> bool:
        """Whether the page tells more outside the rows than in them: then they are links beside an article."""
        inside = {row.mem_id for row in rows}
        outside = [size for node, size in self._prose if not stands_in(node, inside)]
        listed = sum(len(entry.title) + len(entry.summary) for entry in entries)
        return len(outside) >= 3 and sum(outside) > listed


def _believable(signs: _Signs) -> bool:
    """Dates make a list of news; without them headlines have to lead to what can only be articles."""
    return signs.dated >= _MOST or (signs.headlines >= _MOST and signs.articles >= _MOST)


def _is_headline(title: str) -> bool:
    """A sentence rather than a name: Finnish and Estonian say one in five words."""
    return len(title) >= 30 and len(title.split()) >= 4


def _is_article(link: str) -> bool:
    """An address with a number of its own, or with a sentence for its last part."""
    last = urlsplit(link).path.rstrip("/").rpartition("/")[2]
    return bool(re.search(r"\d{4,}", last)) or len(re.findall(r"[^\W_]+", last)) >= 4


def _is_furniture(row: LexborNode) -> bool:
    node: LexborNode | None = row
    while node is not None and node.tag not in ("body", "main", "html"):
        if node.tag == "aside":
            return True
        named = f"{node.attributes.get('class') or ''} {node.attributes.get('id') or ''}"
        if _FURNITURE.search(_HOLDS.sub(" ", named)):
            return True
        node = node.parent
    return False
