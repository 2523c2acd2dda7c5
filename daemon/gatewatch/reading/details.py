"""What the sentences around a claim add to it: its days, and the crossings that it is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from gatewatch.model import Scope
from gatewatch.reading.actions import Action
from gatewatch.reading.ages import covers
from gatewatch.reading.claims import Claim
from gatewatch.reading.clauses import LASTING, Clause, Sentence
from gatewatch.reading.day import Day
from gatewatch.reading.extent import PEOPLE, and_everywhere_else, begins_on, names, told_beside
from gatewatch.reading.figures import UNITS, of_people
from gatewatch.reading.mentions import Part
from gatewatch.reading.modality import Modality
from gatewatch.reading.scope import overlap
from gatewatch.reading.setting import OLD, Setting

OF_A_CROSSING = ("border", "crossing", "traffic", "it", "close", "closed", "closing", "open", "opened", "stop")
"""A sentence with one crossing and none of these may only tell where something else happens."""

RUNNING = ("not_border", "goods", "directed")
"""Of what runs on, or where people are sent instead: "Freight trains go on through Vainikkala"."""
NEAR = 2
"""How many sentences behind a claim still speak of it ("The decision is in force until 18 February")."""


def completed(told: Sequence[Claim], setting: Setting) -> list[Claim]:
    """The claims, each with what sentences without a claim of their own tell of it."""
    found = [_with_the_next_clause(claim, told, setting) for claim in told]
    claimed = {claim.sentence for claim in told if claim.type is not None}
    for sentence in setting.sentences:
        if sentence.number in claimed or sentence.is_title or not sentence.row:
            continue
        found = [_with_details(claim, sentence) if _just_told(claim, sentence, found) else claim for claim in found]
    found = [_where_the_headline_says(claim, told, setting) for claim in found]
    return [_at_the_only_crossing(claim, setting) for claim in found]


def _where_the_headline_says(claim: Claim, told: Sequence[Claim], setting: Setting) -> Claim:
    """ "Silence at Silene", over "Latvia closes the crossing": the headline names what the first sentences close."""
    steps = (Action.CLOSE, Action.OPEN, Action.EXTEND)
    plain = claim.action in steps and claim.modality is Modality.DECIDED and not claim.background
    whole = claim.scope is Scope.ALL and claim.trigger != "stop"  # "all traffic" is all that goes there
    if not plain or claim.crossings or whole or not 0 < claim.sentence <= NEAR:
        return claim
    if any(c.sentence == 0 and c.type is not None for c in told):
        return claim
    title = [s for s in setting.sentences if s.is_title]
    crossings = names(m for s in title for m in s.mentions if m.country == claim.country)
    where = Scope.ALL_BUT if any(h.concept == "all_but" for s in title for h in s.hits) else Scope.NAMED
    return replace(claim, crossings=crossings, scope=where) if crossings else claim


def _at_the_only_crossing(claim: Claim, setting: Setting) -> Claim:
    """ "Norway can close its border with Russia", in a text that names Storskog: there is no other crossing."""
    if claim.crossings or claim.scope is not Scope.UNSPECIFIED or claim.action is Action.RESTRICT:
        return claim
    there = (m.crossing for m in setting.mentions if m.country == claim.country and m.crossing)
    only = next((c for c in there if c.only and claim.neighbour in (c.neighbour, None)), None)
    return claim if only is None else replace(claim, crossings=(only.name,), scope=Scope.NAMED)


def _with_the_next_clause(claim: Claim, told: Sequence[Claim], setting: Setting) -> Claim:
    """ "Checks return on 7 July | and stay in place until 5 August": a clause that only tells how long it lasts."""
    if claim.modality is not Modality.DECIDED or claim.type is None or claim.background or claim.until is not None:
        return claim
    sentence = next(s for s in setting.sentences if (s.field, s.number) == (claim.evidence.field, claim.sentence))
    behind = [at for at, token in enumerate(sentence.row) if token.start >= claim.evidence.end]
    if not behind or any(c.sentence == claim.sentence and c.evidence.start > claim.evidence.start for c in told):
        return claim
    rest = Clause(sentence, behind[0], behind[-1])
    others = any(m.country not in (claim.country, claim.neighbour) for m in rest.mentions)
    if others or not rest.has(*LASTING, "extend", "keep") or rest.has("not", "possible", "condition", *PEOPLE):
        return claim
    until = next((d.start for d in rest.days if d.role == "until" and d.grain == "day"), None)
    return replace(claim, until=until) if until is not None and until >= sentence.today else claim


def _just_told(claim: Claim, sentence: Sentence, told: Sequence[Claim]) -> bool:
    """Whether a sentence can go on with a decided claim: the last one before it, or the headline's."""
    if claim.modality is not Modality.DECIDED or claim.background or claim.type is None:
        return False
    gap = sentence.number - claim.sentence
    if any(h.concept in LASTING for h in sentence.hits):
        return 0 < gap <= NEAR + 1
    between = [c for c in told if claim.sentence < c.sentence < sentence.number and c.type is not None]
    return 0 < gap <= NEAR and not between


