"""What the log says of polls and alerts."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from gatewatch.model import Alert
from gatewatch.service.logfmt import line
from gatewatch.service.polling import Polled

log = logging.getLogger(__name__)


def report(polled: Polled) -> None:
    """One log line for each alert and for each source that broke or recovered."""
    if polled.taken is None:
        return
    if polled.taken.seeded:
        log.info(line("seeded", source=polled.source.id, items=polled.taken.seeded))
    for notice in polled.taken.notices:
        log.warning(line("notice", source=polled.source.id, text=notice))
    say(polled.taken.alerts)


def say(alerts: Iterable[Alert]) -> None:
    """One log line for each alert."""
    for alert in alerts:
        log.info(
            line(
                "alert",
                id=alert.id,
                kind=alert.kind,
                rule=alert.rule,
                severity=alert.severity,
                country=alert.country,
                source=alert.source,
                title=alert.title,
            )
        )
