"""How a text speaks of an act: as one that it has told of, as a new one, or as another one.

*Finds* "known" ("the attack", "Friday's raid", "its strikes", "it was an attack"), "new" ("an attack", "two
blasts"), "other" ("another raid", "a second blast") and "bare" ("was shot", "air strikes").
"""

from __future__ import annotations

import re

from casualty_extract.links_surroundings import Surroundings

__all__ = ["article"]

KNOWN = frozenset("the this that these those its their his her our such both".split())
NEW = frozenset("a an one two three four five six seven eight nine ten several some many most".split())
OTHER = frozenset("another other separate second third different".split())
BREAKS = frozenset(
    "in by of from during after before when as to at on with and or killed died was were is are been has have had".split()
)
PREDICATES = [[subject, verb] for subject in ("it", "this", "that") for verb in ("was", "is")]
WORD = re.compile(r"[\w'’-]+")


def article(around: Surroundings, start: int) -> str:
    """Tell how the text speaks of the act whose word starts at an offset.

    Args:
        around: the text.
        start: where the word for the act starts.

    Returns:
        One of "known", "new", "other" and "bare".
    """
    first = max(around.bounds(start)[0], start - 60)
    words = [word.lower() for word in WORD.findall(around.text, first, start)]
    for i, word in enumerate(reversed(words[-5:]), 1):
        if word in OTHER:
            return "other"
        if word in KNOWN or word.endswith(("'s", "’s")):
            return "known"
        if word in NEW:
            # "It was an attack" tells more of one that is known.
            return "known" if words[-i - 2 : -i] in PREDICATES else "new"
        if word in BREAKS:
            break
    return "bare"
