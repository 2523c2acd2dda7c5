"""`gatewatch border`: which crossings are open, restricted or closed, since when, until when, and who says so."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click

from gatewatch.cli.country import country_or_usage
from gatewatch.cli.run import utc_now
from gatewatch.cli.settings_option import config_option, load_or_exit
from gatewatch.cli.store_reading import console_for_people, new_table, open_or_exit, plain
from gatewatch.stories import Line, Spell, State, timeline

NOTHING_KNOWN = "nothing was told of it"

STYLES = {State.OPEN: "green", State.RESTRICTED: "yellow", State.CLOSED: "bold red", State.UNKNOWN: "dim"}

Shown = Mapping[Line, tuple[Spell, ...]]


@click.command("border")
@click.argument("country", required=False)
@click.option("--at", "day", type=click.DateTime(["%Y-%m-%d"]), help="The day to show. Default: today.")
@click.option("--history", is_flag=True, help="Every spell that is known, one below the other.")
@config_option
@click.option("--json", "as_json", is_flag=True, help="One JSON line a border or crossing.")
def command(country: str | None, day: datetime | None, history: bool, config: Path, as_json: bool) -> None:
    """Show the crossings of COUNTRY (FI, EE, …), or of every country that something is known of.

    What nothing was told of is unknown, and so is what a closure leaves behind that ended without a word.
    """
    settings = load_or_exit(config)
    wanted = country_or_usage(country, settings)
    on = day.date() if day else utc_now().astimezone(ZoneInfo(settings.timezone)).date()
    with open_or_exit(settings) as store:
        found = timeline(store.border_stories(), settings.gazetteer)
    countries = {wanted} if wanted else {line.country for line, spells in found.items() if spells}
    shown = {line: spells for line, spells in found.items() if line.country in countries}
    if as_json:
        for line, spells in shown.items():
            click.echo(json.dumps(_described(line, spells, on, history), ensure_ascii=False))
    elif not shown:
        click.echo("nothing is known of any border yet")
    elif history:
        _print_history(shown)
    else:
        _print_states(shown, on)


def spell_on(spells: tuple[Spell, ...], day: date) -> Spell:
    """The spell that a day belongs to. Where there is none it is unknown, since ever."""
    return next((spell for spell in spells if spell.covers(day)), Spell(State.UNKNOWN, date.min, why=NOTHING_KNOWN))


def spell_after(spells: tuple[Spell, ...], day: date) -> Spell | None:
    """What is announced for later: the next spell that begins behind a day and is more than an end."""
    return next((spell for spell in spells if spell.since > day and spell.state is not State.UNKNOWN), None)


def _print_states(shown: Shown, on: date) -> None:
    table = new_table("border", "crossing", "state", "since", "until", "announced", "by", "story")
    for line, spells in shown.items():
        spell, next_ = spell_on(spells, on), spell_after(spells, on)
        announced = f"{next_.state} from {next_.since.isoformat()}" if next_ else ""
        table.add_row(*_cells(line, spell), plain(announced), plain(_by(spell)), plain(_last_story(spell)))
    console_for_people().print(table)


def _print_history(shown: Shown) -> None:
    table = new_table("border", "crossing", "state", "since", "until", "by", "stories")
    for line, spells in shown.items():
        for spell in spells:
            table.add_row(*_cells(line, spell), plain(_by(spell)), plain(", ".join(spell.stories)))
    console_for_people().print(table)


def _cells(line: Line, spell: Spell) -> tuple[Any, ...]:
    return (
        plain(f"{line.country}–{line.neighbour}" if line.neighbour else line.country),
        plain(line.crossing or "(as a whole)", "" if line.crossing else "bold"),
        plain(spell.state.value, STYLES[spell.state]),
        plain(spell.since.isoformat() if spell.since > date.min else ""),
        plain(spell.until.isoformat() if spell.until else ""),
    )


def _by(spell: Spell) -> str:
    sources = ", ".join(spell.sources)
    return spell.why or (f"{sources} (official)" if spell.official else sources)


def _last_story(spell: Spell) -> str:
    return spell.stories[-1] if spell.stories else ""


def _described(line: Line, spells: tuple[Spell, ...], on: date, history: bool) -> dict[str, Any]:
    next_ = spell_after(spells, on)
    return {
        "country": line.country,
        "neighbour": line.neighbour,
        "crossing": line.crossing,
        **_told(spell_on(spells, on)),
        "announced": _told(next_) if next_ else None,
        **({"spells": [_told(spell) for spell in spells]} if history else {}),
    }


def _told(spell: Spell) -> dict[str, Any]:
    return {
        "state": spell.state.value,
        "since": spell.since.isoformat() if spell.since > date.min else None,
        "until": spell.until.isoformat() if spell.until else None,
        "sources": list(spell.sources),
        "official": spell.official,
        "stories": list(spell.stories),
        "why": spell.why,
    }
