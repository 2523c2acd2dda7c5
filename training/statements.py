"""The plain statements of the tests as labelled texts: what is said in so many words, as a headline and as a text."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from gatewatch.cli.labels import Labelled
from gatewatch.model import Count, Event, EventType, Item, Source, Unit
from gatewatch.reading.scoring import Said

WRITTEN = datetime(2023, 11, 15, 12, tzinfo=UTC)
"""The day on which tests/reading reads them."""

ABOVE = "…"
"""A headline that says nothing."""

UNTOLD = ""
"""Whose border it is, no label tells: the country that the rules find."""


def statements(path: Path, *, as_text: bool = True) -> Iterator[Labelled]:
    """Each as a headline, and as a text under one that says nothing; labelled with the one event that it is."""
    for language, table in tomllib.loads(path.read_text(encoding="utf-8")).items():
        for kind in sorted(set(table) & set(EventType)):
            for number, words in enumerate(table[kind]):
                said = Said((Event(type=EventType(kind), country=UNTOLD, says=words),))
                name = f"{path.stem} {language} {kind} {number}"
                yield from _placed(name, words, language, table["home"], said, as_text)


def counts(path: Path) -> Iterator[Labelled]:
    """Likewise the plain counts, each labelled with its number."""
    for language, table in tomllib.loads(path.read_text(encoding="utf-8")).items():
        home = table["counting_home"]
        for number, row in enumerate(table["counts"]):
            said = Said((), (Count(country=home, value=row["value"], unit=Unit(row["unit"]), says=row["says"]),))
            yield from _placed(f"{path.stem} {language} {number}", row["says"], language, home, said)


def _placed(
    name: str, words: str, language: str, home: str, said: Said, as_text: bool = True
) -> Iterator[Labelled]:
    source = Source(id="statements", url="", country=home, language=language)
    for title, text in ((words, ""), (ABOVE, f"{words}."))[: 1 + as_text]:
        item = Item(f"{name} {title == ABOVE}", "statements", title, text, published=WRITTEN, language=language)
        yield Labelled(item, source, language, said)
