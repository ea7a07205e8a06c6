"""The review sheet: what people write into it, and what is wrong with it."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from casualty_extract import extract
from casualty_extract.errors import InputError
from casualty_extract.records import Article
from casualty_extract.reviews import Archive, Review, apply, digest
from casualty_extract.reviews_sheet import COLUMNS, read_sheet, write_sheet
from casualty_extract.writers import guard

TEXT = "Gunmen killed 21 people in Mosul on Friday, police said. The attackers fled. Rain fell in Mosul."
ARTICLE = Article(id="=HYPERLINK(1)", text=TEXT, title="@SUM(A1)")
FOUND = extract(ARTICLE, published="2017-09-03")
[CLAIM] = FOUND.claims
ARCHIVE = Archive([FOUND], {digest(TEXT): TEXT})


def sheet() -> list[dict[str, str]]:
    stream = io.StringIO()
    write_sheet([FOUND], stream)
    return list(csv.DictReader(io.StringIO(stream.getvalue().removeprefix("\ufeff"))))


def filled(archive: Archive = ARCHIVE, **cells: str) -> list[Any]:
    [row] = sheet()
    return list(read_sheet(written([{**row, **cells}]), archive, file="s.csv"))


def written(rows: list[dict[str, str]]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def test_a_row_tells_the_claim() -> None:
    """The figure stands in brackets within its sentence, values beside it; formulas are guarded."""
    [row] = sheet()
    assert tuple(row) == COLUMNS
    assert row["context"].startswith("Gunmen killed [21] people in Mosul")
    assert (row["figure"], row["low"], row["harm"], row["status"]) == ("21", "21", "killed", "asserted")
    assert (row["document"], row["title"]) == ("'=HYPERLINK(1)", "'@SUM(A1)")
    assert row["decision"] == row["fix_number"] == row["note"] == ""


@pytest.mark.parametrize(
    ("cells", "patch"),
    [
        ({"fix_number": "12"}, {"quantity": {"low": 12, "best": 12, "high": 12}}),
        ({"fix_number": "1,200.0"}, {"quantity": {"low": 1200, "best": 1200, "high": 1200}}),
        (
            {"fix_high": "null", "fix_qualifier": "at_least"},
            {"quantity": {"high": None, "qualifier": "at_least"}},
        ),
        ({"decision": "FIX", "fix_status": "confirmed"}, {"status": "confirmed"}),
        ({"fix_status": "Confirmed"}, {"status": "confirmed"}),
        ({"fix_groups": "Women; children"}, {"victims": {"groups": ["children", "women"]}}),
        ({"fix_groups": "women; children"}, {"victims": {"groups": ["children", "women"]}}),
        ({"fix_intent": "deliberate"}, {"intent": "deliberate"}),
        ({"fix_latest": "2017-09-02"}, {"time": {"latest": "2017-09-02"}}),
        (
            {"fix_perpetrator": "The attackers"},
            {"perpetrator": {"text": "The attackers", "start": 57, "end": 70}},
        ),
        (
            {"fix_cause": "shooting", "fix_cause_text": "Gunmen"},
            {"cause": {"text": "Gunmen", "start": 0, "end": 6, "label": "shooting"}},
        ),
        ({"fix_time_text": "null"}, {"time": None}),
        (
            {"fix_source": "Gunmen"},
            {"attribution": {"source": {"text": "Gunmen", "start": 0, "end": 6, "name": "Gunmen"}}},
        ),
    ],
)
def test_fixes(cells: dict[str, str], patch: dict[str, Any]) -> None:
    """What is written into a fix column is what changes, with or without the word "fix"."""
    [review] = filled(**cells)
    assert review.decision == "fix"
    for part, change in patch.items():
        for key, value in change.items() if isinstance(change, dict) else ():
            assert review.patch[part][key] == value
    assert set(review.patch) == set(patch)
    assert apply(FOUND, [review]).extraction.claims[0] == review.outcome(None).model_copy(
        update={"incident": CLAIM.incident}
    )


def test_other_cells_of_a_row() -> None:
    """Note and reviewer come along, without their guard; a fix to what is there already accepts."""
    [review] = filled(decision="accept", note=guard("=odd"), reviewer="Ann")
    assert (review.decision, review.note, review.reviewer, review.tool) == ("accept", "=odd", "Ann", "sheet")
    assert [one.decision for one in filled(fix_number="21")] == ["accept"]
    assert filled() == []


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({"decision": "maybe"}, "'maybe' is none of accept, reject, fix"),
        ({"decision": "accept", "fix_low": "3"}, "there are fixes: low"),
        ({"decision": "fix"}, "there is no fix"),
        ({"decision": "accept", "key": "k1"}, "key 'k1' is that of no claim"),
        ({"note": "hm"}, "there is a note, but no decision"),
        ({"fix_low": "30"}, "not in order"),
        ({"fix_low": "-3"}, "no whole number"),
        ({"fix_low": "٣"}, "no whole number"),
        ({"fix_low": "9" * 40}, "no whole number"),
        ({"fix_unit": "null"}, "unit cannot be null"),
        ({"fix_harm": "dead"}, "none of killed"),
        ({"fix_earliest": "01/09/2017"}, "no date such as"),
        ({"fix_cause": "clash"}, "the claim has no cause"),
        ({"fix_cause_text": "fled"}, "give fix_cause too"),
        ({"fix_victims": "soldiers"}, "does not stand in the text"),
        ({"fix_cue": "null"}, "both source and cue"),
    ],
)
def test_a_wrong_row_is_told_with_its_number(cells: dict[str, str], problem: str) -> None:
    """And the next one is read."""
    [row] = sheet()
    content = written([{**row, **cells}, {**row, "decision": "reject"}])
    found = list(read_sheet(content, ARCHIVE, file="s.csv"))
    assert [type(one) for one in found] == [InputError, Review]
    assert problem in str(found[0])
    assert str(found[0]).startswith("s.csv, row 2: ")


def test_words_at_two_places_are_refused() -> None:
    """Nothing tells which of them is meant; and outside the sentence the text is needed."""
    text = "Gunmen killed 21 people, and people fled, police said."
    found = extract(text)
    stream = io.StringIO()
    write_sheet([found], stream)
    [row] = csv.DictReader(io.StringIO(stream.getvalue().removeprefix("\ufeff")))
    [error] = read_sheet(written([{**row, "fix_perpetrator": "people"}]), Archive([found]))
    assert "stands there 2 times" in str(error)
    [error] = filled(Archive([FOUND]), fix_perpetrator="The attackers")
    assert "the text was not given" in str(error)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_separators_and_columns_as_spreadsheets_leave_them(separator: str) -> None:
    """Columns may be missing, moved or added; head words may be capitals."""
    [row] = sheet()
    content = (
        separator.join(("My own", "DECISION", "Key")) + "\r\n" + separator.join(("x", "reject", row["key"]))
    )
    [review] = read_sheet("\ufeff" + content, ARCHIVE)
    assert (review.decision, review.claim) == ("reject", CLAIM.id)


@pytest.mark.parametrize(
    ("content", "problem", "row"),
    [
        ("", "it is empty", None),
        ("a,b\n1,2\n", "no column 'key'", 1),
        ("key,fix_colour\n", "no column 'fix_colour'", 1),
        ("key,note,note\n", "two columns are called 'note'", 1),
        ('key,decision\n"a"b,accept\n', "no valid CSV", 2),
        ('key,decision\nk,"accept\n', "no valid CSV", 2),
    ],
)
def test_a_sheet_that_is_none(content: str, problem: str, row: int | None) -> None:
    """It is told, with the row."""
    [error] = read_sheet(content, ARCHIVE, file="s.csv")
    assert isinstance(error, InputError)
    assert problem in str(error)
    assert error.row == row


def test_a_claim_is_decided_once() -> None:
    """A second row about it is an error that names the first."""
    [row] = sheet()
    rows = [{**row, "decision": "accept"}, row, {**row, "decision": "reject"}]
    found = list(read_sheet(written(rows), ARCHIVE))
    assert [type(one) for one in found] == [Review, InputError]
    assert "row 2 has decided this claim already" in str(found[1])
