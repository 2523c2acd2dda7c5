"""What a sentence says of one country, in the small names that weights are learned for. See docs/learning.md.

Names of places are not among them, only what they do: "@C" is the country asked for, "@O" another one, "@X" a
crossing of the one, "@Y" of another. So what is learned of Storskog holds for Vaalimaa.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from gatewatch.reading.clauses import Sentence
from gatewatch.reading.lexicon import Hit
from gatewatch.reading.mentions import Mention

BLOCKS = ("words", "concepts", "place")
"""What is weighed each by itself: the words, the concepts and names found in them, and where the sentence stands."""

NUMBER = "@N"
STEMS = (4, 6, 8)
"""Beginnings of a word that stand for it: "sulje", "suljet" of "suljetaan"; a language bends what follows."""
ENDING = 5
NEAR = 6
"""How many concepts behind another still go with it."""
LATER = 4
"""From which sentence on all are alike."""

Names = Sequence[str]


class Traits(NamedTuple):
    """The names of each block, each as often as it stands there."""

    words: Names
    concepts: Names
    place: Names


class _Named(NamedTuple):
    """A name of a place: what it is called where its country is asked for, and where another one is."""

    country: str
    own: str
    other: str

    def asked_for(self, country: str) -> str:
        return self.own if self.country == country else self.other


_Part = str | _Named


class Said:
    """A sentence, ready to be asked of one country after another.

    `before` is what was found in the one before.
    """

    def __init__(self, sentence: Sentence, before: Sequence[Hit], language: str) -> None:
        self.sentence = sentence
        self.language = language
        self.countries = frozenset(mention.country for mention in sentence.mentions)
        self._taken = {at for mention in sentence.mentions for at in range(mention.first, mention.last + 1)}
        self._names: list[_Named] = []
        self._pairs: list[tuple[_Part, str, _Part]] = []
        self.concepts = ["p" + hit.concept for hit in before]
        self._find(_in_order(sentence))

    def _find(self, found: Sequence[_Part]) -> None:
        """Each concept and name, and each with those right behind it; those with a name are told once it is asked."""
        for at, one in enumerate(found):
            plain = isinstance(one, str)
            if isinstance(one, str):
                self.concepts.append(one)
            else:
                self._names.append(one)
            tie = ">"
            for other in found[at + 1 : at + 1 + NEAR]:
                if plain and isinstance(other, str):
                    self.concepts.append(f"{one}{tie}{other}")
                else:
                    self._pairs.append((one, tie, other))
                tie = ">>"

    @property
    def words(self) -> Names:
        """Its words without names, each number as "@N"."""
        row, taken = self.sentence.row, self._taken
        return [NUMBER if token.is_number else token.form for at, token in enumerate(row) if at not in taken]

    def word(self, at: int) -> Names:
        """The word at a token; nothing for a name or a number."""
        token = self.sentence.row[at]
        return () if at in self._taken or token.is_number else (token.form,)

    def concepts_of(self, country: str) -> Names:
        """What the concepts and names say besides, if that country is asked for."""
        names = [name.asked_for(country) for name in self._names]
        return names + [f"{_called(one, country)}{tie}{_called(other, country)}" for one, tie, other in self._pairs]

    def place_of(self, country: str, protagonist: str | None, home: str | None) -> Names:
        """Where the sentence stands, and how the country stands in the text."""
        sentence, countries = self.sentence, self.countries
        here = country in countries
        return _with_pairs(
            "title" if sentence.is_title else f"n{min(sentence.number, LATER)}",
            "here" if here else "away",
            "nobody" if not countries else "others" if len(countries) > here else "",
            "protagonist" if country == protagonist else "",
            "home" if country == home else "",
            "asks" if sentence.asks else "",
        )

    def of(self, country: str, protagonist: str | None, home: str | None) -> Traits:
        """All that is said, asked for one country."""
        return Traits(
            [form for word in self.words for form in forms_of(word, self.language)],
            [*self.concepts, *self.concepts_of(country)],
            self.place_of(country, protagonist, home),
        )


def forms_of(word: str, language: str) -> Iterator[str]:
    """What a word is weighed by: itself, its beginnings, its ending."""
    if word == NUMBER:
        yield word
        return
    yield language + word
    for length in STEMS:
        if len(word) > length:
            yield f"{language}{word[:length]}*"
    if len(word) >= max(STEMS):
        yield f"{language}*{word[-ENDING:]}"


@lru_cache(maxsize=500)
def _with_pairs(*told: str) -> Names:
    """What is told of a place, and each two of it."""
    names = sorted(name for name in told if name)
    return (*names, *(f"{one}&{other}" for at, one in enumerate(names) for other in names[at + 1 :]))


def _in_order(sentence: Sentence) -> list[_Part]:
    """Concepts and names, by where they begin; a name before what is found in it."""
    found: list[tuple[int, int, _Part]] = [(hit.first, 1, "=" + hit.concept) for hit in sentence.hits]
    found += [(mention.first, 0, _named(mention)) for mention in sentence.mentions]
    return [part for _, _, part in sorted(found, key=_where)]


def _where(found: tuple[int, int, _Part]) -> tuple[int, int]:
    return found[:2]


def _named(mention: Mention) -> _Named:
    role = mention.part[:2] + ("a" if mention.adjective else "")
    own, other = ("@X", "@Y") if mention.crossing is not None else ("@C", "@O")
    return _Named(mention.country, own + role, other + role)


def _called(part: _Part, country: str) -> str:
    return part if isinstance(part, str) else part.asked_for(country)
