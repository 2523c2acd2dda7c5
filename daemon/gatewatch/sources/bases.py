"""Where relative links count from (`xml:base`), as feedparser has it."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urljoin
from xml.etree.ElementTree import Element

from gatewatch.sources.elements import Unsure
from gatewatch.sources.repair import usual_slashes

_BASE = "{http://www.w3.org/XML/1998/namespace}base"

Bases = Mapping[Element, str]


def bases_of(root: Element) -> Bases:
    """The base of each element where there is one. A base that is not set around its element holds for all that comes
    after it: feedparser goes back to the one before only where there was one."""
    bases: dict[Element, str] = {}
    _walk(root, "", bases)
    return bases


def _walk(element: Element, current: str, bases: dict[Element, str]) -> str:
    """Notes the bases in an element; gives the one that holds after it in the element around."""
    own = element.get(_BASE, element.get("base", ""))
    if own:
        current = joined(current, own)
        if not current.startswith(("http://", "https://")):
            raise Unsure("a base that is no address")
    if current:
        bases[element] = current
    inside = current
    for part in element:
        after = _walk(part, inside, bases)
        inside = current or after
    return inside


def joined(base: str, link: str) -> str:
    """A link made absolute, if there is a base; nothing if that can not be done."""
    link = usual_slashes(link)
    try:
        return urljoin(base, link) if base else link
    except ValueError:
        return ""
