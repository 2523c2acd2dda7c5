"""What could be told of each country of a text, and all that speaks for and against it, in numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from gatewatch.model import Count, Event, EventType
from gatewatch.reading.ages import covers
from gatewatch.reading.claims import Claim
from gatewatch.reading.clauses import Clause, Sentence
from gatewatch.reading.counting import Figure
from gatewatch.reading.kept import kept
from gatewatch.reading.setting import Setting
from gatewatch.reading.table import UNHEARD, Load, chance_of
from gatewatch.reading.traits import Said
from gatewatch.reading.weights import KINDS, Weights

TYPES = tuple(EventType)

VALUES = (
    "read as news",
    "read as background",
    "other events read of the country",
    "other countries read with the event",
    "events read",
    "claims of the country",
    "claims of the event",
    "weight of the heaviest claim",
    "the country acts in a claim",
    "a claim is decided",
    "a claim is background",
    "the country is only mentioned with a step",
    "a claim stands in the headline",
    "a claim stands in the best sentence",
    "claims of the event that are news",
    "such a claim has its day",
    "such a claim has its last day",
    "such a claim is done",
    "such a claim stands beside a word for the last days",
    "best sentence",
    "second best sentence",
    "third best sentence",
    "best sentence with the country",
    "best sentence without the country",
    "headline",
    "first sentence",
    "all sentences",
    "background in the best sentence",
    "background in any sentence",
    "another event in the best sentence",
    "another event of the country",
    "the event of another country",
    "number of the best sentence",
    "sentences",
    "the best sentence is the headline",
    "words of the best sentence",
    "a day of this week or later in the best sentence",
    "an older day in the best sentence",
    "the country's border has long been closed",
    "the country is the protagonist",
    "the country is the home",
    "share of acting",
    "acting",
    "mentions",
    "countries",
    *TYPES,
)
"""What each number of a candidate is. The best sentence is the one that speaks most for the event."""

READ, BEST = VALUES.index("read as news"), VALUES.index("best sentence")

HOPELESS = -3.0
"""Logarithm of the odds of the best sentence below which nothing is a candidate that the rules did not read: none of
55,000 of held-back texts came to a chance of a half. Four of five are so."""

Scores = Mapping[str, Sequence[Sequence[float]]]
"""For each country, sentence by sentence, the logarithms of the odds of each of `weights.KINDS`."""


class Candidate(NamedTuple):
    """One type of event at one country's border, which a text may tell."""

    country: str
    type: EventType
    best: int  # which of the sentences speaks most for it
    values: tuple[float, ...]


@dataclass(frozen=True)
class Told:
    """A text as the rules of grammar read it."""

    setting: Setting
    texts: Mapping[str, str]
    parted: Sequence[Sequence[Clause]]  # the clauses of each sentence
    claims: Sequence[Claim]
    events: tuple[Event, ...]
    figures: Sequence[Figure]

    @property
    def counts(self) -> list[Count]:
        return [figure.count for figure in self.figures if figure.count is not None]

    @kept
    def news(self) -> tuple[Event, ...]:
        return tuple(event for event in self.events if not event.background)

    @property
    def sentences(self) -> Sequence[Sentence]:
        return self.setting.sentences

    @kept
    def countries(self) -> tuple[str, ...]:
        """All that are named, the home, and all of whom something is claimed."""
        named: dict[str, None] = dict.fromkeys(m.country for m in self.setting.mentions)
        home = [self.setting.home] if self.setting.home else []
        return tuple(named | dict.fromkeys(home) | dict.fromkeys(claim.country for claim in self.claims))

    def said(self) -> list[Said]:
        """Its sentences, each ready to be asked of a country."""
        before = [(), *(sentence.hits for sentence in self.sentences)]
        language = self.setting.language
        return [Said(sentence, hits, language) for sentence, hits in zip(self.sentences, before, strict=False)]


def weighed(told: Told, said: Sequence[Said], weights: Weights) -> dict[str, list[Sequence[float]]]:
    """The scores of each sentence for each country. Countries that a sentence does not name share what it says."""
    protagonist, home = told.setting.protagonist, told.setting.home
    scores: dict[str, list[Sequence[float]]] = {country: [] for country in told.countries}
    table = weights.events
    for each in said:
        words, concepts = table.weigh_words(each.words, each.language), table.weigh(each.concepts)
        asked: dict[str, Load] = {}
        for country, row in scores.items():
            name = country if country in each.countries else ""
            if name not in asked:
                asked[name] = concepts + table.weigh(each.concepts_of(name))
            place = table.weigh(each.place_of(country, protagonist, home))
            row.append(table.scores((words, asked[name], place)))
    return scores


