"""Whether a harm was meant, where a word beside its cause tells it."""

from __future__ import annotations

import pytest

from casualty_extract import extract


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Troops deliberately shelled a hospital, killing 14 patients.", "deliberate"),
        ("The army accidentally bombed a camp, killing 50 people.", "unintentional"),
        ("An accidental explosion killed nine workers.", "unintentional"),
        ("Gunmen targeted civilians, killing 11.", "deliberate"),
        # What the harm itself says goes before.
        ("The deliberate shelling of a base accidentally killed two farmers.", "unintentional"),
        # Another sentence, or another clause.
        ("Troops deliberately shelled a base. Nine died in the attack.", None),
        ("Aid was deliberately delayed, and shelling killed nine.", None),
        ("Shelling killed nine people.", None),
    ],
)
def test_intent(text: str, intent: str | None) -> None:
    claim = extract(text).claims[-1]
    assert claim.intent == intent
