"""Finds the subject of a clause at its head, where more than its noun phrase stands before the verb.

*Finds* "A report" in "A report released on Monday by the council said", "People" in "People familiar with
the plans say", "some voters" in "some voters who had come from afar said", "67 percent of voters", and for
a participle behind a comma the subject of the sentence: "Karim" in "On Monday, Karim left, saying".
*Leaves alone* stretches with a verb of their own, and what a preposition opens.
*Marks* nothing; `attributions_speakers` asks it.
"""

from __future__ import annotations

from casualty_extract.attributions_kinds import TIMES, Line, Phrase, is_name, kind_of, noun_at
from casualty_extract.attributions_names import Names
from casualty_extract.attributions_phrases import COUNTING, after, nominal
from casualty_extract.attributions_quotes import CLOSERS, OPENERS

__all__ = ["PRONOMINAL", "SPEAKERS", "head", "interrupted", "leading"]

REACH = 45
"""How many tokens before its verb a subject can start."""

SPEAKERS = frozenset({"he", "she", "it", "they", "we"})
PRONOMINAL = frozenset("another some both those others many most all several others nobody everyone".split())
RELATIVES = frozenset({"who", "which", "that"})
BREAKS = frozenset({",", ";", ":", "—", "–", "--", ".", "!", "?", "…"}) | OPENERS | CLOSERS
TIGHT = frozenset({"familiar", "close", "loyal", "critical", "unaffiliated", "opposed", "present"})
"""Adjectives that open what is told of a noun before them: "people familiar with the case"."""

PERIODS = TIMES | frozenset("years months weeks days hours minutes decades moments time moment".split())
ORDINALS = frozenset({"first", "second", "third", "finally"})
FRONTED = 3
"""How many adverbials can stand before the subject of a sentence."""


def head(line: Line, j: int) -> Phrase | None:
    """Find the noun phrase that opens the clause whose verb follows a token.

    Returns:
        The phrase, or None where the clause has a verb of its own, starts with a preposition or is nothing
        but that phrase.
    """
    start = _start(line, j)
    if start is None:
        return None
    first = start
    while first < j and (
        line.kinds[first] in {"adv", "conj"} or line.lower[first] in {"even", "just", "only"}
    ):
        first += 1
    counted = _counted(line, first, j)
    if counted is None and (line.kinds[first] in {"adp", "part", "pron"} or line.lower[first] in TIMES):
        return None
    tight = next((k for k in range(first + 1, j + 1) if line.lower[k] in TIGHT), j + 1)
    last = nominal(line, counted if counted is not None else first, tight)
    if last >= first and line.lower[last] in PERIODS:
        return None
    if counted is None and any(line.kinds[k] == "num" for k in range(first + 2, last + 1)):
        # "police arrest 37 suspects accused of": the noun phrase hides a verb.
        return None
    if counted == j:
        return Phrase(first, j)
    if last >= j or last < first:
        return Phrase(first, j) if counted is not None and last >= j else None
    last = _linked(line, last, j)
    if last >= j:
        return Phrase(first, j)
    follows = line.lower[last + 1]
    if line.kinds[last + 1] in {"adp", "part"} or follows in TIGHT | RELATIVES:
        return Phrase(first, last)
    return None


def _linked(line: Line, last: int, j: int) -> int:
    """Go on over "of" and "for": "the institute of migration", "a spokesman for the army"."""
    while last + 2 <= j:
        if line.texts[last + 1] == "(" and last + 3 < j and line.texts[last + 3] == ")":
            last += 3
            continue
        end = nominal(line, last + 2, j + 1) if line.lower[last + 1] in {"of", "for"} else last
        if end <= last + 1 or line.lower[last + 2] in TIMES:
            break
        last = end
    return last


def interrupted(line: Line, comma: int) -> Phrase | None:
    """The subject before what commas set off: "One survivor, speaking by telephone from the ship, said"."""
    k = comma
    for _ in range(FRONTED):
        k = next((i for i in range(k - 1, max(0, k - REACH), -1) if line.texts[i] == ","), 0)
        if not k:
            return None
        start = _start(line, k - 1)
        if start is None:
            continue
        opening = head(line, k - 1)
        first = start
        while first < k and line.kinds[first] in {"adv", "conj"}:
            first += 1
        if opening is None and line.lower[first] in PRONOMINAL | {"one"} and nominal(line, first, k) == k - 1:
            opening = Phrase(first, k - 1)
        if opening is not None and line.kinds[opening.first] != "adp":
            return opening
    return None


