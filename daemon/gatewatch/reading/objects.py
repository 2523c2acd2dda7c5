"""Whether a border is what is closed: not a road, a school, a fence, cattle, a match, the wind."""

from __future__ import annotations

from collections.abc import Sequence

from gatewatch.reading.actions import NOMINAL, Action
from gatewatch.reading.bare_headlines import of_the_text
from gatewatch.reading.clauses import TRIGGERS, VERDICTS, Clause
from gatewatch.reading.figures import of_people
from gatewatch.reading.lexicon import Hit
from gatewatch.reading.mentions import NAMES, Mention, Part
from gatewatch.reading.scope import nearest
from gatewatch.reading.setting import Setting

PROPER = ("border", "crossing", "entry", "checks", "ban_entry")
NARROWED = ("crossing", "traffic", "entry", "checks", "ban_entry", "group", "vehicle", "night")
TIES = ("it", "authority", "traffic", "in_force", "all", "all_but", "group", "vehicle", "again", "decided")
"""Without a border of its own a clause needs one of these, a country or a day to go on with the border before it."""

SURE = ("authority", "decided", "it", "all", "all_but", "again", "traffic", "possible", "condition", "not", "no_need")
"""A closing that names no border of its own has to have one of these."""

OBJECTS = ("border", "crossing", "entry", "checks")


def about_a_border(clause: Clause, trigger: Hit, action: Action, setting: Setting) -> bool:
    """Whether a border is what is closed: not a road, a school, a shop that lies nearer to the verb."""
    if _of_another_world(clause, trigger, action, setting):
        return False
    if trigger.concept in ("checks", "likewise"):
        return True
    if trigger.concept in ("only", "directed", "suspended") or (trigger.concept == "stop" and clause.has("protection")):
        return setting.speaks_of_borders
    objects = _objects(clause)
    if trigger.concept == "lift" and not clause.has("not_border"):
        if clause.has("ban_entry") and not clause.has("checks", "closing"):
            return clause.has("border", "crossing")  # a ban on people ends: no border opens by that
        # a restriction that is lifted was spoken of before
        return setting.speaks_of_borders and not setting.is_of_another_line
    if trigger.concept == "ban_entry":
        return _keeps_out(clause, trigger, setting)
    if action is Action.RESTRICT and trigger.concept in ("restrict", "restriction", "extend"):
        return _narrows_a_border(clause, trigger, objects, setting)
    if trigger.concept == "stop" and not clause.has("border", "crossing"):
        return _stops_at_a_border(clause, trigger, setting)
    if not clause.has(*OBJECTS) and not setting.speaks_of_borders:
        return _closes_by_name(clause, trigger) or _between_neighbours(clause, setting)
    near = nearest(objects, trigger)
    other = nearest(_other_things(clause, setting, trigger), trigger)
    if near is not None:
        return other is None or (near < other and not _a_town_closes(clause, trigger, objects, setting))
    if action is Action.EXTEND and clause.sentence.is_title and other is None:
        return setting.speaks_of_borders  # "The closing goes on as long as it has to", over a text on the border
    if action is Action.EXTEND and clause.has("closing") and other is None:
        return setting.speaks_of_borders  # "The closure can be prolonged as long as it takes"
    told = clause.sentence.is_title or bool(clause.days) or clause.has(*SURE)
    if action is Action.CLOSE and trigger.concept not in NOMINAL and not told:
        return False  # "the twin towns closed their old swimming hall": nobody decides, and no border stands beside it
    return other is None and (_carried(clause, setting) or of_the_text(clause, trigger, setting))


def _of_another_world(clause: Clause, trigger: Hit, action: Action, setting: Setting) -> bool:
    """Whether the text, or the clause, is of roads, a match, the wind, cattle, a fence: they close no border."""
    if setting.is_of_roads or setting.is_of_sport or setting.is_of_weather or _of_goods(clause, trigger):
        return True
    if action in (Action.CLOSE, Action.OPEN) and _of_a_fence(clause, trigger, setting):
        return True
    if setting.closes_another_thing and not (clause.sentence.is_title or clause.has(*OBJECTS)):
        return True
    if setting.is_of_an_inner_line and not (clause.sentence.is_title or clause.sentence.mentions):
        return True  # "the border is closed on Friday", under a headline on a province's
    return setting.is_of_goods and not clause.has("people", "traffic", "vehicle")


def _keeps_out(clause: Clause, trigger: Hit, setting: Setting) -> bool:
    """Whether it is a border that somebody may not cross, and not a count of those who were turned away."""
    if _counted(clause, trigger):
        return False
    if setting.speaks_of_borders:
        return True
    let_in = clause.has("entry", "group", "vehicle") or any(m.part is Part.GOAL or m.crossing for m in clause.mentions)
    return let_in and setting.neighbours_named


