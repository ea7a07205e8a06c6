"""Whether the figures of a text agree: its own sums, and its sources with each other.

*Finds* "another 61, raising the total to 685 from 600", parts that are more than their whole, and "the army said
12, doctors said 30" of one event. Nothing is averaged or corrected: a check names the claims.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from casualty_extract.records_claims import Claim
from casualty_extract.records_parts import Record
from casualty_extract.tolls import SURE

__all__ = ["Check", "check"]

BACK = 20
"""How many claims back others of the same event are looked at; it keeps endless lists linear."""
BEFORE = re.compile(r"\b(?:before|earlier|previous|previously)\b", re.IGNORECASE)
Kind = Literal["parts", "sum", "contradiction", "denial"]


class Check(Record):
    """Figures that do not agree.

    Attributes:
        kind: "parts" (they are more than their whole), "sum" (an addition does not lead to its total),
            "contradiction" (two sources, one event, two figures) or "denial" (a figure that another denies).
        claims: the ids of the claims.
        message: one line for people, with the figures and their sources.
    """

    kind: Kind
    claims: tuple[str, ...]
    message: str

    def __repr__(self) -> str:
        return f"Check({self.kind}: {self.message})"


def check(claims: Sequence[Claim]) -> tuple[Check, ...]:
    """Check the figures of one text.

    Args:
        claims: its claims, in text order.

    Returns:
        What does not agree, in this order: parts, sums, sources.
    """
    people = [c for c in claims if c.unit == "people" and c.harm is not None]
    return (*_parts(people), *_sums(people), *_sources(people))


def _parts(claims: list[Claim]) -> list[Check]:
    by_id = {c.id: c for c in claims}
    found = []
    by_statement: dict[tuple[str, int, str], list[Claim]] = {}
    for claim in claims:
        whole = by_id.get(claim.part_of or "")
        if whole is not None and claim.harm and whole.quantity.high is not None:
            # Parts of one sentence do not overlap; those of several may: children, and those of one town.
            key = whole.id, claim.evidence.start, claim.harm.label
            by_statement.setdefault(key, []).append(claim)
    for (name, _, _), parts in by_statement.items():
        whole, least = by_id[name], sum(c.quantity.low or 0 for c in parts)
        if whole.quantity.high is not None and least > whole.quantity.high:
            told = " + ".join(c.quantity.text for c in parts)
            message = f"{told} = {least} parts of {whole.quantity.text}"
            found.append(Check(kind="parts", claims=(*(c.id for c in parts), name), message=message))
    return found


def _sums(claims: list[Claim]) -> list[Check]:
    """Sums of the form "12 died; another two died, bringing the toll to 15"."""
    found = []
    for i, total in enumerate(claims):
        if total.scope != "cumulative" or total.quantity.best is None:
            continue
        near = [
            c
            for c in claims[max(0, i - BACK) : i]
            if c.harm and total.harm and c.harm.label == total.harm.label
        ]
        more = [c for c in near if c.scope == "additional" and c.evidence.start == total.evidence.start]
        # "... to 685. It had told of 630 before": what a later sentence tells of the time before goes first.
        near += [
            c for c in claims[i + 1 : i + 4] if BEFORE.search(c.evidence.text) and _harm(c) == _harm(total)
        ]
        before = [c for c in near if c.scope != "additional" and c.part_of is None and c.status in SURE]
        if not more or not before or any(c.quantity.best is None for c in (*more, before[-1])):
            continue
        terms = (before[-1], *more)
        reached = sum(c.quantity.best or 0 for c in terms)
        if reached != total.quantity.best and all(c.quantity.qualifier == "exact" for c in (*terms, total)):
            told = " + ".join(str(c.quantity.best) for c in terms)
            message = f"{told} = {reached}, and the text tells {total.quantity.best}"
            found.append(Check(kind="sum", claims=(*(c.id for c in terms), total.id), message=message))
    return found


def _sources(claims: list[Claim]) -> list[Check]:
    found = []
    seen: dict[tuple[str | None, str], list[Claim]] = {}
    for claim in claims:
        single = claim.quantity.form in {"singular", "name", "zero"}
        if (
            claim.harm is None
            or claim.part_of
            or single
            or claim.scope == "additional"
            or claim.superseded_by
        ):
            continue
        told = seen.setdefault((claim.incident, claim.harm.label), [])
        for other in told[-BACK:]:
            kind = _disagree(other, claim)
            if kind is not None:
                message = f"{_voice(other)}; {_voice(claim)}"
                found.append(Check(kind=kind, claims=(other.id, claim.id), message=message))
        told.append(claim)
    return found


def _disagree(a: Claim, b: Claim) -> Kind | None:
    if _category(a) != _category(b) or _source(a) == _source(b):
        return None
    if (a.status == "denied") != (b.status == "denied"):
        return "denial" if a.quantity.best == b.quantity.best else None
    if a.status not in SURE or b.status not in SURE:
        return None
    apart = _less(a, b) or _less(b, a)
    return "contradiction" if apart else None


def _less(a: Claim, b: Claim) -> bool:
    high, low = a.quantity.high, b.quantity.low
    return high is not None and low is not None and high < low


def _harm(claim: Claim) -> str | None:
    return claim.harm.label if claim.harm else None


def _category(claim: Claim) -> str:
    return claim.victims.category if claim.victims else "unspecified"


def _source(claim: Claim) -> str:
    return claim.attribution.source.name.lower() if claim.attribution else ""


def _voice(claim: Claim) -> str:
    who = claim.attribution.source.name if claim.attribution else "the reporter"
    denied = "not " if claim.status == "denied" else ""
    return f"{who}: {denied}{claim.quantity.text} {claim.harm.label if claim.harm else ''}"
