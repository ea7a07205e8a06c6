"""Measures the stretch of text that a cue governs, before it, after it, or around it.

*Finds* the rest of the sentence after "The army said", what stands before ", police said", both sides of
a cue that breaks into a clause, and the whole of a quotation that runs over sentences and paragraphs.
*Leaves alone* what follows the sentence of indirect speech.
*Marks* nothing; `attributions` asks it.
"""

from __future__ import annotations

from casualty_extract.attributions_kinds import TIMES, Line
from casualty_extract.attributions_quotes import CLOSERS, OPENERS, Quotations

__all__ = ["FINALS", "MARKS", "backward", "forward", "sentence_end", "speech_follows"]

FINALS = frozenset({".", "!", "?", "…"})
MARKS = frozenset({",", "—", "–", "--", ";"})


def sentence_end(line: Line, i: int, quotations: Quotations) -> int:
    """The end of what is said from token i on: the sentence, or the quotation that runs beyond it."""
    end = line.end(len(line) - 1)
    start = line.start(min(i, len(line) - 1))
    inside = quotations.at(start)
    if inside is not None:
        return min(end, quotations.found[inside].end) if quotations.found[inside].end > start else end
    opened = quotations.starting(start, end)
    if opened is not None:
        end = max(end, quotations.chain(opened)[1]) if quotations.found[opened].end >= end - 3 else end
    return end


def forward(line: Line, i: int, quotations: Quotations) -> tuple[int, int]:
    """Give the stretch after a cue at token i: its sentence, or the quotation that runs beyond it."""
    start = line.end(i)
    inside = quotations.at(line.start(i))
    if inside is not None:
        return start, max(start, min(line.end(len(line) - 1), quotations.found[inside].end))
    return start, max(start, sentence_end(line, i + 1, quotations))


def backward(line: Line, i: int, end: int, quotations: Quotations) -> tuple[int, int]:
    """Give the stretch before a trailing cue that starts at token i, and the rest of a clause that it interrupts."""
    stop = i - 1
    while stop > 0 and (line.texts[stop] in MARKS or line.texts[stop] in {"("}):
        stop -= 1
    last = line.end(max(stop, 0))
    start = line.start(0)
    inside = quotations.at(line.start(i))
    if inside is not None:
        return max(start, quotations.found[inside].start), last
    n = quotations.ending(last)
    if n is None:
        n = quotations.ending(last - 1)
    if n is not None:
        start, last = min(start, quotations.chain(n)[0]), quotations.found[n].end
    final = last
    while end < len(line) and (line.lower[end] in TIMES or line.lower[end] in {"on", "late", "early"}):
        end += 1
    if end + 1 < len(line) and line.texts[end] == "," and _interrupts(line, stop, end + 1):
        # What the cue interrupts goes on: "Two of them were, according to the coastguard, children."
        final = sentence_end(line, end + 1, quotations)
    following = quotations.starting(last + 1, line.end(len(line) - 1) + 4)
    if n is not None:
        # “Q,” he said. “Q.”: the quotation after the speaker goes on.
        nearby = quotations.starting(last + 1, line.end(len(line) - 1) + 6)
        following = nearby if nearby is not None else following
        if following is not None and following > n:
            final = max(final, quotations.chain(following)[1])
    return start, max(final, start)


def _interrupts(line: Line, stop: int, following: int) -> bool:
    """Tell whether a clause is unfinished where a cue breaks into it."""
    if line.kinds[following] in {"aux", "verb"} or line.texts[following] in OPENERS:
        return True
    if line.kinds[0] in {"adp", "sconj"} and line.first_comma >= stop:
        # "By evening, she said, twelve had died."
        return True
    if line.kinds[stop] in {"aux", "adp", "sconj", "verb"} or line.lower[stop] == "that":
        return True
    return line.first_verbal > stop


def speech_follows(line: Line, i: int, addressee: bool) -> bool:
    """Tell whether what is said follows the verb, and not just when, where and to whom."""
    j, limit = i + 1, min(len(line), i + 30)
    adjunct = j < limit and (
        line.lower[j] in TIMES
        or line.kinds[j] == "adp"
        or line.lower[j] in {"reporters", "late", "early", "last"}
    )
    if j < limit and line.texts[j] == ":":
        return True
    if j < limit and not adjunct and not addressee and line.kinds[j] in {"det", "num", "word", "pron"}:
        return True
    while j < limit:
        what, low, text = line.kinds[j], line.lower[j], line.texts[j]
        if low == "that":
            return True
        if text in MARKS | FINALS | CLOSERS - OPENERS or (what == "sconj" and j > i + 1):
            return False
        if text in OPENERS or what in {"verb", "aux"}:
            return True
        if not adjunct and (what in {"part"} or (what == "num" and j == i + 1)):
            return True
        j += 1
    return False
