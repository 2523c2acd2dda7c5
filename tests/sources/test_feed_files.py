"""Each pair of files in feeds/ is one trap: NAME.xml or NAME.json, and what has to come of it.

NAME.expected.json names only the fields that the trap is about. A new trap is two new files.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from gatewatch.model import Item, Source
from gatewatch.sources.feeds import parse_feed
from gatewatch.sources.identity import identify

FEEDS = Path(__file__).parent / "feeds"
EXPECTED = sorted(FEEDS.glob("*.expected.json"))
SOURCE = Source("news", "https://feeds.example/dir/feed.xml")
SEEN = datetime(2023, 11, 18, tzinfo=UTC)


def name_of(path: Path) -> str:
    return path.name.removesuffix(".expected.json")


def document_of(path: Path) -> bytes:
    [document] = [path.with_name(f"{name_of(path)}.{kind}") for kind in ("xml", "json")
                  if path.with_name(f"{name_of(path)}.{kind}").exists()]  # fmt: skip
    return document.read_bytes()


def shown(item: Item) -> dict[str, Any]:
    published = item.published.isoformat() if item.published else None
    return asdict(item) | {"published": published, "key_rung": item.key.split(":")[1]}


@pytest.mark.parametrize("path", EXPECTED, ids=name_of)
def test_a_feed_gives_the_items_that_its_expectation_names(path: Path) -> None:
    expected = json.loads(path.read_text())
    feed = parse_feed(document_of(path), SOURCE.url, expected.get("content_type"))
    if expected.get("problem"):
        assert expected["problem"] in (feed.problem or "")
        assert feed.entries == ()
        return
    assert feed.problem is None
    items, policy = identify(feed, SOURCE, expected.get("given_policy"), SEEN)
    if "policy" in expected:
        assert policy == expected["policy"]
    wanted = expected["items"]
    got = [
        {field: shown(item)[field] for field in fields} for item, fields in zip(items, wanted, strict=True)
    ]
    assert got == wanted


def test_every_document_has_its_expectation() -> None:
    documents = {path.stem for path in FEEDS.iterdir() if not path.name.endswith(".expected.json")}
    assert documents == {name_of(path) for path in EXPECTED}
    assert len(documents) >= 25
