"""Audits what the store holds, and tells the operator once when something is not in order."""

from __future__ import annotations

from datetime import datetime, tzinfo

from gatewatch.alerts.audit import AFTER_DUE, ALERTS_OF, outbox_findings, source_findings
from gatewatch.service.channel_watch import channels_in_trouble
from gatewatch.service.housekeeping import Tell
from gatewatch.settings import Settings
from gatewatch.store import Store
from gatewatch.store.checking import AFTER_LEASE

#: Under which name it stands in `upkeep` since when the operator knows.
NOT_IN_ORDER = "operator knows that not all is in order"


def audit(store: Store, settings: Settings, began: datetime, now: datetime) -> tuple[str, ...]:
    """What is not in order. A service that `began` a moment ago is given time to take up what waited."""
    return (
        *audit_outbox(store, settings, began, now),
        *source_findings(settings.sources, store.source_states(), began, now),
    )


def audit_outbox(store: Store, settings: Settings, began: datetime, now: datetime) -> tuple[str, ...]:
    """What is not in order in the outbox."""
    due_before = now - AFTER_DUE
    facts = store.outbox_facts(
        lease_before=now - AFTER_LEASE,
        due_before=due_before if began <= due_before else datetime.min.replace(tzinfo=now.tzinfo),
        alerts_since=now - ALERTS_OF,
    )
    failing = {name for name, _ in channels_in_trouble(store, settings, now)}
    return tuple(outbox_findings(facts, settings.channels, failing, settings.routes))


def audit_and_tell(
    store: Store, settings: Settings, tell: Tell, began: datetime, now: datetime, zone: tzinfo
) -> tuple[str, ...]:
    """As `audit`; the operator hears when it begins and when it is over."""
    findings = audit(store, settings, began, now)
    told = store.upkeep(NOT_IN_ORDER)
    if bool(findings) == (told is not None):
        return findings
    with store.transaction():
        store.note_upkeep(NOT_IN_ORDER, now if findings else None)
        if told is None:
            tell(f"not all is in order: {'; '.join(findings)}", now)
        else:
            tell(f"recovered: all is in order again, after {told.astimezone(zone):%Y-%m-%d %H:%M}", now)
    return findings
