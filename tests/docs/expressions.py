"""What PromQL expressions name, as far as a test has to know."""

from __future__ import annotations

import re

FUNCTIONS = {"time", "rate", "increase", "histogram_quantile", "topk", "vector", "label_values"}
WORDS = {"sum", "max", "count", "by", "or"}

_STRING = re.compile(r'"[^"]*"')
_RANGE = re.compile(r"\[[^\]]*\]")
_GROUPED = re.compile(r"\bby \(([^)]*)\)")
_SELECTED = re.compile(r"\{([^}]*)\}")
_NAME = re.compile(r"\b[a-zA-Z_]\w*\b")


def metrics_in(expression: str) -> set[str]:
    """The metrics that an expression names. Words that are neither those nor known functions count as metrics."""
    bare = _RANGE.sub("", _SELECTED.sub("", _STRING.sub("", _GROUPED.sub("", expression))))
    return set(_NAME.findall(bare)) - FUNCTIONS - WORDS


def labels_in(expression: str) -> set[str]:
    """The labels by which an expression selects or groups."""
    found = set()
    for listed in _GROUPED.findall(expression):
        found |= {label.strip() for label in listed.split(",")}
    for selected in _SELECTED.findall(_STRING.sub("", expression)):
        found |= set(_NAME.findall(selected))
    return found
