"""Reviews applied to claims, of the run that was reviewed and of later ones."""

from __future__ import annotations

import json
import random
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from casualty_extract.errors import InputError
from casualty_extract.records import Claim, Extraction
from casualty_extract.reviews import Review, apply, read_reviews
from casualty_extract.reviews_records import difference, patched
from casualty_extract.reviews_values import columns
from casualty_extract.tolls import incident
from casualty_extract.writers import COLUMNS, flat
from reviewed import document

CASES = [extraction for seed in range(40) if (extraction := document(seed, hard=False)[0]).claims]
TIMES = (None, "2024-05-01T10:00:00Z", "2024-05-01T12:00:00+02:00", "2024-05-02", "2023-01-01T00:00:00")


def decide(extraction: Extraction, claim: Claim, decision: str, patch: Any = None, **more: Any) -> Review:
    known = {"id": extraction.document.id, "sha256": extraction.document.sha256}
    return Review.model_validate(
        {
            "document": known,
            "claim": claim.id,
            "decision": decision,
            "patch": patch or {},
            "tool": "t",
            "judged": claim,
            **more,
        }
    )


def some_reviews(rng: random.Random, extraction: Extraction) -> list[Review]:
    found = []
    for claim in extraction.claims:
        for _ in range(rng.randint(0, 3)):
            decision = rng.choice(("accept", "reject", "fix"))
            n = rng.randint(1, 99)
            patch = rng.choice(
                (
                    {"quantity": {"low": n, "best": n, "high": n}},
                    {"status": "denied"},
                    {"places": []},
                    {"cause": None, "victims": None},
                    {"part_of": rng.choice(extraction.claims).id},
                )
            )
            found.append(
                decide(
                    extraction,
                    claim,
                    decision,
                    patch if decision == "fix" else None,
                    at=rng.choice(TIMES),
                    reviewer=rng.choice("ab"),
                )
            )
    return found


def rerun(rng: random.Random, extraction: Extraction) -> Extraction:
    """What another version might find: claims gone, changed, read in another way, numbered anew."""
    claims = []
    for claim in extraction.claims:
        turn = rng.random()
        if turn < 0.3:
            continue
        change: dict[str, Any] = {"incident": "i2"}
        if turn < 0.5:
            change |= {"status": "alleged", "places": ()}
        elif turn < 0.7:
            change |= {"id": f"new-{claim.id}", "scope": "cumulative"}
        claims.append(claim.model_copy(update=change))
    incidents = (incident("i2", claims),) if claims else ()
    return extraction.model_copy(update={"claims": tuple(claims), "incidents": incidents})


@given(st.sampled_from(CASES), st.randoms(use_true_random=False))
@settings(max_examples=100, deadline=None)
def test_reviews_stand_whatever_a_run_finds(extraction: Extraction, rng: random.Random) -> None:
    """Applied to a later run: reviewed claims are as reviewed, in any order of the reviews, and again."""
    reviews = some_reviews(rng, extraction)
    later = rng.choice((extraction, rerun(rng, extraction)))
    applied = apply(later, reviews)
    mixed = reviews + reviews[:2]
    rng.shuffle(mixed)
    assert apply(later, mixed) == applied
    again = apply(applied.extraction, reviews).extraction
    assert again == applied.extraction
    assert Extraction.from_json(again.to_json()) == again
    there = {claim.id: claim for claim in applied.extraction.claims}
    for name in {review.claim for review in reviews}:
        mine = [review for review in reviews if review.claim == name]
        last = max(mine, key=lambda r: (instant(r.at), r.review_id))
        outcome = last.outcome(None)
        assert (name in there) == (outcome is not None)
        if outcome is not None:
            # How it stands to others depends on them.
            changed = difference(outcome, there[name])
            assert set(changed) <= {"part_of", "superseded_by"}
    untouched = {c.id: c for c in later.claims} if not reviews else {}
    assert all(there[name] == claim for name, claim in untouched.items())
    ids = set(there)
    assert all(c.part_of is None or (c.part_of in ids and c.part_of != c.id) for c in there.values())
    assert {c for i in applied.extraction.incidents for c in i.claims} == {
        c.id for c in there.values() if c.incident
    }
    assert len(there) == len(applied.extraction.claims)


def instant(at: str | None) -> str:
    """The instants of TIMES in UTC, so that they can be compared as strings."""
    return {
        None: "",
        "2024-05-01T10:00:00Z": "2024-05-01T10:00:00",
        "2024-05-01T12:00:00+02:00": "2024-05-01T10:00:00",
        "2024-05-02": "2024-05-02T00:00:00",
    }.get(at, at or "")


