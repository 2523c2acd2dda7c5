"""The real daemon, one round at a time, by a clock of the test's own."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path

from gatewatch.service.once import run_once
from gatewatch.settings import Loaded, load
from service.installation import Installation
from service.newsstand import Newsstand


class Rounds:
    """Rounds of the real daemon in one installation, by a clock of our own."""

    def __init__(self, path: Path, stand: Newsstand) -> None:
        self.installation = Installation(path)
        self.installation.configure({"a": stand.url("a")}, every="1m")
        self.settings = load(path / "config.toml")
        self.now = datetime.now(UTC)

    def go(self) -> None:
        asyncio.run(run_once(Loaded(self.settings), lambda: self.now))

    def told(self) -> list[str]:
        """The marked words of the news that the `file` channel got."""
        titles = [message["title"] for message in self.installation.messages()]
        return [word for title in titles for word in title.split() if word in MARKED]


#: News that need pages of their own in the database.
LONG_REPORT = "a long report on the weather. " * 20
MARKED = [f"gatekeyword{number}" for number in range(20)]


def publish(stand: Newsstand) -> None:
    stand.publish("a", *(f"Here is {one} with {LONG_REPORT}" for one in MARKED))
