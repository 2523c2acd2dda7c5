"""Fixtures for every room's tests."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from feed_server import FeedServer
from gatewatch.reading import Reader
from gatewatch.service import writer


@pytest.fixture
def feed_server() -> Iterator[FeedServer]:
    """A real HTTP server on 127.0.0.1, see feed_server.py."""
    with FeedServer() as server:
        yield server


@pytest.fixture
def words_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader is pure and takes a second to build: the rounds of a test share one."""
    kept: list[Reader] = []

    def reader(words: Any, places: Any) -> Reader:
        if not kept:
            kept.append(Reader(words, places))
        return kept[0]

    monkeypatch.setattr(writer, "Reader", reader)
