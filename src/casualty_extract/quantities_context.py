"""What stands around a figure: the words that bound it, "another" and "more", the phrase, the unit."""

from __future__ import annotations

from dataclasses import dataclass

from casualty_extract import wordorder
from casualty_extract.quantities_figures import NUMBER_WORDS, Figure
from casualty_extract.quantities_view import HYPHENS, QUOTES, Phrase, View
from casualty_extract.quantities_words import words

__all__ = ["Context", "bounds", "context", "phrase_of", "phrase_span", "unit_of"]

ADDITIONAL = frozenset("another additional further extra new more".split())
BEFORE_MORE = frozenset("a an the".split())
LOOSE = frozenset("plus odd".split())
"""What can stand behind a figure without a hyphen: "30 odd people"."""


@dataclass(frozen=True, slots=True)
class Context:
    """What the words around a figure say of it.

    Attributes:
        qualifier: as in the claim's quantity.
        first: the first word that says so, where one stands before the figure.
        additional: it comes on top of others.
    """

    qualifier: str
    first: int | None
    additional: bool


def context(view: View, figure: Figure, phrase: Phrase) -> Context:
    """Read the qualifiers and the additions around a figure."""
    kind, first, additional = None, None, False
    i, start = figure.start, view.first[figure.start]
    for _ in range(4):
        before = view.word(i - 1, figure.start) if i > start else ""
        if before in ADDITIONAL and before != "more":
            additional, i = True, i - 1
        elif before in BEFORE_MORE and additional and i < figure.start:
            i -= 1
        else:
            found = _before(view, i, start)
            if found is None:
                break
            length, what = found
            if kind is None or kind == "approximately":
                kind = what
            i -= length
            first = i
    after = _after(view, figure, phrase)
    if after is not None and kind in {None, "approximately"}:
        kind, first = after, first
    following = view.word(figure.end, figure.start)
    if following == "new" and unit_of(view, phrase, False) != "people":
        # "16 new reports" replace the old ones; "12 new deaths" come on top.
        following = ""
    more = following in ADDITIONAL - {"another"} and view.word(figure.end + 1, figure.start) != "than"
    if figure.form == "range":
        return Context("between", first, additional or more)
    if figure.ordinal:
        return Context("exact", None, view.word(figure.start - 1, figure.start) in {"a", "another", "yet"})
    return Context(kind or "exact", first, additional or more)


def _before(view: View, i: int, start: int) -> tuple[int, str] | None:
    """The qualifier that ends right before word i: its length and its kind."""
    if i <= start:
        return None
    for parts, kind in words().before.get(view.lower[i - 1], ()):
        k = i - len(parts)
        if k >= start and tuple(view.lower[k:i]) == parts:
            # "carried over 43 reports", "ran over 12 people"
            phrasal = parts == ("over",) and k > start and view.lower[k - 1] in words().phrasal
            return None if phrasal else (len(parts), kind)
    return None


def _after(view: View, figure: Figure, phrase: Phrase) -> str | None:
    """ "40 or more", "40 people or more", "100-plus"."""
    found = _tail(view, figure.end, figure.start)
    if found is None and phrase.end > figure.end:
        found = _tail(view, phrase.end, figure.start)
    return found[1] if found is not None else None


def phrase_of(view: View, figure: Figure) -> Phrase:
    """The phrase behind a figure. A noun such as "couple" has one only with "of"."""
    group = figure.rule == "group noun" and view.lower[figure.start] != "twin"
    if group and view.word(figure.end, figure.start) != "of":
        return Phrase(figure.end, None, None, False)
    tail = _tail(view, figure.end, figure.start)
    return view.phrase(figure.end if tail is None else tail[0])


def _tail(view: View, i: int, near: int) -> tuple[int, str] | None:
    """The qualifier behind a figure, at a hyphen or not, and the word after it: "685 or more"."""
    k = i + 1 if view.word(i, near) in HYPHENS and view.glued[i] else i
    if k >= view.last[near]:
        return None
    found = words().after.match(view.lower, k)
    if found is None or (found[0] == 1 and k == i and not view.glued[i] and view.lower[i] not in LOOSE):
        return None
    following = view.word(k + found[0], near)
    if following == "than" or following[:1].isdigit() or (following in NUMBER_WORDS and found[0] > 1):
        # "40 or more than half", "12 people at least five of whom"
        return None
    return k + found[0], found[1]


def bounds(figure: Figure, qualifier: str) -> tuple[int | None, int | None, int | None]:
    """Low, high and best of a figure under a qualifier, by the table of the claim's page."""
    n = figure.best
    if figure.form in {"vague", "range"} or n is None:
        return (None if qualifier in {"at_most", "less_than"} else figure.low), figure.high, figure.best
    if qualifier == "at_least":
        return n, None, n
    if qualifier == "more_than":
        return n + 1, None, n + 1
    if qualifier == "at_most":
        return None, n, n
    if qualifier == "less_than":
        return None, max(n - 1, 0), max(n - 1, 0)
    return figure.low, figure.high, n


def phrase_span(view: View, start: int, end: int, phrase: Phrase) -> list[int]:
    """The characters of the noun phrase that the words from `start` up to `end` open."""
    last = view.char_end(end - 1)
    opened = wordorder.phrase_from(view.token(end - 1))
    last = max(last, opened.end_char)
    if end < view.last[start] and view.texts[end] in QUOTES and phrase.head is not None:
        last = max(last, wordorder.phrase_from(view.token(min(end + 1, view.last[start] - 1))).end_char)
    if phrase.head is not None:
        last = max(last, view.char_end(phrase.head))
    return [view.char_start(start), last]


def unit_of(view: View, phrase: Phrase, disease: bool) -> str:
    """What the figure counts, as far as its noun tells; "cases" are people where a disease is meant."""
    if phrase.noun is None or phrase.noun.unit is None or phrase.head is None:
        return "people"
    if disease and view.lower[phrase.head] in {"case", "cases"}:
        kind = view.noun(phrase.head - 1)
        # "murder cases" are opened also where an epidemic is told of.
        return (
            "reports"
            if kind is not None and kind.harm and view.lower[phrase.head - 1] != "infection"
            else "people"
        )
    return phrase.noun.unit
