"""The names that a file may refer to, and what a mistaken one was probably meant to be."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Known:
    """What other files and tables define. None: not asked here, or its file is broken, so nothing is said."""

    countries: Collection[str] | None = None
    country_names: Mapping[str, str] = field(default_factory=dict)  # "finland" → FI
    crossings: Collection[str] | None = None
    sources: Collection[str] | None = None
    channels: Collection[str] | None = None
    rules: Collection[str] | None = None


def suggestion(written: str, known: Collection[str]) -> str:
    """A hint: the nearest of the known names, or all where there are few."""
    if near := nearest(written, known):
        return f"Did you mean `{near}`?"
    names = sorted(known)
    if not names:
        return ""
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return f"There is {listed(names[:_SHOWN])}{more}"


def nearest(written: str, known: Collection[str]) -> str | None:
    """The known name that looks most like what is written, whatever its case."""
    folded = {name.casefold(): name for name in sorted(known)}
    found = get_close_matches(written.casefold(), folded, n=1, cutoff=0.6)
    return folded[found[0]] if found else None


def listed(names: Collection[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def shown(value: object) -> str:
    """A value as it is told to its author: short and on one line."""
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    text = " ".join(str(value).split())
    return f"`{text[:40]}…`" if len(text) > 40 else f"`{text}`"
