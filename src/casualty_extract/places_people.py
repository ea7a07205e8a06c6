"""Names of places that are part of the name of a person or an organisation.

*Finds* "[Paris] Hilton", "Michael [Jordan]", "Mr. [Houston]", "[Jordan], 44," and "[Gaza] Health Ministry".
*Leaves alone* names beside directions, other places and what happened there ("Northern [Iraq]", "[Kabul] Blast").
"""

from __future__ import annotations

from casualty_extract.places_words import HYPHENS, Name, Words, table

__all__ = ["is_part_of_organisation", "is_person"]

REACH = 9


def is_person(words: Words, name: Name, at: dict[int, Name]) -> bool:
    """Tell whether a run of names is a person's: "Paris Hilton", "Mr. Houston", "Jordan, 44,"."""
    i = name.first
    before = i - 2 if i > 1 and words.text[i - 1] == "." and words.tight[i - 2] else i - 1
    if name.form == "site" and words.lower[i].rstrip(".") in table("titles") and name.last - i == 2:
        # "Ms. Hill" is none.
        return words.lower[i] not in {"st.", "fr."}
    if (
        words.near(i, before)
        and words.lower[before].rstrip(".") in table("titles")
        and words.text[before][0].isupper()
    ):
        return not _is_place(at, before)
    if words.near(i, name.last + 1) and words.text[name.last] == "," and words.text[name.last + 1].isdigit():
        following = words.text[name.last + 1]
        if len(following) == 2 and words.near(i, name.last + 2) and words.text[name.last + 2] == ",":
            return name.form != "area"
    if name.form in {"site", "area"}:
        return False
    return bool(_left_over(words, name, at)) or bool(_right_over(words, name, at))


def is_part_of_organisation(words: Words, name: Name) -> bool:
    """Tell whether words after the name make an organisation of it: "Gaza Health Ministry"."""
    after = range(name.last, min(name.run[1], name.last + 4))
    return any(words.lower[j] in table("organisation_words") for j in after)


def _is_place(at: dict[int, Name], i: int) -> bool:
    if i not in at or at[i].form == "unknown":
        return False
    return at[i].form != "place" or not at[i].candidates[0].weak or bool(at[i].wider)


def _left_over(words: Words, name: Name, at: dict[int, Name]) -> list[int]:
    """Capitalised words of the run before the name that are neither places nor directions."""
    found = []
    for j in range(name.first - 1, max(name.run[0], name.first - REACH) - 1, -1):
        if _is_place(at, j) or words.text[j] in HYPHENS:
            break
        if words.lower[j] in table("modifiers") or words.lower[j] in table("place_nouns"):
            break
        if words.named[j] and not (words.opens[j] and words.lower[j] in table("event_words")):
            found.append(j)
    return found


def _right_over(words: Words, name: Name, at: dict[int, Name]) -> list[int]:
    found = []
    for j in range(name.last, min(name.run[1], name.last + REACH)):
        if _is_place(at, j) or words.text[j] in HYPHENS:
            break
        if words.named[j] and words.lower[j] not in table("event_words"):
            found.append(j)
    return found
