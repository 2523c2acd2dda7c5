"""The demo knows what had to be told, and notices what was not."""

from dataclasses import replace
from datetime import UTC, datetime

from gatewatch.demo.expected import EXPECTED, missing
from gatewatch.demo.news import outlets
from gatewatch.model import Alert
from gatewatch.settings import load_rules, shipped_rules


def test_everything_is_missing_where_nothing_was_told() -> None:
    assert missing([]) == EXPECTED


def test_an_alert_on_the_day_is_not_missing(closure: Alert) -> None:
    met = replace(closure, published=datetime(2023, 11, 16, 16, tzinfo=UTC))
    assert [one for one in EXPECTED if one not in missing([met])] == [EXPECTED[1]]


def test_the_same_rule_on_another_day_does_not_count(closure: Alert) -> None:
    echo = replace(closure, published=datetime(2023, 11, 18, 7, tzinfo=UTC))
    assert missing([echo]) == EXPECTED


def test_every_expected_rule_is_shipped_and_has_news_on_its_day() -> None:
    rules = {rule.id for rule in load_rules(shipped_rules())}
    days = {item.at.date() for outlet in outlets() for item in outlet.items}
    assert {one.rule for one in EXPECTED} <= rules
    assert {one.day for one in EXPECTED} <= days
