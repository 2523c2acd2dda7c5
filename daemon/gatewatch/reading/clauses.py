"""A sentence made ready, and its clauses: one predicate each, with the words that belong to it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from gatewatch.reading.day import Day
from gatewatch.reading.folding import Token, side_by_side
from gatewatch.reading.kept import kept
from gatewatch.reading.lexicon import Hit
from gatewatch.reading.places import Mention

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

Fragment = tuple[int, int]
_NO_HITS: Sequence[Hit] = ()
_BREAK = re.compile(r"[,;:()–—]|\s-\s|[\"”»“]\s*[,–—]")


def by_concept(hits: Iterable[Hit]) -> dict[str, list[Hit]]:
    """Hits by what they are, each list in order."""
    found: dict[str, list[Hit]] = {}
    for hit in hits:
        found.setdefault(hit.concept, []).append(hit)
    return found


def _place(hit: Hit) -> tuple[int, int, str]:
    return hit.first, hit.last, hit.concept


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


@dataclass(frozen=True)
class Clause:
    """Tokens `first` to `last` of a sentence, which hold one predicate."""

    sentence: Sentence
    first: int
    last: int
    fragments: tuple[Fragment, ...] = field(default=())

    @kept
    def hits(self) -> tuple[Hit, ...]:
        return tuple(h for h in self.sentence.hits if self.first <= h.first and h.last <= self.last)

    @kept
    def mentions(self) -> tuple[Mention, ...]:
        return tuple(m for m in self.sentence.mentions if self.first <= m.first and m.last <= self.last)

    @kept
    def days(self) -> tuple[Day, ...]:
        return tuple(d for d in self.sentence.days if self.first <= d.first and d.last <= self.last)

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
        return sorted([hit for row in rows for hit in row], key=_place)

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


def clauses(sentence: Sentence, text: str) -> list[Clause]:
    """The clauses of a sentence. Fragments without a predicate of their own go to the one that they stand by.

    What holds by itself goes to nothing behind its semicolon ("that applies to Vaalimaa; the other six stay shut").
    """
    fragments = _fragments(sentence, text)
    triggers = {h.first for h in sentence.hits if h.concept in TRIGGERS}
    groups: list[list[Fragment]] = []
    waiting: list[Fragment] = []
    for fragment in fragments:
        if waiting and _told_apart(waiting, fragment, sentence, text):
            groups.append([*groups.pop(), *waiting] if groups else waiting)
            waiting = []
        predicate = any(fragment[0] <= at <= fragment[1] for at in triggers)
        predicate = predicate or (bool(groups) and _a_sentence_of_its_own(fragment, sentence, text))
        if not predicate:
            waiting.append(fragment)
            continue
        if groups:
            back = _how_many_back(waiting, fragment, sentence)
            groups[-1] += waiting[:back]
            groups.append([*waiting[back:], fragment])
        else:
            groups.append([*waiting, fragment])
        waiting = []
    if waiting:
        groups = [*groups[:-1], [*groups[-1], *waiting]] if groups else [waiting]
    return [Clause(sentence, group[0][0], group[-1][1], tuple(group)) for group in groups]


def _told_apart(waiting: Sequence[Fragment], behind: Fragment, sentence: Sentence, text: str) -> bool:
    """Whether what waits holds by itself ("from Monday that is in force"), and a semicolon ends it."""
    start, end = waiting[0][0], behind[0]
    semicolon = ";" in text[sentence.row[end - 1].end : sentence.row[end].start]
    return semicolon and any(h.concept in ("in_force", "lasts") and start <= h.first < end for h in sentence.hits)


def _how_many_back(waiting: Sequence[Fragment], predicate: Fragment, sentence: Sentence) -> int:
    """How many of the fragments before a predicate belong to the predicate before them.

    Those from the last conjunction on go forward ("…, because Vartius, Kuusamo and Salla were closed"), and so does
    a row of names that the predicate's own fragment ends ("Vartius, Kuusamo | and Salla were closed").
    """
    if waiting and _governs(waiting[-1], predicate, sentence):
        return len(waiting) - 1
    ties = {h.first for h in sentence.hits if h.concept == "and"}
    joints = {h.first for h in sentence.hits if h.concept == "clause"} - ties
    for at in range(len(waiting) - 1, -1, -1):
        if waiting[at][0] in joints:
            return at
    if predicate[0] in ties:
        back = len(waiting)
        while back and _a_name(waiting[back - 1], sentence) and waiting[back - 1][0] not in ties:
            back -= 1
        return back
    return len(waiting)


def _a_sentence_of_its_own(fragment: Fragment, sentence: Sentence, text: str) -> bool:
    """ "The party has proposed a closing; the minister sees no need for it": a verdict behind a semicolon.

    "We don't close, but are ready for it if things change" is one, too.
    """
    row, (first, last) = sentence.row, fragment
    here = {h.concept for h in sentence.hits if first <= h.first and h.last <= last}
    if first == 0 or sentence.is_title or not here & VERDICTS:
        return False
    if ";" in text[row[first - 1].end : row[first].start]:
        return True
    refused = any(h.concept in ("not", "no_need", "rule_out") and h.last < first for h in sentence.hits)
    if refused and "can_be_done" in here:
        return True  # "there is no need to close it, but it can be done at short notice"
    conditional = any(h.concept == "condition" and h.first >= first for h in sentence.hits)
    return refused and conditional and {"possible", "clause"} <= here


def _governs(fragment: Fragment, predicate: Fragment, sentence: Sentence) -> bool:
    """ "Bis auf eine sind alle zu, | und wir sind bereit, | auch diese zu schließen": who is ready to do so."""
    first, last = fragment
    infinitive = any(h.concept == "infinitive" and predicate[0] <= h.first <= predicate[1] for h in sentence.hits)
    return infinitive and any(h.concept in WEIGHS and first <= h.first and h.last <= last for h in sentence.hits)


def _a_name(fragment: Fragment, sentence: Sentence) -> bool:
    short = fragment[1] - fragment[0] < 3
    return short and any(fragment[0] <= m.first and m.last <= fragment[1] for m in sentence.mentions)


def _fragments(sentence: Sentence, text: str) -> list[Fragment]:
    row = sentence.row
    spared = {at for h in sentence.hits if h.concept == "all_but" for at in range(h.first, h.last + 1)}
    joints = {h.first for h in sentence.hits if h.concept == "clause"} - spared  # "all crossings but the northernmost"
    begin, end = {m.first for m in sentence.mentions if m.crossing}, {m.last for m in sentence.mentions if m.crossing}
    joints -= {at for at in joints if at - 1 in end and at + 1 in begin}  # "Luhamaa and Koidula"
    found: list[Fragment] = []
    start = 0
    for at in range(1, len(row)):
        gap = row[at].start - row[at - 1].end
        listed = at - 1 in end and at in begin  # "Imatra, Kuusamo"
        if at in joints or (gap and not listed and _parts(text, row[at - 1].end, row[at].start)):
            found.append((start, at - 1))
            start = at
    if row:
        found.append((start, len(row) - 1))
    return found


def _parts(text: str, start: int, end: int) -> bool:
    """Whether what stands between two words parts them. Mostly it is a space."""
    return (end - start > 1 or text[start] != " ") and _BREAK.search(text, start, end) is not None
