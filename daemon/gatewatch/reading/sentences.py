"""Where sentences end. Abbreviations and "18. marraskuuta" are the traps; they lie in the vocabulary."""

from __future__ import annotations

import re
from collections.abc import Collection

_SMALL = "a-zа-яåäöõüæøßёéàāčēģīķļņšūžąćęłńóśźż"
_END = re.compile(rf"[.!?…]+[\"'”»“)\]]*\s+(?=[\"'”»“„«(\[–—-]*\s*[^\W_{_SMALL}])|\n+")
_PARTS = re.compile(r"\s+[–—-]\s+|\s+\|\s+")
_DATELINE = re.compile(r"\s*[^\W\d_][^\n:;!?(–—]{1,40}?(?:\([^)\n]{2,30}\)\s*)?(?:\.?\s?[–—-]{1,2}\s|(?<=\))\.\s)")
_MAY_END = frozenset({"d", "val", "m", "tūkst", "mln", "mlrd", "proc", "eur"})
"""Abbreviations that Lithuanian ends sentences with: "bus uždaryta nuo kovo 1 d. iki gruodžio 13 d. Premjeras …"."""

_ENDS_AFTER = 6
"""Words before one of them, since the last comma, with which a capital letter behind it begins a sentence."""

_A_YEAR = re.compile(r"\b\d{4}\s(?:г|гг)\Z")
_LAST_WORD = re.compile(r"(\S+?)\.[\"'”»)]*\s*\Z")


def sentences(text: str, abbreviations: Collection[str], month_stems: tuple[str, ...]) -> list[tuple[int, int]]:
    """Start and end of each sentence of `text`; ends are exclusive, white space trimmed."""
    found: list[tuple[int, int]] = []
    start = dateline_end(text)
    for match in _END.finditer(text):
        if "\n" not in match.group() and _runs_on(text, start, match, abbreviations, month_stems):
            continue
        end = match.start() + len(match.group().rstrip())
        if end > start:
            found.append((start, end))
        start = match.end()
    if start < len(text.rstrip()):
        found.append((start, len(text.rstrip())))
    return found


def dateline_end(text: str) -> int:
    """Where a text begins behind its dateline ("TALLINN – ", "Berlin, Aug 28 (EFE).- "); 0 where it has none.

    The place of an office acts on nothing. A dateline is in capitals or ends with an agency in brackets, so
    that a sentence with a dash of its own keeps its beginning.
    """
    match = _DATELINE.match(text)
    if match is None:
        return 0
    head = match.group().strip(" –—-.")
    return match.end() if head.split(",")[0].split("(")[0].isupper() or head.endswith(")") else 0


def headline_parts(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The parts of a headline between dashes: each is a sentence ("Suomi sulkee rajansa – riittääkö väki?")."""
    found: list[tuple[int, int]] = []
    at = start
    for match in _PARTS.finditer(text, start, end):
        found.append((at, match.start()))
        at = match.end()
    found.append((at, end))
    return [(first, last) for first, last in found if last > first]


def _runs_on(
    text: str,
    start: int,
    match: re.Match[str],
    abbreviations: Collection[str],
    month_stems: tuple[str, ...],
) -> bool:
    if not match.group().startswith(".") or match.group().startswith(".."):
        return False
    last = _LAST_WORD.search(text, start, match.start() + 1)
    if last is None:
        return False
    word = last.group(1).lstrip("\"'(«”»“„").lower()
    of_a_year = _A_YEAR.search(text, start, match.start()) is not None  # "до 18 февраля 2024 г. Ходатайства …"
    if (word in _MAY_END or of_a_year) and word + "." in abbreviations:
        told = len(text[start : match.start()].rpartition(",")[2].split())
        return told <= _ENDS_AFTER or not text[match.end() :].lstrip("„“\"«(–— ")[:1].isupper()
    if word + "." in abbreviations or (len(word) == 1 and word.isalpha()):
        return True
    return word.isdigit() and text[match.end() :].lower().startswith(month_stems)
