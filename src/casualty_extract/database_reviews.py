"""Reviews: what people decided about claims. They are only ever added, and outlive every extraction."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any, Literal, get_args

from casualty_extract import records_parts as parts
from casualty_extract.database_connections import Connection
from casualty_extract.database_rows import GREATEST, LONGEST, digest, document_key, key
from casualty_extract.errors import ArgumentError
from casualty_extract.records import Extraction, sanitise

__all__ = ["FIXABLE", "Decision", "Review", "Reviewed", "add", "stored"]

Decision = Literal["accept", "reject", "fix"]

_LABELS: dict[str, Any] = {
    "form": parts.Form,
    "qualifier": parts.Qualifier,
    "unit": parts.Unit,
    "harm": parts.HarmLabel,
    "category": parts.Category,
    "scope": parts.Scope,
    "intent": parts.Intent,
    "cause": parts.CauseLabel,
    "grain": parts.Grain,
    "time_basis": parts.Basis,
    "place_kind": parts.PlaceKind,
    "source_kind": parts.SourceKind,
    "attribution_form": parts.AttributionForm,
    "status": parts.Status,
}
_TEXTS = (
    "harm_text", "victims", "groups", "cause_text", "perpetrator", "time_text", "place", "country", "places", "countries",
    "source", "source_name", "cue",
)  # fmt: skip
_NUMBERS = ("low", "high", "best", "geonameid")
_NEVER_NULL = {"form", "qualifier", "unit", "scope", "status", "places", "countries"}

FIXABLE: dict[str, str] = {
    **dict.fromkeys(_LABELS, "one of its labels"),
    **dict.fromkeys(_TEXTS, "a text"),
    **dict.fromkeys(_NUMBERS, "a whole number that is not negative"),
    **dict.fromkeys(("lat", "lon"), "a number"),
    **dict.fromkeys(("earliest", "latest"), "a date in ISO 8601"),
    "time_ambiguous": "true or false",
}
"""The columns of `v_claim` that a review can mend, and what each takes; null empties one."""


@dataclass(frozen=True)
class Review:
    """What somebody decided about one claim.

    >>> Review(document="a1", claim="64fb28de", reviewer="ann", decision="fix", patch={"low": 5}).patch
    {'low': 5}

    Attributes:
        document: the article's id.
        claim: the claim's id.
        reviewer: who decided.
        decision: that the claim is right, that it is none, or that it is right with the patch.
        patch: columns of `v_claim` with their right values: all that differ, since the last review of a claim
            counts alone.
        tool: with what it was made.
        at: when, in ISO 8601, where that is known.
        sha256: of the article's text, where two articles have one id.

    Raises:
        ArgumentError: a value cannot be stored.
    """

    document: str
    claim: str
    reviewer: str
    decision: Decision
    patch: Mapping[str, Any] = field(default_factory=dict)
    tool: str = ""
    at: str = ""
    sha256: str | None = None

    def __post_init__(self) -> None:
        if self.decision not in get_args(Decision):
            raise ArgumentError("decision", self.decision, f"one of {', '.join(get_args(Decision))}")
        if bool(self.patch) != (self.decision == "fix"):
            raise ArgumentError("patch", self.patch, "values with a fix, and none with any other decision")
        for name, value in self.patch.items():
            if name not in FIXABLE:
                raise ArgumentError("patch", name, f"one of {', '.join(sorted(FIXABLE))}")
            if not _fits(name, value):
                raise ArgumentError(f"patch[{name}]", value, FIXABLE[name])
        low, best, high = (self.patch.get(name) for name in ("low", "best", "high"))
        try:
            parts.check_order(low, best, high)
        except ValueError as error:
            raise ArgumentError("patch", dict(self.patch), str(error)) from None


@dataclass(frozen=True)
class Reviewed:
    """What became of reviews that were added.

    Attributes:
        new: how many are new.
        known: how many were there already.
        unknown: those of claims that the database does not have; they are not stored.
    """

    new: int
    known: int
    unknown: tuple[Review, ...]


def _fits(name: str, value: Any) -> bool:
    if value is None:
        return name not in _NEVER_NULL
    if name in _LABELS:
        return value in get_args(_LABELS[name])
    if name in _TEXTS:
        return isinstance(value, str)
    if name == "time_ambiguous":
        return isinstance(value, bool)
    if name in _NUMBERS:
        return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= GREATEST
    if name in ("lat", "lon"):
        known = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
        return known and abs(value) <= (90 if name == "lat" else 180)
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def add(connection: Connection, reviews: Iterable[Review]) -> Reviewed:
    """Add reviews, all in one transaction; one that is there already is not added again."""
    given = list(reviews)

    def work() -> Reviewed:
        # Of one article there are many; its record is read once.
        record = cache(lambda document: _record(connection, document))
        new, unknown = 0, []
        for review in given:
            found = _find(connection, review)
            if found is None:
                unknown.append(review)
                continue
            new += _add(connection, review, found, record)
        return Reviewed(new, len(given) - new - len(unknown), tuple(unknown))

    return connection.transact(work)


def stored(connection: Connection) -> Iterator[Review]:
    """Yield all reviews, in the order in which they came."""
    for name, claim, reviewer, decision, patch, tool, at, sha256 in connection.execute(
        "SELECT d.id, c.id, r.reviewer, r.decision, CAST(r.patch AS text), r.tool, r.reviewed_at, d.sha256"
        " FROM review r JOIN claim c ON c.claim_key = r.claim_key"
        " JOIN document d ON d.document_key = c.document_key ORDER BY r.review_number"
    ):
        values = json.loads(patch) if patch is not None else {}
        yield Review(name, claim, reviewer, decision, values, tool, at, sha256)


def _find(connection: Connection, review: Review) -> tuple[Any, ...] | None:
    """Find the claim: its key, its document's, its place there, whether it is current, its digest, its bounds."""
    name, claim = sanitise(review.document), sanitise(review.claim)
    if review.sha256 is not None:
        found = connection.execute(
            "SELECT claim_key, document_key, rank, is_current, review_digest, low, best, high FROM claim"
            " WHERE document_key = ? AND id = ? ORDER BY rank",
            (document_key(name, review.sha256), claim),
        )
    else:
        # A claim's id is made from the text too, so that of two articles with one id just one has it.
        found = connection.execute(
            "SELECT c.claim_key, c.document_key, c.rank, c.is_current, c.review_digest, c.low, c.best, c.high"
            " FROM document d"
            " JOIN claim c ON c.document_key = d.document_key"
            " WHERE d.sort_key = ? AND d.id = ? AND c.id = ? ORDER BY d.sha256, c.rank",
            (name[:LONGEST], name, claim),
        )
    return found[0] if found else None


