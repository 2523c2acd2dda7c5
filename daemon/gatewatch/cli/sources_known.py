"""Which sources are meant, and which are polled already."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import click

from gatewatch.catalogue import read_catalogue
from gatewatch.model import Source
from gatewatch.settings import Settings
from gatewatch.settings.known import nearest
from gatewatch.settings.one_source import source_of
from gatewatch.sources.links import canonical_link


def configured(ids: Sequence[str], settings: Settings) -> tuple[Source, ...]:
    """The sources of config.toml with these ids, or all. Wrong usage where one is not there."""
    by_id = {source.id: source for source in settings.sources}
    return tuple(by_id.get(id) or _unknown(id, by_id) for id in ids) or settings.sources


def configured_or_catalogued(ids: Sequence[str], settings: Settings) -> tuple[Source, ...]:
    """The same, but an id may stand for a source of the catalogue as well."""
    known = {entry.id: entry for entry in read_catalogue()} if ids else {}
    by_id = {source.id: source for source in settings.sources}
    for id in ids:
        if id not in by_id and id in known:
            by_id[id] = source_of(known[id].table, settings.every)
    return tuple(by_id.get(id) or _unknown(id, {*by_id, *known}) for id in ids) or settings.sources


def suggestion(id: str, ids: Collection[str]) -> str:
    near = nearest(id, ids)
    return f" Did you mean {near!r}?" if near else ""


def already(source: Source, there: Iterable[Source]) -> Source | None:
    """The source that polls the same address, or has the same id. The scheme, `www.` and tracking do not count."""
    place = _place(source)
    return next((each for each in there if each.id == source.id or _place(each) == place), None)


def _place(source: Source) -> str:
    return canonical_link(source.url) or source.url.rstrip("/")


def _unknown(id: str, ids: Collection[str]) -> Source:
    raise click.UsageError(f"There is no source {id!r}.{suggestion(id, ids)}")
