from __future__ import annotations

from typing import Any

import pytest

from gatewatch.reading import Reader
from gatewatch.service import generation


@pytest.fixture
def words_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader is pure and takes a second to build: the rounds of a test share one."""
    kept: list[Reader] = []

    def reader(words: Any, places: Any, learned: bytes) -> Reader:
        if not kept:
            kept.append(Reader(words, places, learned))
        return kept[0]

    monkeypatch.setattr(generation, "Reader", reader)
