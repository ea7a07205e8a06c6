"""Figures in lists: by place, by day, spelled out, and those that only look joined."""

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
        (
            "Twenty bodies had been recovered, eleven women and nine men, the mayor said.",
            [("Twenty", "killed"), ("eleven", "killed"), ("nine", "killed")],
        ),
        (
            "Three villagers were killed, two by a drone strike in Arda and one by gunfire in Belm.",
            [("Three", "killed"), ("two", "killed"), ("one", "killed")],
        ),
        (
            "Three people were killed, a woman and two children.",
            [("Three", "killed"), ("a", "killed"), ("two", "killed")],
        ),
        (
            "Nine people died, five in Arda and four in Belm.",
            [("Nine", "killed"), ("five", "killed"), ("four", "killed")],
        ),
        (
            "Seven were killed in Arda, four in Belm and two in Corva.",
            [("Seven", "killed"), ("four", "killed"), ("two", "killed")],
        ),
        (
            "Arda reported 12 deaths, Belm nine and Corva four.",
            [("12", "killed"), ("nine", "killed"), ("four", "killed")],
        ),
        ("Arda reported 12 deaths, Belm 9.", [("12", "killed"), ("9", "killed")]),
        ("Twelve people died on Monday and nine on Tuesday.", [("Twelve", "killed"), ("nine", "killed")]),
        (
            "Troops killed five militants in Arda province on Wednesday and 17 others in several other provinces.",
            [("five", "killed"), ("17", "killed")],
        ),
        (
            "Troops killed five militants in Arda on Wednesday and two soldiers in Belm.",
            [("five", "killed"), ("two", "killed")],
        ),
        (
            "Nine people were killed in Arda and two soldiers in Belm.",
            [("Nine", "killed"), ("two", "killed")],
        ),
        (
            "Air strikes killed at least 32 people, including sixteen people in Arda and two soldiers.",
            [("32", "killed"), ("sixteen", "killed"), ("two", "killed")],
        ),
        (
            "The army killed four rebels in Arda and two gang members in Belm.",
            [("four", "killed"), ("two", "killed")],
        ),
        (
            "The operation resulted in the deaths of 145 Arda Liberation Army (ALA) fighters, 18 civilians, and 18 security personnel.",
            [("145", "killed"), ("18", "killed"), ("18", "killed")],
        ),
        (
            "Officials confirmed the deaths of all 33 militants, as well as 29 passengers, and 8 soldiers.",
            [("33", "killed"), ("29", "killed"), ("8", "killed")],
        ),
        (
            "Another 45 people died on Tuesday, bringing the total to 900.",
            [("45", "killed"), ("900", "killed")],
        ),
        (
            "Two soldiers were killed on Monday, taking the number of dead to 90.",
            [("Two", "killed"), ("90", "killed")],
        ),
        (
            "Seven people in Arda, and three more in Belm, were killed in the raids.",
            [("Seven", "killed"), ("three", "killed")],
        ),
        (
            "Seven militants were killed, along with two Indian security personnel.",
            [("Seven", "killed"), ("two", "killed")],
        ),
        (
            "Nine rebels were killed in the battle, together with three guards.",
            [("Nine", "killed"), ("three", "killed")],
        ),
        ("A priest was killed alongside two of his associates.", [("A", "killed"), ("two", "killed")]),
        (
            "Four people were injured, one seriously, in a stabbing in the capital.",
            [("Four", "injured"), ("one", "injured")],
        ),
        (
            "Five people were hurt, two of them critically, in the crash.",
            [("Five", "injured"), ("two", "injured")],
        ),
        (
            "Five people are injured, including one critically and two seriously, in the attack.",
            [("Five", "injured"), ("one", "injured"), ("two", "injured")],
        ),
        ("The blast wounded 30, many critically.", [("30", "injured"), ("many", "injured")]),
        (
            "The army says 2 were killed, 10 injured and 4 are missing.",
            [("2", "killed"), ("10", "injured"), ("4", "missing")],
        ),
        ("Twelve people were killed, three of them children.", [("Twelve", "killed"), ("three", "killed")]),
        ("Twelve people, three of them children, were killed.", [("Twelve", "killed"), ("three", "killed")]),
        (
            "Twelve people - three of them children - were killed.",
            [("Twelve", "killed"), ("three", "killed")],
        ),
        ("Police arrested 45 people, five of them women.", [("45", "detained"), ("five", "detained")]),
        ("Nine people died (four of them children).", [("Nine", "killed"), ("four", "killed")]),
        (
            "Twelve people were killed in the fire, five of them women and three of them children.",
            [("Twelve", "killed"), ("five", "killed"), ("three", "killed")],
        ),
        (
            "Nine people died, five of them in hospital, and two men were questioned in Belm.",
            [("Nine", "killed"), ("five", "killed")],
        ),
        (
            "Gunmen killed 12 people in Arda, three of them police officers.",
            [("12", "killed"), ("three", "killed")],
        ),
        ("Of those killed, three were children.", [("three", "killed")]),
        ("Of the 12 dead, three were children.", [("12", "killed"), ("three", "killed")]),
    ],
)
def test_figures_of_a_list_share_their_harm(text: str, expected: list[tuple[str, str]]) -> None:
    """Places, days and totals divide the figures, not the harm."""
    assert figures(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Five people were killed, five cars and four lorries were burnt.", [("Five", "killed")]),
        (
            "Nine were killed, five women and four men were injured.",
            [("Nine", "killed"), ("five", "injured"), ("four", "injured")],
        ),
        ("Troops killed five in Arda and 12 people in Belm fled.", [("five", "killed"), ("12", "displaced")]),
        ("Two dead, one critical after shooting", [("Two", "killed")]),
        ("Twelve people died, Channel 4 said.", [("Twelve", "killed")]),
        ("Twelve people died on Highway 9.", [("Twelve", "killed")]),
        ("The team scored 12 goals in Arda and nine in Belm.", []),
        ("Nine people were killed, and two ministers from Arda resigned.", [("Nine", "killed")]),
    ],
)
def test_figures_of_their_own_stay_apart(text: str, expected: list[tuple[str, str]]) -> None:
    """A figure with a verb or a thing of its own takes nothing over."""
    assert figures(text) == expected


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Twenty bodies had been recovered, eleven women and nine men, the mayor said.", ["eleven", "nine"]),
        (
            "Three villagers were killed, two by a drone strike in Arda and one by gunfire in Belm.",
            ["two", "one"],
        ),
        ("Three people were killed, a woman and two children.", ["a", "two"]),
        ("Nine people died, five in Arda and four in Belm.", ["five", "four"]),
        (
            "Air strikes killed at least 32 people, including sixteen people in Arda and two soldiers.",
            ["sixteen", "two"],
        ),
        ("Four people were injured, one seriously, in a stabbing in the capital.", ["one"]),
        ("Five people were hurt, two of them critically, in the crash.", ["two"]),
        (
            "Five people are injured, including one critically and two seriously, in the attack.",
            ["one", "two"],
        ),
        ("Twelve people were killed, three of them children.", ["three"]),
        ("Twelve people, three of them children, were killed.", ["three"]),
        ("Twelve people - three of them children - were killed.", ["three"]),
        ("Police arrested 45 people, five of them women.", ["five"]),
        ("Nine people died (four of them children).", ["four"]),
        (
            "Twelve people were killed in the fire, five of them women and three of them children.",
            ["five", "three"],
        ),
        ("Nine people died, five of them in hospital, and two men were questioned in Belm.", ["five"]),
        ("Gunmen killed 12 people in Arda, three of them police officers.", ["three"]),
        ("Of the 12 dead, three were children.", ["three"]),
    ],
)
def test_parts_of_a_total_are_tied_to_it(text: str, parts: list[str]) -> None:
    """Figures that add up to the one before, or say how grave, are part of it."""
    assert [c.quantity.text for c in extract(text).claims if c.part_of] == parts
