"""Bytes of a feed to text, whatever they claim to be."""

from __future__ import annotations

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([\w.:-]+)", re.IGNORECASE)
#: The declaration of a web page, which may stand behind kilobytes of scripts (miniflux 6eedf411).
_META = re.compile(rb"<meta\b[^<>]*?charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_META_WITHIN = 50_000  # bytes
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_ACCENTED_UTF8 = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}")
_CYRILLIC_RUN = re.compile(rb"[\xc0-\xff]{4}")
_XML_DECLARATION = re.compile(r"<\?xml[^>]*\?>\s*")
_BEFORE_XML = "\ufeff\u200b \t\r\n"
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
#: References to characters, but for the frequent ones that are known to be legal: &#228; and &#8217;.
_REFERENCE = re.compile(r"&#(?!\d{3};|8\d{3};)(?:[xX]([0-9a-fA-F]{1,8})|([0-9]{1,9}));", re.ASCII)


def decode(body: bytes, content_type: str | None) -> str:
    """The text of a document. Valid UTF-8 beats every declaration (miniflux)."""
    for mark, name in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    if body.startswith(b"<\x00"):
        return body.decode("utf-16-le", "replace")
    if body.startswith(b"\x00<"):
        return body.decode("utf-16-be", "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return body.decode(_guess(body, content_type), "replace")


def _guess(body: bytes, content_type: str | None) -> str:
    """The encoding of what is not valid UTF-8. The document is believed before the server, whose charset
    is often one default for everything."""
    declared = _DECLARED.search(body.lstrip()[:1024]) or _META.search(body[:_META_WITHIN])
    served = _CHARSET.search(content_type or "")
    names = [declared[1].decode("ascii", "ignore") if declared else "", served[1] if served else ""]
    for name in filter(None, map(_known, names)):
        if name != "utf-8":
            return name
    # One bad byte in UTF-8 costs that byte, not every letter (feedparser #421).
    whole = sum(map(len, _ACCENTED_UTF8.findall(body)))
    if whole > sum(byte >= 0x80 for byte in body) / 2:
        return "utf-8"
    # Nothing helpful is said: letters above ASCII come in runs in Russian and alone in Finnish.
    return "cp1251" if _CYRILLIC_RUN.search(body) else "cp1252"


def _known(name: str) -> str | None:
    """Python's name of a text encoding that can hold XML, or None. Latin-1 means Windows-1252 on the web."""
    try:
        known = codecs.lookup(name).name
        b"a".decode(known)
    except (LookupError, UnicodeError):
        return None
    return "cp1252" if known in ("iso8859-1", "ascii") else known


def bare_xml(text: str) -> str:
    """XML with nothing before the first tag, no declaration (which is stale once decoded) and no references to
    characters that XML forbids."""
    text = text.lstrip(_BEFORE_XML)
    text = _XML_DECLARATION.sub("", text, count=1) if text.startswith("<?xml") else text
    return _REFERENCE.sub(_legal_reference, text)


def clean_xml(text: str) -> str:
    """Bare XML that a strict parser need not refuse for its characters either."""
    return bare_xml(_ILLEGAL.sub("", text))


def _legal_reference(found: re.Match[str]) -> str:
    code = int(found[1], 16) if found[1] else int(found[2])
    legal = (
        code in (9, 10, 13) or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or 0x10000 <= code <= 0x10FFFF
    )
    return found[0] if legal else ""
