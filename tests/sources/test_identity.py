from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from gatewatch.model import Item, Source
from gatewatch.sources.feeds import Entry, Feed
from gatewatch.sources.identity import CAP, RUNGS, identify

SOURCE = Source("news", "https://news.example/feed")
SEEN = datetime(2023, 11, 18, tzinfo=UTC)

moments = st.none() | st.integers(0, 10_000).map(lambda minutes: SEEN - timedelta(minutes=minutes))
guids = st.sampled_from(["", "0", "a", "b", "http://news.example/a", "https://news.example/a"])
links = st.sampled_from(["", "https://news.example/", *(f"https://news.example/{name}" for name in "abc")])
words = st.sampled_from(["", "Border closes", "Border opens", "Raja sulkeutuu"])
entries = st.builds(Entry, guid=guids, link=links, title=words, summary=words, published=moments)
messy = st.lists(entries, max_size=8).map(tuple)
good = st.lists(entries, min_size=2, max_size=8).map(
    lambda found: tuple(replace(entry, guid=f"guid-{number}") for number, entry in enumerate(found))
)
policies = st.none() | st.sampled_from(RUNGS)


def take(found: tuple[Entry, ...], policy: str | None = None) -> tuple[tuple[Item, ...], str | None]:
    return identify(Feed(found), SOURCE, policy, SEEN)


def keys(found: tuple[Entry, ...], policy: str | None = None) -> set[str]:
    return {item.key for item in take(found, policy)[0]}


@given(messy, policies, st.randoms(use_true_random=False))
def test_the_order_of_a_document_changes_no_identity(
    found: tuple[Entry, ...], policy: str | None, chance: random.Random
) -> None:
    shuffled = list(found)
    chance.shuffle(shuffled)
    items, rung = take(found, policy)
    again, rung_again = take(tuple(shuffled), policy)
    assert rung == rung_again
    assert {(i.id, i.title, i.url, i.published) for i in items} == {
        (i.id, i.title, i.url, i.published) for i in again
    }


@given(good, st.data())
def test_an_item_keeps_its_identity_while_its_neighbours_come_and_go(
    found: tuple[Entry, ...], data: st.DataObject
) -> None:
    _, policy = take(found)
    left = tuple(data.draw(st.lists(st.sampled_from(found), min_size=1, unique=True)))
    assert policy == "guid"
    assert keys(left, policy) <= keys(found, policy) or len(left) == 1


@given(messy, policies)
def test_the_same_document_twice_brings_nothing_new(found: tuple[Entry, ...], policy: str | None) -> None:
    items, rung = take(found, policy)
    again, rung_again = take(found, rung)
    assert rung_again == rung
    assert again == items


@given(messy, messy, policies)
def test_the_rung_only_ever_goes_down(
    first: tuple[Entry, ...], second: tuple[Entry, ...], policy: str | None
) -> None:
    rungs = [policy]
    for document in (first, second):
        rungs.append(take(document, rungs[-1])[1])
    decided = [RUNGS.index(rung) for rung in rungs if rung]
    assert decided == sorted(decided)
    assert all(rung is None for rung in rungs[: len(rungs) - len(decided)])


@given(messy, policies)
def test_no_article_is_lost_and_no_key_given_twice(found: tuple[Entry, ...], policy: str | None) -> None:
    items, _ = take(found, policy)
    assert len({item.key for item in items}) == len({item.id for item in items}) == len(items)
    by_guid_and_link = {(entry.guid, entry.link) for entry in found if entry.guid}
    assert {entry.title for entry in found if not entry.guid} <= {item.title for item in items}
    assert len(items) <= len(set(found))
    assert bool(items) == bool(found or by_guid_and_link)


@given(st.lists(entries, min_size=1, max_size=8))
def test_dated_items_come_oldest_first(found: list[Entry]) -> None:
    dated = tuple(replace(entry, published=entry.published or SEEN) for entry in found)
    published = [item.published for item in take(dated)[0]]
    assert published == sorted(moment for moment in published if moment)


def test_guids_that_turn_bad_and_good_again_change_the_rung_once() -> None:
    """FreshRSS #5909: good, bad, good again must not make everything new twice."""
    fine = tuple(Entry(guid=f"g{n}", link=f"https://news.example/{n}", title=f"T{n}") for n in range(5))
    bad = tuple(replace(entry, guid="0") for entry in fine)
    _, first = take(fine)
    degraded, second = take(bad, first)
    restored, third = take(fine, second)
    assert (first, second, third) == ("guid", "link", "link")
    assert degraded == restored


def test_one_entry_alone_shows_nothing_against_its_guid() -> None:
    only = (Entry(guid="0", link="https://news.example/1", title="T"),)
    assert take(only, "guid")[1] == "guid"
    assert take(only)[1] == "guid"


def test_an_empty_feed_decides_nothing() -> None:
    assert take(()) == ((), None)
    assert take((), "link") == ((), "link")


def test_every_key_names_the_formula_that_made_it() -> None:
    """Another formula then lives beside this one's items, and does not make them all new (newsboat #1729)."""
    items, _ = identify(Feed((Entry(guid="a", title="A"), Entry(guid="b", title="B"))), SOURCE, None, SEEN)
    assert [item.key for item in items] == ["1:guid:b", "1:guid:a"]


def test_the_id_depends_on_the_source_too() -> None:
    feed = Feed((Entry(guid="1", title="T"),))
    ours, _ = identify(feed, SOURCE, None, SEEN)
    theirs, _ = identify(feed, replace(SOURCE, id="other"), None, SEEN)
    assert ours[0].key == theirs[0].key
    assert ours[0].id != theirs[0].id
    assert len(ours[0].id) == 20


def test_of_too_many_entries_the_newest_are_taken() -> None:
    many = tuple(Entry(guid=str(n), title="T", published=SEEN - timedelta(minutes=n)) for n in range(CAP + 5))
    items, _ = take(many)
    assert len(items) == CAP
    assert items[-1].key == "1:guid:0"


def test_a_feed_in_the_source_s_language_says_so_unless_the_source_does() -> None:
    feed = Feed((Entry(guid="1", title="T", language="sv"),))
    assert identify(feed, SOURCE, None, SEEN)[0][0].language == "sv"
    assert identify(feed, replace(SOURCE, language="fi"), None, SEEN)[0][0].language == "fi"
