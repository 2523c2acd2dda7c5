"""Whose border it is: the country whose authority acts, not the one that is named most."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from gatewatch.reading.clauses import Clause, Sentence
from gatewatch.reading.places import Mention, Part
from gatewatch.reading.setting import Setting

NAMES = (Part.NAMED, Part.AUTHORITY)
AHEAD = 10
"""How many words a reason at the head of a clause may have."""

ROW = 3
"""Names so close together are one row of actors ("Latvia, Lithuania and Poland")."""


class Told(Protocol):
    """What was claimed before: for which country, in which sentence."""

    @property
    def country(self) -> str: ...

    @property
    def sentence(self) -> int: ...


def border_of(clause: Clause, trigger: int, setting: Setting, last: Told | None = None) -> list[tuple[str, str | None]]:
    """The countries that the clause claims something for, each with the neighbour across.

    `last` is what was claimed just before: "it" and "the border" go on with its country.
    """
    finders = (_by_decision, _by_crossing, _by_clause, _by_side)
    found = _first(finders, clause, trigger, setting)
    here = last is not None and last.sentence == clause.sentence.number
    if not found and last is not None and here:
        found = [last.country]  # "Ecuador leaves one open, the ministry closed all others"
    found = found or _first((_by_sentence, _by_speaker, _by_home), clause, trigger, setting)
    found = found or ([last.country] if last is not None else _by_context(clause, setting))
    found = _next_to_the_neighbour(found, clause, setting)
    return [(country, neighbour_of(country, clause, setting)) for country in _bordering(found, clause, setting)]


def _next_to_the_neighbour(found: Sequence[str], clause: Clause, setting: Setting) -> list[str]:
    """Whose border with the named neighbour it can be: Finland has none with Belarus, the Lithuania of the text has."""
    across = [m.country for m in clause.mentions if m.part in (Part.NEIGHBOUR, Part.GOAL) and m.crossing is None]
    about = setting.protagonist
    apart = across and not any(setting.borders(one, other) or one == other for one in found for other in across)
    if apart and about is not None and any(setting.borders(about, other) for other in across):
        return [about]
    return list(found)


Finder = Callable[[Clause, int, Setting], list[str]]


def _first(finders: Sequence[Finder], clause: Clause, trigger: int, setting: Setting) -> list[str]:
    return next((found for find in finders if (found := find(clause, trigger, setting))), [])


def _by_decision(clause: Clause, trigger: int, setting: Setting) -> list[str]:
    """ "Zakharova commented on Finland's decision to close": the decision's owner, whoever speaks of it."""
    return [m.country for m in clause.mentions if m.part is Part.DECIDER and m.first <= trigger][-1:]


def _by_crossing(clause: Clause, trigger: int, setting: Setting) -> list[str]:
    """Crossings name their country, but for pairs such as Narva and Ivangorod, and where the far side acts."""
    named = _closed_crossings(clause, trigger)
    owners = list(dict.fromkeys(m.country for m in named))
    if not owners:
        return []
    far = {m.crossing.neighbour for m in named if m.crossing is not None}
    row = _row(clause.mentions, trigger, clause) or _right_behind(clause, trigger)
    acting = [c for c in row if c in owners or (c in far and _acts_from_there(c, trigger, clause))]
    if acting:
        return acting
    if len(owners) == 1:
        return owners
    return [next((c for c in (setting.protagonist, setting.home) if c in owners), owners[0])]


def _closed_crossings(clause: Clause, trigger: int) -> list[Mention]:
    """The crossings of a clause, unless its verb has an actor beside it and they stand in another fragment."""
    named = [m for m in clause.mentions if m.crossing is not None]
    start, end = clause.fragment(trigger)
    apart = not any(start <= m.first <= end for m in named)
    beside = [m for m in clause.mentions if start <= m.first <= end and m.part in (*NAMES, Part.OWNER)]
    if apart and any(not _of_two(m, clause) for m in beside):
        return []
    return named


def _acts_from_there(country: str, trigger: int, clause: Clause) -> bool:
    """Whether the country across is who acts at a crossing: named with the verb, and not as "with" or "from" it."""
    theirs = [m for m in clause.mentions if m.country == country]
    if any(m.part in (Part.NEIGHBOUR, Part.ORIGIN) or _of_two(m, clause) for m in theirs):
        return False
    return any(m.part is Part.AUTHORITY or clause.together(m.first, trigger) or m.first == clause.first for m in theirs)


