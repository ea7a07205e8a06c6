"""Quotations of a text, and where they stand in it: offsets are believed only where the quote is there.

Tools that show texts to people count characters in units of their own, and change line ends. So what
comes back from them is found again: at its offsets if the quoted words stand there, else by the words
and what stands around them. What stands there more than once, or not at all, is refused.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from casualty_extract.errors import AnchorError
from casualty_extract.records_parts import Span

__all__ = ["CONTEXT", "Piece", "Quotation", "anchor", "quote", "settle"]

CONTEXT = 32
"""How many code points are quoted on each side of a passage."""

Piece = tuple[int, int, str]
"""A passage as a tool tells it: start, end, the words."""

_NEWLINE = re.compile("\r\n?")


@dataclass(frozen=True, slots=True)
class Quotation:
    """A passage, what stands around it, and where it stood.

    Attributes:
        exact: the passage.
        prefix: what stood before it.
        suffix: what stood behind it.
        start: the offset of its first character, where it is known.
    """

    exact: str
    prefix: str = ""
    suffix: str = ""
    start: int | None = None


def quote(text: str, start: int, end: int, context: int = CONTEXT) -> Quotation:
    """Quote a passage with what stands around it.

    >>> quote("Gunmen killed 12 people.", 14, 16, context=7)
    Quotation(exact='12', prefix='killed ', suffix=' people', start=14)

    Args:
        text: the text.
        start: where the passage starts.
        end: where it ends.
        context: how many code points to quote on each side; fewer where a character would be cut in two.
    """
    first, last = max(start - context, 0), min(end + context, len(text))
    while first < start and _goes_on(text, first):
        first += 1
    while last > end and _goes_on(text, last):
        last -= 1
    return Quotation(text[start:end], text[first:start], text[end:last], start)


def anchor(text: str, quotation: Quotation, *, document: str) -> Span:
    """Find the one place of a text that a quotation means.

    >>> text = "12 died. A bomb killed 12 people."
    >>> anchor(text, Quotation("12", "killed ", " people"), document="a1")
    Span('12' 23:25)
    >>> anchor(text, Quotation("12"), document="a1")
    Traceback (most recent call last):
        ...
    casualty_extract.errors.AnchorError: document 'a1': '12' stands there 2 times, and nothing tells which is meant

    Args:
        text: the text.
        quotation: what to find.
        document: the document's id, for errors.

    Returns:
        The passage where the offset, the words and what stands around them agree; else the one place
        where words and surroundings do; else the one place where the words and one side of them do.
        Line ends of any kind are alike.

    Raises:
        AnchorError: there is no such place, or more than one.
    """
    if not quotation.exact:
        raise AnchorError("a quotation is empty", document=document)
    found = _find(text, quotation)
    if isinstance(found, str):
        folded = _Folded(text)
        found = _find(folded.text, _without_returns(quotation))
        if isinstance(found, range):
            found = range(folded.back(found.start), folded.back(found.stop))
    shown = _shown(quotation.exact)
    if isinstance(found, int):
        raise AnchorError(
            f"{shown} stands there {found} times, and nothing tells which is meant", document=document
        )
    if isinstance(found, str):
        raise AnchorError(f"{shown} {found}", document=document)
    return Span(text=text[found.start : found.stop], start=found.start, end=found.stop)


def settle(text: str, pieces: Sequence[Piece], *, document: str) -> list[Span]:
    r"""Find the passages that a tool marked in a text, in whatever unit it counted.

    >>> settle("\U0001f4a5 12 dead", [(3, 5, "12")], document="a1")
    [Span('12' 2:4)]

    Args:
        text: the text.
        pieces: the passages as the tool tells them: start, end, words.
        document: the document's id, for errors.

    Returns:
        The passages, in the order of the pieces. The unit is code points if all of them fit so; else
        UTF-16 code units, or either with each CR LF counted as one. Where no unit fits all, each is
        found by the units and then by its words alone.

    Raises:
        AnchorError: one of them is not there, or could be at several places.
    """
    for unit in _units(text):
        spans = [_fitting(text, piece, unit) for piece in pieces]
        if all(spans):
            return [span for span in spans if span]
    units = list(_units(text))
    found: list[Span] = []
    for piece in pieces:
        places = {span.start: span for unit in units if (span := _fitting(text, piece, unit))}
        if len(places) == 1:
            found.append(*places.values())
        else:
            found.append(anchor(text, Quotation(piece[2]), document=document))
    return found


def _goes_on(text: str, i: int) -> bool:
    """Tell whether a cut before a character would part it from the one that it belongs to."""
    if not 0 < i < len(text):
        return False
    joined = text[i] in "\u200d\ufe0e\ufe0f" or text[i - 1] == "\u200d" or text[i - 1 : i + 1] == "\r\n"
    return joined or unicodedata.category(text[i])[0] == "M"


class _Folded:
    """A text with its line ends as line feeds, and the way back to its own offsets."""

    def __init__(self, text: str) -> None:
        self.text = _NEWLINE.sub("\n", text)
        pairs = [m.start() for m in _NEWLINE.finditer(text) if m.end() - m.start() == 2]
        self.cuts = [start - n for n, start in enumerate(pairs)]

    def back(self, offset: int) -> int:
        return offset + bisect_left(self.cuts, offset)


def _without_returns(q: Quotation) -> Quotation:
    exact, prefix, suffix = (_NEWLINE.sub("\n", part) for part in (q.exact, q.prefix, q.suffix))
    return Quotation(exact, prefix, suffix)


def _find(text: str, q: Quotation) -> range | int | str:
    """Give the place of a quotation; else how many places could be it, or what is wrong."""
    both, one = [], []
    places = list(_places(text, q.exact))
    for i in places:
        before = i >= len(q.prefix) and text.startswith(q.prefix, i - len(q.prefix))
        behind = text.startswith(q.suffix, i + len(q.exact))
        if before and behind:
            both.append(i)
        if (before and q.prefix) or (behind and q.suffix):
            one.append(i)
    for chosen in (both, one):
        if q.start in chosen:
            chosen = [q.start]
        if len(chosen) == 1:
            return range(chosen[0], chosen[0] + len(q.exact))
        if chosen:
            return len(chosen)
    if places:
        return "stands there, but not within the words that were quoted around it"
    return "does not stand there"


def _places(text: str, exact: str) -> Iterator[int]:
    i = text.find(exact)
    while i >= 0:
        yield i
        i = text.find(exact, i + 1)


def _units(text: str) -> Iterator[Callable[[int], int]]:
    """Yield what turns offsets of each unit into code points: those first that are most likely."""
    yield lambda offset: offset
    wide = _narrower(text)
    if wide:
        yield wide
    if "\r\n" in text:
        folded = _Folded(text)
        yield folded.back
        if wide:
            narrow = _narrower(folded.text)
            yield lambda offset: folded.back(narrow(offset) if narrow else offset)


def _narrower(text: str) -> Callable[[int], int] | None:
    """Give what turns offsets in UTF-16 code units into code points; None where they are the same."""
    astral = [i for i, char in enumerate(text) if char > "\uffff"]
    if not astral:
        return None
    starts = [i + n for n, i in enumerate(astral)]
    return lambda offset: offset - bisect_left(starts, offset)


def _fitting(text: str, piece: Piece, unit: Callable[[int], int]) -> Span | None:
    start, end = unit(piece[0]), unit(piece[1])
    if not 0 <= start < end <= len(text):
        return None
    words = text[start:end]
    if words != piece[2] and _NEWLINE.sub("\n", words) != _NEWLINE.sub("\n", piece[2]):
        return None
    return Span(text=words, start=start, end=end)


def _shown(exact: str) -> str:
    shown = repr(exact)
    return shown if len(shown) <= 60 else f"{shown[:57]}..."
