"""What claims of one harm add up to: statements are added up inside, and chosen between.

Figures of one sentence and one word of harm are one statement: "killed 3 police and 4 civilians" tells of
seven. Statements about other people are added ("two soldiers were killed", "five rebels died"); those about
the same people are alternatives, of which the greatest is the best. What is part of another figure, told again
in the same sentence of a repeated paragraph, superseded, doubtful or denied does not count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from casualty_extract.records_claims import Claim, Incident, IncidentTime, Toll

__all__ = ["DEEP", "SURE", "Tally", "counted", "incident", "persons", "tally", "tolls"]

SURE = frozenset({"confirmed", "assessed", "asserted", "alleged"})
"""The statuses whose figures enter a toll: denied, doubtful and hypothetical ones do not."""
DEEP = 12
"""How many parts of parts of parts are followed."""
AFTER = re.compile(r"\b(?:after|as|when)\b", re.IGNORECASE)
GROWTH, FEW = 3, 10
"""How many times as great a later figure is at most to go before the first one, unless it is itself small: a greater one
hardly tells of the same event."""
MOST = frozenset({"at_most", "less_than"})
SINGLE = frozenset({"singular", "name"})
"""The forms that tell of one person each."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What claims add up to, and which of them each bound rests on.

    Attributes:
        low: the least number; null where no claim has a lower bound.
        best: the number; null where there are vague words alone.
        high: the greatest; null where any claim is open.
        rule: "one figure", "added up", "told again", "greatest of several" or "none harmed".
        low_claims: the claims that `low` rests on.
        best_claims: those that `best` rests on.
        high_claims: those that `high` rests on.
        figures: the number that each statement of the same people tells, in their order; none for vague words.
    """

    low: int | None
    best: int | None
    high: int | None
    rule: str
    low_claims: tuple[str, ...]
    best_claims: tuple[str, ...]
    high_claims: tuple[str, ...]
    figures: tuple[int, ...] = ()


@dataclass(slots=True)
class _Statement:
    low: int | None
    best: int | None
    high: int | None
    categories: set[str]
    claims: list[Claim] = field(default_factory=list)

    @property
    def size(self) -> int:
        return self.best if self.best is not None else self.low or 0

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(claim.id for claim in self.claims)


def counted(claims: Iterable[Claim], harm: str) -> list[Claim]:
    """Give the claims of one incident that count for its toll of a harm, in their order.

    Args:
        claims: the claims of one incident, in text order.
        harm: the harm.
    """
    mine = {c.id: c for c in claims if c.unit == "people" and c.harm and c.harm.label == harm}
    wholes = {c.id for c in mine.values() if c.status in SURE}
    found, told = [], set()
    for claim in mine.values():
        # A paragraph that stands twice tells of nobody new.
        key = claim.evidence.text, claim.quantity.start - claim.evidence.start
        if claim.status not in SURE or claim.superseded_by is not None or key in told:
            continue
        told.add(key)
        if not _is_part(claim, mine, wholes):
            found.append(claim)
    return found


def _is_part(claim: Claim, among: dict[str, Claim], wholes: set[str]) -> bool:
    for _ in range(DEEP):
        whole = claim.part_of
        if whole is None or whole not in among:
            return False
        if whole in wholes:
            return True
        claim = among[whole]
    return False


def persons(claims: Iterable[Claim]) -> int:
    """Count the people whom claims of single persons tell of: each name once, by its surname.

    "A man was shot dead. ... Omar Dahli was shot": who is told of before any name may be one of those named
    later; who is told of beside or after a name is another one.
    """
    claims = list(claims)
    names = {c.quantity.text for c in claims if c.quantity.form == "name"}
    full = {name for name in names if " " in name}
    surnames = {name.split()[-1] for name in full}
    lone = {name for name in names - full if name not in surnames}
    named = next((c.evidence.start for c in claims if c.quantity.form == "name"), None)
    single = [c for c in claims if c.quantity.form == "singular"]
    before = sum(named is not None and c.evidence.start < named and c.scope == "event" for c in single)
    return max(len(full) + len(lone), before) + len(single) - before


def tolls(claims: Sequence[Claim]) -> list[Toll]:
    """Give the tolls of one incident, for each harm and category of victims, in the order of their claims."""
    found = []
    for harm in dict.fromkeys(c.harm.label for c in claims if c.harm):
        mine: dict[str, list[Claim]] = {}
        for claim in counted(claims, harm):
            mine.setdefault(_category(claim), []).append(claim)
        for category, told in mine.items():
            made = tally(told)
            bounds = {"low": made.low, "best": made.best, "high": made.high, "rule": made.rule}
            ids = {name: getattr(made, name) for name in ("low_claims", "best_claims", "high_claims")}
            found.append(Toll.model_validate({"harm": harm, "category": category, **bounds, **ids}))
    return found


def incident(name: str, claims: Sequence[Claim]) -> Incident:
    """Put together the incident that some claims tell of.

    Args:
        name: its id.
        claims: its claims, in text order.
    """
    times = [c.time for c in claims if c.time and (c.time.earliest or c.time.latest)]
    starts = [t.earliest for t in times if t.earliest]
    ends = [t.latest for t in times if t.latest]
    causes = [c.cause.label for c in claims if c.cause]
    actors = [c.perpetrator.text for c in claims if c.perpetrator]
    return Incident(
        id=name,
        claims=tuple(c.id for c in claims),
        time=IncidentTime(earliest=min(starts, default=None), latest=max(ends, default=None))
        if times
        else None,
        places=tuple(dict.fromkeys(p.name for c in claims for p in c.places)),
        cause=next((c for c in causes if c != "other"), causes[0] if causes else None),
        perpetrator=actors[0] if actors else None,
        tolls=tuple(tolls(claims)),
    )


def _category(claim: Claim) -> str:
    return claim.victims.category if claim.victims else "unspecified"


def tally(claims: Sequence[Claim]) -> Tally:
    """Add up claims of one harm that `counted` gave.

    Args:
        claims: one or more of them, in text order.
    """
    told = [c for c in claims if c.quantity.form != "zero"]
    if not told:
        ids = tuple(c.id for c in claims)
        return Tally(0, 0, 0, "none harmed", ids, ids, ids, (0,))
    chosen = _Statement(None, None, None, set())
    rivals: list[_Statement] = []
    added = False
    for statement in _statements(told):
        if not chosen.claims:
            chosen = statement
        elif _is_beside(chosen, statement):
            chosen, added = _sum([chosen, statement]), True
        elif chosen.size < statement.size <= max(FEW, chosen.size * GROWTH):
            rivals.append(chosen)
            chosen = statement
        else:
            rivals.append(statement)
    added = added or len(chosen.claims) > 1
    return _between(chosen, rivals, "added up" if added else "one figure")


def _statements(claims: list[Claim]) -> list[_Statement]:
    """Bring the figures of each word of harm together; lone persons are one statement all over the text."""
    blocks: dict[tuple[int, int], list[Claim]] = {}
    for claim in claims:
        blocks.setdefault((claim.evidence.start, claim.harm.start if claim.harm else 0), []).append(claim)
    sized = [b for b in blocks.values() if any(c.quantity.form not in SINGLE for c in b)]
    lone = [c for b in blocks.values() if all(c.quantity.form in SINGLE for c in b) for c in b]
    if not sized:
        return [_people(lone)]
    groups = {_category(c) for b in sized for c in b}
    if groups == {"perpetrator"}:
        return [*(_sum(_figures(b)) for b in sized), *([_people(lone)] if lone else [])]
    # "Two villagers were killed. A policeman died": he is none of the two. Of others, the parts tell.
    apart = [
        c for c in lone if c.scope == "additional" or _category(c) not in groups | {"unspecified"}
    ] if "unspecified" not in groups else [
        c for c in lone if c.scope == "additional" or _category(c) == "perpetrator"
    ]  # fmt: skip
    made = [_sum(_figures(b)) for b in sized]
    return [*made, _people(apart)] if apart else made


def _people(claims: list[Claim]) -> _Statement:
    n = persons(claims)
    return _Statement(n, n, n, {_category(c) for c in claims}, claims)


def _figure(claim: Claim) -> _Statement:
    q = claim.quantity
    return _Statement(q.low, q.best, q.high, {_category(claim)}, [claim])


def _figures(claims: list[Claim]) -> list[_Statement]:
    """Give the figures of a statement; "at least three and up to eight" is one."""
    found: list[_Statement] = []
    for claim in claims:
        made = _figure(claim)
        last = found[-1].claims[-1] if found else None
        if last is not None and _are_bounds(last, claim):
            least = found[-1]
            best = least.best if least.best is not None else made.best
            found[-1] = _Statement(least.low, best, made.high, least.categories, [*least.claims, claim])
        else:
            found.append(made)
    return found


def _are_bounds(a: Claim, b: Claim) -> bool:
    """Tell whether two figures are the ends of one: the second bounds from above, the first does not."""
    if b.quantity.qualifier not in MOST or a.quantity.high is not None or _category(a) != _category(b):
        return False
    return b.quantity.high is not None and b.quantity.high >= (a.quantity.best or a.quantity.low or 0)


def _is_beside(chosen: _Statement, statement: _Statement) -> bool:
    """Tell whether a statement is of other people: an addition, another side, or the attackers."""
    if all(c.scope == "additional" for c in statement.claims):
        return not _leads_to(statement.claims[0], chosen.claims[-1])
    if statement.categories & chosen.categories:
        return False
    return "unspecified" not in statement.categories | chosen.categories or "perpetrator" in (
        *(statement.categories if len(statement.categories) == 1 else ()),
        *(chosen.categories if len(chosen.categories) == 1 else ()),
    )


def _leads_to(addition: Claim, total: Claim) -> bool:
    """ "The toll rose to 33 after 10 more bodies were found": the ten are among the 33."""
    if addition.evidence.start != total.evidence.start or total.quantity.end > addition.quantity.start:
        return False
    start = addition.evidence.start
    between = addition.evidence.text[total.quantity.end - start : addition.quantity.start - start]
    return AFTER.search(between) is not None


def _sum(parts: list[_Statement]) -> _Statement:
    lows = [p.low for p in parts if p.low is not None]
    bests = [p.size for p in parts] if any(p.best is not None for p in parts) else []
    highs = [p.high for p in parts if p.high is not None]
    return _Statement(
        sum(lows) if lows else None,
        sum(bests) if bests else None,
        sum(highs) if len(highs) == len(parts) else None,
        set().union(*(p.categories for p in parts)),
        [claim for p in parts for claim in p.claims],
    )


def _between(chosen: _Statement, rivals: list[_Statement], rule: str) -> Tally:
    """Set the bounds by all statements of the same people, with the best number between them."""
    everyone = [chosen, *rivals]
    least = min((s for s in everyone if s.low is not None), key=lambda s: s.low or 0, default=None)
    open_ = next((s for s in everyone if s.high is None), None)
    most = open_ or max(everyone, key=lambda s: s.high or 0)
    low, high = least.low if least else None, most.high
    best = chosen.best
    if low is not None and best is not None:
        low = min(low, best)
    known = [n for n in (low, best, high) if n is not None]
    if high is not None:
        high = max(known)
    if rivals:
        same = {s.size for s in everyone} == {chosen.size}
        rule = "told again" if same else "greatest of several"
    figures = tuple(s.best for s in sorted(everyone, key=_place) if s.best is not None)
    return Tally(low, best, high, rule, least.ids if least else (), chosen.ids, most.ids, figures)


def _place(statement: _Statement) -> int:
    return min(claim.quantity.start for claim in statement.claims)
