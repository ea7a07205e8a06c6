"""Parts told by their counts: lists that add up, narrower groups and places, events of a period, series.

No word ties these to their whole: the figures do, with what else the claims agree on.
"""

from __future__ import annotations

import re
from itertools import chain, islice

from casualty_extract.parts_wholes import (
    BACK,
    DOUBTFUL,
    FAR,
    Found,
    Text,
    are_compatible,
    are_opposed,
    fits,
    lies,
)
from casualty_extract.parts_words import (
    Row,
    contains,
    counts_the_death,
    is_alone,
    is_apart,
    is_of_separate,
    is_ordinal,
    joined,
    partitive,
    pronoun,
    tells_of_many,
)
from casualty_extract.records import Claim

__all__ = ["DATED", "dated", "narrower", "rest", "series", "sums"]

DATED = "event of a period"
NEXT = 350
"""How far behind a total its names may follow."""
CANDIDATES = 3
"""How many totals before a claim are asked whether they contain it."""
OPENING = 100
"""How far before a list the total of its own sentence may stand."""
BREAKS = re.compile(r"\b(?:while|but|and|another|other|others|more)\b")
"""What cannot stand between a total and the list that spells it out."""
WIDE = frozenset(
    "earthquake flood storm landslide volcano tsunami wildfire heat cold disease famine clash riot crackdown".split()
)
"""Causes that reach many places at once."""
UNSIZED = frozenset({"vague", "range", "zero"})
"""The forms whose numbers cannot be added up."""


def sums(found: Text) -> None:
    """Lists that add up to a total: "five policemen and two women", with seven told of before or after."""
    i = 0
    while i < len(found.rows):
        end = i + 1
        while end < len(found.rows) and joined(found.text, found.rows[end - 1], found.rows[end]):
            end += 1
        if end - i >= 2 and found.rows[i].claim.unit == "people":
            _sum(found, i, end)
        i = end


def _sum(found: Text, first: int, end: int) -> None:
    for start in (first, first + 1):
        members = range(start, end)
        total = sum(found.rows[k].size for k in members)
        sized = all(found.rows[k].claim.quantity.form not in UNSIZED for k in members)
        free = found.later.isdisjoint(members) and found.parts.keys().isdisjoint(members)
        if len(members) < 2 or not sized or not free:
            continue
        # "two civilians, a mother and her child": the first of the list is the total of the others.
        whole = _equal(found, start, end, total)
        if start > first and whole != first:
            continue
        if whole is not None:
            for k in members:
                found.parts[k] = whole, "members of a list that add up"
            return


def _equal(found: Text, start: int, end: int, total: int) -> int | None:
    """The total that equals a sum: the nearest before, else the first behind."""
    row = found.rows[start]
    before = range(start - 1, max(-1, start - BACK - 1), -1)
    behind = range(end, min(len(found.rows), end + BACK))
    for j in chain(before, behind):
        other = found.rows[j]
        if (
            other.is_total
            and (j not in found.parts or (j == start - 1 and other.beside(row)))
            and other.claim.quantity.best == total
            and other.claim.unit == "people"
            and contains(other.label, row.label)
            and abs(other.claim.quantity.start - row.claim.quantity.start) < FAR
            and are_compatible(other.claim, row.claim)
            and not all(are_opposed(other.claim, found.rows[k].claim) for k in range(start, end))
            and not _are_victims(other.claim, [found.rows[k].claim for k in range(start, end)])
            and (
                _opens_list(found, j, start)
                if other.beside(row)
                else is_of_separate(other) or not is_apart(row)
            )
            and (lies(other.claim, row.claim) is not None or _are_named(found, j, start, end))
        ):
            return j
    return None


def _are_victims(whole: Claim, members: list[Claim]) -> bool:
    """ "A man and a woman were killed. Two gunmen were shot dead": they are not the gunmen; names may be."""
    if whole.victims is None or whole.victims.category != "perpetrator":
        return False
    return all(
        c.quantity.form != "name" and (c.victims is None or c.victims.category != "perpetrator")
        for c in members
    )


def _are_named(found: Text, whole: int, start: int, end: int) -> bool:
    """Tell whether a list is of names right behind the total, wherever they died: a town and its quarter."""
    names = all(found.rows[k].claim.quantity.form == "name" for k in range(start, end))
    return names and 0 < found.rows[start].claim.quantity.start - found.rows[whole].claim.quantity.end < NEXT


def _opens_list(found: Text, whole: int, first: int) -> bool:
    """ "two civilians, a mother and her child": the total of the sentence stands right before its list."""
    end, start = found.rows[whole].claim.quantity.end, found.rows[first].claim.quantity.start
    if whole > first:
        return True
    return whole == first - 1 and start - end < OPENING and not BREAKS.search(found.text[end:start].lower())


