"""A Doc as the detectors see it: its words in parallel lists, made once and shared.

spaCy makes a token anew at every question and looks its text up in the vocabulary. Here each different
word is asked once, and each Doc is laid out once for all detectors that read it one after the other.
"""

from __future__ import annotations

import threading
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc, Token
from spacy.vocab import Vocab

from casualty_extract import wordorder
from casualty_extract.lexicon.phrases import folded
from casualty_extract.parsing import Near, Sentences

__all__ = [
    "HYPHENS",
    "Layout",
    "Reading",
    "Tokens",
    "Word",
    "chosen",
    "forget",
    "kind",
    "layout",
    "packed",
    "plain",
]

HYPHENS = frozenset("-‑–")
MARKS = frozenset(["“", "«", "``", '"'])
"""The marks that open a quotation."""
APOSTROPHES = frozenset("'’")
"""What is a genitive after some words and a mark after others."""
BLOCK = 10_000
"""How many tokens are laid out at a time."""
MOST_KEPT = 50_000
"""The longest Doc, in words, that is kept without its white space too: of a longer one memory is dearer."""
MOST_WORDS = 200_000
"""How many different words are remembered before all are forgotten: a bound for endless archives."""


class Word:
    """What is known of a word wherever it stands.

    Attributes:
        text: as it is written.
        lower: in lower case, as spaCy has it.
        folded: as the tables of the lexicon spell it.
        trimmed: the same without hyphens before it.
        number: it looks like a number, in digits or letters.
        space: it is white space.
        layout: it is white space or Markdown emphasis; see `wordorder.is_layout`.
        bare: it is white space or nothing but marks of emphasis.
        kind: its class as `wordorder.kind` gives it; None before it is asked for, and where it depends on
            the word before.
    """

    __slots__ = ("bare", "folded", "kind", "layout", "lower", "number", "space", "text", "trimmed")

    def __init__(self, token: Token) -> None:
        self.text = token.text
        self.lower = token.lower_
        self.folded = folded(self.text)
        self.number = token.like_num
        self.space = token.is_space
        self.layout = wordorder.is_layout(token)
        self.bare = self.space or not self.text.strip("*_")
        self.trimmed = self.folded.lstrip("-") or self.folded
        self.kind: str | None = None


def packed(numbers: NDArray[Any]) -> array[int]:
    """Pack numbers into an array that gives plain integers."""
    return array("i", numbers.astype("int32").tobytes())


def chosen(numbers: array[int], places: array[int]) -> array[int]:
    """Give the numbers at some places."""
    return packed(np.asarray(numbers)[np.asarray(places)])


def kind(token: Token) -> str:
    """Name the coarse class of a token as `wordorder.kind` does, each different word once."""
    text = token.text
    found = _KINDS.get(text)
    if found is None:
        found = "" if text in APOSTROPHES else wordorder.kind(token)
        if len(_KINDS) > MOST_WORDS:
            _KINDS.clear()
        _KINDS[text] = found
    return found or wordorder.kind(token)


_KINDS: dict[str, str] = {}


