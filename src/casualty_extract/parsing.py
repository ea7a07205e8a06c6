"""Raw text to tokens and sentences.

The tokenizer is spaCy's own English one with two guards against runs of characters without a space
(see `guard`). Sentences are found by rule, for news as it comes: quotation marks after the full
stop, abbreviations and initials, paragraphs, headings without a full stop, hard-wrapped lines.
A pipeline that already set sentence boundaries, such as a user's parser, keeps them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup, Token
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

from casualty_extract.facts import Facts, attach
from casualty_extract.records import sanitise

__all__ = [
    "Near",
    "guard",
    "is_wrapped",
    "mark_sentences",
    "mark_windows",
    "prepare",
    "sanitise",
    "windows",
]

LONGEST_TEXT = 1_000_000_000
"""The longest text that is read, in code points."""
LONGEST_SENTENCE = 400
"""The longest sentence, in tokens. News has none so long; what has no full stop in so many tokens is a
list or a table, and is cut so that each claim's evidence stays short."""
WINDOWS = "casualty.windows"
"""The span group that holds the windows; without it an article is read whole."""


# Both patterns name substrings that spaCy is to take as one token without looking for prefixes and
# suffixes in them. Its search for those is quadratic in the length of a run without spaces: 20,000
# opening brackets took a minute and a half without this.
LONG_RUN = re.compile(r"\S{64,}\Z|[^\w\s]{8,}\Z")

LINE_END = re.compile(r"(?<=[^\n])\n[ \t]*(\S)")
"""A line end within a paragraph, with the first letter of the next line."""
SIGN = r"[~≈≤≥](?=[0-9])"
"""What stands for "about" and "at least" right before a number."""
UNSEEN = "[\u200b-\u200f\u202a-\u202e\u2060\ufeff]"
"""Zero-width and direction characters."""
LINK = r"\]\("
"""The middle of a Markdown link, between its text and its address."""

# Full stops after these do not end a sentence, whatever follows. Ranks and titles stand before
# names; the months and "No." before figures. Words such as "Inc." or "a.m." can end one: see below.
BEFORE_NAMES = frozenset(
    """adm. amb. brig. capt. cmdr. col. cpl. det. dr. fr. gen. gov. hon. insp. lt. maj. messrs. mr.
    mrs. ms. mt. pfc. pres. prof. pvt. rep. reps. rev. sen. sens. sgt. spc. spec. st. supt. vs. v.
    no. nos. approx. art. fig. al. e.g. i.e. cf. viz. jan. feb. mar. apr. jun. jul. aug. sep. sept.
    oct. nov. dec. u.n.""".split()
)
# The same, but only with a capital: "sat." and "sun." are words too.
WEEKDAYS = frozenset("Mon. Tue. Tues. Wed. Thu. Thur. Thurs. Fri. Sat. Sun.".split())
# These may end a sentence, and do where a capital follows that is not itself such a short form.
MAY_END = frozenset("u.s. u.k. d.c. a.m. p.m. inc. ltd. co. corp. jr. sr. etc. n.y. calif. fla.".split())
CLOSERS = frozenset("\"'”’»)]*_")
OPENERS = frozenset("\"'“‘«([*_-–—")
NO_START = 2**64 - 1
"""How spaCy's unsigned arrays write -1: the token starts no sentence."""
BLOCK = 10_000
"""How many tokens are looked through at a time."""
MARKS = 8
"""How many quotation marks and brackets in a row are looked through at a sentence's end."""
FINAL = frozenset({".", "!", "?", "…", "...", ".."})


def guard(nlp: Language) -> None:
    """Make a tokenizer safe against runs of characters without spaces, and lift the length limit.

    spaCy refuses texts of more than a million characters because its neural components need much
    memory for them; the stages here do not.
    """
    tokenizer: Any = nlp.tokenizer
    before = tokenizer.token_match
    # A pattern's own method, not a closure: spaCy saves the tokenizer by the pattern behind it.
    patterns = [LONG_RUN.pattern, *([before.__self__.pattern] if before is not None else [])]
    tokenizer.token_match = re.compile("|".join(f"(?:{p})" for p in patterns)).match
    nlp.max_length = LONGEST_TEXT
    # Zero-width characters stick to words in text taken from web pages; they are tokens of their own.
    defaults: Any = nlp.Defaults
    tokenizer.prefix_search = compile_prefix_regex([*(defaults.prefixes or []), UNSEEN, SIGN]).search
    tokenizer.suffix_search = compile_suffix_regex([*(defaults.suffixes or []), UNSEEN]).search
    tokenizer.infix_finditer = compile_infix_regex([*(defaults.infixes or []), UNSEEN, LINK]).finditer


