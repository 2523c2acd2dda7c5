"""The words that the reading goes by, as users write them in `rules/vocabulary/` and `rules/places.toml`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True, init=False)
class Concept:
    """A set of terms that mean one thing to the reading, and the look-alikes that don't (`unless`).

    They lie packed in one text each: a service holds some 15,000 terms, and looks at them again only when its
    words are loaded anew.
    """

    name: str
    _terms: str
    _unless: str

    def __init__(self, name: str, terms: Iterable[str], unless: Iterable[str] = ()) -> None:
        object.__setattr__(self, "name", name)
        object.__setattr__(self, "_terms", _END.join(terms))
        object.__setattr__(self, "_unless", _END.join(unless))

    @property
    def terms(self) -> tuple[str, ...]:
        return _unpacked(self._terms)

    @property
    def unless(self) -> tuple[str, ...]:
        return _unpacked(self._unless)


_END = "\0"


def _unpacked(terms: str) -> tuple[str, ...]:
    return tuple(terms.split(_END)) if terms else ()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """One language: its concepts, its number words (word → value) and its names of months and days.

    `numbers` maps a word to (value, value_max or None, approximate). `months` and `weekdays` map a term to
    1..12 and 1..7 (Monday is 1, as in ISO 8601).
    """

    language: str
    concepts: Mapping[str, Concept]
    numbers: Mapping[str, tuple[int, int | None, bool]] = field(default_factory=dict)
    multipliers: Mapping[str, int] = field(default_factory=dict)
    months: Mapping[str, int] = field(default_factory=dict)
    weekdays: Mapping[str, int] = field(default_factory=dict)
    abbreviations: tuple[str, ...] = ()
    common: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Crossing:
    """A border crossing: its official Latin name, whose it is, towards whom, the forms it is written in.

    `only` means that there is no other by land towards that neighbour: who closes the border closes it.
    """

    name: str
    country: str
    neighbour: str
    terms: tuple[str, ...]
    only: bool = False


@dataclass(frozen=True, slots=True)
class Country:
    """A state: the forms of its name, of its people and adjective, of those who act for it, of its borders.

    `towards` are words for its border that tell the neighbour too ("eastern border" of FI → RU). `closed` is since when
    its whole border with a neighbour has been closed: "the border is closed" is no news then.
    """

    code: str
    names: tuple[str, ...]
    adjectives: tuple[str, ...] = ()
    authorities: tuple[str, ...] = ()
    towards: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    land_neighbours: tuple[str, ...] = ()
    closed: Mapping[str, date] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Group:
    """Countries that news name in one word ("the Baltics"): its names, and the codes of its members."""

    name: str
    members: tuple[str, ...]
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Countries, groups of them, and crossings that the reading knows."""

    countries: tuple[Country, ...] = ()
    crossings: tuple[Crossing, ...] = ()
    groups: tuple[Group, ...] = ()
