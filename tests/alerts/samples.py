"""Alerts to send, with what a test cares about and the rest filled in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from gatewatch.model import Alert, AlertKind, Severity
from gatewatch.store import Store

NOW = datetime(2023, 11, 16, 14, 0, tzinfo=UTC)

#: What a feed could try: ring phones, start a header, break out of tags and links, turn text around.
HOSTILE = (
    "Closed <!channel> @here <@U123> & <b onload=x>bold</b>\r\nBcc: everyone@example.org\u2028\x1b[31m"
    "\u202ereversed\u2066\x00 </p><script>alert(1)</script>"
)


def an_alert(id: str = "a1b2c3", **fields: object) -> Alert:
    alert = Alert(
        id=id,
        story="s1",
        kind=AlertKind.NEW,
        rule="fi-closure",
        says="Finland closes its border or a crossing",
        severity=Severity.CRITICAL,
        at=NOW,
        title="Valtioneuvosto päätti sulkea neljä rajanylityspaikkaa",
        quote="Hallitus päätti sulkea Vaalimaan, Nuijamaan, Imatran ja Niiralan rajanylityspaikat.",
        url="https://raja.example/uutinen?id=1&lang=fi",
        source="Rajavartiolaitos",
        country="FI",
        event="closure_announced",
        language="fi",
        published=NOW,
        official=True,
        facts=("crossings: Vaalimaa, Nuijamaa, Imatra, Niirala", "from 18 November 2023"),
        items=("i1",),
    )
    return replace(alert, **fields)  # type: ignore[arg-type]


def a_hostile_alert(id: str = "a1b2c3") -> Alert:
    """Every field that a feed or a page has a say in."""
    return an_alert(
        id,
        title=HOSTILE,
        quote=HOSTILE * 3,
        source=HOSTILE,
        language='fi" onclick="x',
        url="https://example.org/<!channel>|x>\u202e?a=1&b=\"'",
        facts=(HOSTILE,),
    )


def queue(path: Path, *alerts: Alert, channels: Sequence[str] = ("desk",)) -> None:
    with Store.open(path, durable=False) as store, store.transaction():
        for alert in alerts:
            store.queue_alert(alert, channels, alert.at)
