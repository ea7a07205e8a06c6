"""Finds the figures of people, and of reports and incidents of harm to them.

*Finds* numbers ("61", "1.2 million", "twenty-seven", "a dozen"), ranges ("20 to 30", "5-7"), vague words
("dozens", "several hundred", "a large number"), what says nobody ("no casualties", "without loss of
life"), single persons ("a policeman", "the driver", "Woman" in a headline), names ("Zaid Karim") and
ordinals ("the fifth attack").

*Leaves alone* ages, dates, years, clock times, money, percentages, distances, durations, codes
("Flight 370", "COVID-19"), scores, list numbers and counts of things ("12 houses").

*Marks* layer `quantities`; label: the form (numeral, word, range, singular, name, zero, vague); value:
`low`, `high`, `best`, `qualifier`, `qualifier_text_start` (its first character, else null), `phrase`
(first and last character of the noun phrase that the figure opens), `additional` ("another 61"),
`ordinal`, and `unit_hint` (people, reports, incidents or households, by the noun).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from functools import cache

from spacy.tokens import Doc

from casualty_extract import numerals
from casualty_extract.mentions import Mention
from casualty_extract.parsing import windows
from casualty_extract.quantities_context import bounds, context, phrase_of, phrase_span, unit_of
from casualty_extract.quantities_exclusions import why_not
from casualty_extract.quantities_figures import NUMBER_NOUNS, NUMBER_WORDS, Figure, read_figure
from casualty_extract.quantities_names import Name, possible_names, read_names
from casualty_extract.quantities_singulars import DETERMINERS, Singular, read_bare, read_singular
from casualty_extract.quantities_view import View
from casualty_extract.quantities_words import words
from casualty_extract.quantities_zeros import ZEROS, Zero, read_zero

__all__ = ["find", "possible"]

LONGEST_FIXED = 8
"""More words than the longest fixed phrase has."""
ADDITIONAL = frozenset("further additional extra new more".split())


def find(doc: Doc) -> Iterator[Mention]:
    """Find the figures of a text, in order; of a Doc with windows, those in them.

    >>> import spacy
    >>> nlp = spacy.blank("en")
    >>> doc = nlp("At least 20 soldiers and a nurse were killed in two days.")
    >>> doc[0].is_sent_start = True
    >>> [(doc.text[m.start : m.end], m.label, m.value["qualifier"]) for m in find(doc)]
    [('20', 'numeral', 'at_least'), ('a', 'singular', 'exact')]
    """
    within = windows(doc)
    if within == []:
        return
    view = View(doc)
    known = words()
    stretches = [(0, len(view))] if within is None else list(_stretches(view, within))
    names = read_names(view, stretches)
    openers = known.diseases.openers
    disease = any(
        word in openers and known.diseases.match(view.lower, i) is not None
        for i, word in enumerate(view.lower)
    )
    after = 0
    for first, end in stretches:
        for i in _openings(view, first, end, names):
            if i < after:
                continue
            fixed = known.fixed.match(view.lower, i)
            if fixed is not None:
                after = i + fixed[0]
                continue
            after, mention = _read(view, i, names, disease)
            if mention is not None:
                yield mention


def possible(doc: Doc, disease: bool) -> Iterator[Mention]:
    """Give all that `find` could take for a figure in the windows of a part of an article.

    Whatever the rest of the article says, `find` gives no other figures there; most of these it would not give.

    Args:
        doc: some paragraphs of an article.
        disease: whether the article names a disease.
    """
    view = View(doc)
    for start, stop in windows(doc) or ():
        first, end = bisect_left(view.starts, start), bisect_left(view.starts, stop)
        for name in possible_names(view, (first, end)):
            yield _name(view, name)
        for i in _openings(view, first, end, {}):
            mention = _read(view, i, {}, disease)[1]
            if mention is not None:
                yield mention


def _openings(view: View, first: int, end: int, names: Mapping[int, Name]) -> list[int]:
    """The words of a stretch with which a figure, or a phrase that only looks like one, can open."""
    opening, peoples = _opening(), words().peoples
    lower, texts = view.lower[first:end], view.texts[first:end]
    found = {
        i
        for i, (low, text) in enumerate(zip(lower, texts, strict=True), first)
        if low in opening or low[0].isdigit() or text in peoples
    }
    if not NUMBER_NOUNS.isdisjoint(lower):
        # "an unusually large number of": the noun stands up to four words behind.
        counted = (i for i, low in enumerate(lower, first) if low in NUMBER_NOUNS)
        found.update(k for i in counted for k in range(max(first, i - 4), i + 1))
    return sorted(found.union(i for i in names if first <= i < end))


@cache
def _opening() -> frozenset[str]:
    known = words()
    single = (word for word, noun in known.nouns.items() if noun.singular)
    return frozenset(single).union(
        ZEROS,
        NUMBER_WORDS,
        DETERMINERS,
        known.groups,
        known.compounds.openers,
        known.vague.openers,
        known.fixed.openers,
    )


def _stretches(view: View, within: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The words of the windows; where a fixed phrase runs into one, also the sentence before it."""
    for start, stop in within:
        first, end = bisect_left(view.starts, start), bisect_left(view.starts, stop)
        if first == end:
            continue
        for k in range(max(0, first - LONGEST_FIXED), first):
            fixed = words().fixed.match(view.lower, k)
            if fixed is not None and k + fixed[0] > first:
                first = view.first[k]
                break
        yield first, end


