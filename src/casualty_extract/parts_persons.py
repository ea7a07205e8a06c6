"""Single persons: which total of their event they are among, and where the same one is named again."""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from collections.abc import Iterable

from casualty_extract.parts_wholes import BACK, are_apart, are_of_one_time, are_opposed
from casualty_extract.records import Claim
from casualty_extract.tolls import persons

__all__ = ["again", "members"]

ATTACKERS = frozenset("suspect gunman attacker assailant bomber shooter hijacker knifeman".split())
"""Single persons who are told of apart from their victims."""
NAMESAKES = 20
"""How many bearers of one surname are remembered; it keeps endless lists of names linear."""


def members(claims: list[Claim], turned: list[int]) -> dict[str, str]:
    """Tie the single persons of an incident to its total: the named dead are among the nine dead.

    Args:
        claims: the claims of one incident, in text order.
        turned: the places at which the text turns to another event, as `walls` gives them.

    Returns:
        For each person that is a part, by id, the id of the total.
    """
    found: dict[str, str] = {}
    for harm in dict.fromkeys(c.harm.label for c in claims if c.harm):
        mine = [c for c in claims if c.harm and c.harm.label == harm and c.unit == "people"]
        # Attackers are told of apart: "two people were killed; the suspect was shot dead".
        single = [
            c
            for c in mine
            if c.quantity.form in {"singular", "name"} and c.part_of is None and not _is_attacker(c)
        ]
        totals = [
            c
            for c in mine
            if c.quantity.form in {"numeral", "word"}
            and (c.quantity.best or 0) > 1
            and c.part_of is None
            and c.scope != "additional"
            and not _is_attacker(c)
        ]
        # The same person may be told of as "a man" and by name, so the two are not added up here.
        named = persons(c for c in single if c.quantity.form == "name")
        least = max(named, len({_noun(c) for c in single if c.quantity.form == "singular"}))
        fitting = [c for c in totals if least <= (c.quantity.best or 0)]
        # "six officers and a civilian": the civilian stands beside the six, not among them.
        beside = {c.evidence.start for c in totals}
        for c in single:
            if c.scope == "event" and (c.quantity.form == "name" or c.evidence.start not in beside):
                whole = _nearest(c, fitting, turned)
                if whole is not None:
                    found[c.id] = whole.id
    return found


def _is_attacker(claim: Claim) -> bool:
    who = claim.victims
    if who is not None and who.category == "perpetrator":
        return True
    words = f"{claim.quantity.text} {who.text if who else ''}".lower().split()
    return not ATTACKERS.isdisjoint(words)


def _can_hold(total: Claim, person: Claim, turned: list[int]) -> bool:
    return (
        not are_opposed(total, person)
        and not are_apart(turned, total, person)
        and are_of_one_time(total, person)
    )


def _nearest(claim: Claim, totals: list[Claim], turned: list[int]) -> Claim | None:
    """The nearest fitting total before a claim, else the first one behind."""
    here = bisect_left(totals, claim.quantity.start, key=lambda t: t.quantity.start)
    behind = (total for total in totals[here : here + BACK] if _tells_again(total, claim))
    around = [*reversed(totals[max(0, here - BACK) : here]), *behind]
    return next((t for t in around if _can_hold(t, claim, turned)), None)


def _tells_again(total: Claim, person: Claim) -> bool:
    """Tell whether a total behind a person can count him: "two officers" count no passer-by, nor do "nine of them"."""
    among = total.victims.category if total.victims else "unspecified"
    mine = person.victims.category if person.victims else "unspecified"
    following = total.evidence.text[total.quantity.end - total.evidence.start :].split()[:2]
    return among in {"unspecified", mine} and following != ["of", "them"]


def again(claims: Iterable[Claim]) -> dict[str, str]:
    """Tie each later mention of a named person to the first one: "Dahli" to "Omar Dahli"."""
    seen: dict[tuple[str | None, str], deque[Claim]] = {}
    found: dict[str, str] = {}
    for claim in claims:
        if claim.quantity.form != "name":
            continue
        label = claim.harm.label if claim.harm else None
        words = claim.quantity.text.lower().split()
        known = [c for c in seen.get((label, words[-1]), ()) if _same_name(c.quantity.text, words)]
        if known:
            found[claim.id] = known[0].id
        else:
            for end in {words[0], words[-1]}:
                seen.setdefault((label, end), deque(maxlen=NAMESAKES)).append(claim)
    return found


def _same_name(full: str, words: list[str]) -> bool:
    """ "Dahli", "Omar Dahli" and "Omar" are "Omar Ali Dahli"; a lone name is no other lone name's bearer."""
    known = full.lower().split()
    return all(word in known for word in words)


def _noun(claim: Claim) -> str:
    who = claim.victims.text if claim.victims else None
    return (who or claim.quantity.text).lower().split()[-1]
