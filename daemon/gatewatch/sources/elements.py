"""What the elements of a feed are, by feedparser's lights: it goes by the last part of a name and by the prefix that
is usual for its namespace, wherever the element stands and however its letters are written."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from xml.etree.ElementTree import Element

from gatewatch.sources.repair import repaired

_PREFIXES = {
    "http://blogs.law.harvard.edu/tech/rss": "",
    "http://purl.org/rss/1.0/": "",
    "http://my.netscape.com/rdf/simple/0.9/": "",
    "http://purl.org/atom/ns#": "",
    "http://www.w3.org/2005/atom": "",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://purl.org/rss/1.0/modules/syndication/": "sy",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "http://search.yahoo.com/mrss": "media",
    "http://search.yahoo.com/mrss/": "media",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
    "http://www.w3.org/1999/xhtml": "xhtml",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
}
#: Prefixes that mean something to feedparser even where they are bound to a namespace that it does not know; and
#: the beginning of a name of its own (`title_detail`), which such a prefix would forge.
_RESERVED = {*_PREFIXES.values(), "title"}

_MEANINGS = {
    "title": "title", "dc_title": "title", "media_title": "media title",
    "description": "description", "dc_description": "description", "media_description": "description",
    "summary": "summary", "itunes_summary": "summary",
    "content": "content", "content_encoded": "content",
    "link": "link",
    "guid": "guid", "id": "guid",
    "published": "published", "issued": "published", "pubdate": "published", "dcterms_issued": "published",
    "updated": "updated", "modified": "updated", "lastbuilddate": "updated", "dc_date": "updated",
    "dcterms_modified": "updated",
    "created": "created", "dcterms_created": "created",
    "language": "language", "dc_language": "language",
    "source": "source",
    "image": "picture", "textinput": "text input",
    "item": "entry", "entry": "entry",
    "channel": "channel",
    "ttl": "ttl", "sy_updateperiod": "sy_updateperiod", "sy_updatefrequency": "sy_updatefrequency",
    # Text whose markup must not be taken for elements of the feed.
    "subtitle": "prose", "tagline": "prose", "rights": "prose", "copyright": "prose", "info": "prose",
    "dc_rights": "prose", "itunes_subtitle": "prose", "feedburner_browserfriendly": "prose",
    # Rare, and treated by feedparser in ways of their own.
    "abstract": "odd", "body": "odd", "fullitem": "odd", "date": "odd", "feed": "odd", "rss": "odd", "rdf_rdf": "odd",
    "links": "odd", "authors": "odd", "contributors": "odd", "guidislink": "odd", "title_detail": "odd",
    "svg": "odd", "entries": "odd",
}  # fmt: skip

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
#: Attributes that change how feedparser reads an element, in whatever namespace they are.
_TELLING = {"lastmod", "href", "lang", "url", "uri", "rel", "type", "mode", "ispermalink", "version"}
_PLAIN = {"text", "plain", "html", "text/plain", "text/html"}


class Unsure(Exception):
    """Something that feedparser may see in another way."""


@lru_cache(maxsize=2_000)
def meaning(tag: str) -> str:
    """What an element is, by its name as ElementTree gives it (`{namespace}name`); nothing if it does not matter."""
    return _MEANINGS.get(standard_name(tag), "")


def looks_like_ours(tag: str, strangers: Collection[str]) -> bool:
    """Whether the last part of a name in one of these namespaces means something: feedparser goes by it alone where an
    unknown namespace has no prefix (WordPress's `<site xmlns="com-wordpress:feed-additions:1">` is harmless)."""
    namespace, _, name = tag.rpartition("}")
    return namespace in strangers and name.lower() in _MEANINGS


def standard_name(tag: str) -> str:
    """The name in small letters with the usual prefix (`dc_date`); nothing for namespaces that are not known."""
    namespace, _, name = tag.rpartition("}")
    prefix = _prefix(namespace[1:])
    if prefix is None:
        return ""
    return f"{prefix}_{name.lower()}" if prefix else name.lower()


def is_usual(prefix: str, namespace: str) -> bool:
    """Whether a prefix stands for a namespace such that feedparser takes its elements for what `meaning` says."""
    prefix, known = prefix.lower(), _prefix(namespace)
    return prefix in ("", known) or prefix not in _RESERVED


def is_known(namespace: str) -> bool:
    return _prefix(namespace) is not None


def _prefix(namespace: str) -> str | None:
    namespace = namespace.lower()
    if not namespace or "backend.userland.com/rss" in namespace:
        return ""
    return _PREFIXES.get(namespace)


def text_of(element: Element) -> str:
    """Its text as feedparser keeps it; raises Unsure if there are elements in it."""
    if len(element):
        raise Unsure(f"elements in {element.tag}")
    text = (element.text or "").strip()
    return text if text.isascii() else repaired(text)


def attributes(element: Element, without: Collection[str] = ()) -> dict[str, str]:
    """Its attributes in small letters; raises Unsure for those that are not to be there."""
    if not element.attrib:
        return {}
    found = {}
    for name, value in element.attrib.items():
        if name == _LANGUAGE:
            continue
        namespace, _, local = name.lower().rpartition("}")
        if local in without or (namespace and local in _TELLING):
            raise Unsure(name)
        found[local] = value
    return found


def text_attributes(element: Element) -> None:
    """Raises Unsure for text that is neither plain nor escaped HTML."""
    if element.attrib:
        found = attributes(element)
        if found.get("type", "text").lower() not in _PLAIN or found.get("mode") == "base64":
            raise Unsure(f"text of the type {found}")


def language_of(element: Element, inherited: str | None) -> str | None:
    """What `xml:lang` says of an element: its own, else that of the element around it."""
    if not element.attrib:
        return inherited
    own = element.get(_LANGUAGE, element.get("lang"))
    return inherited if own is None else own.replace("_", "-") or None
