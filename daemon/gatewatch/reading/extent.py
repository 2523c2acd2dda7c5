"""How far a claim goes: which crossings, how much of the border, from which day until which."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from gatewatch.model import Scope
from gatewatch.reading.actions import Action
from gatewatch.reading.clauses import LASTING, Clause
from gatewatch.reading.day import Day
from gatewatch.reading.lexicon import Hit
from gatewatch.reading.mentions import Mention
from gatewatch.reading.scope import done, governing, overlap

LONG = 1000
"""Further than any word of a sentence lies from another."""

PEOPLE = ("arrive", "asylum_seekers", "migrants", "irregular", "people", "nationals")


def extent(clause: Clause, trigger: Hit, country: str, action: Action) -> tuple[tuple[str, ...], Scope]:
    """Crossings of that country named in the clause, and how much of the border is meant.

    Where the border itself is what is closed, a crossing told before it is only where something happened.
    """
    crossings = [m for m in clause.mentions if m.crossing is not None and not _refused(m.first, clause)]
    named = [m for m in crossings if m.country == country]
    named = named or [m for m in crossings if m.towards == country]  # "Finland and Russia restrict traffic at Salla"
    named = [m for m in named if action is not Action.CLOSE or not _sent_there(m, trigger, clause)]
    but = clause.of("all_but")
    whole = [h for h in clause.of("border", "crossing") if clause.together(h.first, trigger.first)]
    if whole and not but:
        named = [m for m in named if not _where_people_come(m, trigger, clause)]
    if but and action is not Action.OPEN:
        spared = [m for m in named if m.first >= but[0].first] or named
        return names(spared), Scope.ALL_BUT
    if and_everywhere_else(named, clause):
        return (), Scope.ALL
    if named:
        return names(named), Scope.NAMED
    return (), Scope.ALL if clause.has("all") else Scope.UNSPECIFIED


def and_everywhere_else(named: Sequence[Mention], clause: Clause) -> bool:
    """ "At Vaalimaa, Nuijamaa and everywhere else": a phrase for all the others right behind the names."""
    return bool(named) and any(h.size > 1 and h.first - named[-1].last == 1 for h in clause.of("all"))


def _refused(first: int, clause: Clause) -> bool:
    """Whether a comma and a "not" stand right before a name or day: "closes Imatra, not Vaalimaa"."""
    before = [h.first for h in clause.of("not") if h.last == first - 1]
    return any(at > clause.first and not clause.sentence.unbroken(at - 1, at) for at in before)


def _sent_there(mention: Mention, trigger: Hit, clause: Clause) -> bool:
    """ "Saatse closes, travellers are sent to Luhamaa": a crossing in another fragment, with the word for it."""
    start, end = clause.fragment(mention.first)
    apart = not clause.together(mention.first, trigger.first)
    return apart and any(start <= h.first <= end and h.last < mention.first for h in clause.of("directed"))


def _where_people_come(mention: Mention, trigger: Hit, clause: Clause) -> bool:
    """Whether a crossing stands in another fragment, with those who come through it."""
    if clause.together(mention.first, trigger.first):
        return False
    start, end = clause.fragment(mention.first)
    return any(h.concept in PEOPLE and start <= h.first <= end for h in clause.hits)


def names(mentions: Iterable[Mention]) -> tuple[str, ...]:
    """The official names of the crossings mentioned, each once."""
    return tuple(dict.fromkeys(m.crossing.name for m in mentions if m.crossing is not None))


def dates(clause: Clause, trigger: Hit, *, bare: bool) -> tuple[date | None, date | None]:
    """First and last day of what the clause claims, where it names them.

    A `bare` "on Friday" begins only what is decided and new: else it is mostly the day it was said.
    """
    days = [d for d in clause.days if d.grain == "day" and not _refused(d.first, clause)]
    days = [d for d in days if not _of_the_opposite(d, clause, trigger)]
    if governing(clause, trigger, "undecided", behind=8):
        return None, None
    since = next((_from(d, clause, trigger) for d in days if d.role == "from"), None)
    until = next((d.start for d in days if d.role == "until"), None)
    if since is None and bare:
        told = [d for d in days if d.role == "on" and not _of_telling(d, clause, trigger)]
        told = [d for d in told if not _when_people_came(d, clause, trigger)]
        since = next((begins_on(d, clause) for d in told), None)
    if until is not None and since is not None and until < since:
        until = None
    return since, until


def _of_the_opposite(day: Day, clause: Clause, trigger: Hit) -> bool:
    """ "Opened in the night to Thursday, they close on Friday": the day of the nearer of the two verbs."""
    opening, closing = clause.of("open", "opening", "lift"), clause.of("close", "closing", "closed", "stop")
    opens, closes = (any(overlap(h, trigger) for h in hits) for hits in (opening, closing))
    if not (opens or closes):
        return False
    other = [h for h in (closing if opens else opening) if not overlap(h, trigger)]
    return any(_gap(day, h) < _gap(day, trigger) for h in other)


def _when_people_came(day: Day, clause: Clause, trigger: Hit) -> bool:
    """ "Closes again after 70 came on Thursday": the day of those who came, in a part of its own."""
    if clause.together(day.first, trigger.first):
        return False
    start, end = clause.fragment(day.first)
    if any(h.first == start for h in clause.of("relative", "when")):
        return True  # "shut after clashes that spilled over on Saturday"
    return any(h.concept in PEOPLE and start <= h.first <= end for h in clause.hits)


def _of_telling(day: Day, clause: Clause, trigger: Hit) -> bool:
    """Whether a day is the one on which it was decided or said, not the one on which it begins."""
    telling = [h for h in governing(clause, trigger, "decided", "reported", behind=8) if h.concept != trigger.concept]
    begins = [h for h in clause.of(*LASTING) if clause.together(h.first, day.first)]
    telling = [h for h in telling if not any(overlap(h, b) for b in begins)]
    if begins and min(_gap(day, h) for h in begins) < min((_gap(day, h) for h in telling), default=LONG):
        return False  # "the closure, announced on Tuesday, takes effect on Saturday"
    if telling and day.dated and day.start < clause.sentence.today and not done(clause, trigger):
        return True  # "approved the closure at a sitting on 14 November"
    telling += told_beside(day, clause, "reported", "decided")  # "…, the prime minister said on Monday"
    gap = _gap(day, trigger)
    if clause.together(day.first, trigger.first):
        telling = [h for h in telling if day.first in _around(h, clause)]  # "opens on 17 November, says Tusk"
    closer = [hit for hit in telling if _gap(day, hit) <= gap]
    return any(_gap(day, hit) < gap or hit.last < day.first <= trigger.first for hit in closer)


def _around(hit: Hit, clause: Clause) -> range:
    """The tokens of the fragments in which a hit begins and ends."""
    return range(clause.fragment(hit.first)[0], clause.fragment(hit.last)[1] + 1)


def told_beside(day: Day, clause: Clause, *concepts: str) -> list[Hit]:
    """The words of telling that stand within two words of a day, and no comma between: it is their day."""
    near = [h for h in clause.of(*concepts) if _gap(day, h) <= 2]
    return [h for h in near if clause.sentence.unbroken(day.first, h.first)]


def _from(day: Day, clause: Clause, trigger: Hit) -> date:
    """ "Restored the checks in the night to Monday" was the last one."""
    past = day.weekday and done(clause, trigger)
    return day.start - timedelta(days=7) if past and day.start > clause.sentence.today else day.start


def _gap(day: Day, hit: Hit) -> int:
    return max(day.first - hit.last, hit.first - day.last, 0)


def begins_on(day: Day, clause: Clause) -> date:
    """ "Closes on Thursday" is the next one, "closed on Thursday" the last."""
    past = clause.has("done", "pluperfect") or not day.weekday
    return day.start if past or day.start >= clause.sentence.today else day.start + timedelta(days=7)
