"""The figures of an exported row: bounds by harm and by kind of victims, and the one number by a named rule.

Totals are those of `tolls` and, over several articles, of `linking_history`: what is part of another figure, told
again, superseded, doubtful, denied or copied does not count twice. A kind of victims is added up in the same way from
its own claims alone, so that "12 people, including three children" has three children beside the 12.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import Literal

from casualty_extract.linking_history import Sum, Voice, is_contradicted, line, sums, tolls
from casualty_extract.records import Claim
from casualty_extract.tolls import counted, tally
from casualty_extract.tolls import tolls as tolls_of_article

__all__ = ["BestRule", "Count", "Counts", "Part", "Sums", "Vague", "joined", "read", "settled"]

BestRule = Literal["toll", "told_last", "lowest", "median", "highest"]
Vague = Literal["keep", "acled"]
Part = Literal[
    "all", "civilian", "combatant", "police", "perpetrator", "unspecified", "children", "women", "men"
]  # fmt: skip
"""The people that a count is of: all, those of one category, or those of one group alone."""
CATEGORIES: tuple[Part, ...] = ("civilian", "combatant", "police", "perpetrator", "unspecified")
GROUPS: tuple[Part, ...] = ("children", "women", "men")


@dataclass(frozen=True, slots=True)
class Count:
    """How many people were harmed.

    Attributes:
        low: the least number; None where no figure has a lower bound.
        toll: the number of the toll: of an article's figures for the same people the greatest, of several
            articles' the latest.
        high: the greatest; None where a figure is open.
        figures: all numbers that stand for the same people, in the order in which they are told.
    """

    low: int | None
    toll: int | None
    high: int | None
    figures: tuple[int, ...]

    def best(self, rule: BestRule) -> int | None:
        """Give the one number by a rule; None where vague words alone tell.

        >>> count = Count(12, 15, 15, (12, 15, 13))
        >>> [count.best(rule) for rule in ("toll", "told_last", "lowest", "median", "highest")]
        [15, 13, 12, 13, 15]
        """
        if not self.figures or rule == "toll":
            return self.toll
        if rule == "told_last":
            return self.figures[-1]
        ordered = sorted(self.figures)
        # Of an even number of figures the smaller of the middle two: a number that is told, and no mean.
        return {"lowest": ordered[0], "highest": ordered[-1]}.get(rule, ordered[(len(ordered) - 1) // 2])


Counts = Mapping[tuple[Part, str], Count]
"""By people and harm."""


@dataclass(frozen=True, slots=True)
class Sums:
    """What one article adds up to for one kind of people.

    Attributes:
        sums: for each harm its bounds.
        figures: for each harm the numbers told.
    """

    sums: tuple[Sum, ...]
    figures: Mapping[str, tuple[int, ...]]


def read(claims: Sequence[Claim]) -> dict[Part, Sums]:
    """Add up the claims of one article about one incident, for all people and for each kind of them.

    Args:
        claims: its claims, in text order.
    """
    # People of whom nothing is told, within a figure of civilians, are some of the civilians.
    harms = {c.harm.label for c in claims if c.harm}
    wholes = {c.id for harm in harms for c in counted(claims, harm)}
    whole = _sums(claims)
    made: dict[Part, Sums] = {"all": whole}
    for part in (*CATEGORIES, *GROUPS):
        own = [c for c in claims if _is_of(c, part) and (part != "unspecified" or c.id in wholes)]
        if own:
            made[part] = whole if len(own) == len(claims) else _sums(own)
    return {part: found for part, found in made.items() if found.sums}


def _is_of(claim: Claim, part: Part) -> bool:
    victims = claim.victims
    return victims is not None and (victims.category == part or victims.groups == (part,))


def _sums(claims: Sequence[Claim]) -> Sums:
    found = tolls_of_article(claims)
    lines = [line(claim) for claim in claims]
    made = sums(found, lines)
    figures = {}
    for harm, _, best, _, _ in made:
        rows, own = [t for t in found if t.harm == harm], [ln for ln in lines if ln.harm == harm]
        figures[harm] = _figures(claims, harm, best, both=is_contradicted(rows, own))
    return Sums(made, figures)


def _figures(claims: Sequence[Claim], harm: str, best: int | None, *, both: bool) -> tuple[int, ...]:
    """The numbers told for the same people; where kinds of victims are added up, their sum is the only one.

    With `both`, another source tells of fewer people altogether, and its numbers are alternatives to the sum.
    """
    mine: dict[str, list[Claim]] = {}
    for claim in counted(claims, harm):
        mine.setdefault(claim.victims.category if claim.victims else "unspecified", []).append(claim)
    whole = next(iter(mine)) if len(mine) == 1 else "unspecified"
    if whole in mine and (found := tally(mine[whole])).best == best:
        return found.figures
    if best is None:
        return ()
    return (*tally(mine["unspecified"]).figures, best) if both and "unspecified" in mine else (best,)


def joined(articles: Iterable[tuple[str, int, Mapping[Part, Sums], bool]]) -> dict[tuple[Part, str], Count]:
    """Bring the sums of the articles that tell of one incident to one count each.

    Args:
        articles: for each, in order of publication, its id, its day of publication as an ordinal (0 where not
            known), its sums, and whether it is a copy of another.
    """
    told = list(articles)
    found: dict[tuple[Part, str], Count] = {}
    for part in dict.fromkeys(part for _, _, parts, _ in told for part in parts):
        voices = [
            Voice(name, day, (), parts[part].sums, copied)
            for name, day, parts, copied in told
            if part in parts
        ]
        for toll in tolls(voices):
            own = [p[part].figures.get(toll.harm, ()) for _, _, p, copied in told if part in p and not copied]
            figures = tuple(
                n
                for numbers in own
                for n in numbers
                if (toll.low is None or toll.low <= n) and (toll.high is None or n <= toll.high)
            )
            found[part, toll.harm] = Count(toll.low, toll.best, toll.high, figures)
    return found


def settled(claims: Iterable[Claim], vague: Vague) -> tuple[Claim, ...]:
    """Give the claims with the numbers that a policy sets for vague words: with "acled" 12 for "dozens".

    >>> from casualty_extract import extract
    >>> [claim] = settled(extract("Dozens of people were killed in Arda.").claims, "acled")
    >>> claim.quantity.low, claim.quantity.best, claim.quantity.high
    (12, 12, 12)
    """
    if vague == "keep":
        return tuple(claims)
    return tuple(_settled(claim) for claim in claims)


def _settled(claim: Claim) -> Claim:
    quantity = claim.quantity
    number = _acled(quantity.text) if quantity.form == "vague" else None
    if number is None:
        return claim
    bounds = {"low": number, "best": number, "high": number}
    return claim.model_copy(update={"quantity": quantity.model_copy(update=bounds)})


def _acled(text: str) -> int | None:
    """ACLED's number for a vague word, as `load(vagueness="acled")` reads it."""
    # They bring spaCy with them, which exports need for nothing else.
    from casualty_extract.lexicon.phrases import split
    from casualty_extract.quantities_figures import PLURALS, SCALES
    from casualty_extract.quantities_words import words

    rows, told = words().vague, split(text)
    found = rows.match(told, 0)
    if found is None:
        return None
    length, row = found
    scales = [SCALES.get(word) for word in told[length:]]
    if not scales:
        return row.acled
    if not row.multiplies or None in scales:
        return None
    # "several hundred thousand" counts as "hundreds of thousands".
    plural = PLURALS.get(prod(n for n in scales if n is not None))
    many = rows.match(plural.split(), 0) if plural else None
    return many[1].acled if many is not None else None
