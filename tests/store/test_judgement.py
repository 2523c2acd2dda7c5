from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from gatewatch.store import MatchRecord, Notice, Store

from .samples import NOW, a_match, a_story, an_item


def test_every_match_has_a_row_that_says_what_became_of_it(store: Store) -> None:
    with store.transaction():
        store.add_items([an_item()], seeded=False, at=NOW)
        store.save_story(a_story())
        store.add_match(a_match(), story="s1", decision="joined", reason="tells the same", at=NOW)
        store.add_match(a_match(rule="draft"), story=None, decision="draft", reason="a draft", at=NOW)
    assert store.matches_of("i1") == (
        MatchRecord(a_match(), "s1", "joined", "tells the same", NOW),
        MatchRecord(a_match(rule="draft"), None, "draft", "a draft", NOW),
    )
    assert store.matches_of("i2") == ()


def test_open_stories_are_those_of_the_rule_that_something_joined_lately(store: Store) -> None:
    for id, rule, hours in (("old", "a", 80), ("first", "a", 70), ("second", "a", 1), ("other", "b", 1)):
        store.save_story(a_story(id, rule, NOW - timedelta(hours=hours)))
    since = NOW - timedelta(hours=70)
    assert [story.id for story in store.open_stories("a", since)] == ["first", "second"]
    assert [story.id for story in store.stories_since(since)] == ["first", "other", "second"]


def test_a_story_is_kept_as_it_is_now(store: Store) -> None:
    store.save_story(a_story(latest=NOW))
    grown = replace(a_story(latest=NOW + timedelta(hours=2)), crossings=("Vaalimaa",), value=120)
    store.save_story(grown)
    assert store.stories_since(NOW) == (grown,)


def test_saving_a_story_again_keeps_its_items_and_matches(store: Store) -> None:
    store.save_story(a_story())
    store.join_story("s1", "i1", NOW)
    store.add_match(a_match(), story="s1", decision="new", reason="", at=NOW)
    store.save_story(a_story(latest=NOW + timedelta(hours=1)))
    assert store.items_of_story("s1") == ("i1",)
    assert len(store.matches_of("i1")) == 1


def test_items_tell_a_story_in_the_order_in_which_they_joined_and_once(store: Store) -> None:
    store.save_story(a_story())
    for minutes, item in enumerate(("i9", "i1", "i5", "i9")):
        store.join_story("s1", item, NOW + timedelta(minutes=minutes))
    assert store.items_of_story("s1") == ("i9", "i1", "i5")


def test_a_rule_is_new_once(store: Store) -> None:
    assert store.know_rules(["a", "b"], NOW) == {"a", "b"}
    assert store.know_rules(["a", "b", "c", "c"], NOW) == {"c"}
    assert store.know_rules([], NOW) == set()


def test_the_last_notices_come_first(store: Store) -> None:
    for text in ("silent", "broken", "back"):
        store.add_notice(NOW, "raja", text)
    assert store.notices(2) == (Notice(NOW, "raja", "back"), Notice(NOW, "raja", "broken"))
