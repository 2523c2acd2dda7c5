"""What a sentence says of one country, in the small names that weights are learned for. See docs/learning.md.

Names of places are not among them, only what they do: "@C" is the country asked for, "@O" another one, "@X" a
crossing of the one, "@Y" of another. So what is learned of Storskog holds for Vaalimaa.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from gatewatch.reading.clauses import Sentence
from gatewatch.reading.lexicon import Hit
from gatewatch.reading.mentions import Mention

BLOCKS = ("words", "concepts", "place")
"""What is weighed each by itself: the words, the concepts found in them, and where the sentence stands."""

STEMS = (4, 6, 8)
"""Beginnings of a word that stand for it: "sulje", "suljet" of "suljetaan"; a language bends what follows."""
ENDING = 5
WHOLE = 6
"""Words up to so many letters stand for themselves in pairs; of longer ones, their first five."""
NEAR = 6
"""How many concepts behind another still go with it."""
LATER = 4
"""From which sentence on all are alike."""

_Part = str | Mention


class Traits(NamedTuple):
    """The names of each block."""

    words: frozenset[str]
    concepts: frozenset[str]
    place: frozenset[str]


class Said:
    """A sentence, ready to be asked of one country after another.

    `before` is what was found in the one before, `owners` whose border its clauses would be about.
    """

    def __init__(self, sentence: Sentence, before: Sequence[Hit], language: str, owners: Collection[str]) -> None:
        self.sentence = sentence
        self._owners = owners
        self._language = language
        self._row = _without_names(sentence)
        self._found = _in_order(sentence)
        self.countries = frozenset(m.country for m in sentence.mentions)
        plain = [part for part in self._row if isinstance(part, str)]
        self.words = frozenset(self._word_traits(plain)) | frozenset(self._pairs(None))
        told = frozenset(part for part in self._found if isinstance(part, str))
        self.concepts = told | frozenset(_go_together(self._found, None)) | {"p" + hit.concept for hit in before}

    def words_of(self, country: str) -> frozenset[str]:
        """What the words say besides, if that country is asked for."""
        names = frozenset(_role(part, country) for part in self._row if isinstance(part, Mention))
        return names | frozenset(self._pairs(country))

    def concepts_of(self, country: str) -> frozenset[str]:
        """What the concepts say besides, if that country is asked for."""
        names = frozenset(_concept_role(part, country) for part in self._found if isinstance(part, Mention))
        return names | frozenset(_go_together(self._found, country))

    def place_of(self, country: str, protagonist: str | None, home: str | None) -> frozenset[str]:
        """Where the sentence stands, and how the country stands in the text."""
        sentence = self.sentence
        told = {"title" if sentence.is_title else f"n{min(sentence.number, LATER)}"}
        told.add("here" if country in self.countries else "away")
        told |= {"others"} if self.countries - {country} else set()
        told |= {"nobody"} if not self.countries else set()
        told |= {"protagonist"} if country == protagonist else set()
        told |= {"home"} if country == home else set()
        told |= {"owner"} if country in self._owners else set()
        both = {f"{one}&{other}" for one in told for other in told if one < other}
        return frozenset(told | both | ({"asks"} if sentence.asks else set()))

    def of(self, country: str, protagonist: str | None, home: str | None) -> Traits:
        """All that is said, asked for one country."""
        return Traits(
            self.words | self.words_of(country),
            self.concepts | self.concepts_of(country),
            self.place_of(country, protagonist, home),
        )

    def forms(self, at: int) -> list[str]:
        """What the word at a token alone is weighed by; nothing for a name or a number."""
        form = self.sentence.row[at].form
        named = any(m.first <= at <= m.last for m in self.sentence.mentions)
        return [] if named or form[0].isdigit() else list(self._word_traits([form]))

    def _word_traits(self, words: Iterable[str]) -> Iterator[str]:
        for word in words:
            for form in _forms(word):
                yield form if form[0] == "@" else self._language + form

    def _pairs(self, country: str | None) -> Iterator[str]:
        """Words side by side, and with one between them. With a country: only those with a name."""
        row, language = self._row, self._language
        short = [_short(part) if isinstance(part, str) else None for part in row]
        for gap, tie in ((1, " "), (2, " . ")):
            for at in range(len(row) - gap):
                one, other = short[at], short[at + gap]
                if one is not None and other is not None:
                    if country is None:
                        yield f"{language}{one}{tie}{other}"
                elif country is not None:
                    first, second = row[at], row[at + gap]
                    yield (
                        f"{language}{one or _role(first, country)}{tie}{other or _role(second, country)}"
                    )


def _without_names(sentence: Sentence) -> list[_Part]:
    """The words of a sentence; each name as one part, each number as "@N"."""
    named: dict[int, Mention] = {}
    for mention in sentence.mentions:
        for at in range(mention.first, mention.last + 1):
            named.setdefault(at, mention)
    row: list[_Part] = []
    last: Mention | None = None
    for at, token in enumerate(sentence.row):
        here = named.get(at)
        if here is None:
            row.append("@N" if token.is_number else token.form)
        elif here is not last:
            row.append(here)
        last = here
    return row


def _in_order(sentence: Sentence) -> list[_Part]:
    """Concepts and names, by where they begin; a name before what is found in it."""
    found: list[tuple[int, int, _Part]] = [(h.first, 1, "=" + h.concept) for h in sentence.hits]
    found += [(m.first, 0, m) for m in sentence.mentions]
    return [part for _, _, part in sorted(found, key=lambda each: each[:2])]


def _go_together(found: Sequence[_Part], country: str | None) -> Iterator[str]:
    """Each concept with those right behind it. With a country: only those with a name."""
    for at, one in enumerate(found):
        for gap, other in enumerate(found[at + 1 : at + 1 + NEAR]):
            tie = ">" if gap == 0 else ">>"
            if isinstance(one, str) and isinstance(other, str):
                if country is None:
                    yield f"{one}{tie}{other}"
            elif country is not None:
                yield f"{_concept_role(one, country)}{tie}{_concept_role(other, country)}"


def _concept_role(part: _Part, country: str) -> str:
    if isinstance(part, str):
        return part
    own = part.country == country
    tag = ("@X" if own else "@Y") if part.crossing is not None else ("@C" if own else "@O")
    return tag + part.part.name[:2]


def _role(part: _Part, country: str) -> str:
    if isinstance(part, str):
        return part
    own = part.country == country
    if part.crossing is not None:
        return ("@X" if own else "@Y") + ("a" if part.adjective else "")
    return ("@C" if own else "@O") + part.part.name[:2] + ("a" if part.adjective else "")


def _forms(word: str) -> Iterator[str]:
    yield word
    if word[0] == "@":
        return
    for length in STEMS:
        if len(word) > length:
            yield word[:length] + "*"
    if len(word) > max(STEMS) - 1:
        yield "*" + word[-ENDING:]


def _short(word: str) -> str:
    return word if word[0] == "@" or len(word) <= WHOLE else word[: WHOLE - 1] + "*"
