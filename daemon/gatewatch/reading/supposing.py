"""Steps only supposed ("in the event of a closure"), told not to have been taken, or set aside by a far particle."""

from __future__ import annotations

from gatewatch.reading.actions import NOMINAL
from gatewatch.reading.clauses import Clause
from gatewatch.reading.lexicon import Hit
from gatewatch.reading.scope import governing, overlap

REACH = 4
"""How many words a case that is supposed may be away from its noun: "in the event of a full border closure"."""


def supposed(clause: Clause, trigger: Hit) -> bool:
    """ "In the event of a closure travellers will be stranded": what happens then, not what is weighed.

    "We are ready to act in the event of a closure" weighs nothing of its own either.
    """
    cases = clause.of("supposed")
    if any(overlap(h, trigger) for h in cases):
        return True
    return trigger.concept in NOMINAL and any(0 < trigger.first - h.last <= REACH for h in cases)


def not_done_yet(clause: Clause, trigger: Hit) -> bool:
    """ "Latvia has not announced similar moves", "has not followed suit": nothing has been refused."""
    told = governing(clause, trigger, "decided", "done", "reported")
    told = [h for h in told if any(0 < h.first - n.last <= 2 for n in clause.of("not")) or h.concept != "reported"]
    return bool(told) and not governing(clause, trigger, "no_need", "rule_out")


def set_aside(clause: Clause, trigger: Hit) -> bool | None:
    """ "Schloss zusätzliche Kontrollen an der Grenze nicht aus": the verb's own particle ends its fragment.

    Whether it is refused to set the step aside; None where nothing is set aside.
    """
    _, end = clause.fragment(trigger.first)
    ends = any(h.last == end and h.first > trigger.last + 1 for h in clause.of("sets_aside"))
    if trigger.concept != "close" or not ends:
        return None
    return any(trigger.last < h.first < end for h in clause.of("not", "not_rule_out"))
