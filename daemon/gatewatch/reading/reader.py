"""Text in, reading out. Pure: no I/O, no clock, the same answer for the same words and the same day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import chain
from typing import NamedTuple
from zoneinfo import ZoneInfo

from gatewatch.model import (
    Cue,
    Gazetteer,
    Item,
    Place,
    Reading,
    Source,
    Span,
    Step,
    Vocabulary,
)
from gatewatch.reading.candidates import Told
from gatewatch.reading.claims import Claim, claims
from gatewatch.reading.clauses import TRIGGERS, Sentence
from gatewatch.reading.counting import figures_of, people
from gatewatch.reading.dates import Calendar
from gatewatch.reading.details import completed
from gatewatch.reading.figures import PERIODS, UNITS
from gatewatch.reading.folding import Token, fold, normalise, tokens, words
from gatewatch.reading.gate import Gate
from gatewatch.reading.language import LanguageGuess
from gatewatch.reading.lexicon import Lexicon
from gatewatch.reading.marks import corrects
from gatewatch.reading.named import without_names
from gatewatch.reading.numbers import NumberWords
from gatewatch.reading.parting import clauses_of
from gatewatch.reading.places import Atlas
from gatewatch.reading.resolve import resolve
from gatewatch.reading.second_count import second_count
from gatewatch.reading.second_look import second_look
from gatewatch.reading.sentences import headline_parts, sentences
from gatewatch.reading.setting import Setting
from gatewatch.reading.topic import of_an_inner_line, speaks_of_borders
from gatewatch.reading.weights import Weights

SPEAKS = TRIGGERS | frozenset(UNITS) | {"arrive"}
"""A sentence without one of these claims and counts nothing."""

DETAILS = frozenset(
    {"in_force", "lasts", "border", "crossing", "traffic", "decided", "decision", "until", "until_after", *PERIODS}
)
"""What a sentence with one of these tells may add days to a claim, or go on with a count, of the one before."""

MONTH_FIRST = ("en",)
"""Languages that write "November 24". Elsewhere "i september 13" counts thirteen."""

BORDER_DAYS = ZoneInfo("Europe/Helsinki")
"""The calendar that "on Friday" is counted in: the zone of most borders that the shipped rules watch."""


class _Tongue:
    """One language made ready."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.lexicon = Lexicon(vocabulary.concepts)
        month_first = vocabulary.language in MONTH_FIRST
        self.calendar = Calendar(vocabulary.months, vocabulary.weekdays, month_first=month_first)
        self.numbers = NumberWords(vocabulary.numbers, vocabulary.multipliers)
        self.abbreviations = frozenset(word.lower() for word in vocabulary.abbreviations)


class _Opened(NamedTuple):
    """An item made ready: its language, and its fields as written and folded."""

    tongue: _Tongue
    language: str
    texts: dict[str, str]
    folded: dict[str, str]