def _read(view: View, i: int, names: dict[int, Name], disease: bool) -> tuple[int, Mention | None]:
    """The mention that starts at word i, if one does, and where to go on."""
    if i in names:
        return names[i].end, _name(view, names[i])
    zero = read_zero(view, i)
    if zero is not None:
        return max(zero.end, i + 1), _zero(view, zero, disease)
    figure = read_figure(view, i)
    if figure is not None:
        phrase = phrase_of(view, figure)
        counts = why_not(view, figure, phrase) is None
        if counts:
            return figure.end, _figure(view, figure, disease)
        if not figure.ordinal and view.lower[i] not in DETERMINERS:
            return figure.end, None
    if view.lower[i] in DETERMINERS:
        single = read_singular(view, i)
        if single is not None:
            return single.head + 1, _singular(view, single)
    else:
        bare = read_bare(view, i)
        if bare is not None:
            return bare.head + 1, _singular(view, bare)
    return i + 1, None


def _figure(view: View, figure: Figure, disease: bool) -> Mention:
    phrase = phrase_of(view, figure)
    around = context(view, figure, phrase)
    low, high, best = bounds(figure, around.qualifier)
    return Mention(
        view.char_start(figure.start),
        view.char_end(figure.end - 1),
        figure.form,
        figure.rule,
        {
            "low": low,
            "high": high,
            "best": best,
            "qualifier": around.qualifier,
            "qualifier_text_start": None if around.first is None else view.char_start(around.first),
            "phrase": phrase_span(view, figure.start, figure.end, phrase),
            "additional": around.additional,
            "ordinal": figure.ordinal,
            "unit_hint": unit_of(view, phrase, disease),
        },
    )


def _one(low: int, phrase: list[int], additional: bool, unit: str) -> dict[str, object]:
    return {
        "low": low,
        "high": low,
        "best": low,
        "qualifier": "exact",
        "qualifier_text_start": None,
        "phrase": phrase,
        "additional": additional,
        "ordinal": False,
        "unit_hint": unit,
    }


def _zero(view: View, zero: Zero, disease: bool) -> Mention:
    span = phrase_span(view, zero.phrase_start, max(zero.end, zero.phrase_start + 1), zero.phrase)
    more = any(w in ADDITIONAL for w in view.lower[zero.end : zero.phrase.end])
    value = _one(0, span, more, unit_of(view, zero.phrase, disease))
    return Mention(view.char_start(zero.start), view.char_end(zero.end - 1), "zero", zero.rule, value)


def _singular(view: View, single: Singular) -> Mention:
    first, head = single.start, single.head
    second = view.lower[first + 1 : first + 4] if first < head else []
    more = view.lower[first] == "another" or second[:1] in (["further"], ["additional"], ["extra"])
    if view.lower[first] == "a" and second[:1] != ["first"] and numerals.ordinal(second) is not None:
        more = True
    value = _one(1, [view.char_start(first), view.char_end(head)], more, "people")
    end = view.char_end(head) if single.whole else view.char_end(first)
    return Mention(view.char_start(first), end, "singular", single.rule, value)


def _name(view: View, name: Name) -> Mention:
    start, end = view.char_start(name.start), view.char_end(name.end - 1)
    return Mention(start, end, "name", name.rule, _one(1, [start, end], False, "people"))
