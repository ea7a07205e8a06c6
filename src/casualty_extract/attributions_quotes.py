"""Finds what stands in quotation marks, however they are written, and which quotations run on.

*Finds* “typographic”, "straight", «guillemet» and ‘single’ quotations, and those that a paragraph
leaves open because the next one takes the quotation up again.
*Leaves alone* apostrophes, inches, and closing marks that nothing opened.
*Marks* nothing; `attributions` asks it.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import NamedTuple

from spacy.tokens import Doc, Token

from casualty_extract.reading import layout

__all__ = ["CLOSERS", "OPENERS", "Quotation", "Quotations"]

CLOSERS = frozenset({"”", '"', "''", "»", "’"})
OPENERS = frozenset({"“", '"', "``", "«", "‘"})

OPEN = {"“": "”", "«": "»", "``": "''", "„": "“", "‘": "’"}
STRAIGHT = frozenset({'"', "''", "'"})
MARKS = frozenset(OPEN) | frozenset(OPEN.values()) | STRAIGHT
LONGEST = 600
"""Tokens after which an opening mark counts as a slip of the pen where no paragraph ends it."""


class Quotation(NamedTuple):
    """What stands between two marks, in characters, without the marks.

    Attributes:
        start: offset of the first character.
        end: offset after the last.
        closed: whether a closing mark was found.
        words: how many words it has.
    """

    start: int
    end: int
    closed: bool
    words: int


class Quotations:
    """The quotations of a text in order, with the chains that they form."""

    def __init__(self, doc: Doc) -> None:
        text = self._text = layout(doc).text
        self.found = _scan(doc, text)
        self._starts = [q.start for q in self.found]
        self._sums = list(accumulate((q.end - q.start for q in self.found), initial=0))
        self._chain_start: list[int] = []
        self._chain_end = [q.end for q in self.found]
        for n, q in enumerate(self.found):
            runs_on = (
                n > 0 and not self.found[n - 1].closed and _only_marks(text[self.found[n - 1].end : q.start])
            )
            self._chain_start.append(self._chain_start[n - 1] if runs_on else q.start)
        for n in range(len(self.found) - 2, -1, -1):
            if _only_marks(text[self.found[n].end : self.found[n + 1].start]):
                self._chain_end[n] = self._chain_end[n + 1]

    def at(self, offset: int) -> int | None:
        """Number the quotation that a character stands in."""
        n = bisect_right(self._starts, offset) - 1
        return n if n >= 0 and offset < self.found[n].end else None

    def ending(self, offset: int) -> int | None:
        """Number the quotation that ends just before a character, its closing mark left out."""
        n = bisect_right(self._starts, offset) - 1
        return n if n >= 0 and 0 <= offset - self.found[n].end <= 4 else None

    def starting(self, first: int, last: int) -> int | None:
        """Number the last quotation that starts between two characters."""
        n = bisect_right(self._starts, last) - 1
        return n if n >= 0 and self._starts[n] >= first else None

    def first(self, first: int, last: int) -> int | None:
        """Number the first quotation that starts between two characters."""
        n = bisect_right(self._starts, first - 1)
        return n if n < len(self.found) and self._starts[n] <= last else None

    def asking(self, offset: int) -> int | None:
        """Number the question or outcry in quotation marks that ends just before a character."""
        n = self.ending(offset)
        if n is None or "\n" in self._text[self.found[n].end : offset]:
            return None
        return n if self._text[self.found[n].end - 1 : self.found[n].end] in {"?", "!"} else None

    def chain(self, n: int) -> tuple[int, int]:
        """Give the bounds of a quotation with the ones that it takes up and that take it up."""
        return self._chain_start[n], self._chain_end[n]

    def _quoted_before(self, offset: int) -> int:
        """Count the quoted characters before an offset; sums kept for all quotations make it quick."""
        n = bisect_right(self._starts, offset)
        if n == 0:
            return 0
        last = self.found[n - 1]
        return self._sums[n - 1] + min(offset, last.end) - last.start

    def share(self, start: int, end: int) -> float:
        """Give the part of a stretch that stands in quotation marks."""
        if end <= start:
            return 0.0
        inside = self._quoted_before(end) - self._quoted_before(start)
        return inside / (end - start)


def _only_marks(between: str) -> bool:
    """Nothing but space and marks stands between two quotations of one speech."""
    return len(between) < 40 and not any(c.isalnum() for c in between)


def _scan(doc: Doc, whole: str) -> list[Quotation]:
    found: list[Quotation] = []
    opened: Token | None = None
    closer = ""

    def close(end: int, token: int, closed: bool) -> None:
        nonlocal opened
        if opened is not None:
            start = opened.idx + len(opened)
            words = token - opened.i - 1
            if words > 0 and whole[start:end].strip():
                found.append(Quotation(start, end, closed, words))
        opened = None

    laid = layout(doc)
    for i, word in enumerate(laid.words):
        text = word.text
        if text not in MARKS and (opened is None or not (word.space or i - opened.i > LONGEST)):
            continue
        token = doc[i]
        if opened is not None and ((token.is_space and text.count("\n") > 1) or token.i - opened.i > LONGEST):
            close(token.idx, token.i, False)
        if opened is not None and text == "'" and closer == "''" and doc[token.i - 1].text == "''":
            # 'old school,'+'': the marks of an inner and an outer quotation in one.
            close(doc[token.i - 1].idx, token.i - 1, True)
        elif (
            opened is not None and (text == closer or (text == "”" and closer == '"')) and _closes(doc, token)
        ):
            close(token.idx, token.i, True)
        elif opened is not None and closer != "’" and text in {"‘", "'"}:
            continue
        elif opened is not None and text == "“" and closer in {"”", '"'} and _turned(doc, token):
            close(token.idx, token.i, True)
        elif text in OPEN and _opens(doc, token, text):
            close(token.idx, token.i, False)
            opened, closer = token, OPEN[text]
        elif text in STRAIGHT and _opens(doc, token, text):
            close(token.idx, token.i, False)
            opened, closer = token, text
    close(len(whole), len(doc), False)
    return found


def _opens(doc: Doc, token: Token, text: str) -> bool:
    """A straight mark opens where a word follows it directly and none stands directly before."""
    if text not in STRAIGHT and text != "‘":
        return True
    before = doc[token.i - 1] if token.i else None
    free = (
        before is None
        or before.is_space
        or bool(before.whitespace_)
        or before.text in {"(", "*", "[", "—", "–", "_", "-", ":"}
    )
    return free and not token.whitespace_ and token.i + 1 < len(doc) and not doc[token.i + 1].is_space


def _turned(doc: Doc, token: Token) -> bool:
    """An opening mark that stands where one closes: it follows a word directly, and a space follows it."""
    before = doc[token.i - 1] if token.i else None
    return before is not None and not before.is_space and not before.whitespace_ and bool(token.whitespace_)


def _closes(doc: Doc, token: Token) -> bool:
    """A straight mark closes unless it opens; a single one only after a mark or before a space."""
    if token.text in {'"', "''"}:
        return not _opens(doc, token, token.text)
    if token.text in {"’", "'"}:
        following = doc[token.i + 1] if token.i + 1 < len(doc) else None
        free = following is None or following.is_space or bool(token.whitespace_) or following.is_punct
        return free and not (
            doc[token.i - 1].lower_.endswith("s")
            and not doc[token.i - 1].is_punct
            and bool(token.whitespace_)
        )
    return True
