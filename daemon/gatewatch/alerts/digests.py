"""Several alerts that were held, as one. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime

from gatewatch.alerts.wording import one_line, shortened
from gatewatch.model import Alert, AlertKind, Delivery, Severity

#: The rule that stands in digests. No rule of a user can have this name: it has a capital letter.
DIGEST_RULE = "Digest"

_LONGEST_LINE = 200
_LOUDNESS = list(Severity)


def digest_of(held: Sequence[Delivery], now: datetime) -> Alert:
    """One alert about all that a channel held, the loudest first. Its id depends on channel, members and `now`."""
    members = sorted((each.alert for each in held), key=lambda alert: (_LOUDNESS.index(alert.severity), alert.at))
    named = "\0".join([DIGEST_RULE, held[0].channel, now.isoformat(), *(alert.id for alert in members)])
    id = hashlib.sha256(named.encode()).hexdigest()[:12]
    countries = {alert.country for alert in members}
    return Alert(
        id=id,
        story=f"digest-{id}",
        kind=AlertKind.DIGEST,
        rule=DIGEST_RULE,
        says=f"{len(members)} alerts that were held",
        severity=members[0].severity,
        at=now,
        title="; ".join(dict.fromkeys(each.reason for each in held)),
        quote="",
        url="",
        source="Gatewatch",
        country=countries.pop() if len(countries) == 1 else None,
        facts=tuple(line_of(alert) for alert in members),
        about=tuple(alert.id for alert in members),
    )


def line_of(alert: Alert) -> str:
    """high, FI: closure announced – the headline."""
    if alert.event is not None:
        what = alert.event.replace("_", " ")
    else:
        what = alert.facts[0] if alert.count is not None and alert.facts else alert.says
    where = f", {alert.country}" if alert.country else ""
    return shortened(one_line(f"{alert.severity.value}{where}: {what} – {alert.title}"), _LONGEST_LINE)
