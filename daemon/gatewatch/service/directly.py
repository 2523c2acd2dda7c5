"""A message to the operator past the outbox: when the database, or the whole service, can't carry it."""

from __future__ import annotations

import logging
from datetime import datetime, tzinfo

from gatewatch.alerts.messages import render
from gatewatch.alerts.results import Ending
from gatewatch.alerts.sinks import Sink
from gatewatch.model import Alert
from gatewatch.service.logfmt import line

log = logging.getLogger(__name__)


def send_directly(channel: str, sink: Sink, alert: Alert, now: datetime, zone: tzinfo) -> bool:
    """Whether it may have been heard. Never raises: a fault in one channel costs the others nothing."""
    try:
        result = sink.send(render(alert, sink.family, now, sink.budget, zone))
    except Exception as fault:
        log.exception(line("operator_not_told", channel=channel, error=repr(fault)))
        return False
    if result.ending in (Ending.DELIVERED, Ending.UNKNOWN):
        return True
    log.warning(line("operator_not_told", channel=channel, error=result.detail))
    return False
