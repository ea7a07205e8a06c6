"""Which claim can contain another: its size, its side, its time and its place.

A `Text` holds the claims of an article with the words around them, and the wholes found up to now.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from casualty_extract.parts_words import Row, turns
from casualty_extract.records import Claim

__all__ = [
    "BACK",
    "DOUBTFUL",
    "FAR",
    "Found",
    "Text",
    "are_apart",
    "are_compatible",
    "are_of_one_time",
    "are_opposed",
    "fits",
    "lies",
    "total",
    "walls",
]

Found = tuple[int, str]
"""The place of a whole among the claims, and the rule that found it."""
BACK = 60
"""How many claims back a whole may stand; it keeps a list of thousands of claims linear."""
FAR = 4000
"""How many characters a total and a part told of in another sentence may stand apart."""
DEEP = 12
"""How many parts of parts of parts are followed."""
DIGEST = 3
"""From how many countries on, each in paragraphs of its own, an article is a digest of events."""
DOUBTFUL = frozenset({"denied", "hypothetical", "possible", "investigating"})
"""The statuses whose figures are no total for others."""
REGULAR = frozenset(
    "soldier soldiers troops servicemen serviceman marine marines airmen airman sailors conscripts"
    " officer officers personnel".split()
)
"""Nouns for those who serve in an army."""
OPEN = frozenset({"at_least", "more_than", "approximately"})
"""The qualifiers that leave room for more."""


@dataclass(slots=True)
class Text:
    """The claims of an article in text order.

    Attributes:
        text: the article.
        rows: the claims with the words around them.
        walls: the places at which the text turns to another event.
        later: the claims that name a person named before.
        parts: for each part its whole.
    """

    text: str
    rows: list[Row]
    walls: list[int]
    later: frozenset[int]
    parts: dict[int, Found] = field(default_factory=dict)

    def is_parted(self, i: int, j: int) -> bool:
        """Tell whether the text turns to another event between two claims."""
        return are_apart(self.walls, self.rows[i].claim, self.rows[j].claim)

    def root(self, i: int) -> int:
        """Give the whole of the whole of a claim; itself where it is no part."""
        for _ in range(DEEP):
            if i not in self.parts:
                break
            i = self.parts[i][0]
        return i

    def before(self, i: int, reach: int) -> Iterator[int]:
        """Give the claims before one, the nearest first, as far as a stretch of text reaches."""
        start = self.rows[i].claim.quantity.start
        for j in range(i - 1, max(-1, i - BACK - 1), -1):
            if start - self.rows[j].claim.quantity.start > reach:
                return
            yield j


def are_apart(walls: list[int], a: Claim, b: Claim) -> bool:
    """Tell whether the text turns to another event between two claims."""
    first, last = sorted((a.quantity.start, b.quantity.start))
    return bisect_left(walls, last) > bisect_left(walls, first)


def walls(text: str, claims: Iterable[Claim]) -> list[int]:
    """Give the places at which the text turns to another event: by a word, or as a digest of events.

    A digest tells in each paragraph of a country of its own.
    """
    found = turns(text)
    breaks = [m.start() for m in re.finditer(r"\n[ \t]*\n", text)]
    told: dict[int, set[str]] = {}
    for claim in claims:
        countries = {p.country for p in claim.places if p.basis == "sentence" and p.country}
        if countries:
            told.setdefault(bisect_left(breaks, claim.quantity.start), set()).update(countries)
    lone = [countries for countries in told.values() if len(countries) == 1]
    apart = {country for countries in told.values() for country in countries}
    if len(apart) >= DIGEST and len(lone) >= len(apart):
        found = sorted([*found, *breaks])
    return found


def total(found: Text, i: int, label: str | None, strict: bool = False, timeless: bool = False) -> int | None:
    """The nearest total of a harm before a claim that is no part itself."""
    row = found.rows[i]
    for j in found.before(i, FAR):
        other = found.rows[j]
        if (
            other.is_total
            and j not in found.parts
            and other.claim.unit == row.claim.unit
            and other.label in {label, "casualties"}
            and other.claim.status not in DOUBTFUL
            and fits(other, row, strict)
            and not are_opposed(other.claim, row.claim)
            and (timeless or are_compatible(other.claim, row.claim))
        ):
            return j
    return None


def fits(whole: Row, part: Row, strict: bool = False) -> bool:
    """Tell whether a part is small enough. A lower bound may hold more than it says, if the text says so."""
    if whole.room is None:
        return not strict
    if not strict and whole.claim.quantity.qualifier in OPEN:
        return part.size <= whole.room * 2
    return part.size < whole.room


def are_opposed(whole: Claim, part: Claim) -> bool:
    """Tell whether two claims are of people on different sides: civilians are no part of the fighters."""
    mine = part.victims.category if part.victims else "unspecified"
    theirs = whole.victims.category if whole.victims else "unspecified"
    if mine == "perpetrator" and theirs != "perpetrator":
        return True
    doer = whole.perpetrator
    who = part.victims.text if part.victims else None
    if doer is not None and who is not None and _words(doer.text) & _words(who):
        # "police killed 193 people": a policeman killed is none of them.
        return True
    if mine == theirs == "combatant" and _is_regular(part) != _is_regular(whole):
        return True
    return "unspecified" not in {mine, theirs} and mine != theirs


def _is_regular(claim: Claim) -> bool:
    """Tell whether the people are of an army: soldiers are none of the rebels killed."""
    who = claim.victims.text if claim.victims else None
    return who is not None and not REGULAR.isdisjoint(who.lower().split())


def _words(text: str) -> set[str]:
    return {word for word in text.lower().split() if len(word) > 3}


def are_compatible(whole: Claim, part: Claim) -> bool:
    """Tell whether two claims can be of the same time; one carried over to the part proves nothing."""
    return part.time is None or part.time.basis == "context" or are_of_one_time(whole, part)


def are_of_one_time(a: Claim, b: Claim) -> bool:
    """Tell whether two claims can be of the same time."""
    if a.time and b.time and a.time.earliest and b.time.earliest:
        starts, ends = max(a.time.earliest, b.time.earliest), (a.time.latest, b.time.latest)
        return not any(end is not None and starts > end for end in ends)
    return True


def lies(whole: Claim, part: Claim) -> str | None:
    """Tell how the place of a part lies to that of the whole: the same, narrower, or apart (None)."""
    mine = [p for p in part.places if p.basis == "sentence"]
    if not mine:
        return "same"
    names = {p.name for p in whole.places}
    if mine[0].name in names:
        return "same"
    if not whole.places:
        return None
    widest = whole.places[0]
    if widest.kind in {"country", "region"} and widest.country == mine[0].country:
        return "narrower" if mine[0].kind != widest.kind else None
    return "same" if names & {p.name for p in part.places} and mine[0].kind == "site" else None
