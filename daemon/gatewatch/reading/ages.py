"""What a clause only recalls: old dates, pluperfects, "since" and "after"."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from gatewatch.reading.actions import NOMINAL, Action
from gatewatch.reading.agents import acts
from gatewatch.reading.clauses import LASTING, TRIGGERS, Clause
from gatewatch.reading.day import Day
from gatewatch.reading.freshness import lately
from gatewatch.reading.lexicon import Hit
from gatewatch.reading.modality import Modality
from gatewatch.reading.scope import done, governing, in_sentence, nearest, overlap
from gatewatch.reading.setting import OLD, Setting

FRESH = ("decided", "decision", "authority", "again", "per_day", "in_force", "midnight")
"""What makes a closing that has no day news all the same."""


def is_old(clause: Clause, trigger: Hit, modality: Modality, today: date) -> str:
    """The sign that the clause only recalls; empty where it tells news.

    What is weighed, or done again, is not aged by a day in another part of its sentence.
    """
    own = [d for d in clause.days if d.role != "until" and not _of_another(d, trigger, clause)]
    own = [d for d in own if not (_in_which(d, trigger, clause) or _of_a_state(d, trigger, clause))]
    own = _nearest_first(own, trigger)
    ahead = modality is not Modality.DECIDED or clause.has("again")
    if own and ahead and not (_unbroken(own[0], trigger, clause) or _since_it_began(own[0], trigger, clause)):
        own = []
    if own and (_years_ago(clause, trigger) or _on_that_day(own[0], clause, today)):
        return "an anniversary"
    if own:
        if not covers(own[0], today):
            return "an old date"
        if own[0].grain != "year":
            return ""
    if lately(clause) and not (clause.sentence.is_title and clause.has("after")):
        return ""  # but "closed hours after the gates had opened", in a headline, does not say whose gates
    sign = _sign_of_the_past(clause, trigger)
    if sign:
        return sign
    if ahead:
        return ""
    around = [d for d in clause.sentence.days if d.role != "until" and not _in_which(d, trigger, clause)]
    around = [d for d in around if not _of_a_state(d, trigger, clause)]
    if around and not any(covers(d, today) for d in around):
        return "an old date in its sentence"
    return ""


def _sign_of_the_past(clause: Clause, trigger: Hit) -> str:
    """The word that says that a clause looks back: "formerly", a pluperfect, "after"; empty where there is none."""
    signs = [("past_time", "a word for long ago"), ("pluperfect", "pluperfect")]
    for concept, why in signs if not clause.has("again") else ():
        if clause.has("today") and concept == "pluperfect":
            continue
        cues = governing(clause, trigger, concept, behind=8)
        cues = [cue for cue in cues if not _of_what_opens(cue, trigger, clause)]
        if any(clause.together(cue.first, trigger.first) for cue in cues):
            return why
    fresh = {h.last for h in clause.of("per_day", "clock", "today", "yesterday")}  # "the day after India closed"
    behind = [h for h in clause.of("after") if h.first <= trigger.first and not fresh & {h.first - 1, h.first, h.last}]
    behind = [h for h in behind if _looks_back(h, trigger, clause)]
    after = nearest(behind, trigger)
    if after is not None and after <= 4:
        return "told as what came before"
    start, _ = clause.fragment(trigger.first)
    ties = {h.first for h in clause.of("clause")}
    if any(h.first == start and h.first in ties for h in behind) and done(clause, trigger):
        return "told as what came before"  # "after Hungary has at last shut its border towards Croatia"
    return ""


def _looks_back(after: Hit, trigger: Hit, clause: Clause) -> bool:
    """Whether "after" goes with a verb of closing: not in "After drone attack, Poland shuts border", nor where it only
    goes with nouns ("После шаров Литва закрывает границу")."""
    if trigger.concept in NOMINAL or overlap(after, trigger):
        return True
    ties = any(after.first <= h.first <= after.last for h in clause.of("clause"))
    ties = ties or not clause.sentence.unbroken(after.first, after.last)  # "с тех пор, как"
    return ties and clause.together(after.last, trigger.first)


def _years_ago(clause: Clause, trigger: Hit) -> bool:
    """ "Today two years have passed since it was shut": "since" ties the verb to the years, not to today."""
    ahead = [h.last for h in clause.of("past_time") if h.last < trigger.first]
    since = {h.first for h in clause.of("after", "since")}
    return done(clause, trigger) and any(at in since for at in ahead)


def _on_that_day(day: Day, clause: Clause, today: date) -> bool:
    """ "A year ago, on 15 December", told on that day: a word for long ago right beside a date without its year."""
    beside = [h for h in clause.of("past_time") if -2 <= day.first - h.last <= 2 or 0 <= h.first - day.last <= 2]
    return day.dated and day.grain == "day" and day.start <= today and bool(beside)


def told_by_the_way(clause: Clause, trigger: Hit, action: Action, setting: Setting) -> str:
    """ "The southern border is closed": a state without a day that nobody announces is how things have been."""
    if lately(clause):
        return ""
    if _known(clause, trigger, action, setting):
        return "known to whoever reads of something else"
    if action is not Action.CLOSE or clause.sentence.is_title or clause.has("decided", "again", "midnight", "all_but"):
        return ""
    ends = bool(clause.days) and all(d.role == "until" for d in clause.days)
    if trigger.concept == "closed":
        state = ends or not (clause.days or clause.has(*LASTING))
    else:
        state = ends and done(clause, trigger) and _late(clause, setting) and not clause.has("authority")
    return "a state told by the way" if state else ""


def _late(clause: Clause, setting: Setting) -> bool:
    """Whether a sentence comes late, or under a headline that already asks how long what it tells of will last."""
    asks = any(h.concept in ("extend", "undecided") for h in setting.headline)
    return clause.sentence.number >= (1 if asks else 2)


def _known(clause: Clause, trigger: Hit, action: Action, setting: Setting) -> bool:
    """ "Stranded for a month when Finland closed its border", "Cottages stand empty. Entry has been restricted".

    What is past, has no day and is told in a "when", or under a headline on something else, was news before.
    """
    state = done(clause, trigger) or trigger.concept == "closed"
    if not (state or (action is Action.RESTRICT and trigger.concept == "ban_entry")):
        return False
    start, end = clause.fragment(trigger.first)
    recalls = start > 0 or not clause.sentence.is_title or done(clause, trigger)
    shuts = action is Action.CLOSE or trigger.concept == "ban_entry"
    if shuts and recalls and any(h.first == start for h in clause.of("when", "because")):
        own = [h.first for h in clause.of(*FRESH)] + [d.first for d in clause.days]
        return not any(start <= at <= end for at in own)
    if action is Action.CLOSE and start > 0 and any(start <= h.first <= start + 1 for h in clause.of("relative")):
        # "Opens two that were closed in December"
        return not any(d.grain == "day" and start <= d.first <= end for d in clause.days)
    if clause.days or clause.has(*FRESH):
        return False
    named = any(m.crossing is not None for m in clause.mentions)
    if clause.sentence.is_title or named:
        return False
    late = action is Action.CLOSE and clause.sentence.number >= 2
    return not setting.headline_is_of_a_border or (late and not setting.headline_closes)


def of_another_story(clause: Clause, trigger: Hit, country: str, setting: Setting) -> bool:
    """ "Finland closed its border because of migrants" late in a text on Estonia: known, and no news."""
    late = clause.sentence.number >= 2 and country != setting.protagonist
    fresh = clause.days or clause.has("decided", "again", "per_week", "per_day") or lately(clause)
    return done(clause, trigger) and late and not fresh


def known_to_be_closed(country: str, clause: Clause, trigger: Hit, setting: Setting) -> bool:
    """Whether a border that has been closed for long is only said to be so: "nobody gets across from Finland".

    A step told with its day, by a word for deciding, at the head of a text with its crossings, or by a headline
    ("Finland closes three harbours") is a new one.
    """
    told = clause.sentence.is_title and acts(country, clause, trigger.first)
    told = told and not (done(clause, trigger) or trigger.concept == "closed")
    told = told or (clause.sentence.number <= 1 and any(m.crossing is not None for m in clause.mentions))
    fresh = told or clause.has("decided", "decision", "again", "also") or lately(clause)
    ahead = [day for day in clause.days if clause.sentence.is_title or day.role != "until"]
    return not fresh and not any(covers(day, setting.today) for day in ahead)


def covers(day: Day, today: date) -> bool:
    """Whether a day, month or year named is of the week before the item, or ahead of it."""
    end = day.start
    if day.grain == "month":
        end = (day.start.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    elif day.grain == "year":
        end = day.start.replace(month=12, day=31)
    return end >= today - OLD


def _of_another(day: Day, trigger: Hit, clause: Clause) -> bool:
    """Whether a day dates another verb: "opened crossings that had been shut since 2021"."""
    if clause.together(day.first, trigger.first):
        return False
    start, end = clause.fragment(day.first)
    return any(start <= h.first <= end and h.concept in TRIGGERS for h in clause.hits)


def _in_which(day: Day, trigger: Hit, clause: Clause) -> bool:
    """Whether a day stands in a "which" behind the verb ("opened two crossings, which had been closed since 2021")."""
    if _since_it_began(day, trigger, clause):
        return False
    pronouns = [h.first for h in clause.sentence.hits if h.concept == "relative"]
    return any(trigger.last < at < day.first for at in pronouns)


def _since_it_began(day: Day, trigger: Hit, clause: Clause) -> bool:
    """ "The closure, which was introduced in 2023": the day is the noun's own."""
    start, end = clause.fragment(day.first)
    return trigger.concept in NOMINAL and any(start <= h.first <= end for h in clause.of("introduce", "in_force"))


