"""Which sentences of an article can bear on a claim, told from its words of harm.

Without a word of harm there is no claim, and a figure far from all of them is none either. So figures
are read only in the *windows*: the sentences with a harm, and those from which `links` can tie a figure
to the harm of another sentence ("five of them were", "the victims were named as", "12 strikes"). Where
no figure of theirs is tied to a harm, no window is left, and the later stages have nothing to read.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cache

from spacy.tokens import Doc

from casualty_extract import mentions, parsing
from casualty_extract.links_fates import ASSESSED
from casualty_extract.links_figures import attach, is_any_attached
from casualty_extract.mentions import Mention
from casualty_extract.quantities_words import words
from casualty_extract.reading import Layout, layout

__all__ = ["close_unlinked", "in_question", "open_around_harms"]

NAMING = frozenset({"identified", "named"})
"""The words after which names are those of victims told of before."""
LISTED = 450
"""How many characters a list of names can go on after those words; `links` reads a little less."""


def open_around_harms(doc: Doc, found: Iterable[Mention]) -> None:
    """Leave on a Doc the windows in which a figure can belong to a harm; none where nobody is harmed.

    The layer ``harms`` is written on the way: the windows are made of it.

    >>> import spacy
    >>> from casualty_extract import harms
    >>> doc = parsing.mark_sentences(spacy.blank("en")("The council met. A bomb killed two. It rained."))
    >>> open_around_harms(doc, harms.find(doc))
    >>> [doc.text[start:end].strip() for start, end in parsing.windows(doc)]
    ['A bomb killed two.']

    Args:
        doc: a Doc with sentences.
        found: its harms.
    """
    laid = layout(doc)
    mentions.write(doc, "harms", found)
    harmed = {laid.sentence_at(m.start) for m in mentions.read(doc, "harms")}
    if not harmed:
        parsing.mark_windows(doc, [])
        return
    chosen = harmed | set(_telling_of_others(laid))
    parsing.mark_windows(doc, [laid.bounds(n) for n in sorted(chosen)])


def close_unlinked(doc: Doc) -> None:
    """Close all windows of a Doc where no figure in them is tied to a harm.

    Names and single persons that `links` drops later are counted here: a window may be left in vain,
    and none is closed that holds a claim.
    """
    quantities, harmed = mentions.read(doc, "quantities"), mentions.read(doc, "harms")
    if parsing.windows(doc) and not is_any_attached(doc, quantities, harmed):
        parsing.mark_windows(doc, [])


def in_question(doc: Doc) -> list[tuple[int, int]]:
    """Give the sentences that word order leaves open, as intervals of tokens: those are worth a parser's time.

    They hold a figure tied to no harm and a verb or adjective of harm that no figure counts. Where word order
    ties no figure at all, the article tells of no harm that is counted, and nothing is in question.
    """
    if parsing.windows(doc) == []:
        return []
    quantities, harmed = mentions.read(doc, "quantities"), mentions.read(doc, "harms")
    tied = attach(doc, quantities, harmed)
    if not tied:
        return []
    laid = layout(doc)
    counted = {figure.harm.start for figure in tied if figure.harm is not None}
    placed = {figure.quantity.start for figure in tied}
    free = {laid.sentence_at(h.start) for h in harmed if h.start not in counted and h.value["part"] != "noun"}
    untied = {laid.sentence_at(q.start) for q in quantities if q.start not in placed}
    return [laid.bounds(n) for n in sorted(free & untied)]


def _telling_of_others(laid: Layout) -> Iterator[int]:
    """Give the sentences whose figures can take the harm of another sentence."""
    units, reports = _counted_units()
    present = {word.lower for word in laid.words}
    telling = {"them", *NAMING, *units}
    if present & (reports | {"reports", "allegations"}):
        telling |= ASSESSED
    if present.isdisjoint(telling):
        return
    for i, word in enumerate(laid.words):
        if word.lower == "them" and not (i and (laid.words[i - 1].layout or laid.words[i - 1].lower == "of")):
            # "five of them were", but not "killed them".
            continue
        if word.lower in telling or word.trimmed in telling:
            yield laid.sentence[i]
            if word.lower in NAMING:
                end = laid.starts[i] + LISTED
                last = bisect_right(laid.starts, end) - 1
                yield from range(laid.sentence[i], laid.sentence[last] + 1)


@cache
def _counted_units() -> tuple[frozenset[str], frozenset[str]]:
    """The nouns for reports and incidents, and those for reports alone."""
    units = {word: noun.unit for word, noun in words().nouns.items()}
    # Cases are of people or of reports, as the text has it.
    reports = frozenset(w for w, unit in units.items() if unit == "reports") | {"case", "cases"}
    return reports | {w for w, unit in units.items() if unit == "incidents"}, reports
