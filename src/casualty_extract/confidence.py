"""How likely it is that nobody would have to correct a claim: its figure, whose harm, when, in which country, who says
so and how surely, all at once.

A logistic regression over what is known of a claim and of its article; its weights stand in `model/confidence.json`
and come from `training/confidence.py`, which fits them on annotated articles and tells how well they hold on articles
that they were not fitted on. They say nothing of whether the text is right.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any

from casualty_extract.records import Claim

__all__ = ["features", "rate"]

Decisions = Sequence[Mapping[str, Any]]
"""The decisions behind one claim: "slot", "rule" and more."""

SLOTS = frozenset({"harm", "time", "places", "victims"})
"""The slots whose rules tell; those of figures, sources and statuses are right nearly always."""
DIGITS = 3


def rate(claims: Sequence[Claim], decisions: Sequence[Decisions]) -> list[float]:
    """Give the probability of each claim of one article that all of it is right.

    >>> rate([], [])
    []

    Args:
        claims: the claims, with their incidents.
        decisions: for each of them, the decisions that made it.
    """
    weights = _weights()
    return [
        round(_logistic(weights[""] + sum(weights.get(name, 0.0) * x for name, x in found.items())), DIGITS)
        for found in features(claims, decisions)
    ]


def features(claims: Sequence[Claim], decisions: Sequence[Decisions]) -> Iterator[dict[str, float]]:
    """Give for each claim what speaks for and against it, by name.

    Args:
        claims: the claims of one article, with their incidents.
        decisions: for each of them, the decisions that made it.

    Yields:
        Values between 0 and about 2, by name.
    """
    beside = Counter(claim.evidence.start for claim in claims)
    incidents = Counter(claim.incident for claim in claims)
    countries = {place.country for claim in claims for place in claim.places}
    whole = {
        "article.claims": math.log10(1 + len(claims)),
        "article.incidents": math.log10(1 + len(incidents)),
        "article.countries": math.log10(1 + len(countries)),
    }
    for n, (claim, made) in enumerate(zip(claims, decisions, strict=True)):
        found = dict.fromkeys(_signs(claim), 1.0)
        found |= dict.fromkeys(_rules(made), 1.0)
        yield {
            **found,
            **whole,
            "claim.position": math.log10(1 + n),
            "sentence.length": math.log10(1 + len(claim.evidence.text)) - 2.0,
            "sentence.claims": math.log10(beside[claim.evidence.start]),
            "incident.claims": math.log10(incidents[claim.incident]),
        }


def _signs(claim: Claim) -> Iterator[str]:
    yield f"quantity.{claim.quantity.form}"
    yield f"quantity.{claim.quantity.qualifier}"
    yield f"unit.{claim.unit}"
    yield f"harm.{claim.harm.label if claim.harm else None}"
    yield f"victims.{claim.victims.category if claim.victims else None}"
    yield f"scope.{claim.scope}"
    yield f"status.{claim.status}"
    if claim.part_of is not None:
        yield "part_of"
    yield from _said(claim)
    yield from _when(claim)
    yield from _where(claim)


def _said(claim: Claim) -> Iterator[str]:
    said = claim.attribution
    if said is None:
        yield "source.none"
        return
    yield f"source.{said.source.kind}"
    yield f"form.{said.form}"
    if not claim.evidence.start <= said.cue.start < claim.evidence.end:
        yield "source.elsewhere"


def _when(claim: Claim) -> Iterator[str]:
    when = claim.time
    if when is None:
        yield "time.none"
        return
    yield f"time.{when.basis}"
    yield f"time.{when.grain}"
    if when.earliest is None and when.latest is None:
        yield "time.undated"


def _where(claim: Claim) -> Iterator[str]:
    if not claim.places:
        yield "places.none"
        return
    first = claim.places[0]
    yield f"places.{first.basis}"
    yield f"places.{first.kind}"
    if first.country is None:
        yield "places.no_country"
    if len({place.country for place in claim.places}) > 1:
        yield "places.countries"


def _rules(made: Decisions) -> Iterator[str]:
    seen: set[str] = set()
    for decision in made:
        slot = decision["slot"]
        if slot in SLOTS and slot not in seen:
            seen.add(slot)
            yield f"rule.{slot}.{str(decision['rule']).split('; ')[-1]}"


@cache
def _weights() -> dict[str, float]:
    text = resources.files("casualty_extract").joinpath("model", "confidence.json").read_text("utf-8")
    weights: dict[str, float] = json.loads(text)["weights"]
    return weights


def _logistic(x: float) -> float:
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, x))))
