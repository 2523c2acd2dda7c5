"""Hours of the day and nights: "closed from 23 to 7" is a closing at night, "on Thursday night" is when one begins."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gatewatch.reading.clauses import Clause, Sentence
from gatewatch.reading.day import Day
from gatewatch.reading.lexicon import Hit
from gatewatch.reading.scope import in_sentence, overlap

_TIME = re.compile(r"(?:[01]?\d|2[0-4])[:.][0-5]0\Z")


def one_night(cue: Hit, clause: Clause) -> bool:
    """ "On Thursday night" is when it begins, not a closing at night; but "at night from 1 May" is every night."""
    days = [d for d in clause.days if d.grain == "day" and not _every_night_from(d, cue, clause)]
    return cue.concept == "night" and any(d.first - cue.last <= 1 and cue.first - d.last <= 1 for d in days)


def between_hours(clause: Clause) -> bool:
    """ "Closed from 23 to 7": two hours of the day beside a word for the clock."""
    whole = clause.sentence
    both = in_sentence(whole, "close", "closed") and in_sentence(whole, "open")
    if both and _times(whole) > 1:
        return True  # "closes at 23 and opens at 7"
    clock = clause.of("clock")
    if not clock:
        return False
    near = range(max(clock[0].first - 3, clause.first), min(clock[-1].last + 5, clause.last) + 1)
    row = clause.sentence.row
    hours = [at for at in near if at not in clause.dated and _an_hour(row[at].form)]
    return len(hours) > 1 and not _of_two_days(hours, clause)


def every_morning(open_: Hit, clause: Clause) -> bool:
    """ "Closes at 23, opens at 7", "shuts at 11 p.m. and opens again at 7 a.m."."""
    if between_hours(clause) and in_sentence(clause.sentence, "close", "closed"):
        return True
    dated = any(clause.together(day.first, open_.first) for day in clause.days)
    return _times(clause.sentence) > 1 and not dated


def _times(sentence: Sentence) -> int:
    """How many times of day a sentence names: by words for the clock, or as "20:00"."""
    clock = len(in_sentence(sentence, "clock"))
    return max(clock, sum(bool(_TIME.match(token.form)) for token in sentence.row if token.is_number))


def _of_two_days(hours: Sequence[int], clause: Clause) -> bool:
    """ "From 11 p.m. on June 21 to 7 a.m. on June 24": each hour has its day, and the border is closed between them."""
    days = [d for d in clause.days if d.grain == "day"]
    between = [d for d in days if hours[0] < d.first < hours[1]]
    return any(d.start != inner.start for inner in between for d in days)


def _an_hour(form: str) -> bool:
    head = re.split(r"[.:]", form)[0]
    return head.isdigit() and int(head) <= 24


def _every_night_from(day: Day, cue: Hit, clause: Clause) -> bool:
    """ "На ночь с 1 ноября", "öisin 1. toukokuuta alkaen", "ab 1. Mai nachts": the day's "from", not the night's."""
    if day.role != "from" or any(overlap(h, cue) for h in clause.of("night_before", "night_between")):
        return False
    if any(0 < d.first - day.last <= 2 and (d.start - day.start).days == 1 for d in clause.days):
        return False  # "ночью с 30 апреля на 1 мая"
    if cue.first > day.last:
        return day.dated and any(0 <= day.first - h.last <= 2 for h in clause.of("from"))
    ahead = any(cue.last < h.first and h.last <= day.first for h in clause.of("from"))
    return ahead or any(day.last <= h.first <= day.last + 1 for h in clause.of("from_after"))
