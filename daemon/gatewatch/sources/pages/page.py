"""A page ready to be looked through: its tree, and what its links count from."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urldefrag

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from gatewatch.sources.encoding import decode
from gatewatch.sources.links import absolute_link
from gatewatch.sources.plaintext import summary_text

_META_CHARSET = re.compile(rb"<meta\b[^>]{0,200}?\bcharset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
#: Looked at for a charset. Browsers stop after 1,024 bytes, some sites do not (miniflux 6eedf411).
_HEAD = 50_000
#: A press page of 1 MB has 10,000 tags. More than this would hold up the other sources.
_MOST_TAGS = 100_000
#: HTML parsers take time with the square of the depth; browsers stop at 512.
_DEEPEST = 1_500
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)")
#: Elements that need no end tag, so that an open one says nothing of the depth.
_OPEN_ENDED = frozenset(
    (
        *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track"),
        *("wbr", "li", "p", "dt", "dd", "option", "tr", "td", "th"),
    )
)
_CELL = re.compile(r"</t[dh]\s*>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Page:
    """`address` is where the page came from in the end, `base` what its relative links count from."""

    tree: LexborHTMLParser
    address: str
    base: str

    def link(self, raw: str | None) -> str:
        """An address made absolute; nothing for `javascript:`, `mailto:` and the page itself.

        A link to a part of the page stays: on some sites it alone tells articles apart (FreshRSS #5329).
        """
        link = absolute_link(raw or "", self.base)
        page, fragment = urldefrag(link)
        return "" if page == urldefrag(self.address).url and not fragment else link


def open_page(body: bytes, document_url: str, content_type: str | None) -> Page | str:
    """The page, or why it can't be looked through."""
    text = decode(body, _served_as(body, content_type))
    if "<" not in text:
        return "not a page: there is no HTML in it"
    if (tags := text.count("<")) > _MOST_TAGS:
        return f"the page is too large to be looked through: {tags:,} tags"
    if _depth(text) > _DEEPEST:
        return "the page is nested too deeply to be looked through"
    tree = LexborHTMLParser(text)
    base = tree.css_first("base[href]")
    href = (base.attributes.get("href") if base else "") or ""
    return Page(tree, document_url, absolute_link(href, document_url) or document_url)


def complaint(selector: str) -> str | None:
    """What is wrong with a CSS selector, or None."""
    try:
        LexborHTMLParser("<p></p>").css(selector)
    except (SelectolaxError, ValueError):
        return f"`{selector}` is not a CSS selector that is understood"
    return None


def outermost(rows: Sequence[LexborNode]) -> list[LexborNode]:
    """The rows that stand in no other row: what does is a part of it, such as the share buttons of an item
    (`li` inside `li`). So no word of a page is read twice, however its elements are nested."""
    known = {row.mem_id for row in rows}
    return [row for row in rows if not stands_in(row.parent, known)]


def stands_in(node: LexborNode | None, elements: set[int]) -> bool:
    """Whether an element is one of `elements` (by mem_id) or lies in one of them."""
    while node is not None:
        if node.mem_id in elements:
            return True
        node = node.parent
    return False


def text_of(node: LexborNode, limit: int) -> str:
    """The words of an element on one line. `limit` is in characters."""
    return " ".join(lines_of(node, limit))


def lines_of(node: LexborNode, limit: int) -> list[str]:
    """The words of an element, one line for each block and cell."""
    return summary_text(_CELL.sub("<br>", (node.html or "")[: limit * 10]), limit).splitlines()


def _served_as(body: bytes, content_type: str | None) -> str | None:
    """The page's own word on its charset goes before the server's, whose is often one default for everything."""
    declared = _META_CHARSET.search(body[:_HEAD])
    if declared is None or declared[1].lower() in (b"utf-8", b"utf8"):
        return content_type
    return f"text/html; charset={declared[1].decode('ascii', 'ignore')}"


def _depth(text: str) -> int:
    """How many elements are open at once, at most. A guess from above: it knows no scripts and comments."""
    open_now: Counter[str] = Counter()
    depth = deepest = 0
    for end, name in _TAG.findall(text):
        if (name := name.lower()) in _OPEN_ENDED:
            continue
        if not end:
            open_now[name] += 1
            depth += 1
            deepest = max(deepest, depth)
        elif open_now[name]:
            open_now[name] -= 1
            depth -= 1
    return deepest
