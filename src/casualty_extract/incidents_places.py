"""The spot of an incident, told beside one of its figures, for its other figures that name only a wider place.

*Finds* "Six people died in [Yemen]. ... The six were shot at [Harran bridge] in Yemen": both were shot at the
bridge.
*Leaves alone* figures with a spot of their own, parts of a toll, running totals, and incidents whose figures
name different spots.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from casualty_extract.lexicon.gazetteer import kilometres
from casualty_extract.records import Claim, Place

__all__ = ["RULE", "spots"]

RULE = "place of the incident, told with another figure"
KINDS = {"site": 0, "city": 1, "region": 2, "country": 3}
"""The kinds of places, the most specific first."""
REGION = 150.0
"""How many kilometres from the middle of a region a place in it lies at most."""
NEAR = 20
"""How many claims away another one is looked at; it keeps endless lists linear."""
ONE_SPOT = 40.0
"""How many kilometres apart the places of one incident lie at most."""


def spots(claims: Iterable[Claim]) -> dict[str, tuple[Place, ...]]:
    """Find for claims of one incident the finer places that stand before their own.

    Args:
        claims: the claims of one incident, in text order.

    Returns:
        The places by the id of the claim; no entry where nothing finer is told.
    """
    told = [c for c in claims if c.places and c.scope != "cumulative" and c.harm is not None]
    found: dict[str, tuple[Place, ...]] = {}
    # "Four officers and a visitor were killed": they died in one place.
    together: dict[tuple[int, int, str], tuple[Place, ...]] = {}
    for n, claim in enumerate(told):
        key = claim.evidence.start, claim.harm.start if claim.harm else 0, claim.places[0].name
        if key in together:
            found[claim.id] = together[key]
            continue
        near = told[max(0, n - NEAR) : n + NEAR + 1]
        others = [other for other in near if other is not claim and not _is_less(other, claim)]
        again = [other for other in others if _is_same_toll(other, claim)]
        wide = claim.places[0]
        chains = [
            c for other in again if (c := _before(other.places, wide.name) or _inside(other.places, wide))
        ]
        chains = chains or [c for other in others if (c := _before(other.places, wide.name))]
        if chains and not _are_apart(chains[:NEAR]):
            firsts = Counter(chain[0].name for chain in chains)
            most = max(firsts.values())
            chain = next(chain for chain in chains if firsts[chain[0].name] == most)
            mine = {place.name for place in claim.places}
            added = tuple(p.model_copy(update={"basis": "context"}) for p in chain if p.name not in mine)
            if added:
                found[claim.id] = together[key] = added
    return found


def _is_same_toll(a: Claim, b: Claim) -> bool:
    return _label(a) == _label(b) and a.quantity.best is not None and a.quantity.best == b.quantity.best


def _is_less(part: Claim, whole: Claim) -> bool:
    """Tell whether a figure counts some of another's: "32 died in Kerala. In Kochi 20 died"."""
    low, high = part.quantity.best or part.quantity.low or 0, whole.quantity.best or whole.quantity.low or 0
    return part.part_of == whole.id or (_label(part) == _label(whole) and low < high)


def _label(claim: Claim) -> str | None:
    return claim.harm.label if claim.harm else None


def _before(places: tuple[Place, ...], wide: str) -> tuple[Place, ...]:
    """Give the places of a row that stand before a wider one, which the row names too."""
    names = [place.name for place in places]
    return places[: names.index(wide)] if wide in names else ()


def _inside(places: tuple[Place, ...], wide: Place) -> tuple[Place, ...]:
    """Give a row of places that lies within a wider one by its map; the row does not name it."""
    if not places or places[0].country != wide.country or KINDS[places[0].kind] >= KINDS[wide.kind]:
        return ()
    near = wide.kind == "country" or (wide.kind == "region" and _distance(places[0], wide) <= REGION)
    return tuple(place for place in places if KINDS[place.kind] < KINDS[wide.kind]) if near else ()


def _are_apart(chains: list[tuple[Place, ...]]) -> bool:
    """Tell whether rows of places lead to different spots, so that none is that of the whole incident."""
    named = [{place.name for place in chain} for chain in chains]
    for i, chain in enumerate(chains):
        for other, names in zip(chains[:i], named[:i], strict=True):
            if not names & named[i] and _distance(chain[0], other[0]) > ONE_SPOT:
                return True
    return False


def _distance(a: Place, b: Place) -> float:
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return 0.0
    return kilometres((a.lat, a.lon), (b.lat, b.lon))
