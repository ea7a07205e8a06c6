"""The records of an archive: incidents told of in several articles, with the history of their figures."""

from __future__ import annotations

import json
from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import Field, ValidationError, model_validator

from casualty_extract.errors import InputError
from casualty_extract.records import IncidentTime
from casualty_extract.records_parts import (
    Category,
    CauseLabel,
    Count,
    HarmLabel,
    Record,
    Scope,
    SourceKind,
    Status,
    Unit,
    check_order,
)

__all__ = ["ClaimKey", "Entry", "LinkedIncident", "LinkedToll", "Member", "Sign"]

Sign = Literal[
    "first", "copy", "same day", "next day", "same time", "same week", "same town", "near place", "same region", "same country",
    "same cause", "like cause", "same figure", "like figure", "other figure", "same actor", "same name",
    "same words", "same total",
]  # fmt: skip
"""What can speak for, or (other figure) against, two incidents being one; "first" stands for the first to be told."""


class ClaimKey(Record):
    """A claim of an archive: the same text in two articles gives two claims of one id.

    >>> ClaimKey(document="a1", claim="64fb28de")
    ClaimKey('a1', '64fb28de')
    """

    document: str
    claim: str

    def __repr__(self) -> str:
        return f"ClaimKey({self.document!r}, {self.claim!r})"


class Member(Record):
    """One article's incident within an incident of the archive.

    Attributes:
        document: the article's id.
        incident: the incident's id within the article.
        published: the article's day of publication, where known.
        copy_of: the id of the first article with nearly the same words and the same tolls; null for that article
            and where there is none. Copies have one voice in the tolls.
        linked_to: the id of the article that it was linked to by its strongest link; null for the first.
        score: how strong that link is, between 0.5 and 1; it orders links, and is no calibrated probability.
        signs: what spoke for the link, by name.
    """

    document: str
    incident: str
    published: date | None
    copy_of: str | None
    linked_to: str | None
    score: Annotated[float, Field(ge=0, le=1)]
    signs: tuple[Sign, ...]


class LinkedToll(Record):
    """What the articles add up to for one harm, whoever the victims; low and high span the figures that stand."""

    harm: HarmLabel
    low: Count | None
    best: Count | None
    high: Count | None

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        check_order(self.low, self.best, self.high)
        return self

    def __repr__(self) -> str:
        return f"LinkedToll({self.harm}, {self.low}..{self.best}..{self.high})"


class Entry(Record):
    """One claim in the history of an incident.

    Attributes:
        document: the article's id.
        claim: the claim's id.
        published: when the article was published, where known.
        source: who states the figure; null where the reporter speaks.
        source_kind: what kind of source that is.
        status: how far the text stands behind the figure.
        unit: what is counted.
        harm: what happened.
        category: to whom.
        scope: the toll of one event, an addition to one, or a running total.
        low: the least number that the text allows.
        best: the number that stands in the text.
        high: the greatest number that the text allows.
        part: whether the figure is part of another of its article.
        copied: whether the article repeats an earlier one's words.
        supersedes: the standing claims whose figure this one took the place of.
        disagrees: the standing claims of other sources, of the same days, whose figure cannot be the same.
    """

    document: str
    claim: str
    published: date | None
    source: str | None
    source_kind: SourceKind | None
    status: Status
    unit: Unit
    harm: HarmLabel | None
    category: Category | None
    scope: Scope
    low: Count | None
    best: Count | None
    high: Count | None
    part: bool
    copied: bool
    supersedes: tuple[ClaimKey, ...] = ()
    disagrees: tuple[ClaimKey, ...] = ()


class LinkedIncident(Record):
    """One event, or one running total, with all that an archive tells of it.

    Attributes:
        id: made from the first claim that tells of it; it stays when later articles are added.
        cumulative: whether it is a running total.
        members: the incidents of articles that tell of it, in order of publication.
        time: the interval of civil dates that most articles give, the finest first.
        places: the names of its places, those named by most articles first.
        countries: the codes of its countries.
        cause: the cause that most articles name.
        perpetrator: the actor that most articles name.
        tolls: for each harm, over all articles.
        history: every claim, in order of publication.
    """

    id: str
    cumulative: bool
    members: tuple[Member, ...]
    time: IncidentTime | None
    places: tuple[str, ...]
    countries: tuple[str, ...]
    cause: CauseLabel | None
    perpetrator: str | None
    tolls: tuple[LinkedToll, ...]
    history: tuple[Entry, ...]

    def __repr__(self) -> str:
        day = self.time.earliest if self.time else None
        where = self.places[0] if self.places else None
        tolls = ", ".join(f"{t.best if t.best is not None else t.low} {t.harm}" for t in self.tolls)
        return f"LinkedIncident({day}, {where!r}, {self.cause}, {len(self.members)} articles: {tolls})"

    def _repr_html_(self) -> str:
        """Show itself in a notebook."""
        from casualty_extract import displays

        return displays.linked_incident(self.to_dict())

    def to_dict(self) -> dict[str, Any]:
        """Give plain data: dicts, lists, strings, numbers; dates in ISO 8601."""
        return self.model_dump(mode="json")

    def to_json(self) -> str:
        """Give one line of JSON. `from_json` reverses it."""
        return json.dumps(self.to_dict(), ensure_ascii=False, allow_nan=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, line: str | bytes) -> LinkedIncident:
        """Read what `to_json` wrote.

        Raises:
            InputError: it is none; the place is named as a JSON pointer.
        """
        try:
            return cls.model_validate_json(line)
        except ValidationError as error:
            first = error.errors()[0]
            pointer = "/" + "/".join(str(part) for part in first["loc"])
            raise InputError(f"{pointer}: {first['msg']}", file="incident") from error
