"""Which of the places of a name is meant, by the article's own evidence.

*Finds* for each name the best of its candidates: by the wider places named beside it ("Paris, Texas"),
the country and region that the article is about, population, and what the name usually means.
*Leaves alone* the words: only names, their neighbours and the gazetteer speak here.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, field

from casualty_extract.lexicon.gazetteer import Place, distance, fold, without_article
from casualty_extract.places_words import Name

__all__ = ["RANK", "Focus", "Resolved", "focus", "lies_in", "resolve"]

# A place so far from a region's middle is hardly in it, where no code settles the matter.
NEAR_REGION = 400.0
COMPANY, MOST_COMPANY = 2.0, 2.0
"""What the places around a place count for it, where other names of the article may mean them."""
WORLD = 3.0
"""What the places around a town count against a country or city that the world knows by its name."""
NAMESAKE = 5_000
"""How many people live at least in a town whose own name outweighs the other names of other towns."""
VOTE = 1.5
"""What a region counts for a place in it, where all names of the article can lie there."""
RANK = {"site": 0, "city": 1, "county": 2, "region": 3, "country": 4}


@dataclass(slots=True)
class Focus:
    """What an article is about: the share of each country, and of each region, among its names.

    Attributes:
        countries: the share of each country.
        regions: the share of each first-level region.
        towns: the towns that are known without further evidence.
        votes: for each region, how far the names of many meanings can all lie in it, from 0 to 1.
        witnesses: for each country, the names that speak for it.
        cells: for each cell of a map, the names of towns and counties that may lie in it; the fewer others
            a name may mean, the more it counts.
    """

    countries: dict[str, float] = field(default_factory=dict)
    regions: dict[tuple[str, str], float] = field(default_factory=dict)
    towns: list[Place] = field(default_factory=list)
    votes: dict[tuple[str, str], float] = field(default_factory=dict)
    witnesses: dict[str, set[str]] = field(default_factory=dict)
    cells: dict[tuple[int, int], dict[str, float]] = field(default_factory=dict)

    def main(self) -> str | None:
        """The country that the article is mostly about, where one stands out."""
        ordered = sorted(self.countries.items(), key=lambda item: (-item[1], item[0]))
        if not ordered or (len(ordered) > 1 and ordered[0][1] < 1.3 * ordered[1][1]):
            return None
        return ordered[0][0]


@dataclass(frozen=True, slots=True)
class Resolved:
    """A name's place, or its country alone, with the reason and a score from 0 to 1."""

    place: Place | None
    country: str | None
    score: float
    reason: str


def focus(names: list[Name], roles: list[str], titles: list[Place], publisher: list[Place]) -> Focus:
    """Weigh the countries and regions that an article names, by names that can mean but one place."""
    countries: dict[str, float] = defaultdict(float)
    regions: dict[tuple[str, str], float] = defaultdict(float)
    towns: list[Place] = []
    witnesses: dict[str, set[str]] = defaultdict(set)
    for place in titles:
        countries[place.country] += 2.0
    for place in publisher:
        countries[place.country] += 0.5
        if place.admin1 and place.kind != "country":
            regions[place.country, place.admin1] += 1.0
    for name, role in zip(names, roles, strict=True):
        weight = {"location": 2.0, "dateline": 2.0, "other": 1.0, "source": 0.7, "demonym": 0.7}[role]
        if name.form == "demonym":
            countries[name.nation or ""] += weight
            witnesses[name.nation or ""].add("")
            continue
        plain = _plain(name)
        if plain is None:
            continue
        countries[plain.country] += weight
        witnesses[plain.country].add(name.key)
        if plain.kind == "city":
            towns.append(plain)
        if plain.kind != "country" and plain.admin1:
            regions[plain.country, plain.admin1] += weight
    total = sum(countries.values()) or 1.0
    whole = sum(regions.values()) or 1.0
    return Focus(
        {code: weight / total for code, weight in countries.items()},
        {code: weight / whole for code, weight in regions.items()},
        towns,
        _votes(names),
        dict(witnesses),
        _cells(names),
    )


def _cells(names: list[Name]) -> dict[tuple[int, int], dict[str, float]]:
    """Put all towns and counties that the names may mean on a map of half degrees."""
    cells: dict[tuple[int, int], dict[str, float]] = defaultdict(dict)
    seen: set[str] = set()
    for name in names:
        if name.form not in {"place", "area"} or name.key in seen:
            continue
        seen.add(name.key)
        options = [
            p
            for p in name.candidates
            if p.kind in {"city", "county"}
            and _fits(p, name)
            and (not p.weak or name.typed == "county")
            and _is_own(p, name)
        ]
        for place in options:
            cells[_cell(place)][name.key] = 1.0 / math.sqrt(len(options))
    return cells


def _cell(place: Place) -> tuple[int, int]:
    return round(2 * place.lat), round(2 * place.lon)


