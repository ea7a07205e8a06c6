"""Parts and wholes: the claim whose figure contains another's.

`find` reads what the text says: "three of them", "among the dead were two girls", "the youngest victim
was a baby"; and what the figures say (parts_counts, parts_reports). Of a total that is told of again and
again, the mention before the part that is nearest to it is the whole. A total told of again is no part.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice

from casualty_extract.parts_counts import dated, narrower, rest, series, sums
from casualty_extract.parts_persons import again
from casualty_extract.parts_reports import all_reports, reports, within_bounds
from casualty_extract.parts_wholes import FAR, Found, Text, fits, total, walls
from casualty_extract.parts_words import (
    GROUPS,
    Row,
    contains,
    is_opened,
    is_relative,
    is_rest,
    is_spelled_out,
    joined,
    partitive,
    pronoun,
    rows,
    told_of,
    within_phrase,
)
from casualty_extract.records import Claim

__all__ = ["Part", "find"]

NEAR = 450
"""How far back "them" reaches: the sentence before."""
NEAREST = 4
"""How many figures back "them" reaches."""
POINTING = frozenset({"the", "these", "those"})
KIN = frozenset(
    "sons daughters children brothers sisters siblings relatives parents grandchildren nephews nieces cousins".split()
)
"""Those of whom "two of her sons" tells, beside the whole family told of before."""


@dataclass(frozen=True, slots=True)
class Part:
    """Which claim contains one, and by which rule."""

    whole: str
    rule: str


def find(text: str, claims: tuple[Claim, ...]) -> dict[str, Part]:
    """Find the wholes of the claims of one article.

    Args:
        text: the article.
        claims: its claims in text order; those whose ``part_of`` is filled keep it where it can be.

    Returns:
        For each claim that is a part, by id, its whole.
    """
    known = again(claims)
    later = frozenset(i for i, claim in enumerate(claims) if claim.id in known)
    found = Text(text, rows(text, claims), walls(text, claims), later)
    place = {claim.id: i for i, claim in enumerate(claims)}
    for i, claim in enumerate(claims):
        whole = place.get(claim.part_of or "", i)
        if whole != i and claim.quantity.form != "zero" and fits(found.rows[whole], found.rows[i]):
            found.parts[i] = whole, "links"
    _apply(found, _told, named_again=True)
    _apply(found, reports)
    sums(found)
    _apply(found, _listed)
    for rule in (narrower, dated, _listed, _split, rest):
        _apply(found, rule)
    series(found)
    within_bounds(found)
    return {claims[i].id: Part(claims[j].id, rule) for i, (j, rule) in found.parts.items()}


def _apply(found: Text, rule: Callable[[Text, int], Found | None], named_again: bool = False) -> None:
    """Ask a rule for the wholes of all claims without one; persons named again take that of their first mention."""
    for i, row in enumerate(found.rows):
        if i in found.parts or (i in found.later and not named_again):
            continue
        if row.claim.quantity.form == "zero" or row.claim.unit == "incidents":
            continue
        whole = rule(found, i)
        if whole is not None and whole[0] != i and found.root(whole[0]) != i:
            found.parts[i] = whole


def _told(found: Text, i: int) -> Found | None:
    row = found.rows[i]
    if i + 1 < len(found.rows):
        behind = found.rows[i + 1]
        if behind.is_total and row.claim.unit == behind.claim.unit and within_phrase(found.text, row, behind):
            return i + 1, "part of a number in its phrase"
    if pronoun(row):
        whole = _just_before(found, i)
        return (whole, "part of what stands before") if whole is not None else None
    if is_spelled_out(row) and i > 0 and _is_beside_whole(found.rows[i - 1], row):
        return i - 1, "spelled out"
    phrase = partitive(row)
    if phrase is not None:
        return _of_group(found, i, phrase)
    if is_rest(row) and i > 0 and found.rows[i - 1].beside(row) and i - 1 in found.parts:
        # "Four of the ten hostages were freed, the other six are missing".
        whole = found.parts[i - 1][0]
        if found.rows[whole].claim.unit == row.claim.unit and fits(found.rows[whole], row):
            return whole, "the rest of what stands before"
    group = told_of(row)
    if group is not None:
        label = row.label if group in {"", "victims"} else group
        if not contains(label, row.label, told=True):
            return None
        whole = total(found, i, label)
        return (whole, "among a group told of before") if whole is not None else None
    return None


def _is_beside_whole(whole: Row, row: Row) -> bool:
    """ "seven dead: five policemen"; what the sentence tells of a smaller number of the same harm."""
    same = whole.label == row.label and whole.claim.unit == row.claim.unit
    return (
        same and whole.is_total and not row.is_person and whole.beside(row) and fits(whole, row, strict=True)
    )


def _just_before(found: Text, i: int) -> int | None:
    """The whole of "of them": the figure before, or the whole of that one, where both are parts alike."""
    row = found.rows[i]
    for j in islice(found.before(i, NEAR), NEAREST):
        other = found.rows[j]
        if other.claim.unit != row.claim.unit or (is_relative(row) and not other.beside(row)):
            return None
        alike = pronoun(other) or row.before.endswith(("and", "and at least"))
        if j in found.parts and (is_opened(other) or (other.beside(row) and alike)):
            j = found.parts[j][0]
            other = found.rows[j]
        if j < i and other.is_total and contains(other.label, row.label, told=True) and fits(other, row):
            return j
    return None


def _of_group(found: Text, i: int, phrase: tuple[str, str, str]) -> Found | None:
    """ "two of the dead", "three of the four suspects", "six of these reports"."""
    row = found.rows[i]
    determiner, words, noun = phrase
    start = row.claim.quantity.start
    label = GROUPS.get(noun)
    for j in found.before(i, FAR):
        other = found.rows[j]
        if not other.is_total or other.claim.unit != row.claim.unit or not fits(other, row):
            continue
        if other.claim.quantity.text.lower() in words.split() and contains(other.label, row.label, told=True):
            return j, "part of a number told of before"
    if label is not None:
        # "Two of the injured": whenever they were taken to hospital. "Two of the victims": of this harm.
        known = total(found, i, row.label) if label == "victims" else total(found, i, label, timeless=True)
        behind = (
            k
            for k in range(i + 1, min(i + 1 + NEAREST, len(found.rows)))
            if _is_beside_whole(found.rows[k], row)
        )
        whole = known if known is not None else next(behind, None)
        return (whole, "part of a group") if whole is not None else None
    if row.claim.unit == "reports":
        return all_reports(found, i)
    for j in found.before(i, FAR):
        other = found.rows[j]
        if other.is_total and other.claim.unit == row.claim.unit and fits(other, row):
            who = other.claim.victims
            if who and who.text and noun in who.text.lower() and contains(other.label, row.label, told=True):
                return j, "part of those told of before"
    whole = total(found, i, row.label, strict=True) if noun in KIN or determiner in POINTING else None
    if whole is not None and start - found.rows[whole].claim.quantity.start > NEAR * 2:
        return None
    return (whole, "kin of one of those told of before") if whole is not None else None


def _listed(found: Text, i: int) -> Found | None:
    """A member of a list is part of what the one before it is part of."""
    if i == 0 or i - 1 not in found.parts:
        return None
    row, before = found.rows[i], found.rows[i - 1]
    whole, rule = found.parts[i - 1]
    if whole == i or not joined(found.text, before, row) or not fits(found.rows[whole], row):
        return None
    if (
        is_rest(row)
        or row.claim.scope != before.claim.scope
        or found.rows[whole].claim.quantity.end > row.claim.quantity.start
    ):
        return None
    return whole, rule


def _split(found: Text, i: int) -> Found | None:
    """ "Nine people were shot, four of them fatally, and five were wounded": what is told beside a part."""
    row = found.rows[i]
    if i == 0 or i - 1 not in found.parts or not found.rows[i - 1].beside(row):
        return None
    whole, rule = found.parts[i - 1]
    other = found.rows[whole]
    if (
        other.label != "casualties"
        or other.claim.unit != "people"
        or row.claim.unit != "people"
        or row.is_person
    ):
        return None
    return (whole, rule) if contains(other.label, row.label) and fits(other, row) else None
