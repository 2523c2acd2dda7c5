"""Rules of all kinds, as many as are asked for: a desk that watches hundreds of borders has them."""

from __future__ import annotations

from itertools import product
from string import ascii_uppercase

from gatewatch.model import CountClause, EventType, Per, Rule, Severity
from gatewatch.rules import RuleSet

COUNTRIES = ("FI", "EE", "NO", *("".join(pair) for pair in product("QXZ", ascii_uppercase)))
TYPES = tuple(EventType)
KINDS = 5


def rule_set(number: int) -> RuleSet:
    """The first `number` of a row of rules that does not end: the larger set holds the smaller one."""
    return RuleSet([rule(n) for n in range(number)])


def rule(n: int) -> Rule:
    country, said = COUNTRIES[n % len(COUNTRIES)], f"Rule {n}"
    match n % KINDS:
        case 0:
            event = TYPES[n // KINDS % len(TYPES)]
            return Rule(id=f"e{n}", says=said, severity=Severity.HIGH, country=(country,), event=(event,))
        case 1:
            over = CountClause(50 + n, (Per.DAY,))
            return Rule(id=f"c{n}", says=said, severity=Severity.HIGH, country=(country,), count=over)
        case 2:
            crossing = (f"Crossing {n}",)
            return Rule(id=f"x{n}", says=said, severity=Severity.HIGH, country=(country,), crossing=crossing)
        case 3:
            words = (f"border{n}*", f"closing of gate{n}")
            return Rule(id=f"w{n}", says=said, severity=Severity.HIGH, any=words, none=("football*",))
    return Rule(id=f"a{n}", says=said, severity=Severity.HIGH, country=(country,), all=(f"checkpoint{n}", "border*"))
