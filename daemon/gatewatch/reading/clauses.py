"""A sentence made ready, and what a clause of it is: one predicate, with the words that belong to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from gatewatch.reading.day import Day
from gatewatch.reading.folding import Token, side_by_side
from gatewatch.reading.kept import kept
from gatewatch.reading.lexicon import Hit, in_order
from gatewatch.reading.mentions import Mention

TRIGGERS = frozenset(
    {
        "close",
        "closed",
        "closing",
        "open",
        "opened",
        "opening",
        "stop",
        "restrict",
        "restriction",
        "checks",
        "ban_entry",
        "extend",
        "lift",
    }
)
VERDICTS = frozenset({"no_need", "rule_out", "not_rule_out", "possible", "demand", "undecided"})
"""What may be said of a step that the part of a sentence before a semicolon names."""

WEIGHS = VERDICTS | {"intends"}
"""What weighs or refuses the infinitive behind its comma."""

LASTING = ("in_force", "lasts")
"""What tells from when, or how long, a step holds."""

Fragment = tuple[int, int]
_NO_HITS: Sequence[Hit] = ()


def by_concept(hits: Iterable[Hit]) -> dict[str, list[Hit]]:
    """Hits by what they are, each list in order."""
    found: dict[str, list[Hit]] = {}
    for hit in hits:
        found.setdefault(hit.concept, []).append(hit)
    return found


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of `field`: its tokens, and all that was found in them. `number` counts from the title (0)."""

    field: str
    number: int
    start: int
    end: int
    row: tuple[Token, ...]
    hits: tuple[Hit, ...]
    mentions: tuple[Mention, ...]
    days: tuple[Day, ...]
    asks: frozenset[int]  # tokens that a question mark follows
    colons: frozenset[int]  # tokens that a colon follows
    today: date
    carried: frozenset[str] = frozenset()  # what earlier parts of a headline say of this one

    @property
    def is_title(self) -> bool:
        return self.field == "title"

    def unbroken(self, one: int, other: int) -> bool:
        """Whether no comma or dash parts two tokens, whichever comes first."""
        first, last = min(one, other), max(one, other)
        return all(side_by_side(self.row[at], self.row[at + 1]) for at in range(first, last))

    def colon_between(self, one: int, other: int) -> bool:
        """Whether a colon parts two tokens, of which `one` comes first."""
        return not self.colons.isdisjoint(range(one, other))


@dataclass(frozen=True)
class Clause:
    """Tokens `first` to `last` of a sentence, which hold one predicate."""

    sentence: Sentence
    first: int
    last: int
    fragments: tuple[Fragment, ...] = field(default=())

    def _holds(self, first: int, last: int) -> bool:
        within = self.first <= first and last <= self.last
        return within and not any(start <= first and last <= end for start, end in self._asides)

    @kept
    def _asides(self) -> tuple[Fragment, ...]:
        """What stands between two of its fragments and is none of its own: a "which" between commas."""
        return tuple((one[1] + 1, other[0] - 1) for one, other in pairwise(self.fragments) if other[0] - one[1] > 1)

    @kept
    def hits(self) -> tuple[Hit, ...]:
        return tuple(h for h in self.sentence.hits if self._holds(h.first, h.last))

    @kept
    def mentions(self) -> tuple[Mention, ...]:
        return tuple(m for m in self.sentence.mentions if self._holds(m.first, m.last))

    @kept
    def days(self) -> tuple[Day, ...]:
        return tuple(d for d in self.sentence.days if self._holds(d.first, d.last))

    @kept
    def dated(self) -> frozenset[int]:
        """The tokens that name a day."""
        return frozenset(at for day in self.days for at in range(day.first, day.last + 1))

    @kept
    def _by_concept(self) -> Mapping[str, Sequence[Hit]]:
        return by_concept(self.hits)

    def of(self, *concepts: str) -> Sequence[Hit]:
        """The hits of any of these concepts, in order."""
        here = self._by_concept
        if len(concepts) == 1:
            return here.get(concepts[0], _NO_HITS)
        rows = [here[concept] for concept in concepts if concept in here]
        if len(rows) < 2:
            return rows[0] if rows else _NO_HITS
        return sorted([hit for row in rows for hit in row], key=in_order)

    def has(self, *concepts: str) -> bool:
        return not self._by_concept.keys().isdisjoint(concepts)

    def asks(self, at: int) -> bool:
        """Whether the fragment that a token stands in ends with a question mark."""
        return any(first <= at <= last and last in self.sentence.asks for first, last in self.fragments)

    def fragment(self, at: int) -> Fragment:
        """First and last token of the fragment that a token stands in."""
        return self._fragment_of.get(at) or (self.first, self.last)

    @kept
    def _fragment_of(self) -> Mapping[int, Fragment]:
        return {at: fragment for fragment in reversed(self.fragments) for at in range(fragment[0], fragment[1] + 1)}

    def together(self, one: int, other: int) -> bool:
        """Whether two tokens stand in one fragment: no comma or conjunction between them."""
        return self.fragment(one) == self.fragment(other)

    def span(self) -> tuple[int, int]:
        """Character start and end in the sentence's field."""
        row = self.sentence.row
        return row[self.first].start, row[self.last].end
