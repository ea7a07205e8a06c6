"""The actor of an incident, told beside one of its figures, for the same figure or person told again.

*Finds* "Troops shot a baker, Ali Dahli. ... Dahli was hit by six bullets": the troops hit him; "Nine people
were killed. ... The nine were killed by rebels": the first nine too.
*Leaves alone* figures with an actor of their own, other figures of the incident, running totals, and figures
that are told with two actors.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from casualty_extract.records import Claim
from casualty_extract.records_parts import Span

__all__ = ["RULE", "actors"]

RULE = "actor of the same harm, told again"
HARMED = frozenset({"killed", "injured", "casualties"})


def actors(claims: Iterable[Claim], again: Mapping[str, str]) -> dict[str, Span]:
    """Find for claims of one incident that name no actor the one told with the same harm.

    Args:
        claims: the claims of one incident, in text order.
        again: for each claim of a person told of before, by id, the id of the first one.

    Returns:
        The actors by the id of the claim.
    """
    harmed = [
        c
        for c in claims
        if c.harm and c.harm.label in HARMED and c.unit == "people" and c.scope != "cumulative"
    ]
    told: dict[tuple[str, str | int], dict[str, Span]] = {}
    for claim in harmed:
        key = _key(claim, again)
        if key is not None and claim.perpetrator is not None:
            told.setdefault(key, {}).setdefault(claim.perpetrator.text.lower(), claim.perpetrator)
    found: dict[str, Span] = {}
    for claim in harmed:
        key = _key(claim, again)
        if key is None or claim.perpetrator is not None:
            continue
        mine = told.get(key, {})
        if len(mine) == 1:
            found[claim.id] = next(iter(mine.values()))
    return found


def _key(claim: Claim, again: Mapping[str, str]) -> tuple[str, str | int] | None:
    """What is the same where a harm is told again: the person, or the figure of two or more."""
    harm, best = claim.harm.label if claim.harm else "", claim.quantity.best
    if claim.quantity.form == "name" or claim.id in again:
        return harm, again.get(claim.id, claim.id)
    return (harm, best) if best is not None and best > 1 else None
