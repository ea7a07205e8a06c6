"""Tolls: what claims add up to, the number of the main event, and what does not agree."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casualty_extract import extract
from casualty_extract.records import Extraction
from casualty_extract.scoring_totals import Row, Totals, read_totals, score_totals
from test_fixtures import FIXTURES

FLOORS = {"killed": (0.93, 0.90), "injured": (0.96, 0.91)}
"""The shares of exact numbers in all rows, and in those held back, that must be reached."""


@pytest.mark.parametrize(
    ("text", "everyone", "victims"),
    [
        ("Gunmen killed five people in Arda, including two children.", 5, 5),
        ("Militants killed 3 police and 4 civilians in Arda.", 7, 7),
        ("The death toll rises to 45 in Arda.", 45, 45),
        ("Twelve people died in Arda. Another two died later, bringing the toll to 14.", 14, 14),
        ("Five people and the gunman were killed in Arda.", 6, 5),
        ("Seven people, including the bomber, died in Arda.", 7, 6),
        ("The bomber and six others died in Arda.", 7, 6),
        ("A man and a woman were killed in Arda. Two gunmen were shot dead by police.", 4, 2),
        ("Five police officers and a driver died in Arda.", 6, 6),
        ("At least three and as many as eight people were killed in Arda.", 3, 3),
        ("Amir Salim and Hassan Dawi were shot dead in Arda.", 2, 2),
        ("Nine bodies were found in Arda.", 9, 9),
        ("No casualties were reported in Arda.", 0, 0),
        ("Between 10 and 13 people died in Arda.", 11, 11),
        ("Dozens of people died in Arda.", 24, 24),
        ("The toll in Arda climbed to 33 after 10 more bodies were found.", 33, 33),
        ("The mayor of Arda resigned.", None, None),
        ("The army denied that 12 people were killed in Arda.", None, None),
    ],
)  # fmt: skip
def test_resolve(text: str, everyone: int | None, victims: int | None) -> None:
    """The number of the main event is the one a data set codes, with attackers and without."""
    found = extract(text)
    both = found.resolve(), found.resolve(attackers=False)
    assert [one and one.best for one in both] == [everyone, victims]


def test_bounds_name_their_claims() -> None:
    """Each bound of a toll rests on the claims that tell it."""
    found = extract(
        "Police said six people were killed in Arda. Doctors said eight people were killed in Arda."
    )
    [toll] = found.incidents[0].tolls
    six, eight = (claim.id for claim in found.claims)
    assert (toll.low, toll.best, toll.high) == (6, 8, 8)
    assert (toll.low_claims, toll.best_claims, toll.high_claims) == ((six,), (eight,), (eight,))


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("The army said 12 people were killed in Arda. Doctors said 30 people were killed in Arda.", ["contradiction"]),
        ("The army said 12 people were killed in Arda. Doctors said 12 people were killed in Arda.", []),
        ("Twelve miners died. Another two died later, bringing the toll to 15.", ["sum"]),
        ("Twelve miners died. Another two died later, bringing the toll to 14.", []),
    ],
)  # fmt: skip
def test_checks(text: str, kinds: list[str]) -> None:
    """What does not agree is told with its claims."""
    found = extract(text)
    assert [check.kind for check in found.checks()] == kinds
    assert all({c.id for c in found.claims} >= set(check.claims) for check in found.checks())


FIGURES = st.sampled_from(
    ["two", "12", "at least 30", "up to 20", "dozens of", "no", "between 5 and 9", "more than 40"]
)
PEOPLE = st.sampled_from(["people", "soldiers", "civilians", "policemen", "rebels"])
SENTENCES = st.builds(
    "{} {} were {} in Arda{}.".format,
    FIGURES.map(str.capitalize),
    PEOPLE,
    st.sampled_from(["killed", "wounded"]),
    st.sampled_from(["", ", police said", " on Friday", ", including three children"]),
)


def deaths(found: Extraction) -> int:
    """All the dead of all incidents."""
    return sum(t.best or 0 for i in found.incidents for t in i.tolls if t.harm == "killed")


@settings(max_examples=40, deadline=None)
@given(st.lists(SENTENCES, min_size=1, max_size=5))
def test_bounds_are_in_order_and_a_paragraph_told_twice_adds_no_deaths(sentences: list[str]) -> None:
    """low <= best <= high whatever is told; a paragraph that stands twice adds claims, but nobody harmed."""
    once = extract(" ".join(sentences))
    twice = extract("\n\n".join([" ".join(sentences)] * 2))
    for harm in ("killed", "injured"):
        one, two = once.resolve(harm), twice.resolve(harm)
        assert (one and one.best) == (two and two.best)
        if one is not None:
            known = [n for n in (one.low, one.best, one.high) if n is not None]
            assert known == sorted(known)
    assert deaths(once) == deaths(twice)
    assert len(twice.claims) >= 2 * len(once.claims) - len(sentences)
    for toll in (t for i in twice.incidents for t in i.tolls):
        known = [n for n in (toll.low, toll.best, toll.high) if n is not None]
        assert known == sorted(known)


@pytest.fixture(scope="module")
def totals() -> dict[bool, Totals]:
    """The score of all rows, and of those held back."""
    path = FIXTURES / "totals.jsonl"
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    held = {row["id"] for row in lines if row["held"]}
    rows = list(read_totals(path))

    def made(row: Row) -> Extraction:
        return extract(row.text, published=row.published)

    return {only: score_totals([r for r in rows if not only or r.id in held], made) for only in (False, True)}


@pytest.mark.parametrize("harm", FLOORS)
def test_totals_hold_their_floors(totals: dict[bool, Totals], harm: str) -> None:
    """The numbers of the descriptions are found as often as before, those held back too."""
    assert totals[False].judged[harm] == 200
    assert totals[False].exact[harm] >= FLOORS[harm][0]
    assert totals[True].exact[harm] >= FLOORS[harm][1]
