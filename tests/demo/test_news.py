"""The texts of the demo hold together as news do."""

from datetime import UTC, datetime

import pytest

from gatewatch.demo.news import Outlet, outlets

START = datetime(2023, 11, 14, 6, tzinfo=UTC)


def test_there_are_eight_outlets_in_four_languages_and_150_items() -> None:
    found = outlets()
    assert len(found) == 8
    assert {outlet.language for outlet in found} == {"fi", "en", "no", "et"}
    assert sum(len(outlet.items) for outlet in found) >= 150


@pytest.mark.parametrize("outlet", outlets(), ids=lambda outlet: outlet.id)
def test_an_outlet_publishes_in_order_with_one_guid_an_item(outlet: Outlet) -> None:
    moments = [item.at for item in outlet.items]
    assert moments == sorted(moments)
    assert all(moment.utcoffset() is not None for moment in moments)
    assert len({item.guid for item in outlet.items}) == len(outlet.items)


@pytest.mark.parametrize("outlet", outlets(), ids=lambda outlet: outlet.id)
def test_every_feed_holds_older_items_when_the_demo_starts(outlet: Outlet) -> None:
    assert outlet.published(START)


def test_an_item_is_out_from_its_moment_on() -> None:
    outlet = outlets()[0]
    last = outlet.items[-1]
    assert outlet.published(last.at)[-1] == last
    assert last not in outlet.published(outlet.items[-2].at)


def test_no_two_outlets_share_a_sentence() -> None:
    """Copied text would make the many voices of one decision a single one."""
    summaries = [item.summary for outlet in outlets() for item in outlet.items]
    assert len(set(summaries)) == len(summaries)
