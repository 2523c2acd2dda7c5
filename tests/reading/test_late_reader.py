"""A reader that is made when it is needed first, and once."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

from gatewatch.model import Item, Source
from gatewatch.reading import LateReader, Reader

ITEM = Item("1", "a", "Finland closes its border", seen=datetime(2026, 1, 15, tzinfo=UTC))
SOURCE = Source("a", "https://news.example/a", country="FI")


def test_it_reads_as_the_one_that_is_made(reader: Reader) -> None:
    late = LateReader(lambda: reader)
    assert late.read(ITEM, SOURCE) == reader.read(ITEM, SOURCE)
    assert late.hints(ITEM)


def test_it_is_made_once_whoever_asks_first_and_not_before(reader: Reader) -> None:
    made: list[Reader] = []

    def make() -> Reader:
        time.sleep(0.05)
        made.append(reader)
        return reader

    late = LateReader(make)
    assert made == []
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda _: late.read(ITEM, SOURCE), range(4)))
    assert len(made) == 1
