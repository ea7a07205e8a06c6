"""Figures that are ages: "aged 12", "the driver, 45,", "a boy of 12"."""

from __future__ import annotations

from casualty_extract import numerals
from casualty_extract.quantities_figures import Figure
from casualty_extract.quantities_view import DASHES, HYPHENS, QUOTES, Phrase, View
from casualty_extract.quantities_words import AGE_UNITS, MONTHS

__all__ = ["is_age"]

AGES = frozenset("aged age ages".split())
AGED = frozenset("boy girl lad lass man woman youth teenager child pensioner baby toddler infant".split())
"""Of them "of 12" tells the age; a father, a group or a family is one of 12 people."""
ENDED = frozenset("dead dies died die killed murdered".split())
COUNTS = frozenset("number numbers count total tally".split())
"""Of whom a number is told, not an age."""
LIMITS = frozenset("under over above below".split())
CLOSERS = frozenset(["", *", . ) ; : of from and was were is who died".split()])
"""What follows the age behind a name: "Smith, 30, died"."""
LIST_SIGNS = frozenset({",", "and", "or", "between", "to", "from", "&"} | DASHES)


def is_age(view: View, f: Figure, phrase: Phrase) -> bool:
    """Tell whether a figure is an age: "aged 12", "ages 28-45", "Smith, 30,", "children under five", "aged 5, 7 and 9"."""
    before, after = view.word(f.start - 1, f.start), view.word(f.end, f.start)
    if before in AGES or (before == "of" and view.word(f.start - 2, f.start) in AGES):
        return True
    if (f.high or 0) > 120:
        return False
    if after in AGE_UNITS and _is_old(view, f):
        return True
    closed = not after or after in {".", ",", ";", ")"} or after in QUOTES
    then = closed or after in {"when", "at", "and"}
    if then and before in {"was", "is", "turned"} and view.word(f.start - 2, f.start) in {"he", "she"}:
        return True
    if closed and before == "at" and view.word(f.start - 2, f.start) in ENDED and not _is_told(view, f):
        return True
    people = phrase.noun is not None and phrase.noun.unit is not None
    if before in LIMITS and not people:
        noun = view.noun(f.start - 2) if f.start - 2 >= view.first[f.start] else None
        return noun is not None and noun.unit == "people" and not noun.harm
    if people:
        return False
    if before == "of" and view.word(f.start - 2, f.start) in AGED:
        return True
    if before == "," and view.lower[f.start][0].isdigit() and f.start - 2 >= view.first[f.start]:
        noun = view.noun(f.start - 2)
        if (
            noun is not None
            and noun.unit == "people"
            and noun.singular
            and (closed or after in {"of", "from"})
        ):
            # "the driver, 45, was killed"
            return True
        name = view.texts[f.start - 2]
        if name[:1].isupper() and name.lower() not in MONTHS and (after in CLOSERS or after in QUOTES):
            return after != "and" or not view.word(f.end + 1, f.start)[:1].isdigit()
    if before in LIST_SIGNS:
        k, limit = f.start - 1, max(view.first[f.start], f.start - 12)
        while k >= limit and (view.lower[k] in LIST_SIGNS or numerals.longest([view.lower[k]]) is not None):
            k -= 1
        k -= view.lower[k] == "of" and k > limit
        return k >= limit and view.lower[k] in AGES
    return False


def _is_told(view: View, f: Figure) -> bool:
    """ "They put the dead at 50", "the number of dead at 50", beside "found dead at 50"."""
    if view.word(f.start - 3, f.start) == "the":
        return True
    behind = {view.word(k, f.start) for k in range(max(f.start - 7, view.first[f.start]), f.start - 2)}
    return not behind.isdisjoint(COUNTS)


def _is_old(view: View, f: Figure) -> bool:
    """ "16 year-old", "77 year old"."""
    k = f.end + 1
    return view.word(k + (view.word(k, f.start) in HYPHENS), f.start) in {"old", "olds"}
