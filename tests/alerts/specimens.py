"""An alert of every kind, for pictures and for messages that people review: Finland in November 2023."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from gatewatch.alerts.drilling import drill_alert
from gatewatch.alerts.reminding import reminder_of
from gatewatch.model import Alert, AlertKind, Confirmation, Link, Point, Severity

#: When they are told (UTC).
TOLD = datetime(2023, 11, 22, 15, 12, tzinfo=UTC)

_FIRST = date(2023, 11, 13)
_ARRIVALS = (39, 55, 77, 91, 163, 67, 43, 51, 88, 126)

_CLOSURE = Alert(
    id="5b1e07c2a94d",
    story="8c0d61f7e2b3",
    kind=AlertKind.NEW,
    rule="fi-closure",
    says="Finland closes its border or a crossing",
    severity=Severity.CRITICAL,
    at=TOLD,
    title="Suomi sulkee itärajan rajanylityspaikat Raja-Joosepin asemaa lukuun ottamatta",
    quote="Hallitus päätti sulkea kaikki Suomen ja Venäjän väliset rajanylityspaikat Raja-Joosepin "
    "rajanylityspaikkaa lukuun ottamatta 24. marraskuuta alkaen 23. joulukuuta saakka.",
    url="https://valtioneuvosto.example/paatos-22-11",
    source="Valtioneuvosto",
    country="FI",
    event="closure_announced",
    language="fi",
    published=TOLD - timedelta(minutes=2),
    official=True,
    facts=(
        "all crossings but Raja-Jooseppi",
        "border with Russia",
        "from 24 November 2023",
        "until 23 December 2023",
    ),
    items=("0f3a",),
    confirmation=Confirmation.OFFICIAL,
    known=("16 November: closure announced: Vaalimaa, Nuijamaa, Imatra, Niirala, from 18 November 2023",),
    links=(
        Link("Saimaan Päivälehti", "https://saimaan.example/raja-kiinni"),
        Link("Helsinki Bulletin", "https://bulletin.example/all-but-one"),
    ),
)

_COUNT = replace(
    _CLOSURE,
    id="c94a3d10be77",
    story="1d52b8a06f39",
    rule="fi-arrivals-100-a-day",
    says="More than 100 arrivals in one day in Finland",
    severity=Severity.HIGH,
    title="Yesterday 126 asylum seekers crossed the eastern border",
    quote="On Wednesday, 126 asylum seekers without travel documents came to crossings at the eastern border.",
    url="https://raja.example/situation-22-11",
    source="Finnish Border Guard",
    event=None,
    count=126,
    language="en",
    facts=("126 asylum seekers in a day",),
    confirmation=None,
    known=(),
    links=(),
    points=tuple(Point(_FIRST + timedelta(days=day), value) for day, value in enumerate(_ARRIVALS)),
)

_UPDATE = replace(
    _CLOSURE,
    id="a07b9c55d1e8",
    kind=AlertKind.UPDATE,
    change="correction: from 24 November, not 23 November",
    title="Correction: the border closes at midnight between Thursday and Friday",
    source="Helsinki Bulletin",
    url="https://bulletin.example/correction",
    official=False,
    confirmation=Confirmation.SEVERAL,
    language="en",
    quote="The crossings close on Friday, not on Thursday as first reported.",
    known=(),
)

_DIGEST = Alert(
    id="e17d40b2c6f9",
    story="digest-e17d40b2c6f9",
    kind=AlertKind.DIGEST,
    rule="Digest",
    says="3 alerts that were held",
    severity=Severity.HIGH,
    at=TOLD,
    title="quiet hours until 07:00",
    quote="",
    url="",
    source="Gatewatch",
    facts=(
        "high, Finland: 126 asylum seekers in a day – Yesterday 126 asylum seekers crossed the eastern border",
        "medium, Estonia: closure considered – Valitsus arutab piiripunktide sulgemist",
        "info: Anything that names Storskog – Roligere dag på Storskog",
    ),
    about=("c94a3d10be77", "77aa01", "77aa02"),
)

_REMINDER = reminder_of(_CLOSURE, 1, TOLD)

#: One of each kind, and a count, by names that files can have.
SPECIMENS: Mapping[str, Alert] = {
    "new": _CLOSURE,
    "count": _COUNT,
    "update": _UPDATE,
    "digest": _DIGEST,
    "reminder": _REMINDER,
    "drill": drill_alert(Severity.CRITICAL, ["desk", "duty-mail"], TOLD),
}
