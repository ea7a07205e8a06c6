"""The one number that a text tells of its main event, as data sets code it.

The main event is the one that the text tells of first, unless another has more than twice as many claims.
Running totals and other events are left out, unless the text has nothing else, or the total is what an addition
of the event leads to: "another two died, bringing the toll to 14".
"""

from __future__ import annotations

from collections.abc import Sequence

from casualty_extract.records_claims import Claim
from casualty_extract.records_parts import Count, HarmLabel, Record, check_order
from casualty_extract.tolls import SURE, counted, tally

__all__ = ["Resolution", "resolve"]

TOLD = frozenset({"killed", "injured", "casualties", "missing"})
"""The harms that make an event the main one."""
HARMED = frozenset({"killed", "injured"})
"""The harms that casualties are of."""
INFINITE = float("inf")
VAGUE = "least of a vague word"
TOTAL = "stated total"


class Resolution(Record):
    """One number for one harm of the main event.

    Attributes:
        harm: which harm.
        incident: the id of the main event; null where its claims have none.
        low: the least number that can be meant.
        best: the number; of vague words alone, the least that they can mean.
        high: the greatest; null where it is open.
        rule: by which rule the claims were brought to one number.
        claims: the ids of the claims that `best` rests on.
    """

    harm: HarmLabel
    incident: str | None
    low: Count | None
    best: Count
    high: Count | None
    rule: str
    claims: tuple[str, ...]

    def __repr__(self) -> str:
        return f"Resolution({self.harm} {self.best})"


def resolve(claims: Sequence[Claim], harm: HarmLabel, attackers: bool = True) -> Resolution | None:
    """Give the number of a harm of the main event.

    Args:
        claims: all claims of one text, in text order.
        harm: which harm.
        attackers: whether attackers who were harmed themselves count.

    Returns:
        The number, or None where the text tells none.
    """
    main = _main(claims)
    found = counted(main, harm)
    running = [c for c in claims if c.scope == "cumulative"]
    if not found:
        found = counted(_beside(main, claims), harm) or counted(running[:1], harm)
    if not found and harm in HARMED:
        # "There were no casualties": nobody was killed, nobody injured.
        found = [c for c in counted(main, "casualties") if c.quantity.form == "zero"]
    kept = [c for c in found if attackers or not _is_attacker(c)]
    if not found:
        return None
    if not kept:
        return _make(harm, found[0].incident, (0, 0, 0), "attackers alone", ())
    total = _total(kept, counted(running, harm))
    if total is not None:
        q = total.quantity
        best = q.best if q.best is not None else q.low or 0
        return _make(harm, kept[0].incident, (q.low, best, q.high), TOTAL, (total.id,))
    made = tally(kept)
    number = made.best if made.best is not None else made.low
    if number is None:
        return None
    rule = made.rule if made.best is not None else VAGUE
    if not attackers and (among := _among(main, made.best_claims)):
        # "Seven people, including the bomber": six without him.
        low, high = (max(0, n - among) if n is not None else None for n in (made.low, made.high))
        left = max(0, number - among)
        return _make(harm, kept[0].incident, (low, left, high), "attackers taken off", made.best_claims)
    return _make(harm, kept[0].incident, (made.low, number, made.high), rule, made.best_claims)


def _make(
    harm: HarmLabel, incident: str | None, bounds: tuple[int | None, int, int | None], rule: str, ids: tuple[str, ...]
) -> Resolution:  # fmt: skip
    low, best, high = bounds
    check_order(low, best, high)
    return Resolution(harm=harm, incident=incident, low=low, best=best, high=high, rule=rule, claims=ids)


def _main(claims: Sequence[Claim]) -> list[Claim]:
    """The claims of the main event."""
    events: dict[str | None, list[Claim]] = {}
    for claim in claims:
        if (
            claim.unit == "people"
            and claim.harm
            and claim.harm.label in TOLD
            and claim.status in SURE
            and claim.scope != "cumulative"
        ):
            events.setdefault(claim.incident, []).append(claim)
    if not events:
        return []
    first = next(iter(events))
    most = max(events, key=lambda name: len(events[name]))
    name = most if len(events[most]) > 2 * len(events[first]) else first
    return [c for c in claims if c.incident == name]


def _beside(main: list[Claim], claims: Sequence[Claim]) -> list[Claim]:
    """The claims told in the sentences of the main event, in whatever incident they are."""
    sentences = {c.evidence.start for c in main}
    return [c for c in claims if c.evidence.start in sentences and c.scope != "cumulative"]


def _total(counts: list[Claim], running: list[Claim]) -> Claim | None:
    """The running total that an addition of the event leads to in its own sentence, the last one told."""
    more: dict[int, int] = {}
    for claim in counts:
        if claim.scope == "additional":
            at = claim.evidence.start
            more[at] = more.get(at, 0) + (claim.quantity.best or claim.quantity.low or 0)
    sizes = sum(c.quantity.best or 0 for c in counts)
    found = [
        c
        for c in running
        if (c.quantity.best or 0) >= more.get(c.evidence.start, INFINITE)
        or (c.quantity.best == sizes and len(counts) > 1)
    ]
    return found[-1] if found else None


def _among(claims: list[Claim], wholes: tuple[str, ...]) -> int:
    """How many attackers are parts of the figures that a number rests on."""
    parts = [c for c in claims if c.part_of in wholes and _is_attacker(c) and c.superseded_by is None]
    sizes: dict[int, int] = {}
    for c in parts:
        sizes[c.evidence.start] = sizes.get(c.evidence.start, 0) + (c.quantity.best or 0)
    # Told in several sentences, they are the same ones.
    return max(sizes.values(), default=0)


def _is_attacker(claim: Claim) -> bool:
    return claim.victims is not None and claim.victims.category == "perpetrator"
