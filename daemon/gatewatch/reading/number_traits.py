"""What stands around a number, in the small names that weights are learned for: does it count people who come?

See docs/learning.md. Names of places are not among them, only what they do there.
"""

from __future__ import annotations

from typing import NamedTuple

from gatewatch.model import Count
from gatewatch.reading.clauses import Clause
from gatewatch.reading.figures import YEARS, stretch
from gatewatch.reading.mentions import Mention
from gatewatch.reading.numbers import Number
from gatewatch.reading.setting import Setting
from gatewatch.reading.traits import NUMBER, Names, forms_of

BEFORE, BEHIND = "<", ">"
"""The side of the number on which a word stands."""
CLOSE, NEAR = 3, 6
"""How many words away a concept still is close by, and near."""


class NumberTraits(NamedTuple):
    """The words before and behind a number, the concepts and names around it, and what the number itself is like."""

    before: Names
    behind: Names
    concepts: Names
    place: Names


def traits_of(number: Number, clause: Clause, count: Count | None, setting: Setting) -> NumberTraits:
    """`count` is what the rules of grammar make of the number."""
    row = clause.sentence.row
    taken = {at for mention in clause.sentence.mentions for at in range(mention.first, mention.last + 1)}
    words = [(at, NUMBER if token.is_number else token.form) for at, token in enumerate(row) if at not in taken]
    return NumberTraits(
        [word for at, word in words if at < number.first],
        [word for at, word in words if at > number.last],
        _concepts(number, clause),
        _place(number, clause, count, setting),
    )


def named(traits: NumberTraits, language: str) -> tuple[Names, Names, Names]:
    """The names of each block as weights are learned for them: words, concepts, place."""
    sides = ((BEFORE, traits.before), (BEHIND, traits.behind))
    words = [form + side for side, row in sides for word in row for form in forms_of(word, language)]
    return words, traits.concepts, traits.place


def _concepts(number: Number, clause: Clause) -> Names:
    """Each by the side on which it stands, how near, and whether between the same commas."""
    start, end = stretch(clause, number)
    found: list[str] = []
    for first, last, name in _called(clause):
        side, away = (BEFORE, number.first - last) if first < number.first else (BEHIND, first - number.last)
        found.append(name + side)
        if away <= NEAR:
            found.append(f"{name}{side}{'n' if away <= CLOSE else 'm'}")
        if start <= first <= end:
            found.append(name + "in")
    return found


def _called(clause: Clause) -> list[tuple[int, int, str]]:
    hits = [(hit.first, hit.last, "=" + hit.concept) for hit in clause.sentence.hits]
    return hits + [(mention.first, mention.last, _role(mention)) for mention in clause.sentence.mentions]


def _role(mention: Mention) -> str:
    return "@X" if mention.crossing is not None else f"@{mention.part[:2]}{'a' if mention.adjective else ''}"


def _place(number: Number, clause: Clause, count: Count | None, setting: Setting) -> Names:
    """How the number is written, where it stands, and what the rules say."""
    told = (
        f"size{len(str(number.value))}",
        "vague" if number.vague else "",
        "digits" if number.digits else "word",
        "range" if number.high else "",
        "round" if number.value % 10 == 0 else "",
        "year" if number.value in YEARS else "",
        "title" if clause.sentence.is_title else f"n{min(clause.sentence.number, 3)}",
        "dated" if clause.sentence.days else "",
        "border" if setting.speaks_of_borders else "",
        "read" if count is not None else "passed over",
        "read as background" if count is not None and count.background else "",
        f"unit {count.unit}" if count is not None else "",
        f"per {count.per}" if count is not None else "",
    )
    return [name for name in told if name]
