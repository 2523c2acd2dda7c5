"""How a vocabulary writes a term, taken apart into what may stand at each of its places.

Terms are words or phrases; within a term `*` is any ending (or, in front, any beginning), `a|b` one of several words,
`...` a gap of some words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import product

from gatewatch.reading.folding import fold, normalise, words

GAP = "..."


def places_of(term: str) -> Iterable[tuple[frozenset[str] | None, ...]]:
    """The places of a term, None for a gap; more than once where a choice is of several words ("a-b|c")."""
    choices: list[list[tuple[frozenset[str] | None, ...]]] = []
    for piece in fold(normalise(term)).split():
        if piece == GAP:
            choices.append([(None,)])
            continue
        ones = [tuple(_pattern_words(one)) for one in piece.split("|") if one]
        single = frozenset(words_[0] for words_ in ones if len(words_) == 1)
        longer = [tuple(frozenset((word,)) for word in words_) for words_ in ones if len(words_) > 1]
        choices.append([*([(single,)] if single else []), *longer])
    for row in product(*choices):
        yield tuple(part for parts in row for part in parts)


def _pattern_words(piece: str) -> list[str]:
    """`raja-asem*` as its words, stars kept."""
    if piece.strip("*").isalpha():
        return [piece]  # most of them
    starred = piece.replace("*", "\u2217")
    found: list[str] = []
    for chunk in re.split(r"[^\w'\u2217%€$£]+", starred):
        if chunk:
            found.append(chunk.replace("\u2217", "*"))
    if any("*" not in word and words(word) != [word] for word in found):
        return words(piece)
    return found
