"""A restore puts a backup in the place of the database, whole and at once, and nothing that was there is lost."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from gatewatch.model import AlertKind, Cause, DeliveryState, Plan
from gatewatch.service.lock import AlreadyRunning, only_one
from gatewatch.service.restoring import restore
from gatewatch.settings import Settings, load
from gatewatch.store import (
    DamagedDatabase,
    DatabaseInUse,
    ForeignDatabase,
    NewerSchema,
    Store,
    UnusableDatabase,
    back_up,
    database_path,
    putting_back,
)
from gatewatch.store.schema import STEPS
from gatewatch.store.soundness import steps_of
from service.installation import RULE
from store.released_service import DUMPS, restored_from
from store.samples import LEASE, an_alert, an_item, queue

NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)

CONFIG = """
state = "state"
operator = "duty"

[[source]]
id = "raja"
url = "https://raja.example/rss"

[[channel]]
name = "duty"
type = "console"

[[route]]
to = "duty"
"""


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    path = tmp_path_factory.mktemp("settings")
    (path / "config.toml").write_text(CONFIG)
    (path / "rules").mkdir()
    (path / "rules" / "words.toml").write_text(RULE)
    return load(path / "config.toml")


@pytest.fixture
def settings(loaded: Settings, tmp_path: Path) -> Settings:
    return replace(loaded, state_dir=tmp_path / "state")


@pytest.fixture
def database(settings: Settings) -> Path:
    return database_path(settings.state_dir)


@pytest.fixture
def backup(tmp_path: Path, database: Path) -> Iterator[Path]:
    """Made an hour ago of what the database held then: the alert `known`, delivered. Since then there was `later`."""
    with Store.open(database) as store:
        queue(store, "known", channels=("duty",), at=NOW - 2 * HOUR)
        delivery = store.claim("duty", NOW - 2 * HOUR, LEASE)
        assert delivery is not None
        store.settle(delivery.id, DeliveryState.DELIVERED, NOW - 2 * HOUR)
        back_up(database, tmp_path / "b.db", NOW - HOUR)
        queue(store, "later", channels=("duty",), at=NOW)
        yield tmp_path / "b.db"


def alerts_in(database: Path) -> list[str]:
    """But for those to the operator."""
    with Store.open(database) as store:
        return [alert.id for alert in store.alerts(99) if alert.rule != "Gatewatch"]


def test_a_restore_brings_back_what_the_backup_holds_and_keeps_what_was_there(
    settings: Settings, database: Path, backup: Path
) -> None:
    done = restore(settings, backup, NOW)
    assert alerts_in(database) == ["known"]
    assert done.kept == database.with_name("gatewatch.db.before-restore-2026-01-15T120000")
    assert alerts_in(done.kept) == ["later", "known"]
    assert restore(settings, done.kept, NOW).kept == done.kept.with_name(f"{done.kept.name}-2")
    assert alerts_in(database) == ["later", "known"]


def test_a_restore_makes_a_state_directory_where_there_is_none(settings: Settings, database: Path, backup: Path) -> None:
    elsewhere = replace(settings, state_dir=settings.state_dir / "on" / "another" / "machine")
    assert restore(elsewhere, backup, NOW).kept is None
    assert alerts_in(database_path(elsewhere.state_dir)) == ["known"]
    assert sorted(path.name for path in elsewhere.state_dir.iterdir()) == ["gatewatch.db", "gatewatch.lock"]


def test_a_compressed_backup_is_restored(settings: Settings, database: Path, backup: Path, tmp_path: Path) -> None:
    back_up(database, tmp_path / "whatever its name", NOW, compress=True)
    restore(settings, tmp_path / "whatever its name", NOW)
    assert alerts_in(database) == ["later", "known"]


def test_files_copied_by_hand_are_restored_with_their_log(settings: Settings, database: Path, backup: Path, tmp_path: Path) -> None:
    for end in ("", "-wal"):
        shutil.copyfile(f"{database}{end}", tmp_path / f"copy.db{end}")
    restore(settings, backup, NOW)
    restore(settings, tmp_path / "copy.db", NOW)
    assert alerts_in(database) == ["later", "known"]


def test_while_a_daemon_works_a_restore_is_refused(settings: Settings, database: Path, backup: Path) -> None:
    with only_one(settings.state_dir), pytest.raises(AlreadyRunning):
        restore(settings, backup, NOW)
    assert alerts_in(database) == ["later", "known"]


def test_what_is_no_good_backup_is_refused_and_changes_nothing(settings: Settings, database: Path, backup: Path, tmp_path: Path) -> None:
    def bad(name: str, sql: str = "", content: bytes | None = None) -> Path:
        path = tmp_path / name
        shutil.copyfile(backup, path)
        if content is not None:
            path.write_bytes(content)
        with closing(sqlite3.connect(path)) as db:
            db.executescript(sql)
        return path

    back_up(database, tmp_path / "good.zst", NOW, compress=True)
    compressed = (tmp_path / "good.zst").read_bytes()
    later = "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('gatewatch', '099_later', '')"
    refusals: list[tuple[Path, type[Exception]]] = [
        (bad("text", content=b"nothing of the kind " * 99), UnusableDatabase),
        (bad("empty", content=b""), ForeignDatabase),
        (bad("other", "DROP TABLE _sqlite_migrations"), ForeignDatabase),
        (bad("newer", later), NewerSchema),
        (bad("torn", content=backup.read_bytes()[:20_000]), DamagedDatabase),
        (bad("torn.zst", content=compressed[:-2000]), UnusableDatabase),
        (bad("rotten.zst", content=compressed[:999] + b"rot" + compressed[1002:]), UnusableDatabase),
        (bad("loose", "UPDATE deliveries SET alert = 'gone'"), DamagedDatabase),
    ]
    files = sorted(settings.state_dir.iterdir())
    for path, error in refusals:
        with pytest.raises(error, match=path.name):
            restore(settings, path, NOW)
    assert alerts_in(database) == ["later", "known"]
    assert sorted(settings.state_dir.iterdir()) == sorted({*files, settings.state_dir / "gatewatch.lock"})


def test_a_database_that_cannot_be_read_is_set_aside_as_it_is(settings: Settings, database: Path, backup: Path, tmp_path: Path) -> None:
    broken = replace(settings, state_dir=tmp_path / "broken")
    for end in ("", "-wal"):
        (tmp_path / "broken").mkdir(exist_ok=True)
        Path(f"{database_path(broken.state_dir)}{end}").write_bytes(f"what is left{end}".encode() * 999)
    done = restore(broken, backup, NOW)
    assert alerts_in(done.database) == ["known"]
    for end in ("", "-wal"):
        assert Path(f"{done.kept}{end}").read_bytes() == f"what is left{end}".encode() * 999


def test_a_log_whose_database_was_deleted_is_not_laid_over_the_backup(settings: Settings, database: Path, backup: Path) -> None:
    log = Path(f"{database}-wal")
    kept = log.read_bytes()  # as a killed service leaves it
    assert len(kept) > 10_000
    elsewhere = replace(settings, state_dir=settings.state_dir / "elsewhere")
    database = database_path(elsewhere.state_dir)
    elsewhere.state_dir.mkdir()
    Path(f"{database}-wal").write_bytes(kept)
    restore(elsewhere, backup, NOW)
    assert alerts_in(database) == ["known"]
    assert [path.read_bytes() for path in elsewhere.state_dir.glob("*.before-restore-*-wal")] == [kept]


def test_an_old_backup_is_brought_up_to_date(settings: Settings, database: Path, tmp_path: Path) -> None:
    restored_from(DUMPS[0], tmp_path / "old" / "b.db")
    restore(settings, tmp_path / "old" / "b.db", NOW)
    with closing(sqlite3.connect(database)) as db:
        assert steps_of(db) == STEPS
    with closing(sqlite3.connect(tmp_path / "old" / "b.db")) as db:
        assert steps_of(db) == STEPS[:1]  # the backup itself stays as it is


@pytest.fixture
def unfinished(database: Path, tmp_path: Path) -> Path:
    """A backup with an alert that was pending, one that was being sent, and two that were held."""
    with Store.open(database) as store:
        for id in ("sent", "pending", "quiet", "tomorrow"):
            due = NOW + 20 * HOUR if id == "tomorrow" else NOW - HOUR
            held = Plan("duty", DeliveryState.HELD, due, Cause.QUIET, "quiet hours")
            with store.transaction():
                plans = ["duty"] if id in ("sent", "pending") else [held]
                store.queue_alert(an_alert(id, at=NOW - 3 * HOUR), plans, NOW - 3 * HOUR)
        assert store.claim("duty", NOW - 3 * HOUR, LEASE)
        back_up(database, tmp_path / "b.db", NOW - 2 * HOUR)
    return tmp_path / "b.db"


def states(database: Path) -> dict[str, DeliveryState]:
    with Store.open(database) as store:
        return {id: store.deliveries_of(id)[0].state for id in ("sent", "pending", "quiet", "tomorrow")}


def test_what_may_have_been_sent_since_is_kept_and_told_and_not_sent(settings: Settings, database: Path, unfinished: Path) -> None:
    done = restore(settings, unfinished, NOW)
    assert [each.alert.id for each in done.may_have_gone] == ["sent", "pending", "quiet"]
    unknown, held = DeliveryState.UNKNOWN, DeliveryState.HELD
    assert states(database) == {"sent": unknown, "pending": unknown, "quiet": unknown, "tomorrow": held}
    with Store.open(database) as store:
        delivery = store.deliveries_of("pending")[0]
        why = "it was still to be sent in the backup of 2026-01-15 10:00, and may have been sent since"
        assert (delivery.last_error, store.receipts_of(delivery.id)[-1].line) == (why, why)
        assert list(store.findings(NOW)) == []
        assert store.send_again(delivery.id, NOW)  # as `gatewatch alerts resend` does


def test_what_may_have_been_sent_since_is_sent_where_that_is_wanted(settings: Settings, database: Path, unfinished: Path) -> None:
    done = restore(settings, unfinished, NOW, send_pending=True)
    assert len(done.may_have_gone) == 3
    pending, held = DeliveryState.PENDING, DeliveryState.HELD
    assert states(database) == {"sent": DeliveryState.SENDING, "pending": pending, "quiet": held, "tomorrow": held}


def test_the_operator_hears_of_a_restore(settings: Settings, database: Path, backup: Path) -> None:
    restore(settings, backup, NOW)
    words = "restored the backup of 2026-01-15 11:00: what feeds have shown since and still show is news again"
    with Store.open(database) as store:
        assert store.notices(1)[0].text == words
        [alert] = [alert for alert in store.alerts(9) if alert.rule == "Gatewatch"]
        assert (alert.title, alert.kind) == (words, AlertKind.NEW)
        assert [each.channel for each in store.deliveries_of(alert.id)] == ["duty"]


def test_a_command_that_has_the_old_database_open_writes_into_the_new_one(settings: Settings, database: Path, backup: Path) -> None:
    with Store.open(database) as command:
        restore(settings, backup, NOW)
        with command.transaction():
            command.add_items([an_item("i9")], seeded=False, at=NOW)
        assert [alert.id for alert in command.alerts(9) if alert.rule != "Gatewatch"] == ["known"]
    with Store.open(database) as store:
        assert store.item("i9") is not None
        assert store._execute("PRAGMA integrity_check").fetchone()[0] == "ok"


def test_a_database_that_somebody_writes_to_all_the_while_is_left_alone(
    settings: Settings, database: Path, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(putting_back, "PATIENCE", 0.5)
    with Store.open(database) as command, command.transaction():
        command.add_items([an_item("i9")], seeded=False, at=NOW)
        with pytest.raises(DatabaseInUse, match="in use by another process"):
            restore(settings, backup, NOW)
    assert alerts_in(database) == ["later", "known"]
    assert [path for path in settings.state_dir.iterdir() if "restore" in path.name or "partial" in path.name] == []


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_what_root_restores_belongs_to_the_service(settings: Settings, database: Path, backup: Path) -> None:
    for path in (settings.state_dir, *settings.state_dir.iterdir()):
        os.chown(path, 4321, 4322)
    restore(settings, backup, NOW)
    assert {(path.stat().st_uid, path.stat().st_gid) for path in settings.state_dir.iterdir()} == {(4321, 4322)}
    database.unlink()
    restore(settings, backup, NOW)
    assert (database.stat().st_uid, database.stat().st_gid) == (4321, 4322)