def candidates(told: Told, scores: Scores) -> list[Candidate]:
    """Each type of event at each country's border that the rules read, or that a sentence gives some hope of."""
    read = {(event.country, event.type) for event in told.news}
    best = {
        (country, kind): max((row[kind] for row in rows), default=-UNHEARD)
        for country, rows in scores.items()
        for kind in range(len(TYPES))
    }
    return [
        _candidate(told, country, kind, scores, best)
        for (country, kind), odds in best.items()
        if odds >= HOPELESS or (country, TYPES[kind]) in read
    ]


def _candidate(
    told: Told, country: str, kind: int, scores: Scores, best: Mapping[tuple[str, int], float]
) -> Candidate:
    rows = scores[country]
    at = max(range(len(rows)), key=lambda n: rows[n][kind], default=-1)
    values = (
        *_as_read(told, country, TYPES[kind], told.sentences[at].number if at >= 0 else -1),
        *_as_weighed(told.sentences, country, kind, rows, at),
        max(best[country, other] for other in range(len(TYPES)) if other != kind),
        _most(best[other, kind] for other in scores if other != country),
        *_where(told, country, at),
        *(float(other == kind) for other in range(len(TYPES))),
    )
    return Candidate(country, TYPES[kind], at, values)


def _as_read(told: Told, country: str, kind: EventType, best: int) -> tuple[float, ...]:
    """What the rules of grammar found of it. `best` is the number of the best sentence."""
    news = told.news
    old = any(e.background and (e.country, e.type) == (country, kind) for e in told.events)
    own = [claim for claim in told.claims if claim.country == country]
    same = [claim for claim in own if claim.type is kind]
    fresh = [claim for claim in same if not claim.background]
    return (
        float(any((e.country, e.type) == (country, kind) for e in news)),
        float(old),
        float(sum(e.country == country and e.type is not kind for e in news)),
        float(sum(e.type is kind and e.country != country for e in news)),
        float(len(news)),
        float(len(own)),
        float(len(same)),
        max((claim.weight for claim in same), default=-1.0),
        float(any(claim.acts for claim in same)),
        float(any(claim.decided for claim in same)),
        float(any(claim.background for claim in same)),
        float(any(claim.type is None for claim in own)),
        float(any(claim.sentence == 0 for claim in same)),
        float(any(claim.sentence == best for claim in same)),
        float(len(fresh)),
        float(any(claim.since is not None for claim in fresh)),
        float(any(claim.until is not None for claim in fresh)),
        float(any(claim.done for claim in fresh)),
        float(any(claim.lately for claim in fresh)),
    )


def _as_weighed(
    sentences: Sequence[Sentence], country: str, kind: int, rows: Sequence[Sequence[float]], best: int
) -> tuple[float, ...]:
    """What the weights say of it, sentence by sentence."""
    if best < 0:
        return (-UNHEARD,) * 7 + (0.0, -UNHEARD, -UNHEARD, -UNHEARD)
    old = len(KINDS) - 1
    scores = [row[kind] for row in rows]
    there = [any(m.country == country for m in sentence.mentions) for sentence in sentences]
    ranked = sorted(scores, reverse=True)
    return (
        *(*ranked[:3], -UNHEARD, -UNHEARD)[:3],
        _most(score for score, here in zip(scores, there, strict=True) if here),
        _most(score for score, here in zip(scores, there, strict=True) if not here),
        _most(score for score, sentence in zip(scores, sentences, strict=True) if sentence.is_title),
        _most(score for score, sentence in zip(scores, sentences, strict=True) if sentence.number == 1),
        sum(map(chance_of, scores)),
        rows[best][old],
        max(row[old] for row in rows),
        max(rows[best][other] for other in range(len(TYPES)) if other != kind),
    )


def _where(told: Told, country: str, best: int) -> tuple[float, ...]:
    """Where the best sentence stands, its days, and how the country stands in the text."""
    setting, sentences = told.setting, told.sentences
    acting = setting.acting
    sentence = sentences[best] if best >= 0 else None
    days = sentence.days if sentence is not None else ()
    fresh = [covers(day, setting.today) for day in days]
    return (
        float(sentence.number if sentence is not None else 0),
        float(len(sentences)),
        float(sentence is not None and sentence.is_title),
        float(len(sentence.row) if sentence is not None else 0),
        float(any(fresh)),
        float(not all(fresh)),
        float(setting.closed_long_ago(country, ())),
        float(country == setting.protagonist),
        float(country == setting.home),
        acting.get(country, 0.0) / (max(acting.values(), default=0.0) or 1.0),
        acting.get(country, 0.0),
        float(sum(m.country == country for m in setting.mentions)),
        float(len(told.countries)),
    )


def _most(scores: Iterable[float]) -> float:
    return max(scores, default=-UNHEARD)
