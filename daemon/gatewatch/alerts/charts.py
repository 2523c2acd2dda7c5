"""A series of counts as bars: a line of block characters, or shares for a table. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gatewatch.model import Point

#: The latest values that a chart shows: a month of days, and no more than a phone is wide.
SHOWN = 31

_BLOCKS = "▁▂▃▄▅▆▇█"


@dataclass(frozen=True, slots=True)
class Bar:
    """One value of a chart; `share` is its part of the highest, 0 to 100."""

    day: str
    value: int
    share: int


def bars(points: Sequence[Point]) -> tuple[Bar, ...]:
    """The latest values, oldest first. Bars begin at zero, so that a small change looks small."""
    shown = points[-SHOWN:]
    highest = max((point.value for point in shown), default=0)
    return tuple(
        Bar(f"{point.day.day} {point.day:%b}", point.value, max(0, round(100 * point.value / max(1, highest))))
        for point in shown
    )


def line_of_blocks(points: Sequence[Point]) -> str:
    """▁▂▅█ for the latest values; empty for fewer than two, which make no chart."""
    if len(points) < 2:
        return ""
    last = len(_BLOCKS) - 1
    return "".join(_BLOCKS[min(last, bar.share * len(_BLOCKS) // 101)] for bar in bars(points))


def caption(points: Sequence[Point]) -> str:
    """39 on 13 Nov, 126 on 22 Nov, highest 163 on 17 Nov: what a line of blocks can't say."""
    shown = bars(points)
    if len(shown) < 2:
        return ""
    highest = max(shown, key=lambda bar: bar.value)
    told = [f"{bar.value} on {bar.day}" for bar in (shown[0], shown[-1])]
    if highest not in (shown[0], shown[-1]):
        told.append(f"highest {highest.value} on {highest.day}")
    return ", ".join(told)