def acts(country: str, clause: Clause, trigger: int) -> bool:
    """Whether a country is named as the one who acts: in the verb's own fragment, or before it with its own crossing."""
    theirs = [m for m in clause.mentions if m.country == country and m.crossing is None and m.towards is None]
    theirs = [m for m in theirs if m.part is Part.AUTHORITY or (m.part in (Part.NAMED, Part.DECIDER) and not m.adjective)]
    theirs = [m for m in theirs if not _of_two(m, clause) and not _in_it(m, clause)]
    own = any(m.crossing is not None and m.country == country for m in clause.mentions)
    return any(clause.together(m.first, trigger) or (own and m.first < trigger) for m in theirs)


def _in_it(mention: Mention, clause: Clause) -> bool:
    """Whether a name only tells where: "in Austria", "in die Slowakei"."""
    before = mention.first - 1
    before -= any(h.first == before for h in clause.of("article"))
    return any(h.last == before for h in clause.of("located"))


def _of_two(mention: Mention, clause: Clause) -> bool:
    """Whether a name is one of the two that something lies between ("the border between Latvia and Belarus")."""
    ties = {h.first for h in clause.of("and")}
    ahead = [h for h in clause.of("range", "with") if h.first not in ties]
    if mention.first - 1 in ties and any(0 < mention.first - h.last <= 3 for h in ahead):
        return True
    return any(0 < h.first - mention.last <= 1 for h in clause.of("against"))


def _by_clause(clause: Clause, trigger: int, setting: Setting) -> list[str]:
    return (
        _who_or_which(clause, trigger)
        or _among(clause.mentions, clause, trigger, setting)
        or _just_behind(clause, trigger)
        or _let_in(clause)
    )


def _by_sentence(clause: Clause, trigger: int, setting: Setting) -> list[str]:
    return _among(clause.sentence.mentions, clause, trigger, setting) or _in_next_part(clause, trigger)


def _among(mentions: Sequence[Mention], clause: Clause, trigger: int, setting: Setting) -> list[str]:
    """The owner of the border that is named, unless it is called after the one across; else who acts."""
    owners = [m for m in mentions if m.part is Part.OWNER and m.towards is None and m.crossing is None]
    if owners:
        owner = min(owners, key=lambda m: abs(m.first - trigger))
        both = [m.country for m in owners if 0 <= owner.first - m.last <= 1]
        if len(both) == 2 and setting.borders(*both):
            return [next((c for c in (setting.protagonist, setting.home) if c in both), both[0])]
        return _owner_or_agent(owner, mentions, clause, trigger, setting)
    return _row(mentions, trigger, clause)


def _who_or_which(clause: Clause, trigger: int) -> list[str]:
    """The subject of a relative clause: the name right before "which", unless another stands behind it."""
    pronouns = [h for h in clause.sentence.hits if h.concept == "relative" and h.first < trigger]
    if not pronouns:
        return []
    pronoun = pronouns[-1]
    between = [m for m in clause.sentence.mentions if pronoun.last < m.first <= trigger and m.part in NAMES]
    before = [m for m in clause.sentence.mentions if 0 < pronoun.first - m.last <= 2]
    if between or not before or before[-1].crossing is not None:
        return []
    return [before[-1].country]


def _just_behind(clause: Clause, trigger: int) -> list[str]:
    """The subject behind its verb ("stenger Norge grensa", "sulges Poola piiri", "schließt Finnland")."""
    behind = [m for m in clause.mentions if m.part in NAMES and m.crossing is None and m.towards is None]
    behind = [m for m in behind if m.first > trigger and clause.together(m.first, trigger)]
    behind = [m for m in behind if not m.adjective or m.first - trigger <= ROW]
    objects = [h.first for h in clause.of("with") if h.first > trigger]
    # "Opens for, among others, Norway": who stands behind "for" does not act.
    behind = [m for m in behind if not any(0 < m.first - at <= ROW for at in objects)]
    return _together(behind[0], clause.mentions) if behind else []


def _right_behind(clause: Clause, trigger: int) -> list[str]:
    """ "On Saturday closed Venezuela the crossing at Pacaraima": with the verb in front, as in Norwegian or German."""
    return [m.country for m in clause.mentions if m.part in NAMES and 0 < m.first - trigger <= 2 and m.crossing is None]


def _in_next_part(clause: Clause, trigger: int) -> list[str]:
    """ "Closing the border, Finland punished itself": the subject that begins the next part of the sentence."""
    _, end = clause.fragment(trigger)
    if trigger > 2:
        return []
    return [m.country for m in clause.sentence.mentions if m.part in NAMES and m.first == end + 1][:1]


def _let_in(clause: Clause) -> list[str]:
    """ "Russian tourists may no longer travel to Norway": the country that lets nobody in."""
    goals = [m for m in clause.mentions if m.part is Part.GOAL and m.crossing is None]
    return _together(goals[0], clause.mentions) if goals and clause.has("ban_entry", "group") else []