def _of_a_state(day: Day, trigger: Hit, clause: Clause) -> bool:
    """ "Has opened the crossing closed since 2021": a day right beside a participle that is not the verb."""
    if trigger.concept != "open":
        return False
    long_ago = day.role == "from" or day.grain != "day"
    return long_ago and _beside_what_was_shut(day.first, day.last, trigger, clause)


def _beside_what_was_shut(first: int, last: int, trigger: Hit, clause: Clause) -> bool:
    states = in_sentence(clause.sentence, "closed", "close", "closing", "pluperfect")
    states = [h for h in states if not overlap(h, trigger)]
    return any(h.first - last <= 2 and first - h.last <= 2 for h in states)


def _of_what_opens(cue: Hit, trigger: Hit, clause: Clause) -> bool:
    """ "Avasi … suljettuna olleen aseman", "opened the border shut since 2020": what looks back is what was shut."""
    if trigger.concept != "open":
        return False
    behind = cue.concept == "pluperfect" and cue.first > trigger.last
    return behind or (not overlap(cue, trigger) and _beside_what_was_shut(cue.first, cue.last, trigger, clause))


def _unbroken(day: Day, trigger: Hit, clause: Clause) -> bool:
    """Whether no comma parts a verb from its day; the full stop within "15. Dezember" is none."""
    ahead = day.last < trigger.first
    return clause.sentence.unbroken(*((day.last, trigger.first) if ahead else (trigger.last, day.first)))


def _nearest_first(days: Sequence[Day], trigger: Hit) -> list[Day]:
    return sorted(days, key=lambda d: max(trigger.first - d.last, d.first - trigger.last))
