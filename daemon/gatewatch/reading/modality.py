"""How sure a clause is of what it claims: decided, only considered, denied, or merely named."""

from __future__ import annotations

from enum import StrEnum

from gatewatch.reading.actions import NOMINAL, Action, kept_open_no_more
from gatewatch.reading.clauses import Clause
from gatewatch.reading.conditions import asked_when, certain, conditional, not_for_now, some_day
from gatewatch.reading.day import Day
from gatewatch.reading.freshness import lately
from gatewatch.reading.lexicon import Hit
from gatewatch.reading.scope import BEHIND, governing, in_sentence, nearest, overlap, own_word, parted
from gatewatch.reading.standing import aside, in_passing
from gatewatch.reading.supposing import not_done_yet, set_aside, supposed
from gatewatch.reading.weighing import head_of_both, weighed_by, weighed_not


class Modality(StrEnum):
    DECIDED = "decided"
    CONSIDERED = "considered"
    DENIED = "denied"
    MENTIONED = "mentioned"


Verdict = tuple[Modality, str]

CLOSES = (Action.CLOSE, Action.RESTRICT)
NOUN_REACH = 10
"""How many words may lie between a noun and the word that decides or weighs it."""


def modality_of(clause: Clause, trigger: Hit, action: Action) -> Verdict:
    """How sure the clause is of its action, and the cue that says so."""
    if _a_state(clause, trigger, action):
        return Modality.MENTIONED, "a state, not a step"
    held = _not_kept_open(clause, trigger, action) or _held_back(clause, trigger, action)
    if held is not None:
        return held
    if trigger.concept in NOMINAL:
        return _of_noun(clause, trigger)
    if action is Action.OPEN and asked_when(clause, trigger):
        return Modality.MENTIONED, "nobody says when"
    behind = BEHIND if trigger.concept != "extend" else NOUN_REACH  # "Eine Verlängerung … sei wahrscheinlich"
    weighing = weighed_by(clause, trigger, behind)
    if weighing and weighed_not(clause, weighing):
        denies = action in CLOSES
        return (Modality.DENIED if denies else Modality.MENTIONED), "not weighed, not possible"
    if weighing and _allowed_since(clause, trigger, action):
        return Modality.DECIDED, "allowed since that day"
    if weighing:
        return Modality.CONSIDERED, "possible, prepared or demanded"
    if governing(clause, trigger, "intends"):
        if any(d.role != "until" and d.grain == "day" and _its_own(d, trigger, clause) for d in clause.days):
            return Modality.DECIDED, "intended, with its day"
        if action is Action.RESTRICT and governing(clause, trigger, "decided"):
            return Modality.DECIDED, "intended, and announced"
        return Modality.CONSIDERED, "intended"
    if conditional(clause) and not certain(clause, trigger):
        return Modality.CONSIDERED, "under a condition"
    if action is Action.OPEN and some_day(clause, trigger):
        if trigger.concept == "lift":
            return Modality.MENTIONED, "how long it lasts"
        return Modality.CONSIDERED, "when something comes to pass"
    if governing(clause, trigger, "would"):
        told = bool(in_sentence(clause.sentence, "reported"))
        return (Modality.DECIDED, "said to come") if told else (Modality.CONSIDERED, "would")
    if "hearsay" in clause.sentence.carried or _rumoured(clause, trigger):
        return Modality.CONSIDERED, "reported by others"
    return _of_fact(clause, trigger, action)


def _not_kept_open(clause: Clause, trigger: Hit, action: Action) -> Verdict | None:
    """ "Can't be kept open": mostly said of what is to come; with its day, or a word for deciding, it is a closing."""
    if action not in CLOSES or not kept_open_no_more(trigger, clause):
        return None
    if clause.days or clause.has("decided"):
        return Modality.DECIDED, "not kept open"
    return Modality.CONSIDERED, "can't be kept open"


def _held_back(clause: Clause, trigger: Hit, action: Action) -> Verdict | None:
    """What is only supposed, ruled out or not, put off, refused, or yet to be decided; None where nothing says so."""
    if supposed(clause, trigger) or _in_an_if(clause, trigger):
        return Modality.MENTIONED, "only supposed"
    aside_ = set_aside(clause, trigger)
    if aside_ is not None:
        return (Modality.CONSIDERED, "not ruled out") if aside_ else (Modality.DENIED, "ruled out")
    if governing(clause, trigger, "not_rule_out", behind=8):
        return Modality.CONSIDERED, "not ruled out"
    if action in (Action.OPEN, Action.CLOSE) and governing(clause, trigger, "postpone"):
        had_been = clause.has("pluperfect") and clause.has("relative")  # "Poland, which had put off the opening, …"
        return (Modality.MENTIONED if had_been else Modality.CONSIDERED), "put off"
    denied = _denied(clause, trigger, action)
    if denied is not None:
        refused = action is Action.OPEN and denied[0] is Modality.DENIED and not_for_now(clause)
        return (Modality.MENTIONED, "opening is ruled out") if refused else denied
    if governing(clause, trigger, "undecided", behind=8):
        if action is Action.EXTEND and trigger.concept != "extend":
            return Modality.MENTIONED, "how long is not known"
        return Modality.CONSIDERED, "not decided yet"
    return None


