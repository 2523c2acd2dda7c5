"""Writes down what a real service of this version leaves in a database. A program and not a test.

Run it before the release of a new step of the schema: it writes released/NNN.sql, named by the newest step, which
test_released.py then opens with every later version. What was written for a step is never written again.
"""

from __future__ import annotations

import os
import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from service.installation import Installation
from service.newsstand import Newsstand, open_newsstand
from store.released_service import CLOSURE, RELEASED, SAME_CLOSURE, configure

COMMANDS = (
    ("silence", "add", "--rule", "gatekeyword", "--for", "9h", "--owner", "anna", "--reason", "an exercise"),
    ("ack", "{alert}", "--by", "anna", "--note", "seen"),
)


def lived(installation: Installation, stand: Newsstand) -> None:
    """Some rounds of a service: news that are told, joined, held and not delivered, and a source that breaks."""
    (installation.path / "later").touch()  # in the place of the directory of `slow`
    publish_old(stand)
    stand.answer("broken", 500, b"no")
    call(installation, "run", "--once", right=(0, 1))
    publish_news(stand)
    for _ in range(4):
        time.sleep(1.2)
        call(installation, "run", "--once", right=(0, 1))
    alert = next(each["id"] for each in installation.messages())
    for command in COMMANDS:
        call(installation, *(word.format(alert=alert) for word in command))


def publish(stand: Newsstand) -> None:
    """All that the service of the time has seen."""
    publish_old(stand)
    publish_news(stand)


def publish_old(stand: Newsstand) -> None:
    stand.publish("a", "Old news")
    stand.publish("b", "Old news of another one")


def publish_news(stand: Newsstand) -> None:
    stand.publish("a", CLOSURE, "Here is gatekeyword0", "Vartija: 140 asylum seekers came to Finland on Tuesday")
    stand.publish("a", "On the digestword of the week", "A draftword")
    stand.publish("b", SAME_CLOSURE)


def call(installation: Installation, *words: str, right: tuple[int, ...] = (0,)) -> None:
    done = installation.call(*words)
    if done.returncode not in right:
        raise SystemExit(f"{words}: {done.stdout}{done.stderr}")


def dumped(database: Path) -> tuple[str, str]:
    """The number of the newest step, and all rows as SQL."""
    with closing(sqlite3.connect(database)) as db:
        (step,) = db.execute("SELECT max(name) FROM _sqlite_migrations").fetchone()
        return step[:3], "\n".join(db.iterdump()) + "\n"


def main() -> None:
    with tempfile.TemporaryDirectory() as directory, open_newsstand() as stand:
        installation = Installation(Path(directory))
        configure(installation, {name: stand.url(name) for name in ("a", "b", "broken")})
        lived(installation, stand)
        number, sql = dumped(installation.path / "state" / "gatewatch.db")
    RELEASED.mkdir(exist_ok=True)
    target = RELEASED / f"{number}.sql"
    if target.exists() and "--again" not in sys.argv:
        raise SystemExit(f"{target} is there already")
    target.write_text(sql.replace(directory + os.sep, "").replace(stand.address, "http://127.0.0.1:8080"))


if __name__ == "__main__":
    main()
