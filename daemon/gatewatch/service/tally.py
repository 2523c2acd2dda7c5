"""Counters of alerts, matches and messages, from the rows that were written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from prometheus_client.core import Metric

from gatewatch.model import Cause
from gatewatch.service.families import Labels, counter
from gatewatch.settings import Settings
from gatewatch.store import Written

#: What keeps a message back. Escalations, reminders and fallbacks wait, too, and keep nothing back.
SUPPRESSING = (Cause.QUIET, Cause.DIGEST, Cause.STORM, Cause.SILENCE)

#: How an attempt ends that did not deliver: what stands in its receipt, and what it is called here.
REASONS = {
    "pending": "retry",
    "unsure": "unsure",
    "interrupted": "interrupted",
    "unknown": "unknown",
    "failed": "failed",
}


class Tally:
    """Counts up for as long as the process lives. What a row says has happened, whoever wrote it."""

    def __init__(self) -> None:
        self._alerts: Counter[Labels] = Counter()
        self._matches: Counter[Labels] = Counter()
        self._suppressed: Counter[Labels] = Counter()
        self._attempts: Counter[Labels] = Counter()
        self._failures: Counter[Labels] = Counter()

    def add(self, written: Written) -> None:
        """Counts rows; each has to come once."""
        rows = written.rows
        self._alerts.update(rows["alerts"])
        self._matches.update(rows["matches"])
        self._suppressed.update(row for row in rows["deliveries"] if row[0] in SUPPRESSING)
        for channel, result in rows["attempts"]:
            self._attempts[channel,] += 1
            if result in REASONS:
                self._failures[channel, REASONS[result]] += 1

    def families(self, settings: Settings) -> Iterator[Metric]:
        """The counters, those of these settings at nought where nothing has happened yet."""
        names = [channel.name for channel in settings.channels]
        told = [(rule.id, rule.severity.value, "new") for rule in settings.rules if rule.status == "active"]
        yield counter("alerts", "Alerts that were queued", ("rule", "severity", "kind"), self._alerts, told)
        yield counter("rule_matches", "Items that matched, and what came of it", ("rule", "decision"), self._matches)
        causes = [(cause.value,) for cause in SUPPRESSING]
        yield counter("suppressed", "Messages that were held or muted", ("cause",), self._suppressed, causes)
        channels = [(name,) for name in names]
        yield counter("notifications", "Attempts to send a message", ("channel",), self._attempts, channels)
        reasons = [(name, reason) for name in names for reason in REASONS.values()]
        says = "Attempts to send a message that did not deliver it"
        yield counter("notifications_failed", says, ("channel", "reason"), self._failures, reasons)
