"""What an article is about: the countries, regions and towns that all of its names speak for together.

*Finds* the weight of each country and region, by names that can mean but one place; the regions in which
names of many meanings can all lie ("Alexandria", "Douglas County", "Otter Tail"); and the map of all towns
and counties that they may mean.
*Leaves alone* the words, and which place is meant: `places_resolution` decides that.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

from casualty_extract.lexicon.gazetteer import Place, distance
from casualty_extract.places_candidates import TOWN_OF_SITES, fits, is_own, plain
from casualty_extract.places_words import Name

__all__ = ["Focus", "Outside", "company", "focus", "is_at_home", "learn"]

DOUBT = 1.0
"""How much is left open what an article is about: one word for it makes nothing certain."""
HOME = 0.7
"""What a word of one country's news counts, as much as the word for its people."""
MOST_SAID = 3.0
"""What one name says at most, however often it stands in the text."""
SURE = 0.75
"""The score from which on a name of many meanings bears on others."""
LEARNED = 2.0
"""What such a name says."""
LARGE_TOWN = 4.0
"""The decimal logarithm of how many people live in a town that counts fully."""
TOWN, COUNTY = 0.5, 0.25
"""How much less a name says of where an article is for each other place that it may mean; a county says more."""
CLOSE, AROUND = 40.0, 0.6
"""So many kilometres from a place the others of its county lie, and what those farther away count."""
MOST_PINS = 40
"""How many places of a cell of the map are looked at; an article names no more, a whole archive in one file may."""


class _Pin(NamedTuple):
    """A place on the map that a name may mean, and what it counts there."""

    key: str
    weight: float
    place: Place


@dataclass(slots=True)
class Focus:
    """What an article is about: how much its names speak for each country, and each region.

    Attributes:
        countries: the weight of each country.
        regions: the weight of each first-level region.
        said: the weight of all countries, and that of all regions.
        own: what of these a name itself adds, by its key.
        towns: the towns that are known without further evidence.
        votes: for each region, how far the names of many meanings can all lie in it, from 0 to 1.
        witnesses: for each country, the names that speak for it.
        cells: for each cell of a map, the towns and counties in it that names may mean; the fewer others
            a name may mean, the more it counts.
    """

    countries: dict[str, float] = field(default_factory=dict)
    regions: dict[tuple[str, str], float] = field(default_factory=dict)
    said: tuple[float, float] = (0.0, 0.0)
    own: dict[str, list[tuple[str, str | None, float]]] = field(default_factory=dict)
    towns: list[Place] = field(default_factory=list)
    votes: dict[tuple[str, str], float] = field(default_factory=dict)
    witnesses: dict[str, set[str]] = field(default_factory=dict)
    cells: dict[tuple[int, int], list[_Pin]] = field(default_factory=dict)

    def main(self) -> str | None:
        """The country that the article is mostly about, where one stands out."""
        ordered = sorted(self.countries.items(), key=lambda item: (-item[1], item[0]))
        if not ordered or (len(ordered) > 1 and ordered[0][1] < 1.3 * ordered[1][1]):
            return None
        return ordered[0][0]

    def share(self, country: str, key: str) -> float:
        """Give the part of a country in what the article is about, from 0 to 1, leaving out what a name itself says."""
        mine = self.own.get(key, ())
        rest = self.said[0] - sum(weight for _, _, weight in mine)
        weight = self.countries.get(country, 0.0) - sum(w for code, _, w in mine if code == country)
        return max(0.0, weight) / (max(0.0, rest) + DOUBT)

    def part(self, country: str, admin1: str, key: str) -> float:
        """Give the part of a region, as `share` does that of a country."""
        mine = [item for item in self.own.get(key, ()) if item[1]]
        rest = self.said[1] - sum(weight for _, _, weight in mine)
        weight = self.regions.get((country, admin1), 0.0)
        weight -= sum(w for code, region, w in mine if (code, region) == (country, admin1))
        return max(0.0, weight) / (max(0.0, rest) + DOUBT)

    def add(self, country: str, admin1: str | None, weight: float, key: str = "") -> None:
        """Let something speak for a country, and perhaps a region of it."""
        self.countries[country] = self.countries.get(country, 0.0) + weight
        self.said = self.said[0] + weight, self.said[1]
        if admin1:
            self.add_region(country, admin1, weight)
        if key:
            self.own.setdefault(key, []).append((country, admin1, weight))

    def add_region(self, country: str, admin1: str, weight: float) -> None:
        """Let something speak for a region alone."""
        self.regions[country, admin1] = self.regions.get((country, admin1), 0.0) + weight
        self.said = self.said[0], self.said[1] + weight

    def forget(self, key: str) -> None:
        """Take back what a name has said."""
        for country, admin1, weight in self.own.pop(key, ()):
            self.add(country, admin1, -weight)
        for keys in self.witnesses.values():
            keys.discard(key)


WEIGHTS = {"location": 2.0, "dateline": 2.0, "other": 1.0, "source": 0.7, "demonym": 0.7}
"""How much a name speaks for its country, by what it does in its sentence."""


class Outside(NamedTuple):
    """What tells where an article is from beside its places: headline, publisher, words of one country's news."""

    title: Sequence[Place] = ()
    publisher: Sequence[Place] = ()
    home: Mapping[str, int] = MappingProxyType({})


