"""What feedparser does to every text and link that it takes."""

from __future__ import annotations

import re
from contextlib import suppress

#: Letters of Windows-1252 among the control characters of Latin-1.
_WINDOWS = {code: bytes([code]).decode("cp1252", "replace") for code in range(0x80, 0xA0)}
_LETTERS = {code: letter for code, letter in _WINDOWS.items() if letter != "\ufffd"}
_MARKS = tuple(map(chr, _LETTERS))
_SLASHES = re.compile(r"^([A-Za-z][A-Za-z0-9+-.]*://)/*")


def repaired(text: str) -> str:
    """Text whose UTF-8 was taken for Latin-1 and encoded again, and text of Windows-1252, as they were meant."""
    if text.isascii():
        return text
    with suppress(UnicodeError):
        text = text.encode("iso-8859-1").decode("utf-8")
    # To look for each of them costs a fifth of what a pattern does.
    return text.translate(_LETTERS) if any(mark in text for mark in _MARKS) else text


def usual_slashes(link: str) -> str:
    """`http:///host` as `http://host`."""
    return _SLASHES.sub(r"\1", link) if ":///" in link else link
