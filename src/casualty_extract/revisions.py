"""Which figures of an event were taken back for a later one: "up from six earlier", "later revised to eight".

*Finds* the figure that a word marks as the older one, and the one before a figure that a word marks as the
newer one; and the smaller of two figures of one voice, told in two sentences. *Leaves alone* parts, running totals, figures of other harms and other events.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal

from casualty_extract import lexicon
from casualty_extract.lexicon import Row
from casualty_extract.parts_wholes import are_of_one_time, lies
from casualty_extract.records import Claim
from casualty_extract.tolls import SURE

__all__ = ["RevisionRow", "superseded"]

GROWTH = 2
"""How many times as large a toll that grew is at most; a greater one is hardly the same."""
SIZED = frozenset({"numeral", "word"})
"""The forms whose numbers can be compared."""
FIRST = re.compile(r"\b(?:first|initial|initially|originally|earlier|preliminary)\b", re.IGNORECASE)
"""Words for what came before, wherever they stand before a figure."""
NEAR = 8
"""How many claims away the figure that takes the place of another may stand."""


class RevisionRow(Row):
    """Words that tell which figure is the older one.

    Attributes:
        marks: whether the figure beside them is the older or the newer one.
        side: where they stand, seen from the figure.
        words: how many words may stand between.
    """

    marks: Literal["old", "new"]
    side: Literal["before", "after"]
    words: int = 0


@cache
def _patterns() -> tuple[tuple[RevisionRow, re.Pattern[str]], ...]:
    made = []
    for words, row in lexicon.read("links", "revisions", RevisionRow).items():
        cue = r"\s+".join(map(re.escape, words.split()))
        gap = rf"(?:[\s,]+[\w'-]+){{0,{row.words}}}"
        shape = rf"\b{cue}{gap}\s+$" if row.side == "before" else rf"^{gap}[\s,]+{cue}\b"
        made.append((row, re.compile(shape, re.IGNORECASE)))
    return tuple(made)


def superseded(text: str, claims: list[Claim]) -> dict[str, str]:
    """Find the figures that a later one took the place of.

    Args:
        text: the article.
        claims: its claims in text order, with their incidents and wholes.

    Returns:
        For each figure that no longer holds, by id, the one that does.
    """
    found: dict[str, str] = {}
    for i, claim in enumerate(claims):
        if not _is_total(claim):
            continue
        marks = {row.marks for row in _marks(text, claim)}
        if "old" in marks:
            newer = next((c for c in _around(claims, i, behind=True) if c.id not in found), None)
            if newer is not None:
                found[claim.id] = newer.id
        older = next(iter(_around(claims, i, behind=False)), None)
        if older is not None and "old" not in marks and ("new" in marks or _grew(older, claim)):
            found.setdefault(older.id, claim.id)
    return _without_rings(found)


def _without_rings(found: dict[str, str]) -> dict[str, str]:
    """Leave out the last step of each ring, so that of all figures one holds."""
    kept, done = dict(found), set()
    for start in found:
        path: set[str] = set()
        at = start
        while at in kept and at not in done:
            path.add(at)
            if kept[at] in path:
                del kept[at]
                break
            at = kept[at]
        done |= path
    return kept


def _grew(older: Claim, newer: Claim) -> bool:
    """Tell whether a toll told again in a later sentence, and by no other source, is the same toll grown."""
    if older.evidence == newer.evidence or _voice(older) not in {None, _voice(newer)}:
        return False
    if (
        {older.quantity.form, newer.quantity.form} - SIZED
        or older.status not in SURE
        or newer.status not in SURE
    ):
        return False
    if FIRST.search(newer.evidence.text[: newer.quantity.start - newer.evidence.start]):
        # "A first report had put the dead at five": what is told later came earlier.
        return False
    if not are_of_one_time(older, newer) or lies(older, newer) is None:
        return False
    sides = {c.victims.category if c.victims else "unspecified" for c in (older, newer)}
    a, b = older.quantity.best or 0, newer.quantity.best or 0
    return len(sides) == 1 and a < b <= a * GROWTH


def _voice(claim: Claim) -> str | None:
    return claim.attribution.source.name.lower() if claim.attribution else None


def _is_total(claim: Claim) -> bool:
    return (
        claim.unit == "people"
        and claim.harm is not None
        and claim.quantity.form not in {"singular", "name", "zero"}
        and claim.part_of is None
        and claim.scope == "event"
    )


def _marks(text: str, claim: Claim) -> Iterator[RevisionRow]:
    q, sentence = claim.quantity, claim.evidence
    before, after = text[sentence.start : q.start], text[q.end : sentence.end]
    before = re.sub(
        r"(?:\bat least|\babout|\baround|\bsome|\bas many as)\s+$", "", before[-120:], flags=re.IGNORECASE
    )
    for row, pattern in _patterns():
        if pattern.search(before if row.side == "before" else after[:120]):
            yield row


def _around(claims: list[Claim], i: int, behind: bool) -> Iterator[Claim]:
    """The totals of the same harm and event that differ, those of the same sentence first."""
    me = claims[i]
    near = [*reversed(claims[max(0, i - NEAR) : i]), *(claims[i + 1 : i + 1 + NEAR] if behind else ())]
    fitting = [
        c
        for c in near
        if _is_total(c)
        and c.incident == me.incident
        and c.harm and me.harm and c.harm.label == me.harm.label
        and c.quantity.best != me.quantity.best
        and _category(c, me)
    ]  # fmt: skip
    yield from sorted(fitting, key=lambda c: c.evidence.start != me.evidence.start)


def _category(a: Claim, b: Claim) -> bool:
    sides = {c.victims.category if c.victims else "unspecified" for c in (a, b)} & {
        "combatant",
        "police",
        "perpetrator",
    }
    return not sides or len({c.victims.category if c.victims else "" for c in (a, b)}) == 1
