"""Labelled texts as questions: does this sentence tell that of this country?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from gatewatch.cli.labels import Labelled, labelled
from gatewatch.model import Event
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


def texts_of(paths: Iterable[Path], reader: Reader) -> tuple[list[Text], int]:
    """The texts of labelled files, and how many events stand in those that the rules pass over at once."""
    found: list[Text] = []
    passed_over = 0
    for path in paths:
        for each in labelled(str(path)):
            text = _text(each, reader)
            if text is None:
                passed_over += len({(e.country, e.type) for e in each.said.events if not e.background})
            else:
                found.append(text)
    return found, passed_over


def _text(each: Labelled, reader: Reader) -> Text | None:
    told = reader.told(each.item, each.source)
    if told is None:
        return None
    return Text(each.item.id, told.setting.language, told, told.said(), each.said.events)


def questions(texts: Sequence[Text]) -> list[Question]:
    """Every sentence of every text, asked for every country."""
    found: list[Question] = []
    for number, text in enumerate(texts):
        setting = text.told.setting
        for country in text.told.countries():
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


def _rests_on(evidence: str, sentence: Sentence, texts: object) -> bool:
    """Whether the words that a label rests on stand in a sentence, or most of them."""
    assert isinstance(texts, dict)
    whole: str = texts[sentence.field]
    start = whole.find(evidence) if evidence else -1
    if start < 0:
        return False
    shared = min(sentence.end, start + len(evidence)) - max(sentence.start, start)
    return shared > 0.5 * min(len(evidence), sentence.end - sentence.start)
