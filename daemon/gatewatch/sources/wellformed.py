"""Feeds that are well-formed and usual, at a tenth of what feedparser takes and with the same result.

Most feeds are of this kind. Whatever is not certain to come out as feedparser would have it (odd namespaces,
XHTML inside Atom, DOCTYPEs, relative bases) is refused here and read by `lenient`. The parser beneath is the same
expat that feedparser asks first, so that both agree on what is well-formed; entities of a DOCTYPE never get to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError, fromstring

from gatewatch.sources.bases import Bases, bases_of
from gatewatch.sources.elements import (
    Unsure,
    attributes,
    is_known,
    is_usual,
    language_of,
    looks_like_ours,
    meaning,
    standard_name,
    text_attributes,
    text_of,
)
from gatewatch.sources.raw import RawEntry, RawFeed
from gatewatch.sources.wellformed_entry import read_entry

#: The parsers below feedparser and below us set namespace and name apart with these.
_ODD_IN_A_NAMESPACE = re.compile(r"[\s&}]")
_NAMESPACE = re.compile(r"""xmlns(?::([^\s=]+))?\s*=\s*("[^"]*"|'[^']*')""")
#: Ten times what 5,000 full entries have; each takes a hundred bytes of memory.
_MOST_ELEMENTS = 300_000
_BASE = re.compile(r"""base\s*=\s*["']""")
#: A namespace tells feedparser the version, the first that is declared; where none does, an attribute does.
_VERSIONS = {
    "http://my.netscape.com/rdf/simple/0.9/": "RDF 0.9",
    "http://purl.org/rss/1.0/": "RDF 1.0",
    "http://www.w3.org/2005/atom": "Atom 1.0",
}
_RSS_VERSIONS = {"0.91": "RSS 0.91", "0.92": "RSS 0.92", "0.93": "RSS 0.93", "0.94": "RSS 0.94"}
_IN_A_PICTURE = {"title", "link", "description", "url", "href", "width", "height", "name"}


def read_wellformed(xml: str) -> RawFeed | None:
    """What feedparser would read in XML that begins with its first tag or declaration; None where that is unsure."""
    if "<!DOCTYPE" in xml or "<!ENTITY" in xml or _too_many_elements(xml):
        return None
    try:
        return _feed_of(xml)
    except (ParseError, ValueError, RecursionError, Unsure):
        return None


def _too_many_elements(xml: str) -> bool:
    """Before they are parsed: those that are closed, and those that nobody closes."""
    if len(xml) < 3 * _MOST_ELEMENTS:
        return False
    return xml.count("</") + xml.count("/>") > _MOST_ELEMENTS or xml.count("<") > 3 * _MOST_ELEMENTS


def _feed_of(xml: str) -> RawFeed:
    namespaces = list(_declared(xml))
    # As text, so that an encoding that the document declares and no longer has is passed over.
    root = fromstring(xml)
    strangers = {f"{{{name}" for prefix, name in namespaces if not prefix and not is_known(name)}
    if strangers and any(looks_like_ours(part.tag, strangers) for part in root.iter()):
        raise Unsure("an unknown namespace with usual names")
    versions = (_VERSIONS.get(name.lower(), "") for _, name in namespaces)
    return _feed(root, next(filter(None, versions), ""), bases_of(root) if _BASE.search(xml) else {})


def _declared(xml: str) -> Iterator[tuple[str, str]]:
    """Prefixes and namespaces in the order of the document: feedparser goes by both. Some may stand in a text."""
    for found in _NAMESPACE.finditer(xml):
        prefix, namespace = found[1] or "", found[2][1:-1]
        if _ODD_IN_A_NAMESPACE.search(namespace) or not is_usual(prefix, namespace):
            raise Unsure(found[0])
        yield prefix, namespace


def _feed(root: Element, version: str, bases: Bases) -> RawFeed:
    attributes(root)
    name, number = standard_name(root.tag), root.get("version", "")
    channel = _Channel(language_of(root, None), name != "rdf_rdf", bases)
    if name == "rss" and version in ("", "Atom 1.0"):
        version = _RSS_VERSIONS.get(number) or ("RSS 2.0" if number.startswith("2.") else "RSS")
        channel.read_root(root)
    elif name == "rdf_rdf" and version.startswith("RDF"):
        channel.read_root(root)
    elif name == "feed" and (version == "Atom 1.0" or (not version and number == "0.3")):
        version = version or "Atom 0.3"
        channel.read(root, language_of(root, None))
    else:
        raise Unsure(root.tag)
    return RawFeed(channel.entries, channel.title, version, channel.pace)


class _Channel:
    """What is gathered outside of entries. RDF does not lend the language of its root to the feed."""

    def __init__(self, language: str | None, lends: bool, bases: Bases) -> None:
        self._bases = bases
        self._inherited = language
        self._language = language if lends else None
        self._title: str | None = None
        self._titled = False
        self._summarised = False
        self._entries: list[tuple[Element, str | None]] = []
        self.pace: dict[str, str] = {}

    @property
    def title(self) -> str:
        return self._title or ""

    @property
    def entries(self) -> tuple[RawEntry, ...]:
        return tuple(
            read_entry(entry, inherited, self._language, self._bases) for entry, inherited in self._entries
        )

    def read_root(self, root: Element) -> None:
        """The parts of RSS and RDF: one channel, with the entries in it or beside it."""
        channels = 0
        for part in root:
            match meaning(part.tag):
                case "channel":
                    channels += 1
                    self.read(part, language_of(part, self._inherited))
                case "entry":
                    self._entries.append((part, self._inherited))
                case "picture" | "text input":
                    _picture(part)
                case "":
                    _ignorable(part)
                case other:
                    raise Unsure(other)
        if channels != 1:
            raise Unsure(f"{channels} channels")

    def read(self, channel: Element, inherited: str | None) -> None:
        """A channel, or the root of Atom, which is one."""
        attributes(channel, without={"lastmod", "href"})
        for part in channel:
            kind = meaning(part.tag)
            if kind == "entry":
                self._entries.append((part, inherited))
                self._titled = False
            elif not kind:
                _ignorable(part)
            elif kind in ("picture", "text input"):
                _picture(part)
                self._titled = False
            else:
                self._take(kind, part)

    def _take(self, kind: str, part: Element) -> None:
        text = text_of(part)
        match kind:
            case "title" if self._titled:
                text_attributes(part)  # the first counts, unless a title of something else came between
            case "title" if self._title is None:
                text_attributes(part)
                self._title, self._titled = text, bool(text)
            case "language":
                self._language = text
            case "ttl" | "sy_updateperiod" | "sy_updatefrequency":
                self.pace.pop(kind, None)
                if not part.attrib:
                    self.pace[kind] = text
            case "description" | "summary" if not self._summarised:
                text_attributes(part)
                self._summarised = kind == "summary"
            case "prose" | "link" | "guid" | "published" | "updated" | "created":
                pass
            case _:
                raise Unsure(kind)


def _picture(part: Element) -> None:
    """A channel's logo or search box: it has a title and a link of its own, which must not be taken for others'."""
    if any(len(inner) or standard_name(inner.tag) not in _IN_A_PICTURE for inner in part):
        raise Unsure("a picture with more in it")


def _ignorable(part: Element) -> None:
    """An element that says nothing to us; what lies in it must not either, since feedparser looks there as well."""
    if len(part) and any(meaning(inner.tag) for inner in part.iter()):
        raise Unsure(part.tag)
