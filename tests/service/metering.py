"""A `Metrics` on a store of the test's own, and what a scrape of it says."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from prometheus_client.parser import text_string_to_metric_families

from gatewatch.service.health import Configured, Health
from gatewatch.service.metrics import Metrics
from gatewatch.settings import Settings, load
from gatewatch.store import Store, database_path
from store.samples import NOW

WELL = Health("1.2.3", NOW, "/state", Configured("4f2a", NOW), ready=True)

CONFIG = """
[[source]]
id = "raja-fi"
url = "https://raja.example/rss"

[[source]]
id = "yle"
url = "https://yle.example/rss"

[[channel]]
name = "desk"
type = "console"

[[channel]]
name = "phone"
type = "console"

[[route]]
to = ["desk"]
"""

RULE = """
[[rule]]
id = "fi-closure"
says = "Finland closes its border"
severity = "critical"
any = ["border"]
"""

Labels = frozenset[tuple[str, str]]


class Metered:
    """`health`, `now` and `ages` are what the daemon would say at the next scrape."""

    def __init__(self, settings: Settings) -> None:
        self.settings, self.now, self.health = settings, NOW, WELL
        self.ages: dict[str, float] = {}
        self.metrics = Metrics(lambda: self.settings, lambda: self.now, lambda: self.health, lambda: self.ages)

    def text(self, accept: str = "") -> str:
        return self.metrics.exposition(accept)[1].decode()

    def value(self, name: str, **labels: str) -> float | None:
        """The sample of that name and these labels; None where there is none."""
        return samples(self.text()).get((name, frozenset(labels.items())))


def samples(text: str) -> dict[tuple[str, Labels], float]:
    """Every sample of a text exposition."""
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def settled(path: Path) -> Settings:
    (path / "config.toml").write_text(CONFIG)
    (path / "rules").mkdir()
    (path / "rules" / "closure.toml").write_text(RULE)
    return load(path / "config.toml")


@contextmanager
def metered(path: Path) -> Iterator[tuple[Metered, Store]]:
    settings = settled(path)
    with Store.open(database_path(settings.state_dir), durable=False) as store:
        it = Metered(settings)
        it.metrics.begin()
        yield it, store


def with_sources(settings: Settings, count: int) -> Settings:
    """The same with so many sources."""
    first = settings.sources[0]
    return replace(settings, sources=tuple(replace(first, id=f"source-{n}") for n in range(count)))
