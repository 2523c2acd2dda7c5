"""An alert as the demo shows it."""

from datetime import UTC, datetime

import pytest

from gatewatch.model import Alert, AlertKind, Severity


@pytest.fixture
def closure() -> Alert:
    return Alert(
        id="a1",
        story="s1",
        kind=AlertKind.NEW,
        rule="fi-closure",
        says="Finland closes its border or a crossing",
        severity=Severity.CRITICAL,
        at=datetime(2023, 11, 16, 16, 5, tzinfo=UTC),
        title="Four crossing points to close",
        quote="The Government has decided\nto close four crossing points.",
        url="https://border-guard-en.example/1",
        source="Finnish Border Guard",
        country="FI",
        official=True,
        facts=("crossings: Vaalimaa, Niirala", "from 18 November 2023"),
    )
