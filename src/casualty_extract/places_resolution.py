"""Which of the places of a name is meant, by the article's own evidence.

*Finds* for each name the best of its candidates: by the wider places named beside it ("Paris, Texas"),
the country and region that the article is about, population, and what the name usually means.
*Leaves alone* the words: only names, their neighbours and the gazetteer speak here.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from casualty_extract.lexicon.gazetteer import Place, distance
from casualty_extract.places_candidates import fits, folded, has_large_town, is_own, lies_in, plain
from casualty_extract.places_focus import Focus, company
from casualty_extract.places_words import Name

__all__ = ["Resolved", "resolve"]

COMPANY, MOST_COMPANY = 3.0, 2.0
"""What the places around a place count for it, where other names of the article may mean them."""
WORLD = 3.0
"""What the places around a town count against a country or city that the world knows by its name."""
NAMESAKE, BORROWED = 1_000, 3.0
"""How many people live at least in a town whose own name outweighs the other names of other towns, and how much."""
EXACT = 0.75
"""What speaks against a place whose own name is spelled otherwise, where another bears just that of the text."""
WELL_KNOWN = 500_000
"""How many people live at least in a town that news calls by other names than its own: Bombay."""
OPEN_WATER = frozenset({"sea", "ocean", "gulf", "channel", "strait", "atlantic", "pacific", "mediterranean"})
"""Words of waters that lie in no country; lakes and rivers take that of the article."""
STORED_SITE = 3.0
"""What speaks for a site of a dump: as much as for a hamlet of its name."""
VOTE = 0.75
"""What a region counts for a place in it, where all names of the article can lie there."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """A name's place, or its country alone, with the reason and a score from 0 to 1."""

    place: Place | None
    country: str | None
    score: float
    reason: str


def resolve(name: Name, about: Focus, around: list[Place]) -> Resolved:
    """Choose the place of a name.

    Args:
        name: the name, with its wider names already linked.
        about: what the article is about.
        around: places already settled in the same sentence.
    """
    if name.form == "demonym":
        return Resolved(name.candidates[0] if name.candidates else None, name.nation, 1.0, "nation")
    if name.form == "continent":
        return Resolved(name.candidates[0], None, 1.0, "wider than a country")
    scored = [
        (*_evidence(place, name, about, around), place)
        for place in name.candidates
        if fits(place, name) and not _is_foreign(place, name, about)
    ]
    if not scored:
        country, reason = _country_alone(name, about, around)
        return Resolved(None, country, 0.4 if country else 0.2, reason)
    scored.sort(key=lambda item: -item[0])
    best, reason, place = scored[0]
    lands = [p for w in name.wider[:1] for p in w.candidates if p.kind in {"country", "region"}]
    if lands and place.kind in {"city", "county"} and lies_in(place, tuple(lands)) < 0:
        # The Bradford of "Bradford, Ontario" is none of those that the gazetteer has.
        country, reason = _country_alone(name, about, around)
        return Resolved(None, country, 0.4 if country else 0.2, reason)
    if _is_borrowed(place, name, about):
        country, reason = _country_alone(name, about, around)
        return Resolved(None, country, 0.4 if country else 0.2, reason)
    rivals = [points for points, _, other in scored[1:] if distance(other, place) > 50]
    margin = best - rivals[0] if rivals else 4.0
    country = place.country or None
    if country is None and OPEN_WATER.isdisjoint(name.key.split()):
        # A lake or river of several countries lies where the article is; a sea lies nowhere.
        country, _ = _country_alone(name, about, around)
    return Resolved(place, country, round(0.5 + 0.5 * (1 - math.exp(-max(0.0, margin) / 2)), 2), reason)


def _is_borrowed(place: Place, name: Name, about: Focus) -> bool:
    """Tell whether a town merely also bears a name, in a country of which nothing else in the article speaks.

    "Twickenham", once the name of a town in Alabama, in a story of London.
    """
    if (
        place.kind != "city"
        or place.population >= WELL_KNOWN
        or place.geonameid is None
        or is_own(place, name)
    ):
        return False
    main = about.main()
    if main in {None, place.country} or about.share(place.country, name.key) > 0.0:
        return False
    # A word for a people is not enough: "Israeli airstrikes" fall on other countries.
    return bool(about.witnesses.get(main or "", set()) - {"", name.key})


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
    share = about.share(place.country, name.key)
    if place.kind != "country":
        points += 4.0 * share
        if share > 0.3 and reason == "population":
            reason = "the article's country"
        if place.admin1:
            region = about.part(place.country, place.admin1, name.key)
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
    if place.kind == "region" and share > 0.3 and _is_elsewhere(place, name, about):
        points, reason = points + WORLD, "the article's country"
    if name.widens and place.kind == "region":
        points += 3.0
    if place.kind == "city" and any(
        0.5 < distance(other, place) < 120 and other not in name.candidates for other in about.towns[:20]
    ):
        points += 1.0
    return points, reason


