"""Verbs that share a subject and its auxiliary: who suffered the last of them stands before the first."""

from __future__ import annotations

import pytest

from casualty_extract import extract


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Five teachers were attacked and killed on Monday.", [("Five", "killed")]),
        ("Five teachers were dragged from a bus and killed.", [("Five", "killed")]),
        ("Five teachers were stopped at a checkpoint, robbed and shot dead.", [("Five", "killed")]),
        ("Nine men were tied up and executed.", [("Nine", "killed")]),
        ("Six pilgrims had been ambushed on the road to Arda and wounded.", [("Six", "injured")]),
        ("Four women were robbed and murdered.", [("Four", "killed")]),
        ("Police said two suspects were chased through the market and arrested.", [("two", "detained")]),
        # Death tells how it ended.
        ("Five teachers were kidnapped and later killed.", [("Five", "killed")]),
        ("Five teachers had been abducted at gunpoint and shot dead.", [("Five", "killed")]),
        ("Some 30 villagers were rounded up, taken to the river and drowned.", [("30", "killed")]),
        # The verb opens a clause of its own.
        ("Seven soldiers were ambushed and killed two attackers.", [("two", "killed")]),
        ("Six captives were freed and taken to hospital.", [("Six", "rescued")]),
        ("Three shops were looted and burned.", []),
        ("Two cars were set on fire and destroyed, and three people were hurt.", [("three", "injured")]),
        ("Twelve people were killed or wounded.", [("Twelve", "casualties")]),
    ],
)
def test_last_of_several_verbs_is_told_of_their_subject(text: str, expected: list[tuple[str, str]]) -> None:
    found = [(c.quantity.text, c.harm.label if c.harm else "") for c in extract(text).claims]
    assert found == expected
