"""rules/*.toml: [[rule]] with its [[rule.test]]."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated, Any

from pydantic import Field, StrictBool, StrictInt, StrictStr

from gatewatch.model import Confirmation, CountClause, Rule, RuleTest
from gatewatch.settings import values
from gatewatch.settings.known import listed
from gatewatch.settings.positions import Loc
from gatewatch.settings.toml_file import Finding, TomlFile, tables_in

CLAUSES = ("country", "event", "count", "crossing", "source", "any", "all", "none")
"""What a rule can ask of an item. One that only has `none` would fire on nearly all news."""

Number = Annotated[StrictInt, Field(ge=0)]


class CountTable(values.Table):
    over: Number = 0
    per: values.Periods = ()
    unit: values.Units = ()
    rearm_below: Number | None = None
    times: values.Times | None = None


class TestTable(values.Table):
    title: values.Line
    fires: StrictBool
    text: StrictStr = ""
    source: values.Id | None = None
    language: values.Language | None = None
    country: values.Country | None = None
    date: values.Day | None = None
    because: StrictStr | None = None
    usual: Number | None = None


class RuleTable(values.Table):
    id: values.Id
    says: values.Line
    severity: values.SeverityName
    country: values.Countries = ()
    event: values.Events = ()
    count: CountTable | None = None
    crossing: values.Crossings = ()
    source: values.Sources = ()
    any: values.FreeWords = ()
    all: values.FreeWords = ()
    none: values.FreeWords = ()
    repeat: values.Duration | None = None
    ends: values.Duration | None = None
    send: values.SendTime | None = None
    confirmed: values.ConfirmationName = Confirmation.ONE
    status: values.Status = "active"
    test: tuple[TestTable, ...] = ()


class RuleFile(values.Table):
    rule: tuple[RuleTable, ...] = ()


def rules_in(written: RuleFile, file: TomlFile) -> tuple[Rule, ...]:
    return tuple(_rule(table, file, ("rule", number)) for number, table in enumerate(written.rule))


def _rule(table: RuleTable, file: TomlFile, loc: Loc) -> Rule:
    plain = table.model_dump(exclude={"count", "test"})
    count = CountClause(**table.count.model_dump()) if table.count else None
    tests = tuple(
        RuleTest(**test.model_dump(), line=file.line((*loc, "test", number)))
        for number, test in enumerate(table.test)
    )
    return Rule(**plain, count=count, tests=tests, path=str(file.path), line=file.line(loc))


def contradictions(file: TomlFile) -> Iterator[Finding]:
    """What each key by itself does not show. Looks at the raw tables, so that other mistakes hide nothing."""
    for loc, rule in file.tables("rule"):
        yield from _ends(loc, rule) if "ends" in rule else _clauses(loc, rule)
        yield from _count(loc, rule.get("count"))
        for at, test in tables_in(rule, "test", loc):
            yield from _because(at, test, [clause for clause in CLAUSES if clause in rule])


def _clauses(loc: Loc, rule: dict[str, Any]) -> Iterator[Finding]:
    asked = [clause for clause in CLAUSES if clause in rule]
    if not asked:
        yield Finding(loc, "a rule that asks for nothing", f"Give it at least one of {listed(CLAUSES[:-1])}")
    elif asked == ["none"]:
        yield Finding((*loc, "none"), "a rule that only says what must not be there", "Add `any` or `event`")


def _ends(loc: Loc, rule: dict[str, Any]) -> Iterator[Finding]:
    """Such a rule goes by the clock and by what is closed, not by what a text says."""
    if "country" not in rule:
        yield Finding((*loc, "ends"), "`ends` without `country`", "Say whose border it is about")
    for key in (*CLAUSES, "repeat", "confirmed", "test"):
        if key in rule and key not in ("country", "crossing"):
            what = f"`{key}` beside `ends`, which no text makes fire"
            yield Finding((*loc, key), what, "Beside `ends` only `country` and `crossing` are asked", on_key=True)


def _count(loc: Loc, count: object) -> Iterator[Finding]:
    if not isinstance(count, dict):
        return
    over, rearm = count.get("over"), count.get("rearm_below")
    if over is None and "times" not in count:
        yield Finding((*loc, "count"), "`count` has neither `over` nor `times`", "As in { over = 100 }")
    if "times" in count:
        yield from _times(loc, count)
    if isinstance(over, int) and isinstance(rearm, int) and rearm > over:
        what = f"`rearm_below` has to be {over} (`over`) or less, not `{rearm}`"
        yield Finding((*loc, "count", "rearm_below"), what)


RUNNING = ("month", "year", "since", "unspecified")
"""What is counted so only grows; of that nothing is usual."""


def _times(loc: Loc, count: dict[str, Any]) -> Iterator[Finding]:
    per = count.get("per")
    for period in per if isinstance(per, list) else [per]:
        if period in RUNNING:
            what = f"`times` with a running total (`{period}`), of which nothing is usual"
            yield Finding((*loc, "count", "times"), what, 'Ask for per = "day"')


def _because(loc: Loc, test: dict[str, Any], clauses: Iterable[str]) -> Iterator[Finding]:
    clause = test.get("because")
    if clause is None:
        return
    if test.get("fires") is True:
        hint = "Drop one of them: `because` names the clause that says no"
        yield Finding((*loc, "because"), "`because` in a test that fires", hint)
    elif clause not in clauses:
        hint = f"It has {listed(list(clauses))}" if clauses else ""
        yield Finding((*loc, "because"), f"`because` names no clause of this rule: `{clause}`", hint)
