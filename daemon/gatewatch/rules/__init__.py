"""Lays rules on what was read, and tests them by the texts that stand beside them. Pure."""

from gatewatch.rules.matching import RuleSet as RuleSet
from gatewatch.rules.matching import judge as judge
from gatewatch.rules.testing import TestResult as TestResult
from gatewatch.rules.testing import run_tests as run_tests
from gatewatch.rules.testing import untested as untested
