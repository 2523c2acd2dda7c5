"""The gate: an item without a word of the border is read no further."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gatewatch.model import Concept, Gazetteer, Vocabulary
from gatewatch.reading.folding import tokens
from gatewatch.reading.lexicon import Lexicon
from gatewatch.reading.phrases import holds_a_phrase

GATE = ("border", "crossing", "checks", "entry", "ban_entry", "asylum_seekers", "migrants", "irregular")
"""An item without a word of these, and without the name of a crossing, is read no further."""

REMEMBERED = 40_000
"""Words of all news, in all languages, of which it is known whether they open the gate; 5 MB."""


class Gate:
    """One look-up a word; only where the words of a phrase stand in a row is the text looked at again."""

    def __init__(self, vocabularies: Sequence[Vocabulary], gazetteer: Gazetteer) -> None:
        self._lexicon = Lexicon(_concepts(vocabularies, gazetteer), remembered=REMEMBERED)

    def opens(self, row: Iterable[str], folded: Iterable[str]) -> bool:
        """Whether the words of an item, which are those of its folded texts, may be about a border."""
        known = self._lexicon.known(row)
        if any(word.concepts for word in known):
            return True
        return holds_a_phrase(known) and any(self._lexicon.find(tokens(text)) for text in folded)


def _concepts(vocabularies: Sequence[Vocabulary], gazetteer: Gazetteer) -> dict[str, Concept]:
    found: dict[str, Concept] = {}
    for vocabulary in vocabularies:
        for name in GATE:
            concept = vocabulary.concepts.get(name)
            if concept is not None:
                found[f"{vocabulary.language}:{name}"] = concept
    for crossing in gazetteer.crossings:
        found[f"crossing:{crossing.country}:{crossing.name}"] = Concept(crossing.name, crossing.terms)
    for country in gazetteer.countries:
        for neighbour, terms in country.towards.items():
            found[f"towards:{country.code}:{neighbour}"] = Concept(neighbour, terms)
    return {name: Concept(name, concept.terms, concept.unless) for name, concept in found.items()}
