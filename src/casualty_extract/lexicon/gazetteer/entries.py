"""What a place of the gazetteer is, and how far two of them lie apart."""

from __future__ import annotations

import math
from typing import Literal, NamedTuple

__all__ = ["Kind", "Place", "distance", "kilometres"]

Kind = Literal["country", "region", "county", "city", "site"]
EARTH = 6371.0
"""The earth's mean radius in kilometres (IUGG)."""


class Place(NamedTuple):
    """One place of the gazetteer.

    Attributes:
        name: its name there.
        kind: country, region (first level, or one that news names), county (found only beside a word
            such as "County" or "district"), city or site.
        country: ISO 3166-1 alpha-2 code; empty for a sea, river or desert of no or several countries.
        admin1: GeoNames code of the first-level region that it is or lies in, where known.
        lat: degrees north.
        lon: degrees east.
        geonameid: its number in GeoNames, where known.
        population: inhabitants, 0 where unknown.
        weak: the name is more often a word or a person's name.
        short: found by an abbreviation that needs company ("Mass.", "TX").
        given: it comes from rows of the user's own.
    """

    name: str
    kind: Kind
    country: str
    admin1: str | None
    lat: float
    lon: float
    geonameid: int | None
    population: int
    weak: bool = False
    short: bool = False
    given: bool = False


def distance(a: Place, b: Place) -> float:
    """Give the kilometres between two places, along the earth's surface.

    >>> from casualty_extract.lexicon.gazetteer import country
    >>> round(distance(country("IQ"), country("SY")), -2)
    600.0
    """
    return kilometres((a.lat, a.lon), (b.lat, b.lon))


def kilometres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Give the distance of two points in degrees north and east, along the earth's surface.

    >>> round(kilometres((36.34, 43.13), (33.34, 44.4)))
    353
    """
    lat_a, lat_b = math.radians(a[0]), math.radians(b[0])
    across = math.radians(b[1] - a[1])
    h = math.sin((lat_b - lat_a) / 2) ** 2 + math.cos(lat_a) * math.cos(lat_b) * math.sin(across / 2) ** 2
    return 2 * EARTH * math.asin(math.sqrt(min(1.0, h)))
