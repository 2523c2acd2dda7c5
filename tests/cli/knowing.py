"""A config.toml with two borders, and a database that knows something of them."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from gatewatch.cli import main
from gatewatch.model import Count, Figure, Per, Scope, Story, Unit
from gatewatch.store import Store, database_path

from .watching import Watch

PLACES = """
[[country]]
code = "FI"
names = ["finland"]
land_neighbours = ["RU"]

[[country]]
code = "EE"
names = ["estonia"]
land_neighbours = ["RU"]

[[country]]
code = "RU"
names = ["russia"]

[[crossing]]
name = "Vaalimaa"
country = "FI"
neighbour = "RU"
terms = ["vaalimaa*"]

[[crossing]]
name = "Vartius"
country = "FI"
neighbour = "RU"
terms = ["vartius*"]

[[crossing]]
name = "Narva"
country = "EE"
neighbour = "RU"
terms = ["narva*"]
"""

HEARD = datetime(2023, 11, 16, 14, tzinfo=UTC)


class Knowing:
    def __init__(self, path: Path) -> None:
        self.config = Watch(path).config
        (path / "rules" / "places.toml").write_text(PLACES, encoding="utf-8")
        self.database = database_path(path / "state")

    def call(self, *arguments: str) -> Result:
        return CliRunner().invoke(main, [*arguments, "--config", str(self.config)], catch_exceptions=False)

    def told(self, *arguments: str) -> list[dict[str, Any]]:
        """What a command prints as JSON, one value a line."""
        return [json.loads(line) for line in self.printed(*arguments, "--json").splitlines()]

    def lines(self, *arguments: str) -> list[str]:
        """What a command prints for people, without the spaces that align it."""
        return [" ".join(line.split()) for line in self.printed(*arguments).splitlines()]

    def printed(self, *arguments: str) -> str:
        done = self.call(*arguments)
        assert done.exit_code == 0, done.output
        return done.stdout

    def stories(self, *stories: Story) -> None:
        with Store.open(self.database) as store:
            for story in stories:
                store.save_story(story)

    def figures(self, *figures: Figure) -> None:
        with Store.open(self.database) as store:
            store.add_figures(figures)


def closure(id: str = "s1", heard: datetime = HEARD, **fields: Any) -> Story:
    told = {
        "crossings": ("Vaalimaa",),
        "scope": Scope.NAMED,
        "neighbour": "RU",
        "since": date(2023, 11, 18),
        "until": date(2024, 2, 18),
        "outlets": ("yle", "raja-fi"),
        "official": ("raja-fi",),
        "told": ("r",),
        "kind": "closure_announced",
    }
    return Story(id=id, rule="r", country="FI", opened=heard, latest=heard, **(told | fields))


def figure(value: int, day: int, source: str = "yle", *, official: bool = False, per: Per = Per.DAY) -> Figure:
    """A count of asylum seekers in Finland, on a day of November 2023."""
    count = Count("FI", value, Unit.ASYLUM_SEEKERS, per)
    at = HEARD.replace(day=day) + timedelta(minutes=value)
    return Figure(count, at.date(), at, source, official, f"{source}-{day}")
