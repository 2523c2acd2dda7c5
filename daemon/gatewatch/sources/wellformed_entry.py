"""One entry of a well-formed feed. The rules are feedparser's: which of two titles stands, what becomes of a second
summary, when a guid is a link. Where it has more rules than are written here, Unsure is raised."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import ClassVar
from xml.etree.ElementTree import Element

from gatewatch.sources.bases import Bases, joined
from gatewatch.sources.elements import Unsure, attributes, language_of, meaning, text_attributes, text_of
from gatewatch.sources.raw import RawEntry
from gatewatch.sources.repair import repaired

_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
_PAGES = {"html", "text/html", "xhtml", "application/xhtml+xml"}
_QUERY_ENTITY = re.compile("&([A-Za-z0-9_]+);")
_IN_A_SOURCE = {"", "title", "link", "guid", "published", "updated", "created", "prose"}
_NO_TITLE = -1


def read_entry(entry: Element, inherited: str | None, feed_language: str | None, bases: Bases) -> RawEntry:
    """`inherited` is the `xml:lang` of the elements around it, `feed_language` the feed's own word."""
    attributes(entry, without={"lastmod", "href"})
    reader = _Reader(entry.get(_ABOUT, ""), bases)
    reader.read(entry, language_of(entry, inherited), 0)
    return reader.result(feed_language)


class _Reader:
    def __init__(self, about: str, bases: Bases) -> None:
        self._bases = bases
        self._guid = about
        self._link: str | None = None
        self._link_is_guid: bool | None = None
        self._title = ""
        self._title_at: int | None = None
        self._titled_at = _NO_TITLE
        self._title_language: str | None = None
        self._summary: str | None = None
        self._summary_at: int | None = None
        self._contents: list[str] = []
        self._dates: dict[str, str] = {}
        self._language = ""
        self._publisher = ""

    def result(self, feed_language: str | None) -> RawEntry:
        dates = (self._dates.get(name) for name in ("published", "updated", "created"))
        return RawEntry(
            guid=self._guid.strip(),
            link=self._link or "",
            link_is_guid=bool(self._link_is_guid),
            title=self._title,
            texts=tuple(text for text in (self._summary, *self._contents) if text),
            dates=tuple(date for date in dates if date),
            language=self._language or self._title_language or feed_language,
            publisher=self._publisher,
        )

    def read(self, element: Element, language: str | None, depth: int) -> None:
        """Takes what stands in an element. Those without a meaning are looked into, since titles and descriptions
        lie in `media:group` and the like, and feedparser finds them there."""
        for part in element:
            kind = meaning(part.tag)
            if not kind:
                if len(part):
                    self.read(part, language_of(part, language), depth + 1)
            elif kind in self._NESTED:
                self._NESTED[kind](self, part, language_of(part, language), depth)
            elif depth == 0 and kind in self._TOP:
                self._TOP[kind](self, part)
            else:
                raise Unsure(kind)

    def _take_title(self, part: Element, language: str | None, depth: int) -> None:
        if self._enter_title(part, language, depth):
            self._titled_at = depth

    def _enter_title(self, part: Element, language: str | None, depth: int) -> str:
        """The first title counts, of one that lies deeper and one higher the higher."""
        text_attributes(part)
        text = text_of(part)
        if not _NO_TITLE < self._titled_at <= depth:
            self._title_language = language
            if self._title_at is None or depth <= self._title_at:
                self._title, self._title_at = text, depth
        return text

    def _take_media_title(self, part: Element, language: str | None, depth: int) -> None:
        self._enter_title(part, language, depth)

    def _take_summary(self, part: Element, language: str | None, depth: int) -> None:
        """The second of two is taken for the content, until there is one; then the last of the highest stands."""
        text_attributes(part)
        text = text_of(part)
        if self._summary is not None and not self._contents:
            self._contents.append(text)
        elif self._summary_at is None or depth <= self._summary_at:
            self._summary, self._summary_at = text, depth

    def _take_content(self, part: Element, language: str | None, depth: int) -> None:
        text_attributes(part)
        text = text_of(part)
        self._contents.append(text)
        if self._summary is None:
            self._summary = text

    def _take_prose(self, part: Element, language: str | None, depth: int) -> None:
        if len(part):
            raise Unsure("elements in text")

    def _take_pace(self, part: Element, language: str | None, depth: int) -> None:
        """Belongs to channels and means nothing in an entry."""
        self._take_prose(part, language, depth)

    def _take_link(self, part: Element) -> None:
        told = attributes(part, without={"url", "uri"})
        text = text_of(part)
        if "href" in told:
            kind = told.get("type", "application/atom+xml" if told.get("rel", "").lower() == "self" else "html")
            if told.get("rel", "alternate").lower() == "alternate" and kind.lower() in _PAGES:
                self._link = joined(self._bases.get(part, ""), told["href"])
            return
        # Addresses with `&name` in the query come to feedparser as entities.
        link = joined(self._bases.get(part, ""), (part.text or "").strip()) if text else ""
        self._link = _QUERY_ENTITY.sub(r"&\1", repaired(link).replace("&amp;", "&"))

    def _take_guid(self, part: Element) -> None:
        is_link = attributes(part).get("ispermalink", "true") == "true"
        text = text_of(part)
        self._guid = (
            repaired(joined(self._bases.get(part, ""), (part.text or "").strip())) if is_link and text else text
        )
        if self._link_is_guid is None:
            self._link_is_guid = is_link and self._link is None
        if is_link and self._link is None:
            self._link = self._guid

    def _take_date(self, part: Element) -> None:
        self._dates[meaning(part.tag)] = text_of(part)

    def _take_language(self, part: Element) -> None:
        self._language = text_of(part)

    def _take_picture(self, part: Element) -> None:
        if len(part):
            raise Unsure("a picture with parts in an entry")
        self._titled_at = _NO_TITLE

    def _take_source(self, part: Element) -> None:
        """RSS names the publisher in the element itself, Atom in a title within."""
        self._titled_at = _NO_TITLE
        self._publisher = text_of(part) if not len(part) else ""
        titles = [inner for inner in part if meaning(inner.tag) == "title"]
        kinds = [meaning(inner.tag) for inner in part.iter() if inner is not part]
        if len(titles) > 1 or kinds.count("title") > len(titles) or (kinds and (part.text or "").strip()):
            raise Unsure("a source that says more")
        if not _IN_A_SOURCE.issuperset(kinds):
            raise Unsure("a source with more in it")
        for title in titles:
            text_attributes(title)
            self._publisher = text_of(title)
            self._titled_at = 1 if self._publisher else _NO_TITLE

    _NESTED: ClassVar[dict[str, Callable[[_Reader, Element, str | None, int], None]]] = {
        "title": _take_title,
        "media title": _take_media_title,
        "description": _take_summary,
        "summary": _take_summary,
        "content": _take_content,
        "prose": _take_prose,
        "ttl": _take_pace,
        "sy_updateperiod": _take_pace,
        "sy_updatefrequency": _take_pace,
    }
    _TOP: ClassVar[dict[str, Callable[[_Reader, Element], None]]] = {
        "link": _take_link,
        "guid": _take_guid,
        "published": _take_date,
        "updated": _take_date,
        "created": _take_date,
        "language": _take_language,
        "picture": _take_picture,
        "source": _take_source,
    }
