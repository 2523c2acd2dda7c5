"""An article's page to the article's own text, or to nothing: what is read here can wake somebody at night.

trafilatura finds the text. Before it, other headlines are cut out (`boilerplate`) and what parsers choke on is turned
away (`markup_bounds`); after it, the text must be about what the feed announced (`fits`).
"""

from __future__ import annotations

import codecs
import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from selectolax.lexbor import LexborHTMLParser

from gatewatch.sources.boilerplate import prune, without_offers
from gatewatch.sources.challenges import challenge_in_body, is_html
from gatewatch.sources.dates import parse_date
from gatewatch.sources.encoding import decode
from gatewatch.sources.entries import SUMMARY_LIMIT, TITLE_LIMIT
from gatewatch.sources.markup_bounds import LONGEST_PAGE, is_bounded, without_silent_parts
from gatewatch.sources.plaintext import summary_text, title_text
from gatewatch.sources.structured import Declared, declared

SHORTEST = 120  # characters; less is a stub or the words under a video
#: Left to trafilatura, which takes time with the square of the links in a paragraph (10,000: ten seconds).
_MOST_BLOCKS = 6_000
_INLINE = ["a", "span", "font", "em", "strong", "b", "i", "u", "mark", "small", "abbr", "cite", "header", "amp-timeago"]
_META_CHARSET = re.compile(rb"<meta\b[^>]{0,200}?charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_PARTS = ", ".join(
    f"article [{name}*='{part}' i]"
    for name in ("class", "id", "itemprop")
    for part in ("body", "content", "text", "story")
)
_LIVE = "[class*='liveblog' i], [class*='live-blog' i], [id*='liveblog' i], amp-live-list"
_DATES = "meta[property='article:published_time'], meta[itemprop='datePublished'], meta[name='DC.date.issued']"
_WORD = re.compile(r"\w{4,}")
_BEGINNING = 5  # letters; what a word keeps in most of its forms ("rajanylityspaikat", "rajanylityspaikkaa")


@dataclass(frozen=True, slots=True)
class Article:
    """`text` is the article without its headline, a line for each paragraph, at most 20,000 characters.

    `title` is the page's own headline, `published` what the page claims (UTC), `language` ISO 639-1.
    """

    text: str
    title: str = ""
    published: datetime | None = None
    language: str | None = None


def extract(body: bytes, url: str, content_type: str | None) -> Article | None:
    """The article of a page, or None where there is none or none that can be told from the rest.

    Never raises for what a page holds; takes under a second of one core whatever that is. Raises ImportError where
    trafilatura is not installed whole. Live blogs are None: they tell many things at once.
    """
    if len(body) > LONGEST_PAGE or not _is_page(body, content_type):
        return None
    _trafilatura()  # outside: where it can not be imported all pages would be without text, and nobody told
    try:
        return _article(decode(body, _charset(body) or content_type), url)
    except Exception:
        # Parsers let through what their parts raise (lxml's own, RecursionError); a page that breaks them has
        # no article for us, and the item is read from its headline.
        return None


def fits(article: Article, title: str, summary: str) -> bool:
    """Whether the text is about what the feed announced and tells more: soft 404s, consent walls and
    front pages in an article's place do not."""
    if len(article.text) <= len(summary):
        return False
    announced = _beginnings(f"{title} {summary}")
    shared = announced & _beginnings(article.text)
    return len(shared) >= max(2, len(announced) / 4)


def _is_page(body: bytes, content_type: str | None) -> bool:
    return ("html" in (content_type or "").lower() or is_html(body)) and not challenge_in_body(body, "page")


def _charset(body: bytes) -> str | None:
    """What the page declares, as a content type. It may stand far down (miniflux 6eedf411)."""
    found = _META_CHARSET.search(body[:20_000])
    try:
        return f"text/html; charset={codecs.lookup(found[1].decode('ascii')).name}" if found else None
    except (LookupError, UnicodeDecodeError):
        return None


