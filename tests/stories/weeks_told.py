"""The weeks of `weeks/*.toml` in front of the real pipeline, and what `expected_weeks.toml` asks of it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from gatewatch.cli.rules_option import rules_alone
from gatewatch.model import Alert, AlertKind, Item, Source
from gatewatch.pipeline import Pipeline
from gatewatch.reading import Reader
from gatewatch.settings import Settings, learned
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


def _told(text: Mapping[str, Any], source: Source) -> Told:
    guid = text["guid"]
    item = Item(
        id=guid,
        source=source.id,
        title=text["title"],
        summary=text["summary"],
        url=f"https://{source.id}.example/{guid}",
        key=guid,
        published=text["at"].astimezone(UTC),
        language=source.language,
    )
    return Told(item, source, tuple(text.get("tells", ())), tuple(text.get("of", ())))


def decisions() -> tuple[Decision, ...]:
    """What has to be told, in order of time."""
    return tuple(Decision(**{**one, "rules": tuple(one["rules"])}) for one in _expected()["decision"])


@dataclass(frozen=True, slots=True)
class FalseAlert:
    """A new alert that should not be, and why it is there today."""

    item: str
    rule: str
    known_gap: str


def false_alerts() -> tuple[FalseAlert, ...]:
    """The mistakes that are known."""
    return tuple(FalseAlert(**one) for one in _expected().get("false_alert", []))


def _expected() -> dict[str, Any]:
    return tomllib.loads((HERE / "expected_weeks.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Installed:
    """What stands ready before the first text comes."""

    settings: Settings
    reader: Reader


@dataclass(slots=True)
class _Clock:
    now: datetime

    def __call__(self) -> datetime:
        return self.now


def shipped() -> Installed:
    """The shipped rules and words, read once for all that passes."""
    settings = rules_alone(None)
    return Installed(settings, Reader(settings.vocabularies, settings.gazetteer, learned()))


@dataclass(frozen=True, slots=True)
class Passed:
    """What came of it: the alerts in order, and the story that each item and rule went to."""

    alerts: tuple[Alert, ...]
    stories: Mapping[tuple[str, str], str]


def tell(texts: Sequence[Told], delays: Mapping[str, timedelta], installed: Installed) -> Passed:
    """The texts in front of the pipeline, where each text is met `delays[its id]` after it was published (default: at once)."""
    met = sorted((text.published + delays.get(text.item.id, timedelta()), text.item.id, text) for text in texts)
    clock = _Clock(met[0][0])
    alerts: list[Alert] = []
    with Store.open(None, durable=False) as store:
        pipeline = Pipeline(installed.settings, store, installed.reader, clock)
        for at, _, text in met:
            clock.now = at
            alerts.extend(pipeline.replay([replace(text.item, seen=at)], text.source, lambda _: None))
        matches = [(record.match, record.story) for text in texts for record in store.matches_of(text.item.id)]
    return Passed(tuple(alerts), {(match.item, match.rule): story for match, story in matches if story})


def by_decision(alerts: Iterable[Alert], texts: Sequence[Told]) -> tuple[dict[str, list[Alert]], list[Alert]]:
    """The new alerts of each decision, and the false ones: those whose item reports no decision of their rule."""
    rules = {decision.id: decision.rules for decision in decisions()}
    of = {text.item.id: text.of for text in texts}
    told: dict[str, list[Alert]] = {id: [] for id in rules}
    false: list[Alert] = []
    for alert in alerts:
        if alert.kind is AlertKind.NEW:
            about = next((id for id in of[alert.items[0]] if alert.rule in rules[id]), None)
            (false if about is None else told[about]).append(alert)
    return told, false
