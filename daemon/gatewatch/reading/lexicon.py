"""A vocabulary made ready: which concepts stand where in a row of tokens.

A word is looked up once and remembered, so that cost depends on the text and not on the number of terms.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from gatewatch.model import Concept
from gatewatch.reading.folding import Token
from gatewatch.reading.phrases import FEW, NOTHING, UNKNOWN, ByPlace, Known, Shape, phrases_in
from gatewatch.reading.term_index import Numbering, Phrase, PhraseRows, Phrases, Places
from gatewatch.reading.terms import places_of

REMEMBERED = 30_000
"""Words of each language that are looked up once: those of a day's news. After that they are forgotten together."""


class Hit(NamedTuple):
    """A concept found at tokens `first` to `last` (inclusive). `size` counts the words that matched."""

    concept: str
    first: int
    last: int
    size: int = 1


_Key = tuple[tuple[str, ...], tuple[int, ...], Shape]


class Lexicon:
    """Finds the concepts of one vocabulary.

    Within a concept a longer phrase hides a shorter one; with `longest_only` across concepts too, as
    "Raja-Jooseppi" hides "raja" among names.
    """

    def __init__(
        self, concepts: Mapping[str, Concept], *, longest_only: bool = False, remembered: int = REMEMBERED
    ) -> None:
        self._longest_only = longest_only
        self._remembered = remembered
        self._single: dict[int, tuple[tuple[str, bool], ...]] = {}
        numbering, phrases = Numbering(), PhraseRows()
        for concept in concepts.values():
            self._add(concept.name, concept.terms, numbering, phrases, veto=False)
            self._add(concept.name, concept.unless, numbering, phrases, veto=True)
        self._phrases = Phrases(phrases)
        self._places = Places(numbering)
        self._memo: dict[str, Known] = {}
        self._ways: dict[tuple[int, ...], tuple[ByPlace, ByPlace]] = {}
        self._alike: dict[_Key, Known] = {}  # most words are known for the same as another word of their term

    def _add(
        self, concept: str, terms: Iterable[str], numbering: Numbering, phrases: PhraseRows, *, veto: bool
    ) -> None:
        alone = ((concept, veto),)
        for term in terms:
            for parts in places_of(term):
                if None in (parts[0], parts[-1]):
                    raise ValueError(f"a term can't begin or end with a gap: {term!r}")
                numbers = tuple(None if p is None else numbering.number(p) for p in parts)
                first = numbers[0]
                if first is not None and len(numbers) == 1:
                    others = self._single.get(first)
                    self._single[first] = (*others, *alone) if others else alone
                elif first is not None:
                    phrases.add(concept, numbers, veto=veto)

    def of_word(self, word: str) -> Known:
        """The concepts that a word alone has, and the phrases that may start with it."""
        known = self._memo.get(word)
        if known is None:
            if len(self._memo) > self._remembered:
                self._memo.clear()
                self._alike.clear()
                self._ways.clear()
            places = self._places.of(word)
            if not places:
                self._memo[word] = UNKNOWN  # most words of most texts
                return UNKNOWN
            key = self._alone(places), self._begun(places), self._going_on(places)
            known = self._alike.get(key)
            if known is None:
                known = self._alike[key] = self._known(*key)
            self._memo[word] = known
        return known

    def known(self, words: Iterable[str]) -> list[Known]:
        """What each of these words is."""
        memo = self._memo
        return [memo.get(word) or self.of_word(word) for word in words]

    def _known(self, concepts: tuple[str, ...], begun: tuple[int, ...], shape: Shape) -> Known:
        if not (concepts or begun or shape):
            return UNKNOWN  # one object for all of them
        ways = self._ways.get(begun)
        if ways is None:
            ways = self._ways[begun] = self._ways_on(begun)
        return Known(concepts, *ways, shape)

    def _ways_on(self, begun: Iterable[int]) -> tuple[ByPlace, ByPlace]:
        """The phrases that begin with these places, by their second word: at once, and within a gap."""
        next_word: dict[int, list[Phrase]] = {}
        within: dict[int, list[Phrase]] = {}
        for number in begun:
            for phrase in self._phrases.begun_at(number):
                near, far = phrase.parts[1], phrase.parts[2] if len(phrase.parts) > 2 else None
                if near is not None:
                    next_word.setdefault(near, []).append(phrase)
                elif far is not None:
                    within.setdefault(far, []).append(phrase)
        return _packed(next_word), _packed(within)

    def _begun(self, places: Iterable[int]) -> tuple[int, ...]:
        return tuple(number for number in places if self._phrases.begun_at(number))

    def _going_on(self, places: Iterable[int]) -> Shape:
        found = tuple(number for number in places if self._phrases.go_on_at(number))
        return found if len(found) <= FEW else frozenset(found)

    def _alone(self, shape: Iterable[int]) -> tuple[str, ...]:
        yes: dict[str, None] = {}
        no: set[str] = set()
        for number in sorted(shape):
            for concept, veto in self._single.get(number, ()):
                if veto:
                    no.add(concept)
                else:
                    yes[concept] = None
        return tuple(concept for concept in yes if concept not in no)

    def speaks(self, word: str) -> bool:
        """Whether a word alone has a concept. Remembers nothing: who asks for each language remembers the answer."""
        known = self._memo.get(word)
        return bool(self._alone(self._places.of(word)) if known is None else known.concepts)

    def find(self, row: Sequence[Token]) -> list[Hit]:
        """All hits in a row of tokens, in order."""
        known = self.known([token.form for token in row])
        hits = [Hit(concept, at, at) for at, word in enumerate(known) for concept in word.concepts]
        longer = [(Hit(phrase.concept, at, last, phrase.size), phrase.veto) for at, phrase, last in phrases_in(known)]
        return _settled(hits, longer, longest_only=self._longest_only) if longer else hits


def _packed(by_place: Mapping[int, list[Phrase]]) -> ByPlace:
    return {place: tuple(phrases) for place, phrases in by_place.items()} if by_place else NOTHING


def _settled(single: list[Hit], longer: list[tuple[Hit, bool]], *, longest_only: bool) -> list[Hit]:
    """Vetoes and longer phrases applied."""
    vetoes: dict[str, list[Hit]] = {}
    for hit, veto in longer:
        if veto:
            vetoes.setdefault(hit.concept, []).append(hit)
    phrases = [hit for hit, veto in longer if not veto and not _inside_any(hit, vetoes.get(hit.concept))]
    hiding: dict[str, list[Hit]] = {}
    for hit in phrases:
        if hit.last - hit.first + 1 == hit.size:
            hiding.setdefault("" if longest_only else hit.concept, []).append(hit)
    kept = {
        hit
        for hit in (*single, *phrases)
        if not _hidden(hit, hiding.get("" if longest_only else hit.concept))
        and not _inside_any(hit, vetoes.get(hit.concept))
    }
    return sorted(kept, key=in_order)


def in_order(hit: Hit) -> tuple[int, int, str]:
    """By what hits are sorted: as they stand in the row."""
    return hit.first, hit.last, hit.concept


def _hidden(hit: Hit, others: list[Hit] | None) -> bool:
    """Whether it stands within a longer phrase."""
    return others is not None and any(other.size > hit.size and _within(hit, other) for other in others)


def _inside_any(hit: Hit, others: list[Hit] | None) -> bool:
    return others is not None and any(_within(hit, other) for other in others)


def _within(inner: Hit, outer: Hit) -> bool:
    return outer.first <= inner.first and inner.last <= outer.last
