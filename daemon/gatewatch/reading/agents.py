"""Who acts before a verb, and who stands in one row with it; not whoever is a place, a reason or people."""

from __future__ import annotations

from collections.abc import Sequence

from gatewatch.reading.clauses import Clause
from gatewatch.reading.mentions import NAMES, Mention, Part

AHEAD = 10
"""How many words a reason at the head of a clause may have."""

ROW = 3
"""Names so close together are one row of actors ("Latvia, Lithuania and Poland")."""


def acts(country: str, clause: Clause, trigger: int) -> bool:
    """Whether a country is named as acting: in the verb's own fragment, or before it with a crossing of its own."""
    theirs = [m for m in clause.mentions if m.country == country and m.crossing is None and m.towards is None]
    names = (Part.NAMED, Part.DECIDER)
    theirs = [m for m in theirs if m.part is Part.AUTHORITY or (m.part in names and not m.adjective)]
    theirs = [m for m in theirs if not of_two(m, clause) and not _in_it(m, clause)]
    start, end = clause.fragment(trigger)
    own = any(m.crossing is not None and m.country == country for m in clause.mentions)
    own = own or any(start <= h.first <= end for h in clause.of("it"))  # "Israel announced that it has closed …"
    return any(clause.together(m.first, trigger) or (own and m.first < trigger) for m in theirs)


def _in_it(mention: Mention, clause: Clause) -> bool:
    """Whether a name only tells where: "in Austria", "in die Slowakei"."""
    before = mention.first - 1
    before -= any(h.first == before for h in clause.of("article"))
    agent = {h.last for h in clause.of("agent")}  # "by" is a place, too
    return before not in agent and any(h.last == before for h in clause.of("located"))


def of_two(mention: Mention, clause: Clause) -> bool:
    """Whether a name is one of the two that something lies between ("the border between Latvia and Belarus")."""
    ties = {h.first for h in clause.of("and")}
    ahead = [h for h in clause.of("range", "with") if h.first not in ties]
    if mention.first - 1 in ties and any(0 < mention.first - h.last <= 3 for h in ahead):
        return True
    return any(0 < h.first - mention.last <= 1 for h in clause.of("against"))


def of_a_condition(mention: Mention, clause: Clause, trigger: int) -> bool:
    """ "The border may open if Russia gives its word": who stands in an "if" behind the verb opens nothing."""
    start, _ = clause.fragment(mention.first)
    return trigger < start and any(h.first == start for h in clause.of("condition"))


def agents(mentions: Sequence[Mention], trigger: int, clause: Clause | None = None) -> list[Mention]:
    """Who acts before the verb: in the verb's own fragment, else before it; authorities before mere names."""
    across = {m.towards for m in mentions if m.towards is not None and m.crossing is None}
    before = [m for m in mentions if m.part in NAMES and m.crossing is None and m.first <= trigger]
    before = [m for m in before if m.country not in across]  # "the eastern border … if Russia": Finland acts
    if clause is not None:
        before = [m for m in before if not _does_nothing(m, trigger, clause)]
        before = [m for m in before if not _before_a_colon(m, before, clause)]
        start, _ = clause.fragment(min(max(trigger, clause.first), clause.last))
        before = [m for m in before if m.first >= start] or before
        before = [m for m in before if _right_behind_says(m, trigger, clause)] or before
        before = [m for m in before if _asked(m, trigger, clause)] or before
    for part in (Part.AUTHORITY, Part.NAMED):
        acting = [m for m in before if m.part is part]
        acting = [m for m in acting if not m.adjective] or acting  # "disease on Hungarian farms makes Slovakia close"
        if acting:
            return acting
    return []


def _right_behind_says(mention: Mention, trigger: int, clause: Clause) -> bool:
    """ "Cambodia says Thailand has closed its border": who is said to have done it, not who says so."""
    said = any(h.last == mention.first - 1 and clause.together(h.last, trigger) for h in clause.of("reported"))
    return said and any(h.first <= trigger <= h.last for h in clause.of("done"))


