"""Rules × item × reading → matches, or the clause that said no. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from gatewatch.model import Item, Match, Reading, Refusal, Rule, Source, UsualLevel, nothing_is_usual
from gatewatch.rules.terms import Terms
from gatewatch.rules.triggers import Triggers
from gatewatch.rules.verdict import Facts, Verdict, facts_of, verdict


class RuleSet:
    """Rules made ready once, then laid on many items. What an item says costs time, not how many rules."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.rules = tuple(rules)
        self._terms = Terms(term for rule in rules for term in (*rule.any, *rule.all, *rule.none))
        self._triggers = Triggers(self.rules)

    def matches(
        self, item: Item, source: Source, reading: Reading, usual: UsualLevel = nothing_is_usual
    ) -> tuple[Match, ...]:
        """What fires, in the order of the rules."""
        facts = self._facts(item, source, reading, usual)
        verdicts = (verdict(self.rules[number], facts) for number in self._triggers.reached(facts))
        return tuple(match for said in verdicts if not isinstance(said, Refusal) for match in said)

    def explain(
        self, item: Item, source: Source, reading: Reading, usual: UsualLevel = nothing_is_usual
    ) -> tuple[Match | Refusal, ...]:
        """The verdict of every rule, asked one by one."""
        facts = self._facts(item, source, reading, usual)
        verdicts = (verdict(rule, facts) for rule in self.rules)
        return tuple(each for said in verdicts for each in ((said,) if isinstance(said, Refusal) else said))

    def _facts(self, item: Item, source: Source, reading: Reading, usual: UsualLevel) -> Facts:
        return facts_of(item, source, reading, self._terms.found_in(item), usual)


def judge(
    rule: Rule, item: Item, source: Source, reading: Reading, usual: UsualLevel = nothing_is_usual
) -> Verdict:
    """One rule alone: its matches, or why not."""
    said = RuleSet((rule,)).explain(item, source, reading, usual)
    first = said[0]
    return first if isinstance(first, Refusal) else tuple(each for each in said if isinstance(each, Match))
