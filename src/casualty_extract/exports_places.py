"""Where an exported incident was: one place of those that its claims name, how fine it is, and what it lies in.

The finest place on which the claims agree is taken. Where they name two that lie apart ("in Mosul and Basra"), neither
is the place of the incident, and the next wider one is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal, NamedTuple

from casualty_extract.lexicon.gazetteer import bundled, kilometres
from casualty_extract.lexicon.gazetteer import country as country_of
from casualty_extract.lexicon.gazetteer.entries import Place as Entry
from casualty_extract.records import Place

__all__ = ["NOWHERE", "Level", "Spot", "Spots", "Where", "locate", "spots"]

Level = Literal["spot", "near", "county", "region", "area", "sea", "country"]
"""How fine a place is: a town or site with a place of its own on the map ("spot"), one that is put at the town
beside it ("near"), a second-level region, a first-level region, one without a code or a river ("area"), a sea, a
country."""
ORDER: dict[Level, int] = {
    "spot": 0, "near": 0, "county": 1, "region": 2, "area": 3, "sea": 3, "country": 4,
}  # fmt: skip
ONE_SPOT = 40.0
"""How many kilometres apart the towns and sites of one incident lie at most."""
SAME = 0.02
"""How many degrees apart a place and its entry in the gazetteer lie at most."""
SEAS = frozenset({"sea", "ocean", "gulf", "strait", "channel", "bay"})
REMEMBERED = 65_536


@dataclass(frozen=True, slots=True)
class Where:
    """The place of an incident; all is None where no claim names one.

    Attributes:
        name: its name.
        level: how fine it is.
        kind: its kind, as in `Place`.
        lat: degrees north.
        lon: degrees east.
        county: the second-level region that is named for it.
        region: the first-level region that it is or lies in: the one that is named, else the gazetteer's.
        country: the code of its country.
        country_name: the name of that.
        told: the names of all its places as the claims have them, the finest first.
    """

    name: str | None = None
    level: Level | None = None
    kind: str | None = None
    lat: float | None = None
    lon: float | None = None
    county: str | None = None
    region: str | None = None
    country: str | None = None
    country_name: str | None = None
    told: tuple[str, ...] = ()


NOWHERE = Where()


class Spot(NamedTuple):
    """A place of a claim, without where its name stands in the text; 0 and empty stand for unknown."""

    name: str
    kind: str
    country: str
    geonameid: int
    point: tuple[float, float] | None


Spots = tuple[Spot, ...]


def spots(places: Iterable[Place]) -> Spots:
    """Give the places of a claim as rows that can be compared.

    >>> spots([])
    ()
    """
    return tuple(
        Spot(
            p.name,
            p.kind,
            p.country or "",
            p.geonameid or 0,
            (p.lat, p.lon) if p.lat is not None and p.lon is not None else None,
        )
        for p in places
    )


def locate(rows: Iterable[Spots]) -> Where:
    """Find the place of an incident.

    >>> from casualty_extract import extract
    >>> [claim] = extract("A bomb killed 12 people in Mosul.").claims
    >>> where = locate([spots(claim.places)])
    >>> where.name, where.level, where.region, where.country_name
    ('Mosul', 'spot', 'Nineveh', 'Iraq')

    Args:
        rows: the places of each of its claims, the finest first.
    """
    counts = Counter(row for row in rows if row)
    if not counts:
        return NOWHERE
    # The finest place, then that of most claims, then by name: the order of the claims makes no difference.
    ranked = sorted(
        counts, key=lambda row: (_fineness(row), -counts[row], [(*spot[:4], str(spot.point)) for spot in row])
    )
    names = tuple(dict.fromkeys(spot.name for row in ranked for spot in row))
    return replace(_where(ranked[0]), told=names)


def _fineness(row: Spots) -> int:
    chosen = _chosen(row)
    return ORDER[_level(chosen)] if chosen is not None else len(ORDER)


def _chosen(row: Spots) -> Spot | None:
    """The finest place of a row that is on the map and has no other beside it on its level."""
    for rank in range(len(ORDER)):
        same = [spot for spot in row if ORDER[_level(spot)] == rank]
        # A camp or village that is on no map is where the town beside it is.
        known = next((spot for spot in same if spot.point), None)
        if known is not None and not any(_are_apart(known, spot, rank) for spot in same):
            return same[0]._replace(point=known.point)
    return None


def _are_apart(a: Spot, b: Spot, rank: int) -> bool:
    if rank > 0:
        return (a.name, a.country) != (b.name, b.country)
    return a.point is not None and b.point is not None and kilometres(a.point, b.point) > ONE_SPOT


@lru_cache(maxsize=REMEMBERED)
def _level(spot: Spot) -> Level:
    if spot.kind == "country":
        return "country"
    entry = _entry(spot)
    if spot.kind == "region":
        if entry is not None and entry.kind == "county":
            return "county"
        return "region" if entry is not None and entry.admin1 else "area"
    if spot.kind == "site" and entry is not None and entry.kind == "site" and not spot.geonameid:
        # The sites of the bundled gazetteer that have no number are waters, mountains and deserts.
        return "sea" if SEAS & set(spot.name.lower().split()) else "area"
    return "spot" if spot.geonameid else "near"


@lru_cache(maxsize=REMEMBERED)
def _entry(spot: Spot) -> Entry | None:
    """The entry of the bundled gazetteer that a place of a claim was read from, if it was."""
    for entry in bundled().lookup(spot.name):
        if entry.country != spot.country or (spot.geonameid and entry.geonameid != spot.geonameid):
            continue
        kind = "region" if entry.kind == "county" else entry.kind
        if kind == spot.kind and spot.point and _is_at(entry, spot.point):
            return entry
    return None


def _is_at(entry: Entry, point: tuple[float, float]) -> bool:
    return abs(entry.lat - point[0]) <= SAME and abs(entry.lon - point[1]) <= SAME


def _where(row: Spots) -> Where:
    codes = {spot.country for spot in row if spot.country}
    code = next(iter(codes)) if len(codes) == 1 else None
    known = country_of(code) if code is not None else None
    chosen = _chosen(row)
    if chosen is None:
        # A lone name that is on no map is a name all the same; two places apart are none.
        name = row[0].name if len(row) == 1 else None
        return Where(name=name, country=code, country_name=known.name if known else None)
    rank = ORDER[_level(chosen)]
    beside = [chosen, *(spot for spot in row if ORDER[_level(spot)] == rank)]
    regions = [name for spot in beside if (name := _region(spot))]
    return Where(
        name=chosen.name,
        level=_level(chosen),
        kind=chosen.kind,
        lat=chosen.point[0] if chosen.point else None,
        lon=chosen.point[1] if chosen.point else None,
        county=_named(row, "county"),
        region=_named(row, "region") or next(iter(regions), None),
        country=code,
        country_name=known.name if known else None,
    )


def _named(row: Spots, level: Level) -> str | None:
    names = {spot.name for spot in row if _level(spot) == level}
    return next(iter(names)) if len(names) == 1 else None


@lru_cache(maxsize=REMEMBERED)
def _region(spot: Spot) -> str | None:
    """The first-level region that the gazetteer has for a town or county."""
    entry = _entry(spot)
    if entry is None or entry.kind == "country" or not entry.admin1:
        return None
    return bundled().region(entry.country, entry.admin1)
