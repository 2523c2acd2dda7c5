"""What a word is to a lexicon, and the phrases of several words that stand in a row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from gatewatch.reading.term_index import Phrase

LONGEST_GAP = 4
"""How many words a gap within a phrase may have."""

ByPlace = Mapping[int, tuple[Phrase, ...]]
NOTHING: ByPlace = {}

Shape = tuple[int, ...] | frozenset[int]
"""Numbers of places. A set takes 200 bytes at least and most words fit few, so only many are a set."""
FEW = 8


class Known(NamedTuple):
    """What a word is: the concepts that it has alone, and the phrases that it may begin.

    The phrases lie by the place of their second word, which follows at once (`next_word`) or within a gap
    (`within`): of some hundred phrases that begin with "not" two or three are tried.
    """

    concepts: tuple[str, ...]
    next_word: ByPlace
    within: ByPlace
    shape: Shape  # the places that it fits and where a phrase goes on


UNKNOWN = Known((), NOTHING, NOTHING, ())
"""A word that stands in no term."""


def phrases_in(row: Sequence[Known]) -> Iterator[tuple[int, Phrase, int]]:
    """The phrases that stand whole in a row of words: the first word of each, the phrase, its last word."""
    begin = [at for at, word in enumerate(row) if word.next_word or word.within]
    if begin:
        anywhere = set[int]().union(*(word.shape for word in row if word.shape))
        for at in begin:
            for phrase in _begun(row, at, anywhere):
                last = _rest(phrase.parts, 1, row, at + 1)
                if last is not None:
                    yield at, phrase, last


def holds_a_phrase(row: Sequence[Known]) -> bool:
    """Whether a phrase of several words stands in a row, be it one that forbids another."""
    return any(True for _ in phrases_in(row))


def _begun(row: Sequence[Known], at: int, anywhere: set[int]) -> list[Phrase]:
    """The phrases that a word begins and whose second word follows it, or stands in the row if there is a gap."""
    word = row[at]
    found: list[Phrase] = []
    if word.next_word and at + 1 < len(row):
        for number in _common(word.next_word, row[at + 1].shape):
            found += word.next_word[number]
    if word.within:
        for number in word.within.keys() & anywhere:
            found += word.within[number]
    return found


def _common(by_place: ByPlace, shape: Shape) -> Iterable[int]:
    """The places of both. A short row is gone through, of a set the smaller of the two."""
    if isinstance(shape, frozenset):
        return by_place.keys() & shape
    return [number for number in shape if number in by_place]


def _rest(parts: tuple[int | None, ...], part: int, row: Sequence[Known], at: int) -> int | None:
    if part == len(parts):
        return at - 1
    number, gap = parts[part], 0
    if number is None:
        part, gap = part + 1, LONGEST_GAP
        number = parts[part]
    for place in range(at, min(at + gap + 1, len(row))):
        if number in row[place].shape:
            last = _rest(parts, part + 1, row, place + 1)
            if last is not None:
                return last
    return None
