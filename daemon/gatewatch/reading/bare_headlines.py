"""Headlines that close or refuse without a word for what: the text under them says that it is a border."""

from __future__ import annotations

from gatewatch.reading.clauses import VERDICTS, Clause
from gatewatch.reading.lexicon import Hit
from gatewatch.reading.mentions import Part
from gatewatch.reading.setting import Setting

ELSEWHERE = ("outsider", "not_border", "goods", "explains")


def of_the_text(clause: Clause, trigger: Hit, setting: Setting) -> bool:
    """ "Minister: No closing for now", "May have to close at short notice", over a text on a border.

    A headline that only says "X closes" is mostly of shops; what is weighed or refused is what the text is about.
    """
    if _a_state_shuts_out(clause, trigger, setting):
        return True
    if not (clause.sentence.is_title and clause.has("not", *VERDICTS)) or clause.has(*ELSEWHERE):
        return False
    under = [s for s in setting.sentences if s.number in (1, 2)]
    line = any(h.concept in ("border", "crossing") for s in under for h in s.hits)
    line = line or any(m.crossing is not None for m in setting.mentions)
    acting = any(m.part is Part.NAMED and m.crossing is None for m in clause.mentions)
    opens = acting and trigger.concept in ("open", "opening")  # "Vilnius may open earlier"
    return line and (opens or trigger.concept in ("closing", "close"))


def _a_state_shuts_out(clause: Clause, trigger: Hit, setting: Setting) -> bool:
    """ "Norway all but shuts down", over a first sentence on whom it no longer lets into the country."""
    named = any(m.part is Part.NAMED and m.last < trigger.first and not m.adjective for m in clause.mentions)
    if trigger.concept != "close" or not (clause.sentence.is_title and named) or clause.has(*ELSEWHERE):
        return False
    under = {h.concept for s in setting.sentences if s.number == 1 for h in s.hits}
    return {"entry", "ban_entry"} <= under
