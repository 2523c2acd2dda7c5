"""What a name does in its sentence: acts, owns a border, stands across it, is where people come from or go to."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from gatewatch.model import Crossing


class Part(StrEnum):
    """What a country's name does in its sentence."""

    NAMED = "named"
    OWNER = "owner"  # Finland's border, Suomen raja
    NEIGHBOUR = "neighbour"  # the border with Russia, Venäjän vastainen raja
    DECIDER = "decider"  # Finland's decision, Suomen päätös
    AUTHORITY = "authority"  # Finnish Border Guard
    ORIGIN = "origin"  # came from Russia, Venäjältä
    GOAL = "goal"  # came to Finland, Suomeen
    EXAMPLE = "example"  # like Finland, Suomen tavoin: told of, not acting


NAMES = (Part.NAMED, Part.AUTHORITY)
"""What a name does that may act: it stands there, or is an authority's."""


class Mention(NamedTuple):
    """A country or crossing at tokens `first` to `last`. `part` is what it does there."""

    country: str
    first: int
    last: int
    part: Part = Part.NAMED
    crossing: Crossing | None = None
    towards: str | None = None
    adjective: bool = False  # "Russian", "ryska": seldom one who acts
