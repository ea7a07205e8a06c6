"""The actor of an incident, told with one of its figures, for the same harm told again."""

from __future__ import annotations

import pytest

from casualty_extract import Article, explain, extract
from casualty_extract.incidents_actors import RULE

# The actors of the claims, in order.
ROWS = [
    (
        "Officers shot dead Ali Dahli, 22, in Arda. It rained. It was late. Doctors said Dahli was shot dead with six bullets.",
        ["Officers", "Officers"],
    ),
    ("Nine people were killed in Arda. The nine people were killed by rebels.", ["rebels", "rebels"]),
    # Another figure of the incident, and a figure told with two actors.
    ("Nine people were killed in Arda. Seven people were killed by rebels.", [None, "rebels"]),
    (
        "Nine people were killed in Arda. The nine people were killed by rebels. The nine people were killed by troops.",
        [None, "rebels", "troops"],
    ),
    # A running total.
    ("Nine people have been killed since May. Nine people were killed by rebels.", [None, "rebels"]),
]


@pytest.mark.parametrize(("text", "expected"), ROWS, ids=[text for text, _ in ROWS])
def test_the_actor_of_the_same_harm(text: str, expected: list[str | None]) -> None:
    """The same figure or person told again has the actor that is told once."""
    found = extract(text, published="2017-09-01").claims
    assert [c.perpetrator.text if c.perpetrator else None for c in found] == expected


def test_the_rule_is_told() -> None:
    """The decision names the rule and the passage."""
    text = "Nine people were killed in Arda. The nine people were killed by rebels."
    decisions = explain(Article(text=text))[0]["decisions"]
    assert [d["text"] for d in decisions if d["slot"] == "perpetrator" and d["rule"] == RULE] == ["rebels"]
