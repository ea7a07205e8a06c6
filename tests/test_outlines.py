"""The outlines of countries: whole, where they should be, and the same as the towns of the gazetteer say."""

from __future__ import annotations

from itertools import pairwise

import pytest

from casualty_extract.lexicon.gazetteer import lookup
from casualty_extract.lexicon.gazetteer.country_codes import codes
from casualty_extract.outlines import Outline, outlines, outlines_within


def holds(outline: Outline, longitude: float, latitude: float) -> bool:
    """Say whether a point lies inside, by the even-odd rule."""
    inside = False
    for ring in outline.rings:
        for (x1, y1), (x2, y2) in pairwise(ring):
            if (y1 > latitude) != (y2 > latitude):
                inside ^= longitude < x1 + (latitude - y1) / (y2 - y1) * (x2 - x1)
    return inside


def test_every_outline_is_closed_and_on_the_earth() -> None:
    for outline in outlines():
        for ring in outline.rings:
            assert ring[0] == ring[-1], outline.name
            assert len(set(ring)) >= 3, outline.name
            assert all(-180 <= x <= 180 and -90 <= y <= 90 for x, y in ring), outline.name


def test_codes_are_those_of_claims() -> None:
    known = [outline.code for outline in outlines() if outline.code]
    assert len(known) == len(set(known)) > 230
    assert all(codes(code) for code in known)


@pytest.mark.parametrize(
    "name",
    ["Mosul", "Raqqa", "Kabul", "Kharkiv", "Maiduguri", "Bamako", "Bogota", "Manila", "Dhaka", "Lviv", "Goma",
     "Quito", "Port-au-Prince", "Kathmandu", "Omdurman", "Johannesburg", "Ankara", "Denver", "Novosibirsk"],
)  # fmt: skip
def test_towns_lie_in_their_country(name: str) -> None:
    town = next(place for place in lookup(name) if place.kind == "city")
    found = [o.code for o in outlines() if holds(o, town.lon, town.lat)]
    assert found == [town.country]


def test_lesotho_is_a_hole_in_south_africa() -> None:
    assert [o.code for o in outlines() if holds(o, 28.3, -29.6)] == ["LS"]


def test_a_box_has_only_the_rings_that_touch_it() -> None:
    france = next(o for o in outlines() if o.code == "FR")
    [corsica] = [o for o in outlines_within(8.9, 42.0, 9.1, 42.3) if o.code == "FR"]
    assert len(corsica.rings) == 1
    assert corsica.rings[0] in france.rings


def test_a_box_may_lie_across_the_date_line() -> None:
    across = {o.code for o in outlines_within(175, -25, -170, -10)}
    assert {"FJ", "TO", "WS"} <= across
    assert not across & {"FR", "BR", "IQ"}


def test_nothing_lies_in_the_open_sea() -> None:
    assert outlines_within(-140, -40, -135, -35) == ()
