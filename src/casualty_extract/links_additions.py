"""Which figures come on top of others: "another 61", "three others", "546 new cases and 31 deaths".

"Another" and "others" add to a figure of the same harm told just before; after another harm they only
tell that these are other people: "killed one man and wounded three others".
"""

from __future__ import annotations

from bisect import bisect_right

from casualty_extract import numerals
from casualty_extract.links_figures import Figure
from casualty_extract.reading import Layout

__all__ = ["added"]

OTHERS = frozenset({"other", "others"})
OBJECTS = frozenset({"him", "her", "them", "himself", "herself", "themselves", "me", "us"})
"""What a harm befell before "and two others", without being a figure."""
NEW = frozenset({"new", "newly"})
FOUND = frozenset("confirmed reported infected diagnosed identified detected registered recorded".split())
"""What "newly" stands before where cases are counted: "138 newly confirmed cases"."""
HEALTH = frozenset({"infected", "killed"})
"""The harms that a health ministry counts side by side."""
ORDINAL_OPENERS = frozenset({"a", "another", "yet"})
NEAR = 2
"""How many sentences back "another" looks for what it adds to."""
OPENING = 5
"""How far from the start of its sentence "three others" may stand to add to the sentence before."""
FAR = 40
"""How many figures are looked at for one; it keeps endless lists linear."""


def added(laid: Layout, figures: list[Figure], i: int) -> str | None:
    """Tell whether a figure comes on top of others.

    Args:
        laid: the article.
        figures: all figures, in text order.
        i: which of them.

    Returns:
        The name of the rule; None where it does not.
    """
    figure = figures[i]
    q = figure.quantity
    first, end = _tokens(laid, q.start, q.end)
    if figure.host is None and _joined_to_new(laid, figures, i, first):
        return "counted beside new cases"
    if q.label == "zero":
        return None
    if q.value.get("additional") or _another_before(laid, first, q.label) or _newly(laid, figure, end):
        return _on_top(laid, figures, i, first)
    if figure.host is None and _of_others(laid, first, end):
        return _after_the_same(laid, figures, i, first)
    return None


def _tokens(laid: Layout, start: int, end: int) -> tuple[int, int]:
    return bisect_right(laid.starts, start) - 1, bisect_right(laid.starts, max(start, end - 1))


def _word(laid: Layout, i: int) -> str:
    return laid.words[i].lower if 0 <= i < len(laid) else ""


def _newly(laid: Layout, figure: Figure, end: int) -> bool:
    """ "138 newly confirmed cases", "546 new cases"; new reports of harm replace the old ones."""
    if figure.unit != "people" or _word(laid, end) not in NEW:
        return False
    return _word(laid, end) == "new" or _word(laid, end + 1) in FOUND


def _another_before(laid: Layout, first: int, label: str) -> bool:
    """ "Another Marine, Cpl. Juan Ortiz": the name stands for one more."""
    if label != "name":
        return False
    commas = 0
    for k in laid.back(first, 9):
        word = laid.words[k].lower
        if word == "another":
            return commas <= 1
        if numerals.ordinal([word]) is not None and word != "first":
            return commas <= 1 and _word(laid, k - 1) in ORDINAL_OPENERS
        commas += word == ","
        if laid.kind(k) not in {"word", "num", "punct"} or word in {"(", ")", ":", ";", '"', "“", "”"}:
            return False
    return False


def _of_others(laid: Layout, first: int, end: int) -> bool:
    """ "three others", "three other children", "several other senior officials", "the other two"."""
    if _word(laid, first - 1) == "other" and _word(laid, first - 2) == "the":
        return True
    return any(laid.words[k].lower in OTHERS for k in laid.ahead(end - 1, 2))


