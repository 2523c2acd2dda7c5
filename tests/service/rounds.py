"""The real daemon, one round after the other, with a clock that tests set."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from unittest.mock import patch

from gatewatch.reading import Reader
from gatewatch.service.once import OnceSummary, run_once
from gatewatch.settings import Loaded, Settings, learned, load, load_words, shipped_rules
from gatewatch.store import Store, database_path

from .installation import Installation

#: Making one takes a second, and rounds follow each other quickly here.
the_reader = cache(lambda: Reader(*load_words(shipped_rules()), learned()))

NOON = datetime(2026, 1, 15, 12, tzinfo=UTC)


class Rounds:
    """`run --once` in an installation, at moments of the test's choice."""

    def __init__(self, installation: Installation) -> None:
        self.installation = installation
        self.now = NOON
        self.settings: Settings

    def configure(
        self, *sources: str, top: str = "", end: str = "", webhook: str | None = None, every: str = "1m"
    ) -> None:
        """As `Installation.configure`; `top` is put before the first table of config.toml, `end` after the last."""
        named = {f"s{number}": url for number, url in enumerate(sources)}
        self.installation.configure(named, every=every, webhook=webhook)
        config = self.installation.path / "config.toml"
        config.write_text(top + config.read_text() + end)
        self.settings = load(config)

    def round(self, after: timedelta = timedelta(0)) -> OnceSummary:
        """One round, `after` the one before."""
        self.now += after
        with (
            patch.dict(os.environ, self.installation.environment),
            patch("gatewatch.service.generation.Reader", lambda *_: the_reader()),
        ):
            return asyncio.run(run_once(Loaded(self.settings), lambda: self.now))

    def told(self) -> list[str]:
        """The titles of what the `file` channel got, without those of news."""
        return [each["title"] for each in self.installation.messages() if each["rule"] == "Gatewatch"]

    @contextmanager
    def store(self) -> Iterator[Store]:
        with Store.open(database_path(self.installation.path / "state")) as store:
            yield store
