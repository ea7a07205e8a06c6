"""Which articles can hold a claim at all, told from the raw text.

A claim needs a word of harm. The scan looks for the words of the lexicon that the detector of harms
reads; where it finds none, the detectors could find no claim either, and the article is done before a
token is made. It may let articles through in vain; it never loses a claim.
"""

from __future__ import annotations

import re
from functools import cache

from casualty_extract import lexicon

__all__ = ["may_hold_claim", "triggers"]


def may_hold_claim(text: str) -> bool:
    """Tell whether a text can hold a claim.

    >>> may_hold_claim("The council approved the budget.")
    False
    >>> may_hold_claim("A bomb killed 12 people.")
    True
    """
    return _pattern().search(text.lower()) is not None


@cache
def triggers() -> tuple[str, ...]:
    """Give the words one of which stands in every text with a claim, in alphabetical order.

    They are all forms of the words in the harm lexicon, and of each phrase its longest word, in lower
    case. Counted reports and strikes need no words of their own: they are claims only beside a harm.
    """
    words: set[str] = set()
    for table in ("verbs", "nouns", "adjectives", "phrases"):
        for word, row in lexicon.read("harms", table, _AnyRow).items():
            words |= {max(form.split(), key=len) for form in (word, *row.forms)}
    return tuple(sorted(words))


class _AnyRow(lexicon.Row, extra="ignore"):
    forms: list[str] = []


@cache
def _pattern() -> re.Pattern[str]:
    # Whole words only, where a letter counts as part of a word and a digit or "_" does not: the
    # tokenizer splits at those. One alternation of literals, so the scan is linear.
    ordered = sorted(triggers(), key=lambda word: (-len(word), word))
    return re.compile(rf"(?<![^\W\d_])(?:{'|'.join(re.escape(word) for word in ordered)})(?![^\W\d_])")
