"""Claims, and the incidents that they tell of."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import Annotated, Self

from pydantic import Field, model_validator

from casualty_extract.records_parts import (
    Attribution,
    Category,
    Cause,
    CauseLabel,
    Count,
    Harm,
    HarmLabel,
    Intent,
    Place,
    Quantity,
    Record,
    Scope,
    Span,
    Status,
    Time,
    Unit,
    Victims,
    check_order,
)

__all__ = ["Claim", "Incident", "IncidentTime", "Toll", "claim_id"]


def claim_id(
    sha256: str, figure: tuple[int, int], unit: str, label: str | None, harm_start: int | None
) -> str:
    """Derive a claim's id from the text and the claim's own passages, so that a claim found again keeps it.

    >>> claim_id("ab12", (14, 16), "people", "killed", 7)
    'b4989b726933b6eb6d6b69c8'

    Args:
        sha256: of the text.
        figure: where the figure starts and ends.
        unit: what is counted.
        label: of the harm, where the claim has one.
        harm_start: where the word of harm starts.
    """
    key = [sha256, *figure, unit, label, harm_start]
    return hashlib.sha256(json.dumps(key).encode()).hexdigest()[:24]


class Claim(Record):
    """One figure of harm that a text states, whoever states it and however sure they are.

    Attributes:
        id: derived from the text and the claim's own passages: the same claim keeps it.
        quantity: how many.
        unit: what is counted.
        harm: what happened; null only for counted incidents that name no harm.
        victims: to whom; null where no people are counted.
        scope: the toll of one event, an addition to one, or a running total.
        intent: where the text says that the harm was meant or not.
        cause: by what.
        perpetrator: who did it or is blamed.
        time: when the harm happened, or the period of a running total.
        places: where, most specific first.
        attribution: who says so; null where the reporter speaks.
        status: how far the text stands behind the figure.
        evidence: the sentence that states it.
        part_of: the id of the claim whose figure contains this one.
        incident: the id of the incident it belongs to.
        confidence: the probability that nothing in the claim has to be corrected; null where it is not known.
        superseded_by: the id of the claim of the same toll that took this one's place: "to 45 from 40".
    """

    id: str
    quantity: Quantity
    unit: Unit
    harm: Harm | None
    victims: Victims | None
    scope: Scope
    intent: Intent | None
    cause: Cause | None
    perpetrator: Span | None
    time: Time | None
    places: tuple[Place, ...]
    attribution: Attribution | None
    status: Status
    evidence: Span
    part_of: str | None
    incident: str | None
    confidence: Annotated[float, Field(ge=0, le=1)] | None = None
    superseded_by: str | None = None

    def __repr__(self) -> str:
        harm = self.harm.label if self.harm else self.unit
        who = f" {self.victims.category}" if self.victims and self.victims.category != "unspecified" else ""
        q = self.quantity
        said = f", {self.attribution.source.name!r}" if self.attribution else ""
        return f"Claim({q.text!r} {q.start}:{q.end}{who} {harm}, {self.status}{said})"

    def _repr_html_(self) -> str:
        """Show itself in a notebook."""
        # Only notebooks ask for it.
        from casualty_extract import displays

        return displays.claim(self.model_dump(mode="json"))


class Toll(Record):
    """What the claims of one incident add up to, for one harm and one category of victims.

    Attributes:
        harm: which harm is counted.
        category: which victims are counted.
        low: the least number that can be meant.
        best: the number; the greatest where statements about the same people differ.
        high: the greatest; null where it is open.
        rule: by which rule the claims were brought to one number.
        low_claims: the ids of the claims that `low` rests on.
        best_claims: the ids of those that `best` rests on.
        high_claims: the ids of those that `high` rests on.
    """

    harm: HarmLabel
    category: Category
    low: Count | None
    best: Count | None
    high: Count | None
    rule: str | None = None
    low_claims: tuple[str, ...] = ()
    best_claims: tuple[str, ...] = ()
    high_claims: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        check_order(self.low, self.best, self.high)
        return self


class IncidentTime(Record):
    """The interval of civil dates of an incident, both ends included.

    Attributes:
        earliest: the first day that any of its claims tells; null where none does.
        latest: the last day; null where none is told.
    """

    earliest: date | None
    latest: date | None


class Incident(Record):
    """One event, or one running total, with the claims about it.

    Attributes:
        id: `i1`, `i2`, in the order of their first claims; it means nothing outside its extraction.
        claims: the ids of its claims, in text order.
        time: from the first to the last day of its claims; null where none has a time.
        places: the names of their places.
        cause: the first that is told and is not `other`.
        perpetrator: the first that is named.
        tolls: what its claims add up to, for each harm and category of victims.
    """

    id: str
    claims: tuple[str, ...]
    time: IncidentTime | None
    places: tuple[str, ...]
    cause: CauseLabel | None
    perpetrator: str | None
    tolls: tuple[Toll, ...]

    def _repr_html_(self) -> str:
        """Show itself in a notebook."""
        from casualty_extract import displays

        return displays.incident(self.model_dump(mode="json"))