def _stops_at_a_border(clause: Clause, trigger: Hit, setting: Setting) -> bool:
    """Whether traffic that is stopped is that of the border which the text is about."""
    beside = (nearest(clause.of("traffic"), trigger) or 0) <= 1  # not "stop the kind of traffic we saw"
    other, named = nearest(clause.of("not_border"), trigger), _named_nearest(clause, trigger)
    if other is not None and (named is None or other <= named):
        return False  # "cut the traffic on the Saatse Boot road", "traffic on the Tartu-Valga highway halted"
    known = setting.carries_border(clause.sentence.number) or _between_neighbours(clause, setting)
    told = beside and known and not clause.has("not_border")
    return told or any(m.crossing is not None for m in clause.mentions)


def _a_town_closes(clause: Clause, trigger: Hit, objects: Sequence[Hit], setting: Setting) -> bool:
    """ "Kuusamo is to close three village schools": the name is the town's, and what stands behind the verb closes."""
    if clause.has(*OBJECTS) or any(h.first > trigger.first for h in objects):
        return False
    behind = [h for h in _other_things(clause, setting, trigger) if h.first > trigger.last]
    return any(clause.together(h.first, trigger.first) for h in behind)


def _named_nearest(clause: Clause, trigger: Hit) -> int | None:
    """How far the nearest crossing named is."""
    return nearest([Hit("crossing", m.first, m.last) for m in clause.mentions if m.crossing is not None], trigger)


def _other_things(clause: Clause, setting: Setting, trigger: Hit) -> list[Hit]:
    """What is closed that is no border; but between two countries "Simón Bolívar bridge" is the crossing itself."""
    two = setting.neighbours_named and any(m.crossing is None for m in clause.mentions)
    names = {m.last for m in clause.mentions if m.crossing is not None} if two else set()
    found = [h for h in clause.of("not_border") if h.first - 1 not in names]
    beside = any(clause.together(h.first, trigger.first) for h in clause.of("border", "crossing"))
    # "trade revives, | for Poland has opened the crossing"
    return [h for h in found if clause.together(h.first, trigger.first)] if beside else found


def _of_a_fence(clause: Clause, trigger: Hit, setting: Setting) -> bool:
    """ "The last stretch closes the gaps in the fence": the fence lies nearer than a border, or is what it is about."""
    fence = nearest(clause.of("fence"), trigger)
    if fence is None:
        return setting.is_of_fence and not clause.has(*OBJECTS) and not any(m.crossing for m in clause.mentions)
    border = nearest([h for h in clause.hits if h.concept in OBJECTS], trigger)
    return border is None or fence < border


def _counted(clause: Clause, trigger: Hit) -> bool:
    """ "1,870 people were turned away at the Öresund bridge": a count, and no ban."""
    people = ("people", "nationals", "migrants", "asylum_seekers")
    return clause.has("arrive", "done") and of_people(clause, *clause.fragment(trigger.first), *people)


def _of_goods(clause: Clause, trigger: Hit) -> bool:
    """ "Closes the ports along the border to Mexican cattle": nobody is kept from crossing."""
    near = [h for h in clause.of("goods") if clause.together(h.first, trigger.first)]
    return bool(near) and not clause.has("traffic", "people", "group", "vehicle", "nationals")


def _narrows_a_border(clause: Clause, trigger: Hit, objects: Sequence[Hit], setting: Setting) -> bool:
    """Whether what is restricted, or prolonged, has to do with a border."""
    if clause.has("not_border") and not objects:
        return False
    named = any(m.crossing is not None for m in clause.sentence.mentions)
    proper = named or any(h.concept in PROPER for h in clause.sentence.hits)
    if clause.has(*NARROWED):
        return proper and setting.names_a_border
    if trigger.concept == "restrict" and any(m.crossing is not None for m in clause.mentions):
        return not clause.has("not_border")  # "opening hours at Narva are cut by half"
    asylum = trigger.concept == "extend" and clause.has("protection")  # "Poland prolongs its stop on asylum"
    near = proper or setting.carries_border(clause.sentence.number)
    return (asylum and setting.speaks_of_borders) or (trigger.concept == "restrict" and _named(clause) and near)


