"""Which language a text is in: by its small words, with the source's language as a first guess."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gatewatch.model import Vocabulary
from gatewatch.reading.lexicon import Lexicon

PRIOR = 1.2
"""What the source's own language is worth, in small words that only one language has."""

WORD = 0.6
"""What a word of a language's own vocabulary is worth: short headlines have no small words."""

LETTER = 0.4
"""What a letter that few languages have is worth."""

_REMEMBERED = 20_000
"""Words of texts on borders, in all languages, that are weighed once; 3 MB. After that they are forgotten together."""


class LanguageGuess:
    """Weighs each small word by how few languages share it. Remembers what a word speaks for."""

    def __init__(self, vocabularies: Sequence[Vocabulary], lexicons: Mapping[str, Lexicon]) -> None:
        self._lexicons = lexicons
        homes: dict[str, list[str]] = {}
        for vocabulary in vocabularies:
            for word in vocabulary.common:
                homes.setdefault(word, []).append(vocabulary.language)
        self._homes: Mapping[str, Sequence[str]] = homes
        self._memo: dict[str, Mapping[str, float]] = {}
        self._seen: dict[tuple[tuple[str, float], ...], Mapping[str, float]] = {}  # most words weigh what others do

    def guess(self, words: Sequence[str], prior: str | None) -> str:
        """The likeliest language of a text's folded words; the prior, or the first known, where none tells."""
        score = dict.fromkeys(self._lexicons, 0.0)
        if prior in score:
            score[prior] += PRIOR
        for word in words:
            weights = self._memo.get(word)
            for language, weight in (self._speaks_for(word) if weights is None else weights).items():
                score[language] += weight
        if not score:
            return prior or "und"
        return max(score, key=lambda language: score[language])

    def _speaks_for(self, word: str) -> Mapping[str, float]:
        found = self._memo.get(word)
        if found is None:
            if len(self._memo) > _REMEMBERED:
                self._memo.clear()
            weights = self._weights(word)
            found = self._memo[word] = self._seen.setdefault(tuple(weights.items()), weights)
        return found

    def _weights(self, word: str) -> Mapping[str, float]:
        """What a word says for each language: its small words, its letters, its own vocabulary."""
        weights: dict[str, float] = {}
        homes = self._homes.get(word, ())
        for language in homes:
            weights[language] = weights.get(language, 0.0) + 1.0 / len(homes)
        for language, lexicon in self._lexicons.items():
            if lexicon.speaks(word):
                weights[language] = weights.get(language, 0.0) + WORD
            letters = sum(language in languages for letter, languages in LETTERS.items() if letter in word)
            if letters:
                weights[language] = weights.get(language, 0.0) + LETTER * letters
        return weights


LETTERS: Mapping[str, tuple[str, ...]] = {
    "õ": ("et",),
    "ü": ("et", "de"),
    "ß": ("de",),
    "ø": ("no",),
    "æ": ("no",),
    "å": ("sv", "no"),
    "ö": ("fi", "sv", "et", "de"),
    "ä": ("fi", "sv", "et", "de"),
    "ą": ("lt", "pl"),
    "ł": ("pl",),
    "ę": ("pl", "lt"),
    "ć": ("pl",),
    "ń": ("pl",),
    "ś": ("pl",),
    "ź": ("pl",),
    "ż": ("pl",),
    "ė": ("lt",),
    "ū": ("lv", "lt"),
    "į": ("lt",),
    "ų": ("lt",),
    "ā": ("lv",),
    "ē": ("lv",),
    "ī": ("lv",),
    "ļ": ("lv",),
    "ņ": ("lv",),
    "ķ": ("lv",),
    "ģ": ("lv",),
}