def _earlier(laid: Layout, figures: list[Figure], i: int, sentence: int) -> list[Figure]:
    """The figures of the same unit in one sentence before a figure, its own whole and parts left out."""
    found: list[Figure] = []
    for k in range(i - 1, max(-1, i - 1 - FAR), -1):
        other = figures[k]
        there = laid.sentence_at(other.quantity.start)
        if there < sentence:
            break
        if there == sentence and other.unit == figures[i].unit and k != figures[i].host:
            found.append(other)
    return found


def _on_top(laid: Layout, figures: list[Figure], i: int, first: int) -> str | None:
    """ "Another" adds to the same harm; after another harm, told just before, it adds nothing."""
    figure, here = figures[i], laid.sentence[first]
    beside = _earlier(laid, figures, i, here)
    told = [
        f
        for back in range(1, NEAR + 1)
        if here - back >= 0
        for f in _earlier(laid, figures, i, here - back)
        if f.quantity.label != "zero"
    ]
    rule = "counted on top of others"
    if any(f.label == figure.label for f in beside):
        return rule
    if _is_new(laid, figure) and figure.label in HEALTH:
        return rule
    if beside:
        # "killed 13 soldiers and wounded 56 more": they are more people, not more wounded.
        return None
    earlier = [f for f in figures[max(0, i - FAR) : i] if f.unit == figure.unit]
    if not earlier:
        return rule if figure.quantity.label != "name" else None
    same = any(f.label == figure.label for f in told)
    return rule if same or any(_is_other(f, figure) for f in earlier) else None


def _is_other(told: Figure, figure: Figure) -> bool:
    """The same harm told before with another figure: the same one is only told again."""
    best = figure.quantity.value.get("best")
    return told.label == figure.label and (best == 1 or told.quantity.value.get("best") != best)


def _after_the_same(laid: Layout, figures: list[Figure], i: int, first: int) -> str | None:
    """ "Others" add only where the same harm has befallen somebody in the same breath."""
    figure, here = figures[i], laid.sentence[first]
    # "Four people, including a nurse, were killed and seven others injured": the nurse is one of the four.
    beside = [f for f in _earlier(laid, figures, i, here) if f.host is None]
    # In lists of victims the count decides: "killed 13 soldiers, the mayor and 20 others".
    beside = [f for f in beside if f.quantity.label not in {"singular", "name"}] or beside
    if beside:
        # The harm told last decides: "killed two and wounded three others".
        return "others after the same harm" if beside[0].label == figure.label else None
    if _befell_somebody(laid, figure, first):
        return "others after the same harm"
    if not here or first - laid.firsts[here] > OPENING:
        return None
    told = _earlier(laid, figures, i, here - 1)
    same = bool(told) and all(f.label == figure.label for f in told)
    return "others after the same harm" if same else None


def _befell_somebody(laid: Layout, figure: Figure, first: int) -> bool:
    """ "wounding him and several other officials": the pronoun stands between the harm and "and"."""
    before = laid.back(first, 3)
    words = laid.lowers(before)
    if not words or words[0] not in {"and", "or"} or len(words) < 2 or words[1] not in OBJECTS:
        return False
    return figure.harm is not None and figure.harm.start < laid.starts[before[1]]


def _is_new(laid: Layout, figure: Figure) -> bool:
    first, end = _tokens(laid, figure.quantity.start, figure.quantity.end)
    around = {_word(laid, first - 1), _word(laid, end)}
    return bool(around & NEW)


def _joined_to_new(laid: Layout, figures: list[Figure], i: int, first: int) -> bool:
    """ "546 new cases and 31 deaths": the deaths are new too."""
    figure, other = figures[i], figures[i - 1] if i else None
    if other is None or figure.label not in HEALTH or other.label not in HEALTH:
        return False
    if laid.sentence_at(other.quantity.start) != laid.sentence[first] or not _is_new(laid, other):
        return False
    between = [k for k in laid.back(first, 8) if laid.starts[k] >= other.quantity.end]
    words = laid.lowers(between)
    return bool(words) and words[0] == "and" and len(words) <= 5 and "," not in words
