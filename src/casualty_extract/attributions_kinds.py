"""Tells what kind of source a phrase names, from the words of the lexicon.

*Finds* the police in "Harbour police Capt. Karim", the ministry in "a spokesman for the Interior
Ministry", no single kind in "police and hospital officials".
*Leaves alone* names that no word explains.
*Marks* nothing; the other parts of `attributions` read sentences as the `Line` that is made here.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import NamedTuple

from pydantic import Field
from spacy.tokens import Doc

from casualty_extract import lexicon, wordorder
from casualty_extract.reading import Layout, Tokens, layout
from casualty_extract.records import SourceKind

__all__ = [
    "TIMES",
    "Found",
    "Index",
    "Kind",
    "Line",
    "Noun",
    "Phrase",
    "index",
    "is_name",
    "kind_of",
    "lines",
    "match",
    "matches",
    "noun_at",
    "starting",
]

TIMES = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may june july
    august september october november december jan. feb. aug. sept. oct. nov. dec. today yesterday
    tonight week weekend month year night morning afternoon evening noon hour hours
    day""".split()
)
# Base forms that often stand before a speaker and would pass for a noun: "to hear Karim tell".
PLAIN_VERBS = frozenset({"hear", "show", "see", "know", "hope", "want", "help", "let"})
# Nouns whose ending is that of an adverb or a verb.
NO_ADVERBS = frozenset({"peacekeeping", "family", "weekly", "daily", "monthly", "assembly", "ally", "tally"})

SHORTENED = frozenset({"'ve", "'ll", "'re", "'d"})
RECLASSED = SHORTENED | PLAIN_VERBS | NO_ADVERBS | {"that", "us", "who", "is", "it", "may", "will", "march"}
"""Words that need a second look, as those with a capital and behind a hyphen do."""

Index = Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
"""Words of a table by their first token: the tokens, and the row's key; the longest first."""

HYPHENS = frozenset("-‑")


class Kind(lexicon.Row):
    """A row of [kinds]: what sort of source a word names."""

    kind: SourceKind
    forms: list[str] = Field(default=[])
    weak: bool = False
    person: bool = False


class Noun(lexicon.Row):
    """A row of [nouns]: what a source issues and what then speaks for it."""

    kind: SourceKind | None = None


class Line:
    """One sentence without white space, emphasis and link marks, with the word class of each token."""

    def __init__(self, laid: Layout, places: list[int]) -> None:
        words = [laid.words[i] for i in places]
        self.texts = [word.text for word in words]
        self.lower = [word.lower.replace("’", "'") for word in words]
        self._text = laid.text
        self._plain = [laid.kinds[i] for i in places]
        self._laid = laid
        self._places: array[int] = array("i", places)
        self.tokens = Tokens(laid.doc, self._places)

    @cached_property
    def kinds(self) -> list[str]:
        """The class of each token as `wordorder.kind` gives it, with names taken for words."""
        titled, hyphen = self.titled, False
        found: list[str] = []
        for i, (text, lower) in enumerate(zip(self.texts, self.lower, strict=True)):
            plain = not (hyphen or lower in RECLASSED or (text[0].isupper() and not titled))
            found.append(self._plain[i] if plain else _class(self, i, titled))
            hyphen = text in HYPHENS
        return found

    def class_of(self, i: int) -> str:
        """Give one of the `kinds`; for lines of which few are asked."""
        text = self.texts[i]
        hyphened = i > 0 and self.texts[i - 1] in HYPHENS
        plain = not (hyphened or self.lower[i] in RECLASSED or (text[0].isupper() and not self.titled))
        return self._plain[i] if plain else _class(self, i, self.titled)

    @cached_property
    def first_verbal(self) -> int:
        """The first token that makes a clause of what stands around it; the length where none does."""
        found = (i for i, what in enumerate(self.kinds) if what in {"verb", "aux", "part"})
        return next(found, len(self.texts))

    @cached_property
    def first_solid(self) -> int:
        """The first token that is more than an adverb, a conjunction or a mark."""
        found = (i for i, what in enumerate(self.kinds) if what not in {"adv", "conj", "punct"})
        return next(found, len(self.texts))

    @cached_property
    def first_figure(self) -> int:
        """The first number; the length where there is none."""
        return next((i for i, what in enumerate(self.kinds) if what == "num"), len(self.texts))

    @cached_property
    def first_comma(self) -> int:
        """The first comma; the length where there is none."""
        return self.texts.index(",") if "," in self.texts else len(self.texts)

    @cached_property
    def titled(self) -> bool:
        """Whether most words have a capital, as in a headline."""
        long = [text for text in self.texts if len(text) > 3 and text.isalpha()]
        return sum(text.islower() for text in long) * 3 <= len(long)

    def __len__(self) -> int:
        return len(self.texts)

    def kind(self, i: int) -> str:
        """Give the class of token i as it is anywhere."""
        return self._plain[i]

    def spaced(self, i: int) -> bool:
        """Tell whether a space follows token i."""
        return bool(self._laid.spaced[self._places[i]])

    def text(self, first: int, last: int) -> str:
        """Give the text from one token to another, both included, with white space put in order."""
        stretch = self._text[self.start(first) : self.end(last)]
        return " ".join(stretch.replace("*", "").split())

    def start(self, i: int) -> int:
        """Where token i starts in the text."""
        return self._laid.starts[self._places[i]]

    def end(self, i: int) -> int:
        """Where token i ends in the text."""
        return self._laid.starts[self._places[i]] + len(self.texts[i])


