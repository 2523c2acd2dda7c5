"""A second look at the numbers of a text, by weights that were learned from labelled texts: do they count people?

What the rules of grammar counted is dropped where that is unlikely; a number that they passed over is counted where
it is likely. See docs/learning.md.
"""

from __future__ import annotations

from dataclasses import replace

from gatewatch.model import Count, Step
from gatewatch.reading.candidates import Told
from gatewatch.reading.counting import Figure, counted
from gatewatch.reading.number_traits import BEFORE, BEHIND, traits_of
from gatewatch.reading.setting import Setting
from gatewatch.reading.table import Table, chance_of
from gatewatch.reading.weights import Weights


def second_count(told: Told, weights: Weights) -> tuple[list[Count], tuple[Step, ...]]:
    """The counts that stand after it, and what was added and dropped."""
    found: list[Count] = []
    steps: list[Step] = []
    for figure in told.figures:
        chance = _chance(figure, told.setting, weights.numbers)
        read = figure.count
        if read is not None and not read.background:
            if chance >= weights.keep_count:
                found.append(read)
            else:
                steps.append(_step("dropped", read, f"only {chance:.0%} sure"))
        elif chance >= weights.add_count and (more := _now(figure, told)) is not None:
            found.append(more)
            steps.append(_step("added", more, f"{chance:.0%} sure"))
        elif read is not None:
            found.append(read)
    return found, tuple(steps)


def _chance(figure: Figure, setting: Setting, table: Table) -> float:
    """How sure it is that a number counts people who come, as news."""
    traits = traits_of(figure.number, figure.clause, figure.count, setting)
    words = table.weigh_words(traits.before, setting.language, BEFORE)
    words += table.weigh_words(traits.behind, setting.language, BEHIND)
    (odds,) = table.scores((words, table.weigh(traits.concepts), table.weigh(traits.place)))
    return chance_of(odds)


def _now(figure: Figure, told: Told) -> Count | None:
    """What the rules took for background or passed over, as news."""
    count = figure.count or counted(figure, told.setting, told.texts)
    return None if count is None else replace(count, background=False)


def _step(verdict: str, count: Count, how: str) -> Step:
    what = f"{count.country} {count.value} {count.unit}"
    return Step(verdict, what, f"learned from labelled texts: {how}", count.evidence)
