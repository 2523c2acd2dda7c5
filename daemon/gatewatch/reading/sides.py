"""On which side of a border it closes, where a text names both: the one that is told to act, not the one across."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gatewatch.model import EventType, Scope
from gatewatch.reading.claims import Claim


def on_one_side(claims: Sequence[Claim]) -> list[Claim]:
    """The claims, with a closing that only seems to be the neighbour's given to the country that closes.

    "Poland closes its border. On Friday the crossing at Brest was shut": Brest is the name on the other side. Where
    both act ("Belarus closes its side, too") both keep their own.
    """
    return [_given(claim, claims) for claim in claims]


def _given(claim: Claim, claims: Sequence[Claim]) -> Claim:
    if claim.type is not EventType.CLOSURE_ANNOUNCED or claim.acts:
        return claim
    if any(other.acts and other.country == claim.country for other in claims):
        return claim
    for other in claims:
        if other.type is not EventType.CLOSURE_ANNOUNCED or not other.acts or other.country == claim.country:
            continue
        if other.evidence == claim.evidence:
            continue  # "Thailand and Cambodia close their crossings": both do
        across = other.neighbour == claim.country or claim.neighbour == other.country
        if across and not (claim.crossings and other.country not in claim.beside and other.sentence != 0):
            scope = Scope.UNSPECIFIED if claim.crossings and not other.crossings else claim.scope
            why = f"{claim.why}; {other.country} acts"
            return replace(
                claim,
                country=other.country,
                neighbour=claim.country,
                crossings=other.crossings,
                scope=other.scope if other.crossings else scope,
                why=why,
            )
    return claim
