"""Where a harm happened: the places of its sentence, those told elsewhere, and the spot within them."""

from __future__ import annotations

import pytest

from casualty_extract import extract

# The text, the figure asked about, and the texts of its places.
TOLD = [
    ("Six people died in Mosul.", "Six", ["Mosul"]),
    # The spot within the town, told in the next sentence, leads.
    (
        "A bomb killed six people in Baghdad. It went off in the Karrada district.",
        "six",
        ["Karrada district", "Baghdad"],
    ),
    # Where people were taken is not where they were hurt.
    (
        "A bus fell off a bridge near Arusha. Nine were hurt and taken to a hospital in Dodoma.",
        "Nine",
        ["Arusha"],
    ),
    # The sentence of the same harm comes before a nearer one that tells of none.
    (
        "A bomb killed six people in Mosul. Ministers met in Basra. Nine people were killed when it went off.",
        "Nine",
        ["Mosul"],
    ),
    # A place with a toll of its own is no spot of the larger toll.
    ("Floods killed 32 people in Kerala. In the town of Kochi, 20 people died.", "32", ["Kerala"]),
    # The world is no place.
    ("Hospitals in Milan were full. The virus has killed 52,000 people worldwide.", "52,000", []),
]


@pytest.mark.parametrize(("text", "figure", "places"), TOLD)
def test_places_of_a_harm(text: str, figure: str, places: list[str]) -> None:
    """The most specific place comes first."""
    [claim] = [c for c in extract(text).claims if c.quantity.text == figure]
    assert [p.text for p in claim.places] == places
