"""What is news and what only has a new key: nothing known floods, nothing unknown is lost (promise 4)."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from gatewatch.model import Document, Item, Outcome, Source, SourceState, TableLayout
from gatewatch.sources.decide import decide
from gatewatch.sources.documents import Contents
from gatewatch.sources.entries import Entry, Feed
from gatewatch.sources.identity import identify
from gatewatch.sources.likeness import words_known
from gatewatch.sources.novelty import FLOOD, Sifted, sift

NOW = datetime(2023, 11, 17, 12, tzinfo=UTC)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
FEED = Source("news", "https://news.example/feed")
PAGE = replace(FEED, kind="page")
STATE = SourceState(
    "news", NOW, seeded=NOW - 90 * DAY, succeeded=NOW - 10 * MINUTE, identity="guid", items_seen=20, window=20
)


def item(key: str, title: str = "", **fields: object) -> Item:
    return Item(f"id-{key}", "news", title or f"Headline {key}", key=key, **fields)  # type: ignore[arg-type]


def items(keys: str, titles: str = "", at: datetime | None = None) -> list[Item]:
    """One item a letter; `titles` gives the headlines where they are not those of the keys."""
    return [
        item(key, f"Headline {title}", url=f"https://news.example/{key}", published=at)
        for key, title in zip(keys, titles or keys, strict=True)
    ]


class Shelf:
    """What is stored of a source, and how often it was asked."""

    def __init__(self, stored: Sequence[Item] = ()) -> None:
        self.stored = list(stored)
        self.asked = 0

    def __call__(self) -> AbstractSet[str]:
        self.asked += 1
        return words_known(self.stored)


def sifted(
    document: Sequence[Item],
    stored: Sequence[Item] | Shelf = (),
    *,
    source: Source = FEED,
    state: SourceState = STATE,
    now: datetime = NOW,
) -> Sifted:
    shelf = stored if isinstance(stored, Shelf) else Shelf(stored)
    keys = {one.key for one in shelf.stored}
    return sift(source, state, document, [one for one in document if one.key not in keys], shelf, now)


def keys(found: Sequence[Item]) -> str:
    return "".join(one.key for one in found)


def test_the_usual_new_item_is_admitted() -> None:
    got = sifted(items("abcdef"), items("abcde"))
    assert (keys(got.admit), keys(got.hold)) == ("f", "")
    assert (got.arrivals.new, got.arrivals.known, got.arrivals.overlap) == (1, 5, True)
    assert got.arrivals.events == {}


def test_new_items_keep_their_order_oldest_first() -> None:
    assert keys(sifted(items("azbycx"), items("abc")).admit) == "zyx"


def test_nothing_is_looked_up_where_nothing_is_unseen() -> None:
    shelf = Shelf(items("abcde"))
    got = sifted(items("abcde"), shelf)
    assert (got.admit, got.hold, shelf.asked) == ((), (), 0)


def test_the_store_is_asked_once_at_most() -> None:
    shelf = Shelf(items("abcde"))
    sifted(items("vwxyz"), shelf)
    assert shelf.asked == 1


def test_the_first_poll_is_stored_silently() -> None:
    got = sifted(items("abc"), state=SourceState("news", NOW))
    assert (keys(got.admit), keys(got.hold), got.arrivals.events) == ("", "abc", {})


def test_the_first_items_of_a_feed_that_was_empty_at_first_are_news() -> None:
    got = sifted(items("abcdef"), state=replace(STATE, items_seen=0, window=0))
    assert (keys(got.admit), got.arrivals.overlap, got.arrivals.events) == ("abcdef", True, {})


def test_an_older_item_that_slides_into_the_window_is_not_judged_by_its_date() -> None:
    """What is old in it the reading sees; here a date decides nothing (NetNewsWire `AvoidFeedParsing`)."""
    slid = item("z", published=NOW - 300 * DAY)
    assert keys(sifted([slid, *items("abcde", at=NOW)], items("abcde")).admit) == "z"


def test_late_items_after_an_outage_of_ours_are_admitted() -> None:
    late = [item(key, published=NOW - 9 * DAY) for key in "xyz"]
    assert keys(sifted([*items("abcde"), *late], items("abcde")).admit) == "xyz"


def test_dates_from_the_future_and_from_no_time_are_admitted() -> None:
    strange = [item("x", published=datetime(2038, 1, 19, tzinfo=UTC)), item("y"), item("z", published=NOW)]
    assert keys(sifted([*items("abcde"), *strange], items("abcde")).admit) == "xyz"


def test_two_items_of_one_second_are_two() -> None:
    both = [item("x", "One", published=NOW), item("y", "Two", published=NOW)]
    assert keys(sifted([*items("abcde"), *both], items("abcde")).admit) == "xy"


def test_an_item_that_returns_is_known() -> None:
    """It fell off, or a page shows A, B and A again (urlwatch `compared_versions`)."""
    got = sifted(items("abcde"), items("abcdefghij"))
    assert (got.admit, got.hold) == ((), ())


class TestOneNewKey:
    dated = item("x", "Vaalimaa is closed", summary="From Monday.", published=NOW - DAY)

    def test_a_copy_under_another_guid_is_held_and_told(self) -> None:
        got = sifted([*items("abcde"), replace(self.dated, key="y")], [*items("abcde"), self.dated])
        assert keys(got.hold) == "y"
        assert list(got.arrivals.events) == ["copied"]

    def test_the_same_words_on_another_day_are_news(self) -> None:
        again = replace(self.dated, key="y", published=NOW)
        assert keys(sifted([*items("abcde"), again], [*items("abcde"), self.dated]).admit) == "y"

    def test_other_words_of_the_same_day_are_news(self) -> None:
        more = replace(self.dated, key="y", summary="And Nuijamaa.")
        assert keys(sifted([*items("abcde"), more], [*items("abcde"), self.dated]).admit) == "y"

    def test_two_entries_that_stand_side_by_side_are_two(self) -> None:
        both = [*items("abcde"), self.dated, replace(self.dated, key="y")]
        assert keys(sifted(both, [*items("abcde"), self.dated]).admit) == "y"

    def test_an_undated_copy_is_known_by_its_link_whatever_tracks_it(self) -> None:
        old = item("x", "Closed", url="https://www.news.example/1?utm_source=rss")
        new = item("y", "Closed", url="http://news.example/1/")
        assert keys(sifted([*items("abcde"), new], [*items("abcde"), old]).hold) == "y"

    def test_an_undated_state_that_comes_again_in_a_short_list_is_news(self) -> None:
        closed, opened = item("x", "Narva: closed", url="https://n.example/1"), item("y", "Narva: open")
        again = replace(closed, key="z")
        assert keys(sifted([opened, again], [closed, opened]).admit) == "z"

    def test_without_date_and_link_nothing_is_a_copy(self) -> None:
        got = sifted([*items("abcde"), item("y", "Closed")], [*items("abcde"), item("x", "Closed")])
        assert keys(got.admit) == "y"


class TestAllNewKeys:
    def test_a_migrated_site_is_held_and_only_its_news_told(self) -> None:
        got = sifted(items("ABCDEFG", titles="abcdefz"), items("abcdefgh"))
        assert (keys(got.hold), keys(got.admit)) == ("ABCDEF", "G")
        assert list(got.arrivals.events) == ["re-imported"]
        assert (got.arrivals.identity, got.arrivals.overlap) == (None, True)

    def test_titles_are_known_in_other_case_and_punctuation(self) -> None:
        shouted = [replace(one, title=one.title.upper() + "!") for one in items("ABCDE", titles="abcde")]
        assert keys(sifted(shouted, items("abcde")).hold) == "ABCDE"

    def test_a_headline_that_all_share_tells_nothing_so_the_text_has_to(self) -> None:
        def releases(keys: str, texts: str) -> list[Item]:
            return [item(k, "Press release", summary=t) for k, t in zip(keys, texts, strict=True)]

        got = sifted(releases("ABCDE", "abcdz"), releases("abcde", "abcde"))
        assert (keys(got.hold), keys(got.admit)) == ("ABCD", "E")

    def test_the_second_time_within_a_week_the_rung_goes_down(self) -> None:
        state = replace(STATE, told={"re-imported": NOW - 6 * DAY})
        got = sifted(items("ABCDE", titles="abcde"), items("abcde"), state=state)
        assert got.arrivals.identity == "link"
        assert list(got.arrivals.events) == ["re-keyed"]

    def test_a_year_later_it_does_not(self) -> None:
        state = replace(STATE, told={"re-imported": NOW - 365 * DAY})
        got = sifted(items("ABCDE", titles="abcde"), items("abcde"), state=state)
        assert got.arrivals.identity is None

    def test_below_the_lowest_rung_there_is_none(self) -> None:
        state = replace(STATE, identity="hash", told={"re-imported": NOW - DAY})
        got = sifted(items("ABCDE", titles="abcde"), items("abcde"), state=state)
        assert (keys(got.hold), got.arrivals.identity) == ("ABCDE", None)

    def test_a_feed_with_nothing_known_is_admitted_whole_and_may_have_lost_some(self) -> None:
        got = sifted(items("vwxyz"), items("abcde"))
        assert keys(got.admit) == "vwxyz"
        assert not got.arrivals.overlap
        assert got.arrivals.events["missed"].endswith("in the 10 min since the last poll; polled faster from now on")

    def test_after_standing_still_the_reason_is_ours(self) -> None:
        state = replace(STATE, next_poll=NOW - 2 * DAY, succeeded=NOW - 2 * DAY)
        missed = sifted(items("vwxyz"), items("abcde"), state=state).arrivals.events["missed"]
        assert missed.endswith("Gatewatch itself did not poll for 2 d")

    def test_after_failures_the_reason_is_theirs(self) -> None:
        state = replace(STATE, failures=9, succeeded=NOW - DAY)
        missed = sifted(items("vwxyz"), items("abcde"), state=state).arrivals.events["missed"]
        assert missed.endswith("it could not be read for 1 d")

    def test_a_list_of_one_turns_over_whole_and_nobody_hears_of_it(self) -> None:
        got = sifted(items("z"), items("a"))
        assert (keys(got.admit), got.arrivals.events, got.arrivals.overlap) == ("z", {}, False)

    def test_a_list_that_was_empty_has_lost_nothing(self) -> None:
        got = sifted(items("vwxyz"), items("abcde"), state=replace(STATE, window=0))
        assert (keys(got.admit), got.arrivals.events, got.arrivals.overlap) == ("vwxyz", {}, True)


    def test_a_few_known_headlines_make_no_migration(self) -> None:
        got = sifted(items("ABCDE", titles="abxyz"), items("abcde"))
        assert keys(got.admit) == "ABCDE"
        assert list(got.arrivals.events) == ["missed"]

    def test_a_short_list_repeats_its_words_and_makes_no_migration(self) -> None:
        assert keys(sifted(items("ABCD", titles="abcd"), items("abcd")).admit) == "ABCD"


class TestPages:
    def test_the_first_rows_of_a_page_that_was_empty_at_first_are_news(self) -> None:
        state = replace(STATE, items_seen=0, window=0)
        assert keys(sifted(items("vwxyz"), source=PAGE, state=state).admit) == "vwxyz"

    def test_a_page_with_every_row_new_was_rebuilt(self) -> None:
        got = sifted(items("vwxyz"), items("abcde"), source=PAGE)
        assert keys(got.hold) == "vwxyz"
        assert got.arrivals.events["rebuilt"].startswith("every one of 5 rows is new: the page has probably been")
        assert got.arrivals.overlap

    def test_after_three_days_a_page_is_just_new(self) -> None:
        state = replace(STATE, succeeded=NOW - 3 * DAY)
        assert keys(sifted(items("vwxyz"), items("abcde"), source=PAGE, state=state).admit) == "vwxyz"

    def test_a_short_page_is_just_new(self) -> None:
        assert keys(sifted(items("xyz"), items("abcde"), source=PAGE).admit) == "xyz"

    def test_a_changed_row_of_a_table_is_always_news(self) -> None:
        table = replace(PAGE, layout=TableLayout())
        rows = [item(f"{n}", f"Narva {n}: closed") for n in range(6)]
        got = sifted([replace(row, key=f"again {row.key}") for row in rows], rows, source=table)
        assert len(got.admit) == 6
        assert (got.arrivals.overlap, got.arrivals.events) == (True, {})

    def test_a_page_that_lost_most_of_its_rows_is_told(self) -> None:
        few = items("abcde")
        assert list(sifted(few, few, source=PAGE).arrivals.events) == ["shrunk"]
        assert sifted(few, few, source=PAGE, state=replace(STATE, window=19)).arrivals.events == {}
        assert sifted(few[:2], few, source=PAGE, state=replace(STATE, window=9)).arrivals.events == {}
        assert sifted(few, few, source=FEED).arrivals.events == {}


class TestAnEditedAddress:
    edited = replace(STATE, succeeded=None)

    def test_the_same_feed_is_known_by_its_words(self) -> None:
        got = sifted(items("ABCDE", titles="abcdz"), items("abcde"), state=self.edited)
        assert (keys(got.hold), keys(got.admit)) == ("ABCD", "E")

    def test_another_feed_is_stored_silently(self) -> None:
        got = sifted(items("vwxyz"), items("abcde"), state=self.edited)
        assert keys(got.hold) == "vwxyz"
        assert list(got.arrivals.events) == ["another feed"]

    def test_where_keys_are_known_all_is_as_usual(self) -> None:
        assert keys(sifted(items("abcdez"), items("abcde"), state=self.edited).admit) == "z"


class TestManyAtOnce:
    many = "klmnopqrstuv"

    def test_a_bulk_import_tells_what_is_unknown_and_holds_the_rest(self) -> None:
        stored = [*items("abc"), *items("ABCDEF", titles="klmnop")]
        got = sifted([*items("abc"), *items(self.many, at=NOW)], stored)
        assert (keys(got.hold), keys(got.admit)) == ("klmnop", "qrstuv")
        assert list(got.arrivals.events) == ["bulk"]

    def test_a_source_that_always_brings_many_is_as_usual(self) -> None:
        stored = [*items("abc"), *items("ABCDEF", titles="klmnop")]
        state = replace(STATE, brought=(12, 9, 15))
        got = sifted([*items("abc"), *items(self.many, at=NOW)], stored, state=state)
        assert keys(got.admit) == self.many

    def test_many_of_many_days_are_as_usual(self) -> None:
        spread = [item(key, published=NOW - n * DAY) for n, key in enumerate(self.many)]
        assert sifted([*items("abc"), *spread], items("abc")).arrivals.events == {}

    def test_one_date_of_most_is_not_enough_where_many_have_others(self) -> None:
        mixed = [*items(self.many, at=NOW), *items("wxyz", at=NOW - 3 * DAY)]
        assert sifted([*items("abc"), *mixed], items("abc")).arrivals.events == {}

    def test_an_opened_archive_does_not_ring_all_phones(self) -> None:
        archive = [item(f"{number:04}") for number in range(FLOOD + 50)]
        got = sifted([*archive, *items("abc")], items("abc"))
        assert got.admit == tuple(archive[50:])
        assert got.hold == tuple(archive[:50])
        assert list(got.arrivals.events) == ["flood"]


class TestDates:
    def test_known_items_with_new_dates_are_told_and_no_news(self) -> None:
        state = replace(STATE, newest=NOW - DAY)
        redated = items("abcdefghijkl", at=NOW)
        got = sifted(redated, redated, state=state)
        assert (got.admit, list(got.arrivals.events)) == ((), ["re-dated"])

    def test_a_few_edits_are_not(self) -> None:
        state = replace(STATE, newest=NOW - DAY)
        document = [*items("abcdefghijkl", at=NOW - 2 * DAY), *items("xyz", at=NOW)]
        assert sifted(document, document, state=state).arrivals.events == {}
        assert sifted(document[-3:], document, state=state).arrivals.events == {}
        twelve_of_forty = [*items("abcdefghijkl", at=NOW), *(item(f"{n}", published=NOW - 2 * DAY) for n in range(28))]
        assert sifted(twelve_of_forty, twelve_of_forty, state=state).arrivals.events == {}

    def test_nor_are_dates_that_go_backwards_or_lie_ahead(self) -> None:
        state = replace(STATE, newest=NOW - DAY)
        for at in (NOW - 2 * DAY, NOW + 9 * DAY):
            document = items("abcdefghijkl", at=at)
            assert sifted(document, document, state=state).arrivals.events == {}


LETTERS = st.text("abcdefghijklmnopqrstuvwxyz", max_size=26).map(lambda text: "".join(dict.fromkeys(text)))


@given(LETTERS, LETTERS, st.booleans(), st.sampled_from([0, 20]), st.none() | st.just(NOW))
def test_every_unseen_item_is_told_or_held_and_a_feed_holds_no_unknown_words(
    document: str, stored: str, upper: bool, window: int, at: datetime | None
) -> None:
    shown = items(document.upper() if upper else document, titles=document, at=at)
    shelf = Shelf(items(stored, at=at))
    state = replace(STATE, window=window)
    got = sifted(shown, shelf, state=state)
    unseen = [one for one in shown if one.key not in stored]
    assert sorted(got.admit + got.hold, key=shown.index) == unseen
    assert all(one.title.lower()[-1] in stored for one in got.hold)
    assert (len(got.admit), len(got.hold)) == (got.arrivals.new, got.arrivals.held)
    if got.hold:
        assert got.arrivals.events
    assert got == sifted(shown, shelf, state=state)


def test_a_feed_that_draws_its_guids_by_lot_ends_with_its_links_and_loses_nothing() -> None:
    """feedbin support #580: told twice, held from the start, and each real news told once."""
    state, shelf, told, notices = SourceState("news", NOW), Shelf(), [], []
    headlines = [f"Headline {number}" for number in range(10)]
    for poll in range(12):
        now = NOW + poll * 10 * MINUTE
        headlines = [f"News of poll {poll}", *headlines][:10] if poll % 3 == 1 else headlines
        feed = Feed(tuple(Entry(f"{poll}-{h}", f"https://news.example/{h[-9:]}", h) for h in headlines))
        found, rung = identify(feed, FEED, state.identity, now)
        got = sifted(found, shelf, state=state, now=now)
        shelf.stored += [*got.hold, *got.admit]
        told += [one.title for one in got.admit]
        contents = Contents(found, rung, str(poll))
        decision = decide(now, FEED, state, Document("news", now, Outcome.OK), contents, got.arrivals)
        state = decision.state
        notices += [notice.partition(":")[0] for notice in decision.notices]
    assert told == [f"News of poll {poll}" for poll in (1, 4, 7, 10)]
    assert notices == ["re-imported", "re-keyed"]
    assert state.identity == "link"
