"""The terms of one vocabulary, packed: all that a service holds of them between two texts.

A lexicon has some 5,000 patterns and 2,000 phrases, and a reader has nine lexicons. As dicts, tuples and objects of
Python they take 16 MB; in a trie and in rows of numbers, 2.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from marisa_trie import Trie

#: Stands behind a pattern without a star, and behind a word that is looked up: no word has it.
_END = "\n"

_GAP = -1


class Numbering:
    """What may stand at one place of a term: `open|opens|*avata`. Numbered as they come.

    A term is kept as its places and not as all the rows of words that it stands for: "stops|stopped ... at|near
    1|2|…|31" is three places, and would be 124 rows.
    """

    def __init__(self) -> None:
        self._numbers: dict[frozenset[str] | str, int] = {}
        self.patterns: dict[str, list[int]] = {}

    def number(self, patterns: frozenset[str]) -> int:
        """The number of a place; the same patterns always have the same.

        A pattern is exact, `ending*`, `*beginning`, `*both*` or `in*side`.
        """
        key = patterns if len(patterns) > 1 else next(iter(patterns), "")  # most are of one, and a set takes 200 bytes
        known = self._numbers.get(key)
        if known is None:
            known = self._numbers[key] = len(self._numbers)
            for pattern in patterns:
                self.patterns.setdefault(pattern, []).append(known)
        return known


class Places:
    """Tells which places a word fits."""

    def __init__(self, numbering: Numbering) -> None:
        starting: dict[str, list[int]] = {}
        self._suffix: dict[str, tuple[int, ...]] = {}
        self._shapes: list[tuple[re.Pattern[str], tuple[int, ...]]] = []
        for pattern, numbers in numbering.patterns.items():
            stars = pattern.count("*")
            if not stars:
                starting[pattern + _END] = numbers
            elif stars == 1 and pattern.endswith("*"):
                starting[pattern[:-1]] = numbers
            elif stars == 1 and pattern.startswith("*"):
                self._suffix[pattern[1:]] = tuple(numbers)
            else:
                shape = re.compile(".*".join(map(re.escape, pattern.split("*"))) + r"\Z")
                self._shapes.append((shape, tuple(numbers)))
        self._trie = Trie(starting)
        self._rows = Rows([starting[self._trie.restore_key(row)] for row in range(len(starting))])

    def of(self, word: str) -> frozenset[int]:
        """Numbers of all places that a folded word fits."""
        return frozenset(self._look_up(word))

    def _look_up(self, word: str) -> Iterator[int]:
        found = {len(key): row for key, row in self._trie.iter_prefixes_with_ids(word + _END)}
        exact = found.pop(len(word) + 1, None)
        if exact is not None:
            yield from self._rows[exact]
        for cut in range(1, len(word) + 1) if found or self._suffix else ():
            if cut in found:
                yield from self._rows[found[cut]]
            if self._suffix:
                yield from self._suffix.get(word[-cut:], ())
        for shape, numbers in self._shapes:
            if shape.match(word):
                yield from numbers


class Rows:
    """Rows of numbers, one behind the other."""

    def __init__(self, rows: Sequence[Sequence[int]]) -> None:
        self._starts = array("i", [0])
        self._numbers = array("i")
        for row in rows:
            self._numbers.extend(row)
            self._starts.append(len(self._numbers))

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __getitem__(self, row: int) -> array[int]:
        return self._numbers[self._starts[row] : self._starts[row + 1]]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A term of several words."""

    concept: str
    parts: tuple[int | None, ...]  # numbers of places; None is a gap
    veto: bool
    size: int  # words, without the gaps


class PhraseRows:
    """The phrases of a vocabulary while they are read."""

    def __init__(self) -> None:
        self.concepts: dict[tuple[str, bool], int] = {}
        self.rows: dict[int, list[int]] = {}

    def add(self, first: int, concept: str, parts: Sequence[int | None], *, veto: bool) -> None:
        """One more phrase, with the place that it begins with."""
        number = self.concepts.setdefault((concept, veto), len(self.concepts))
        packed = [_GAP if part is None else part for part in parts]
        self.rows.setdefault(first, []).extend((number, len(packed), *packed))


class Phrases:
    """The phrases by the place that they begin with; unpacked, once, where a word begins one."""

    def __init__(self, read: PhraseRows) -> None:
        self._concepts = tuple(read.concepts)
        self._rows = Rows([read.rows.get(first, ()) for first in range(max(read.rows, default=-1) + 1)])
        self._unpacked: dict[int, tuple[Phrase, ...]] = {}

    def begun_at(self, place: int) -> tuple[Phrase, ...]:
        """All that begin with a place, in the order of the vocabulary."""
        found = self._unpacked.get(place)
        if found is None:
            row = self._rows[place] if place < len(self._rows) else ()
            if not row:
                return ()
            found = self._unpacked[place] = tuple(self._unpack(row))
        return found

    def _unpack(self, row: Sequence[int]) -> Iterator[Phrase]:
        at = 0
        while at < len(row):
            concept, veto = self._concepts[row[at]]
            parts = row[at + 2 : at + 2 + row[at + 1]]
            at += 2 + len(parts)
            size = sum(part != _GAP for part in parts)
            yield Phrase(concept, tuple(None if part == _GAP else part for part in parts), veto, size)
