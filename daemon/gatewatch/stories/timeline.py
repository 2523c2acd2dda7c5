"""The border day by day, as the stories tell it: which crossing is closed from when till when, by whose word. Pure.

A decision counts from its first day on until a later one; days are local calendar days of the border. Where nothing is
known the state is unknown: no word of a reopening is no reopening.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from gatewatch.model import EventType, Gazetteer, Scope, Story
from gatewatch.stories.spells import DAY, Piece, State, in_force, laid_over, spells_of
from gatewatch.stories.spells import Spell as Spell


class Deed(StrEnum):
    """What a decision does. Talk of closing or opening, and what is ruled out, does nothing."""

    CLOSE = "close"
    EXTEND = "extend"
    OPEN = "open"
    RESTRICT = "restrict"


DEEDS = {
    EventType.CLOSURE_ANNOUNCED.value: Deed.CLOSE,
    EventType.CLOSURE_EXTENDED.value: Deed.EXTEND,
    EventType.REOPENING_ANNOUNCED.value: Deed.OPEN,
    EventType.RESTRICTION_ANNOUNCED.value: Deed.RESTRICT,
}

STATES = {
    Deed.CLOSE: State.CLOSED,
    Deed.EXTEND: State.CLOSED,
    Deed.OPEN: State.OPEN,
    Deed.RESTRICT: State.RESTRICTED,
}


HEARD_LATE = timedelta(days=7)
"""So late an extension may be heard of and still begin with the day that it names."""


@dataclass(frozen=True, slots=True)
class Line:
    """What has a state: a crossing, or (`crossing` is None) a country's border with `neighbour` as a whole.

    `neighbour` is None where a story names neither a neighbour nor a crossing.
    """

    country: str
    neighbour: str | None = None
    crossing: str | None = None


Timeline = Mapping[Line, tuple[Spell, ...]]
"""Every line that is known, in the order of the gazetteer, with its spells: in order, without overlap.

Days that no spell covers are unknown. A border whose crossings are not all alike is `restricted` as a whole.
"""


@dataclass(frozen=True, slots=True)
class Ending:
    """A closure of one border that ends with the day `until`, and nothing says what comes then.

    `whole`: it is the closure of that border as a whole. `story` and `sources` told the end last.
    """

    country: str
    neighbour: str | None
    until: date
    whole: bool
    crossings: tuple[str, ...]
    story: str
    sources: tuple[str, ...]


def timeline(stories: Iterable[Story], gazetteer: Gazetteer) -> Timeline:
    """What the stories come to, whatever their order.

    Those that were denied, or that still wait for a better confirmation, don't count.
    """
    pieces: dict[Line, tuple[Piece, ...]] = dict.fromkeys(lines_of(gazetteer), ())
    for story in sorted(stories, key=lambda each: (each.opened, each.id)):
        deed = DEEDS.get(story.kind)
        if deed is None or story.country is None or story.denied or (story.waiting and not story.told):
            continue
        for line, state in list(_touched(story, deed, pieces)):
            pieces[line] = laid_over(pieces.get(line, ()), _told(story, deed, line, state))
    return {line: spells_of(found) for line, found in pieces.items()}


def lines_of(gazetteer: Gazetteer) -> Iterator[Line]:
    """Each border followed by its crossings."""
    for country in gazetteer.countries:
        crossings = [each for each in gazetteer.crossings if each.country == country.code]
        for neighbour in dict.fromkeys((*country.land_neighbours, *(each.neighbour for each in crossings))):
            yield Line(country.code, neighbour)
            yield from (Line(country.code, neighbour, each.name) for each in crossings if each.neighbour == neighbour)


def upcoming_ends(found: Timeline, now: datetime, within: timedelta) -> tuple[Ending, ...]:
    """The closures that end within so long and have no word on what comes then. `now` is in the border's time zone."""
    ending: dict[tuple[str, str | None, date], list[tuple[Line, Spell]]] = {}
    for line, spells in found.items():
        for spell in spells:
            if spell.state is not State.CLOSED or spell.until is None or spell.until >= date.max - DAY:
                continue
            end = datetime.combine(spell.until + DAY, time(), now.tzinfo)
            if now < end <= now + within and _nothing_follows(spells, spell):
                ending.setdefault((line.country, line.neighbour, spell.until), []).append((line, spell))
    return tuple(
        Ending(
            country,
            neighbour,
            until,
            any(line.crossing is None for line, _ in lines),
            tuple(line.crossing for line, _ in lines if line.crossing),
            lines[0][1].stories[-1],
            lines[0][1].sources,
        )
        for (country, neighbour, until), lines in ending.items()
    )


