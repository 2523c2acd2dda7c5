"""Spells of one crossing or border, one after the other, and how a new decision is laid over the old ones. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

from gatewatch.model import Story

OUTWEIGHS_FOR = timedelta(days=2)
"""So long what an authority says stands against what outlets say after it; later it may be old, and theirs is news."""

DAY = timedelta(days=1)
FOREVER = date.max


class State(StrEnum):
    """What a crossing or a border is on a day."""

    OPEN = "open"
    RESTRICTED = "restricted"
    CLOSED = "closed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Spell:
    """Days `since` to `until`, both included, in one state; without `until` it has no end that is known.

    `sources` and `stories` are those that say so, in the order in which they did. `why` says it where it is unknown.
    """

    state: State
    since: date
    until: date | None = None
    sources: tuple[str, ...] = ()
    stories: tuple[str, ...] = ()
    official: bool = False
    why: str = ""

    def covers(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Piece:
    """Days from `first` until before `end` that one story tells of. It gives way where it finds a state in `yields`."""

    state: State
    first: date
    end: date
    story: Story
    yields: frozenset[State] = field(default_factory=frozenset)

    @classmethod
    def until_its_end(
        cls, state: State, first: date, until: date | None, story: Story, yields: frozenset[State]
    ) -> tuple[Piece, ...]:
        """The state, and behind its last day, where it has one, the unknown. What ended before it began never was."""
        end = FOREVER if until is None or until >= FOREVER - DAY else max(first, until + DAY)
        pieces = cls(state, first, end, story, yields), cls(State.UNKNOWN, end, FOREVER, story, yields)
        return tuple(piece for piece in pieces if piece.first < piece.end)


def in_force(pieces: Iterable[Piece], day: date) -> Piece | None:
    """The piece that a day belongs to."""
    return next((piece for piece in pieces if piece.first <= day < piece.end), None)


def laid_over(old: Sequence[Piece], new: Sequence[Piece]) -> tuple[Piece, ...]:
    """Of every day the piece that counts: the new one, but where it gives way or is outweighed."""
    bounds = sorted({bound for piece in (*old, *new) for bound in (piece.first, piece.end)})
    chosen = [(_weightier(in_force(old, first), in_force(new, first)), first, end) for first, end in pairwise(bounds)]
    return tuple(replace(piece, first=first, end=end) for piece, first, end in chosen if piece is not None)


def _weightier(old: Piece | None, new: Piece | None) -> Piece | None:
    if new is None:
        return old
    if old is None:
        return None if State.UNKNOWN in new.yields else new
    outweighed = old.story.official and not new.story.official and old.state is not new.state
    if outweighed and new.story.opened - old.story.opened < OUTWEIGHS_FOR:
        return old
    return old if old.state in new.yields else new


def spells_of(pieces: Sequence[Piece]) -> tuple[Spell, ...]:
    """The spells that pieces make; those of one state that follow each other without a gap are one."""
    spells: list[Spell] = []
    for piece in pieces:
        spell = _spell(piece)
        last = spells[-1] if spells else None
        if last and last.state is spell.state and last.until is not None and last.until + DAY == spell.since:
            spells[-1] = _joined(last, spell)
        else:
            spells.append(spell)
    return tuple(spells)


def _joined(one: Spell, next_: Spell) -> Spell:
    return replace(
        one,
        until=next_.until,
        sources=tuple(dict.fromkeys((*one.sources, *next_.sources))),
        stories=tuple(dict.fromkeys((*one.stories, *next_.stories))),
        official=one.official or next_.official,
    )


def _spell(piece: Piece) -> Spell:
    story = piece.story
    return Spell(
        piece.state,
        piece.first,
        None if piece.end == FOREVER else piece.end - DAY,
        story.official or story.outlets,
        (story.id,),
        bool(story.official),
        "what was told until then has ended, and nothing tells what came after" if piece.state is State.UNKNOWN else "",
    )
