"""Which process descends from which, as this machine counts them."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Process:
    """`ids` are its numbers in each pid namespace that it lives in, the outermost (`id`) first."""

    id: int
    parent: int
    ids: tuple[int, ...]


def descendants(ancestor: int) -> list[Process]:
    """Children, their children and so on, each after its parent."""
    everyone = _everyone()
    found: list[Process] = []
    generation = {ancestor}
    while generation:
        children = [one for one in everyone if one.parent in generation]
        found.extend(children)
        generation = {one.id for one in children}
    return found


def depth_here() -> int:
    """In how many pid namespaces this process lives."""
    return next(len(one.ids) for one in _everyone() if one.id == os.getpid())


def _everyone() -> list[Process]:
    found = []
    for directory in Path("/proc").glob("[0-9]*"):
        try:
            lines = (directory / "status").read_text().splitlines()
        except OSError:
            continue  # it has ended
        told = dict(line.split(":", 1) for line in lines)
        found.append(Process(int(directory.name), int(told["PPid"]), tuple(map(int, told["NSpid"].split()))))
    return found
