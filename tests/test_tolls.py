"""Tolls: what claims add up to, the number of the main event, and what does not agree."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casualty_extract import extract
from casualty_extract.errors import ArgumentError
from casualty_extract.records import Extraction
from casualty_extract.scoring_totals import Row, Totals, read_totals, score_totals
from test_fixtures import FIXTURES

FLOORS = {"killed": (0.95, 0.92), "injured": (0.96, 0.91)}
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
        ("A suicide bomber killed himself and nine others in Arda.", 10, 9),
        ("Initial reports said five people had died in Arda, but the toll was later revised to eight.", 8, 8),
        ("In Arda 10 people were killed (7 rebels, 3 soldiers), 6 wounded.", 10, 10),
        ("An attack left a soldier and 12 civilians dead in Arda.", 13, 13),
        ("Five people died in Arda on Friday. Last year, 60 people died in a similar storm.", 5, 5),
        ("Eight people were killed in Arda on Monday, bringing to 120 the number killed this year.", 8, 8),
        ("A man was shot dead in Arda. Omar Dahli was shot dead by rebels, police said.", 1, 1),
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


def test_resolve_refuses_other_harms() -> None:
    """A harm that no claim can have is an error, not a text that tells of none."""
    with pytest.raises(ArgumentError, match="harm: 'dead' cannot be used, expected one of killed"):
        extract("Gunmen killed 12 people.").resolve("dead")  # type: ignore[arg-type]


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
        ("Five people were killed in Arda, including three women and four men.", ["parts"]),
        ("The ministry denied that 12 people were killed in Arda. Activists said 12 people were killed in Arda.", ["denial"]),
        ("Twelve miners died. Another two died later, bringing the toll to 14.", []),
    ],
)  # fmt: skip
def test_checks(text: str, kinds: list[str]) -> None:
    """What does not agree is told with its claims."""
    found = extract(text)
    assert [check.kind for check in found.checks()] == kinds
    assert all({c.id for c in found.claims} >= set(check.claims) for check in found.checks())


def test_a_later_greater_toll_takes_the_place_of_the_headline() -> None:
    """The toll of the headline is out of date where the text tells of more of the same people."""
    headline, text = extract(
        "Bomb kills 40 in Arda\n\nAt least 42 people were killed in Arda on Friday, police said."
    ).claims
    assert (headline.superseded_by, text.superseded_by) == (text.id, None)


@pytest.mark.parametrize(
    "text",
    [
        "Four rebels were killed in Arda. A statement based on an initial review told of five rebels killed.",
        "Four people were killed in Arda, police said. Five people were killed in Arda, doctors said.",
        "Four people were killed in Arda in 2012. Five people were killed in Arda in 2016.",
        "Four people were killed in Arda. Nine people were wounded.",
    ],
)
def test_other_figures_take_no_toll_s_place(text: str) -> None:
    """Older figures, other sources, other times and other harms leave a toll as it is."""
    assert [claim.superseded_by for claim in extract(text).claims] == [None, None]


def score(*args: str) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "casualty_extract", "score-totals", *args], capture_output=True, text=True
    )
    return done.returncode, done.stdout, done.stderr


def test_command_scores_a_csv(tmp_path: Path) -> None:
    """A CSV's rows are scored, a missing number is not judged, and errors are shown where they are asked for."""
    file = tmp_path / "rows.csv"
    file.write_text(
        "id,text,killed,injured\na,Gunmen killed 12 people.,12,\nb,Gunmen killed 12 people.,13,0\n",
        encoding="utf-8",
    )
    status, out, _ = score(str(file), "--errors", "5")
    assert (status, out.splitlines()) == (
        0,
        [
            "killed rows=2 exact=0.500 mae=0.50",
            "injured rows=1 exact=1.000 mae=0.00",
            "b killed expected=13 found=12 Gunmen killed 12 people.",
        ],
    )


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ('{"killed": 3}', "row 1: no text"),
        ('{"text": "Three died.", "killed": -3}', "no count of people"),
        ("[]", "row 1"),
        (None, "No such file"),
    ],
)
def test_command_names_the_row_that_cannot_be_read(tmp_path: Path, content: str | None, told: str) -> None:
    """A file or row that cannot be read ends the run with one line and status 3."""
    file = tmp_path / "rows.jsonl"
    if content is not None:
        file.write_text(content, encoding="utf-8")
    status, out, err = score(str(file))
    assert (status, out, len(err.splitlines())) == (3, "", 1)
    assert told in err


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
