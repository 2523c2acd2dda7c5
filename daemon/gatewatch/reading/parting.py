"""A sentence parted into its clauses."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gatewatch.reading.actions import NOMINAL
from gatewatch.reading.clauses import LASTING, TRIGGERS, VERDICTS, WEIGHS, Clause, Fragment, Sentence
from gatewatch.reading.mentions import NAMES, Part
from gatewatch.reading.scope import VERBS

SUCH = 4
"""How many words may lie between "prepared" and "to do so"."""
NOUNS = NOMINAL | {"ban_entry"}
_BREAK = re.compile(r"[,;:()–—]|\s-\s|[\"”»“]\s*[,–—]")


def clauses_of(sentence: Sentence, text: str) -> list[Clause]:
    """The clauses of a sentence. Fragments without a predicate of their own go to the one that they stand by.

    What holds by itself goes to nothing behind its semicolon ("that applies to Vaalimaa; the other six stay shut").
    """
    fragments, subjects = _without_asides(_fragments(sentence, text), sentence)
    triggers = {h.first for h in sentence.hits if h.concept in TRIGGERS}
    groups: list[list[Fragment]] = []
    waiting: list[Fragment] = []
    for fragment in fragments:
        if waiting and _told_apart(waiting, fragment, sentence, text):
            groups.append([*groups.pop(), *waiting] if groups else waiting)
            waiting = []
        predicate = any(fragment[0] <= at <= fragment[1] for at in triggers) and fragment not in subjects
        predicate = predicate or (bool(groups) and _a_sentence_of_its_own(fragment, sentence, text))
        if not predicate:
            waiting.append(fragment)
            continue
        if groups:
            back = _how_many_back(waiting, fragment, sentence)
            groups[-1] += waiting[:back]
            groups.append([*waiting[back:], fragment])
        else:
            groups.append([*waiting, fragment])
        waiting = []
    if waiting:
        groups = [*groups[:-1], [*groups[-1], *waiting]] if groups else [waiting]
    return [Clause(sentence, group[0][0], group[-1][1], tuple(group)) for group in groups]


def _without_asides(fragments: list[Fragment], sentence: Sentence) -> tuple[list[Fragment], list[Fragment]]:
    """The fragments without each "which" that parts a noun from its verb, and the fragments of those nouns.

    "The checks at the Slovak border, | which have been in place since October, | will be lifted on Tuesday".
    """
    ties = {h.first for h in sentence.hits if h.concept in ("clause", "and", "relative")}
    told = [{h.concept for h in sentence.hits if f[0] <= h.first and h.last <= f[1]} for f in fragments]
    begins = {h.first for h in sentence.hits if h.concept in ("relative", "article")}  # German has only its article
    asides: list[Fragment] = []
    subjects: list[Fragment] = []
    for at, head in enumerate(fragments[:-2]):
        if not told[at] & NOUNS or told[at] & VERBS or fragments[at + 1][0] not in begins:
            continue
        if head[0] and head[0] not in ties:
            continue
        verb = next((n for n in range(at + 2, len(fragments)) if fragments[n][0] not in ties), None)
        if verb is not None and told[verb] & VERBS and not any(each & TRIGGERS for each in told[at + 1 : verb]):
            asides += fragments[at + 1 : verb]
            subjects.append(head)
    return [f for f in fragments if f not in asides], subjects


def _told_apart(waiting: Sequence[Fragment], behind: Fragment, sentence: Sentence, text: str) -> bool:
    """Whether what waits holds by itself ("from Monday that is in force"), and a semicolon ends it."""
    start, end = waiting[0][0], behind[0]
    semicolon = ";" in text[sentence.row[end - 1].end : sentence.row[end].start]
    return semicolon and any(h.concept in LASTING and start <= h.first < end for h in sentence.hits)


def _how_many_back(waiting: Sequence[Fragment], predicate: Fragment, sentence: Sentence) -> int:
    """How many of the fragments before a predicate belong to the predicate before them.

    Those from the last conjunction on go forward ("…, because Vartius, Kuusamo and Salla were closed"), and so does
    a row of names that the predicate's own fragment ends ("Vartius, Kuusamo | and Salla were closed").
    """
    if waiting and _governs(waiting[-1], predicate, sentence):
        return len(waiting) - 1
    ties = {h.first for h in sentence.hits if h.concept == "and"}
    joints = {h.first for h in sentence.hits if h.concept == "clause"} - ties
    for at in range(len(waiting) - 1, -1, -1):
        if waiting[at][0] in joints:
            return at
    if predicate[0] in ties:
        back = len(waiting)
        while back and _a_name(waiting[back - 1], sentence) and waiting[back - 1][0] not in ties:
            back -= 1
        return back
    return len(waiting)


def _a_sentence_of_its_own(fragment: Fragment, sentence: Sentence, text: str) -> bool:
    """ "The party has proposed a closing; the minister sees no need for it": a verdict behind a semicolon.

    "We don't close, but are ready for it if things change" is one, too.
    """
    row, (first, last) = sentence.row, fragment
    here = {h.concept for h in sentence.hits if first <= h.first <= last}
    if first == 0 or not here & VERDICTS:
        return False
    if "likewise" in here and any(m.first == first and m.part in NAMES and not m.adjective for m in sentence.mentions):
        return True  # "Poland closes its border, Latvia is considering a similar step"
    if sentence.is_title:
        return False
    if ";" in text[row[first - 1].end : row[first].start]:
        return True
    refused = any(h.concept in ("not", "no_need", "rule_out") and h.last < first for h in sentence.hits)
    if refused and ("can_be_done" in here or _ready_all_the_same(fragment, here, sentence)):
        return True  # "there is no need to close it, but it can be done at short notice"
    conditional = any(h.concept == "condition" and h.first >= first for h in sentence.hits)
    return refused and conditional and {"possible", "clause"} <= here


def _ready_all_the_same(fragment: Fragment, here: set[str], sentence: Sentence) -> bool:
    """ "Sees no need to close it, but is prepared to do so": a "but" and "prepared", and "so" or "it" behind them."""
    ties = any(h.concept == "clause" and h.first == fragment[0] for h in sentence.hits)
    ready = next((h for h in sentence.hits if h.concept == "possible" and h.first >= fragment[0]), None)
    if not ties or ready is None or ready.first > fragment[1] or here & {"not", "no_need", "rule_out"}:
        return False
    return any(h.concept in ("such", "it") and abs(h.first - ready.last) <= SUCH for h in sentence.hits)


def _governs(fragment: Fragment, predicate: Fragment, sentence: Sentence) -> bool:
    """ "Bis auf eine sind alle zu, | und wir sind bereit, | auch diese zu schließen": who is ready to do so."""
    first, last = fragment
    infinitive = any(h.concept == "infinitive" and predicate[0] <= h.first <= predicate[1] for h in sentence.hits)
    return infinitive and any(h.concept in WEIGHS and first <= h.first and h.last <= last for h in sentence.hits)


def _a_name(fragment: Fragment, sentence: Sentence) -> bool:
    short = fragment[1] - fragment[0] < 3
    return short and any(fragment[0] <= m.first and m.last <= fragment[1] for m in sentence.mentions)


def _fragments(sentence: Sentence, text: str) -> list[Fragment]:
    row = sentence.row
    spared = {at for h in sentence.hits if h.concept == "all_but" for at in range(h.first, h.last + 1)}
    joints = {h.first for h in sentence.hits if h.concept == "clause"} - spared  # "all crossings but the northernmost"
    begin, end = {m.first for m in sentence.mentions if m.crossing}, {m.last for m in sentence.mentions if m.crossing}
    joints -= {at for at in joints if at - 1 in end and at + 1 in begin}  # "Luhamaa and Koidula"
    joints -= _between_neighbours(sentence, joints)
    found: list[Fragment] = []
    start = 0
    for at in range(1, len(row)):
        gap = row[at].start - row[at - 1].end
        listed = at - 1 in end and at in begin  # "Imatra, Kuusamo"
        if at in joints or (gap and not listed and _parts(text, row[at - 1].end, row[at].start)):
            found.append((start, at - 1))
            start = at
    if row:
        found.append((start, len(row) - 1))
    return found


def _between_neighbours(sentence: Sentence, joints: set[int]) -> set[int]:
    """The "and" between two countries across, where nothing was told before ("checks with Germany and Lithuania are
    prolonged"); not in "shuts its border with Russia and Norway weighs it"."""
    across = [m for m in sentence.mentions if m.part is Part.NEIGHBOUR and m.crossing is None]
    begin, end = {m.first for m in across}, {m.last for m in across}
    told = [h.first for h in sentence.hits if h.concept in VERBS]
    ties = {at for at in joints if at - 1 in end and (at + 1 in begin or at + 2 in begin)}
    return {at for at in ties if not any(verb < at for verb in told)}


def _parts(text: str, start: int, end: int) -> bool:
    """Whether what stands between two words parts them. Mostly it is a space."""
    return (end - start > 1 or text[start] != " ") and _BREAK.search(text, start, end) is not None