def _add(connection: Connection, review: Review, claim: tuple[Any, ...], record: Any) -> int:
    name, document, rank, is_current, before, *bounds = claim
    low, best, high = (
        review.patch.get(column, bound) for column, bound in zip(("low", "best", "high"), bounds, strict=True)
    )
    try:
        parts.check_order(low, best, high)
    except ValueError as error:
        raise ArgumentError(
            f"patch of claim {review.claim!r}", dict(review.patch), f"bounds in order; {error}"
        ) from None
    seen = digest(record(document).claims[rank]) if is_current else before or ""
    patch = json.dumps(dict(review.patch), sort_keys=True, separators=(",", ":")) if review.patch else None
    told = [sanitise(text) for text in (review.reviewer, review.decision, review.tool, review.at)]
    reviewer, decision, tool, at = told
    # JSON escapes what no database can store; it must not come back out of the patch either.
    patch = patch and json.dumps(_clean(json.loads(patch)), sort_keys=True, separators=(",", ":"))
    review_id = key("review", name, reviewer, decision, patch, tool, at)
    new = connection.execute(
        "INSERT INTO review (review_id, claim_key, reviewer, decision, patch, tool, reviewed_at, claim_digest)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (review_id) DO NOTHING RETURNING review_id",
        (review_id, name, reviewer, decision, patch, tool, at, seen),
    )
    connection.execute("UPDATE claim SET review_digest = ? WHERE claim_key = ?", (seen, name))
    return len(new)


def _record(connection: Connection, document: str) -> Extraction:
    [(told,)] = connection.execute(
        "SELECT CAST(record AS text) FROM document WHERE document_key = ?", (document,)
    )
    return Extraction.from_json(told)


def _clean(patch: dict[str, Any]) -> dict[str, Any]:
    return {name: sanitise(value) if isinstance(value, str) else value for name, value in patch.items()}