class Sentences:
    """The text of a Doc and its sentences by character: which holds an offset, where it starts and ends.

    Args:
        starts: the offsets at which the sentences start.
        text: the whole text.
    """

    def __init__(self, starts: list[int], text: str) -> None:
        self.starts = starts
        self.text = text

    def index(self, offset: int) -> int:
        """Give the number of the sentence that holds an offset, counted from 0."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def bounds(self, offset: int) -> tuple[int, int]:
        """Give the offsets at which the sentence that holds an offset starts and ends."""
        if not self.starts:
            return 0, len(self.text)
        i = self.index(offset)
        return self.starts[i], self.starts[i + 1] if i + 1 < len(self.starts) else len(self.text)


def prepare(nlp: Language, text: str, known: Facts) -> Doc:
    """Tokenize one article and attach what is known of it. The components have not run yet."""
    doc = nlp.make_doc(sanitise(text))
    attach(doc, known)
    return doc


def mark_windows(doc: Doc, bounds: Iterable[tuple[int, int]]) -> None:
    """Leave on a Doc the stretches of tokens that can bear on a claim; see `windows`."""
    spans = [Span(doc, start, end, label="window") for start, end in bounds]
    doc.spans[WINDOWS] = SpanGroup(doc, name=WINDOWS, spans=spans)


def windows(doc: Doc) -> list[tuple[int, int]] | None:
    """Give the stretches of a Doc that can bear on a claim, in characters.

    They are sentences, in order. None says that nothing was screened: everything is to be read.
    """
    if WINDOWS not in doc.spans:
        return None
    return [(span.start_char, span.end_char) for span in doc.spans[WINDOWS]]


class Near:
    """The stretches of a text in which something can bear on a claim; without windows all of it.

    Args:
        doc: the Doc with its windows.
        margin: how many characters around each window belong to it.
    """

    def __init__(self, doc: Doc, margin: int = 0) -> None:
        found = windows(doc)
        self._all = found is None
        self._starts = [start - margin for start, _ in found or ()]
        self._ends = [end + margin for _, end in found or ()]

    def touches(self, start: int, end: int) -> bool:
        """Tell whether a stretch shares a character with a window."""
        i = bisect_right(self._ends, start)
        return self._all or (i < len(self._starts) and self._starts[i] < end)


def mark_sentences(doc: Doc, wrapped: bool | None = None) -> Doc:
    """Mark where sentences start, unless an earlier component did.

    Args:
        doc: the Doc.
        wrapped: whether its single line ends are only layout; looked up in its text where it is None.
    """
    if len(doc) == 0 or doc.has_annotation("SENT_START"):
        return doc
    candidates = _candidates(doc)
    if wrapped is None:
        wrapped = bool(candidates) and is_wrapped(doc.text)
    starts = [0, *(i for i in candidates if _breaks_before(doc, i, wrapped))]
    # Set in one go: the setter of a single token looks over the whole Doc each time.
    column: Any = doc.to_array(["SENT_START"])
    column[:] = NO_START
    column[_cut(starts, len(doc))] = 1
    doc.from_array(["SENT_START"], column)
    return doc


def _candidates(doc: Doc) -> list[int]:
    """Give the tokens before which a sentence can end."""
    column: Any = doc.to_array("ORTH")
    if len(_ENDING[0]) > MOST_WORDS:
        # Another thread may still be reading the old ones.
        _ENDING[0] = {}
    strings, ending, found = doc.vocab.strings, _ENDING[0], list[int]()
    for first in range(0, len(doc), BLOCK):
        orths: list[int] = column[first : first + BLOCK].tolist()
        for orth in set(orths):
            if orth not in ending:
                ending[orth] = _may_end(strings[orth])
        found += [i for i, orth in enumerate(orths, first + 1) if ending[orth]]
    if found and found[-1] == len(doc):
        found.pop()
    return found


_ENDING: list[dict[int, bool]] = [{}]
"""Whether a sentence can end with a word, by its number, which is the same in every vocabulary."""
MOST_WORDS = 200_000
"""How many words are remembered before all are forgotten."""


def _may_end(text: str) -> bool:
    """Tell whether a sentence can end with a token: a cheap test that spares most tokens the others."""
    return text[-1:] in {".", "!", "?", "…"} or text in CLOSERS or text.isspace()


def _cut(starts: list[int], length: int) -> list[int]:
    """Start a new sentence wherever one would grow over the longest."""
    found: list[int] = []
    for start, end in pairwise([*starts, length]):
        found.extend(range(start, end, LONGEST_SENTENCE))
    return found


def is_wrapped(text: str) -> bool:
    """Tell whether single line ends are only layout: a good part of them is followed by lower case."""
    lower = count = taken = 0
    for found in LINE_END.finditer(text):
        # A line of one letter is asked about once, as the end of one line or the start of the next.
        if found.start() > taken:
            taken = found.end()
            count += 1
            lower += found[1].islower()
    return count >= 2 and lower >= 0.25 * count


def _breaks_before(doc: Doc, i: int, wrapped: bool) -> bool:
    token, previous = doc[i], doc[i - 1]
    if token.is_space:
        return False
    if previous.is_space and "\n" in previous.text:
        lines = previous.text.count("\n")
        if lines > 1 or not wrapped:
            return True
    j = i - 1
    while j >= 0 and i - j < MARKS and doc[j].is_space:
        j -= 1
    # An opening mark belongs to the sentence that it opens: the break stands before it, not after.
    if j < 0 or (doc[j].text in OPENERS and doc[j].text not in CLOSERS):
        return False
    closed = False
    last = j
    while j > 0 and last - j < MARKS and doc[j].text in CLOSERS and not doc[j - 1].is_space:
        j -= 1
        closed = True
    if token.text in CLOSERS and not _opens(doc, i):
        return False
    if closed and not _spaced(doc, i):
        return False
    return _is_final(doc, j, i)


def _opens(doc: Doc, i: int) -> bool:
    """A mark that can open or close opens where a space stands before it and none after."""
    spaced_before = _spaced(doc, i)
    return doc[i].text in OPENERS and spaced_before and not doc[i].whitespace_


def _spaced(doc: Doc, i: int) -> bool:
    return bool(doc[i - 1].whitespace_) or doc[i - 1].is_space


def _is_final(doc: Doc, j: int, i: int) -> bool:
    """Tell whether token j ends a sentence, given that token i may start the next."""
    last, following = doc[j], doc[i]
    k = i
    while k < len(doc) - 1 and k - i < MARKS and doc[k].text in OPENERS:
        k += 1
    starts = doc[k]
    lower = last.lower_
    if last.text in FINAL:
        if k > i and following.text in OPENERS and _spaced(doc, i) and not starts.is_space:
            # A quotation that starts after a full stop starts a sentence, also with "[of these]".
            return j + 1 < i or not _is_initial(doc, j)
        if j + 1 < i or last.text in {"!", "?"}:
            return not starts.text[:1].islower()
        if j > 0 and _is_initial(doc, j):
            return False
        return not starts.text[:1].islower() and _spaced(doc, i)
    if lower in BEFORE_NAMES or last.text in WEEKDAYS or not lower.endswith("."):
        # A footnote or a bracket may hang on the full stop: "in 2008.[3] The group".
        return False
    if re.fullmatch(r"(?:[a-z]\.)+", lower) and len(lower) == 2:
        return False
    if lower in MAY_END or re.fullmatch(r"(?:[a-z]\.)+", lower):
        return _starts_anew(starts) and following.text != "."
    return starts.text[:1].isupper() and not _is_short_form(last)


def _is_initial(doc: Doc, j: int) -> bool:
    """The full stop after one capital letter, as in "John P. Smith"."""
    before = doc[j - 1]
    return (before.is_upper and len(before.text) == 1 and not before.whitespace_ and before.text != "I") or (
        _is_short(before) and not before.whitespace_
    )


def _is_short(word: Token) -> bool:
    return word.lower_ + "." in BEFORE_NAMES or word.text + "." in WEEKDAYS


def _is_short_form(token: Token) -> bool:
    return len(token.text) <= 5 and token.text[:1].isupper()


def _starts_anew(token: Token) -> bool:
    """After "U.S." a new sentence starts with a function word in capitals, as "The", "In", "It"."""
    return token.text[:1].isupper() and token.lower_ in {
        "the", "a", "an", "in", "it", "he", "she", "they", "we", "on", "at", "but", "and", "this",
        "that", "these", "there", "after", "according", "officials", "police", "its", "his", "her",
    }  # fmt: skip