@dataclass(frozen=True, slots=True)
class Phrase:
    """The phrase of a speaker: first and last token in the line, and appositions that tell more."""

    first: int
    last: int
    evidence: tuple[tuple[int, int], ...] = ()


class Found(NamedTuple):
    """What the words of a phrase say about the source."""

    kind: SourceKind
    weak: bool
    person: bool
    at: int
    last: int


def lines(doc: Doc) -> Iterator[Line]:
    """Give the sentences of a text as lines."""
    laid = layout(doc)
    words = laid.words
    for number in range(len(laid.firsts)):
        places = [
            i
            for i in range(*laid.bounds(number))
            if not words[i].space and words[i].text not in {"*", "_", "**"}
        ]
        yield Line(laid, _unlinked(laid, places))


def _unlinked(laid: Layout, places: list[int]) -> list[int]:
    """Take the marks and the address of links out: "[told](#)" is "told"."""
    texts = [laid.words[i].text for i in places]
    if "]" not in texts:
        return places
    dropped: set[int] = set()
    for i in range(len(places) - 2):
        if texts[i] == "]" and texts[i + 1] == "(" and not laid.spaced[places[i]]:
            end = next((j for j in range(i + 2, min(len(texts), i + 9)) if texts[j] == ")"), None)
            opening = next((j for j in range(i - 1, max(-1, i - 31), -1) if texts[j] == "["), None)
            if end is not None and opening is not None:
                dropped.update([opening, *range(i, end + 1)])
    return [place for i, place in enumerate(places) if i not in dropped] if dropped else places


def _class(line: Line, i: int, titled: bool) -> str:
    texts = line.texts
    text, lower = texts[i], line.lower[i]
    if text in {"US", "WHO", "IS", "IT"} or (i and text in {"May", "Will", "March"}):
        return "word"
    if i and texts[i - 1] in {"-", "‑"} and not line.spaced(i - 1) and text.isalpha():
        # "US-led", "Turkish-backed": the second half of a compound is no verb.
        return "word"
    if lower in NO_ADVERBS:
        return "word"
    if lower in SHORTENED:
        return "aux"
    if lower == "that":
        return "sconj"
    what = "verb" if lower in PLAIN_VERBS else line.kind(i)
    if i and text[:1].isupper() and not titled:
        # "Omar Said", "Bank Of Lagos": a capital inside a sentence makes a name of any word.
        joined = what in {"adp", "det", "sconj"} and texts[i - 1][:1].isupper()
        named = what == "adv" and texts[i - 1][:1].isupper() and line.kind(i - 1) == "word"
        return "word" if what == "verb" or joined or named else what
    return what


def index(keys: Iterable[tuple[str, str]]) -> Index:
    """Index spellings, given as (spelling, key of its row), by their first token."""
    rows: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for spelling, key in keys:
        words = tuple(re.findall(r"'s\b|[^\s\-']+|-|'", spelling.replace("’", "'")))
        rows.setdefault(words[0], []).append((words, key))
    return {first: tuple(sorted(found, key=lambda w: (-len(w[0]), w[1]))) for first, found in rows.items()}


