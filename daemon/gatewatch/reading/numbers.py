"""Numbers as news writes them: digits with local separators, words, vague words, ranges, approximations."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gatewatch.reading.folding import Token

_GROUPED = re.compile(r"\d{1,3}(?:[., ']\d{3})+\Z")
_DECIMAL = re.compile(r"\d+[.,]\d{1,2}\Z")
_BROKEN = re.compile(r"\d+[.,]\d{1,3}\Z")
MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Number:
    """A number at tokens `first` to `last`; `high` is set for a range or a vague word ("a few dozen")."""

    value: int
    first: int
    last: int
    high: int | None = None
    vague: bool = False
    digits: bool = True


def plain_value(form: str) -> int | None:
    """The whole number that digits stand for: 1 300, 1.300, 1,300; None for times, dates and decimals."""
    if form.isdigit():
        return int(form)
    if _GROUPED.match(form):
        return int(re.sub(r"[., ']", "", form))
    return None


def decimal_value(form: str) -> float | None:
    """1,5 and 2.4, which are numbers only before a multiplier ("1,5 тыс.")."""
    return float(form.replace(",", ".")) if _DECIMAL.match(form) else None


def _amount(form: str, factor: int) -> float | None:
    """What digits before a multiplier stand for: 1,5 тыс., and before a million 1,027 is broken as well."""
    value = plain_value(form)
    if value is not None and (factor < MILLION or form.isdigit()):
        return float(value)
    return float(form.replace(",", ".")) if _BROKEN.match(form) else None


class NumberWords:
    """The number words of one language, as phrases of folded words."""

    def __init__(self, numbers: Mapping[str, tuple[int, int | None, bool]], multipliers: Mapping[str, int]) -> None:
        self._exact: dict[str, list[tuple[tuple[str, ...], tuple[int, int | None, bool]]]] = {}
        self._stems: list[tuple[str, tuple[int, int | None, bool]]] = []
        for word, value in numbers.items():
            parts = tuple(word.lower().split())
            if len(parts) == 1 and parts[0].endswith("*"):
                self._stems.append((parts[0][:-1], value))
            else:
                self._exact.setdefault(parts[0], []).append((parts, value))
        for options in self._exact.values():
            options.sort(key=lambda option: -len(option[0]))
        self._none: set[str] = set()  # words that begin no number, remembered
        self._multipliers = {w.lower().rstrip("*"): (v, w.endswith("*")) for w, v in multipliers.items()}

    def multiplier(self, form: str) -> int | None:
        """1,000 for "tuhatta", "тыс" and the like."""
        for stem, (value, open_ended) in self._multipliers.items():
            if form == stem or (open_ended and form.startswith(stem)):
                return value
        return None

    def beginnings(self, row: Sequence[Token]) -> list[int]:
        """The tokens that may begin a number; of most words it is known that they don't."""
        none = self._none
        return [at for at, token in enumerate(row) if token.form not in none]

    def at(self, row: Sequence[Token], first: int) -> Number | None:
        """The number that starts at a token, words or digits, with what multiplies it."""
        token = row[first]
        number = self._find(row, first, token)
        if number is None and not token.is_number and token.form not in self._exact:
            self._none.add(token.form)
        return number

    def _find(self, row: Sequence[Token], first: int, token: Token) -> Number | None:
        if token.is_number:
            return self._digits(row, first)
        for parts, (value, high, vague) in self._exact.get(token.form, ()):
            if tuple(t.form for t in row[first : first + len(parts)]) == parts:
                return self._scaled(row, Number(value, first, first + len(parts) - 1, high, vague, False))
        for stem, (value, high, vague) in self._stems:
            if token.form.startswith(stem):
                return self._scaled(row, Number(value, first, first, high, vague, False))
        return None

    def _digits(self, row: Sequence[Token], first: int) -> Number | None:
        form = row[first].form
        factor = self.multiplier(row[first + 1].form) if first + 1 < len(row) else None
        if factor is not None:
            amount = _amount(form, factor)
            return None if amount is None else Number(round(amount * factor), first, first + 1)
        value = plain_value(form)
        return None if value is None else Number(value, first, first)

    def _scaled(self, row: Sequence[Token], number: Number) -> Number:
        after = number.last + 1
        factor = self.multiplier(row[after].form) if after < len(row) else None
        if factor is None:
            return number
        high = number.high * factor if number.high else None
        return Number(number.value * factor, number.first, after, high, number.vague, number.digits)
