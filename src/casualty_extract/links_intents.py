"""Whether a harm was meant: what the harm says of it, else what stands beside its cause in the same sentence.

*Finds* "deliberately shelled a hospital, killing 14", "an accidental explosion killed nine".
*Leaves alone* words beside what another sentence tells, and what a clause between them parts from the cause.
"""

from __future__ import annotations

import re
from itertools import takewhile
from typing import NamedTuple

from casualty_extract import harms_words
from casualty_extract.mentions import Mention

__all__ = ["Intended", "intended"]

WORD = re.compile(r"[\w'’-]+|[^\w\s]")
REACH = 40
"""How many characters beside a cause are looked at: no row of the lexicon reaches further."""


class Intended(NamedTuple):
    """Whether a harm was meant, and by which rule."""

    intent: str
    rule: str


def intended(text: str, bounds: tuple[int, int], harm: Mention, cause: Mention | None) -> Intended | None:
    """Tell whether a harm was meant.

    Args:
        text: the text.
        bounds: the sentence of the harm.
        harm: the harm.
        cause: what caused it.
    """
    if harm.value["intent"] is not None:
        return Intended(harm.value["intent"], harm.rule)
    if cause is None or not bounds[0] <= cause.start < bounds[1]:
        return None
    before = _clause(WORD.findall(text, max(bounds[0], cause.start - REACH), cause.start)[::-1])[::-1]
    after = _clause(WORD.findall(text, cause.end, min(bounds[1], cause.end + REACH)))
    intent = harms_words.intent_beside(before, after)
    return Intended(intent, "word beside the cause") if intent is not None else None


def _clause(words: list[str]) -> list[str]:
    return [word.lower() for word in takewhile(lambda w: w[0].isalnum(), words)]