def _start(line: Line, j: int) -> int | None:
    """The token after the mark or conjunction that opens a clause; None where it has a verb of its own."""
    finite = False
    i = j
    while i >= max(0, j - REACH):
        what, low, text = line.kinds[i], line.lower[i], line.texts[i]
        if (text in BREAKS and not _inside(line, i)) or (text == "-" and i and line.spaced(i - 1)):
            break
        if what == "sconj":
            if low not in RELATIVES or i == 0 or line.kinds[i - 1] not in {"word", "num", "det", "poss"}:
                break
            if low == "that" and not (finite and line.kinds[i + 1] in {"verb", "aux"}):
                # "organisations that have endorsed him say", but "The army says that it".
                break
            finite = False
        elif what in {"verb", "aux", "pron"} and not (what == "pron" and line.kinds[i - 1] == "adp"):
            finite = True
        i -= 1
    return None if finite or i < j - REACH else i + 1


def _inside(line: Line, i: int) -> bool:
    """A mark inside a word or a short form."""
    text = line.texts[i]
    if text in {"’", "'"}:
        return True
    return (text == "." and 0 < i < len(line) - 1 and len(line.texts[i - 1]) <= 5) or (
        text in {"–", "-"} and not line.spaced(i)
    )


def _counted(line: Line, i: int, j: int) -> int | None:
    """Where the noun stands that a share or number counts: "at least half of voters", "six in 10"."""
    k = i
    while k <= j and (
        line.lower[k] in COUNTING or line.kinds[k] == "num" or line.texts[k] in {"%", "-", "‑"}
    ):
        k += 1
    if k == i or not any(
        line.kinds[m] == "num"
        or line.texts[m] == "%"
        or line.lower[m] in {"half", "most", "percent", "thirds"}
        for m in range(i, k)
    ):
        return None
    return k if k <= j else j


def leading(line: Line, names: Names, stop: int, loose: bool) -> Phrase | None:
    """The subject of the sentence, where it is someone known to speak.

    Args:
        line: the sentence.
        names: who is named in the text.
        stop: the cue.
        loose: whether any name or definite noun will do.
    """
    i = _dateline(line)
    for n in range(FRONTED):
        limit = min(stop, i + REACH)
        while i < limit and line.kinds[i] in {"punct", "adv", "conj"}:
            i += 1
        if i >= limit:
            return None
        opens = line.kinds[i] in {"adp", "part", "sconj"} or line.lower[i] in TIMES | PERIODS | {
            "last",
            "earlier",
        }
        # "Speaking on television, the minister said": a capital hides the participle.
        doing = line.lower[i].endswith(("ing", "ed")) and i + 1 < stop
        opens = opens or (doing and line.kinds[i + 1] in {"adp", "det"})
        opens = opens or (line.lower[i] in ORDINALS and i + 1 < stop and line.texts[i + 1] == ",")
        # "In Lagos, Nigeria, the minister met relatives and said".
        placed = n and i + 1 < stop and line.texts[i][:1].isupper() and line.texts[i + 1] == ","
        if not (opens or placed):
            break
        # "On Monday, the minister met relatives and said".
        i = next((j + 1 for j in range(i, min(stop, i + 25)) if line.texts[j] == ","), stop)
    if i >= stop:
        return None
    phrase = after(line, i)
    if phrase is None or phrase.last >= stop:
        return None
    if line.lower[i] in SPEAKERS or kind_of(line, phrase) is not None or names.knows(line, phrase):
        return phrase
    if phrase.last > phrase.first and is_name(line, phrase.first, phrase.last):
        return phrase
    if not loose or line.kinds[i] == "num":
        return None
    named = line.texts[phrase.last][:1].isupper() and line.kinds[phrase.last] == "word"
    definite = (
        line.kinds[i] in {"det", "poss"}
        or named
        or any(line.texts[k][:1].isupper() for k in range(phrase.first + 1, phrase.last + 1))
    )
    return phrase if definite or noun_at(line, phrase.last) is not None else None


def _dateline(line: Line) -> int:
    """The first token behind "LAGOS (Reuters) -"."""
    for i in range(1, min(len(line) - 1, 12)):
        if line.texts[i] in {"-", "–", "—", "--", "―"} and line.texts[i - 1] == ")":
            return i + 1
    return 0
