"""Which language a text is in: by its small words, with the source's language as a first guess."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gatewatch.model import Vocabulary

PRIOR = 1.2
"""What the source's own language is worth, in small words that only one language has."""

WORD = 0.6
"""What a word of a language's own vocabulary is worth."""


class LanguageGuess:
    """Weighs each small word by how few languages share it."""

    def __init__(self, vocabularies: Sequence[Vocabulary]) -> None:
        homes: dict[str, list[str]] = {}
        for vocabulary in vocabularies:
            for word in vocabulary.common:
                homes.setdefault(word, []).append(vocabulary.language)
        self._weights: Mapping[str, tuple[tuple[str, float], ...]] = {
            word: tuple((language, 1.0 / len(langs)) for language in langs) for word, langs in homes.items()
        }
        self._known = tuple(vocabulary.language for vocabulary in vocabularies)

    def guess(self, words: Sequence[str], prior: str | None, known: Mapping[str, int]) -> str:
        """The likeliest language of a text's folded words; the prior, or the first known, where none tells.

        `known` says how many of the words each language's vocabulary knows: short headlines have no small words.
        """
        score = dict.fromkeys(self._known, 0.0)
        if prior in score:
            score[prior] += PRIOR
        for language, number in known.items():
            score[language] += WORD * number
        for word in words:
            for language, weight in self._weights.get(word, ()):
                score[language] += weight
            for letter, languages in LETTERS.items():
                if letter in word:
                    for language in languages:
                        if language in score:
                            score[language] += 0.4
        if not score:
            return prior or "und"
        return max(score, key=lambda language: score[language])


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
    "ė": ("lt",),
    "ā": ("lv",),
    "ļ": ("lv",),
}
