"""Which places a name can mean, before the article is asked.

*Finds* the one place that a name means wherever it stands ("Iraq", "Mosul"), and whether a place bears the name as
its own or only as another spelling.
*Leaves alone* names of several places: `places_resolution` chooses among them.
"""

from __future__ import annotations

from difflib import SequenceMatcher
from functools import lru_cache

from casualty_extract.lexicon.gazetteer import Place, distance, fold, without_article
from casualty_extract.places_words import Name

__all__ = ["RANK", "TOWN_OF_SITES", "fits", "folded", "has_large_town", "is_own", "lies_in", "plain"]

TOWN_OF_SITES = 100_000
"""How many people live in a town whose name in that of a forest or school tells where an article is."""
NEAR_REGION = 400.0
"""A place so many kilometres from a region's middle is hardly in it, where no code settles the matter."""
ALIKE = 0.75
"""How alike two spellings of one name are at least, by `difflib`: Homs and Hims."""
STATES = frozenset({None, "state", "province"})
"""The words, or none, beside a first-level region's name; others are said of smaller ones too."""
RANK = {"site": 0, "city": 1, "county": 2, "region": 3, "country": 4}


def plain(name: Name) -> Place | None:
    """The place of a name that needs no further evidence: a country, a region, a city that dwarfs its namesakes."""
    places = [p for p in name.candidates if fits(p, name)]
    if name.form not in {"place", "area"} or not places or (name.form == "area" and places[0].population):
        return None
    wider = [w for w in name.wider if w.candidates]
    if wider:
        places = [p for p in places if lies_in(p, wider[0].candidates) > 0] or places
    first = places[0]
    if first.kind == "region" and has_large_town(first, places):
        first = first._replace(admin1=None)
    if len({p.country for p in places}) == 1 and (not first.weak or name.typed == "county"):
        return first if len({p.admin1 for p in places if p.admin1}) <= 1 else first._replace(admin1=None)
    if first.kind in {"country", "region"}:
        rivals = [p for p in places if p.kind == first.kind]
        if first.kind == "region":
            rivals += [p for p in places if p.country != first.country and p.population >= 100_000]
        return first if len(rivals) == 1 and first.name != "Georgia" else None
    people = [*sorted((p.population for p in places), reverse=True), 0]
    return (
        first
        if people[0] >= 300_000 and people[0] >= 8 * people[1] and first.population == people[0]
        else None
    )


def fits(place: Place, name: Name) -> bool:
    """Tell whether a place is of the kind that the words beside a name ask for."""
    if name.typed == "county":
        # "Washington County" is none of the state, where there is a county.
        return place.kind == "county" or (
            place.kind == "region" and all(p.kind != "county" for p in name.candidates)
        )
    if name.typed == "region":
        if name.cue in STATES and any(p.kind == "region" for p in name.candidates):
            # "Washington state" is no county.
            return place.kind == "region"
        if name.cue == "region" and place.kind == "city" and place.population >= TOWN_OF_SITES:
            # "the Charlotte region" lies around the city.
            return True
        return place.kind in {"region", "county"}
    if name.typed == "site":
        return place.kind == "site"
    if name.typed == "city":
        only = name.form == "area" and all(p.kind != "city" for p in name.candidates)
        if (
            name.cue in {"area", "zone"}
            and name.candidates[0].kind == "region"
            and not name.candidates[0].population
        ):
            # "the Virginia area" is the state.
            only = True
        return place.kind == "city" or (only and place.kind == "region")
    return place.kind != "county"


def has_large_town(region: Place, places: tuple[Place, ...] | list[Place]) -> bool:
    """A region called after its large town, which the name then means: "Aleppo", "Washington"."""
    return any(
        p.kind == "city" and p.country == region.country and (p.population >= 100_000 or p.geonameid is None)
        for p in places
    )


def is_own(place: Place | None, name: Name) -> bool:
    """Tell whether a name is a place's own, or a spelling of it, and not only another one that it has too."""
    if place is None:
        return False
    own, key = folded(place.name), name.key
    if all(p.kind != "country" for p in name.candidates):
        # "Karak City" is Karak and "Gaza City" Gaza, but "Mexico City" is not Mexico.
        own, key = own.removesuffix(" city"), key.removesuffix(" city")
    elif own == f"{key} city":
        return False
    return _is_spelling(without_article(own) or own, without_article(key) or key)


@lru_cache(maxsize=16_384)
def folded(name: str) -> str:
    """Fold a name, as keys are; remembered, for each name is asked for again and again."""
    return fold(name)


@lru_cache(maxsize=16_384)
def _is_spelling(own: str, key: str) -> bool:
    """Tell whether two folded names are one in two transcriptions: "hamah" and "hama", "hims" and "homs"."""
    if own == key or own.endswith(f" {key}"):
        # "Nahiyat al Iskandariyah" is Iskandariyah; "Springfield Gardens" is no Springfield.
        return True
    return SequenceMatcher(None, own, key, autojunk=False).ratio() >= ALIKE


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
