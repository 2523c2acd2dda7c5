"""The texts beside a rule go the way of the news, and can't pass for the wrong reason."""

from datetime import UTC, date, datetime

from gatewatch.model import EventType, Item, Reading, Rule, RuleTest, Source
from gatewatch.rules import TestResult, run_tests, untested

from .rule_texts import NOTHING, count, event, reading, rule

ANNOUNCED, CONSIDERED = EventType.CLOSURE_ANNOUNCED, EventType.CLOSURE_CONSIDERED


class PreparedReader:
    """Gives a reading made beforehand, and keeps what it was asked to read."""

    def __init__(self, said: Reading) -> None:
        self.said = said
        self.asked: list[tuple[Item, Source]] = []

    def read(self, item: Item, source: Source) -> Reading:
        self.asked.append((item, source))
        return self.said


def closure(*tests: RuleTest) -> Rule:
    return rule(country=("FI",), event=(ANNOUNCED,), tests=tests, path="rules/finland.toml", line=3)


def run(test: RuleTest, said: Reading) -> TestResult:
    (result,) = run_tests([closure(test)], PreparedReader(said).read, {})
    return result


def asked(test: RuleTest, *sources: Source) -> tuple[Item, Source]:
    reader = PreparedReader(NOTHING)
    run_tests([closure(test)], reader.read, {source.id: source for source in sources})
    return reader.asked[0]


def test_a_text_that_should_fire_and_fires_passes() -> None:
    result = run(RuleTest("Closed", fires=True), reading(event()))
    assert (result.passed, result.came, result.doubt) == (True, "it fires", "")


def test_a_text_that_should_fire_and_does_not_fails_with_the_reason_and_the_place() -> None:
    result = run(
        RuleTest("Closed", fires=True, line=17), reading(event(CONSIDERED), count(60, background=True))
    )
    assert not result.passed
    assert result.where == "rules/finland.toml:17"
    assert result.expected == "fires"
    assert result.came == "event: the text says closure_considered for FI; the rule wants closure_announced"
    assert result.found == "[en] closure_considered FI, 60 asylum_seekers day FI (recalled)"


def test_a_text_that_should_not_fire_and_fires_fails() -> None:
    result = run(RuleTest("Closed", fires=False, because="event"), reading(event()))
    assert not result.passed
    assert (result.expected, result.came) == ("does not fire because of event", "it fires")


def test_the_right_answer_for_another_reason_fails() -> None:
    result = run(RuleTest("Closed", fires=False, because="event"), reading(event(country="EE")))
    assert not result.passed
    assert result.came == "country: the text says closure_announced for EE; the rule wants FI"


def test_the_right_answer_for_the_named_reason_passes_without_doubt() -> None:
    result = run(RuleTest("Closed", fires=False, because="country"), reading(event(country="EE")))
    assert (result.passed, result.doubt) == (True, "")


def test_a_test_that_names_no_reason_passes_with_a_doubt() -> None:
    result = run(RuleTest("Open", fires=False), NOTHING)
    assert result.passed
    assert result.doubt == 'can pass for the wrong reason; write because = "event"'
    assert result.found == "[en] nothing"


def test_a_text_is_news_of_noon_on_its_day() -> None:
    item, _ = asked(RuleTest("T", fires=True, text="Body", language="fi", date=date(2023, 11, 16)))
    assert (item.title, item.text, item.language) == ("T", "Body", "fi")
    assert item.published == item.seen == datetime(2023, 11, 16, 12, tzinfo=UTC)


def test_a_text_without_a_day_always_has_the_same() -> None:
    item, _ = asked(RuleTest("T", fires=True))
    assert item.dated == datetime(2026, 1, 15, 12, tzinfo=UTC)


def test_a_text_comes_from_the_configured_source_that_it_names() -> None:
    raja = Source("raja-fi", "http://127.0.0.1/", country="FI", language="fi", official=True)
    item, source = asked(RuleTest("T", fires=True, source="raja-fi"), raja)
    assert source == raja
    assert (item.source, item.language) == ("raja-fi", "fi")


def test_a_source_that_is_not_configured_is_plain_with_the_country_of_the_test() -> None:
    item, source = asked(RuleTest("T", fires=True, source="raja-fi", country="FI"))
    assert (source.id, source.country, source.official) == ("raja-fi", "FI", False)
    assert item.source == "raja-fi"


def test_without_source_and_country_there_is_no_home() -> None:
    _, source = asked(RuleTest("T", fires=True))
    assert source.country is None


def test_rules_that_were_never_seen_to_fire_or_to_hold_back_are_named() -> None:
    yes, no = RuleTest("T", fires=True), RuleTest("T", fires=False)
    assert untested([closure(yes, no)]) == ()
    assert untested([closure(yes)]) == ("rules/finland.toml:3: warning: r has no test that does not fire",)
    assert untested([closure(no)]) == ("rules/finland.toml:3: warning: r has no test that fires",)
    assert len(untested([closure()])) == 2