def _owner_or_agent(
    owner: Mention, mentions: Sequence[Mention], clause: Clause, trigger: int, setting: Setting
) -> list[str]:
    """ "Norway's border with Russia" is Norway's; "the Russian border" is its neighbour's who speaks of it."""
    leads = owner.first == clause.fragment(owner.first)[0]
    if leads and any(h.concept == "checks" and h.first == owner.last + 1 for h in clause.hits):
        return _together(owner, mentions)  # "Poland's border checks go on towards Germany"
    agents = [m.country for m in _agents(mentions, trigger, clause)]
    if any(setting.borders(owner.country, m.country) for m in clause.mentions if m.part is Part.NEIGHBOUR):
        return _together(owner, mentions)
    candidates = list(reversed(agents))
    behind = [] if agents else _just_behind(clause, trigger)
    if behind and all(setting.borders(each, owner.country) for each in behind):
        return behind  # "closure of the Belarus border under discussion in Poland"
    if setting.is_abroad and setting.looks_across(owner.country) and setting.protagonist is not None:
        candidates.append(setting.protagonist)  # "X wants to close the Russian border", over a text on Estonia
    if setting.looks_across(owner.country) or setting.acts_more(setting.home, owner.country):
        candidates.append(setting.home or "")
    elif setting.protagonist != setting.home and not _third(owner.country, setting):
        candidates.append(setting.protagonist or "")
    for actor in candidates:
        if actor != owner.country and setting.borders(actor, owner.country):
            return [actor]
    return _together(owner, mentions)


def _third(owner: str, setting: Setting) -> bool:
    """Whether the text is about a border with somebody else: "Lithuania's border" is then Lithuania's own."""
    everywhere = [m for s in setting.sentences for m in s.mentions]
    if not any(m.country == setting.protagonist and m.part in NAMES for m in everywhere):
        return True
    return any(m.part is Part.NEIGHBOUR and m.country not in (owner, setting.protagonist) for m in everywhere)


def _agents(mentions: Sequence[Mention], trigger: int, clause: Clause | None = None) -> list[Mention]:
    """Who acts before the verb: in the verb's own fragment, else before it; authorities before mere names."""
    across = {m.towards for m in mentions if m.towards is not None and m.crossing is None}
    before = [m for m in mentions if m.part in NAMES and m.crossing is None and m.first <= trigger]
    before = [m for m in before if m.country not in across]  # "the eastern border … if Russia": Finland acts
    if clause is not None:
        before = [m for m in before if not (_people(m, clause) or _a_reason(m, trigger, clause))]
        start, _ = clause.fragment(min(max(trigger, clause.first), clause.last))
        before = [m for m in before if m.first >= start] or before
    for part in (Part.AUTHORITY, Part.NAMED):
        acting = [m for m in before if m.part is part]
        acting = [m for m in acting if not m.adjective] or acting  # "disease on Hungarian farms makes Slovakia close"
        if acting:
            return acting
    return []


def _people(mention: Mention, clause: Clause) -> bool:
    """ "Citizens of Russia", "Venäjän kansalaiset": who comes from a country is not that country acting."""
    if mention.part is Part.AUTHORITY:
        return False
    named = clause.of("nationals", "group")
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


def _row(mentions: Sequence[Mention], trigger: int, clause: Clause | None = None) -> list[str]:
    """The first who acts, and those that stand beside it in a row."""
    acting = _agents(mentions, trigger, clause)
    return _together(acting[0], mentions, clause) if acting else []


def _speaks(mention: Mention, anchor: Mention, clause: Clause) -> bool:
    """ "State Border Committee: Lithuania has halted traffic": who says it, before a colon, does not act."""
    apart = mention.part is Part.AUTHORITY and anchor.part is Part.NAMED
    beside = mention.last + 1 == anchor.first
    return apart and beside and not clause.sentence.unbroken(mention.last, anchor.first)


def _together(anchor: Mention, mentions: Sequence[Mention], clause: Clause | None = None) -> list[str]:
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
    if gap >= ROW:
        return False
    return clause is None or gap < ROW - 1 or any(h.first == other.first - 1 for h in clause.of("and"))


def _alike(one: Mention, other: Mention) -> bool:
    alike = one.part is other.part or (one.part in NAMES and other.part in NAMES)  # "Estonia's and Latvia's ministers"
    return alike and one.towards is None and one.crossing is None


