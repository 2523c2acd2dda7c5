"""Text as the reading sees it: one normal form, and words with their places in it."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

_PLAIN = str.maketrans(
    {
        "\u00a0": " ",
        "\u2009": " ",
        "\u202f": " ",
        "\u2011": "-",
        "\u2019": "'",
        "\u02bc": "'",
        "\u0130": "I",  # its lower case is two characters: spans would drift
    }
)
_FANCY = re.compile("[" + "".join(map(chr, _PLAIN)) + "]")
WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?|\d+(?:[.,:']\d+| \d{3}(?!\d))*|[%€$£]")


def normalise(text: str) -> str:
    """NFC with plain spaces, hyphens and apostrophes. Decomposed text breaks words apart (La, a, nemaa)."""
    if text.isascii():
        return text
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    return text.translate(_PLAIN) if _FANCY.search(text) else text


def fold(text: str) -> str:
    """Lower case, character for character, so that a span in it is a span in the original."""
    return text.lower()


def words(folded: str) -> list[str]:
    """The words of a folded text, without their places."""
    return WORD.findall(folded)


class Token(NamedTuple):
    """A word or number: its folded form and its place in the text."""

    form: str
    start: int
    end: int

    @property
    def is_number(self) -> bool:
        return self.form[0].isdigit()


def tokens(folded: str, start: int = 0, end: int | None = None) -> list[Token]:
    """The tokens between two places of a folded text. Compounds with a hyphen come in their parts."""
    stop = len(folded) if end is None else end
    return [Token(m.group(), *m.span()) for m in WORD.finditer(folded, start, stop)]


_SHORTENED = frozenset(
    {"tūkst", "mln", "mlrd", "d", "val", "proc", "тыс", "млн", "млрд", "чел", "tys", "mio", "mrd", "tsd", "milj"}
)
"""Abbreviations whose full stop parts nothing: "17 tūkst. migrantų", "53 тыс. мигрантов"."""


def side_by_side(one: Token, other: Token) -> bool:
    """Whether nothing but a space, or the full stop of an abbreviation, stands between two neighbours."""
    return other.start - one.end <= (2 if one.form in _SHORTENED else 1)
