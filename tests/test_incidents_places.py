"""The spot of an incident, told with one of its figures: whose places it leads, and whose not."""

from __future__ import annotations

import pytest

from casualty_extract import Article, explain, extract
from casualty_extract.incidents_places import RULE, spots
from casualty_extract.records import Claim

# The texts of the places of each claim, in order.
ROWS = [
    # The same toll, told again with its spot.
    (
        "Four officers were killed in a series of attacks in Jordan. In all, four officers were killed in Karak, Jordan.",
        [["Karak", "Jordan"], ["Karak", "Jordan"]],
    ),
    # A smaller figure may count some of the larger one.
    (
        "Attacks killed 32 people in Kerala. In Kochi in Kerala, 20 people died.",
        [["Kerala"], ["Kochi", "Kerala"]],
    ),
    # Spots far from each other are none of the whole incident.
    (
        "Attacks killed nine people in Yemen. Nine were shot at Aden in Yemen. Nine were shot at Mukalla in Yemen.",
        [["Yemen"], ["Aden", "Yemen"], ["Mukalla", "Yemen"]],
    ),
    # A running total is of many places.
    (
        "Attacks have killed 90 people in Yemen since May. Ninety people were killed in Taiz in Yemen.",
        [["Yemen"], ["Taiz", "Yemen"]],
    ),
]


@pytest.mark.parametrize(("text", "expected"), ROWS, ids=[row[0] for row in ROWS])
def test_spots(text: str, expected: list[list[str]]) -> None:
    """The spot leads the places of the figures that name only a wider place."""
    claims = extract(text, published="2017-09-03").claims
    assert [[place.text for place in claim.places] for claim in claims] == expected


def test_the_rule_is_told_and_the_basis_is_context() -> None:
    """What was told with another figure is no place of the claim's own sentence."""
    text = ROWS[0][0]
    first = explain(Article(text=text))[0]
    claim, decisions = first["claim"], first["decisions"]
    assert [place.basis for place in claim.places] == ["context", "sentence"]
    assert [d["text"] for d in decisions if d["slot"] == "places" and d["rule"] == RULE] == ["Karak"]


def _claims(count: int) -> list[Claim]:
    claim = extract(ROWS[0][0]).claims[0]
    return [claim.model_copy(update={"id": f"c{n}"}) for n in range(count)]


def test_nothing_finer_is_nothing() -> None:
    """Claims that all name the same places gain none."""
    assert spots(_claims(3)) == {}
