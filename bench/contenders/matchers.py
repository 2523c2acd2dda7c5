"""What people would reach for first: one large regular expression, or a look-up of lemmas.

They only look for words: they tell neither what is closed, nor whether, nor when. So their speed is what a
reading may cost that does no more than that.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from gatewatch.model import Item, Source, Vocabulary
from gatewatch.reading.folding import fold, normalise

try:
    import simplemma
except ImportError:  # only this measurement wants it
    INSTALLED = False
else:
    INSTALLED = True

GAP = "..."
NORWEGIAN = {"no": "nb"}
"""simplemma's codes where they are others."""

Matcher = Callable[[Item, Source], int]


def terms_of(vocabularies: Iterable[Vocabulary]) -> list[str]:
    """Every term of every concept, folded, the longest first."""
    found = {fold(normalise(t)) for v in vocabularies for concept in v.concepts.values() for t in concept.terms}
    return sorted(found, key=lambda term: (-len(term), term))


def plain_re(vocabularies: Sequence[Vocabulary], folded: dict[str, str]) -> Matcher:
    """An alternation of all terms at word bounds, over texts that are folded beforehand (by item id)."""
    pattern = re.compile(rf"\b(?:{'|'.join(map(pattern_of, terms_of(vocabularies)))})\b")
    return lambda item, source: sum(1 for _ in pattern.finditer(folded[item.id]))


def pattern_of(term: str) -> str:
    """`sulke* ... raja|rajan` as a regular expression that means the same."""
    found = ""
    between = ""
    for piece in term.split():
        if piece == GAP:
            between = r"(?:\W+\w+){0,4}\W+"
            continue
        choices = (re.escape(one).replace(r"\*", r"\w*").replace(r"\-", r"\W+") for one in piece.split("|") if one)
        found += f"{between}(?:{'|'.join(choices)})"
        between = r"\W+"
    return found


def lemmas(vocabularies: Sequence[Vocabulary], folded: dict[str, str], language: str) -> Matcher | None:
    """simplemma's tokens, each as its lemma, looked up among the lemmas of the vocabulary. None: not installed."""
    if not INSTALLED:
        return None
    wanted = {v.language: lemmas_of(v) for v in vocabularies}

    def count(item: Item, source: Source) -> int:
        spoken = item.language or source.language or language
        code, words = NORWEGIAN.get(spoken, spoken), wanted.get(spoken, frozenset())
        tokens = simplemma.simple_tokenizer(folded[item.id])
        return sum(simplemma.lemmatize(token, lang=code) in words for token in tokens)

    return count


def lemmas_of(vocabulary: Vocabulary) -> frozenset[str]:
    code = NORWEGIAN.get(vocabulary.language, vocabulary.language)
    words = {word for term in terms_of([vocabulary]) for word in re.findall(r"[^\W\d_]+", term)}
    return frozenset(simplemma.lemmatize(word, lang=code) for word in words)
