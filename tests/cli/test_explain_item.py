"""`explain ITEM` tells what became of a stored item: each rule's decision and every alert (promise 7)."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from gatewatch.cli import main
from gatewatch.model import Item
from gatewatch.pipeline import Pipeline
from gatewatch.reading import Reader
from gatewatch.settings import learned, load
from gatewatch.settings.shipped import shipped_rules
from gatewatch.store import Store, database_path

NOON = datetime(2026, 1, 12, 12, tzinfo=UTC)
CONFIG = f"""
rules = "{shipped_rules()}"

[[source]]
id = "sanomat"
url = "https://sanomat.example/rss"
country = "FI"
language = "fi"

[[source]]
id = "lehti"
url = "https://lehti.example/rss"
country = "FI"
language = "fi"

[[channel]]
name = "desk"
type = "console"

[[route]]
to = ["desk"]

[[quiet]]
from = "00:00"
to = "23:59"
severity = ["critical"]
"""
CLOSES = "Valtioneuvosto päätti sulkea Vaalimaan rajanylityspaikan"


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """A database that holds one closure told by two papers, and an item that no rule takes."""
    path = tmp_path / "config.toml"
    path.write_text(CONFIG, encoding="utf-8")
    settings = load(path)
    sources = {source.id: source for source in settings.sources}
    with Store.open(database_path(settings.state_dir)) as store:
        reader = Reader(settings.vocabularies, settings.gazetteer, learned())
        clock = [NOON]
        pipeline = Pipeline(settings, store, reader, lambda: clock[0])
        for id, source, title in (
            ("aaaa1111", "sanomat", CLOSES),
            ("bbbb2222", "lehti", "Vaalimaan rajanylityspaikka suljetaan, päätti hallitus"),
            ("cccc3333", "lehti", "Jääkiekon liigassa yllätys"),
        ):
            item = Item(id, source, title, key=id, published=clock[0])
            pipeline.replay([item], sources[source], lambda _: None)
            clock[0] += timedelta(minutes=5)
    return path


@pytest.fixture
def explain(config: Path) -> Callable[..., str]:
    def call(*arguments: str) -> str:
        result = CliRunner().invoke(main, ["explain", *arguments, "--config", str(config)])
        assert result.exit_code == 0, result.output
        return result.stdout

    return call


def test_an_item_that_was_told_shows_its_alert_and_why_it_waits(explain: Callable[..., str]) -> None:
    told = explain("aaaa1111")
    assert "fi-closure: new (nothing like it is open)" in told
    assert "desk: held until 2026-01-12 23:59" in told
    assert "quiet hours until 23:59" in told


def test_an_item_that_joined_shows_the_alert_that_was_told_before(explain: Callable[..., str]) -> None:
    first, second = (json.loads(explain(id, "--json"))["outcomes"] for id in ("aaaa1111", "bbbb2222"))
    assert [each["decision"] for each in second] == ["joined"]
    assert second[0]["alerts"] == first[0]["alerts"]


def test_an_item_that_no_rule_took_says_so_and_what_each_rule_said(explain: Callable[..., str]) -> None:
    told = explain("cccc3333")
    assert "no rule matched it when it was taken in" in told
    assert "silent    fi-closure" in told