def _in_an_if(clause: Clause, trigger: Hit) -> bool:
    """ "Moscow would respond if the closure was extended": what stands within the "if" is nobody's plan."""
    start, end = clause.fragment(trigger.first)
    behind = start > 0 and end == len(clause.sentence.row) - 1 and not clause.sentence.is_title
    ties = {h.first for h in clause.of("clause")}  # not "bei weiteren Vorfällen dauerhaft dichtzumachen"
    return behind and any(h.first == start in ties and h.last < trigger.first for h in clause.of("condition"))


def _allowed_since(clause: Clause, trigger: Hit, action: Action) -> bool:
    """ "Seit Mittwoch kann die Bundespolizei sie abweisen": a "can" that holds since a day is in force."""
    since = [d for d in clause.days if d.grain == "day" and d.start <= clause.sentence.today and d.role == "from"]
    narrows = action is Action.RESTRICT and bool(since) and clause.together(since[0].first, trigger.first)
    return narrows and not clause.has("demand", "undecided", "condition", "not")


def _its_own(day: Day, trigger: Hit, clause: Clause) -> bool:
    """Whether a day ahead is that of the verb: "from Monday on", "will die Grenze am Montag schließen"."""
    ahead = day.start >= clause.sentence.today
    return day.role == "from" or (ahead and clause.together(day.first, trigger.first))


def _rumoured(clause: Clause, trigger: Hit) -> bool:
    """Whether it is said by sources; not where they speak of what came before ("closed it after three were reportedly
    shot")."""
    start, _ = clause.fragment(trigger.first)
    aside = {h.first for h in clause.of("after", "when", "relative")} - {start}
    return any(clause.fragment(h.first)[0] not in aside for h in in_sentence(clause.sentence, "hearsay"))


def _a_state(clause: Clause, trigger: Hit, action: Action) -> bool:
    """ "The only station that is open": nobody opens it."""
    opened = trigger.concept == "opened" and action is Action.OPEN
    just_now = clause.has("pluperfect") and clause.has("lately")  # "kaks punkti oli avatud alles eelmisel ööl"
    return opened and not (clause.sentence.is_title or clause.has("again") or just_now)


def _of_fact(clause: Clause, trigger: Hit, action: Action) -> Verdict:
    """Nothing weakens it: decided, unless it is asked, is a state, or nobody is there to decide."""
    title = clause.sentence.is_title
    if governing(clause, trigger, "decided"):
        return Modality.DECIDED, "decided"
    shared = _of_the_one_before(clause, trigger, action)
    if shared is not None:
        return shared
    if title and action is Action.EXTEND and aside(clause, trigger):
        return Modality.MENTIONED, "a state told in passing"
    if action is Action.EXTEND and trigger.concept != "extend" and in_passing(clause):
        return Modality.MENTIONED, "a state told in passing"
    if clause.asks(trigger.first):
        known = any(h.first < trigger.first for h in clause.of("explains"))  # "Why did Finland close its border?"
        return (Modality.CONSIDERED if title and not known else Modality.MENTIONED), "asked"
    weak = title and in_sentence(clause.sentence, "other_actor")
    if weak and trigger.concept == "closed" and any(h.last < trigger.first for h in clause.of("explains")):
        return Modality.MENTIONED, "explained"  # "Analyst: Why the border stayed shut"
    if weak and not clause.has("done", "authority", "pluperfect", "decision"):
        return Modality.CONSIDERED, "asked for by somebody who can't decide"
    if any(h.concept == "infinitive" and h.first <= trigger.first <= h.last for h in clause.hits):
        if title and not clause.has("other_actor"):
            return Modality.DECIDED, "headline"
        if clause.has("decision") and lately(clause):
            return Modality.DECIDED, "decided lately"  # "Athens' decision of the day before to shut its border"
        return Modality.MENTIONED, "no one decides it"
    return Modality.DECIDED, "told as a fact"


