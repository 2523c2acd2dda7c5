"""The words of time around a place in a row, and names of months and weekdays by their stems."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gatewatch.reading.day import A_YEAR
from gatewatch.reading.folding import Token
from gatewatch.reading.lexicon import Hit

RELATIVE = {"today": 0, "tomorrow": 1, "yesterday": -1, "day_after_tomorrow": 2, "tonight": 1, "midnight": 1}
"""Days from today. A midnight that has no day is the next one, or of what is done the last one."""

_ROLES = frozenset({"from", "until", "from_after", "until_after", "night_before", "night_between"})
_DAYS = frozenset({*RELATIVE, "month_end", "year_end"})
"""What names a day by itself."""

_PEOPLE = frozenset({"people", "migrants", "asylum_seekers", "irregular"})
_BEFORE_A_YEAR = frozenset({"located", "from", "since", "until"})
_TIME = _ROLES | _DAYS | {"possible", "last_time", "next_time", "since", "start_of", "end_of", "clock"}

_STEPS = frozenset({"close", "open", "stop", "restrict", "extend", "lift"})
_LOOKING_BACK = frozenset({"arrive", "irregular", "past_time", "last_time", "closed", "decided", "after"})
"""Where a step is told without any of these, or a verb of the past, a month is the coming one."""


class Cues:
    """The time words around a place in the row."""

    def __init__(self, hits: Sequence[Hit], row: Sequence[Token], weekdays: Sequence[int] = ()) -> None:
        self._row = row
        self._weekdays = weekdays
        self.past = any(hit.concept in ("done", "pluperfect") for hit in hits)
        told = {hit.concept for hit in hits}
        self._steps = bool(told & _STEPS) and not (self.past or told & _LOOKING_BACK)
        self._state = self.past or any(hit.concept == "closed" for hit in hits)
        years = {at for hit in hits if hit.concept == "per_year" for at in range(hit.first, hit.last + 1)}
        self._last_year = [h for h in hits if h.concept == "past_time" and years & set(range(h.first, h.last + 1))]
        self._every = hits
        self._hits = [hit for hit in hits if hit.concept in _TIME]
        self.clock = frozenset(hit.first for hit in hits if hit.concept == "clock")
        self.relative = frozenset(hit.first for hit in self._hits if hit.concept in _DAYS)

    def has(self, concept: str, first: int, last: int) -> bool:
        return any(h.concept == concept and first <= h.last and h.first <= last for h in self._hits)

    def counted(self, at: int) -> bool:
        """Whether four digits are a number of people: "more than 2000 people", not "in 2000 people came"."""
        before = {h.concept for h in self._every if h.first <= at - 1 <= h.last}
        behind = {h.concept for h in self._every if h.first <= at + 1 <= h.last}
        return at > 0 and bool(behind & _PEOPLE) and ("about" in before or not before & _BEFORE_A_YEAR)

    def night_before(self, first: int, last: int, *, today: bool) -> bool:
        """Whether "the night to Thursday" stands there, and not only "midnight", which is the end of its Thursday."""
        midnights = {h.last for h in self._hits if h.concept == "midnight"}  # "в полночь", but not "midnatt til"
        nights = [h.last for h in self._hits if h.concept == "night_before" and first <= h.last and h.first <= last]
        return any(today or at not in midnights for at in nights)

    def starting(self, concept: str, at: int) -> Hit | None:
        return next((h for h in self._hits if h.concept == concept and h.first == at), None)

    def beside(self, concept: str, first: int, last: int) -> Hit | None:
        """The cue of a concept right before or right behind a place."""
        hits = (h for h in self._hits if h.concept == concept)
        return next((h for h in hits if first - h.last in (1, 2) or h.first - last == 1), None)

    def time_near(self, at: int) -> bool:
        return any(h.concept not in ("possible", "clock") and -3 <= h.first - at <= 2 for h in self._hits)

    def ahead(self, at: int) -> bool:
        return any(h.concept in ("from", "next_time", "night_before", "night_between") for h in self.near(at))

    def to_come(self, year: int) -> bool:
        """Whether a step is told that has yet to be taken: "will lift controls in June", and names no year gone by."""
        return self._steps and not any(A_YEAR.fullmatch(t.form) and int(t.form) <= year for t in self._row)

    def past_at(self, role: str, first: int, last: int) -> bool:
        """Whether a day is one of what is done, or one since which a state lasts: "shut since 15 December".

        What is shut "from 30 April until 3 May" has yet to begin.
        """
        if role == "from":
            ends = any(h.concept in ("until", "until_after") and 0 < h.first - last <= 6 for h in self._hits)
            return self._state and not ends and self.has("since", first - 3, last + 2)
        return self.past

    def last_year(self, at: int) -> bool:
        """ "In November last year", "viime vuoden marraskuussa"."""
        return any(0 < at - h.last <= 2 or 0 < h.first - at <= 2 for h in self._last_year)

    def near(self, at: int) -> list[Hit]:
        return [h for h in self._hits if -4 <= h.first - at <= 4]

    def role(self, first: int, last: int) -> str:
        """Until beats from; the nearest cue before counts, or one right behind ("alkaen", "asti")."""
        best: tuple[int, str] | None = None
        for hit in self._hits:
            if hit.concept not in _ROLES:
                continue
            if hit.concept in ("from", "until"):
                gap = first - self._past_the_hour(hit.last, first)
                fits = 0 <= gap <= 4
            elif hit.concept in ("from_after", "until_after"):
                gap = max(0, hit.first - last)  # "11. maini 2026": the month says "until" itself, the year is behind it
                fits = first <= hit.first and gap <= 3 and self._unbroken(last, hit.first)
                # "päätti torstaina sulkea aseman lauantaista": what is said of Saturday is not said of Thursday
                fits = fits and not any(last < at <= hit.first for at in self._weekdays)
            else:
                behind = hit.first > last
                gap = hit.first - last if behind else first - hit.last
                fits = gap <= 2 and self._unbroken(last, hit.first) if behind else gap <= 5
            role = "until" if hit.concept.startswith("until") else "from"
            if fits and (best is None or gap < best[0]):
                best = (gap, role)
        return best[1] if best else "on"

    def _past_the_hour(self, cue: int, day: int) -> int:
        """Where a cue ends, with the hour behind it: "until 7 a.m. on June 24"."""
        hours = (h.last for h in self._hits if h.concept == "clock" and cue < h.first <= cue + 2 and h.last < day)
        return max(hours, default=cue)

    def _unbroken(self, first: int, last: int) -> bool:
        """Whether no comma parts two tokens ("on Thursday | from 24 February")."""
        gaps = ((self._row[at + 1].start - self._row[at].end, self._row[at]) for at in range(first, last))
        return all(gap <= (2 if token.is_number else 1) for gap, token in gaps)  # "13. päivään" has its full stop


class Names:
    """Months or weekdays by name or stem, remembered word by word."""

    def __init__(self, names: Mapping[str, int]) -> None:
        self._exact = {name.lower(): value for name, value in names.items() if not name.endswith("*")}
        self._stems = [(name[:-1].lower(), value) for name, value in names.items() if name.endswith("*")]
        self._memo: dict[str, int | None] = {}

    def of(self, form: str) -> int | None:
        if form in self._memo:
            return self._memo[form]
        value = self._exact.get(form)
        if value is None:
            value = next((v for stem, v in self._stems if form.startswith(stem)), None)
        if len(self._memo) > 100_000:
            self._memo.clear()
        self._memo[form] = value
        return value


def a_verb(row: Sequence[Token], at: int, cues: Cues) -> bool:
    """ "Latvia may close", "only citizens may now cross": a month only beside a number or a preposition."""
    if cues.has("possible", at, at):
        return True
    before = row[at - 1].form if at else ""
    after = row[at + 1] if at + 1 < len(row) else None
    beside = before in _BEFORE_MONTHS or before.isdigit() or (after is not None and after.is_number)
    return row[at].form in _VERBS_TOO and not beside


_VERBS_TOO = frozenset({"may", "march"})
_BEFORE_MONTHS = frozenset(
    {"in", "of", "from", "since", "until", "till", "by", "early", "late", "mid", "last", "next", "this", "end", "to"}
)