def test_no_reviews_change_nothing() -> None:
    """Without reviews an extraction comes back as it was."""
    for extraction in CASES:
        assert apply(extraction, []).extraction == extraction
        assert apply(extraction, []).differences == ()


CASE = next(e for e in CASES if len(e.claims) >= 3)
FIRST, SECOND, THIRD = CASE.claims[:3]


def kinds(applied: Any) -> list[tuple[str, str]]:
    return [(told.claim, told.kind) for told in applied.differences]


def test_a_fix_changes_the_tolls() -> None:
    """Incidents and tolls follow from the claims as reviewed, and a changed claim has no confidence."""
    n = 5000
    review = decide(CASE, FIRST, "fix", {"quantity": {"low": n, "best": n, "high": n, "qualifier": "exact"}})
    found = apply(CASE, [review]).extraction
    assert found.claims[0].confidence is None
    assert max(toll.best or 0 for i in found.incidents for toll in i.tolls) >= n


def test_an_accepted_claim_is_not_changed_by_a_run() -> None:
    """What a person confirmed stands, and what the run says is told."""
    run = CASE.model_copy(
        update={"claims": tuple(c.model_copy(update={"status": "denied"}) for c in CASE.claims)}
    )
    applied = apply(run, [decide(CASE, FIRST, "accept")])
    assert applied.extraction.claims[0].status == "asserted"
    assert applied.extraction.claims[1].status == "denied"
    assert kinds(applied) == [(FIRST.id, "changed")]
    assert applied.differences[0].fields == ("status",)


def test_a_claim_that_a_run_lost_comes_back() -> None:
    """It stands where its figure stands, in the incident that the others of its incident are in now."""
    others = tuple(c.model_copy(update={"incident": "i7"}) for c in CASE.claims if c.id != FIRST.id)
    run = CASE.model_copy(update={"claims": others, "incidents": (incident("i7", others),)})
    applied = apply(run, [decide(CASE, FIRST, "accept"), decide(CASE, SECOND, "accept")])
    assert [c.id for c in applied.extraction.claims] == [c.id for c in CASE.claims]
    assert {c.incident for c in applied.extraction.claims} == {"i7"}
    assert kinds(applied) == [(FIRST.id, "gone")]


def test_another_reading_of_a_reviewed_figure_gives_way() -> None:
    """A run that reads the same figure as another claim does not put it beside the reviewed one."""
    other = FIRST.model_copy(update={"id": "other", "harm": None, "unit": "incidents"})
    run = CASE.model_copy(update={"claims": (other, *CASE.claims[1:])})
    applied = apply(run, [decide(CASE, FIRST, "accept")])
    assert [c.id for c in applied.extraction.claims] == [c.id for c in CASE.claims]
    assert applied.differences[0].fields == ("unit", "harm")
    rejected = apply(run, [decide(CASE, FIRST, "reject")])
    assert "other" in [c.id for c in rejected.extraction.claims]
    assert kinds(rejected) == [(FIRST.id, "returned")]


def test_parts_of_a_rejected_claim_are_parts_of_what_contains_it() -> None:
    """Links to a claim that is gone lead on."""
    chain = (
        FIRST,
        SECOND.model_copy(update={"part_of": FIRST.id}),
        THIRD.model_copy(update={"part_of": SECOND.id}),
    )
    run = CASE.model_copy(update={"claims": chain, "incidents": (incident("i1", chain),)})
    found = apply(run, [decide(run, chain[1], "reject")]).extraction
    assert {c.id: c.part_of for c in found.claims} == {FIRST.id: None, THIRD.id: FIRST.id}
    both = apply(run, [decide(run, chain[0], "reject"), decide(run, chain[1], "reject")]).extraction
    assert [c.part_of for c in both.claims] == [None]


def test_what_cannot_be_applied_is_told() -> None:
    """Reviews of another text, without their claim, or that make no claim any more."""
    bare = {"judged": None}
    odd = apply(
        CASE,
        [
            decide(CASE, FIRST, "fix", {"quantity": {"low": 10**6}}, **bare),
            decide(CASE, FIRST, "accept", document={"id": CASE.document.id, "sha256": "0" * 64}),
            decide(CASE, FIRST.model_copy(update={"id": "c9"}), "accept", **bare),
            decide(CASE, FIRST, "accept", document={"id": "else", "sha256": "0" * 64}),
        ],
    )
    assert odd.extraction == CASE
    assert sorted(told.kind for told in odd.unused) == ["invalid", "other_text", "unknown"]