class Layout:
    """A Doc in parallel lists, white space included.

    Attributes:
        doc: the Doc.
        words: what is known of each token's word.
        starts: the offset at which each token starts.
        spaced: whether a space follows each token.
        opens: whether each token opens a sentence.
        sentence: the number of each token's sentence, counted from 0.
        firsts: the first token of each sentence.
    """

    def __init__(self, doc: Doc, words: dict[int, Word]) -> None:
        self.doc = doc
        self.words: list[Word] = []
        column: Any = doc.to_array("ORTH")
        for first in range(0, len(doc), BLOCK):
            orths: list[int] = column[first : first + BLOCK].tolist()
            if not words.keys() >= set(orths):
                for i, orth in enumerate(orths, first):
                    if orth not in words:
                        words[orth] = Word(doc[i])
            self.words += map(words.__getitem__, orths)
        # One column at a time, and arrays in place of lists of numbers, which take ten times as much: that
        # tells in texts of megabytes.
        opening: Any = np.asarray(doc.to_array("SENT_START")) == 1
        if len(doc):
            opening[0] = True
        self.starts = packed(np.asarray(doc.to_array("IDX")))
        self.spaced = np.asarray(doc.to_array("SPACY")).astype("int8").tobytes()
        self.opens = opening.astype("int8").tobytes()
        self.sentence = packed(opening.cumsum() - 1)
        self.firsts: list[int] = opening.nonzero()[0].tolist()

    def __len__(self) -> int:
        return len(self.words)

    @cached_property
    def text(self) -> str:
        """The text of the Doc."""
        blocks: list[str] = []
        for first in range(0, len(self.words), BLOCK):
            end = first + BLOCK
            pairs = zip(self.words[first:end], self.spaced[first:end], strict=True)
            blocks.append("".join([word.text + " " if space else word.text for word, space in pairs]))
        return "".join(blocks)

    @cached_property
    def kinds(self) -> list[str]:
        """The class of each token."""
        return [word.kind or self.kind(i) for i, word in enumerate(self.words)]

    @cached_property
    def quotations(self) -> tuple[tuple[int, int], ...]:
        """The stretches in quotation marks, as characters; see `wordorder.quoted`."""
        words, starts = self.words, self.starts
        if MARKS.isdisjoint([word.text for word in words]):
            return ()
        found = wordorder.quoted([word.text for word in words])
        return tuple((starts[a], starts[b - 1] + len(words[b - 1].text)) for a, b in found)

    def kind(self, i: int) -> str:
        """Give the class of one token; ask for `kinds` where most of them are needed."""
        word = self.words[i]
        if word.kind is not None:
            return word.kind
        found = kind(self.doc[i])
        if word.text not in APOSTROPHES:
            word.kind = found
        return found

    def ahead(self, i: int, limit: int) -> list[int]:
        """Give the next tokens of the sentence, as `wordorder.ahead` does."""
        words, opens, found = self.words, self.opens, list[int]()
        for k in range(i + 1, min(len(words), i + 1 + limit + wordorder.LAYOUT)):
            if opens[k]:
                break
            if not words[k].layout:
                found.append(k)
                if len(found) == limit:
                    break
        return found

    def back(self, i: int, limit: int) -> list[int]:
        """Give the tokens of the sentence before one, the nearest first, as `wordorder.back` does."""
        words, opens, found, k = self.words, self.opens, list[int](), i
        while k > 0 and i - k < limit + wordorder.LAYOUT and not opens[k]:
            k -= 1
            if not words[k].layout:
                found.append(k)
                if len(found) == limit:
                    break
        return found

    def lowers(self, places: Iterable[int]) -> list[str]:
        """Give the words at some places in lower case."""
        return [self.words[i].lower for i in places]

    def sentence_at(self, offset: int) -> int:
        """Give the number of the sentence that holds an offset."""
        return self.sentence[bisect_right(self.starts, offset) - 1]

    def sentences(self) -> Sentences:
        """Give the text and its sentences by character."""
        return Sentences([self.starts[i] for i in self.firsts], self.text)

    def bounds(self, sentence: int) -> tuple[int, int]:
        """Give the tokens at which a sentence starts and ends."""
        following = sentence + 1
        end = self.firsts[following] if following < len(self.firsts) else len(self.words)
        return self.firsts[sentence], end


class _Kept(threading.local):
    """The Doc laid out last by a thread, and the words seen."""

    layout: Layout | None = None
    reading: Reading | None = None
    signature: bytes = b""
    vocab: Vocab | None = None
    words: dict[int, Word]


_KEPT = _Kept()


def layout(doc: Doc) -> Layout:
    """Lay a Doc out; the last one is kept, and made anew where its words or sentences have changed."""
    # Words change only together with their number: by a retokenizer.
    column: Any = np.asarray(doc.to_array("SENT_START"))
    signature = column.astype("int8").tobytes()
    kept = _KEPT.layout
    if kept is not None and kept.doc is doc and _KEPT.signature == signature:
        return kept
    if _KEPT.vocab is not doc.vocab or len(_KEPT.words) > MOST_WORDS:
        _KEPT.vocab, _KEPT.words = doc.vocab, {}
    made = Layout(doc, _KEPT.words)
    _KEPT.layout, _KEPT.reading, _KEPT.signature = made, None, signature
    return made