def _of_the_one_before(clause: Clause, trigger: Hit, action: Action) -> Verdict | None:
    """ "Weighs whether to halt trains and to close the border": one word governs both infinitives."""
    cue = head_of_both(clause, trigger)
    if cue is None:
        return None
    if cue.concept == "decided":
        return Modality.DECIDED, "decided, like what stands before it"
    if cue.concept in ("no_need", "rule_out"):
        return (Modality.DENIED if action in CLOSES else Modality.MENTIONED), "ruled out, like what stands before it"
    return Modality.CONSIDERED, "weighed, like what stands before it"


def _of_noun(clause: Clause, trigger: Hit) -> Verdict:
    """ "The closure", "sulkeminen": only a word for deciding or weighing close by makes it more than a name."""
    weighing = governing(clause, trigger, "possible", "demand", behind=NOUN_REACH)
    weighing = [h for h in weighing if clause.sentence.unbroken(h.last, trigger.first)]
    deciding = governing(clause, trigger, "decided", "introduce", "in_force", behind=NOUN_REACH)
    deciding = [h for h in deciding if not any(0 < h.first - w.last <= 3 and h.concept != "decided" for w in weighing)]
    if any(h.last < trigger.first for h in weighing):  # "weighs border shutdown order"
        deciding = [h for h in deciding if h.first - trigger.last != 1]
    decided, possible = nearest(deciding, trigger), nearest(weighing, trigger)
    if (nearest(clause.of("hearsay"), trigger) or NOUN_REACH) <= 2:
        return Modality.MENTIONED, "a rumour"  # "open amid closure rumours"
    if decided is None and clause.sentence.is_title and _called(clause, trigger):
        return Modality.CONSIDERED, "possible, prepared or demanded"
    if possible is not None and possible <= NOUN_REACH and (decided is None or possible <= decided):
        return Modality.CONSIDERED, "possible, prepared or demanded"
    if decided is not None and decided <= NOUN_REACH:
        return Modality.DECIDED, "decided"
    told = any(d.role != "on" for d in clause.days) or (clause.has("all") and not clause.has("ought", "possible"))
    if clause.sentence.is_title and told:  # not "there ought to be a law, but a full closing splits parliament"
        return Modality.DECIDED, "headline with its day"
    return Modality.MENTIONED, "named, not told as news"


def _refusing(clause: Clause, trigger: Hit) -> bool:
    """Whether a trigger is a "not" itself ("ei teeninda"): "none" only goes with it in Russian and Estonian."""
    return any(own_word(h, trigger) for h in clause.of("not"))


def _called(clause: Clause, trigger: Hit) -> bool:
    """ "Closing Storskog — a last resort": what stands right behind the dash says what the noun is."""
    _, end = clause.fragment(trigger.first)
    return any(h.first == end + 1 for h in clause.of("possible", "undecided"))


def _denied(clause: Clause, trigger: Hit, action: Action) -> Verdict | None:
    if governing(clause, trigger, "no_need", "rule_out", behind=8):
        if action is Action.OPEN:  # "sees no grounds for opening" changes nothing
            if trigger.concept not in NOMINAL and governing(clause, trigger, "decided") and clause.has("authority"):
                return Modality.DENIED, "decided not to"
            return Modality.MENTIONED, "opening is ruled out"
        return Modality.DENIED, "no need, or ruled out"
    if trigger.concept not in NOMINAL and not _refusing(clause, trigger) and any(
        h.first < trigger.first and clause.together(h.first, trigger.first) for h in clause.of("none_of")
    ):
        return Modality.DENIED, "denied"  # "none of the crossings to Russia will open on Sunday"
    near = [h for h in clause.of("not") if clause.together(h.first, trigger.first)]
    if near and trigger.concept == "likewise" and not_done_yet(clause, trigger):
        return Modality.MENTIONED, "nothing of the kind is told"
    if trigger.first != trigger.last:
        near = [h for h in near if not own_word(h, trigger)]
    if governing(clause, trigger, "done") and action in CLOSES:
        near = [h for h in near if h.first > trigger.last]  # "has not closed" is no refusal
    trailing = [h for h in near if h.first > trigger.last and not parted(clause, trigger.last, h.first)]
    infinitive = any(overlap(h, trigger) for h in clause.of("infinitive"))
    _, end = clause.fragment(trigger.first)
    if trailing and trigger.concept not in NOMINAL and (infinitive or trailing[-1].last == end):
        return Modality.DENIED, "denied"  # "закрывать границу не будут", "schließt den Übergang nicht"
    ahead, behind = (1, 0) if trigger.concept in NOMINAL else (4, 3)  # "the closing does not help" denies no closing
    if not any(-1 <= trigger.first - h.last <= ahead or -behind <= trigger.last - h.first <= 0 for h in near):
        return None
    if action is Action.OPEN and trigger.concept in NOMINAL:
        return Modality.MENTIONED, "opening is ruled out"
    return Modality.DENIED, "denied"
