"""The weeks of `weeks/*.toml` in front of the real pipeline, and what `expected_weeks.toml` asks of it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from gatewatch.cli.rules_option import rules_alone
from gatewatch.model import Alert, Item, Source
from gatewatch.pipeline import Pipeline
from gatewatch.reading import Reader
from gatewatch.settings import Settings
from gatewatch.store import Store

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Told:
    """One text of one outlet: what a person reads in it, and the decisions that it reports as news."""

    item: Item
    source: Source
    tells: tuple[str, ...]
    of: tuple[str, ...]

    @property
    def published(self) -> datetime:
        assert self.item.published is not None
        return self.item.published


@dataclass(frozen=True, slots=True)
class Decision:
    """What has to be told once, by one of its rules."""

    id: str
    says: str
    day: date
    rules: tuple[str, ...]
    optional: bool = False
    known_gap: str = ""


def outlets() -> tuple[tuple[Source, tuple[Told, ...]], ...]:
    """Each outlet with its texts, in the order of the files' names."""
    return tuple(_outlet(file) for file in sorted((HERE / "weeks").glob("*.toml")))


def _outlet(file: Path) -> tuple[Source, tuple[Told, ...]]:
    outlet = tomllib.loads(file.read_text(encoding="utf-8"))
    texts = outlet.pop("item")
    source = Source(url=f"https://{outlet['id']}.example/feed", **outlet)
    return source, tuple(_told(text, source) for text in texts)


def _told(text: Mapping[str, object], source: Source) -> Told:
    guid = str(text["guid"])
    at = text["at"]
    assert isinstance(at, datetime)
    item = Item(
        id=guid,
        source=source.id,
        title=str(text["title"]),
        summary=str(text["summary"]),
        url=f"https://{source.id}.example/{guid}",
        key=guid,
        published=at.astimezone(UTC),
        language=source.language,
    )
    return Told(item, source, tuple(text.get("tells", ())), tuple(text.get("of", ())))


def decisions() -> tuple[Decision, ...]:
    """What has to be told, in order of time."""
    found = tomllib.loads((HERE / "expected_weeks.toml").read_text(encoding="utf-8"))["decision"]
    return tuple(Decision(**{**one, "rules": tuple(one["rules"])}) for one in found)


@dataclass(slots=True)
class _Clock:
    now: datetime

    def __call__(self) -> datetime:
        return self.now


def tell(texts: Sequence[Told], delays: Mapping[str, timedelta], settings: Settings | None = None) -> tuple[Alert, ...]:
    """All alerts, where each text is met `delays[its id]` after it was published (default: at once)."""
    settings = settings or rules_alone(None)
    met = sorted((text.published + delays.get(text.item.id, timedelta()), text.item.id, text) for text in texts)
    clock = _Clock(met[0][0])
    alerts: list[Alert] = []
    with Store.open(None, durable=False) as store:
        pipeline = Pipeline(settings, store, Reader(settings.vocabularies, settings.gazetteer), clock)
        for at, _, text in met:
            clock.now = at
            seen = replace(text.item, seen=at)
            alerts.extend(pipeline.replay([seen], text.source, lambda _: None))
    return tuple(alerts)