def focus(names: list[Name], roles: list[str], outside: Outside) -> Focus:
    """Weigh the countries and regions that an article names, by names that can mean but one place."""
    about, nations = Focus(), dict[str, float]()
    for place in outside.title:
        about.add(place.country, None, 2.0)
    for place in outside.publisher:
        about.add(place.country, None, 0.5)
        if place.admin1 and place.kind != "country":
            about.add_region(place.country, place.admin1, 1.0)
    for code, told in outside.home.items():
        about.add(code, None, HOME * told)
    located = {
        known.country
        for name, role in zip(names, roles, strict=True)
        if role == "location" and (known := plain(name)) is not None
    }
    for name, role in zip(names, roles, strict=True):
        weight = WEIGHTS[role]
        if name.form == "demonym":
            nations[name.nation or ""] = nations.get(name.nation or "", 0.0) + weight
            about.witnesses.setdefault(name.nation or "", set()).add("")
            continue
        known = plain(name)
        if known is None or (name.inner and known.kind == "city" and known.population < TOWN_OF_SITES):
            continue
        if role == "dateline" and located and known.country not in located:
            # "AMMAN, Jordan - Strikes over Libya": where the reporter is.
            weight = WEIGHTS["source"]
        if known.kind == "city":
            if not is_own(known, name):
                continue
            weight *= _weight(known)
        said = sum(weight for _, _, weight in about.own.get(name.key, ()))
        weight = min(weight, MOST_SAID - said)
        if weight <= 0:
            continue
        admin1 = known.admin1 if known.kind != "country" else None
        about.add(known.country, admin1, weight, name.key)
        about.witnesses.setdefault(known.country, set()).add(name.key)
        if known.kind == "city":
            about.towns.append(known)
    for nation, weight in nations.items():
        about.add(nation, None, min(weight, MOST_SAID))
    about.votes = _votes(names)
    about.cells = _cells(names)
    return about


def learn(about: Focus, results: list[tuple[Name, Place | None, float]]) -> bool:
    """Add what names of many meanings were found to mean, where that is rather sure; tell whether any was."""
    found = False
    for name, place, score in results:
        if place is None or not place.country or score < SURE or name.form == "demonym" or name.inner:
            continue
        admin1 = place.admin1 if place.kind != "country" else None
        said = about.own.get(name.key, [])
        if any(code == place.country for code, _, _ in said):
            continue
        about.forget(name.key)
        about.add(place.country, admin1, LEARNED, name.key)
        about.witnesses.setdefault(place.country, set()).add(name.key)
        if place.kind == "city":
            about.towns.append(place)
        found = True
    return found


def _weight(town: Place) -> float:
    """Weigh a town by its size: of a small one's name there may be another that no gazetteer has."""
    return min(1.0, math.log10(town.population + 10.0) / LARGE_TOWN) if town.population else 1.0


def _cells(names: list[Name]) -> dict[tuple[int, int], list[_Pin]]:
    """Put all towns and counties that the names may mean on a map of half degrees."""
    cells: dict[tuple[int, int], list[_Pin]] = defaultdict(list)
    for name, towns in _towns(names):
        options = [p for p in towns if fits(p, name) and (not p.weak or name.typed == "county")]
        for place in options:
            # Of the many counties of a name, told as a county, the one beside another name is meant.
            weight = 1.0 if name.typed == "county" else 1.0 / math.sqrt(len(options))
            here = cells[_cell(place)]
            if len(here) < MOST_PINS:
                here.append(_Pin(name.key, weight, place))
    return cells


def _towns(names: list[Name]) -> Iterator[tuple[Name, list[Place]]]:
    """Give each different name with the towns and counties whose own name it is.

    Streets and schools bear the names of towns elsewhere; those say nothing.
    """
    seen: set[tuple[str, bool]] = set()
    for name in names:
        if name.form not in {"place", "area"} or (name.inner and name.typed != "county"):
            continue
        key = name.key, name.typed == "county"
        if key not in seen:
            seen.add(key)
            yield name, [p for p in name.candidates if p.kind in {"city", "county"} and is_own(p, name)]


def _cell(place: Place) -> tuple[int, int]:
    return round(2 * place.lat), round(2 * place.lon)


def company(place: Place, name: Name, about: Focus) -> float:
    """Weigh the other names of the article that may lie within some 80 kilometres of a place, by their distance."""
    row, column = _cell(place)
    found: dict[str, float] = {}
    for i in (row - 1, row, row + 1):
        for k in (column - 1, column, column + 1):
            for pin in about.cells.get((i, k), ()):
                if pin.key != name.key:
                    near = pin.weight if distance(place, pin.place) <= CLOSE else pin.weight * AROUND
                    found[pin.key] = max(near, found.get(pin.key, 0.0))
    return sum(weight for _, weight in sorted(found.items()))


def is_at_home(name: Name, about: Focus) -> bool:
    """Tell whether a small town of a name lies where the article is, so that the name may mean it."""
    return any(
        p.kind == "city"
        and is_own(p, name)
        and about.share(p.country, name.key) >= 0.4
        and (
            (p.admin1 is not None and about.part(p.country, p.admin1, name.key) >= 0.4)
            or company(p, name, about) >= 0.7
        )
        for p in name.candidates
    )


def _votes(names: list[Name]) -> dict[tuple[str, str], float]:
    """Let each name of many meanings vote for the regions it may lie in: "Alexandria", "Douglas", "Otter Tail".

    Each of three towns may lie in ten states, but all three only in one or two.
    """
    votes: dict[tuple[str, str], float] = defaultdict(float)
    for _, towns in _towns(names):
        options = {(p.country, p.admin1) for p in towns if p.admin1 and not p.weak}
        for option in sorted(options):
            votes[option] += 1.0 / len(options)
    most = max(votes.values(), default=0.0)
    return {option: min(1.0, most) * vote / most for option, vote in votes.items()}
