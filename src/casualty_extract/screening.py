"""Which articles can hold a claim at all, told from the raw text.

A claim needs a word of harm. The scan looks for the words and phrases of the lexicon that the detector of
harms reads; where it finds none, the detectors could find no claim either, and the article is done before
a token is made. It may let articles through in vain; it never loses a claim.
"""

from __future__ import annotations

import re
from functools import cache

from casualty_extract import lexicon

__all__ = ["WORD", "may_hold_claim", "requirements", "triggers"]

# A digit or "_" is no part of a word here: the tokenizer splits at those.
WORD = re.compile(r"[^\W\d_]+")
BLOCK = 100_000
"""How many characters are scanned at a time, up to the next space."""


def may_hold_claim(text: str) -> bool:
    """Tell whether a text can hold a claim.

    >>> may_hold_claim("The council approved the budget.")
    False
    >>> may_hold_claim("A bomb killed 12 people.")
    True
    """
    # All words first, which is quick; most articles have some trigger, and its fellows are asked of few.
    words = set[str]()
    start = 0
    while start < len(text):
        # In pieces, since a list of all words would take more memory than the text.
        end = text.find(" ", start + BLOCK)
        end = end if end >= 0 else len(text)
        words.update(WORD.findall(text[start:end].lower()))
        start = end
    alone, joined = requirements()
    if not alone.isdisjoint(words):
        return True
    return any(fellows <= words for word in joined.keys() & words for fellows in joined[word])


@cache
def triggers() -> tuple[tuple[str, ...], ...]:
    """Give what stands in every text with a claim: one of these words, or all words of one of these phrases.

    They are all forms of the words in the harm lexicon, and its phrases, in lower case. Counted reports
    and strikes need no words of their own: they are claims only beside a harm.
    """
    forms: set[tuple[str, ...]] = set()
    for table in ("verbs", "nouns", "adjectives", "phrases"):
        for word, row in lexicon.read("harms", table, _AnyRow).items():
            forms |= {tuple(WORD.findall(form)) for form in (word, *row.forms)}
    return tuple(sorted(forms))


class _AnyRow(lexicon.Row, extra="ignore"):
    forms: list[str] = []


@cache
def requirements() -> tuple[frozenset[str], dict[str, tuple[frozenset[str], ...]]]:
    """The words that are enough alone, and for the longest word of each phrase what must stand by it."""
    alone = frozenset(words[0] for words in triggers() if len(words) == 1)
    joined: dict[str, list[frozenset[str]]] = {}
    for words in triggers():
        if alone.isdisjoint(words):
            joined.setdefault(max(words, key=len), []).append(frozenset(words))
    return alone, {word: tuple(needed) for word, needed in joined.items()}