def _objects(clause: Clause) -> list[Hit]:
    """What could be closed in a clause: borders and crossings, unless they only tell where another thing is."""
    border = [h for h in clause.hits if h.concept in OBJECTS]
    border += [Hit("across", m.first, m.last) for m in clause.mentions if _across(m, clause)]
    crossings = [Hit("crossing", m.first, m.last) for m in clause.mentions if m.crossing or m.towards]
    found = [hit for hit in (*border, *crossings) if not _in_which(hit, clause) and not _by_it(hit, clause)]
    if clause.has("not_border"):
        found = [hit for hit in found if not _located(hit, clause) and not _of_another(hit, clause)]
    elif clause.sentence.is_title and not clause.has(*OBJECTS) and not _named(clause):
        found = [hit for hit in found if not _located(hit, clause)]  # "Clothes chain closes in Haparanda"
    return found


def _between_neighbours(clause: Clause, setting: Setting) -> bool:
    """ "Poland lets Belarusian trains and cars through again": traffic between two that share a border."""
    named = {m.country for m in clause.mentions if m.crossing is None}
    moving = clause.has("traffic", "vehicle") and not clause.has("not_border")
    return moving and any(setting.borders(one, other) for one in named for other in named)


def _by_it(hit: Hit, clause: Clause) -> bool:
    """ "The canteen near the border closed": where a thing stands that is none."""
    return any(0 < hit.first - near.last <= 2 for near in clause.of("beside"))


def _closes_by_name(clause: Clause, trigger: Hit) -> bool:
    """ "Estonia closes Narva at night": a crossing's name and an actor, in a text without a border word."""
    if trigger.concept == "open" or clause.has("not_border"):
        return False
    acting = any(m.part in NAMES and m.first < trigger.last for m in clause.mentions)
    where = clause.of("located", "origin_form", "goal_form")
    near = [m for m in clause.mentions if m.crossing is not None and clause.together(m.first, trigger.first)]
    near = [m for m in near if not any(h.first <= m.last and m.first <= h.last for h in where)]
    return bool(near) and (acting or clause.has("authority", *VERDICTS))


def _in_which(hit: Hit, clause: Clause) -> bool:
    """Whether a border stands in a relative clause of its own ("the mill, which is seen from the border, closed")."""
    start, end = clause.fragment(hit.first)
    verbs = any(start <= h.first <= end and h.concept in TRIGGERS for h in clause.hits)
    return not verbs and any(start <= h.first <= min(start + 1, hit.first) for h in clause.of("relative"))


def _across(mention: Mention, clause: Clause) -> bool:
    """ "Finland closes towards Russia": the country across stands for the border with it."""
    if mention.part is not Part.NEIGHBOUR or mention.crossing is not None:
        return False
    return any(m.part in NAMES and m.first < mention.first for m in clause.mentions)


def _named(clause: Clause) -> bool:
    """Whether a clause says who acts: "Norway weighs to tighten too" is about the border of the sentence before."""
    acting = [m for m in clause.mentions if m.part in NAMES and m.crossing is None]
    return clause.has("authority") or bool(acting)


def _of_another(hit: Hit, clause: Clause) -> bool:
    """Whether a border only belongs to the noun beside it: "the Saatse Boot road", "the mountain road Bjørnfjell"."""
    if any(hit.first - h.last == 1 for h in clause.of("not_border")):
        return True
    heads = [h for h in clause.of("not_border") if 0 < h.first - hit.last <= 3 and clause.together(h.first, hit.last)]
    between = (*clause.of("and"), *clause.of("close", "open", "located"))
    return any(not any(hit.last < b.first < head.first for b in between) for head in heads)


def _goes_on(clause: Clause) -> bool:
    return clause.has(*TIES) or bool(clause.mentions or clause.days)


def _located(hit: Hit, clause: Clause) -> bool:
    """Whether a border only tells where something is: the road to it, a school near it, "ved Storskog"."""
    where = clause.of("located")
    if any(-3 <= near.last - hit.first <= 0 or near.first <= hit.first <= near.last for near in where):
        return True
    # "The line between Wels and the German border"
    ties = {h.first for h in clause.of("and")}
    ahead = [h.first for h in clause.of("range", "with") if hit.first - 8 < h.first < hit.first]
    between = [at for at in ahead if at not in ties]
    tied = any(0 < hit.first - tie <= 3 for tie in ties)
    return tied and any(h.last < at for h in clause.of("not_border") for at in between)


def _carried(clause: Clause, setting: Setting) -> bool:
    """No border in the clause: it may lie in the rest of the sentence, or in the one before ("it", "they")."""
    sentence = clause.sentence
    if any(h.concept == "not_border" for h in sentence.hits):
        return False
    named = [Hit("crossing", m.first, m.last) for m in sentence.mentions if m.crossing]
    if sentence.is_title and not _named(clause):
        named = [hit for hit in named if not _located(hit, clause)]
    if any(h.concept in OBJECTS and not _by_it(h, clause) for h in sentence.hits) or named:
        return True
    return _goes_on(clause) and setting.carries_border(sentence.number)
