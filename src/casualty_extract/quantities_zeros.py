"""Finds what says that nobody was harmed: "no casualties", "nobody", "without loss of life"."""

from __future__ import annotations

from dataclasses import dataclass

from casualty_extract.quantities_view import HYPHENS, Phrase, View

__all__ = ["ZEROS", "Zero", "read_zero"]

ZEROS = frozenset({"nobody", "no", "none", "neither", "not", "zero", "without", "any"})
"""The words with which what says "nobody" opens."""
NEGATIONS = frozenset("not n't never without nor neither".split())
# A question is no denial: "It was not clear whether there were any casualties".
QUESTIONS = frozenset("if whether ; :".split())
REACH = 8


@dataclass(frozen=True, slots=True)
class Zero:
    """A negative word and the phrase that it denies.

    Attributes:
        start, end: the words that say no.
        phrase: the phrase behind them, or behind "any".
        phrase_start: the word that opens it.
        rule: how it was read.
    """

    start: int
    end: int
    phrase: Phrase
    phrase_start: int
    rule: str


def read_zero(view: View, i: int) -> Zero | None:
    """Read the word that says "nobody" at word i, if one does."""
    lower = view.lower[i]
    if lower not in ZEROS:
        return None
    after = view.word(i + 1, i)
    if lower == "nobody":
        return Zero(i, i + 1, view.phrase(i + 1), i, "nobody")
    if lower == "no":
        if after == "one" and view.word(i + 2, i) not in {"'s", "’s"}:
            return Zero(i, i + 2, _nothing(i + 2), i, "nobody")
        if after in HYPHENS and view.glued[i + 1] and view.word(i + 2, i) == "one":
            return Zero(i, i + 3, _nothing(i + 3), i, "nobody")
        return _counted(view, i, i + 1, "no")
    if lower == "none":
        return _none(view, i)
    if lower == "neither":
        return _neither(view, i)
    if lower == "not" and after in {"a", "one"}:
        if after == "a" and view.word(i + 2, i) == "soul":
            return Zero(i, i + 3, _nothing(i + 3), i, "nobody")
        if after == "one" and view.word(i + 2, i) == "of":
            phrase = view.phrase(i + 2)
            return None if phrase.thing else Zero(i, i + 2, phrase, i, "not one")
        end = i + 3 if after == "a" and view.word(i + 2, i) == "single" else i + 2 if after == "one" else None
        return _counted(view, i, end, "not one") if end is not None else None
    if lower == "zero":
        return _counted(view, i, i + 1, "zero")
    if lower == "without":
        return _without(view, i)
    if lower == "any":
        return _any(view, i)
    return None


def _nothing(end: int) -> Phrase:
    return Phrase(end, None, None, False)


def _counted(view: View, i: int, end: int, rule: str) -> Zero | None:
    """ "no" before a noun for persons, harm or reports, at most behind "U.S. or"."""
    k = end
    for _ in range(3):
        phrase = view.phrase(k)
        if phrase.noun is not None and phrase.noun.unit is not None:
            if _is_other_claim(view, phrase):
                return None
            return Zero(i, end, phrase, i, rule)
        if phrase.thing or phrase.head is None or view.word(phrase.end, i) not in {"or", "and", ","}:
            return None
        k = phrase.end + 1
        if k >= view.last[i]:
            return None
    return None


def _is_other_claim(view: View, phrase: Phrase) -> bool:
    """ "no claim of responsibility", "no survivors"."""
    if phrase.head is None:
        return False
    head = view.lower[phrase.head]
    if head in {"survivor", "survivors"}:
        return True
    return head in {"claim", "claims"} and "responsibility" in view.lower[phrase.end : phrase.end + 3]


def _none(view: View, i: int) -> Zero | None:
    before = view.word(i - 1, i) if i else ""
    phrase = view.phrase(i + 1) if view.word(i + 1, i) == "of" else _nothing(i + 1)
    if (
        before == "to"
        or view.word(i + 2, i) in {"it", "this", "that"}
        or view.word(i + 1, i) in {"the", "too", "other"}
        or phrase.thing
    ):
        return None
    return Zero(i, i + 1, phrase, i, "none")


def _neither(view: View, i: int) -> Zero | None:
    """ "neither man was hurt", "neither of them was hurt"; not "neither side", "neither hurt nor tired"."""
    phrase = view.phrase(i + 1)
    people = phrase.noun is not None and phrase.noun.unit == "people" and not phrase.noun.harm
    if view.word(i + 1, i) == "of":
        them = view.word(i + 2, i) in {"them", "us"}
        return Zero(i, i + 1, phrase, i, "neither") if them or people else None
    single = people and phrase.noun is not None and phrase.noun.singular
    return Zero(i, i + 1, phrase, i, "neither") if single else None


def _without(view: View, i: int) -> Zero | None:
    """ "without casualties", "without any injuries", "without loss of life"."""
    k = i + 1
    while view.word(k, i) in {"any", "further", "a", "single", "causing", "suffering", "reported"}:
        k += 1
    phrase = view.phrase(k)
    if k >= view.last[i] or phrase.noun is None or not phrase.noun.harm:
        return None
    return Zero(i, i + 1, phrase, i, "without")


def _any(view: View, i: int) -> Zero | None:
    """ "did not cause any casualties": the negative word is the figure."""
    phrase = view.phrase(i + 1)
    if phrase.noun is None or phrase.noun.unit in {None, "incidents"}:
        return None
    for k in range(i - 1, max(view.first[i], i - REACH) - 1, -1):
        if view.lower[k] in QUESTIONS:
            return None
        if view.lower[k] == "without" and _without(view, k) is not None:
            return None
        if view.lower[k] in NEGATIONS:
            return Zero(k, k + 1, phrase, i, "not any")
    return None
