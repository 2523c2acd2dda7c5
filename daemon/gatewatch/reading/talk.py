"""What is said and decides nothing: opinions, polls, advice to travellers, exercises, a headline's promise."""

from __future__ import annotations

from gatewatch.reading.actions import NOMINAL
from gatewatch.reading.clauses import Clause
from gatewatch.reading.lexicon import Hit
from gatewatch.reading.mentions import NAMES
from gatewatch.reading.modality import Modality, Verdict
from gatewatch.reading.scope import done
from gatewatch.reading.setting import Setting
from gatewatch.reading.standing import closed_by_outsiders, rehearsed


def only_talked_of(clause: Clause, trigger: Hit, verdict: Verdict, setting: Setting) -> Verdict:
    """The verdict on a clause, weakened where nobody who could decide says it."""
    modality, why = verdict
    weighed = modality is Modality.CONSIDERED
    refused = modality is Modality.DENIED and not (clause.mentions or clause.days or clause.has("reported"))
    said = refused or modality in (Modality.CONSIDERED, Modality.DECIDED)
    if said and setting.is_opinion and trigger.concept != "likewise" and _by_the_writer(clause, weighed):
        modality, why = Modality.MENTIONED, "an opinion"
    if setting.is_survey and (weighed or trigger.concept in NOMINAL):
        modality, why = Modality.MENTIONED, "asked in a survey"
    if weighed and _to_travellers(clause, setting):
        modality, why = Modality.MENTIONED, "travellers are warned of it"
    if weighed and any(h.concept == "untrue" for h in clause.sentence.hits):
        modality, why = Modality.DENIED, "said to be untrue"
    if weighed and _commented_on(clause, trigger):
        modality, why = Modality.MENTIONED, "somebody else speaks of it"
    if _feared(clause, trigger) or (weighed and _wished(clause, setting)):
        modality, why = Modality.MENTIONED, "a wish of those who can't decide"
    if setting.is_still_open and _only_in_headline(clause, trigger, modality):
        modality, why = Modality.CONSIDERED, "yet to be decided, says the text"
    if modality in (Modality.CONSIDERED, Modality.DECIDED) and rehearsed(clause, trigger):
        modality, why = Modality.MENTIONED, "only rehearsed"
    if modality is Modality.CONSIDERED and not clause.has("demand") and closed_by_outsiders(clause, trigger):
        modality, why = Modality.MENTIONED, "done by those who are no state"
    return modality, why


def _by_the_writer(clause: Clause, weighed: bool) -> bool:
    """Whether a letter or a column itself says it: "The Government should shut the border", and reports nothing."""
    outsider = clause.has("other_actor") and not clause.has("authority")  # "…, writes the former mayor"
    reports = bool(clause.mentions) and bool(clause.days or clause.has("reported")) and not (weighed and outsider)
    asks = weighed and clause.has("ought") and not clause.has("decided")
    return not reports and (asks or not clause.has("authority", "decided"))


def _to_travellers(clause: Clause, setting: Setting) -> bool:
    """ "The foreign ministry advises against travel: the border could be closed": a warning, and no plan."""
    near = (0, clause.sentence.number)
    return any(h.concept == "travel_advice" for s in setting.sentences if s.number in near for h in s.hits)


def _commented_on(clause: Clause, trigger: Hit) -> bool:
    """ "Kremlin regrets talk of a closure"; not "regrets that Finland weighs a closure", which tells whose it is."""
    if trigger.concept not in NOMINAL:
        return False
    comments = [h for h in clause.of("comments_on") if h.last < trigger.first]
    named = [m.first for m in clause.mentions if m.part in NAMES and m.crossing is None]
    return bool(comments) and not any(comments[-1].last < at < trigger.first for at in named)


def _feared(clause: Clause, trigger: Hit) -> bool:
    """ "A pensioner fears that the bridge will be closed one day": no state, no authority says so.

    "Fears that the border closes" is a headline's news; "shops fear that the closing takes their customers" is none.
    """
    named = any(m.part in NAMES and m.crossing is None for m in clause.mentions)
    headline = clause.sentence.is_title and trigger.concept not in NOMINAL
    told = named or headline or clause.days or clause.has("authority", "decided")
    return clause.has("feared") and not told


def _wished(clause: Clause, setting: Setting) -> bool:
    """ "Some would like to see it opened", "how the town lives with a closed border: many hope": nobody weighs it."""
    if clause.has("authority", "decided"):
        return False
    told = clause.has("reported", "demand") or bool(clause.days or clause.mentions)
    return clause.has("wished") or (setting.is_explainer and not (told or clause.sentence.is_title))


def _only_in_headline(clause: Clause, trigger: Hit, modality: Modality) -> bool:
    """Whether a headline says that a border closes or opens, and neither when, nor who decided it, nor that it did."""
    bare = not (clause.days or done(clause, trigger) or clause.has("decided", "authority"))
    bare = bare and trigger.concept in ("close", "closed", "open", "opened")
    return clause.sentence.is_title and modality is Modality.DECIDED and bare
