"""Free words: what a user wrote in `any`, `all` and `none`, and where an item says it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from gatewatch.model import Item, Span
from gatewatch.rules.folding import STARRED_WORD, WORD, fold

REGEX = "re:"


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in order: folded, and a pattern over folded words where there is a star."""

    term: str
    words: tuple[str | re.Pattern[str], ...]

    def stands_at(self, words: Sequence[str], first: int) -> bool:
        """Whether the words of a text, from number `first` on, are this phrase."""
        if first < 0 or first + len(self.words) > len(words):
            return False
        return all(
            said.fullmatch(fold(word)) is not None if isinstance(said, re.Pattern) else said == fold(word)
            for said, word in zip(self.words, words[first:], strict=False)
        )


@dataclass(frozen=True, slots=True)
class _Anchor:
    """The word of a phrase by which it is looked up, and how many words of the phrase stand before it."""

    phrase: Phrase
    before: int


def phrase_of(term: str) -> Phrase:
    return Phrase(term, tuple(_word(word) for word in STARRED_WORD.findall(term)))


def _word(word: str) -> str | re.Pattern[str]:
    if "*" not in word:
        return fold(word)
    return re.compile(".*".join(re.escape(fold(part)) for part in word.split("*")), re.DOTALL)


def _start(word: str) -> str:
    """The letters of a rule's word that are certain: all, or those before its first star."""
    return fold(word.split("*")[0])


class Terms:
    """Every term of every rule in one structure: a text is gone through once, however many rules there are.

    A phrase is looked up by its most telling word: a plain word in a dict, a starred word by the letters
    before the star. What a word of news leads to is remembered, as news repeats its words.
    """

    def __init__(self, terms: Iterable[str]) -> None:
        self._regexes: dict[str, re.Pattern[str]] = {}
        self._plain: dict[str, list[_Anchor]] = defaultdict(list)
        self._starred: dict[str, list[tuple[re.Pattern[str], _Anchor]]] = defaultdict(list)
        for term in dict.fromkeys(terms):
            if term.startswith(REGEX):
                self._regexes[term] = re.compile(term.removeprefix(REGEX).strip(), re.IGNORECASE)
            else:
                self._add(term)
        self._lengths = sorted({len(start) for start in self._starred})
        self._anchors = lru_cache(maxsize=65_536)(self._look_up)

    def _add(self, term: str) -> None:
        phrase = phrase_of(term)
        starts = [_start(word) for word in STARRED_WORD.findall(term)]
        if not starts:
            return  # a term of signs alone is in no text
        before = max(range(len(starts)), key=lambda at: (isinstance(phrase.words[at], str), len(starts[at])))
        word = phrase.words[before]
        if isinstance(word, str):
            self._plain[word].append(_Anchor(phrase, before))
        else:
            self._starred[starts[before]].append((word, _Anchor(phrase, before)))

    def _look_up(self, word: str) -> tuple[_Anchor, ...]:
        folded = fold(word)
        starred = (
            anchor
            for length in self._lengths
            for pattern, anchor in self._starred.get(folded[:length], ())
            if length <= len(folded) and pattern.fullmatch(folded)
        )
        return (*self._plain.get(folded, ()), *starred)

    def found_in(self, item: Item) -> Found:
        """Where `item` says which terms. Regexes wait until a rule asks, as each costs a pass of its own."""
        spans: dict[str, Span] = {}
        for field, text in (("title", item.title), ("text", item.text)):
            words = WORD.findall(text)
            places: list[tuple[int, int]] = []  # of the words in the text; most texts never need them
            for at, anchors in enumerate(map(self._anchors, words)):
                for anchor in anchors:
                    phrase, first = anchor.phrase, at - anchor.before
                    if phrase.term not in spans and phrase.stands_at(words, first):
                        places = places or [word.span() for word in WORD.finditer(text)]
                        last = first + len(phrase.words) - 1
                        spans[phrase.term] = Span(field, places[first][0], places[last][1])
        return Found(item, spans, self._regexes)


@dataclass(frozen=True, slots=True)
class Found:
    """The first place of each term in one item."""

    item: Item
    spans: dict[str, Span]
    regexes: dict[str, re.Pattern[str]]

    def where(self, term: str) -> Span | None:
        if term not in self.regexes:
            return self.spans.get(term)
        for field, text in (("title", self.item.title), ("text", self.item.text)):
            for said in self.regexes[term].finditer(text):
                if said.end() > said.start():
                    return Span(field, *said.span())
        return None
