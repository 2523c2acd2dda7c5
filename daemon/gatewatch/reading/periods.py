"""Over what time people are counted, and whether that time is the news or only recalled."""

from __future__ import annotations

from datetime import timedelta

from gatewatch.model import Per
from gatewatch.reading.ages import covers
from gatewatch.reading.clauses import TRIGGERS, Clause
from gatewatch.reading.figures import PERIODS, stretch
from gatewatch.reading.lexicon import Hit
from gatewatch.reading.numbers import Number
from gatewatch.reading.scope import overlap
from gatewatch.reading.setting import Setting


def per_of(near: Clause, clause: Clause) -> Per:
    """Over what time: words of the same stretch first, then of the whole sentence."""
    for where in (near, clause):
        if where.has("since"):
            return Per.SINCE
        for concept, per in PERIODS.items():
            if where.has(concept):
                return per
        grains = {day.grain for day in where.days}
        for grain, per in (("day", Per.DAY), ("month", Per.MONTH), ("year", Per.YEAR)):
            if grain in grains:
                return per
    return Per.UNSPECIFIED


def recalled(near: Clause, clause: Clause, per: Per, number: Number, setting: Setting) -> bool:
    """Whether a count is of long ago. What is counted "since August" goes on until today."""
    if per is Per.SINCE:
        return _measured_by(number, near) or near.has("pluperfect")  # "after some 1,300 had arrived in the autumn"
    for part in (near, clause):
        days = [d for d in part.days if d.role != "until"]
        if part is near and not days and (_measured_by(number, near) or _of_an_earlier_year(number, near, setting)):
            return True
        if part is near and near.has(*PERIODS) and not days:
            return near.has("past_time") and not near.has("per_week", "per_month")
        if days:
            own = min(days, key=lambda d: max(number.first - d.last, d.first - number.last))
            return not covers(own, setting.today)
        lately = part.of("per_week", "per_month")  # "last month" is the count's own time
        long_ago = [h for h in part.of("past_time") if not any(overlap(h, p) for p in lately)]
        long_ago = [h for h in long_ago if part is near or not _of_another_number(h, number, part)]
        if long_ago or (part is near and part.has("pluperfect")):
            return True
    return False


def just_over(near: Clause, number: Number, setting: Setting) -> bool:
    """ "5,388 were turned back last year", told in January; "in October", told in November: the sum is the news."""
    of_a_step = any(h.concept in TRIGGERS for h in setting.headline)
    if near.sentence.number > 1 or of_a_step or near.has("pluperfect") or _measured_by(number, near):
        return False
    today, days = setting.today, [d for d in near.days if d.role != "until"]
    last_year = any(overlap(h, p) for h in near.of("past_time") for p in near.of("per_year"))
    year = last_year or any(d.grain == "year" and d.start.year == today.year - 1 for d in days)
    if year and today.month <= 2:
        return True
    months = [d for d in days if d.grain == "month"]
    return bool(months) and all(timedelta(0) < today - d.start <= timedelta(days=61) for d in months)


def _of_an_earlier_year(number: Number, near: Clause, setting: Setting) -> bool:
    """ "The total of 2020 was 81": a year before the text's own, beside the number."""
    own = range(number.first, number.last + 1)
    forms = [near.sentence.row[at].form for at in range(near.first, near.last + 1) if at not in own]
    return any(form.isdigit() and 1990 <= int(form) < setting.today.year for form in forms)


def _of_another_number(hit: Hit, number: Number, clause: Clause) -> bool:
    """ "1,000 came in two months, in all of last year 700": the time of the number in its own part."""
    start, end = stretch(clause, Number(0, hit.first, hit.last))
    own = start <= number.first <= end
    return not own and any(clause.sentence.row[at].is_number for at in range(start, end + 1))


def _measured_by(number: Number, near: Clause) -> bool:
    """Whether a number is only what another is measured by ("600, against a few dozen before")."""
    before = [h for h in near.of("compared") if h.last < number.first]
    measured = any(number.first - h.last <= 3 or h.first == near.first for h in before)  # "a year ago the total was 81"
    return measured and not near.has("per_day", "per_week")  # "4,824 on Wednesday, against 3,133 a week before"