def _with_details(claim: Claim, sentence: Sentence) -> Claim:
    clause = Clause(sentence, 0, len(sentence.row) - 1)
    others = [m for m in clause.mentions if m.country not in (claim.country, claim.neighbour)]
    # "Those who come from Germany" and "the borders with France" are at no other country's border.
    if any(m.part not in (Part.ORIGIN, Part.NEIGHBOUR) and not m.adjective for m in others):
        return claim
    if clause.has("past_time", "pluperfect") or any(not covers(d, sentence.today) for d in clause.days):
        return claim
    since, until = _days(clause)
    if clause.has("arrive") and of_people(clause, clause.first, clause.last, *UNITS) and not clause.has(*LASTING):
        return claim  # "Since Wednesday 11,000 migrants have come": the day of those who came
    if clause.has("nationals") and not clause.has(*LASTING):
        until = None  # "Indians in the country have to be out by 30 April"
    since = None if claim.action is Action.EXTEND else since
    claim = replace(claim, since=claim.since or since, until=claim.until or until)
    named = [m for m in clause.mentions if m.country == claim.country and m.crossing is not None]
    if and_everywhere_else(named, clause):
        return claim
    crossings = names(named)
    if claim.crossings or claim.scope is Scope.ALL or not crossings or clause.has(*PEOPLE, *RUNNING):
        return claim
    if claim.action is Action.CLOSE and clause.has("opened", "open") and not clause.has("all_but"):
        return claim  # "The crossings were closed at midnight. Raja-Jooseppi is open": what is left
    if len(crossings) == 1 and not clause.has(*LASTING, *OF_A_CROSSING):
        return claim  # "Since Finland closed four crossings … At Vartius we meet Ahmed, 24": where somebody stands
    return replace(claim, crossings=crossings, scope=Scope.ALL_BUT if clause.has("all_but") else Scope.NAMED)


def _days(clause: Clause) -> tuple[date | None, date | None]:
    """The days from which and until which, where a sentence tells nothing but that."""
    days = [d for d in clause.days if d.grain == "day" and d.start >= clause.sentence.today - OLD]
    # "They agreed on it on Tuesday", "decided on Wednesday that": the day of the decision, not of the step.
    days = [d for d in days if d.role != "on" or not _when_it_was_said(d, clause)]
    since = next((d.start for d in days if d.role == "from"), None)
    until = next((d.start for d in days if d.role == "until" and d.start >= clause.sentence.today), None)
    if since is None and clause.has(*LASTING, "crossing", "traffic", "introduce"):
        since = next((begins_on(d, clause) for d in days if d.role == "on"), None)
    return since, until


def _when_it_was_said(day: Day, clause: Clause) -> bool:
    """ "Is in force until 18 February, said the prime minister, Petteri Orpo, on Thursday"."""
    begins = clause.of(*LASTING)  # "the measure took effect on Monday"
    if any(not any(overlap(h, begun) for begun in begins) for h in told_beside(day, clause, "reported", "decided")):
        return True
    apart = not any(clause.together(h.first, day.first) for h in clause.of(*LASTING))
    today = day.start == clause.sentence.today
    telling = ("reported", "decided") if today else ("reported",)  # "hat heute Kontrollen notifiziert"
    return apart and any(clause.together(h.first, day.first) for h in clause.of(*telling))
