"""The databases in released/, and the settings of the service that wrote them and of the one that takes them over."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from service.installation import RULE, Installation

RELEASED = Path(__file__).parent / "released"

#: One for each step of the schema, oldest first.
DUMPS = sorted(RELEASED.glob("*.sql"))

CLOSURE = "The Finnish government decided to close the Vaalimaa and Nuijamaa crossing points from Saturday"
SAME_CLOSURE = "Finland decides to close the Vaalimaa and Nuijamaa crossing points"
STILL_THE_SAME = "Finland closes the Vaalimaa and Nuijamaa crossing points"

RULES = (
    RULE
    + """
[[rule]]
id = "fi-closure"
says = "Finland closes a crossing"
severity = "critical"
country = ["FI"]
event = ["closure_announced"]

[[rule]]
id = "fi-arrivals"
says = "Many arrivals in Finland"
severity = "high"
country = ["FI"]
count = { over = 100 }

[[rule]]
id = "digestword"
says = "A word for the digest"
severity = "low"
any = ["digestword"]
send = "digest 08:00"

[[rule]]
id = "draftword"
says = "A word that is only tried"
severity = "low"
any = ["draftword"]
status = "draft"
"""
)

#: `slow` can't deliver where `later` is a file.
CHANNELS = """
[[channel]]
name = "file"
type = "file"
path = "{told}"

[[channel]]
name = "slow"
type = "file"
path = "later/told.jsonl"

[[route]]
to = ["file", "slow"]
"""


def configure(installation: Installation, sources: dict[str, str]) -> None:
    """`sources`: id → URL."""
    polled = "".join(
        f'[[source]]\nid = "{id}"\nurl = "{url}"\nevery = "1s"\ncountry = "FI"\n' for id, url in sources.items()
    )
    channels = CHANNELS.format(told=installation.told)
    (installation.path / "config.toml").write_text(f'state = "state"\noperator = "file"\n{polled}{channels}')
    (installation.path / "rules").mkdir(exist_ok=True)
    (installation.path / "rules" / "words.toml").write_text(RULES)


def restored_from(dump: Path, database: Path) -> None:
    """Makes a database, and its directory, of what was written down."""
    database.parent.mkdir(parents=True)
    with closing(sqlite3.connect(database)) as db:
        db.execute("PRAGMA journal_mode = wal")
        db.executescript(dump.read_text())
