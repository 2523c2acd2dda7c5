"""News on a clock of its own, the whole way through the pipeline: real words, real rules, a store in memory."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from gatewatch.model import Alert, Item, Source
from gatewatch.pipeline import Pipeline
from gatewatch.reading import Reader
from gatewatch.settings import Settings, learned, load
from gatewatch.store import Store

CONFIG = """
[[source]]
id = "raja-fi"
url = "https://raja.example/rss"
country = "FI"
official = true

[[source]]
id = "yle"
url = "https://yle.example/rss"
country = "FI"

[[channel]]
name = "desk"
type = "console"

[[route]]
to = ["desk"]
"""


@cache
def settings_with(rules: str) -> Settings:
    """Settings with two Finnish sources and these rules."""
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory)
        (path / "config.toml").write_text(CONFIG, encoding="utf-8")
        (path / "rules").mkdir()
        (path / "rules" / "own.toml").write_text(rules, encoding="utf-8")
        return load(path / "config.toml")


@cache
def reader_of(settings_id: str) -> Reader:
    settings = settings_with(settings_id)
    return Reader(settings.vocabularies, settings.gazetteer, learned())


class Newsroom:
    """A pipeline whose clock stands at the last piece of news."""

    def __init__(self, rules: str, store: Store) -> None:
        self.settings = settings_with(rules)
        self.store = store
        self.now = datetime(2023, 11, 1, 12, tzinfo=UTC)
        self.pipeline = Pipeline(self.settings, store, reader_of(rules), lambda: self.now)
        self._sources = {source.id: source for source in self.settings.sources}

    def tells(self, when: str, title: str, text: str = "", source: str = "yle") -> tuple[Alert, ...]:
        """The alerts that a piece of news raises; `when` is in UTC."""
        moment = datetime.fromisoformat(when).replace(tzinfo=UTC)
        key = f"{source} {when} {title}"
        item = Item(key, source, title, summary=text, key=key, published=moment, seen=moment, language="en")
        return self.pipeline.replay([item], self.source(source), self._at)

    def source(self, id: str) -> Source:
        return self._sources[id]

    def _at(self, item: Item) -> None:
        self.now = item.published or self.now


@contextmanager
def newsroom(rules: str) -> Iterator[Newsroom]:
    with Store.open(None) as store:
        yield Newsroom(rules, store)
