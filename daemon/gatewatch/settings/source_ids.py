"""Ids for sources that come without one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from urllib.parse import urlsplit

_LONGEST = 40  # characters; ids stand in alerts, in rules and in tables of the terminal
#: Letters that Unicode does not take apart into a plain one and its accent.
_PLAIN = str.maketrans({"ø": "o", "æ": "ae", "ł": "l", "ß": "ss", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})


def source_id(title: str, url: str, taken: Collection[str]) -> str:
    """An id made from a title, or from the host where the title has no letters a-z; none of those `taken`."""
    made = _slug(title) or _slug((urlsplit(url).hostname or "").removeprefix("www.")) or "source"
    if made not in taken:
        return made
    number = 2
    while f"{made}-{number}" in taken:
        number += 1
    return f"{made}-{number}"


def _slug(words: str) -> str:
    plain = unicodedata.normalize("NFKD", words.casefold().translate(_PLAIN))
    letters = "".join(char for char in plain if not unicodedata.combining(char))
    if sum(char.isalpha() for char in letters) > 2 * len(re.findall("[a-z]", letters)):
        return ""  # mostly in another script: what is left of "Новости Yle" would name nothing
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:_LONGEST].rstrip("-")