def _is_elsewhere(place: Place, name: Name, about: Focus) -> bool:
    """Tell whether nothing but its name speaks for the country of that name: "Georgia" in a story of Atlanta."""
    nations = {p.country for p in name.candidates if p.kind == "country"} - {place.country}
    return bool(nations) and not any(about.witnesses.get(code, set()) - {name.key} for code in nations)


def _among(place: Place, name: Name, about: Focus) -> tuple[float, bool]:
    """Weigh the places around a town or county; they may outweigh what its name means to the world.

    "Lebanon" among the towns of Indiana, where nothing else is Lebanese; "Paris and Henry County".
    """
    if any(p.kind == "region" and p.country == place.country for p in name.candidates):
        # What lies around a town lies around the region of its name too: "Gaza", "Basra".
        return 0.0, False
    around = min(MOST_COMPANY, company(place, name, about))
    nation = next((p.country for p in name.candidates if p.kind == "country"), None)
    if nation is not None:
        known = nation == place.country or bool(about.witnesses.get(nation, set()) - {name.key})
        return (WORLD, True) if around >= 1.0 and is_own(place, name) and not known else (0.0, False)
    famous = plain(name)
    if famous is None or famous == place or famous.kind != "city":
        return COMPANY * around, False
    known = company(famous, name, about) >= 0.5 or bool(
        about.witnesses.get(famous.country, set()) - {name.key} and famous.country != place.country
    )
    return (WORLD, True) if around >= 1.0 and is_own(place, name) and not known else (0.0, False)


def _is_region(beside: Name, place: Place) -> bool:
    first = beside.candidates[0] if beside.candidates else None
    if first is None or first.kind != "region" or first.country != place.country or beside.wider:
        return False
    return beside.beside is not None or not has_large_town(first, beside.candidates)


def _prior(place: Place, name: Name) -> float:
    own = place.geonameid is None or place.population == 0
    if place.kind == "country":
        return 9.0
    if place.kind == "region":
        prior = 6.6 if own and place.population == 0 else 4.6
        if name.typed is None and has_large_town(place, name.candidates):
            prior -= 0.0 if name.core[1] - name.core[0] and place.name in REGIONS_FIRST else 2.5
        return prior
    if place.kind == "county":
        return 4.0 + 0.3 * math.log10(place.population + 10)
    if place.kind == "site":
        # Waters and sites written by hand are what their names mean; one of a dump may share its name.
        return 7.0 if place.given or place.geonameid is None else STORED_SITE
    prior = math.log10(place.population + 1000.0) if place.population or place.geonameid else 5.2
    if folded(place.name) != name.key and any(folded(p.name) == name.key for p in name.candidates):
        # Qana is Qana rather than Qina, though both are spellings of one name.
        prior -= EXACT
    # A name that another town merely also bears, as Oshkosh that of Brooklyn.
    if place.geonameid and not is_own(place, name):
        prior -= 1.0 if place.population >= 500_000 else 2.5
        if any(
            p.kind == "country" or (p.population >= NAMESAKE and is_own(p, name)) for p in name.candidates
        ):
            prior -= BORROWED
    return prior


# Regions that outweigh the large city of the same name in news.
REGIONS_FIRST = frozenset({"Gaza Strip", "Quebec", "Punjab", "Sindh"})


def _country_alone(name: Name, about: Focus, around: list[Place]) -> tuple[str | None, str]:
    """The country of a site or village that the gazetteer lacks."""
    beside = [*name.wider, *([name.within] if name.within is not None else [])]
    for wider in sorted(beside, key=lambda n: not any(p.kind == "country" for p in n.candidates)):
        codes = [p.country for p in wider.candidates if p.country]
        if codes:
            ranked = sorted(dict.fromkeys(codes), key=lambda code: -about.countries.get(code, 0.0))
            return ranked[0], "wider place named beside it"
    main = about.main()
    lands = {p.country for p in name.candidates if p.country and is_own(p, name)}
    if len(lands) == 1 and (main is None or about.share(next(iter(lands)), name.key) > 0.0):
        # "Sangin district", where the gazetteer has the town alone.
        return lands.pop(), "the only country of that name"
    codes = [p.country for p in around]
    if codes:
        return (main, "the article's country") if main in codes else (codes[-1], "a place in the sentence")
    return (main, "the article's country") if main else (None, "unknown")