def by_whom(clause: Clause, trigger: int) -> list[str]:
    """ "Was shut on Sunday by Taliban authorities": who stands behind "by"."""
    article = {h.first for h in clause.of("article")}
    by = {h.last for h in clause.of("agent") if trigger < h.first and clause.together(h.first, trigger)}
    by |= {at + 1 for at in by if at + 1 in article}
    return [m.country for m in clause.mentions if m.first - 1 in by and m.crossing is None and m.part in NAMES][:1]


def people_from(mention: Mention, clause: Clause) -> bool:
    """ "Citizens of Russia", "Venäjän kansalaiset": who comes from a country is not that country acting."""
    if mention.part is Part.AUTHORITY or any(h.first <= mention.first <= h.last for h in clause.of("located")):
        return False  # "Puolassa turvapaikkahakemuksia ei oteta vastaan"
    named = clause.of("nationals", "group", "outsider")  # "Lithuanian hauliers"
    if mention.adjective:
        named = [*named, *clause.of("vehicle", "goods", "not_people")]  # "venäläiskilpisiä autoja"
    return any(h.first == mention.last + 1 or (h.first <= mention.first and mention.last < h.last) for h in named)


def _a_reason(mention: Mention, trigger: int, clause: Clause) -> bool:
    """Whether a name stands in what led to the step: "because of the disease in Hungary, the ministry closes"."""
    causes = [h for h in clause.of("after") if h.last < mention.first < trigger]
    if not causes or mention.first - causes[0].last > AHEAD or trigger > clause.last:
        return False
    if any(h.first == causes[0].first for h in clause.of("clause")) and clause.together(causes[0].first, trigger):
        return False  # "after Hungary has shut its border towards Croatia": it is Hungary that shut it
    if any(h.last == mention.first - 1 for h in clause.of("located")):
        return True  # "after the peace in Ukraine the crossings will be opened"
    actors = [h.first for h in clause.of("authority")]
    actors += [m.first for m in clause.mentions if m.part in NAMES and not m.adjective and m.crossing is None]
    return causes[0].first == clause.first and any(at > mention.last for at in actors)


def _does_nothing(mention: Mention, trigger: int, clause: Clause) -> bool:
    """Whether a name before a verb is only of people, of a reason, a condition or a thing, or of the other side."""
    return (
        people_from(mention, clause)
        or _a_reason(mention, trigger, clause)
        or _waited_for(mention, trigger, clause)
        or _of_a_thing(mention, trigger, clause)
        or _across_as_well(mention, clause)
    )


def _waited_for(mention: Mention, trigger: int, clause: Clause) -> bool:
    """ "Should Russia send migrants, the gate could be shut", "Fortsätter Ryssland …, kan Estland": who stands in an
    "if", or in a "who fought in Ukraine", does nothing in the clause behind it."""
    start, end = clause.fragment(mention.first)
    if start <= trigger <= end:
        return False
    return any(start == h.first for h in clause.of("condition", "when", "verb_first", "relative"))


def _of_a_thing(mention: Mention, trigger: int, clause: Clause) -> bool:
    """ "After the British variant was found the Government closes": an adjective beside an authority is of a thing."""
    actors = [h.first for h in clause.of("authority") if clause.together(h.first, trigger)]
    return mention.adjective and mention.part is Part.NAMED and any(at > mention.last + 1 for at in actors)


def _before_a_colon(mention: Mention, named: Sequence[Mention], clause: Clause) -> bool:
    """ "The committee advises to go through Lithuania: Vilnius does not plan to close": who is named behind it acts."""
    behind = [m for m in named if clause.sentence.colon_between(mention.last, m.first)]
    return any(m.part in NAMES and not m.adjective for m in behind)


def _across_as_well(mention: Mention, clause: Clause) -> bool:
    """ "21 Übergänge nach Ungarn und zwei in die Slowakei": the second neighbour, with a preposition of its own."""
    first = [m.last for m in clause.mentions if m.part is Part.NEIGHBOUR and m.last < mention.first]
    ties = [h.first for h in clause.of("and")]
    return bool(first) and _in_it(mention, clause) and any(first[-1] < at < mention.first for at in ties)