class Reader:
    """Reads items with these vocabularies and this gazetteer. Safe to share; remembers only words.

    `learned` are the weights of the second look (`settings.learned`); without them the rules of grammar stand alone.
    """

    def __init__(self, vocabularies: Sequence[Vocabulary], gazetteer: Gazetteer, learned: bytes = b"") -> None:
        self._tongues = {vocabulary.language: _Tongue(vocabulary) for vocabulary in vocabularies}
        self._guess = LanguageGuess(vocabularies, {name: tongue.lexicon for name, tongue in self._tongues.items()})
        self._atlas = Atlas(gazetteer)
        self._gate = Gate(vocabularies, gazetteer)
        self._weights = Weights(learned) if learned else None

    def read(self, item: Item, source: Source, *, explain: bool = False) -> Reading:
        """What the title and text of an item say. With `explain` the cues and steps come with it.

        Spans point into the normalised title and text (`folding.normalise`).
        """
        opened = self._opened(item, source, explain=explain)
        if isinstance(opened, str):
            return Reading(opened)
        split = self._sentences(opened, _local_day(item), source.country)
        cues = _cues(split) if explain else ()
        if not _speaks(split):
            return Reading(opened.language, places=_places(split), cues=cues)
        told, steps = self._told(opened, split, item, source)
        events, counts = told.events, told.counts
        if self._weights is not None and opened.language in self._weights.languages:
            events, steps = second_look(told, steps, self._weights)
            counts, more = second_count(told, self._weights)
            steps += more
        return Reading(
            language=opened.language,
            places=_places(split),
            events=events,
            counts=people(counts),
            corrects=corrects(split, opened.texts),
            cues=cues,
            steps=steps if explain else (),
        )

    def told(self, item: Item, source: Source) -> Told | None:
        """What the rules of grammar alone read: what the weights learn from. None where no border is spoken of."""
        opened = self._opened(item, source)
        if isinstance(opened, str):
            return None
        split = self._sentences(opened, _local_day(item), source.country)
        return self._told(opened, split, item, source)[0] if _speaks(split) else None

    def hints(self, item: Item) -> bool:
        """Whether title or text hold words of the border: then there may be more in the article behind them."""
        folded = {name: fold(normalise(text)) for name, text in (("title", item.title), ("text", item.text))}
        return self._gate.opens([word for text in folded.values() for word in words(text)], folded.values())

    def _opened(self, item: Item, source: Source, *, explain: bool = False) -> _Opened | str:
        """An item made ready to be read; or only its language, where it has no word of a border or is unknown."""
        texts = {"title": normalise(item.title), "text": normalise(item.text)}
        folded = {name: fold(text) for name, text in texts.items()}
        row = [word for text in folded.values() for word in words(text)]
        prior = item.language or source.language
        if not explain and not self._gate.opens(row, folded.values()):
            return prior if prior in self._tongues else "und"
        language = self._guess.guess(row, prior)
        tongue = self._tongues.get(language)
        return language if tongue is None else _Opened(tongue, language, texts, folded)

    def _told(
        self, opened: _Opened, split: list[Sentence], item: Item, source: Source
    ) -> tuple[Told, tuple[Step, ...]]:
        inner = of_an_inner_line(split, opened.tongue.lexicon)
        countries, speaks = self._atlas.countries, speaks_of_borders(split)
        setting = Setting(_local_day(item), source.country, split, countries, speaks, opened.language, inner)
        parted = [clauses_of(sentence, opened.texts[sentence.field]) for sentence in split]
        found: list[Claim] = []
        for clause in chain.from_iterable(parted):
            found.extend(claims(clause, setting, found))
        found = completed(found, setting)
        events, steps = resolve(found, opened.texts)
        figures = figures_of(setting, opened.tongue.numbers, opened.texts)
        return Told(setting, opened.texts, parted, found, events, figures), steps

    def _sentences(self, opened: _Opened, today: date, home: str | None) -> list[Sentence]:
        tongue, found = opened.tongue, list[Sentence]()
        for name, text in opened.texts.items():
            stretches = sentences(text, tongue.abbreviations, tongue.calendar.month_stems)
            if name == "title":
                stretches = [part for stretch in stretches for part in headline_parts(text, *stretch)]
            for start, end in stretches:
                row = tokens(opened.folded[name], start, end)
                hits = tongue.lexicon.find(row)
                dated = any(hit.concept in SPEAKS or hit.concept in DETAILS for hit in hits)
                dashes = _followed_by("–", text, row, end) | _followed_by("-", text, row, end) if dated else frozenset()
                days = tongue.calendar.days(row, hits, today, dashes) if dated else []
                named = self._atlas.mentions(row, hits, home)
                found.append(
                    Sentence(
                        field=name,
                        number=0 if name == "title" else 1 + sum(s.field == "text" for s in found),
                        start=start,
                        end=end,
                        row=tuple(row),
                        hits=tuple(without_names(hits, days, named)),
                        mentions=tuple(named),
                        days=tuple(days),
                        asks=_followed_by("?", text, row, end),
                        colons=_followed_by(":", text, row, end),
                        today=today,
                        carried=_carried(found) if name == "title" else frozenset(),
                    )
                )
        return found


def _speaks(split: Sequence[Sentence]) -> bool:
    """Whether any sentence could claim or count something."""
    return any(hit.concept in SPEAKS for sentence in split for hit in sentence.hits)


def _carried(parts: Sequence[Sentence]) -> frozenset[str]:
    """The conditions and rumours that stand in the headline before a dash."""
    return frozenset(hit.concept for part in parts for hit in part.hits) & {"condition", "hearsay"}


def _followed_by(mark: str, text: str, row: Sequence[Token], end: int) -> frozenset[int]:
    """The tokens that a question mark, or a colon, follows."""
    if text.find(mark, row[0].start if row else end, end + 1) < 0:
        return frozenset()
    ends = [token.start for token in row[1:]] + [min(end + 1, len(text))]
    return frozenset(at for at, token in enumerate(row) if mark in text[token.end : ends[at]])


def _local_day(item: Item) -> date:
    moment = item.dated
    if moment is None:
        raise ValueError("an item needs a date to be read by: published or seen")
    return moment.astimezone(BORDER_DAYS).date()


def _places(split: Sequence[Sentence]) -> tuple[Place, ...]:
    return tuple(
        Place(
            mention.country,
            Span(sentence.field, sentence.row[mention.first].start, sentence.row[mention.last].end),
            mention.crossing.name if mention.crossing else None,
        )
        for sentence in split
        for mention in sentence.mentions
    )


def _cues(split: Sequence[Sentence]) -> tuple[Cue, ...]:
    return tuple(
        Cue(hit.concept, Span(sentence.field, sentence.row[hit.first].start, sentence.row[hit.last].end))
        for sentence in split
        for hit in sentence.hits
    )
