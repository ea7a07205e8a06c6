"""Which articles hold no claim, told from their paragraphs with words of harm alone.

Most articles of general news have words of harm, and no figure that belongs to one. This is told from the
few paragraphs with such words, so that the others need not even be cut into tokens. Where the figures of a
paragraph depend on the rest of the article, each way of reading them is allowed for: an article may be read
whole in vain, and none with a claim is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc

from casualty_extract import harms, parsing, quantities, reading, screening
from casualty_extract.links_figures import is_in_reach
from casualty_extract.mentions import Mention

__all__ = ["may_tie"]

BLANK = re.compile(r"\n\s*\n\s*")
"""What stands between paragraphs."""
LINE_END = re.compile(r"\n\s*")
BEHIND = re.compile(r"(?:\s*\S+){0,12}")
"""How far behind a paragraph the words after a harm are looked at, to tell names; see `harms`."""
WORTH = 0.6
"""The part of an article up to which reading some paragraphs first costs less than it spares."""
FIRST, GROWTH = 2, 8
"""How many stretches of an article are looked at first, and how many times as many each time after that."""


def may_tie(nlp: Language, text: str) -> bool:
    """Tell whether a text can have a figure that belongs to a word of harm.

    >>> import spacy
    >>> nlp = spacy.blank("en")
    >>> more = "The council met for hours and agreed on nothing but the colour of the chairs.\\n\\n"
    >>> may_tie(nlp, more + "The minister killed the deal.\\n\\n" + more)
    False
    >>> may_tie(nlp, more + "The bomb killed two.\\n\\n" + more)
    True

    Args:
        nlp: the pipeline whose tokenizer is used; sentences are found by `parsing`.
        text: the text of an article, sanitised.
    """
    wrapped = parsing.is_wrapped(text)
    kept = _merged(_kept(text, BLANK if wrapped else LINE_END))
    if sum(end - start for start, end in kept) > WORTH * len(text):
        return True
    try:
        return any(_is_any_tied(_part(nlp, text, part, wrapped)) for part in _parts(kept))
    finally:
        reading.forget()


def _parts(kept: list[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """Part the stretches: what there is to tell stands near the top of most articles that tell anything."""
    start, size = 0, FIRST
    while start < len(kept):
        yield kept[start : start + size]
        start, size = start + size, size * GROWTH


def _part(nlp: Language, text: str, part: list[tuple[int, int]], wrapped: bool) -> Doc:
    """Make a Doc of some paragraphs. It opens as the article does, for first sentences are read as headlines."""
    opened = re.match(r"\s*\S*", text)
    opening = [text[: opened.end()]] if opened and part[0][0] > 0 else []
    doc = nlp.make_doc("\n\n".join([*opening, *(text[start:end] for start, end in part)]))
    return parsing.mark_sentences(doc, wrapped)


def _kept(text: str, boundary: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Give the stretches of a text to read: each paragraph with a word of harm, and some words behind it."""
    bounds = [0, *(place for m in boundary.finditer(text) for place in m.span()), len(text)]
    paragraphs = list(zip(bounds[::2], bounds[1::2], strict=True))
    alone, joined = screening.requirements()
    asked_for = _asked_for()
    found = [asked_for.intersection(screening.WORD.findall(text[a:b].lower())) for a, b in paragraphs]
    everywhere = set[str]().union(*found)
    asked = {w for w in joined.keys() & everywhere if any(needed <= everywhere for needed in joined[w])}
    for n, here in enumerate(found):
        first = last = n
        if not asked.isdisjoint(here):
            # A phrase may run on over the end of its paragraph.
            first, last = max(0, n - 1), min(n + 1, len(paragraphs) - 1)
        elif alone.isdisjoint(here):
            continue
        behind = BEHIND.match(text, paragraphs[last][1])
        yield paragraphs[first][0], behind.end() if behind else paragraphs[last][1]


@cache
def _asked_for() -> frozenset[str]:
    """All words that matter; the sets of all words of a long article would take more memory than its text."""
    alone, joined = screening.requirements()
    return alone.union(*(words for ways in joined.values() for words in ways))


def _merged(stretches: Iterator[tuple[int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for start, end in stretches:
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found


def _is_any_tied(doc: Doc) -> bool:
    laid = reading.layout(doc)
    sentences = laid.sentences()
    harmed: dict[int, list[Mention]] = {}
    for mention in harms.find(doc):
        harmed.setdefault(sentences.index(mention.start), []).append(mention)
    parsing.mark_windows(doc, [laid.bounds(n) for n in sorted(harmed)])
    if not harmed:
        return False
    # Whether "cases" are of people depends on whether the article names a disease anywhere.
    counted = any(word.trimmed in {"case", "cases"} for word in laid.words)
    return any(
        is_in_reach(doc, quantity, harmed[sentences.index(quantity.start)])
        for disease in ((False, True) if counted else (False,))
        for quantity in quantities.possible(doc, disease)
    )
