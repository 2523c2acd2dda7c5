"""Runs the texts that stand beside rules through the same reading and matching as the news."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import ClassVar

from gatewatch.model import DAYS_NEEDED, Item, Level, Reading, Refusal, Rule, RuleTest, Source
from gatewatch.rules.matching import judge
from gatewatch.rules.verdict import Verdict

A_DAY = date(2026, 1, 15)
"""When a test's text was published where it does not say: far from holidays. Always at 12:00 UTC."""


@dataclass(frozen=True, slots=True)
class TestResult:
    """What became of one test. `found` is what the text says to the reading, `doubt` a weak test."""

    __test__: ClassVar[bool] = False  # not a test of pytest's

    rule: str
    title: str
    path: str
    line: int
    passed: bool
    expected: str
    came: str
    found: str
    doubt: str = ""

    @property
    def where(self) -> str:
        return f"{self.path}:{self.line}"


def run_tests(
    rules: Sequence[Rule], read: Callable[[Item, Source], Reading], sources: Mapping[str, Source]
) -> tuple[TestResult, ...]:
    """Every test of every rule, in their order. `sources` are the configured ones, by id."""
    return tuple(_run(rule, test, read, sources) for rule in rules for test in rule.tests)


def untested(rules: Sequence[Rule]) -> tuple[str, ...]:
    """What the tests leave open: rules that were never seen to fire, or never seen to hold back.

    A rule with `ends` goes by no text, and has none.
    """
    open_ends = []
    for rule in (rule for rule in rules if rule.ends is None):
        if not any(test.fires for test in rule.tests):
            open_ends.append(f"{rule.path}:{rule.line}: warning: {rule.id} has no test that fires")
        if all(test.fires for test in rule.tests):
            open_ends.append(f"{rule.path}:{rule.line}: warning: {rule.id} has no test that does not fire")
    return tuple(open_ends)


def _run(
    rule: Rule, test: RuleTest, read: Callable[[Item, Source], Reading], sources: Mapping[str, Source]
) -> TestResult:
    source = source_of(test, sources)
    item = item_of(test, source)
    reading = read(item, source)
    level = Level() if test.usual is None else Level(float(test.usual), DAYS_NEEDED)
    said = judge(rule, item, source, reading, lambda *_: level)
    return TestResult(
        rule=rule.id,
        title=test.title,
        path=rule.path,
        line=test.line or rule.line,
        passed=_as_expected(test, said),
        expected=_expected(test),
        came=said.why if isinstance(said, Refusal) else "it fires",
        found=summary(reading),
        doubt=_doubt(test, said),
    )


def source_of(test: RuleTest, sources: Mapping[str, Source]) -> Source:
    """The configured source that the test names, else one made up; the test's own country goes first."""
    named = test.source or "test"
    source = sources.get(named) or Source(id=named, url="")
    return replace(source, country=test.country) if test.country else source


def item_of(test: RuleTest, source: Source) -> Item:
    noon = datetime.combine(test.date or A_DAY, time(12), UTC)
    return Item(
        id=f"test-{test.line}",
        source=source.id,
        title=test.title,
        summary=test.text,
        published=noon,
        seen=noon,
        language=test.language or source.language,
    )


def summary(reading: Reading) -> str:
    """What the reading found, in a few words."""
    events = [_told(each.background, each.type, each.country, *each.crossings) for each in reading.events]
    counts = [
        _told(each.background, str(each.value), each.unit, each.per, each.country) for each in reading.counts
    ]
    return f"[{reading.language}] " + (", ".join(events + counts) or "nothing")


def _told(background: bool, *words: str) -> str:
    return " ".join(words) + " (recalled)" * background


def _as_expected(test: RuleTest, said: Verdict) -> bool:
    if isinstance(said, Refusal):
        return not test.fires and test.because in (None, said.clause)
    return test.fires


def _expected(test: RuleTest) -> str:
    if test.fires:
        return "fires"
    return f"does not fire because of {test.because}" if test.because else "does not fire"


def _doubt(test: RuleTest, said: Verdict) -> str:
    """A test that names no clause would also pass if the rule were broken elsewhere."""
    if isinstance(said, Refusal) and not test.fires and not test.because:
        return f'can pass for the wrong reason; write because = "{said.clause}"'
    return ""
