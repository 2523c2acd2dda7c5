"""`gatewatch check --db`: is the database whole, and does what it holds fit together?"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime

import click

from gatewatch.alerts.audit import ALERTS_OF
from gatewatch.alerts.routing import channels_for
from gatewatch.cli.store_reading import open_or_exit
from gatewatch.settings import Settings
from gatewatch.store import Finding, Store
from gatewatch.store.invariants import RESEND


def check_database(settings: Settings, *, as_json: bool) -> None:
    """Prints what is wrong, and exits with 1 where something is."""
    with open_or_exit(settings) as store:
        found = all_findings(store, settings, datetime.now(UTC))
        if as_json:
            findings = list(found)
            click.echo(json.dumps({"findings": [asdict(each) for each in findings]}, ensure_ascii=False))
            sys.exit(1 if findings else 0)
        wrong = False
        for each in found:
            click.echo(each)
            wrong = True
    if wrong:
        sys.exit(1)


def all_findings(store: Store, settings: Settings, now: datetime) -> Iterator[Finding]:
    """What is wrong with the database itself, and alerts that the routes of today would have sent somewhere."""
    damaged = False
    for each in store.findings(now):
        yield each
        damaged = True
    if damaged:
        return  # what can't be read can't be asked
    for alert in store.undelivered(since=now - ALERTS_OF):
        if channels_for(alert, settings.routes):
            yield Finding(f"alerts {alert.id}", "has no delivery, though a route takes it", RESEND)
