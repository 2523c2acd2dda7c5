"""The alert of a drill: it travels like any other, and can't be taken for news. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime

from gatewatch.model import Alert, AlertKind, Route, Severity

#: The rule that stands in drills. No rule of a user can have this name: it has a capital letter.
DRILL_RULE = "Drill"

#: In the title, since phones show nothing else, and in the text.
WORDS = "DRILL: this is a test of Gatewatch, nothing has happened"


def drill_alert(severity: Severity, channels: Sequence[str], now: datetime) -> Alert:
    """What is sent to `channels`. It belongs to no item, and its story is never stored.

    All drills share that story's name, so that a mail client puts them into one thread.
    """
    return Alert(
        id=hashlib.sha256(f"{DRILL_RULE}\0{now.isoformat()}".encode()).hexdigest()[:12],
        story="drill",
        kind=AlertKind.DRILL,
        rule=DRILL_RULE,
        says=WORDS,
        severity=severity,
        at=now,
        title=WORDS,
        quote="",
        url="",
        source="Gatewatch",
        facts=("this channel works; nothing needs to be done", f"sent to {', '.join(channels)}"),
    )


def channels_of(severity: Severity, routes: Iterable[Route]) -> tuple[str, ...]:
    """Every channel that some alert of this severity goes to, each once, in the order in which they are written."""
    leading = (route for route in routes if not route.severity or severity in route.severity)
    return tuple(dict.fromkeys(channel for route in leading for channel in route.to))
