"""`gatewatch counts`: how many people were counted on each day, and who says so."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from gatewatch.cli.country import country_or_usage
from gatewatch.cli.run import utc_now
from gatewatch.cli.settings_option import config_option, load_or_exit
from gatewatch.cli.store_reading import console_for_people, new_table, open_or_exit, plain
from gatewatch.model import Count, Figure, Per
from gatewatch.stories.series import Day, Key, Series, series_of, usual

#: From the least to the most of a series; a day of which nothing was told is a dot.
BLOCKS = "▁▂▃▄▅▆▇█"
GAP = "·"

#: Days that a line shows at most: the latest.
LONGEST = 120

SHOWN = timedelta(days=28)

PERIODS = [per.value for per in Per]


@click.command("counts")
@click.argument("country", required=False)
@click.option("--per", type=click.Choice(PERIODS), default=Per.DAY.value, show_default=True, help="Counted over.")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="The first day to show. Default: four weeks ago.")
@config_option
@click.option("--json", "as_json", is_flag=True, help="One JSON line a day.")
def command(country: str | None, per: str, since: datetime | None, config: Path, as_json: bool) -> None:
    """Show what was counted on each day in COUNTRY (FI, EE, …), or everywhere.

    Beside the value that counts stand those that contradict it, each with its source.
    """
    settings = load_or_exit(config)
    wanted = country_or_usage(country, settings)
    first = since.date() if since else utc_now().date() - SHOWN
    with open_or_exit(settings) as store:
        found = series_of(store.figures(wanted, Per(per), first))
    if as_json:
        for key, series in found.items():
            for day in series:
                click.echo(json.dumps(_described(key, day), ensure_ascii=False))
    elif not found:
        click.echo(f"nothing was counted since {first.isoformat()}")
    else:
        console = console_for_people()
        for key, series in found.items():
            _print(console, key, series)


def _print(console: Console, key: Key, series: Series) -> None:
    today = series[-1].day + timedelta(days=1)
    level = usual(series, today)
    median = f"; {level.median:g} a day is usual" if level.median is not None and key.per is Per.DAY else ""
    console.print(plain(f"{key.country} {key.unit.replace('_', ' ')}, {key.per}{median}", "bold"))
    console.print(plain(line_of(series)), soft_wrap=True)
    table = new_table("day", "value", "source", "others")
    for day in series:
        others = ", ".join(f"{_value(each.count)} {_who(each)}" for each in day.others)
        table.add_row(day.day.isoformat(), plain(_value(day.figure.count)), plain(_sources(day)), plain(others))
    console.print(table)
    console.print()


def line_of(series: Series) -> str:
    """A block for each day from the first to the last, as high as its value beside the highest."""
    last = series[-1].day
    first = max(series[0].day, last - timedelta(days=LONGEST - 1))
    values = {day.day: day.value for day in series if day.day >= first}
    top = max(values.values())
    return "".join(_block(values.get(first + timedelta(days=n)), top) for n in range((last - first).days + 1))


def _block(value: int | None, top: int) -> str:
    if value is None:
        return GAP
    return BLOCKS[round(value / top * (len(BLOCKS) - 1))] if top else BLOCKS[0]


def _value(count: Count) -> str:
    high = f"–{count.value_max}" if count.value_max else ""
    return f"{'about ' if count.approximate else ''}{count.value}{high}"


def _sources(day: Day) -> str:
    return ", ".join((_who(day.figure), *day.agreeing))


def _who(figure: Figure) -> str:
    return f"{figure.source} (official)" if figure.official else figure.source


def _described(key: Key, day: Day) -> dict[str, Any]:
    return {
        "country": key.country,
        "unit": key.unit.value,
        "per": key.per.value,
        "day": day.day.isoformat(),
        **_told(day.figure),
        "agreeing": list(day.agreeing),
        "others": [_told(each) for each in day.others],
    }


def _told(figure: Figure) -> dict[str, Any]:
    return {
        "value": figure.count.value,
        "value_max": figure.count.value_max,
        "approximate": figure.count.approximate,
        "source": figure.source,
        "official": figure.official,
        "item": figure.item,
        "says": figure.count.says,
    }
