"""Whether a blow befalls people: "a bullet hit the nurse", not "the storm hit the coast"."""

from __future__ import annotations

from functools import cache

from spacy.tokens import Token

from casualty_extract import lexicon, wordorder
from casualty_extract.lexicon.roles import RoleRow

__all__ = ["BLOWS", "befalls_person"]

BLOWS = frozenset({"hit", "strike"})
"""Verbs of blows, which far more often befall places, prices and targets."""
MISSILES = frozenset(
    """bullet bullets shot shots round rounds gunfire shrapnel shell shells rocket rockets arrow debris rock rocks
    branch stone stones""".split()
)
VEHICLES = frozenset(
    """ambulance bicycle boat bus cab car jeep lorry minibus motorbike motorcycle pickup scooter suv taxi tractor
    train tram truck trucks van vehicle""".split()
)
BODY = frozenset(
    """abdomen ankle arm arms back chest eye face foot groin hand head heart hip knee leg legs neck shoulder spine
    stomach temple thigh throat torso""".split()
)
REACH = 9
"""How many words from the verb on each side are looked at."""


def befalls_person(verb: Token) -> bool:
    """Tell whether a verb of blows has people for its victims.

    By what hits them and where it hits them: "was hit by a car", "a bullet struck the nurse", "hit Ana Reed
    in the head".
    """
    after = list(wordorder.ahead(verb, REACH))
    lowers = [t.lower_ for t in after]
    if _in_body(lowers):
        return True
    if "by" in lowers[:2]:
        # "hit by a train", "struck twice by a van"
        return not {"hit", "struck"} & set(lowers[: lowers.index("by")]) and bool(
            set(lowers[lowers.index("by") + 1 : lowers.index("by") + 6]) & (MISSILES | VEHICLES)
        )
    before = {t.lower_ for t in wordorder.back(verb, REACH)}
    return bool(before & (MISSILES | VEHICLES)) and _opens_person(after)


def _in_body(lowers: list[str]) -> bool:
    """ "in the back of the head": a part of the body behind "in"."""
    for i, word in enumerate(lowers):
        if word in {",", ";", "and", "but"}:
            return False
        if word in BODY and {"in", "on"} & set(lowers[max(0, i - 3) : i]):
            # "in the back of the shop" is no part of the body
            return (
                word != "back" or lowers[i + 1 : i + 2] != ["of"] or bool(set(lowers[i + 1 : i + 5]) & BODY)
            )
    return False


def _opens_person(after: list[Token]) -> bool:
    """Whether the object is a noun for persons: "struck a young woman"."""
    if not after:
        return False
    last = wordorder.phrase_from(after[0])[-1]
    return last.lower_ in _persons()


@cache
def _persons() -> frozenset[str]:
    roles = lexicon.read("victims", "roles", RoleRow)
    return frozenset(w.lower() for name, role in roles.items() for w in (name, *role.forms)) - {
        "body",
        "bodies",
    }
