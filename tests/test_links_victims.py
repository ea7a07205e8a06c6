"""Whose harm a figure tells of, where the noun stands apart from it."""

from __future__ import annotations

import pytest

from casualty_extract import extract


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("The driver, Omar Dahli, was killed in the crash.", "civilian"),
        ("The reporter Michelle Low was killed on Friday.", "civilian"),
        ("State police say Dunn Averill was killed in the crash.", "unspecified"),
        ("Officers said Ana Diaz was killed on Friday.", "unspecified"),
        ("The governor put the death toll at 78.", "unspecified"),
        ("Officials put the number of injured at more than 500.", "unspecified"),
        ("Dozens died, a local councillor told reporters. Police put the death toll at 23.", "unspecified"),
        ("Gunmen killed 12 people. The mayor of Arda, Omar Dahli, put the toll at 57.", "unspecified"),
        ("The civilian death toll rose to 78.", "civilian"),
        ("The official death toll rose to 78.", "unspecified"),
        (
            "The death toll from riots after the death of the rebel leader Omar Dahli has passed 100.",
            "unspecified",
        ),
        ("The death toll among civilians rose to 78.", "civilian"),
        # A part of a whole is what the words behind "of them" say.
        ("An air strike left 18 dead, six of them civilians.", "civilian"),
        ("Ten people, three of them soldiers, were killed.", "combatant"),
        ("Three of the dead were policemen.", "police"),
        ("Eight people died, seven of them from gunshot wounds.", "unspecified"),
        # A bare number counts what the whole before does, and not its part.
        ("Missiles killed 52 people, including at least five soldiers, and wounded 100.", "unspecified"),
        ("At least 52 people, 40 of them soldiers, were killed and 100 wounded.", "unspecified"),
        ("The number of children killed rose to 78.", "civilian"),
        (
            "Of 40 civilian casualty reports, many were closed. It found 35 reports to be credible.",
            "civilian",
        ),
    ],
)
def test_category_is_of_those_harmed(text: str, category: str) -> None:
    victims = [c.victims.category if c.victims else None for c in extract(text).claims]
    assert victims[-1:] == [category]
