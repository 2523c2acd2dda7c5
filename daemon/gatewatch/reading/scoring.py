"""How well texts are read: what was read in them against what people say they say. Pure. See docs/measuring.md.

An answer is right where it agrees in what a reader of alerts acts upon: an event in country and type, a count in
country and value. What either side marks as background is left out.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from gatewatch.model import Count, Event, EventType

Fact = TypeVar("Fact", Event, Count)

WATCHED = frozenset({"FI", "EE", "NO"})
"""The countries whose closings are scored by themselves: the ones that the shipped rules are made for."""

MARGIN = 0.03
"""How far under today's figures floors are set: one text more or less is no step back."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a text says: by its labels, or as it was read."""

    events: tuple[Event, ...] = ()
    counts: tuple[Count, ...] = ()


@dataclass(frozen=True, slots=True)
class Compared:
    """One text: what it says by its labels, and what was read in it."""

    id: str
    language: str
    title: str
    labels: Said
    read: Said


@dataclass(frozen=True, slots=True)
class Judged(Generic[Fact]):
    """An event or a count of one text. Without `read` it was missed, without `label` it is false."""

    text: Compared
    label: Fact | None
    read: Fact | None

    @property
    def fact(self) -> Fact:
        fact = self.read if self.label is None else self.label
        assert fact is not None
        return fact


@dataclass(frozen=True, slots=True)
class Tally:
    """How many answers were found, how many are false, and how many were missed."""

    found: int = 0
    false: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        return _share(self.found, self.false)

    @property
    def recall(self) -> float:
        return _share(self.found, self.missed)

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Score:
    """All texts of a measurement. Figures are worked out of what was judged, when they are asked for."""

    texts: tuple[Compared, ...]
    judged_events: tuple[Judged[Event], ...]
    judged_counts: tuple[Judged[Count], ...]

    @property
    def events(self) -> Tally:
        return _tally(self.judged_events)

    @property
    def closure_announced(self) -> Tally:
        """The closings that wake people: decided ones of the watched countries."""
        closings = (j for j in self.judged_events if j.fact.type is EventType.CLOSURE_ANNOUNCED)
        return _tally(j for j in closings if j.fact.country in WATCHED)

    @property
    def counts(self) -> Tally:
        return _tally(self.judged_counts)

    @property
    def crossings(self) -> Tally:
        """The names of crossings, over the events that were found."""
        named = [
            (_names(judged.label), _names(judged.read))
            for judged in self.judged_events
            if judged.label is not None and judged.read is not None
        ]
        return Tally(
            found=sum(len(label & read) for label, read in named),
            false=sum(len(read - label) for label, read in named),
            missed=sum(len(label - read) for label, read in named),
        )

    @property
    def dates(self) -> tuple[int, int]:
        """Right and wrong ones, over the events that were found, where the labels have one."""
        asked = [
            wanted == had
            for judged in self.judged_events
            if judged.label is not None and judged.read is not None
            for wanted, had in zip(_days(judged.label), _days(judged.read), strict=True)
            if wanted is not None
        ]
        return sum(asked), len(asked) - sum(asked)

    @property
    def negatives(self) -> tuple[int, int]:
        """Texts that say nothing, and those of them in which something was read."""
        silent = [text for text in self.texts if not _news(text.labels.events) and not _news(text.labels.counts)]
        return len(silent), sum(bool(_news(text.read.events) or _news(text.read.counts)) for text in silent)

    @property
    def by_type(self) -> dict[str, Tally]:
        return self._by(lambda judged: judged.fact.type.value)

    @property
    def by_language(self) -> dict[str, Tally]:
        return self._by(lambda judged: judged.text.language)

    @property
    def by_country(self) -> dict[str, Tally]:
        return self._by(lambda judged: judged.fact.country)

    def _by(self, key: Callable[[Judged[Event]], str]) -> dict[str, Tally]:
        groups: dict[str, list[Judged[Event]]] = {}
        for judged in self.judged_events:
            groups.setdefault(key(judged), []).append(judged)
        return {name: _tally(group) for name, group in sorted(groups.items())}


def score(texts: Iterable[Compared]) -> Score:
    """Judges every event and every count of the texts."""
    kept = tuple(texts)
    return Score(
        texts=kept,
        judged_events=tuple(judged for text in kept for judged in _judged_events(text)),
        judged_counts=tuple(judged for text in kept for judged in _judged_counts(text)),
    )


def figures(score: Score) -> dict[str, float]:
    """Every figure that a floor can be set for, by its dotted name: `events.f1`, `lang.fi.recall`, …"""
    tallies = {
        "events": score.events,
        "closure_announced": score.closure_announced,
        "counts": score.counts,
        "crossings": score.crossings,
        **{f"lang.{name}": tally for name, tally in score.by_language.items()},
        **{f"type.{name}": tally for name, tally in score.by_type.items()},
        **{f"country.{name}": tally for name, tally in score.by_country.items()},
    }
    found = {
        f"{name}.{figure}": round(getattr(tally, figure), 3)
        for name, tally in tallies.items()
        for figure in ("precision", "recall", "f1")
    }
    silent, spoken = score.negatives
    return found | {
        "dates.right": round(_share(*score.dates), 3),
        "negatives.right": round(_share(silent - spoken, spoken), 3),
    }


def below(figures: Mapping[str, float], floors: Mapping[str, float]) -> tuple[str, ...]:
    """The names of the figures that are below their floors. What was not measured is below any floor."""
    return tuple(name for name, floor in floors.items() if figures.get(name, -1.0) < floor)


def _judged_events(text: Compared) -> list[Judged[Event]]:
    """By country and type. Of two alike the last stands, on both sides."""
    labels = {(event.country, event.type): event for event in _news(text.labels.events)}
    read = {(event.country, event.type): event for event in _news(text.read.events)}
    return [Judged(text, labels.get(key), read.get(key)) for key in {**labels, **read}]


def _judged_counts(text: Compared) -> list[Judged[Count]]:
    """Each label takes the first count left that lies in its range."""
    left = _news(text.read.counts)
    judged: list[Judged[Count]] = []
    for label in _news(text.labels.counts):
        highest = label.value_max or label.value
        fitting = (c for c in left if c.country == label.country and label.value <= c.value <= highest)
        hit = next(fitting, None)
        if hit is not None:
            left.remove(hit)
        judged.append(Judged(text, label, hit))
    return judged + [Judged(text, None, count) for count in left]


def _news(facts: Sequence[Fact]) -> list[Fact]:
    return [fact for fact in facts if not fact.background]


def _tally(judged: Iterable[Judged[Fact]]) -> Tally:
    kept = list(judged)
    false = sum(each.label is None for each in kept)
    missed = sum(each.read is None for each in kept)
    return Tally(found=len(kept) - false - missed, false=false, missed=missed)


def _share(right: int, wrong: int) -> float:
    """All is right where nothing was asked."""
    return right / (right + wrong) if right + wrong else 1.0


def _days(event: Event) -> tuple[date | None, date | None]:
    return event.since, event.until


def _names(event: Event) -> set[str]:
    """Crossings without accents, spaces and hyphens: "Raja-Jooseppi" is "Rajajooseppi"."""
    flat = (unicodedata.normalize("NFKD", name.casefold()) for name in event.crossings)
    return {"".join(letter for letter in name if letter.isalnum()) for name in flat}
