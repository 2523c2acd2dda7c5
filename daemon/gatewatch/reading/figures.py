"""Which numbers of a sentence could count people: no dates, hours, money, ages, crossing points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gatewatch.model import Per, Unit
from gatewatch.reading.clauses import Clause, Sentence
from gatewatch.reading.folding import side_by_side
from gatewatch.reading.lexicon import Hit
from gatewatch.reading.numbers import Number, NumberWords, decimal_value, plain_value
from gatewatch.reading.scope import in_sentence

UNITS = {
    "asylum_seekers": Unit.ASYLUM_SEEKERS,
    "migrants": Unit.MIGRANTS,
    "irregular": Unit.IRREGULAR_CROSSINGS,
    "nationals": Unit.PEOPLE,
    "people": Unit.PEOPLE,
}
YEARS = range(1990, 2041)
"""What digits of these values stand for, where nothing but a word for a sum says that they count."""
COMMA = 2
"""How far two words with a comma between them stand apart; a dash takes three."""
SHORT = 3
"""A stretch of so few words is a part of the one before it."""
PERIODS = {"per_day": Per.DAY, "per_week": Per.WEEK, "per_month": Per.MONTH, "per_year": Per.YEAR}

_TIMES = frozenset({"times", "mal", "gånger", "ganger", "kertaa", "korda", "раз", "раза", "razy", "kartų", "reižu"})
"""What counts attempts, not people: where it is told what was tried, either will do."""


def figures(sentence: Sentence, words: NumberWords) -> list[Number]:
    """The numbers of a sentence that could count people: no dates, times, money; ranges joined."""
    taken = {at for day in sentence.days for at in range(day.first, day.last + 1)}
    found: list[Number] = []
    behind = 0
    for at in words.beginnings(sentence.row):
        number = None if at < behind or at in taken else words.at(sentence.row, at)
        if number is None:
            continue
        behind = number.last + 1
        if not any(i in taken for i in range(number.first, number.last + 1)):
            found.append(number)
    counted = [n for n in _ranges(found, sentence) if n.value and not _none(n, sentence)]
    return [n for n in counted if not _other_thing(n, sentence)]


def _none(number: Number, sentence: Sentence) -> bool:
    """ "Not a single one" counts nobody."""
    return number.value == 1 and any(0 < number.first - h.last <= 2 for h in sentence.hits if h.concept == "not")


def _ranges(found: Sequence[Number], sentence: Sentence) -> list[Number]:
    joined: list[Number] = []
    ties = {h.first for h in sentence.hits if h.concept == "range"}
    for number in found:
        last = joined[-1] if joined else None
        if last is not None and last.value < number.value and last.digits == number.digits:
            gap = number.first - last.last
            dashed = gap == 1 and sentence.row[number.first].start - sentence.row[last.last].end <= 3
            tied = gap == 2 and last.last + 1 in ties
            if (dashed or tied) and last.high is None:
                low = last.value * _multiplied(number, sentence) if last.first == last.last else last.value
                low = low if low < number.value else last.value
                joined[-1] = replace(last, value=low, high=number.high or number.value, last=number.last)
                continue
        joined.append(number)
    return joined


def _multiplied(number: Number, sentence: Sentence) -> int:
    """By how much a word behind the digits multiplies them: "9–10 тысяч" begins at 9,000."""
    digits = plain_value(sentence.row[number.first].form)
    return number.value // digits if digits else 1


def _other_thing(number: Number, sentence: Sentence) -> bool:
    """Money, kilometres, soldiers, cars, percent, years, times of day, crossing points."""
    row = sentence.row
    tried = bool(in_sentence(sentence, "irregular"))
    for hit in sentence.hits:
        if tried and hit.first == hit.last == number.last + 1 and row[hit.first].form in _TIMES:
            continue  # "пытались пересечь почти 25 тыс. раз"
        if hit.concept == "not_people" and number.first < hit.first == hit.last == number.last:
            continue  # "2 Millionen Flüchtlinge"
        if hit.concept == "not_people" and 0 <= hit.first - number.last <= 3:
            parted = any(
                number.last < h.first <= hit.first and h.concept in ("clause", "arrive", *PERIODS)
                for h in sentence.hits
                if h.first < hit.first or h.concept not in PERIODS  # "11 kuuga": in 11 months
            )
            people = parted or _people_between(number, hit, sentence)
            if not people and sentence.unbroken(number.last, hit.first):
                return True
        place = hit.concept in ("crossing", "not_border") and 0 < hit.first - number.last <= 3
        if place and sentence.unbroken(number.last, hit.first) and not _people_between(number, hit, sentence):
            return True
        if hit.concept == "before_not_people" and 0 < number.first - hit.last <= 2:
            between = [h.first for h in in_sentence(sentence, "range", "night_between")]
            if number.first - hit.last == 1 or hit.last + 1 in between:
                return True  # "aged 4", "aged between 4 and 58"
    after = row[number.last + 1].form if number.last + 1 < len(row) else ""
    before = row[number.first - 1].form if number.first else ""
    if after in ("%", "€", "$", "£") or before in ("€", "$", "£"):
        return True
    return decimal_value(row[number.first].form) is not None and number.first == number.last


def _people_between(number: Number, hit: Hit, sentence: Sentence) -> bool:
    return any(number.last < h.first < hit.first and h.concept in UNITS for h in sentence.hits)


def stretch(clause: Clause, number: Number) -> tuple[int, int]:
    """The stretch between commas that the number stands in."""
    row = clause.sentence.row
    start, end = number.first, number.last
    while start > 0 and side_by_side(row[start - 1], row[start]):
        start -= 1
    while end < len(row) - 1 and side_by_side(row[end], row[end + 1]):
        end += 1
    if end - start < SHORT and start:
        start -= 1  # "in the first half of November — 415 already": the stretch before the dash tells its time
        while start > 0 and side_by_side(row[start - 1], row[start]):
            start -= 1
    return start, end


def of_people(clause: Clause, first: int, last: int, *concepts: str) -> bool:
    """Whether digits that are no date stand right before a word for people, between two tokens: "1,870 people"."""
    row = clause.sentence.row
    numbers = [at for at in range(first, last + 1) if row[at].is_number and at not in clause.dated]
    return any(0 < h.first - at <= 2 for h in clause.of(*concepts) for at in numbers)


def between_commas(clause: Clause, number: Number) -> tuple[int, int]:
    """The words between two commas, however few: "Latvia 31", "at Vaalimaa — 15"."""
    row = clause.sentence.row
    start, end = number.first, number.last
    while start > 0 and row[start].start - row[start - 1].end != COMMA:
        start -= 1
    while end < len(row) - 1 and row[end + 1].start - row[end].end != COMMA:
        end += 1
    return start, end
