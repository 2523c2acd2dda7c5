from __future__ import annotations

import asyncio
import logging
from datetime import datetime, timedelta

import pytest

from gatewatch.model import Document, Outcome, Source
from gatewatch.service.polling import Poller

from .rehearsal import Rehearsal, at


def silence(source: Source, now: datetime) -> Document:
    return Document(source.id, now, Outcome.NETWORK_ERROR, url=source.url)


def no_network(source: Source, now: datetime) -> Document:
    return Document(source.id, now, Outcome.NETWORK_ERROR, url=source.url, our_outage=True)


def error(source: Source, now: datetime) -> Document:
    return Document(source.id, now, Outcome.SERVER_ERROR, url=source.url, status=500)


def hosts(*ids: str) -> list[Source]:
    """One source a host."""
    return [source for id in ids for source in at(f"{id}.example", id)]


def blamed(stage: Rehearsal, *sources: Source) -> str:
    """The ids of those that failed and were not excused, asked one after the other, 20 seconds apart."""

    async def go(poller: Poller) -> None:
        for source in sources:
            poller.ask(source)
            await poller.drained()
            stage.now += timedelta(seconds=20)

    asyncio.run(stage.with_poller(go))
    failed = [document for document in stage.taken if document.outcome is Outcome.NETWORK_ERROR]
    return "".join(document.source for document in failed if not document.our_outage)


def test_from_the_third_host_on_nobody_is_blamed() -> None:
    stage = Rehearsal(dict.fromkeys("abcd", silence))
    assert blamed(stage, *hosts(*"abcd")) == "ab"


def test_without_a_way_out_nobody_is_blamed_at_all() -> None:
    stage = Rehearsal(dict.fromkeys("abcd", no_network))
    assert blamed(stage, *hosts(*"abcd")) == ""


def test_a_500_is_a_sign_that_the_network_works() -> None:
    stage = Rehearsal({**dict.fromkeys("abcd", silence), "x": error})
    assert blamed(stage, *hosts(*"abxcd")) == "abcd"


def test_an_answer_ends_the_outage() -> None:
    stage = Rehearsal(dict.fromkeys("ab", no_network) | {"c": silence})
    assert blamed(stage, *hosts(*"abxc")) == "c"


def test_good_answers_are_never_marked() -> None:
    stage = Rehearsal({"a": no_network})
    blamed(stage, *hosts(*"ab"))
    assert [document.our_outage for document in stage.taken] == [True, False]


def test_the_operators_own_machines_prove_nothing() -> None:
    """One that answers does not end the outage, and three that are switched off are none."""
    local = [Source(id, f"http://127.0.0.{id}/") for id in "1234"]
    stage = Rehearsal(dict.fromkeys("123", silence) | dict.fromkeys("ab", no_network))
    assert blamed(stage, *hosts("a"), *local, *hosts("b")) == "123"


def test_beginning_and_end_are_logged_once(caplog: pytest.LogCaptureFixture) -> None:
    stage = Rehearsal(dict.fromkeys("abcd", no_network))
    with caplog.at_level(logging.WARNING, "gatewatch.service.polling"):
        blamed(stage, *hosts(*"abcdxyz"))
    said = [record.getMessage().split()[0] for record in caplog.records]
    assert said == ["event=outage", "event=outage-over"]
