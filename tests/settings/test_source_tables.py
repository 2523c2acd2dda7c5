"""The ways in which a source can be written."""

from __future__ import annotations

from datetime import timedelta

import pytest

from gatewatch.model import JsonLayout, ListLayout, Source, TableLayout
from gatewatch.settings import load

from .conftest import CONFIG, Place

HEAD = '[[source]]\nid = "b"\n'
PAGE = HEAD + 'url = "https://example.org/news"\nkind = "page"\n'


def source_of(place: Place, written: str) -> Source:
    place.write("config.toml", CONFIG + written)
    return load(place.config).sources[1]


def test_a_page_without_a_layout_finds_its_list_by_itself(place: Place) -> None:
    source = source_of(place, PAGE)
    assert (source.kind, source.layout) == ("page", None)


def test_a_page_can_name_its_list_by_selectors(place: Place) -> None:
    written = PAGE + '[source.list]\nrows = "ul.news > li"\ndate = "time"\n'
    assert source_of(place, written).layout == ListLayout(rows="ul.news > li", date="time")


def test_a_page_can_be_json(place: Place) -> None:
    written = PAGE + '[source.json]\nrows = "releases"\ntitle = "versions.fi.title"\nscript = "script#data"\n'
    assert source_of(place, written).layout == JsonLayout(
        title="versions.fi.title", rows="releases", script="script#data"
    )


def test_a_page_can_be_a_table_of_states(place: Place) -> None:
    written = PAGE + '[source.table]\nrows = "table.crossings tr"\n'
    assert source_of(place, written).layout == TableLayout(rows="table.crossings tr")


def test_a_search_at_google_news_is_asked_in_its_edition_and_not_often(place: Place) -> None:
    written = HEAD + 'kind = "google-news"\nquery = "rajanylityspaikka when:2d"\nlanguage = "fi"\ncountry = "FI"\n'
    source = source_of(place, written)
    assert source.url == (
        "https://news.google.com/rss/search?q=rajanylityspaikka+when:2d&hl=fi&gl=FI&ceid=FI:fi"
    )
    assert source.every == timedelta(minutes=30)


def test_an_english_search_is_asked_in_an_edition_that_exists_whatever_the_country(place: Place) -> None:
    written = HEAD + 'kind = "google-news"\nquery = "site:a.example"\nlanguage = "en"\ncountry = "NO"\n'
    assert source_of(place, written).url.endswith("?q=site:a.example&hl=en&gl=GB&ceid=GB:en")


def test_a_search_at_gdelt_holds_the_query_and_asks_for_json(place: Place) -> None:
    source = source_of(place, HEAD + 'kind = "gdelt"\nquery = "border sourcelang:finnish"\nevery = "15m"\n')
    assert "query=border+sourcelang:finnish&mode=artlist&format=json" in source.url
    assert source.every == timedelta(minutes=15)


def test_operator_and_retention_have_defaults_and_can_be_set(place: Place) -> None:
    assert load(place.config).operator == ()
    place.write("config.toml", 'operator = "console"\n' + CONFIG + '[retention]\nbodies = "30d"\nsize = "2GB"\n')
    settings = load(place.config)
    assert settings.operator == ("console",)
    assert (settings.retention.bodies, settings.retention.size) == (timedelta(days=30), 2_000_000_000)


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (HEAD + 'kind = "gdelt"', "11:1: [[source]] has no `query`"),
        (HEAD + 'kind = "gdelt"\nquery = "a"\nurl = "https://a.example"', "15:1: `url` is not for sources of the kind gdelt"),
        (HEAD + 'url = "https://a.example"\nquery = "a"', "14:1: `query` is not for sources of the kind feed"),
        (HEAD + 'url = "https://a.example"\n[source.list]\nrows = "li"', '`list` is for sources of the kind page. Write kind = "page"'),
        (PAGE + '[source.list]\nrows = "li["', '16:8: `rows` is no CSS selector: `li[`'),
        (PAGE + '[source.list]\nrow = "li"', "unknown key `row`. Did you mean `rows`?"),
        (PAGE + '[source.json]\nrows = "a"', "`json` has no `title`"),
        (PAGE + '[source.list]\nrows = "li"\n[source.table]\nrows = "tr"', "a page is read in one way, not by `list`, `table`"),
        ('[retention]\nsize = "2"', '`size` has to be a size such as "500MB" or "2GB", not `2`'),
        ('[retention]\nbodies = "long"', "`bodies` has to be a number"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_source_is_told_once_with_its_place(place: Place, more: str, told: str) -> None:
    place.write("config.toml", CONFIG + more)
    [problem] = place.problems()
    assert told in problem


def test_an_operator_channel_that_does_not_exist_is_told(place: Place) -> None:
    place.write("config.toml", 'operator = "consle"\n' + CONFIG)
    [problem] = place.problems()
    assert "names a channel that does not exist: `consle`. Did you mean `console`?" in problem
