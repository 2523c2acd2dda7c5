"""Labelled texts as questions: does this sentence tell that of this country?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from gatewatch.cli.labels import Labelled
from gatewatch.model import Count, Event
from gatewatch.reading import Reader
from gatewatch.reading.candidates import Told
from gatewatch.reading.clauses import Sentence
from gatewatch.reading.traits import Said, Traits
from gatewatch.reading.weights import KINDS

BACKGROUND = KINDS.index("background")


@dataclass(frozen=True)
class Text:
    """A labelled text in which the rules found words of a border."""

    id: str
    language: str
    told: Told
    said: Sequence[Said]
    labels: Sequence[Event]
    counted: Sequence[Count]
    counts: float = 1.0  # how much it counts where the rules are judged

    @property
    def news(self) -> set[tuple[str, str]]:
        return {(event.country, event.type) for event in self.labels if not event.background}


@dataclass(frozen=True)
class Question:
    """A sentence, asked for a country. `doubtful`: the kinds that the text tells of it, by its labels, elsewhere."""

    text: int
    sentence: int
    country: str
    traits: Traits
    tells: frozenset[int]
    doubtful: frozenset[int]


def texts_of(rows: Iterable[Labelled], reader: Reader, counts: float) -> tuple[list[Text], int]:
    """The texts of labelled rows, and how many events stand in those that the rules pass over at once."""
    found: list[Text] = []
    passed_over = 0
    for row in rows:
        told = reader.told(row.item, row.source)
        if told is None:
            passed_over += len({(event.country, event.type) for event in row.said.events if not event.background})
        else:
            labels = tuple(_owned(event, told) for event in row.said.events)
            found.append(Text(row.item.id, told.setting.language, told, told.said(), labels, row.said.counts, counts))
    return found, passed_over


def _owned(event: Event, told: Told) -> Event:
    """A label that tells no country is of the one that the rules find."""
    if event.country:
        return event
    found = next((each.country for each in told.events if each.type is event.type), told.setting.home)
    return replace(event, country=found or "")


def questions(texts: Sequence[Text]) -> list[Question]:
    """Every sentence of every text, asked for every country."""
    found: list[Question] = []
    for number, text in enumerate(texts):
        setting = text.told.setting
        for country in text.told.countries:
            labels = [event for event in text.labels if event.country == country]
            everywhere = {kind for event in labels for kind in _kinds(event)}
            for at, said in enumerate(text.said):
                here = [e for e in labels if _rests_on(e.says, said.sentence, text.told.texts)]
                tells = {kind for event in here for kind in _kinds(event)}
                traits = said.of(country, setting.protagonist, setting.home)
                found.append(Question(number, at, country, traits, frozenset(tells), frozenset(everywhere - tells)))
    return found


def _kinds(event: Event) -> set[int]:
    return {BACKGROUND} if event.background else {KINDS.index(event.type)}


def _rests_on(evidence: str, sentence: Sentence, texts: Mapping[str, str]) -> bool:
    """Whether the words that a label rests on stand in a sentence, or most of them."""
    whole = texts[sentence.field]
    start = whole.find(evidence) if evidence else -1
    if start < 0:
        return False
    shared = min(sentence.end, start + len(evidence)) - max(sentence.start, start)
    return shared > 0.5 * min(len(evidence), sentence.end - sentence.start)
