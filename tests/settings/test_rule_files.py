"""Rules as they are written, and the lint of their words."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from gatewatch.model import CountClause, EventType, Per, Rule, RuleTest, Severity, Unit
from gatewatch.settings import InvalidSettings, load_rules
from gatewatch.settings.terms import complaint

from .conftest import RULE, Place

FULL = """\
[[rule]]
id = "fi-arrivals"
says = "Many arrivals in Finland"
severity = "high"
country = "FI"
event = ["closure_announced", "closure_extended"]
count = { over = 100, per = "day", unit = ["people", "migrants"], rearm_below = 80 }
crossing = "vaalimaa"
source = "raja-fi"
all = ["raja*"]
none = "re:[0-9]+ mm"
repeat = "7d"
send = "digest 08:00"
status = "draft"

  [[rule.test]]
  title = "Yli sata tulijaa"
  date = 2023-11-16
  source = "raja-fi"
  fires = false
  because = "count"
"""


USUAL = """
  [[rule.test]]
  title = "Yli sata tulijaa"
  usual = 30
  fires = true
"""


def test_a_rule_says_all_that_its_file_says(place: Place) -> None:
    path = place.write("rules/border.toml", FULL)
    assert load_rules(place.rules) == (
        Rule(
            id="fi-arrivals",
            says="Many arrivals in Finland",
            severity=Severity.HIGH,
            country=("FI",),
            event=(EventType.CLOSURE_ANNOUNCED, EventType.CLOSURE_EXTENDED),
            count=CountClause(100, (Per.DAY,), (Unit.PEOPLE, Unit.MIGRANTS), 80),
            crossing=("vaalimaa",),
            source=("raja-fi",),
            all=("raja*",),
            none=("re:[0-9]+ mm",),
            repeat=timedelta(days=7),
            send="digest 08:00",
            status="draft",
            tests=(
                RuleTest(
                    "Yli sata tulijaa",
                    False,
                    source="raja-fi",
                    date=date(2023, 11, 16),
                    because="count",
                    line=16,
                ),
            ),
            path=str(path),
            line=1,
        ),
    )


def test_times_stands_in_the_place_of_over(place: Place) -> None:
    asked = 'count = { times = 3, per = "day" }'
    place.write("rules/border.toml", RULE.replace('any = "border"', asked) + USUAL)
    (read,) = load_rules(place.rules)
    assert read.count == CountClause(per=(Per.DAY,), times=3.0)
    assert [test.usual for test in read.tests] == [30]


ENDING = """\
[[rule]]
id = "ending"
says = "A closure ends tomorrow"
severity = "medium"
country = "FI"
ends = "1d"
"""


def test_a_rule_on_endings_asks_for_country_and_crossing_alone(place: Place) -> None:
    place.write("rules/border.toml", ENDING + 'crossing = "Vaalimaa"\n')
    (read,) = load_rules(place.rules)
    assert (read.ends, read.country, read.crossing) == (timedelta(days=1), ("FI",), ("Vaalimaa",))


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ('event = "closure_announced"', "7:1: `event` beside `ends`, which no text makes fire"),
        ('any = "border"', "7:1: `any` beside `ends`"),
        ("count = { over = 3 }", "7:1: `count` beside `ends`"),
        ('repeat = "7d"', "7:1: `repeat` beside `ends`"),
        ('[[rule.test]]\ntitle = "A closure ends"\nfires = true', "`test` beside `ends`"),
    ],
)
def test_what_texts_are_asked_has_no_place_beside_an_ending(place: Place, more: str, told: str) -> None:
    place.write("rules/border.toml", ENDING + more + "\n")
    with pytest.raises(InvalidSettings) as raised:
        load_rules(place.rules)
    assert told in str(raised.value.problems[0])


def test_a_rule_on_endings_says_whose_border_it_is_about(place: Place) -> None:
    place.write("rules/border.toml", ENDING.replace('country = "FI"\n', ""))
    with pytest.raises(InvalidSettings, match=r"5:8: `ends` without `country`\. Say whose border"):
        load_rules(place.rules)


def test_rules_come_in_the_order_of_their_files(place: Place) -> None:
    place.write("rules/a.toml", RULE.replace('"border"', '"first"', 1))
    place.write("rules/z.toml", RULE.replace('"border"', '"last"', 1))
    assert [rule.id for rule in load_rules(place.rules)] == ["first", "border", "last"]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (('"digest 08:00"', '"digest 24:00"'), '13:8: `send` has to be "now" or "digest 08:00"'),
        (("over = 100, ", ""), "7:9: `count` has neither `over` nor `times`"),
        (("over = 100", "over = 100, times = 1"), "7:31: `times` has to be a number above 1 such as 3 or 2.5"),
        (('per = "day"', 'times = 3, per = "year"'), "`times` with a running total (`year`)"),
        (("fires = false", "usual = -3\n  fires = false"), "`usual` has to be 0 or more"),
        (("over = 100", "over = 1e2"), "7:18: `over` has to be a whole number without quotes"),
        (("over = 100", "over = -1"), "7:18: `over` has to be 0 or more"),
        (('"migrants"', '"migrant"'), "Did you mean `migrants`?"),
        (("2023-11-16", '"2023-11-16"'), "18:10: `date` has to be a day without quotes"),
        (("fires = false", "fires = true"), "21:13: `because` in a test that fires"),
        (('status = "draft"', 'status = "off"'), "14:10: `status` has to be one of `active`, `draft`"),
        (('says = "Many arrivals in Finland"\n', ""), "1:1: [[rule]] has no `says`"),
        (('all = ["raja*"]', "all = []"), "10:7: `all` is an empty list"),
    ],
)
def test_a_mistake_in_a_rule_is_told(place: Place, change: tuple[str, str], told: str) -> None:
    assert change[0] in FULL
    place.write("rules/border.toml", FULL.replace(*change))
    with pytest.raises(InvalidSettings) as raised:
        load_rules(place.rules)
    assert told in str(raised.value.problems[0])


def test_a_rule_that_only_says_what_must_not_be_there_is_told(place: Place) -> None:
    place.write("rules/border.toml", RULE.replace("any =", "none ="))
    with pytest.raises(InvalidSettings, match="5:8: a rule that only says what must not be there"):
        load_rules(place.rules)


@pytest.mark.parametrize(
    "term", ["Storskog", "Стурскуг*", "Boris*gleb*", "EU", "menee kiinni", "re:\\b(closed?|shut)\\b", "B-52"]
)
def test_a_word_that_finds_what_it_means_is_fine(term: str) -> None:
    assert complaint(term) is None


@pytest.mark.parametrize(
    ("term", "told"),
    [
        ("*", "stands alone"),
        ("close * border", "stands alone"),
        ("*raja", "begins with `*`"),
        ("ra*", "fits too many words"),
        ("the bo*", "fits too many words"),
        ("!?", "holds no letters"),
        ("re:(", "no regular expression"),
        ("re:.*", "fits every text"),
        ("re:", "fits every text"),
        (r"re:(\w+)*x", "repeat inside a repeat"),
    ],
)
def test_a_word_that_finds_too_much_or_nothing_is_told(term: str, told: str) -> None:
    found = complaint(term)
    assert found is not None
    assert told in found[0]
