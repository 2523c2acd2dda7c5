"""The language of a source, by its headlines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from gatewatch.model import Item, Source, Vocabulary
from gatewatch.reading.folding import fold, normalise, words
from gatewatch.reading.language import LanguageGuess
from gatewatch.reading.lexicon import Lexicon

_LOOKED_AT = 40  # headlines
_ENOUGH = 3  # headlines that speak clearly
_MOST = 0.7  # of these, in one language


class TitleLanguage:
    """Guesses among the languages that have a vocabulary; makes them ready only when first asked."""

    def __init__(self, vocabularies: Sequence[Vocabulary]) -> None:
        self._vocabularies = vocabularies
        self._known = [vocabulary.language for vocabulary in vocabularies]
        self._guess: LanguageGuess | None = None

    def of(self, items: Sequence[Item], source: Source) -> str | None:
        """The language of nearly all headlines, or None. A source that is said to be in a language without a
        vocabulary is not guessed at: Latvian would be taken for whatever it looks like most."""
        told = {source.language, *(item.language for item in items)} - {None}
        if len(items) < _ENOUGH or not told <= set(self._known):
            return None
        spoken = Counter(filter(None, (self._clearly(item.title) for item in items[-_LOOKED_AT:])))
        if spoken.total() < _ENOUGH:
            return None
        language, titles = spoken.most_common(1)[0]
        return language if titles >= _MOST * spoken.total() else None

    def _clearly(self, title: str) -> str | None:
        """The language of one headline, where no first guess could sway it."""
        if self._guess is None:
            lexicons = {each.language: Lexicon(each.concepts) for each in self._vocabularies}
            self._guess = LanguageGuess(self._vocabularies, lexicons)
        row = words(fold(normalise(title)))
        guesses = {self._guess.guess(row, prior) for prior in self._known}
        return guesses.pop() if len(guesses) == 1 else None
