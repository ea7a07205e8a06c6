"""Finds figures of one: "a policeman", "another civilian", "the driver", "Woman" in a headline."""

from __future__ import annotations

from dataclasses import dataclass

from casualty_extract import numerals
from casualty_extract.quantities_view import HYPHENS, QUOTES, View
from casualty_extract.quantities_words import ADJECTIVAL, AGE_UNITS, MONTHS, WEEKDAYS, words

__all__ = ["DETERMINERS", "Singular", "read_bare", "read_singular"]

DETERMINERS = frozenset("a an another his her their its my our the".split())
REACH = 12
ONE_MORE = 30
"""How many words before "a fifth" the count of the four stands at most."""
# Words after a person noun that are no second part of a compound.
AFTER = frozenset(
    """early late last next dead alive aged alone who whom in-law elect unconscious lifeless ill sick
    missing wounded injured hurt killed unharmed homeless responsible id'd""".split()
)
# A person noun joined by these still names a person: "brother-in-law", "governor-general", "father-of-two".
TAILS = frozenset("in elect general of to at designate".split())
# Verbs of headlines and reports whose ending is that of a plural noun.
FINAL_S = ("ss", "us", "is")


@dataclass(frozen=True, slots=True)
class Singular:
    """A noun phrase for one person.

    Attributes:
        start: the determiner, or the noun where there is none.
        head: the noun.
        rule: how it was read.
        whole: the figure is the whole phrase, as for "the driver".
    """

    start: int
    head: int
    rule: str
    whole: bool


def read_singular(view: View, i: int) -> Singular | None:
    """Read the phrase for one person that the determiner at word i opens."""
    k = i + 1
    if (
        view.lower[i] == "another"
        and k < view.last[i]
        and view.kind(k) == "num"
        and _age(view, k, view.last[i]) is None
    ):
        # "another 500 Sudanese", but "another 16-year-old"
        return None
    head = _head(view, i)
    if head is None:
        alone = _stands_alone(view, i) or _is_next(view, i)
        return Singular(i, i, "another", False) if alone else None
    lower = view.lower[i]
    if view.lower[head] in words().groups:
        return None
    if any(words().fixed.match(view.lower, k) is not None for k in range(i + 1, head)):
        return None
    ordinal = lower == "the" and numerals.ordinal(view.lower[i + 1 : i + 4]) is not None
    if ordinal and _compound_end(view, i + 1) != head:
        # "the 28th person" counts the others with it: the figure is the ordinal; not so "the first responder".
        return None
    return Singular(i, head, "the person" if lower == "the" else "one person", lower == "the")


def _stands_alone(view: View, i: int) -> bool:
    """ "another was wounded", "another who was hurt", "injuring another"; not "one another"."""
    if view.lower[i] != "another" or view.word(i - 1, i) == "one":
        return False
    after = view.word(i + 1, i)
    if after in {"who", "in"} or (after and view.kind(i + 1) in {"aux", "verb"}):
        return True
    return (
        (not after or view.kind(i + 1) == "punct")
        and i > view.first[i]
        and view.kind(i - 1) in {"verb", "part"}
    )


def _is_next(view: View, i: int) -> bool:
    """ "killed four labourers and wounded a fifth", "two were held; a third was shot": the one after a count."""
    if view.lower[i] != "a" or i + 1 >= view.last[i]:
        return False
    place = numerals.read_ordinal(view.lower[i + 1])
    if place is None or place < 2:
        return False
    k = i + 2
    ends = k >= view.last[i] or view.kind(k) in {"punct", "aux", "verb", "sconj", "adp"}
    if not ends or view.word(k, i) in {"of", "more", "less"}:
        return False
    before = range(max(0, i - ONE_MORE), i)
    return any(numerals.read(view.lower[j]) == place - 1 for j in before)


def _head(view: View, i: int) -> int | None:
    """The person noun that ends the noun phrase after word i."""
    end = min(view.last[i], i + REACH)
    j = i + 1
    while j < end:
        if (k := _age(view, j, end)) is not None:
            if k >= view.last[i] or not _goes_on(view, k):
                return k - 1
            j = k
            continue
        last = _compound_end(view, j)
        if last is not None and last < end and _is_final(view, last, end):
            return last
        noun = view.noun(j)
        if noun is not None and noun.singular and _is_final(view, j, end):
            return j
        if not _leads_on(view, i, j, end):
            return None
        j += 1
    return None


def _compound_end(view: View, j: int) -> int | None:
    """The last word of a person noun of several words that starts at word j: "asylum seeker"."""
    found = words().compounds.match(view.lower, j)
    return None if found is None else j + found[0] - 1


def _leads_on(view: View, i: int, j: int, end: int) -> bool:
    """Whether word j may stand between the determiner at word i and its noun."""
    kind, lower = view.kind(j), view.lower[j]
    if kind in {"word", "part", "num", "poss", "adv"} or lower in HYPHENS or view.texts[j] in QUOTES:
        return True
    if kind == "verb":
        # "a wounded soldier"
        return j + 1 < end and view.kind(j + 1) in {"word", "punct"}
    return lower in {",", "and"} and j + 1 < end and _adjectives(view, i, j)


