"""Claims with what people decided about them: a reviewed claim stands as reviewed, whatever a run finds.

For each claim the last review stands. Its outcome takes the place of what the extraction says of the
claim, also where a later run says something else of it or does not find it any more; what differs is told.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from casualty_extract.records import Extraction
from casualty_extract.records_claims import Claim, Incident
from casualty_extract.records_parts import Record
from casualty_extract.reviews_records import Review, difference, order
from casualty_extract.tolls import incident

__all__ = ["Applied", "Difference", "DifferenceKind", "apply"]

DifferenceKind = Literal["changed", "gone", "returned", "overruled", "unknown", "invalid", "other_text"]
"""What differs: the run finds the reviewed claim with other values; it does not find it; it reads the
figure of a rejected claim in another way; a later review decided otherwise; a review does not carry its
claim, and the run has it not; a patch makes no valid claim; a review is of another text of the document."""

_LEFT_ASIDE = frozenset({"confidence", "incident", "part_of", "superseded_by"})
"""What says how a claim stands to others, which a run may number anew."""


class Difference(Record):
    """Where a review and an extraction, or two reviews, do not agree.

    Attributes:
        kind: how.
        document: the document's id.
        claim: the claim's id.
        review: the id of the review.
        fields: of "changed" and "overruled", the fields of the claim that differ.
    """

    kind: DifferenceKind
    document: str
    claim: str
    review: str
    fields: tuple[str, ...] = ()

    def __repr__(self) -> str:
        fields = f": {' '.join(self.fields)}" if self.fields else ""
        return f"Difference({self.document!r} {self.claim!r}, {self.kind}{fields})"


@dataclass(frozen=True, slots=True)
class Applied:
    """An extraction with its reviews.

    Attributes:
        extraction: the claims as reviewed, with the incidents and tolls that follow from them.
        differences: where extraction and reviews do not agree; in all of these the review stands, but
            in "unknown", "invalid" and "other_text".
    """

    extraction: Extraction
    differences: tuple[Difference, ...]

    @property
    def unused(self) -> tuple[Difference, ...]:
        """The reviews that could not be applied."""
        return tuple(d for d in self.differences if d.kind in ("unknown", "invalid", "other_text"))


def apply(extraction: Extraction, reviews: Iterable[Review]) -> Applied:
    """Give the claims of an extraction as they were reviewed.

    Applied to the extraction of a later run over the same text, it keeps every reviewed claim.

    >>> from casualty_extract import extract
    >>> found = extract("Gunmen killed 21 people. Two people were hurt.")
    >>> document = {"id": found.document.id, "sha256": found.document.sha256}
    >>> first, second = found.claims
    >>> reviews = [
    ...     Review(document=document, claim=first.id, decision="fix", tool="mine", judged=first,
    ...            patch={"quantity": {"low": 12, "best": 12, "high": 12}}),
    ...     Review(document=document, claim=second.id, decision="reject", tool="mine", judged=second),
    ... ]
    >>> [(c.quantity.text, c.quantity.best) for c in apply(found, reviews).extraction.claims]
    [('21', 12)]

    Args:
        extraction: the claims of a run.
        reviews: reviews, in any order; those of other documents are passed over.

    Returns:
        The extraction as reviewed, and where it differs.
    """
    work = _Work(extraction)
    mine: dict[str, list[Review]] = {}
    for review in reviews:
        if review.document.sha256 == extraction.document.sha256:
            mine.setdefault(review.claim, []).append(review)
        elif review.document.id == extraction.document.id:
            work.tell("other_text", review)
    for name in sorted(mine):
        work.settle(sorted(mine[name], key=order))
    return work.done()


class _Work:
    def __init__(self, extraction: Extraction) -> None:
        self.extraction = extraction
        self.found = {claim.id: claim for claim in extraction.claims}
        self.outcomes: dict[str, Claim | None] = {}
        self.wholes = {claim.id: claim.part_of for claim in extraction.claims}
        self.newer = {claim.id: claim.superseded_by for claim in extraction.claims}
        self.gone: dict[str, Review] = {}
        # Incidents are numbered anew in each run: under which number one of the judged claims is now.
        self.moved: dict[str, str] = {}
        self.differences: set[Difference] = set()

    def tell(self, kind: DifferenceKind, review: Review, fields: Iterable[str] = ()) -> None:
        self.differences.add(
            Difference(
                kind=kind,
                document=self.extraction.document.id,
                claim=review.claim,
                review=review.review_id,
                fields=tuple(fields),
            )
        )

    def settle(self, reviews: list[Review]) -> None:
        """Take the last of a claim's reviews that can be applied, and tell where it differs."""
        claim = self.found.get(reviews[0].claim)
        standing: Review | None = None
        outcome: Claim | None = None
        for review in reversed(reviews):
            judged = review.judged or claim
            if review.decision != "add" and judged is None:
                self.tell("unknown", review)
                continue
            try:
                told = review.outcome(claim)
            except ValueError:
                self.tell("invalid", review)
                continue
            if standing is None:
                standing, outcome = review, told
            elif told is None or outcome is None:
                if told is not outcome:
                    self.tell("overruled", review)
            elif fields := _fields(told, outcome):
                self.tell("overruled", review, fields)
        if standing is None:
            return
        self.outcomes[standing.claim] = outcome
        judged = standing.judged or outcome
        if judged is not None:
            self.wholes[standing.claim] = judged.part_of
            self.newer[standing.claim] = judged.superseded_by
        if claim is None:
            self.gone[standing.claim] = standing
            return
        if judged is not None and judged.incident is not None and claim.incident is not None:
            self.moved.setdefault(judged.incident, claim.incident)
        if outcome is not None and judged is not None:
            fields = _fields(judged, claim)
            if fields and _fields(outcome, claim):
                self.tell("changed", standing, fields)

    def done(self) -> Applied:
        rivals = self._rivals()
        kept: list[Claim] = []
        for claim in self.extraction.claims:
            if claim.id in rivals:
                continue
            outcome = self.outcomes.get(claim.id, claim)
            if outcome is not None:
                kept.append(outcome.model_copy(update={"incident": claim.incident}))
        for name, review in sorted(self.gone.items()):
            outcome = self.outcomes[name]
            if outcome is not None:
                rival = next((self.found[r] for r, of in rivals.items() if of == name), None)
                if rival is not None:
                    self.tell("changed", review, _fields(review.judged or outcome, rival))
                    outcome = outcome.model_copy(update={"incident": rival.incident})
                elif review.decision != "add":
                    self.tell("gone", review)
                kept.append(outcome)
        kept.sort(key=lambda c: c.quantity.start)
        settled = {c.id for c in kept if c.id in self.found} | set(rivals.values())
        kept = self._housed(self._linked(kept, rivals), settled)
        made = self.extraction.model_copy(
            update={"claims": tuple(kept), "incidents": self._incidents(kept)},
        )
        told = sorted(self.differences, key=lambda d: (d.claim, d.kind, d.review))
        return Applied(made, tuple(told))

    def _rivals(self) -> dict[str, str]:
        """Give the claims that a run made of the figures of reviewed ones which it does not find: by id, whose."""
        at: dict[tuple[int, int], list[Claim]] = {}
        for claim in self.extraction.claims:
            if claim.id not in self.outcomes:
                at.setdefault((claim.quantity.start, claim.quantity.end), []).append(claim)
        rivals: dict[str, str] = {}
        for name, review in sorted(self.gone.items()):
            outcome = self.outcomes[name]
            known = [c for c in (review.judged, outcome) if c is not None]
            places = {(c.quantity.start, c.quantity.end) for c in known}
            others = [c for place in sorted(places) for c in at.get(place, []) if c.id not in rivals]
            if others and outcome is None:
                self.tell("returned", review)
            elif len(others) == 1:
                rivals[others[0].id] = name
        return rivals

    def _linked(self, claims: list[Claim], rivals: dict[str, str]) -> list[Claim]:
        """Lead links to claims that are gone on to those that contain them, or drop them."""
        present = {claim.id for claim in claims}

        def follow(name: str | None, links: dict[str, str | None], own: str) -> str | None:
            seen = {own}
            while name is not None and name not in present:
                if name in seen:
                    return None
                seen.add(name)
                name = rivals.get(name) or links.get(name)
            return None if name == own else name

        found = []
        for claim in claims:
            whole = follow(claim.part_of, self.wholes, claim.id)
            newer = follow(claim.superseded_by, self.newer, claim.id)
            run = self.found.get(claim.id)
            if run is not None:
                # Where the claim that a review names is gone, the run may know another.
                whole = whole or (_present(run.part_of, present) if claim.part_of else None)
                newer = newer or (_present(run.superseded_by, present) if claim.superseded_by else None)
            found.append(claim.model_copy(update={"part_of": whole, "superseded_by": newer}))
        return found

    def _housed(self, claims: list[Claim], settled: set[str]) -> list[Claim]:
        """Give each claim that the run does not have an incident: its own of before, that of its whole, or a new one."""
        homes = {claim.id: claim.incident for claim in claims if claim.id in settled}
        taken = {i.id for i in self.extraction.incidents}
        found, n = [], 1
        for claim in claims:
            if claim.id not in settled:
                before = claim.incident
                home = self.moved.get(before or "") or homes.get(claim.part_of or "")
                while home is None:
                    home, n = (f"i{n}" if f"i{n}" not in taken else None), n + 1
                taken.add(home)
                homes[claim.id] = home
                if before is not None:
                    self.moved[before] = home
                claim = claim.model_copy(update={"incident": home})
            found.append(claim)
        return found

    def _incidents(self, claims: list[Claim]) -> tuple[Incident, ...]:
        members: dict[str, list[Claim]] = {}
        for claim in claims:
            if claim.incident is not None:
                members.setdefault(claim.incident, []).append(claim)
        known = {i.id: i for i in self.extraction.incidents}
        made = []
        for name, own in members.items():
            before = known.get(name)
            unchanged = before is not None and [self.found.get(c) for c in before.claims] == own
            made.append(before if unchanged and before is not None else incident(name, own))
        return tuple(made)


def _present(name: str | None, present: set[str]) -> str | None:
    return name if name in present else None


def _fields(judged: Claim, found: Claim) -> list[str]:
    """Give the fields in which a run's claim differs from the one that was judged."""
    return [name for name in difference(judged, found) if name not in _LEFT_ASIDE]