def _asked(mention: Mention, trigger: int, clause: Clause) -> bool:
    """ "Russia asks Finland to reopen the border": who is asked would do it."""
    asks = [h for h in clause.of("demand") if h.first < mention.first <= h.last + 1 and mention.last < trigger]
    others = [m for m in clause.mentions if m.part in NAMES and not m.adjective and m.last < mention.first]
    return bool(asks and others) and not mention.adjective and clause.together(mention.first, trigger)


def deciders(clause: Clause, trigger: int) -> list[Mention]:
    """Whose decision stands before the verb, unless another's step follows "after" in between.

    "Latvia's decision came a day after Estonia had closed its border": it is Estonia that closed it.
    """
    names = [m.first for m in clause.mentions if m.part in NAMES and m.crossing is None and not m.adjective]
    after = [h.first for h in clause.of("after") if any(h.first < name < trigger for name in names)]
    owners = [m for m in clause.mentions if m.part is Part.DECIDER and m.first <= trigger]
    return [m for m in owners if not any(m.last < at for at in after)]


def just_behind(clause: Clause, trigger: int) -> list[str]:
    """The subject behind its verb ("stenger Norge grensa", "sulges Poola piiri", "schließt Finnland")."""
    behind = [m for m in clause.mentions if m.part in NAMES and m.crossing is None and m.towards is None]
    behind = [m for m in behind if m.first > trigger and clause.together(m.first, trigger)]
    behind = [m for m in behind if not m.adjective or m.first - trigger <= ROW]
    objects = [h.first for h in clause.of("with") if h.first > trigger]
    # "Opens for, among others, Norway": who stands behind "for" does not act.
    behind = [m for m in behind if not any(0 < m.first - at <= ROW for at in objects)]
    return together(behind[0], clause.mentions) if behind else []


def row_of(mentions: Sequence[Mention], trigger: int, clause: Clause | None = None) -> list[str]:
    """The first who acts, and those that stand beside it in a row."""
    acting = agents(mentions, trigger, clause)
    return together(acting[0], mentions, clause) if acting else []


def _speaks(mention: Mention, anchor: Mention, clause: Clause) -> bool:
    """ "State Border Committee: Lithuania has halted traffic": who says it, before a colon, does not act."""
    apart = mention.part is Part.AUTHORITY and anchor.part is Part.NAMED
    beside = mention.last + 1 == anchor.first
    return apart and beside and not clause.sentence.unbroken(mention.last, anchor.first)


def together(anchor: Mention, mentions: Sequence[Mention], clause: Clause | None = None) -> list[str]:
    """The countries in one row with a mention, on both sides ("Latvia, Lithuania and Poland")."""
    at = mentions.index(anchor)
    group = [anchor]
    for mention in mentions[at + 1 :]:
        if _alike(mention, anchor) and _beside(group[-1], mention, clause):
            group.append(mention)
    for mention in reversed(mentions[:at]):
        speaks = clause is not None and _speaks(mention, anchor, clause)
        if _alike(mention, anchor) and _beside(mention, group[0], clause) and not speaks:
            group.insert(0, mention)
    return list(dict.fromkeys(m.country for m in group))


def _beside(one: Mention, other: Mention, clause: Clause | None) -> bool:
    """Whether two names stand in a row: side by side, or an "and" between them ("Iran war: Pakistan" is none)."""
    gap = other.first - one.last
    if clause is None:
        return gap < ROW
    gap -= any(one.last < h.first < other.first for h in clause.of("article", "it"))  # "Polen og de baltiske landene"
    if gap >= ROW or clause.sentence.colon_between(one.last, other.first):
        return False  # "Niger: Benin closes the border"
    return gap < ROW - 1 or any(one.last < h.first < other.first for h in clause.of("and"))


def _alike(one: Mention, other: Mention) -> bool:
    alike = one.part is other.part or (one.part in NAMES and other.part in NAMES)  # "Estonia's and Latvia's ministers"
    return alike and one.towards is None and one.crossing is None
