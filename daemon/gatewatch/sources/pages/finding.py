"""Finding the list of news on a page that nobody has described.

News are links with headlines, alike in their place on the page. So: all links long enough for a headline are
grouped by their path of tags; for each group every level above the link is a guess at what a row is; and each
guess is weighed (weighing.py). The winner is named by a CSS selector (naming.py), so that what was found by itself
and what a person writes down are one thing. Deterministic: equal pages give equal lists.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from selectolax.lexbor import LexborNode

from gatewatch.sources.pages.naming import selector_for
from gatewatch.sources.pages.page import Page
from gatewatch.sources.pages.weighing import Scale

SHORTEST_HEADLINE = 20  # characters
FEWEST_ROWS = 3
_MOST_LINKS = 1_000
_DEEPEST = 60  # levels between a link and the body
_HIGHEST = 10  # levels above a link that may still be its row
_MOST_GUESSES = 60
#: Where no news stand, by what HTML itself says of the place.
_ELSEWHERE = frozenset(("nav", "footer", "dialog", "select", "noscript", "template", "head"))
_ROLES = frozenset(("navigation", "contentinfo", "dialog", "alertdialog", "banner", "search", "menu", "menubar"))
_HEADING = re.compile("h[1-6]")


@dataclass(frozen=True, slots=True)
class _Headline:
    """A link that may be a piece of news, with its ancestors from the body's child down to the link itself."""

    line: tuple[LexborNode, ...]
    kinds: tuple[str, ...]

    @property
    def path(self) -> tuple[str, ...]:
        """Tags down to the link. A first item with a larger heading is of the same list."""
        tags = (kind.partition(" ")[0] for kind in self.kinds)
        return tuple("h" if _HEADING.fullmatch(tag) else tag for tag in tags)


def find_list(page: Page, at: datetime) -> str | None:
    """The CSS selector of the rows of the page's list of news, or None where it has none."""
    scale = Scale(page, at)
    best: tuple[float, tuple[LexborNode, ...]] | None = None
    for rows in _guesses(page):
        weight = scale.weight(rows)
        # Strictly heavier: of equal guesses the first on the page stays, and of levels the highest.
        if weight is not None and (best is None or weight > best[0]):
            best = (weight, rows)
    return selector_for(page, best[1]) if best else None


def _guesses(page: Page) -> list[tuple[LexborNode, ...]]:
    """Every set of elements that may be the rows, the largest first."""
    groups: dict[tuple[str, ...], list[_Headline]] = {}
    for headline in _headlines(page):
        groups.setdefault(headline.path, []).append(headline)
    guesses = [rows for group in groups.values() for rows in _levels(group)]
    return sorted(guesses, key=len, reverse=True)[:_MOST_GUESSES]


def _headlines(page: Page) -> Iterator[_Headline]:
    host = _site(page.address)
    for link in page.tree.css("a[href]")[:_MOST_LINKS]:
        address = page.link(link.attributes.get("href"))
        if not address or _site(address) != host or len(" ".join(link.text().split())) < SHORTEST_HEADLINE:
            continue
        line = _line(link)
        if line:
            yield _Headline(line, tuple(map(_kind, line)))


def _line(link: LexborNode) -> tuple[LexborNode, ...]:
    """The elements from below the body down to the link; nothing where it stands among no news."""
    line: list[LexborNode] = []
    node: LexborNode | None = link
    while node is not None and node.tag != "body":
        if node.tag in _ELSEWHERE or node.attributes.get("role") in _ROLES or len(line) >= _DEEPEST:
            return ()
        line.append(node)
        node = node.parent
    return tuple(reversed(line)) if node is not None else ()


def _levels(group: list[_Headline]) -> Iterator[tuple[LexborNode, ...]]:
    """The rows that a group of headlines gives at each level, from the top; separate lists apart."""
    depth = len(group[0].line)
    for level in range(max(0, depth - _HIGHEST), depth):
        lists: dict[tuple[str, ...], dict[int, LexborNode]] = {}
        for headline in group:
            row = headline.line[level]
            lists.setdefault(headline.kinds[:level], {}).setdefault(row.mem_id, row)
        for rows in lists.values():
            if len(rows) >= FEWEST_ROWS:
                yield tuple(rows.values())


def _kind(node: LexborNode) -> str:
    """An element as its siblings of the same make look: numbers in a class tell the siblings apart."""
    classes = sorted((node.attributes.get("class") or "").split())
    return " ".join([node.tag or "", *(name for name in classes if not any(map(str.isdigit, name)))])


def _site(address: str) -> str:
    """The host without `www.`: a link to another site is no news of this one."""
    return (urlsplit(address).hostname or "").removeprefix("www.")
