"""HTML, escaped HTML and anything between, to plain text."""

from __future__ import annotations

import html
import re
import unicodedata

from selectolax.lexbor import LexborHTMLParser

from gatewatch.sources.markup_bounds import is_bounded

_BLOCK = re.compile(
    r"<(?=/?(?:p|div|br|li|ul|ol|h[1-6]|tr|table|blockquote|section|article|figure|figcaption|hr|dd|dt|pre)\b)",
    re.IGNORECASE,
)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_MARKUP = re.compile(r"</?[a-zA-Z]|<!--|&[#\w]+;")
_MARKED = re.compile(r"[<&]|\[CDATA\[")
_SILENT = ["script", "style", "noscript", "template", "iframe", "svg"]
_SILENT_TAG = re.compile(f"<(?:{'|'.join(_SILENT)})", re.IGNORECASE)
#: HTML parsers take time with the square of the depth: 40,000 open tags are six seconds.
_MOST_TAGS = 4_000
#: And with that of the attributes of a tag: 20,000 are a second. What is longer than this between two `<` is looked at.
_LONG_TAG = 4_000  # characters
#: Soft hyphens and zero-width spaces stand inside words and hide them from the reading.
_INVISIBLE = "\u00ad\u200b\u2060\ufeff\x00"


def title_text(raw: str, limit: int) -> str:
    """A title on one line. Publishers escape once too often: what is still markup is undone twice."""
    text = raw[: limit * 10]
    for _ in range(3):
        if not _MARKED.search(text):
            break
        text = html.unescape(_TAG.sub(_gap, _without_cdata(text)))
    return _cut(_tidy(" ".join(text.split())), limit)


def summary_text(raw: str, limit: int) -> str:
    """A summary or article: one line for each paragraph."""
    text = raw[: limit * 10]  # markup takes room; what lies behind that would be cut all the same
    for _ in range(3):
        text = _without_cdata(text)
        if not (("<" in text or "&" in text) and _MARKUP.search(text)):
            break
        text = _rendered(text)
    lines = (" ".join(line.split()) for line in _tidy(text).splitlines() if line)
    return _cut("\n".join(line for line in lines if line), limit)


def _gap(tag: re.Match[str]) -> str:
    return " " if _BLOCK.match(tag[0]) else ""


def _rendered(markup: str) -> str:
    """The text of an HTML fragment, a new line wherever a block begins or ends."""
    if len(markup) > 2 * _MOST_TAGS and markup.count("<") > _MOST_TAGS:
        markup = "<".join(markup.split("<", _MOST_TAGS + 1)[:-1])
    edged, blocks = _BLOCK.subn("\n<", markup.replace("\n", " ").replace("\r", " "))
    if blocks:
        markup = edged
    if _may_have_a_long_tag(markup) and not is_bounded(markup):
        return html.unescape(_TAG.sub(_gap, markup))
    tree = LexborHTMLParser(markup)
    if _SILENT_TAG.search(markup):
        tree.strip_tags(_SILENT)
    return tree.body.text() if tree.body else ""


def _may_have_a_long_tag(markup: str) -> bool:
    """A cheap look: a stretch of that length without `<` covers one of the halves that are looked at."""
    half = _LONG_TAG // 2
    return any(markup.find("<", start, start + half) < 0 for start in range(0, len(markup) - half, half))


def _without_cdata(text: str) -> str:
    """Liferay (raja.fi, valtioneuvosto.fi) escapes the CDATA mark itself: it survives the XML parser."""
    return text.replace("<![CDATA[", "").replace("]]>", "") if "[CDATA[" in text else text


def _tidy(text: str) -> str:
    for mark in _INVISIBLE:
        text = text.replace(mark, "")
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"
