"""Days that a text names, counted from the day of the item: "24 November", "perjantain vastaisena yönä"."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from datetime import date, timedelta

from gatewatch.reading.day import A_YEAR, SOON, YEAR_WORDS, Day, day_behind, day_number, day_of, nearest_month, year_at
from gatewatch.reading.folding import Token
from gatewatch.reading.lexicon import Hit
from gatewatch.reading.spans import joined, span
from gatewatch.reading.time_words import RELATIVE, Cues, Names, a_verb

_NUMERIC = re.compile(r"(\d{1,2})\.(\d{1,2})(?:\.(\d{2,4}))?\Z")


class Calendar:
    """Finds days in a row of tokens, by one language's names of months and weekdays."""

    def __init__(self, months: Mapping[str, int], weekdays: Mapping[str, int], *, month_first: bool = False) -> None:
        self._months = Names(months)
        self._month_first = month_first
        self._weekdays = Names(weekdays)
        self._memo: dict[str, bool] = {}
        self.month_stems = tuple(name.rstrip("*").lower() for name in months)

    def days(
        self, row: Sequence[Token], hits: Sequence[Hit], today: date, dashes: Set[int] = frozenset()
    ) -> list[Day]:
        """All days named in a row; `hits` tell "from", "until", "tomorrow", "last" and the like.

        `dashes` are the tokens that a dash follows.
        """
        known = self._memo
        begin = [at for at, token in enumerate(row) if known.get(token.form, True) and self._may_be(token.form)]
        weekdays = [at for at in begin if self._weekdays.of(row[at].form) is not None]
        cues = Cues(hits, row, weekdays)
        found: list[Day] = []
        behind = 0
        for at in sorted({*begin, *cues.relative}):
            day = self._at(row, at, cues, today) if at >= behind else None
            if day is None:
                continue
            found += span(day, row, cues, dashes)
            behind = day.last + 1
        return joined(found, row, dashes, cues.clock)

    def _may_be(self, form: str) -> bool:
        """Whether a word can begin a day. Most can't, and that is remembered."""
        known = self._memo.get(form)
        if known is None:
            if len(self._memo) > 100_000:
                self._memo.clear()
            named = self._months.of(form) is not None or self._weekdays.of(form) is not None
            known = self._memo[form] = named or form[0].isdigit()
        return known

    def _at(self, row: Sequence[Token], at: int, cues: Cues, today: date) -> Day | None:
        for find in (self._behind_its_year, self._spelled, self._numeric, self._weekday, self._relative):
            day = find(row, at, cues, today)
            if day is not None:
                return day
        return self._bare(row, at, cues, today)

    def _spelled(self, row: Sequence[Token], at: int, cues: Cues, today: date) -> Day | None:
        """ "24 November 2023", "November 24", "24. marraskuuta", "lapkričio 24 d."."""
        form = row[at].form
        number = day_number(form)
        after = at + 1
        if number is not None and after < len(row):
            while after < len(row) and after - at <= 2 and row[after].form in _SMALL:
                after += 1
            month = self._months.of(row[after].form) if after < len(row) else None
            if month is not None:
                year, last = year_at(row, after + 1)
                return _told(today, year, month, number, at, last, cues)
        month = self._months.of(form)
        behind = day_behind(row, after) if month is not None else None
        if month is not None and after < len(row) and (self._month_first or behind is not None):
            number = day_number(row[after].form)
            if number is not None and row[after].start - row[at].end <= 2:
                year, last = year_at(row, after + 1)
                last = max(last, behind or last)
                return _told(today, year, month, number, at, last, cues)
        return None

    def _behind_its_year(self, row: Sequence[Token], at: int, cues: Cues, today: date) -> Day | None:
        """ "2024. gada 14. aprīlī", "līdz 2027. gada beigām", "2024 m. kovo 1 d.": the year stands first."""
        ahead = at + 2
        if ahead >= len(row) or row[at + 1].form not in YEAR_WORDS or not A_YEAR.fullmatch(row[at].form):
            return None
        year_end = cues.starting("year_end", at + 1)
        if year_end is not None:
            role = cues.role(at, year_end.last)
            return Day(date(int(row[at].form), 12, 31), role, at, year_end.last) if role == "until" else None
        day = self._spelled(row, ahead, cues, today)
        if day is None and self._months.of(row[ahead].form) is not None:
            day = self._bare(row, ahead, cues, today)
        if day is None or (day.start.month, day.start.day) == (2, 29):
            return None
        start = day.start.replace(year=int(row[at].form))
        return replace(day, start=start, first=at, role=cues.role(at, day.last))

    def _numeric(self, row: Sequence[Token], at: int, cues: Cues, today: date) -> Day | None:
        match = _NUMERIC.match(row[at].form)
        if match is None or not 1 <= int(match[2]) <= 12 or not 1 <= int(match[1]) <= 31:
            return None
        if match[3] is None and not cues.time_near(at):
            return None
        year = int(match[3]) if match[3] else None
        if year is not None and year < 100:
            year += 2000
        return _told(today, year, int(match[2]), int(match[1]), at, at, cues)

    def _weekday(self, row: Sequence[Token], at: int, cues: Cues, today: date) -> Day | None:
        weekday = self._weekdays.of(row[at].form)
        if weekday is None:
            return None
        dated = self._its_date(row, at, cues, today)
        if dated is not None:
            return dated
        second = next((w for i in (at + 1, at + 2) if i < len(row) and (w := self._weekdays.of(row[i].form))), None)
        if second is not None and cues.has("night_between", at - 4, at + 6):
            weekday = second
        role = cues.role(at, at)
        ahead = (weekday - today.isoweekday()) % 7
        midnight = cues.has("midnight", at - 3, at - 1) or cues.starting("midnight", at + 1) is not None
        midnight = midnight or (ahead > 0 and cues.has("midnight", at + 1, at + 2))  # "on Thursday at midnight"
        if midnight and not cues.night_before(at - 4, at + 4, today=not ahead):
            # "At midnight on Thursday" and "Thursday midnight" are when Thursday ends.
            if cues.past:  # "closed at midnight on Thursday", said on Friday, or on that very Thursday
                ahead = ahead - 7 if ahead else -1
            return Day(today + timedelta(days=ahead + 1), "from", at, at, dated=False)
        last = cues.has("last_time", at - 1, at + 1)
        if last and not ahead and role == "from":
            return Day(today, role, at, at, dated=False, weekday=True)  # "since Monday", said on a Monday
        if last or (role == "on" and ahead and not cues.ahead(at)):
            past = today - timedelta(days=(7 - ahead) % 7 or 7)
            return Day(past, role, at, at, dated=False, weekday=not last)
        return Day(today + timedelta(days=ahead), role, at, at, dated=False, weekday=True)

    def _its_date(self, row: Sequence[Token], at: int, cues: Cues, today: date) -> Day | None:
        """The date behind a weekday ("torsdagen den 23 november", "Monday, 15 June"): one day, not two."""
        for ahead in range(at + 1, min(at + 3, len(row))):
            between = [cues.starting(role, ahead - 1) for role in ("until", "from_after")]
            if ahead > at + 1 and any(between):
                return None  # "reedest kuni 30. novembrini", "torstaista alkaen 13. joulukuuta saakka": two days
            day = self._spelled(row, ahead, cues, today) or self._numeric(row, ahead, cues, today)
            if day is not None:
                return replace(day, first=at, role=cues.role(at, day.last))
        return None

    def _relative(self, row: Sequence[Token], at: int, cues: Cues, today: date) -> Day | None:
        for concept, shift in RELATIVE.items():
            hit = cues.starting(concept, at)
            if hit is not None and concept == "midnight":
                if any(self._months.of(t.form) or self._weekdays.of(t.form) for t in _stretch(row, at, 5)):
                    continue  # it has its day beside it
                return Day(today + timedelta(days=0 if cues.past else 1), "from", at, hit.last, dated=False)
            if hit is not None:
                last_night = concept == "tonight" and cues.past  # "stängde i natt gränsen"
                day = today if last_night else today + timedelta(days=shift)
                return Day(day, cues.role(at, hit.last), at, hit.last, dated=False)
        for concept, month in (("month_end", today.month), ("year_end", 12)):
            hit = cues.starting(concept, at)
            if hit is not None:
                end = today.replace(month=month, day=monthrange(today.year, month)[1])
                role = cues.role(at, hit.last)
                return Day(end, role, at, hit.last, dated=False) if role == "until" else None
        return None

    def _part_of(self, row: Sequence[Token], at: int, month: int, cues: Cues, today: date) -> Day | None:
        """ "Until the end of November" is the 30th, "from the beginning of May" the 1st."""
        year, last = year_at(row, at + 1)
        for concept, number in (("end_of", 31), ("start_of", 1)):
            beside = cues.beside(concept, at, last)
            if beside is None:
                continue
            first, last = min(at, beside.first), max(last, beside.last)
            role = cues.role(first, last)
            if role == "on" or cues.has("since", first - 3, last + 2):
                return None
            start = nearest_month(today, year, month, cues.past)
            number = min(number, monthrange(start.year, start.month)[1])
            return Day(start.replace(day=number), role, first, last)
        return None

    def _bare(self, row: Sequence[Token], at: int, cues: Cues, today: date) -> Day | None:
        """A month or a year alone."""
        form = row[at].form
        month = None if a_verb(row, at, cues) else self._months.of(form)
        if month is not None:
            part = self._part_of(row, at, month, cues, today)
            if part is not None:
                return part
            parted = cues.starting("end_of", at + 1) or cues.starting("start_of", at + 1)
            year, last = year_at(row, parted.last + 1 if parted else at + 1)  # "marraskuun lopussa 2023"
            if year is None and cues.last_year(at):
                return Day(date(today.year - 1, month, 1), cues.role(at, last), at, last, "month")
            guess = date(year or today.year, month, 1)
            if year is None and month == today.month and cues.has("last_time", at - 1, at - 1):
                # "Last November", said in November
                return Day(guess.replace(year=today.year - 1), cues.role(at, last), at, last, "month")
            role = cues.role(at, last)
            if year is None and role == "from" and not cues.past and not cues.has("since", at - 3, at - 1):
                guess = guess if guess.month >= today.month else guess.replace(year=today.year + 1)
                return Day(guess, role, at, last, "month")  # "will close at night from May"
            if year is None and role == "until" and not cues.past:
                guess = guess if guess.month >= today.month else guess.replace(year=today.year + 1)
                return Day(guess, role, at, last, "month")  # "no opening before April"
            since = cues.has("since", at - 3, at - 1) and guess > today  # "in force since last May", said in February
            if role == "from" and not cues.past and timedelta(0) < guess - today <= SOON:
                since = False  # "с декабря", said in November: "from" and "since" are one word
            far = timedelta(days=135 if cues.to_come(today.year) else 92)
            if year is None and (since or guess > today + far):
                guess = guess.replace(year=today.year - 1)
            elif year is None and guess < today - timedelta(days=270):
                guess = guess.replace(year=today.year + 1)
            return Day(guess, role, at, last, "month")
        if A_YEAR.fullmatch(form) and 1950 <= int(form) <= today.year + 2 and not cues.counted(at):
            return Day(date(int(form), 1, 1), cues.role(at, at), at, at, "year")
        return None


def _told(today: date, year: int | None, month: int, number: int, first: int, last: int, cues: Cues) -> Day | None:
    """A day of a month, in the year that its role and the tense around it make likely."""
    role = cues.role(first, last)
    return day_of(today, year, month, number, role, first, last, past=cues.past_at(role, first, last))


def _stretch(row: Sequence[Token], at: int, reach: int) -> Sequence[Token]:
    """The words around one, up to the next comma or dash on both sides, and not further than `reach`."""
    first = last = at
    while first > max(0, at - reach) and row[first].start - row[first - 1].end <= 1:
        first -= 1
    while last < min(len(row) - 1, at + reach) and row[last + 1].start - row[last].end <= 1:
        last += 1
    return row[first : last + 1]


_SMALL = frozenset({"of", "de", "st", "nd", "rd", "th", "päivänä", "päivä", "päivän", "день", "числа"})
