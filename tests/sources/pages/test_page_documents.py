"""Each pair of files in documents/ is one page: NAME.html or NAME.json, and what has to come of it.

The markup follows that of real site families (Drupal views, Liferay, Episerver, WordPress, Next.js, …), the news
are made up. NAME.expected.json names only the fields that the page is about. A page without `layout` has to be
understood without help. A new trap is two new files.
"""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from gatewatch.model import JsonLayout, Layout, ListLayout, Source, SourceState, TableLayout
from gatewatch.sources.entries import Entry, Feed
from gatewatch.sources.pages import read_page

DOCUMENTS = Path(__file__).parent / "documents"
EXPECTED = sorted(DOCUMENTS.glob("*.expected.json"))
AT = datetime(2026, 3, 2, 18, tzinfo=UTC)
STATE = SourceState("page", AT)


def name_of(path: Path) -> str:
    return path.name.removesuffix(".expected.json")


def expectation(path: Path) -> dict[str, Any]:
    expected: dict[str, Any] = json.loads(path.read_text())
    return expected


def document_of(path: Path) -> Path:
    [document] = [found for kind in ("html", "json") if (found := path.with_name(f"{name_of(path)}.{kind}")).exists()]
    return document


def layout_of(path: Path) -> Layout | None:
    if "table" in expectation(path):
        return TableLayout(**expectation(path)["table"])
    written = expectation(path).get("layout")
    if written is None:
        return None
    is_json = document_of(path).suffix == ".json" or "script" in written
    return JsonLayout(**written) if is_json else ListLayout(**written)


def read(path: Path, layout: Layout | None) -> Feed:
    url = expectation(path)["url"]
    source = Source("page", url, kind="page", layout=layout)
    state = replace(STATE, rows=expectation(path).get("known", {}))
    return read_page(document_of(path).read_bytes(), url, expectation(path).get("content_type"), source, state, AT)


def shown(entry: Entry) -> dict[str, Any]:
    return asdict(entry) | {"published": entry.published.isoformat() if entry.published else None}


@pytest.mark.parametrize("path", EXPECTED, ids=name_of)
def test_a_page_gives_the_entries_that_its_expectation_names(path: Path) -> None:
    expected = expectation(path)
    feed = read(path, layout_of(path))
    if "problem" in expected:
        assert expected["problem"] in (feed.problem or "")
        assert (feed.entries, feed.rows) == ((), None)
        return
    assert feed.problem is None
    if "form" in expected:
        assert feed.form == expected["form"]
    if "rows" in expected:
        assert feed.rows == expected["rows"]
    wanted = expected["entries"]
    got = [{field: shown(entry)[field] for field in fields} for entry, fields in zip(feed.entries, wanted, strict=True)]
    assert got == wanted


FOUND = [path for path in EXPECTED if layout_of(path) is None and "entries" in expectation(path)]


@pytest.mark.parametrize("path", FOUND, ids=name_of)
def test_what_is_found_by_itself_can_be_copied_into_the_configuration(path: Path) -> None:
    found = read(path, None)
    selector = found.form.split("`")[1]
    assert read(path, ListLayout(rows=selector)) == found


def test_every_document_has_its_expectation() -> None:
    documents = {path.stem for path in DOCUMENTS.iterdir() if not path.name.endswith(".expected.json")}
    assert documents == {name_of(path) for path in EXPECTED}
    assert len(documents) >= 30
    assert len(FOUND) >= 10
