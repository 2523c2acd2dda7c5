"""The terms of one vocabulary, packed: all that a service holds of them between two texts.

A lexicon has some 5,000 patterns and 2,000 phrases, and a reader has nine lexicons. As dicts, tuples and objects of
Python they take 16 MB; in a trie and in rows of numbers, 2.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from marisa_trie import Trie

#: Stands behind a pattern without a star, and behind a word that is looked up: no word has it.
_END = "\n"

_GAP = -1

NOWHERE: frozenset[int] = frozenset()
"""The places of a word that stands in no term."""


class Numbering:
    """What may stand at one place of a term: `open|opens|*avata`. Numbered as they come.

    A term is kept as its places and not as all the rows of words that it stands for: "stops|stopped ... at|near
    1|2|…|31" is three places, and would be 124 rows.
    """

    def __init__(self) -> None:
        self._numbers: dict[int | tuple[int, ...], int] = {}  # of one pattern, as most are, or of several
        self.patterns: dict[str, int] = {}
        self.pairs = array("i")  # a pattern, and the number of a place that it stands at; and so on

    def number(self, patterns: frozenset[str]) -> int:
        """The number of a place; the same patterns always have the same.

        A pattern is exact, `ending*`, `*beginning`, `*both*` or `in*side`.
        """
        numbered = sorted(self.patterns.setdefault(_key(pattern), len(self.patterns)) for pattern in patterns)
        key = numbered[0] if len(numbered) == 1 else tuple(numbered)
        known = self._numbers.get(key)
        if known is None:
            known = self._numbers[key] = len(self._numbers)
            for pattern in numbered:
                self.pairs.extend((pattern, known))
        return known


def _key(pattern: str) -> str:
    """As it lies in the trie: what a word has to begin with. Patterns that open with a star keep their stars."""
    if "*" not in pattern:
        return pattern + _END
    return pattern[:-1] if pattern.index("*") == len(pattern) - 1 else pattern


class Places:
    """Tells which places a word fits."""

    def __init__(self, numbering: Numbering) -> None:
        self._suffix: dict[str, array[int]] = {}
        self._shapes: list[tuple[re.Pattern[str], array[int]]] = []
        wild: list[str] = []
        self._trie = Trie(key for key in numbering.patterns if "*" not in key)
        rows = Rows(_grouped(numbering.pairs))
        order = array("i", bytes(4 * len(self._trie)))
        for key, pattern in numbering.patterns.items():
            stars = key.count("*")
            if not stars:
                order[self._trie[key]] = pattern
            elif stars == 1 and key.startswith("*"):
                self._suffix[key[1:]] = rows[pattern]
            else:
                wild.append(".*".join(map(re.escape, key.split("*"))) + r"\Z")
                self._shapes.append((re.compile(wild[-1]), rows[pattern]))
        self._any_shape = re.compile("|".join(wild)) if wild else None
        self._rows = Rows(rows[pattern] for pattern in order)
        self._last = frozenset(ending[-1:] for ending in self._suffix)
        self._endings = sorted({len(ending) for ending in self._suffix})

    def of(self, word: str) -> frozenset[int]:
        """Numbers of all places that a folded word fits."""
        begun = [row for key, row in self._trie.iter_prefixes_with_ids(word + _END) if key]
        ended = word[-1:] in self._last
        shaped = self._any_shape is not None and self._any_shape.match(word) is not None
        if not begun and not ended and not shaped:
            return NOWHERE  # most words
        found: list[int] = []
        for row in begun:
            found.extend(self._rows[row])
        if ended:
            for length in self._endings:
                found.extend(self._suffix.get(word[-length:], ()))
        if shaped:
            for shape, numbers in self._shapes:
                if shape.match(word):
                    found.extend(numbers)
        return frozenset(found) if found else NOWHERE


def _grouped(pairs: Sequence[int]) -> Iterator[Sequence[int]]:
    """The numbers of each pattern, by its own number, in the order in which they came."""
    ordered = sorted(range(0, len(pairs), 2), key=pairs.__getitem__)
    for _, group in groupby(ordered, key=pairs.__getitem__):
        yield [pairs[at + 1] for at in group]


class Rows:
    """Rows of numbers, one behind the other."""

    def __init__(self, rows: Iterable[Iterable[int]]) -> None:
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
        self.later = bytearray()  # of each place: 1 where a phrase goes on with it
        self._starts = array("i")  # where each phrase begins in `_packed`
        self._packed = array("i")  # of each phrase: its concept, how many parts it has, the parts

    def add(self, concept: str, parts: Sequence[int | None], *, veto: bool) -> None:
        """One more phrase."""
        self._starts.append(len(self._packed))
        number = self.concepts.setdefault((concept, veto), len(self.concepts))
        for part in parts[1:]:
            if part is not None:
                self.later.extend(bytes(max(0, part + 1 - len(self.later))))
                self.later[part] = 1
        self._packed.extend((number, len(parts), *(_GAP if part is None else part for part in parts)))

    def by_place(self) -> Iterator[Sequence[int]]:
        """Of each place, from 0 on, the phrases that begin with it, in the order in which they came."""
        expected = 0
        for place, starts in groupby(sorted(self._starts, key=self._first), key=self._first):
            yield from ((),) * (place - expected)
            yield [number for start in starts for number in self._packed[start : start + 2 + self._packed[start + 1]]]
            expected = place + 1

    def _first(self, start: int) -> int:
        return self._packed[start + 2]


class Phrases:
    """The phrases by the place that they begin with; unpacked, once, where a word begins one."""

    def __init__(self, read: PhraseRows) -> None:
        self._concepts = tuple(read.concepts)
        self._rows = Rows(read.by_place())
        self._later = read.later
        self._unpacked: dict[int, tuple[Phrase, ...]] = {}

    def go_on_at(self, place: int) -> bool:
        """Whether a phrase has that place behind its first word."""
        return place < len(self._later) and bool(self._later[place])

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
