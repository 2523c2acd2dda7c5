"""The weights of the second look, which come with Gatewatch: see docs/learning.md."""

from __future__ import annotations

from importlib import resources


def learned() -> bytes:
    """What `make weights` wrote, for a Reader. Nobody tunes it by hand, so it is no file of rules/."""
    return resources.files("gatewatch.settings").joinpath("learned.bin").read_bytes()
