"""Puts a backup in the place of what a state directory holds, and says so to whoever has to know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from gatewatch.alerts.operating import tell_operator
from gatewatch.model import Delivery
from gatewatch.service.lock import only_one
from gatewatch.settings import Settings
from gatewatch.store import Contents, Store, database_path, give_to_owner_of, put_in_place, staged
from gatewatch.store.safe_files import beside


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did. `kept` is where the former database lies now, None where there was none.

    `may_have_gone` are the deliveries that were still to be made when the backup was made.
    """

    database: Path
    contents: Contents
    kept: Path | None
    may_have_gone: tuple[Delivery, ...]


def restore(settings: Settings, backup: Path, now: datetime, *, send_pending: bool = False) -> Restored:
    """Checks a backup, brings it up to date, and puts it in the place of the database, which is kept beside it.

    What was still to be sent then may have been sent since, by the service that went on: unless `send_pending`, it is
    settled as unknown, for people to resend. The operator's channels hear of all of it. Raises `AlreadyRunning` while
    a daemon works there, `StoreError`, `OSError`; whenever it raises, the database is as it was.
    """
    with only_one(settings.state_dir):
        database = database_path(settings.state_dir)
        with staged(backup, database) as (copy, contents):
            with Store.open(copy) as store:
                pending = _brought_back(store, contents, settings, now, send_pending=send_pending)
            kept = put_in_place(copy, database, now)
        ours = (database, *beside(database), *([kept, *beside(kept)] if kept else ()))
        give_to_owner_of(settings.state_dir, settings.state_dir / "gatewatch.lock", *ours)
    return Restored(database, contents, kept, pending)


def _brought_back(
    store: Store, contents: Contents, settings: Settings, now: datetime, *, send_pending: bool
) -> tuple[Delivery, ...]:
    age = of_when(contents, settings)
    pending = store.may_have_gone(now)
    if not send_pending:
        store.give_up_as_unknown(pending, now, f"it was still to be sent in {age}, and may have been sent since")
    with store.transaction():
        notice = f"restored {age}: what feeds have shown since and still show is news again"
        tell_operator(store, notice, None, settings.operator, now)
    return pending


def of_when(contents: Contents, settings: Settings) -> str:
    """For people: which backup it is."""
    if contents.made is None:
        return "a copy of unknown age"
    return f"the backup of {contents.made.astimezone(ZoneInfo(settings.timezone)):%Y-%m-%d %H:%M}"
