"""A database of every schema that was released is taken over by the service of today, which goes on where it was."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from gatewatch.reading import Reader
from gatewatch.service import generation
from gatewatch.service.once import run_once
from gatewatch.settings import Loaded, Settings, learned, load
from gatewatch.store import Store, database_path
from gatewatch.store.schema import STEPS
from gatewatch.store.soundness import steps_of
from service.installation import Installation
from service.newsstand import open_newsstand

from .release import publish
from .released_service import DUMPS, STILL_THE_SAME, configure, restored_from

HOUR = timedelta(hours=1)

#: No version has written to it yet.
UNUSED = {"rule_state"}

every_dump = pytest.mark.parametrize("dump", DUMPS, ids=lambda dump: dump.stem)


def test_every_step_of_the_schema_has_a_database_that_was_written_at_its_time(tmp_path: Path) -> None:
    assert [dump.stem for dump in DUMPS] == [step[:3] for step in STEPS], "run tests/store/release.py"
    for number, dump in enumerate(DUMPS, 1):
        with closing(sqlite3.connect(":memory:")) as db:
            db.executescript(dump.read_text())
            assert steps_of(db) == STEPS[:number]
            tables = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            filled = {name for name in tables if db.execute(f"SELECT count(*) FROM {name}").fetchone() != (0,)}
            assert set(tables) - filled <= UNUSED, dump.name


@every_dump
def test_a_released_database_is_brought_up_to_date_and_nothing_in_it_is_wrong(dump: Path, tmp_path: Path) -> None:
    database = tmp_path / "state" / "gatewatch.db"
    restored_from(dump, database)
    with Store.open(database) as store:
        newest = store.alerts(1)[0]
        assert [str(finding) for finding in store.findings(newest.at)] == []
    with closing(sqlite3.connect(database)) as db:
        assert steps_of(db) == STEPS


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """Of today, with feeds that show what the old one has seen, and one piece of news that tells its story again.

    Settings and words are read once: they take a second each.
    """
    installation = Installation(tmp_path_factory.mktemp("service"))
    with open_newsstand() as stand, pytest.MonkeyPatch.context() as patch:
        configure(installation, {name: stand.url(name) for name in ("a", "b")})
        publish(stand)
        stand.publish("b", STILL_THE_SAME)
        settings = load(installation.path / "config.toml")
        reader = Reader(settings.vocabularies, settings.gazetteer, learned())
        patch.setattr(generation, "Reader", lambda *_: reader)
        yield settings


@every_dump
def test_a_service_that_takes_a_released_database_over_goes_on_where_the_old_one_was(dump: Path, service: Settings) -> None:
    settings, here = replace(service, state_dir=service.state_dir / dump.stem), service.config.parent
    slow, file = here / "later" / "told.jsonl", here / "told.jsonl"
    slow.unlink(missing_ok=True)
    file.unlink(missing_ok=True)
    database = database_path(settings.state_dir)
    restored_from(dump, database)
    with closing(sqlite3.connect(database)) as db:
        (latest,) = db.execute("SELECT max(at) FROM alerts").fetchone()
        waiting = [alert for (alert,) in db.execute("SELECT alert FROM deliveries WHERE state = 'pending' ORDER BY id")]
    now = datetime.fromisoformat(latest)
    for round in (1, 2):
        asyncio.run(run_once(Loaded(settings), lambda later=round * HOUR: now + later))  # type: ignore[misc]

    assert len(waiting) >= 3
    assert told(slow) == waiting  # once, though there were two rounds
    assert told(file) == []  # what was known is not told again
    with Store.open(database, read_only=True) as store:
        item = next(item for item in store.recent_items(20) if item.title == STILL_THE_SAME)
        assert [(record.match.rule, record.decision) for record in store.matches_of(item.id)] == [("fi-closure", "joined")]
        assert list(store.findings(now + 2 * HOUR)) == []


def told(file: Path) -> list[str]:
    """The ids of the alerts that a file was told, but for what the operator was."""
    messages = [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []
    return [message["id"] for message in messages if message["rule"] != "Gatewatch"]
