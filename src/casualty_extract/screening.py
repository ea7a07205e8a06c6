"""Which articles can hold a claim at all, told from the raw text.

A claim needs a word of harm, or a counted strike, attack or report. The scan looks for the words of
the lexicons that the detectors read; where it finds none, the detectors could find no claim either,
and the article is done before a token is made. It may let articles through in vain; it never
loses a claim.
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

    They are the first words of all forms in the harm lexicon, and the nouns of counted reports and
    incidents, all in lower case.
    """
    words: set[str] = set()
    for table in lexicon.tables("harms"):
        if table in {"verbs", "nouns", "adjectives", "phrases"}:
            words |= _first_words("harms", table)
    if "units" in lexicon.tables("quantities"):
        words |= _first_words("quantities", "units")
    return tuple(sorted(words))


def _first_words(name: str, table: str) -> set[str]:
    rows = lexicon.read(name, table, _AnyRow)
    return {form.split()[0].lower() for word, row in rows.items() for form in (word, *row.forms)}


class _AnyRow(lexicon.Row, extra="ignore"):
    forms: list[str] = []


@cache
def _pattern() -> re.Pattern[str]:
    # One alternation of literals, longest first; no repetition, so the scan is linear.
    ordered = sorted(triggers(), key=lambda word: (-len(word), word))
    return re.compile("|".join(re.escape(word) for word in ordered))