def match(table: Index, line: Line, i: int) -> tuple[int, str] | None:
    """Find the longest entry of a table that starts at token i: its length in tokens and its key.

    An entry with a capital matches only as written; any other in any case.
    """
    if not _opens(table, line, i):
        return None
    text = line.texts[i].replace("’", "'")
    for first in (text, line.lower[i]) if text != line.lower[i] else (text,):
        for words, key in table.get(first, ()):
            cased = key != key.lower()
            size = len(words)
            if i + size > len(line):
                continue
            here = (
                [line.texts[j].replace("’", "'") for j in range(i, i + size)]
                if cased
                else line.lower[i : i + size]
            )
            if tuple(here) == words:
                return size, key
    return None


def _opens(table: Index, line: Line, i: int) -> bool:
    """Tell cheaply whether an entry of a table can start at token i."""
    return line.texts[i] in table or line.lower[i] in table or "’" in line.texts[i]


@cache
def _kinds() -> Index:
    spellings = []
    for key, row in lexicon.read("attributions", "kinds", Kind).items():
        spellings += [(form, key) for form in (key, *row.forms)]
        if key != key.lower() and key[:1].islower():
            spellings.append((key[:1].upper() + key[1:], key))
    return index(spellings)


@cache
def _nouns() -> Index:
    return index((key, key) for key in lexicon.read("attributions", "nouns", Noun))


def noun_at(line: Line, last: int) -> tuple[int, str] | None:
    """Find a word of [nouns] that ends at a token: its first token and its key."""
    for first in (last - 1, last):
        if first >= 0:
            found = match(_nouns(), line, first)
            if found and first + found[0] - 1 == last:
                return first, found[1]
    return None


def matches(line: Line, first: int, last: int) -> list[Found]:
    """Find the words of [kinds] between two tokens, both included."""
    rows, table = lexicon.read("attributions", "kinds", Kind), _kinds()
    found, end = list[Found](), first
    for i in range(first, last + 1):
        if i < end or not _opens(table, line, i):
            continue
        hit = match(table, line, i)
        if hit and i + hit[0] - 1 <= last:
            row = rows[hit[1]]
            found.append(Found(row.kind, row.weak, row.person, i, i + hit[0] - 1))
            end = i + hit[0]
    return found


def kind_of(line: Line, phrase: Phrase) -> Found | None:
    """Tell the kind of source: from the phrase before its first preposition, then from what follows."""
    weak: Found | None = None
    for first, last in ((phrase.first, phrase.last), *phrase.evidence):
        head_end = next((i for i in range(first + 1, last + 1) if line.kinds[i] == "adp"), last + 1)
        all_ = matches(line, first, last)
        head = [m for m in all_ if m.at < head_end]
        strong = [m for m in head if not m.weak]
        joined = any(line.kinds[i] == "conj" for i in range(first, head_end))
        if joined and len({m.kind for m in strong}) > 1 and any(m.weak for m in head):
            # "police and hospital officials" are of no one kind.
            return next(m for m in reversed(head) if m.weak)
        if strong:
            return strong[-1]
        tail = [m for m in all_ if m.at >= head_end and not m.weak]
        if tail:
            return tail[0]._replace(person=bool(head and head[-1].person))
        weak = weak or (head[-1] if head else None)
    return weak


def is_name(line: Line, first: int, last: int) -> bool:
    """Tell whether a stretch is a name alone: capitals, particles, initials, hyphens."""
    if first > last:
        return False
    for i in range(first, last + 1):
        token = line.tokens[i]
        if token.text[:1].isupper() or token.text.startswith("@"):
            continue
        if (
            line.lower[i] in wordorder.PARTICLES
            or token.text in {"-", "‑", ".", "'", "’"}
            or line.lower[i] == "'s"
        ):
            continue
        return False
    return line.texts[last][:1].isupper() or line.texts[last].startswith("@")


def starting(line: Line, i: int) -> int:
    """Give the length of the word of [kinds] that starts at a token, in tokens; none is 0."""
    hit = match(_kinds(), line, i)
    return hit[0] if hit else 0