def forget() -> None:
    """Let go of the Doc that was laid out last."""
    _KEPT.layout = _KEPT.reading = None


def plain(doc: Doc) -> Reading:
    """Read a Doc without its white space; the last one is kept as its layout is."""
    laid = layout(doc)
    if _KEPT.reading is not None and _KEPT.layout is laid:
        return _KEPT.reading
    made = Reading(doc)
    if len(made) <= MOST_KEPT:
        _KEPT.reading = made
    return made


class Tokens:
    """Some tokens of a Doc, made when they are asked for."""

    def __init__(self, doc: Doc, places: Sequence[int]) -> None:
        self._doc = doc
        self._places = places

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, i: int) -> Token: ...

    @overload
    def __getitem__(self, i: slice) -> list[Token]: ...

    def __getitem__(self, i: int | slice) -> Token | list[Token]:
        if isinstance(i, slice):
            return [self._doc[place] for place in self._places[i]]
        return self._doc[self._places[i]]


class Reading:
    """A Doc without its white space: the tokens, how the tables spell them, and their sentences."""

    def __init__(self, doc: Doc) -> None:
        laid = layout(doc)
        self.text = laid.text
        words, sentence = laid.words, laid.sentence
        kept = packed(np.flatnonzero([not word.space for word in words]))
        self._laid, self._kept = laid, kept
        self.tokens = Tokens(laid.doc, kept)
        self.texts: list[str] = [words[i].text for i in kept]
        self.lower: list[str] = [words[i].folded for i in kept]
        self.sentence = chosen(sentence, kept)

    def __len__(self) -> int:
        return len(self.lower)

    def sentences_near(self, margin: int) -> Iterator[int]:
        """Give the sentences in the windows of the Doc, or so many characters from one."""
        near, laid = Near(self._laid.doc, margin), self._laid
        for number, first in enumerate(laid.firsts):
            end = laid.bounds(number)[1]
            stop = laid.starts[end] if end < len(laid.starts) else laid.starts[-1] + 1
            if near.touches(laid.starts[first], stop):
                yield number

    def is_number(self, i: int) -> bool:
        """Tell whether token i looks like a number."""
        return self._laid.words[self._kept[i]].number

    def beside(self, i: int, j: int) -> bool:
        """Tell whether token j exists and stands in the sentence of token i."""
        return 0 <= j < len(self.lower) and self.sentence[i] == self.sentence[j]

    def opens_sentence(self, i: int) -> bool:
        """Tell whether token i is the first of its sentence, quotation marks and emphasis aside."""
        while self.beside(i, i - 1):
            i -= 1
            if self.texts[i].isalnum():
                return False
        return True

    def joined(self, i: int) -> bool:
        """Tell whether token i runs into the next one without any space, as in "off-"."""
        following = i + 1
        if following >= len(self.lower):
            return False
        laid, here = self._laid, self._kept[i]
        return laid.starts[here] + len(laid.words[here].text) == laid.starts[self._kept[following]]

    def hyphenated(self, i: int) -> bool:
        """Tell whether token i is a hyphen that joins its neighbours."""
        return self.lower[i] == "-" and (
            self.texts[i] in HYPHENS and self.beside(i, i - 1) and self.joined(i) and self.joined(i - 1)
        )

    def word_start(self, last: int) -> int:
        """Give the first token of the hyphenated word that ends at a token: "off" of "off-duty"."""
        floor = last - 12
        while last > max(1, floor) and self.hyphenated(last - 1) and self.beside(last, last - 2):
            last -= 2
        return last

    def characters(self, first: int, end: int) -> tuple[int, int]:
        """Give the character offsets of an interval of tokens."""
        last = self.tokens[end - 1]
        return self.tokens[first].idx, last.idx + len(last.text)
