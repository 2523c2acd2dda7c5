"""HTML, escaped HTML and anything between, to plain text."""

from __future__ import annotations

import html
import re
import unicodedata
from itertools import islice

from selectolax.lexbor import LexborHTMLParser

_BLOCK = re.compile(
    r"</?(?:p|div|br|li|ul|ol|h[1-6]|tr|table|blockquote|section|article|figure|figcaption|hr|dd|dt|pre)\b",
    re.IGNORECASE,
)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_MARKUP = re.compile(r"</?[a-zA-Z]|<!--|&[#\w]+;")
_SILENT = ["script", "style", "noscript", "template", "iframe", "svg"]
#: HTML parsers take time with the square of the depth: 40,000 open tags are six seconds.
_MOST_TAGS = 4_000
#: Soft hyphens and zero-width spaces stand inside words and hide them from the reading.
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff\x00"))


def title_text(raw: str, limit: int) -> str:
    """A title on one line. Publishers escape once too often: what is still markup is undone twice."""
    text = raw
    for _ in range(3):
        text = html.unescape(_TAG.sub(_gap, _without_cdata(text)))
    return _cut(_tidy(" ".join(text.split())), limit)


def summary_text(raw: str, limit: int) -> str:
    """A summary or article: one line for each paragraph."""
    text = raw[: limit * 10]  # markup takes room; what lies behind that would be cut all the same
    for _ in range(3):
        text = _without_cdata(text)
        if not _MARKUP.search(text):
            break
        text = _rendered(text)
    lines = (" ".join(line.split()) for line in _tidy(text).splitlines())
    return _cut("\n".join(line for line in lines if line), limit)


def _gap(tag: re.Match[str]) -> str:
    return " " if _BLOCK.match(tag[0]) else ""


def _rendered(markup: str) -> str:
    """The text of an HTML fragment, a new line wherever a block begins or ends."""
    surplus = next(islice(re.finditer("<", markup), _MOST_TAGS, None), None)
    if surplus:
        markup = markup[: surplus.start()]
    if _BLOCK.search(markup):
        markup = _BLOCK.sub(r"\n\g<0>", " ".join(markup.split()))
    tree = LexborHTMLParser(markup)
    tree.strip_tags(_SILENT)
    return tree.body.text() if tree.body else ""


def _without_cdata(text: str) -> str:
    """Liferay (raja.fi, valtioneuvosto.fi) escapes the CDATA mark itself: it survives the XML parser."""
    return text.replace("<![CDATA[", "").replace("]]>", "") if "[CDATA[" in text else text


def _tidy(text: str) -> str:
    return unicodedata.normalize("NFC", text.translate(_INVISIBLE))


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"