def narrower(found: Text, i: int) -> Found | None:
    """A smaller count of a narrower group or place, told of after the total of the same event."""
    row = found.rows[i]
    claim = row.claim
    if (
        (not row.is_total and claim.quantity.text.lower() != "one")
        or claim.unit != "people"
        or claim.quantity.form == "vague"
        or claim.status in DOUBTFUL
        or claim.scope == "additional"
        or is_apart(row)
        or pronoun(row)
        or partitive(row)
    ):
        return None
    asked = 0
    for j in found.before(i, FAR):
        other = found.rows[j]
        if found.is_parted(i, j) or asked == CANDIDATES:
            return None
        if not other.is_total or j in found.parts or other.label != row.label or other.beside(row):
            continue
        if other.claim.status in DOUBTFUL or other.claim.unit != "people" or other.claim.scope != claim.scope:
            continue
        asked += 1
        if not fits(other, row, strict=True) or not are_compatible(other.claim, claim):
            continue
        if are_opposed(other.claim, claim) or _other_cause(other.claim, claim):
            continue
        place = lies(other.claim, claim)
        if is_alone(row) or (place == "narrower" and _of_several(other, row)):
            return j, "count of a narrower place"
        if place == "same" and claim.scope == "event" and _narrower_group(other.claim, claim):
            return j, "count of a narrower group"
    return None


def rest(found: Text, i: int) -> Found | None:
    """ "Twelve of the 18 died on Monday. A further six died on Friday": what makes up the total with its parts."""
    row = found.rows[i]
    if row.claim.scope != "additional" or row.claim.unit != "people" or row.claim.quantity.form == "vague":
        return None
    for j in islice(found.before(i, FAR), CANDIDATES):
        if j not in found.parts:
            continue
        whole, rule = found.parts[j]
        held = sum(found.rows[k].size for k, (w, _) in found.parts.items() if w == whole)
        if found.rows[whole].label == row.label and held + row.size == found.rows[whole].claim.quantity.best:
            return whole, rule
    return None


def dated(found: Text, i: int) -> Found | None:
    """An event with a date of its own, after the toll of the period and the countries in which it lies."""
    row = found.rows[i]
    claim = row.claim
    if claim.scope == "cumulative" or claim.unit != "people" or not _own_time(claim):
        return None
    for j in found.before(i, FAR):
        other = found.rows[j]
        whole = other.claim
        if not other.is_total or other.label != row.label or whole.unit != "people":
            continue
        if j in found.parts or not fits(other, row, strict=True) or are_opposed(whole, claim):
            continue
        if (
            _own_time(whole)
            and _inside(whole, claim)
            and not _other_cause(whole, claim)
            and _shares_country(whole, claim)
        ):
            return j, DATED
        return None
    return None


def _of_several(whole: Row, part: Row) -> bool:
    """Tell whether a total can hold the tolls of places: of a flood, or of attacks of the same kind."""
    cause = whole.claim.cause
    if cause is not None and cause.label in WIDE:
        return True
    if cause is None:
        return tells_of_many(whole)
    return tells_of_many(whole) and part.claim.cause is not None and part.claim.cause.label == cause.label


def _own_time(claim: Claim) -> bool:
    time = claim.time
    return time is not None and time.basis == "sentence" and None not in {time.earliest, time.latest}


def _inside(whole: Claim, part: Claim) -> bool:
    """Tell whether an event lies in a period; "since 2014" is background, no period."""
    a, b = whole.time, part.time
    if a is None or b is None or a.grain == "day" or a.text.lower().startswith("since"):
        return False
    if a.earliest is None or a.latest is None or b.earliest is None or b.latest is None:
        return False
    return (
        a.earliest <= b.earliest and b.latest <= a.latest and (a.earliest, a.latest) != (b.earliest, b.latest)
    )


def _shares_country(a: Claim, b: Claim) -> bool:
    mine, theirs = {p.country for p in a.places}, {p.country for p in b.places}
    return not mine or not theirs or bool(mine & theirs)


def _other_cause(a: Claim, b: Claim) -> bool:
    return bool(a.cause and b.cause and a.cause.label != b.cause.label)


def _narrower_group(whole: Claim, part: Claim) -> bool:
    """ "three policemen" of "nine people": a noun that tells more than that of the whole."""
    mine, theirs = part.victims, whole.victims
    if mine is None or mine.text is None:
        return False
    if mine.text.lower().split()[-1] in {"victims", "martyrs"}:
        return True
    if mine.category == "unspecified" and not mine.groups:
        return False
    if mine.category == "combatant" and (theirs is None or theirs.category != "combatant"):
        # "killing 15": those may be of any side.
        return False
    if theirs is None or theirs.text is None:
        return True
    if theirs.category == "unspecified":
        return mine.category != "unspecified" or set(mine.groups) != set(theirs.groups)
    return bool(set(mine.groups) - set(theirs.groups) - {"men"})


def series(found: Text) -> None:
    """ "The death was the county's 31st": the one told of before is part of the series."""
    for i, row in enumerate(found.rows):
        if not is_ordinal(row) or row.claim.scope != "cumulative" or row.claim.unit != "people":
            continue
        ones = [
            k
            for k in range(max(0, i - BACK), i)
            if found.rows[k].size == 1
            and found.rows[k].label == row.label
            and k not in found.parts
            and row.claim.quantity.start - found.rows[k].claim.quantity.start < FAR
        ]
        words = set(re.findall(r"[\w'’-]+", row.before))
        named = [k for k in ones if found.rows[k].claim.quantity.form == "name"]
        subject = {_surname(found.rows[k]) for k in named} & words
        for k in ones:
            if _surname(found.rows[k]) in subject if subject else counts_the_death(row):
                found.parts[k] = i, "one of a series"


def _surname(row: Row) -> str:
    return row.claim.quantity.text.lower().split()[-1]