def test_the_last_review_stands_and_others_are_told() -> None:
    """By instant, not by the letters of the time; without one a review goes first."""
    early = decide(CASE, FIRST, "reject", at="2024-05-01T23:30:00+10:00", reviewer="a")
    late = decide(CASE, FIRST, "accept", at="2024-05-01T14:00:00Z", reviewer="b")
    none = decide(CASE, FIRST, "reject", reviewer="c")
    applied = apply(CASE, [late, none, early])
    assert FIRST in applied.extraction.claims
    assert kinds(applied) == [(FIRST.id, "overruled"), (FIRST.id, "overruled")]


def test_an_added_claim() -> None:
    """It gets an incident of its own, and a run that finds it too changes nothing."""
    run = CASE.model_copy(update={"claims": CASE.claims[1:], "incidents": (incident("i1", CASE.claims[1:]),)})
    data = {**FIRST.model_dump(mode="json"), "incident": None, "confidence": None}
    added = decide(run, FIRST, "add", data, judged=None)
    applied = apply(run, [added])
    assert [c.id for c in applied.extraction.claims] == [c.id for c in CASE.claims]
    assert applied.extraction.claims[0].incident == "i2"
    assert applied.differences == ()
    assert apply(CASE, [added]).extraction.claims[0].incident == "i1"


# --- the record ---------------------------------------------------------------------------------------


def test_reviews_travel_as_json() -> None:
    """What is written is read again, and the id comes from the content."""
    rng = random.Random(1)
    for extraction in CASES:
        for review in some_reviews(rng, extraction):
            assert Review.from_json(review.to_json()) == review
            assert (
                review.review_id
                == review.model_copy(update={"review_id": ""})
                .model_validate({**review.model_dump(), "review_id": "", "judged": review.judged})
                .review_id
            )


def test_a_fix_as_columns() -> None:
    """Tables of claims take the changed values by their columns, which are those of the CSV."""
    patch = {"quantity": {"low": 7, "best": 7, "high": 7}, "places": [], "harm": {"label": "injured"}}
    made = decide(CASE, FIRST, "fix", patch).columns()
    assert {"low", "harm"} <= set(made)
    assert (made["low"], made["harm"]) == (7, "injured")
    assert decide(CASE, FIRST, "accept").columns() == decide(CASE, FIRST, "reject").columns() == {}
    more = {"cause_text", "place", "place_kind", "country", "geonameid"}
    assert set(columns(FIRST)) - set(COLUMNS) == more
    [row] = flat(CASE.model_copy(update={"claims": (FIRST,)}))
    for name, value in columns(FIRST).items():
        if name not in more:
            told = row[name].isoformat() if isinstance(row[name], date) else row[name]
            assert told == value


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"decision": "fix"}, "'fix' with no patch"),
        ({"decision": "accept", "patch": {"status": "denied"}}, "'accept' with a patch"),
        ({"decision": "fix", "patch": {"id": "x"}}, "cannot change 'id'"),
        ({"decision": "fix", "patch": {"incident": "i9"}}, "cannot change 'incident'"),
        ({"decision": "fix", "patch": {"colour": "red"}}, "colour"),
        ({"decision": "fix", "patch": {"quantity": {"low": -1}}}, "greater than or equal"),
        ({"decision": "fix", "patch": {"quantity": {"low": 10**6}}}, "not in order"),
        ({"decision": "fix", "patch": {"status": "sure"}}, "status"),
        ({"decision": "add", "patch": {"id": "x"}}, "judged is not the claim"),
        ({"decision": "accept", "claim": "x"}, "judged is not the claim"),
        ({"decision": "accept", "at": "yesterday"}, "isoformat"),
        ({"decision": "maybe"}, "decision"),
        ({"decision": "accept", "more": 1}, "more"),
    ],
)
def test_a_review_that_is_none_is_refused(change: dict[str, Any], problem: str) -> None:
    """Errors name what is wrong."""
    made = json.loads(decide(CASE, FIRST, "accept").to_json())
    [found] = read_reviews([json.dumps({**made, **change})], file="r.jsonl")
    assert isinstance(found, InputError)
    assert problem in str(found)
    assert found.row == 1
    with pytest.raises(ValidationError):
        Review.model_validate({**made, **change}, strict=False)


@given(st.sampled_from(CASES), st.integers(0, 10**6))
@settings(max_examples=50, deadline=None)
def test_a_difference_is_a_patch(extraction: Extraction, seed: int) -> None:
    """The patch between two claims makes the second of the first."""
    rng = random.Random(seed)
    old, new = rng.choice(extraction.claims), rng.choice(extraction.claims)
    made = patched(old, difference(old, new)) if difference(old, new) else old
    assert difference(made, new) == {}
