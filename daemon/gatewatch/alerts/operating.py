"""What the operator is told of a source, as an alert that travels like any other."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime

from gatewatch.model import Alert, AlertKind, Severity, Source
from gatewatch.store import Store

#: The rule that stands in such alerts. No rule of a user can have this name: it has a capital letter.
OPERATOR_RULE = "Gatewatch"

#: Channels cut longer titles. What they cut off stands whole below it, a line for each of its parts.
TITLE = 100


def operator_alert(notice: str, source: Source | None, now: datetime) -> Alert:
    """`notice` begins with what happened: "broken: 3 polls in a row failed, …". None: it is about Gatewatch itself."""
    about = source.id if source else ""
    name = (source.name,) if source and source.name else ()
    parts = notice.split("; ") if len(notice) > TITLE else ()
    named = f"{now.isoformat()}\0{about}\0{notice}"
    return Alert(
        id=hashlib.sha256(named.encode()).hexdigest()[:12],
        story=f"operator-{about}",
        kind=AlertKind.NEW,
        rule=OPERATOR_RULE,
        says=f"source {about}" if about else "Gatewatch itself",
        severity=Severity.INFO if notice.startswith("recovered") else Severity.MEDIUM,
        at=now,
        title=notice,
        quote="",
        url=source.url if source else "",
        source="Gatewatch",
        facts=(*name, *parts),
    )


def tell_operator(
    store: Store, notice: str, source: Source | None, channels: Sequence[str], now: datetime
) -> None:
    """Kept for `gatewatch status`, and sent like any alert, but never held: it must survive a dead channel, too.

    Belongs inside a transaction.
    """
    store.add_notice(now, source.id if source else "", notice)
    if channels:
        store.queue_alert(operator_alert(notice, source, now), channels, at=now)
