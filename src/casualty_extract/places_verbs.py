"""What a place does or suffers as the subject of a verb.

*Finds* "[Kandahar] was shelled", "[Sofala province] alone has recorded 2,870 cases" location, "[Ankara] said"
source.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from casualty_extract.places_words import Name, Words, table

__all__ = ["HARMED", "Reading", "Role", "as_subject", "speaks"]

Role = Literal["location", "dateline", "source", "demonym", "other"]
HARMED = frozenset(
    {"deaths", "death", "cases", "casualties", "victims", "bodies", "reported", "toll", "injuries"}
)
SAYING = frozenset({"said", "says", "told", "tells"})
SPEECH = 16
"""How many words behind the place the verb of saying stands at most."""
COUNT = 10
"""How many words behind the verb the harm stands that a place counts: "has recorded some 2,000 new cases"."""
BESIDE_VERBS = frozenset(
    "has have had also again badly heavily itself alone now so far already since yesterday today".split()
)
"""What may stand between a place and its verb."""
FIRSTS = frozenset({"its", "no", "dozens", "hundreds", "thousands", "scores", "several", "another"})
DECLARING = frozenset({"declare", "declares", "declared", "announces", "announced"})
DECLARED = 8
"""How many words behind the verb it stands what is declared."""
COUNTED = frozenset("dead infections fatalities injured wounded missing infected hospitalizations".split())


class Reading(NamedTuple):
    """The role of a name, the words that show it, and why."""

    role: Role
    cue: str | None
    reason: str


def as_subject(words: Words, name: Name) -> Reading | None:
    """Read the role of a name from the verb behind it."""
    struck = None
    for j in range(name.last, min(len(words), name.last + 4)):
        if not words.near(name.first, j):
            break
        lower = words.lower[j]
        if name.form != "site" and lower in table("counting_verbs") and _counts_harm(words, j):
            return Reading("location", lower, "it counts its own")
        if lower in DECLARING and (thing := _declared(words, j)):
            return Reading("location", f"{lower} {thing}", "it declares its own")
        if lower in table("speech_verbs") and struck is None:
            return Reading("source", lower, "a government speaks")
        if lower in {"was", "were", "been", "being", "is", "are"}:
            struck = j
        elif lower in table("struck_verbs") and struck is not None:
            return Reading("location", lower, "struck")
        elif lower not in BESIDE_VERBS:
            break
    return None


def _declared(words: Words, i: int) -> str | None:
    """Give what a country declares of itself: "[declares] a three-day [mourning] period"."""
    following = (j for j in range(i + 1, min(len(words), i + 1 + DECLARED)) if words.near(i, j))
    return next((words.lower[j] for j in following if words.lower[j] in table("declared_words")), None)


def _counts_harm(words: Words, i: int) -> bool:
    """Tell whether a verb has a number and a word of harm behind it: "has [recorded] 2,870 cases"."""
    number = False
    for j in range(i + 1, min(len(words), i + 1 + COUNT)):
        if not words.near(i, j) or words.text[j] in {";", ":"}:
            return False
        number = number or words.doc[words.index[j]].like_num or words.lower[j] in FIRSTS
        if words.lower[j] in HARMED - {"reported"} or words.lower[j] in COUNTED:
            return number
    return False


def speaks(words: Words, i: int) -> bool:
    """Tell whether somebody named before a word says something: "A doctor at [Hope Hospital], ... said"."""
    following = (j for j in range(i, min(len(words), i + SPEECH)) if words.near(i, j))
    return any(words.lower[j] in SAYING for j in following)
