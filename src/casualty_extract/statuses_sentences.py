"""Reads the layout of a sentence: its clauses, where what a source says turns, and noun phrases.

*Finds* the three clauses of "Nine were credible, five were not, and 12 reports are still open", the turn
before "but said", the figure that "31 open reports" starts with.
*Leaves alone* commas and "and" inside a list: "40 farmers, and two guards".
*Marks* nothing; `statuses` asks it how far a sign reaches.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cached_property

from spacy.tokens import Doc

from casualty_extract import wordorder
from casualty_extract.parsing import Near
from casualty_extract.reading import Layout, Tokens, layout

__all__ = ["QUALIFIERS", "SAYING", "TURNS", "Sentence", "sentences"]

SAYING = frozenset(
    """said say says indicated indicate indicates suggested suggest suggests claimed claim put speak spoke
    told reported reports added""".split()
)
QUALIFIERS = frozenset(
    """up to at least most more than about around over some nearly almost as many fewer another""".split()
)
QUANTIFIERS = frozenset(
    """a an the no some all any those these of their its his her total""".split(),
)
BREAKS = frozenset({"which", "who", "whom", "while", "although", "though", "whereas", "because"})
TURNS = frozenset({"but", "while", "though", "although", "whereas"})
DASHES = frozenset({"—", "–", "--"})
HYPHENS = frozenset({"-", "‑"})
REACH = 120
"""The tokens in which a turn is looked for."""


def sentences(doc: Doc) -> Iterator[Sentence]:
    """Give the sentences of a text that have words; of a Doc with windows, those that can bear on them."""
    laid, near = layout(doc), Near(doc)
    words, opened = laid.words, [start for start, _ in laid.quotations]
    for number in range(len(laid.firsts)):
        first, end = laid.bounds(number)
        start, stop = laid.starts[first], laid.starts[end - 1] + len(words[end - 1].text)
        # A quotation that opens here may run on into a window.
        inside = range(bisect_left(opened, start), bisect_right(opened, stop))
        if not near.touches(start, max([stop, *(laid.quotations[q][1] for q in inside)])):
            continue
        places = [
            i for i in range(first, end) if not words[i].space and words[i].text not in {"*", "_", "**"}
        ]
        if places:
            yield Sentence(laid, places)


class Sentence:
    """One sentence without white space and emphasis."""

    def __init__(self, laid: Layout, places: list[int]) -> None:
        self.tokens = Tokens(laid.doc, places)
        self.lower = [laid.words[i].folded for i in places]
        self._laid = laid
        self._places = places

    def __len__(self) -> int:
        return len(self.tokens)

    @property
    def last(self) -> int:
        """The number of the last token."""
        return len(self.tokens) - 1

    def start(self, i: int) -> int:
        """Where token i starts in the text."""
        return self._laid.starts[self._places[i]]

    def end(self, i: int) -> int:
        """Where token i ends in the text."""
        place = self._places[i]
        return self._laid.starts[place] + len(self._laid.words[place].text)

    @cached_property
    def kinds(self) -> list[str]:
        """The class of each token, as `wordorder.kind` gives it."""
        return [self._laid.kinds[i] for i in self._places]

    def kind(self, i: int) -> str:
        """The class of a token, and nothing beyond the sentence."""
        return self.kinds[i] if 0 <= i < len(self.tokens) else ""

    def word(self, i: int) -> str:
        """The folded word of a token, and nothing beyond the sentence."""
        return self.lower[i] if 0 <= i < len(self.tokens) else ""

    def auxiliaries(self, i: int) -> set[str]:
        """The auxiliaries, adverbs and negations directly before a verb."""
        passed: set[str] = set()
        for j in range(i - 1, max(-1, i - 6), -1):
            if self.kinds[j] not in {"aux", "adv"} and self.lower[j] not in wordorder.NEGATIONS | {"further"}:
                break
            passed.add(self.lower[j])
        return passed

    def clause(self, i: int) -> tuple[int, int]:
        """The first and last token of the clause that token i stands in."""
        return self._clauses[self._clause_of[i]]

    def turn(self, i: int) -> int:
        """The last token of what a source says from token i on: the sentence, or where it turns."""
        for j in range(i + 1, min(len(self.tokens), i + REACH)):
            low = self.lower[j]
            if self.tokens[j].text == ";" or low in TURNS:
                return j - 1
            if low != "and":
                continue
            apart = self.tokens[j - 1].text == "," and self.opens_clause(j + 1)
            if self.word(j + 1) in SAYING or (apart and SAYING & set(self.lower[j + 1 : j + 8])):
                return j - 1
        return self.last

    def phrase_start(self, i: int) -> int:
        """The first token of the phrase with a figure that token i stands in or follows."""
        first = i
        for j in range(i - 1, max(-1, i - 7), -1):
            if self.kinds[j] == "num":
                return j
            if self.lower[j] in QUANTIFIERS:
                first = j
            elif self.kinds[j] not in {"word", "part", "adv", "punct"} or self.tokens[j].text in {
                ",",
                ";",
                ":",
            }:
                break
        return first

    def next_figure(self, i: int) -> int:
        """The figure or first noun after token i: "closed out two", "the assessment of 47"."""
        j = i + 1
        while j < self.last and (self.kinds[j] == "det" or self.lower[j] in {"remaining", "total", "of"}):
            j += 1
        return min(j, self.last)

    def opens_clause(self, i: int, within: int = 9) -> bool:
        """Tell whether a subject and a finite verb follow: ", five were assessed", "and 16 were"."""
        while self.word(i) in QUALIFIERS:
            i += 1
        if self.kind(i) not in {"num", "det", "word", "pron"}:
            return False
        for j in range(i + 1, min(len(self.tokens), i + within)):
            if self.kinds[j] in {"aux", "verb"}:
                return True
            if self.kinds[j] in {"punct", "sconj", "conj"} and self.tokens[j].text not in HYPHENS:
                return False
        return False

    @cached_property
    def _clauses(self) -> list[tuple[int, int]]:
        """The sentence cut where a new clause with a verb of its own starts."""
        found, start, seen = [], 0, False
        for i in range(len(self.tokens)):
            if i > start and self._divides(i, seen):
                found.append((start, i - 1))
                start, seen = i, False
            active = self.lower[i].endswith("ed") and self.kind(i - 1) in {"adv", "pron", "word"}
            seen = seen or self.kinds[i] in {"aux", "verb"} or (active and i > start)
        return [*found, (start, self.last)]

    @cached_property
    def _clause_of(self) -> list[int]:
        return [n for n, (first, last) in enumerate(self._clauses) for _ in range(first, last + 1)]

    def _divides(self, i: int, seen: bool) -> bool:
        text, low = self.tokens[i].text, self.lower[i]
        if text in DASHES | {";", ":"} or low in BREAKS:
            return True
        if not seen:
            return False
        if text == ",":
            return self.opens_clause(i + 1 + (self.word(i + 1) in {"and", "but"}))
        return low in {"and", "but", "as"} and self.opens_clause(i + 1, within=5)
