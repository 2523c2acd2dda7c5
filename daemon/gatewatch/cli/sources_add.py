"""`gatewatch sources add`: from the catalogue, or a new address, into config.toml."""

from __future__ import annotations

import sys
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click

from gatewatch.catalogue import read_catalogue
from gatewatch.cli.settings_option import config_option, load_or_exit
from gatewatch.cli.sources_known import already, suggestion
from gatewatch.cli.sources_probes import judged, show, tried
from gatewatch.cli.sources_writing import add_or_exit
from gatewatch.cli.store_reading import console_for_people
from gatewatch.model import Source
from gatewatch.settings import Settings
from gatewatch.settings.one_source import InvalidSource, source_of
from gatewatch.settings.source_ids import source_id
from gatewatch.sources.autodiscovery import LinkedFeed
from gatewatch.sources.feeds import parse_feed
from gatewatch.sources.probing import Probe
from gatewatch.sources.trying import Tried

_ORDER = ("id", "name", "url")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A [[source]] to be. `named` are the keys that were given; the others may be filled in by what is found."""

    table: Mapping[str, Any]
    named: frozenset[str] = frozenset()


@click.command()
@click.argument("targets", nargs=-1, required=True, metavar="ID|URL...")
@click.option("--id", "id", help="The id to give it. Default: that of the catalogue, or made from its title.")
@click.option("--name", help="Its name in alerts. Default: the title of the feed.")
@click.option("--kind", type=click.Choice(["feed", "page"]), help="What an address is. Default: feed.")
@click.option("--country", metavar="CODE", help="Whose news it is where a text names no country, as in FI.")
@click.option("--language", metavar="CODE", help="Its language, as in fi.")
@click.option("--official", is_flag=True, default=None, help="It is of those who decide themselves.")
@click.option("--every", metavar="TIME", help="The longest time between two polls, as in 5m.")
@click.option("--no-check", is_flag=True, help="Add it without asking it first.")
@config_option
def add(targets: tuple[str, ...], config: Path, no_check: bool, **given: Any) -> None:
    """Add sources to config.toml: by their ID in the catalogue, or by address.

    Each is asked once first, and added if it is fine. Where the address is a page that names a feed, the feed is added.
    Everything else in config.toml stays as it is. Exit 1 when one is there already or is not fine.
    """
    settings = load_or_exit(config)
    options = {key: value for key, value in given.items() if value is not None}
    if options and len(targets) > 1:
        raise click.UsageError(f"--{next(iter(options))} is for one source at a time")
    candidates: list[Candidate] = []
    for target in targets:
        candidates.append(_candidate(target, options, settings, _ids(settings, candidates)))
    chosen = _new(candidates, settings)
    if chosen and not no_check:
        # Looked at once more, for a page may name a feed that is polled already.
        chosen = _new(_fine(chosen, settings), settings)
    if chosen:
        add_or_exit(config, [candidate.table for candidate in chosen])
    if len(chosen) < len(targets):
        sys.exit(1)


def _ids(settings: Settings, candidates: Sequence[Candidate]) -> set[str]:
    return {source.id for source in settings.sources} | {str(each.table["id"]) for each in candidates}


def _candidate(target: str, options: Mapping[str, Any], settings: Settings, taken: Collection[str]) -> Candidate:
    if "://" in target:
        id = source_id("", target, taken)
        return _of({"id": id, "url": target, **options}, frozenset(options), settings)
    known = {entry.id: entry for entry in read_catalogue()}
    if target not in known:
        hint = suggestion(target, known) or " `gatewatch sources catalogue` lists all; an address begins with https://."
        raise click.UsageError(f"The catalogue has no source {target!r}.{hint}")
    if "kind" in options:
        raise click.UsageError(f"--kind is for addresses; {target} has its own")
    return _of({**known[target].table, **options}, frozenset(known[target].table), settings)


def _of(table: Mapping[str, Any], named: frozenset[str], settings: Settings) -> Candidate:
    ordered = {key: table[key] for key in (*_ORDER, *table) if key in table}
    candidate = Candidate(ordered, named)
    _source(candidate, settings)  # what is wrong with an option is told before anybody is asked
    return candidate


def _source(candidate: Candidate, settings: Settings) -> Source:
    try:
        return source_of(candidate.table, settings.every, settings.gazetteer)
    except InvalidSource as error:
        raise click.UsageError(str(error)) from None


def _new(candidates: Sequence[Candidate], settings: Settings) -> list[Candidate]:
    """Those that are not there yet; the others are told."""
    polled = list(settings.sources)
    new: list[Candidate] = []
    for candidate in candidates:
        source = _source(candidate, settings)
        if same := already(source, polled):
            told = f"is polled already, as {same.id}"
            if same.id == source.id and same.url != source.url:
                told = f"the id is taken by {same.url}; --id gives it another"
            click.echo(f"{source.id}: {told}", err=True)
        else:
            polled.append(source)
            new.append(candidate)
    return new


def _fine(candidates: Sequence[Candidate], settings: Settings) -> list[Candidate]:
    """Those that answer as they should; what was found is shown."""
    answers = tried([_source(candidate, settings) for candidate in candidates], settings)
    fine: list[Candidate] = []
    for candidate, answer, result in zip(candidates, answers, judged(answers, settings), strict=True):
        show(result, console_for_people())
        if feed := _only_feed(result, answer):
            candidate, answer, result = _linked(candidate, feed, settings)
        if result.fine:
            fine.append(_completed(candidate, answer, result, _ids(settings, fine)))
        else:
            click.echo(f"{result.source.id}: not added; --no-check adds it as it is", err=True)
    return fine


def _only_feed(result: Probe, answer: Tried) -> LinkedFeed | None:
    """The feed that a page names, if it names one, on its own host: what a page says must not lead us into the
    private network, and what stands in config.toml may be there."""
    own = {urlsplit(address).netloc for address in (answer.source.url, answer.document.url)}
    if len(result.feeds) == 1 and urlsplit(result.feeds[0].url).netloc in own:
        return result.feeds[0]
    return None


def _linked(candidate: Candidate, feed: LinkedFeed, settings: Settings) -> tuple[Candidate, Tried, Probe]:
    """The feed in the place of the page that names it, asked in its turn."""
    instead = replace(candidate, table={**candidate.table, "url": feed.url})
    [answer] = tried([_source(instead, settings)], settings)
    [result] = judged([answer], settings)
    show(result, console_for_people())
    return instead, answer, result


def _completed(candidate: Candidate, answer: Tried, result: Probe, taken: Collection[str]) -> Candidate:
    """With what the feed tells of itself, where nothing else was said."""
    table, source = dict(candidate.table), answer.source
    if source.kind == "feed" and "name" not in table:
        document = answer.document
        title = parse_feed(document.body, document.url or source.url, document.content_type).title
        if title:
            table["name"] = title
        if "id" not in candidate.named:
            table["id"] = source_id(title, source.url, taken)
    if result.language and "language" not in candidate.named:
        table.setdefault("language", result.language)
    return Candidate({key: table[key] for key in (*_ORDER, *table) if key in table}, candidate.named)

