"""Figures behind a noun of harm: tolls that rise, labels with a colon, the group that others are taken from."""

from __future__ import annotations

import pytest

from casualty_extract import extract


def figures(text: str) -> list[tuple[str, str | None]]:
    """The figures of a text, each with its harm."""
    claims = extract(text, published="2017-09-03").claims
    return [(c.quantity.text, c.harm.label if c.harm else c.unit) for c in claims]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Killed: 14. Injured: 30.", [("14", "killed"), ("30", "injured")]),
        ("Dead: 3, hurt: 12", [("3", "killed"), ("12", "injured")]),
        ("Deaths: 45", [("45", "killed")]),
        ("The toll rose to 45 from 30.", [("45", "killed")]),
        # Who tells of the victims is none of them.
        (
            "A bomb killed 54 people. At least 22 of the victims were minors, an official told reporters.",
            [("54", "killed"), ("22", "killed")],
        ),
        ("Deaths rose to 45 from 30 a week earlier.", [("45", "killed")]),
        ("Infections have climbed to 3,000.", [("3,000", "infected")]),
        ("Cholera cases rose to 3,400.", [("3,400", "infected")]),
        ("The number of wounded troops rose to above 400.", [("400", "injured")]),
        ("The number of injured police officers rises to 568.", [("568", "injured")]),
        ("The number of people left homeless stands at 40,000.", [("40,000", "displaced")]),
        (
            "The number of civilians killed in the reprisals since March 6 rises to 1,767.",
            [("1,767", "killed")],
        ),
        ("That brought the death toll in the country past 922.", [("922", "killed")]),
        (
            "Her death would bring to 23 the number of people who have died from the virus.",
            [("23", "killed")],
        ),
        ("The release brings to 9,000 the number of detainees who were freed.", [("9,000", "rescued")]),
        (
            "The toll from the mining accident rose to 32 Wednesday after searchers found two bodies.",
            [("32", "killed"), ("two", "killed")],
        ),
        ("The toll from the attack rises to at least eleven police officers.", [("eleven", "killed")]),
        ("Toll in quake now 2,000", [("2,000", "killed")]),
        ("Of the dead, 12 were children.", [("12", "killed")]),
        (
            "The embassy says eight Turks were among the more than 90 people wounded in the blast.",
            [("eight", "injured"), ("90", "injured")],
        ),
        ("Of the 90 people infected, 60 have died.", [("90", "infected"), ("60", "killed")]),
        (
            "There have been 1,200 cases of cholera, including 45 deaths.",
            [("1,200", "infected"), ("45", "killed")],
        ),
        ("The dead numbered 45.", [("45", "killed")]),
        ("Confirmed deaths stand at 45.", [("45", "killed")]),
        ("Casualties numbered 45.", [("45", "casualties")]),
        ("The toll from the quake passes 2,000.", [("2,000", "killed")]),
    ],
)
def test_figures_behind_a_noun_are_its_toll(text: str, expected: list[tuple[str, str]]) -> None:
    """The figure that a toll, a number or a label leads to counts the harm."""
    assert figures(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The number of troops in the town rose to 400.", []),
        ("Prices rose to 45 from 30.", []),
        ("The number of visitors brings to 23 the number of guests.", []),
        ("Sixty of the 90 patients have died.", [("Sixty", "killed")]),
        ("Sixty of the 90 patients infected have died.", [("Sixty", "killed"), ("90", "infected")]),
        ("The floods affected 2 million people and left 300 dead.", [("300", "killed")]),
    ],
)
def test_what_only_looks_like_a_toll_is_none(text: str, expected: list[tuple[str, str]]) -> None:
    """Other numbers, and the whole that a part is taken from, count no harm."""
    assert figures(text) == expected
