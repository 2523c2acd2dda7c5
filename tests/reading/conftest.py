"""A reader with the shipped words, and items to read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from gatewatch.model import Item, Reading, Source
from gatewatch.reading import Reader
from gatewatch.settings import learned, load_words, shipped_rules

Read = Callable[..., Reading]


@pytest.fixture(scope="session")
def reader() -> Reader:
    return Reader(*load_words(shipped_rules()), learned())


@pytest.fixture(scope="session")
def read(reader: Reader) -> Read:
    """read(title, text="", day="2023-11-22", language=None, home=None, official=False) -> Reading"""
    return reading_with(reader)


@pytest.fixture(scope="session")
def by_rules() -> Read:
    """The same without the second look."""
    return reading_with(Reader(*load_words(shipped_rules())))


def reading_with(reader: Reader) -> Read:
    def read_one(
        title: str, text: str = "", day: str = "2023-11-22", language: str | None = None, home: str | None = None
    ) -> Reading:
        moment = datetime.fromisoformat(f"{day}T12:00:00+00:00")
        item = Item("x", "s", title, summary=text, published=moment, language=language)
        return reader.read(item, Source("s", "", country=home, language=language), explain=True)

    return read_one