def _article(markup: str, url: str) -> Article | None:
    says = declared(markup)
    markup = without_silent_parts(markup)
    if says.live or not is_bounded(markup):
        return None
    tree = LexborHTMLParser(markup)
    title, published, language = _title(tree), says.published or _published(tree), _language(tree, says)
    prune(tree)
    if tree.css_first(_LIVE) is not None:
        return None
    text = _agreed(_main_text(tree, title, url), without_offers(summary_text(says.body, SUMMARY_LIMIT)))
    text = summary_text(text, SUMMARY_LIMIT) if text else ""
    if len(text) < SHORTEST:
        return None
    return Article(text, title or title_text(says.headline, TITLE_LIMIT), published, language)


def _main_text(tree: LexborHTMLParser, title: str, url: str) -> str:
    """What trafilatura takes for the text, a paragraph a line, without the headline."""
    for heading in tree.css("h1"):
        heading.decompose()
    # Links and emphasis have said what they can. A <header> may hold the lead, which trafilatura would throw away,
    # and it would take an "article-body" for the whole article, which leaves the lead beside it out (Yle, NRK).
    tree.unwrap_tags(_INLINE)
    for node in tree.css(_PARTS):
        for name in ("class", "id", "itemprop"):
            if name in node.attributes:
                del node.attrs[name]
    if len(tree.css("body *")) > _MOST_BLOCKS or tree.html is None:
        return ""
    lines = (re.sub(r"\s*\|\s*", " ", line).strip(" -\t") for line in _trafilatura()(tree.html, url).splitlines())
    return without_offers("\n".join(line for line in lines if line and line != title))


@cache
def _trafilatura() -> Callable[[str, str], str]:
    """Imported with the first article: 7 MB that a service without full text does not pay for.

    Precision without fall-backs: those take other parts of the page when the first guess is short. Comments are
    other people's words. Duplicates are not looked for: that remembers earlier pages. No metadata: its search
    for a date is slow and guesses.
    """
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # a page without text is no warning

    def main_text(markup: str, url: str) -> str:
        found = trafilatura.bare_extraction(
            markup, url=url or None, fast=True, favor_precision=True, include_comments=False, include_tables=True
        )
        return getattr(found, "text", None) or ""

    return main_text


def _agreed(found: str, published: str) -> str:
    """The lines found on the page that the article published for machines has too, if that is most of it.

    The one shows paragraphs, the other has no neighbours: together they are surer than each alone.
    """
    if not published:
        return found
    whole = _letters(published)
    common = "\n".join(line for line in found.splitlines() if _letters(line) in whole)
    return common if len(common) * 2 >= len(published) else published


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _title(tree: LexborHTMLParser) -> str:
    heading = tree.css_first("h1")
    told = tree.css_first("meta[property='og:title']")
    named = tree.css_first("title")
    texts = (
        heading.text() if heading else "",
        (told.attributes.get("content") or "") if told else "",
        named.text() if named else "",
    )
    return next((title for text in texts if (title := title_text(text, TITLE_LIMIT))), "")


def _published(tree: LexborHTMLParser) -> datetime | None:
    moments = [parse_date(node.attributes.get("content")) for node in tree.css(_DATES)]
    moments += [parse_date(node.attributes.get("datetime")) for node in tree.css("article time, main time")[:1]]
    return next((moment for moment in moments if moment), None)


def _language(tree: LexborHTMLParser, says: Declared) -> str | None:
    root = tree.css_first("html")
    named = says.language or ((root.attributes.get("lang") or "") if root else "")
    code = re.split("[-_]", named.strip().lower())[0]
    return {"nb": "no", "nn": "no"}.get(code, code) if re.fullmatch("[a-z]{2}", code) else None


def _beginnings(text: str) -> set[str]:
    return {word[:_BEGINNING] for word in _WORD.findall(text.casefold())}