def _nothing_follows(spells: Sequence[Spell], spell: Spell) -> bool:
    later = [each for each in spells if each.since > spell.since]
    return not later or later[0].state is State.UNKNOWN


def _touched(story: Story, deed: Deed, pieces: Mapping[Line, tuple[Piece, ...]]) -> Iterator[tuple[Line, State]]:
    """The lines that a story tells of, and what each of them is from its first day on."""
    state = STATES[deed]
    here = [line for line in pieces if line.country == story.country]
    if story.scope is Scope.NAMED:
        for line in _named(story, here):
            yield line, state
            yield Line(line.country, line.neighbour), State.RESTRICTED
        return
    neighbours = {line.neighbour for line in _named(story, here)} | {story.neighbour} - {None}
    borders = [line for line in here if not line.crossing and (not neighbours or line.neighbour in neighbours)]
    if story.scope is Scope.UNSPECIFIED:
        yield Line(story.country or "", story.neighbour), state
        if deed is Deed.EXTEND:
            near = [line for line in here if not neighbours or line.neighbour in neighbours]
            yield from _still_closed(near, pieces, first_day(story, deed))
        return
    spared = story.crossings if story.scope is Scope.ALL_BUT else ()
    whole = State.RESTRICTED if story.scope is Scope.ALL_BUT else state
    yield from ((line, whole) for line in borders)
    if story.scope is Scope.ALL_BUT and not spared:
        return  # "all but one": closed are the others, whichever they are
    for line in here:
        if line.crossing and (not neighbours or line.neighbour in neighbours):
            if line.crossing not in spared:
                yield line, state
            elif deed is Deed.CLOSE:
                yield line, State.OPEN


def _named(story: Story, here: Sequence[Line]) -> list[Line]:
    """The crossings that a story names; one that the gazetteer does not know is a line of its own."""
    known = {line.crossing: line for line in here}
    return [known.get(name) or Line(story.country or "", story.neighbour, name) for name in story.crossings]


def _still_closed(
    lines: Iterable[Line], pieces: Mapping[Line, tuple[Piece, ...]], day: date
) -> Iterator[tuple[Line, State]]:
    """What is closed on that day or the day before, as an extension begins where the closure ends.

    A border that is closed in part goes on being so.
    """
    for line in lines:
        for each in (day, day - DAY):
            found = in_force(pieces[line], each)
            if found and (found.state is State.CLOSED or (found.state is State.RESTRICTED and not line.crossing)):
                yield line, found.state
                break


def first_day(story: Story, deed: Deed) -> date:
    """The day that a decision names, else that on which it was heard of.

    Extensions are also told with the day on which it all began; that one changes nothing any more.
    """
    heard = story.opened.date()
    if story.since is None or (deed is Deed.EXTEND and heard - story.since > HEARD_LATE):
        return heard
    return story.since


def _told(story: Story, deed: Deed, line: Line, state: State) -> tuple[Piece, ...]:
    """What a story makes of a line: its state, and after an end that it names the unknown.

    `yields` is what does not open: a restriction where it is closed, a crossing left open, one closed of many. What
    opens one crossing of a closed border opens a part of it, and tells nothing of a border that was not closed.
    """
    partly = line.crossing is None and story.scope is Scope.NAMED
    left_open = deed is Deed.CLOSE and state is State.OPEN
    yields = {State.CLOSED} if deed is Deed.RESTRICT or (partly and deed is not Deed.OPEN) else set()
    if left_open:
        yields = {State.CLOSED, State.RESTRICTED}
    elif partly and deed is Deed.OPEN:
        yields = {State.OPEN, State.RESTRICTED, State.UNKNOWN}
    start = first_day(story, deed)
    until = None if left_open else story.until
    return Piece.until_its_end(state, start, until, story, frozenset(yields))