def _adjectives(view: View, i: int, j: int) -> bool:
    """A comma or "and" between adjectives: "an armed, masked man"; no noun stands before it."""
    return all(view.noun(k) is None and view.texts[k].islower() for k in range(i + 1, j))


def _age(view: View, j: int, end: int) -> int | None:
    """The word after "16-year-old", which can be a noun by itself, in any of its spellings."""
    if view.kind(j) != "num":
        return None
    k = j + 1
    for wanted in (AGE_UNITS, {"old", "olds"}):
        while k < end and view.lower[k] in HYPHENS:
            k += 1
        if k >= end or view.lower[k] not in wanted:
            return None
        k += 1
    return k


def _goes_on(view: View, k: int) -> bool:
    """Whether a noun or adjective follows, so that the words before only describe it."""
    if view.lower[k] in AFTER or _is_day(view, k):
        return False
    return view.kind(k) == "word" or (
        view.kind(k) == "part" and k + 1 < view.last[k] and view.kind(k + 1) == "word"
    )


def _is_final(view: View, j: int, end: int) -> bool:
    """Whether the person noun at word j is the head: nothing after it makes a compound of it."""
    k = j + 1
    if k >= view.last[j]:
        return True
    lower = view.lower[k]
    if lower in HYPHENS and view.glued[k]:
        return view.word(k + 1, j) in TAILS and (view.lower[k + 1] != "in" or view.word(k + 3, j) == "law")
    kind = view.kind(k)
    if kind == "poss":
        return (
            view.word(k + 1, j) in {"", ","}
            or view.kind(k + 1) in {"punct", "verb", "aux"}
            or _mourned(view, j)
        )
    if kind != "word" or lower in AFTER or _is_day(view, k):
        # "a wounded soldier" ends here; "a suspect arrested" too.
        return True
    if view.texts[k][0].isupper() and not view.titled(j):
        # "Officer John Smith" is a name, "a policeman Friday" was caught above.
        return False
    if view.noun(k) is not None or view.lower[j] in ADJECTIVAL or view.texts[j] in words().peoples:
        return False
    return lower.endswith("s") and not lower.endswith(FINAL_S) and _no_noun_after(view, k)


def _mourned(view: View, j: int) -> bool:
    """ "a man's death" tells of the man; "the man's death" and "his son's death" only come back to it."""
    phrase = view.phrase(j + 2)
    if phrase.noun is None or not phrase.noun.harm:
        return False
    k = j - 1
    while k >= view.first[j] and j - k < 6 and view.kind(k) in {"word", "part", "num"}:
        k -= 1
    return view.word(k, j) not in DETERMINERS - {"a", "an", "another"}


def _no_noun_after(view: View, k: int) -> bool:
    """ "a man pleads guilty" against "a police officers association"."""
    return k + 1 >= view.last[k] or view.kind(k + 1) not in {"verb", "aux"}


def _is_day(view: View, k: int) -> bool:
    return view.texts[k][:1].isupper() and view.lower[k].rstrip(".") in WEEKDAYS | MONTHS


def read_bare(view: View, i: int) -> Singular | None:
    """Read a person noun without a determiner that opens a phrase: "Woman hurt in crash"."""
    noun, head = view.noun(i), _compound_end(view, i)
    last = view.noun(head) if head is not None else None
    if head is None or (last is not None and last.singular and view.lower[i + 1] not in HYPHENS):
        # of "police officer" the figure is "officer", read at its own place
        head = i
        if noun is None or not noun.singular:
            return None
    if (
        view.kind(i) not in {"word", "verb"}
        or head >= view.last[i]
        or not _is_final(view, head, view.last[i])
    ):
        return None
    return Singular(i, head, "bare noun", True) if _is_bare(view, i) else None


def _is_bare(view: View, i: int) -> bool:
    """Whether nothing before the noun phrase of word i determines or names it."""
    if view.texts[i][0].isupper() and i > view.first[i] and not view.titled(i):
        return False
    k = i - 1
    while k >= view.first[i] and i - k <= 8:
        kind = view.kind(k)
        if kind == "num" and _age(view, k, i) is not None:
            k -= 1
            continue
        if kind in {"det", "num", "pron"} or view.lower[k] in DETERMINERS:
            return False
        if kind == "poss":
            return True
        if view.lower[k] in HYPHENS and view.glued[k]:
            k -= 1
            continue
        if kind in {"adp", "conj"} and view.lower[k] in {"as", "like", "of"}:
            # "as president", "like father", "a member of parliament"
            return False
        if kind not in {"word", "part"}:
            return kind in {"verb", "adp", "conj", "punct", "aux"} and _is_headline(view, i)
        k -= 1
    return k < view.first[i]


def _is_headline(view: View, i: int) -> bool:
    """In running text a bare noun stands for one person only after another one: "the man and woman"."""
    return view.word(i - 1, i) in {"and", "&", "or"} or view.first[i] == 0 or view.titled(i)
