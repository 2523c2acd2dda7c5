"""Documents that wait for the writer together go into one transaction, and a bad one costs the others nothing."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from gatewatch.model import Document, Outcome, Source, SourceState
from gatewatch.pipeline import Opened, Taken
from gatewatch.service.batch import LARGEST, Batch
from gatewatch.sources.documents import Contents

NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)


def opened(id: str) -> Opened:
    source = Source(id, f"http://127.0.0.1/{id}")
    return Opened(Document(id, NOW, Outcome.NOT_MODIFIED), source, SourceState(id, NOW), Contents())


class Store:
    """Takes in and notes which documents came together. A document named "bad" undoes all of its transaction."""

    def __init__(self) -> None:
        self.transactions: list[list[str]] = []

    def take(self, polled: Sequence[Opened]) -> list[Taken]:
        ids = [each.source.id for each in polled]
        if "bad" in ids:
            raise ZeroDivisionError
        self.transactions.append(ids)
        return [Taken(each.state) for each in polled]


def taken_in(ids: Sequence[str], store: Store) -> list[Taken | BaseException]:
    """What comes of documents that all arrive while the writer is busy."""

    async def arrive() -> list[Taken | BaseException]:
        free = threading.Event()
        with ThreadPoolExecutor(1) as thread:
            thread.submit(free.wait)
            batch = Batch(thread, store.take)
            waiting = [asyncio.create_task(batch.add(lambda id=id: read(id))) for id in ids]
            await asyncio.sleep(0)
            free.set()
            return await asyncio.gather(*waiting, return_exceptions=True)

    return asyncio.run(arrive())


def read(id: str) -> Opened:
    if id == "unreadable":
        raise LookupError
    return opened(id)


def test_what_waits_together_is_stored_together_and_each_gets_its_own() -> None:
    store = Store()
    taken = taken_in(["a", "b", "c"], store)
    assert [each.state.id for each in taken if isinstance(each, Taken)] == ["a", "b", "c"]
    assert store.transactions == [["a", "b", "c"]]


def test_one_that_fails_is_left_alone_and_the_others_are_stored() -> None:
    store = Store()
    taken = taken_in(["a", "bad", "c"], store)
    assert [type(each) for each in taken] == [Taken, ZeroDivisionError, Taken]
    assert store.transactions == [["a"], ["c"]]


def test_one_that_can_not_be_read_fails_alone() -> None:
    store = Store()
    taken = taken_in(["a", "unreadable", "c"], store)
    assert [type(each) for each in taken] == [Taken, LookupError, Taken]
    assert store.transactions == [["a", "c"]]


@pytest.mark.parametrize("many", [1, LARGEST, LARGEST + 1, 3 * LARGEST])
def test_no_transaction_is_larger_than_the_couriers_can_wait_for(many: int) -> None:
    store = Store()
    taken = taken_in([str(number) for number in range(many)], store)
    assert all(isinstance(each, Taken) for each in taken)
    assert sum(map(len, store.transactions)) == many
    assert max(map(len, store.transactions)) == min(many, LARGEST)
