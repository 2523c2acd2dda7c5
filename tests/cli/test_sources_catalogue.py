"""The catalogue holds what the settings take, and `gatewatch sources catalogue` lists it."""

from __future__ import annotations

import tomllib
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from gatewatch.catalogue import CatalogueEntry, read_catalogue
from gatewatch.settings import load, load_words, shipped_config, shipped_rules
from gatewatch.settings.editing import source_block
from gatewatch.settings.one_source import source_of
from gatewatch.sources.opml import holds_a_key

from .watching import REST, RULE, Watch

CATALOGUE = read_catalogue()
USUAL = timedelta(minutes=10)
_, PLACES = load_words(shipped_rules())
KEYS = {"id", "name", "url", "query", "kind", "country", "language", "official", "every", "full_text", "json", "table", "list"}

#: Parts of addresses that were found to be dead, frozen or walled off.
DEAD = (
    "thebarentsobserver.com/en/rss.xml",
    "highnorthnews.com/en/rss.xml",
    "lrt.lt/en/rss",
    "feeds.yle.fi",
    "feedburner",
    "mil.ee/en/feed",
    "kaitseministeerium.ee/en/news/1/feed",
    "president.ee",
    "eduskunta.fi",
    "um.fi/",
    "poliisi.fi",
    "intermin.fi/",
    "politsei.ee/rss",
    "tulli.fi",
    "aktuelt/rss/",
    "Rss/?id=",
    "nyheter.rss",
    "pln-pskov",
    "stolicaonego",
    "reliefweb",
    "reuters.com",
    "apnews.com",
)


@pytest.mark.parametrize("entry", CATALOGUE, ids=lambda entry: entry.id)
def test_every_entry_is_a_source_that_the_settings_take(entry: CatalogueEntry) -> None:
    source = source_of(entry.table, USUAL, PLACES)
    assert source.name
    assert source.language
    assert source.url.startswith("https://")
    assert not holds_a_key(source.url)
    assert entry.table.keys() <= KEYS
    assert entry.confidence in ("high", "medium")
    assert not [dead for dead in DEAD if dead in str(entry.table.get("url"))]


def test_no_two_entries_have_the_same_id_name_or_address() -> None:
    for key in ("id", "name", "url", "query"):
        counted = Counter(entry.table[key] for entry in CATALOGUE if key in entry.table)
        assert [value for value, times in counted.items() if times > 1] == []


def test_all_of_it_at_once_makes_a_right_config(tmp_path: Path) -> None:
    """Countries are those of rules/places.toml, layouts belong to pages, searches have queries."""
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "r.toml").write_text(RULE)
    written = "\n".join(source_block(entry.table) for entry in CATALOGUE) + REST
    (tmp_path / "config.toml").write_text(written, encoding="utf-8")
    assert len(load(tmp_path / "config.toml").sources) == len(CATALOGUE)


def test_what_the_shipped_config_polls_is_in_it_under_the_same_id() -> None:
    shipped = {source["id"]: source for source in tomllib.loads(shipped_config().read_text())["source"]}
    known = {entry.id: entry.table for entry in CATALOGUE}
    assert shipped.keys() <= known.keys()
    for id, source in shipped.items():
        assert known[id].get("url") in (source.get("url"), None), id
        assert known[id].get("official", False) == source.get("official", False), id


def test_authorities_of_every_watched_border_are_in_it() -> None:
    official = Counter(entry.table.get("country") for entry in CATALOGUE if entry.table.get("official"))
    assert {"FI", "EE", "NO", "LV", "LT", "PL"} <= set(official)


def test_the_command_lists_all_of_it(watch: Watch) -> None:
    assert [each["id"] for each in watch.told("catalogue")] == [entry.id for entry in CATALOGUE]
    listed = watch.call("catalogue").stdout
    assert all(f" {entry.id} " in listed for entry in CATALOGUE)


def test_it_can_be_narrowed_by_country_and_language(watch: Watch) -> None:
    found = watch.told("catalogue", "--country", "ee", "--language", "RU")
    assert {each["id"] for each in found} == {"err-ru", "postimees-ru"}


def test_where_nothing_fits_it_says_so(watch: Watch) -> None:
    assert "no such source" in watch.call("catalogue", "--country", "XX", exit_code=1).stderr


def test_it_tells_which_sources_are_polled_already_under_whatever_id(watch: Watch) -> None:
    watch.polls(ours="http://err.ee/rss/", hs="https://www.hs.fi/rss/tuoreimmat.xml")
    polled = {each["id"]: each["configured_as"] for each in watch.told("catalogue")}
    assert {id: name for id, name in polled.items() if name} == {"err-et": "ours", "hs": "hs"}
    assert "as ours" in watch.call("catalogue", "--country", "EE").stdout