def _company(place: Place, name: Name, about: Focus) -> float:
    """Weigh the other names of the article that may lie within some 80 kilometres of a place."""
    row, column = _cell(place)
    found: dict[str, float] = {}
    for i in (row - 1, row, row + 1):
        for k in (column - 1, column, column + 1):
            found.update(about.cells.get((i, k), {}))
    return sum(weight for key, weight in sorted(found.items()) if key != name.key)


def _votes(names: list[Name]) -> dict[tuple[str, str], float]:
    """Let each name of many meanings vote for the regions it may lie in: "Alexandria", "Douglas", "Otter Tail".

    Each of three towns may lie in ten states, but all three only in one or two.
    """
    votes: dict[tuple[str, str], float] = defaultdict(float)
    seen: set[str] = set()
    for name in names:
        if name.form not in {"place", "area"} or name.key in seen:
            continue
        seen.add(name.key)
        options = {
            (p.country, p.admin1)
            for p in name.candidates
            if p.admin1 and p.kind in {"city", "county"} and not p.weak and _is_own(p, name)
        }
        for option in sorted(options):
            votes[option] += 1.0 / len(options)
    most = max(votes.values(), default=0.0)
    return {option: min(1.0, most) * vote / most for option, vote in votes.items()}


def _plain(name: Name) -> Place | None:
    """The place of a name that needs no further evidence: a country, a region, a city that dwarfs its namesakes."""
    places = [p for p in name.candidates if _fits(p, name)]
    if name.form not in {"place", "area"} or not places or (name.form == "area" and places[0].population):
        return None
    wider = [w for w in name.wider if w.candidates]
    if wider:
        places = [p for p in places if lies_in(p, wider[0].candidates) > 0] or places
    first = places[0]
    if first.kind == "region" and _has_large_town(first, places):
        first = first._replace(admin1=None)
    if len({p.country for p in places}) == 1 and (not first.weak or name.typed == "county"):
        return first if len({p.admin1 for p in places if p.admin1}) <= 1 else first._replace(admin1=None)
    if first.kind in {"country", "region"}:
        return (
            first
            if len([p for p in places if p.kind == first.kind]) == 1 and first.name != "Georgia"
            else None
        )
    people = [*sorted((p.population for p in places), reverse=True), 0]
    return (
        first
        if people[0] >= 300_000 and people[0] >= 8 * people[1] and first.population == people[0]
        else None
    )


def resolve(name: Name, about: Focus, around: list[Place]) -> Resolved:
    """Choose the place of a name.

    Args:
        name: the name, with its wider names already linked.
        about: what the article is about.
        around: places already settled in the same sentence.
    """
    if name.form == "demonym":
        return Resolved(name.candidates[0] if name.candidates else None, name.nation, 1.0, "nation")
    scored = [
        (*_evidence(place, name, about, around), place)
        for place in name.candidates
        if _fits(place, name) and not _is_foreign(place, name, about)
    ]
    if not scored:
        country, reason = _country_alone(name, about, around)
        return Resolved(None, country, 0.4 if country else 0.2, reason)
    scored.sort(key=lambda item: -item[0])
    best, reason, place = scored[0]
    rivals = [points for points, _, other in scored[1:] if distance(other, place) > 50]
    margin = best - rivals[0] if rivals else 4.0
    return Resolved(place, place.country, round(0.5 + 0.5 * (1 - math.exp(-max(0.0, margin) / 2)), 2), reason)


def _fits(place: Place, name: Name) -> bool:
    if name.typed == "county":
        # "Washington County" is none of the state, where there is a county.
        return place.kind == "county" or (
            place.kind == "region" and all(p.kind != "county" for p in name.candidates)
        )
    if name.typed == "region":
        return place.kind in {"region", "county"}
    if name.typed == "site":
        return place.kind == "site"
    if name.typed == "city":
        only = name.form == "area" and all(p.kind != "city" for p in name.candidates)
        return place.kind == "city" or (only and place.kind == "region")
    return place.kind != "county"


def _is_foreign(place: Place, name: Name, about: Focus) -> bool:
    """A "Haram district" in Norway is not that of an article that never names Norway."""
    return (
        name.form == "area"
        and name.typed != "county"
        and place.population > 0
        and place.country not in about.countries
        and bool(about.main())
    )


def _evidence(place: Place, name: Name, about: Focus, around: list[Place]) -> tuple[float, str]:
    points, reason = _prior(place, name), "population"
    if place.kind in {"country", "region"}:
        reason = f"known {place.kind}"
    for wider in name.wider[:2]:
        lies = lies_in(place, wider.candidates)
        if lies:
            points += lies
            reason = "wider place named beside it" if lies > 0 else reason
    if name.within is not None and name.within.candidates and not name.wider:
        lies = lies_in(place, name.within.candidates)
        points += 0.75 * lies
        reason = "wider place named before it" if lies > 0 else reason
    share = about.countries.get(place.country, 0.0)
    if place.kind != "country":
        points += 4.0 * share
        if share > 0.3 and reason == "population":
            reason = "the article's country"
        if place.admin1:
            region = about.regions.get((place.country, place.admin1), 0.0)
            points += 2.5 * region
            vote = about.votes.get((place.country, place.admin1), 0.0) if share > 0.3 else 0.0
            points += VOTE * vote
            if (region > 0.3 or vote > 0.5) and reason in {"population", "the article's country"}:
                reason = "the article's region"
    if place.kind == "region" and name.beside is not None and _is_region(name.beside, place):
        points += 3.0
        reason = "a region among regions"
    if any(other.country == place.country for other in around):
        points += 0.7
    if place.kind in {"city", "county"}:
        more, among = _among(place, name, about)
        points, reason = points + more, "towns around it" if among else reason
    if name.widens and place.kind == "region":
        points += 3.0
    if place.kind == "city" and any(
        other is not place and 0.5 < distance(other, place) < 120 for other in about.towns[:20]
    ):
        points += 1.0
    return points, reason