def _by_side(clause: Clause, trigger: int, setting: Setting) -> list[str]:
    """Whose "eastern border" it is: the home's, unless the text speaks of another country and not of home."""
    for mentions in (clause.mentions, clause.sentence.mentions):
        side = next((m for m in mentions if m.towards is not None and m.crossing is None), None)
        if side is None:
            continue
        last = max(1, clause.sentence.number)  # over a headline that names nobody the first sentence does
        before = [m for s in setting.sentences if s.number <= last for m in s.mentions]
        theirs = (*NAMES, Part.OWNER)
        actors = [m.country for m in before if (m.towards is None or m.crossing is not None) and m.part in theirs]
        others = [c for c in actors if c in setting.countries and side.towards in setting.countries[c].towards]
        other = max(others, key=lambda c: setting.acting[c], default=side.country)
        home = setting.acting.get(side.country, 0.0) if side.country in actors else 0.0
        return [other if setting.acting.get(other, 0.0) > 2 * home else side.country]
    return []


def _by_speaker(clause: Clause, trigger: int, setting: Setting) -> list[str]:
    """Who says it, where the name stands behind ("…, Lithuania warned")."""
    said = [h.first for h in clause.sentence.hits if h.concept == "reported"]
    for mention in clause.sentence.mentions:
        acts = mention.part in (Part.NAMED, Part.AUTHORITY) and mention.crossing is None
        if acts and any(abs(at - mention.last) <= 1 or abs(mention.first - at) <= 1 for at in said):
            return [mention.country]
    return []


def _by_context(clause: Clause, setting: Setting) -> list[str]:
    """The sentence before, the title, whoever the text is about, any name behind the verb."""
    earlier = _of_earlier_sentences(clause.sentence, setting)
    if earlier is not None:
        return [earlier]
    if setting.protagonist is not None:
        return [setting.protagonist]
    return _row(clause.sentence.mentions, len(clause.sentence.row))


def _by_home(clause: Clause, trigger: int, setting: Setting) -> list[str]:
    """ "The Government decided": that of the country which the text is about."""
    if setting.protagonist is not None and any(h.concept == "authority" for h in clause.sentence.hits):
        return [setting.protagonist]
    return []


def _of_earlier_sentences(here: Sentence, setting: Setting) -> str | None:
    """The actor of the sentence before, or of the title; without one, the owner of a crossing named there."""
    for number in (here.number - 1, 0):
        if not 0 <= number < here.number:
            continue
        for sentence in setting.sentences:
            if sentence.number == number:
                owners = [m.country for m in sentence.mentions if m.part is Part.OWNER and m.towards is None]
                owners = [c for c in owners if not any(setting.borders(a, c) for a in (setting.protagonist or "",))]
                found = owners or _row([m for m in sentence.mentions if not m.adjective], len(sentence.row))
                found = found or [m.country for m in sentence.mentions if m.crossing is not None or m.towards]
                if found:
                    return found[0]
    return None


def _bordering(found: Sequence[str], clause: Clause, setting: Setting) -> list[str]:
    """Of several actors those that have the border at all: Estonia has none with Belarus.

    Of two that only border on one another ("the border between Finland and Russia") the one that the text is about.
    """
    if len(found) < 2:
        return list(found)
    across = {m.country for m in clause.sentence.mentions if m.country not in found}
    across |= {m.towards for m in clause.sentence.mentions if m.towards is not None}
    having = [c for c in found if any(setting.borders(c, other) for other in across)]
    acting = [m for m in clause.mentions if m.country in found and m.part in NAMES and not _of_two(m, clause)]
    if len(found) == 2 and setting.borders(*found) and len({m.country for m in acting}) == 2:
        both = having or any(acting[0].last < h.first < acting[-1].first for h in clause.of("and"))
        # "Finland and Russia restrict": both do; "Niger: Benin closes the border": who stands by the verb
        return list(found) if both else [acting[-1].country]
    if not having and len(found) == 2 and setting.borders(*found):
        return [next((c for c in found if c in (setting.home, setting.protagonist)), found[0])]
    return having or list(found)


def neighbour_of(country: str, clause: Clause, setting: Setting) -> str | None:
    """The country across: marked as such, told by a word like "itäraja", or the only other one named."""
    for mentions in (clause.mentions, clause.sentence.mentions):
        found = _across(country, mentions, setting)
        if found is not None:
            return found
    everywhere = [m for sentence in setting.sentences for m in sentence.mentions]
    return _across(country, everywhere, setting)


def _across(country: str, mentions: Sequence[Mention], setting: Setting) -> str | None:
    for mention in mentions:
        if mention.country == country and mention.towards is not None:
            return mention.towards
    for mention in mentions:
        if mention.country != country and setting.borders(country, mention.country):
            return mention.country
    return None
