"""Words as they are compared: without case, accents and invisible characters."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Marks belong to the letter before them: feeds in NFD write "Läänemaa" as a, U+0308. Soft hyphens, joiners
# and zero-width spaces come from content systems that break long Finnish and German words by themselves.
_UNSEEN = "\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff"
_LETTERS = rf"[^\W_]+[{_UNSEEN}]*"

WORD = re.compile(rf"(?:{_LETTERS})+")
"""One word: letters and digits. A hyphen parts words, so that "Shumilkino–Luhamaa" names both."""

STARRED_WORD = re.compile(rf"(?:{_LETTERS}|\*)+")
"""One word of a rule, in which `*` stands for any letters."""

# Letters that Unicode does not take apart: Wlodawa finds Włodawa, Tromso finds Tromsø, ISIK finds Işık.
_STROKES = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i"})
_HIDDEN = re.compile(rf"[{_UNSEEN}]")


@lru_cache(maxsize=65_536)
def fold(word: str) -> str:
    """The form in which words are equal: "Järvi", "JÄRVI" and "jarvi" all give "jarvi".

    Decomposed twice, because folding the case can compose anew (İ becomes i with a dot above).
    """
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", word).casefold())
    letters = "".join(letter for letter in folded if not unicodedata.combining(letter))
    return _HIDDEN.sub("", letters).translate(_STROKES)
