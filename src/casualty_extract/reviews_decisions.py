"""Reviews as tools' readers make them: of whom, of which claim, and with what alone changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from casualty_extract.records import Extraction
from casualty_extract.records_claims import Claim
from casualty_extract.reviews_records import Decision, Review, ReviewedDocument

__all__ = ["Judge", "added_review", "changes_only", "review"]


@dataclass(frozen=True, slots=True)
class Judge:
    """Who judged, in which tool, and when.

    Attributes:
        tool: the tool.
        reviewer: the person, as the tool names them.
        at: when, in ISO 8601, as the tool tells it.
    """

    tool: str
    reviewer: str | None = None
    at: str | None = None

    def check(self) -> None:
        """Hold that the time is one.

        Raises:
            ValueError: it is not in ISO 8601.
        """
        if self.at is not None:
            datetime.fromisoformat(self.at)


def review(
    extraction: Extraction,
    claim: Claim,
    who: Judge,
    decision: Decision,
    patch: dict[str, Any] | None = None,
    *,
    note: str | None = None,
) -> Review:
    """Make the review of a claim of an extraction.

    Raises:
        ValueError: the patch makes no valid claim.
    """
    return Review(
        document=_document(extraction),
        claim=claim.id,
        decision=decision,
        patch=patch or {},
        reviewer=who.reviewer,
        tool=who.tool,
        at=who.at,
        note=note,
        judged=claim,
    )


def added_review(extraction: Extraction, claim: Claim, who: Judge, *, note: str | None = None) -> Review:
    """Make the review that adds a claim to an extraction."""
    return Review(
        document=_document(extraction),
        claim=claim.id,
        decision="add",
        patch=claim.model_dump(mode="json"),
        reviewer=who.reviewer,
        tool=who.tool,
        at=who.at,
        note=note,
    )


def changes_only(patch: dict[str, Any], claim: Claim) -> dict[str, Any]:
    """Leave out of a patch what the claim has already.

    Args:
        patch: the patch.
        claim: the claim.
    """
    data = claim.model_dump(mode="json")

    def cut(new: dict[str, Any], old: dict[str, Any]) -> dict[str, Any]:
        found = {}
        for key, value in new.items():
            was = old.get(key)
            if isinstance(value, dict) and isinstance(was, dict):
                value = cut(value, was)
                if not value:
                    continue
            elif value == was:
                continue
            found[key] = value
        return found

    return cut(patch, data)


def _document(extraction: Extraction) -> ReviewedDocument:
    return ReviewedDocument(id=extraction.document.id, sha256=extraction.document.sha256)