def _among(place: Place, name: Name, about: Focus) -> tuple[float, bool]:
    """Weigh the places around a town or county; they may outweigh what its name means to the world.

    "Lebanon" among the towns of Indiana, where nothing else is Lebanese; "Paris and Henry County".
    """
    company = min(MOST_COMPANY, _company(place, name, about))
    nation = next((p.country for p in name.candidates if p.kind == "country"), None)
    if nation is not None:
        known = bool(about.witnesses.get(nation, set()) - {name.key})
        return (WORLD, True) if company >= 1.0 and _is_own(place, name) and not known else (0.0, False)
    famous = _plain(name)
    if famous is None or famous == place or famous.kind != "city":
        return COMPANY * company, False
    known = _company(famous, name, about) >= 0.5 or bool(
        about.witnesses.get(famous.country, set()) - {name.key} and famous.country != place.country
    )
    return (WORLD, True) if company >= 1.0 and _is_own(place, name) and not known else (0.0, False)


def _has_large_town(region: Place, places: tuple[Place, ...] | list[Place]) -> bool:
    """A region called after its large town, which the name then means: "Aleppo", "Washington"."""
    return any(
        p.kind == "city" and p.country == region.country and (p.population >= 100_000 or p.geonameid is None)
        for p in places
    )


def _is_region(beside: Name, place: Place) -> bool:
    first = beside.candidates[0] if beside.candidates else None
    if first is None or first.kind != "region" or first.country != place.country or beside.wider:
        return False
    return beside.beside is not None or not _has_large_town(first, beside.candidates)


def _prior(place: Place, name: Name) -> float:
    own = place.geonameid is None or place.population == 0
    if place.kind == "country":
        return 9.0
    if place.kind == "region":
        prior = 6.6 if own and place.population == 0 else 4.6
        if name.typed is None and _has_large_town(place, name.candidates):
            prior -= 0.0 if name.core[1] - name.core[0] and place.name in REGIONS_FIRST else 2.5
        return prior
    if place.kind == "county":
        return 4.0 + 0.3 * math.log10(place.population + 10)
    if place.kind == "site":
        return 7.0
    prior = math.log10(place.population + 1000.0) if place.population or place.geonameid else 5.2
    # A name that another town merely also bears, as Oshkosh that of Brooklyn.
    if place.geonameid and not _is_own(place, name):
        prior -= 1.0 if place.population >= 500_000 else 2.5
        if any(p.kind == "city" and p.population >= NAMESAKE and _is_own(p, name) for p in name.candidates):
            prior -= 2.0
    return prior


# Regions that outweigh the large city of the same name in news.
REGIONS_FIRST = frozenset({"Gaza Strip", "Quebec", "Punjab", "Sindh"})


def _is_own(place: Place, name: Name) -> bool:
    own = fold(place.name)
    return own == name.key or without_article(own) in {name.key, without_article(name.key)}


def lies_in(place: Place, wider: tuple[Place, ...]) -> float:
    """Give points for a place in one of the meanings of a wider name, and against it outside all of them."""
    best = -4.0
    for other in wider:
        if other is place or RANK[other.kind] < RANK[place.kind]:
            continue
        if other.country != place.country:
            continue
        if other.kind == "country":
            best = max(best, 8.0)
        elif other.kind in {"region", "county"}:
            if other.admin1 and place.admin1:
                inside = other.admin1 == place.admin1
            else:
                inside = distance(other, place) < NEAR_REGION
            best = max(best, 8.0 if inside else 1.0)
        elif other.kind == "city":
            best = max(best, 5.0 if distance(other, place) < 60 else 0.0)
    return best


def _country_alone(name: Name, about: Focus, around: list[Place]) -> tuple[str | None, str]:
    """The country of a site or village that the gazetteer lacks."""
    for wider in [*name.wider, *([name.within] if name.within is not None else [])]:
        codes = [p.country for p in wider.candidates]
        if codes:
            ranked = sorted(dict.fromkeys(codes), key=lambda code: -about.countries.get(code, 0.0))
            return ranked[0], "wider place named beside it"
    main = about.main()
    codes = [p.country for p in around]
    if codes:
        return (main, "the article's country") if main in codes else (codes[-1], "a place in the sentence")
    return (main, "the article's country") if main else (None, "unknown")
