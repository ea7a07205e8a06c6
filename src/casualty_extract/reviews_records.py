"""`Review`: what a person decided about a claim, and the claim as it was when they decided.

A review carries the claim that was judged. So it can be applied to the claims of any later run, whatever
that run finds: what a person decided is never overwritten.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any, Literal, Self, TextIO

from pydantic import ValidationError, field_validator, model_validator

from casualty_extract.errors import InputError
from casualty_extract.records_claims import Claim
from casualty_extract.records_parts import Record
from casualty_extract.reviews_values import columns

__all__ = [
    "Decision",
    "Review",
    "ReviewedDocument",
    "difference",
    "order",
    "patched",
    "problem_of",
    "read_reviews",
    "write_reviews",
]

Decision = Literal["accept", "reject", "fix", "add"]


class ReviewedDocument(Record):
    """The document of a reviewed claim.

    Attributes:
        id: its id when it was reviewed.
        sha256: of its text, as in `Document`; by this a review finds its claims.
    """

    id: str
    sha256: str


class Review(Record):
    """What a person decided about a claim.

    >>> document = ReviewedDocument(id="a1", sha256="ab12")
    >>> Review(document=document, claim="c1", decision="fix", patch={"quantity": {"low": 12}}, tool="sheet")
    Review('a1' 'c1': fix quantity)

    Attributes:
        review_id: made from all that follows but `judged`, where it is not given.
        document: whose claim it is.
        claim: the claim's id.
        decision: "accept", "reject", "fix", or "add" for a claim that was not found.
        patch: what a fix changes: the changed fields of the claim, and of its parts, with their new
            values; lists are given whole. For "add" the whole claim. Else empty.
        reviewer: who decided, as the tool names them.
        tool: in which tool: "labelstudio", "webanno", "brat" or "sheet", or any other.
        at: when, in ISO 8601, as the tool tells it; null where it does not.
        note: what the reviewer remarked.
        judged: the claim as it was when it was judged; null for "add", and where it is not known.
    """

    review_id: str = ""
    document: ReviewedDocument
    claim: str
    decision: Decision
    patch: dict[str, Any] = {}
    reviewer: str | None = None
    tool: str
    at: str | None = None
    note: str | None = None
    judged: Claim | None = None

    @field_validator("at", mode="after")
    @classmethod
    def _dated(cls, value: str | None) -> str | None:
        if value is not None:
            _instant(value)
        return value

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if bool(self.patch) != (self.decision in ("fix", "add")):
            raise ValueError(f"{self.decision!r} with {'a' if self.patch else 'no'} patch")
        if self.judged is not None and (self.judged.id != self.claim or self.decision == "add"):
            raise ValueError("judged is not the claim that the review names")
        # A patch that makes no claim is found here, where whoever made it can be told.
        if self.decision == "add" or self.judged is not None:
            self.outcome(self.judged)
        if not self.review_id:
            made = self.model_dump(mode="json", exclude={"review_id", "judged"})
            told = json.dumps(made, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
            # The one place where a frozen record is completed, before anyone else has seen it.
            object.__setattr__(self, "review_id", hashlib.sha256(told.encode()).hexdigest()[:24])
        return self

    def outcome(self, claim: Claim | None) -> Claim | None:
        """Give the claim as it stands after the review: None where it was rejected, or is not known.

        Args:
            claim: the claim to judge, where the review does not carry it.

        Raises:
            ValueError: the patch makes no valid claim of it.
        """
        judged = self.judged or claim
        if self.decision == "add":
            added = Claim.model_validate_json(json.dumps(self.patch))
            if added.id != self.claim:
                raise ValueError("the added claim has another id than the review names")
            return added
        if self.decision == "reject" or judged is None:
            return None
        return patched(judged, self.patch) if self.decision == "fix" else judged

    def columns(self, claim: Claim | None = None) -> dict[str, Any]:
        """Give what a fix changes as the columns of a flat row, as tables of claims have them.

        It is empty where only places in the text changed, and for "accept" and "reject".

        Args:
            claim: the claim to judge, where the review does not carry it.

        Raises:
            ValueError: the patch makes no valid claim of it.
        """
        judged, new = self.judged or claim, self.outcome(claim)
        if new is None or judged is None:
            return {}
        before = columns(judged)
        return {name: value for name, value in columns(new).items() if value != before[name]}

    def to_json(self) -> str:
        """Give one line of JSON. `from_json` reverses it."""
        made = self.model_dump(mode="json")
        return json.dumps(made, ensure_ascii=False, allow_nan=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, line: str | bytes) -> Review:
        """Read what `to_json` wrote.

        Raises:
            InputError: it is no JSON, or no review; the place is named as a JSON pointer.
        """
        try:
            return cls.model_validate_json(line)
        except ValidationError as error:
            first = error.errors()[0]
            pointer = "/" + "/".join(str(part) for part in first["loc"])
            raise InputError(f"{pointer}: {first['msg']}", file="review") from error

    def __repr__(self) -> str:
        changed = f" {' '.join(self.patch)}" if self.decision == "fix" else ""
        return f"Review({self.document.id!r} {self.claim!r}: {self.decision}{changed})"


def patched(claim: Claim, patch: dict[str, Any]) -> Claim:
    """Change fields of a claim.

    How likely the claim was right says nothing of the changed one, so `confidence` becomes null.

    Args:
        claim: the claim.
        patch: its changed fields: an object changes the fields that it names, all else takes the place of
            what was there.

    Raises:
        ValueError: it makes no valid claim.
    """
    for name in ("id", "incident"):
        # Incidents are numbered anew in each run, so that a number means nothing later.
        if name in patch:
            raise ValueError(f"a review cannot change {name!r}")
    made = _merged(claim.model_dump(mode="json"), {"confidence": None, **patch})
    return Claim.model_validate_json(json.dumps(made))


def difference(old: Claim, new: Claim) -> dict[str, Any]:
    """Give the patch that makes one claim of another, `confidence` and `incident` left aside.

    >>> from casualty_extract import extract
    >>> [claim] = extract("Gunmen killed 12 people.").claims
    >>> difference(claim, patched(claim, {"status": "denied"}))
    {'status': 'denied'}
    """
    before, after = (c.model_dump(mode="json", exclude={"id", "confidence", "incident"}) for c in (old, new))
    return _changes(before, after)


def order(review: Review) -> tuple[datetime, str, str]:
    """Give by what reviews of one claim are ordered: the last one stands.

    The latest instant is last, one without an instant first; then the id decides.
    """
    at = datetime.min.replace(tzinfo=UTC) if review.at is None else _instant(review.at)
    return at, review.review_id, review.to_json()


def problem_of(error: ValueError) -> str:
    """Tell in one line what is wrong with a record that was not made.

    Args:
        error: what its making raised.
    """
    if not isinstance(error, ValidationError):
        return str(error)
    first = error.errors()[0]
    problem = first["msg"].removeprefix("Value error, ")
    where = ".".join(str(part) for part in first["loc"])
    return f"{where}: {problem}" if where else problem


def write_reviews(reviews: Iterable[Review], stream: TextIO) -> None:
    """Write one review a line.

    Args:
        reviews: what to write.
        stream: where to; a file is opened with ``encoding="utf-8", newline="\\n"``.
    """
    for review in reviews:
        stream.write(review.to_json() + "\n")


def read_reviews(lines: Iterable[str], *, file: str = "-") -> Iterator[Review | InputError]:
    """Read what `write_reviews` wrote; empty lines are passed over.

    >>> list(read_reviews(["", "{}"], file="reviews.jsonl"))
    [InputError('reviews.jsonl, row 2: /document: Field required')]

    Args:
        lines: an open file, or any lines.
        file: its name, for errors.

    Returns:
        A review for each line, or an `InputError` in the place of one that is none.
    """
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield Review.from_json(line)
        except InputError as error:
            yield InputError(error.problem, file=file, row=number)


def _instant(value: str) -> datetime:
    found = datetime.fromisoformat(value)
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found


def _merged(base: Any, patch: Any) -> Any:
    if not isinstance(base, dict) or not isinstance(patch, dict):
        return patch
    return {**base, **{key: _merged(base.get(key), value) for key, value in patch.items()}}


def _changes(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    found = {}
    for key, value in after.items():
        was = before.get(key)
        if value == was and type(value) is type(was):
            continue
        found[key] = _changes(was, value) if isinstance(was, dict) and isinstance(value, dict) else value
    return found
