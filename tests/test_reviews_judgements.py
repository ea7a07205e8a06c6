"""What annotators do with marks, and the reviews that come of it."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from casualty_extract import extract
from casualty_extract.errors import InputError
from casualty_extract.records import Claim
from casualty_extract.reviews import Archive, Review, apply, digest
from casualty_extract.reviews_labelstudio import read_labelstudio, task

TEXT = (
    "Gunmen killed 12 people in Mosul on Friday, police said.\r\n"
    "Rain fell. Medics counted 40 wounded villagers near Erbil \U0001f691 after a long day of work."
)
FOUND = extract(TEXT, published="2017-09-03")
ARCHIVE = Archive([FOUND], {digest(TEXT): TEXT})
FIRST = next(claim for claim in FOUND.claims if claim.quantity.text == "12")
TASK = task(FOUND, TEXT, version="v")


def bounds(words: str) -> dict[str, Any]:
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words), "text": words}


def region(words: str, label: str, id_: str) -> dict[str, Any]:
    return {
        "id": id_,
        "from_name": "part",
        "to_name": "text",
        "type": "labels",
        "value": {**bounds(words), "labels": [label]},
    }


def value(id_: str, name: str, **told: Any) -> dict[str, Any]:
    kind = {"choices": "choices", "number": "number", "datetime": "datetime", "text": "textarea"}[
        next(iter(told))
    ]
    return {
        "id": id_,
        "from_name": name,
        "to_name": "text",
        "type": kind,
        "value": {"start": 0, "end": 1, "text": "G", **told},
    }


def link(one: str, other: str) -> dict[str, Any]:
    return {"type": "relation", "from_id": one, "to_id": other, "direction": "right"}


class Annotator:
    """A person at Label Studio."""

    def __init__(self) -> None:
        self.result: list[dict[str, Any]] = copy.deepcopy(TASK["predictions"][0]["result"])

    def drop(self, **known: Any) -> Annotator:
        self.result = [r for r in self.result if not all(r.get(k) == v for k, v in known.items())]
        return self

    def add(self, *items: dict[str, Any]) -> Annotator:
        self.result += items
        return self

    def submit(self, **more: Any) -> list[Any]:
        annotation = {"result": self.result, "completed_by": 3, "updated_at": "2024-05-01T10:00:00Z", **more}
        return list(read_labelstudio([{**TASK, "annotations": [annotation]}], ARCHIVE))


def the_review(found: list[Any], claim: str) -> Review:
    [review] = [one for one in found if isinstance(one, Review) and one.claim == claim]
    return review


def part_of(claim: Claim, label: str) -> str:
    names = {r["to_id"] for r in Annotator().result if r["type"] == "relation" and r["from_id"] == claim.id}
    [name] = [name for name in names if name.startswith(label.lower())]
    return name


def test_a_choice_is_changed() -> None:
    """Only what changed is in the patch, and who, when and in which tool is kept."""
    person = Annotator().drop(id=FIRST.id, from_name="status")
    review = the_review(person.add(value(FIRST.id, "status", choices=["confirmed"])).submit(), FIRST.id)
    assert review.patch == {"status": "confirmed"}
    assert (review.reviewer, review.at, review.tool) == ("3", "2024-05-01T10:00:00Z", "labelstudio")
    assert review.judged == FIRST


def test_a_value_is_emptied() -> None:
    """An upper bound that was taken away is open; a form without any fields for numbers empties none."""
    person = Annotator().drop(id=FIRST.id, from_name="high")
    assert the_review(person.submit(), FIRST.id).patch == {"quantity": {"high": None}}
    person = Annotator().drop(type="number")
    assert [one.decision for one in person.submit()] == ["accept"] * len(FOUND.claims)


def test_a_passage_is_moved() -> None:
    """The span of a part changes, its values stay; a moved figure keeps its claim."""
    name = part_of(FIRST, "Victims")
    person = Annotator()
    for result in person.result:
        if result.get("id") == name:
            result["value"] |= bounds("12 people")
        elif result.get("id") == FIRST.id and result["type"] == "labels":
            result["value"] |= bounds("killed 12")
    patch = the_review(person.submit(), FIRST.id).patch
    assert patch["victims"] == {"text": "12 people", "start": 14}
    assert patch["quantity"] == {"text": "killed 12", "start": 7}


@pytest.mark.parametrize("label", ["Harm", "Perpetrator", "Time", "Victims"])
def test_a_passage_is_taken_away(label: str) -> None:
    """A part without its link is null; victims keep their category."""
    person = Annotator().drop(from_id=FIRST.id, to_id=part_of(FIRST, label))
    patch = the_review(person.submit(), FIRST.id).patch
    assert patch == {
        label.lower(): {"text": None, "start": None, "end": None} if label == "Victims" else None
    }


def test_passages_are_added() -> None:
    """A cause with its label, a place of a kind, and a source with its cue, linked from either end."""
    person = Annotator().drop(from_id=FIRST.id, to_id=part_of(FIRST, "Source"))
    person.drop(from_id=FIRST.id, to_id=part_of(FIRST, "Cue"))
    person.add(
        region("counted", "Cause", "n1"),
        link("n1", FIRST.id),
        value(FIRST.id, "cause", choices=["clash"]),
        region("Erbil", "City", "n2"),
        link(FIRST.id, "n2"),
        region("Medics", "Source", "n3"),
        link(FIRST.id, "n3"),
        region("counted", "Cue", "n4"),
        link(FIRST.id, "n4"),
    )
    found = apply(FOUND, person.submit()).extraction
    [claim] = [c for c in found.claims if c.id == FIRST.id]
    assert claim.cause is not None
    assert (claim.cause.label, claim.cause.text) == ("clash", "counted")
    assert [place.name for place in claim.places][-1] == "Erbil"
    assert claim.places[:-1] == FIRST.places
    assert claim.attribution is not None
    assert (claim.attribution.source.name, claim.attribution.cue.text) == ("Medics", "counted")


def test_a_kind_of_place_is_changed() -> None:
    """The label of a place is its kind, and what is known of it stays."""
    person = Annotator()
    for result in person.result:
        if result.get("id", "").startswith("city-") and result["value"]["text"] == "Mosul":
            result["value"]["labels"] = ["Region"]
    [place] = the_review(person.submit(), FIRST.id).patch["places"]
    assert place["kind"] == "region"
    assert place["geonameid"] == FIRST.places[0].geonameid


def test_a_figure_is_deleted() -> None:
    """The claim is rejected, also where only its label was changed to another."""
    person = Annotator().drop(id=FIRST.id).drop(from_id=FIRST.id)
    assert the_review(person.submit(), FIRST.id).decision == "reject"
    person = Annotator()
    for result in person.result:
        if result.get("id") == FIRST.id and result["type"] == "labels":
            result["value"]["labels"] = ["Time"]
    assert the_review(person.submit(), FIRST.id).decision == "reject"


def test_a_claim_is_added() -> None:
    """A new figure with a link to its harm makes a claim; its number is read where none is given."""
    harm = part_of(FIRST, "Harm")
    person = Annotator().add(
        region("Gunmen", "Figure", "new"),
        link("new", harm),
        value("new", "low", number=3),
        value("new", "harm", choices=["killed"]),
        value("new", "category", choices=["perpetrator"]),
        value("new", "note", text=["seen on site"]),
    )
    [added] = [one for one in person.submit() if one.decision == "add"]
    claim = added.outcome(None)
    assert claim is not None
    assert (claim.quantity.low, claim.quantity.high, claim.harm and claim.harm.text) == (3, None, "killed")
    assert claim.victims is not None
    assert claim.victims.category == "perpetrator"
    assert claim.evidence == FIRST.evidence
    assert added.note == "seen on site"
    assert claim in [c.model_copy(update={"incident": None}) for c in apply(FOUND, [added]).extraction.claims]


def test_a_figure_that_is_marked_anew_keeps_its_claim() -> None:
    """The id comes from the text and the passages: deleting and marking again is a fix, and no second claim."""
    again = [
        region("12", "Figure", "new"),
        link("new", part_of(FIRST, "Harm")),
        value("new", "harm", choices=["killed"]),
    ]
    found = Annotator().drop(id=FIRST.id).drop(from_id=FIRST.id).add(*again).submit()
    review = the_review(found, FIRST.id)
    assert review.decision == "fix"
    assert set(review.patch) == {"victims", "perpetrator", "time", "places", "attribution"}
    [error] = [one for one in Annotator().add(*again).submit() if isinstance(one, InputError)]
    assert "there is such a claim already" in str(error)


@pytest.mark.parametrize(
    ("items", "problem"),
    [
        ([region("Rain", "Figure", "new")], "without low, best or high"),
        ([region("40", "Figure", "new")], "without a link to its word of harm"),
        ([region("40", "Figure", "new"), region("wounded", "Harm", "h"), link("new", "h")], "kind of harm"),
        ([region("Rain", "Harm", "h"), link(FIRST.id, "h")], "2 passages are linked to it as Harm"),
        ([value(FIRST.id, "low", number=50)], "not in order"),
        ([value(FIRST.id, "low", number=1.5)], "no whole number"),
        ([value(FIRST.id, "earliest", datetime="May 1")], "no date"),
        ([value(FIRST.id, "status", choices=["sure"])], "none of confirmed"),
        ([value(FIRST.id, "status", choices=["denied", "alleged"])], "2 values"),
        ([value(FIRST.id, "cause", choices=["clash"])], "the claim has no cause"),
    ],
)
def test_marks_that_make_no_claim_are_told(items: list[dict[str, Any]], problem: str) -> None:
    """An error names document and figure in place of the one claim; the others have their reviews."""
    found = Annotator().add(*items).submit()
    [error] = [one for one in found if isinstance(one, InputError)]
    assert problem in str(error)
    assert FOUND.document.id in str(error)
    expected = len(FOUND.claims) if items[0].get("id") == "new" else len(FOUND.claims) - 1
    assert len(found) == expected + 1


def test_what_was_not_submitted_is_no_review() -> None:
    """Skipped tasks and tasks that nobody opened give nothing."""
    assert Annotator().submit(was_cancelled=True) == []
    assert list(read_labelstudio([TASK], ARCHIVE)) == []


def test_two_annotators_give_two_reviews() -> None:
    """Each annotation of a task counts, and the later one stands."""
    made = {**TASK, "annotations": []}
    for at, result in (("2024-05-02T00:00:00Z", Annotator().result), ("2024-05-01T00:00:00Z", [])):
        made["annotations"].append({"result": result, "completed_by": 1, "created_at": at})
    found = list(read_labelstudio(made, ARCHIVE))
    assert len(found) == 2 * len(FOUND.claims)
    assert apply(FOUND, found).extraction.claims == FOUND.claims


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"sha256": "0" * 64}, "with another text"),
        ({"sha256": "0" * 64, "document": "x"}, "there are no claims of document 'x'"),
        ({"text": None}, "data.text is no string"),
    ],
)
def test_a_task_that_belongs_to_no_claims(change: dict[str, Any], problem: str) -> None:
    """It is told with its number."""
    made = {"data": {**TASK["data"], **change}, "annotations": [{"result": []}]}
    [error] = read_labelstudio([made], ARCHIVE, file="export.json")
    assert problem in str(error)
    assert str(error).startswith("export.json, row 1: ")


def test_the_task_s_own_text_will_do() -> None:
    """An export brings the text along, so that the articles are not needed again."""
    found = list(
        read_labelstudio([{**TASK, "annotations": [{"result": Annotator().result}]}], Archive([FOUND]))
    )
    assert [one.decision for one in found] == ["accept"] * len(FOUND.claims)
