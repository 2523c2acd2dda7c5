"""The plain statements of the tests as labelled texts: what is said in so many words, as a headline and as a text."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from gatewatch.cli.labels import Labelled
from gatewatch.model import Event, EventType, Item, Source
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
        source = Source(id="statements", url="", country=table["home"], language=language)
        for kind in sorted(set(table) & set(EventType)):
            for number, words in enumerate(table[kind]):
                for title, text in ((words, ""), (ABOVE, f"{words}."))[: 1 + as_text]:
                    name = f"{path.stem} {language} {kind} {number} {title == ABOVE}"
                    item = Item(name, "statements", title, text, published=WRITTEN, language=language)
                    event = Event(type=EventType(kind), country=UNTOLD, says=words)
                    yield Labelled(item, source, language, Said((event,)))
