"""Reads the noun phrase of a speaker out of the words around a cue, and what kind of source it is.

*Finds* in "Jasim Uddin, a spokesperson for the fire service, told" the phrase "Jasim Uddin" with the
apposition as evidence; in "Iraqi police and hospital officials, speaking on condition of anonymity,
said" the phrase before the comma; in "said Laconia police Capt. William Clary" the phrase after.
*Leaves alone* phrases that no speaker stands in: "12 people reported missing".
*Marks* nothing; `attributions` asks it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from spacy.tokens import Doc, Token

from casualty_extract import lexicon, syntax
from casualty_extract.records import SourceKind

__all__ = [
    "CLOSERS",
    "OPENERS",
    "TIMES",
    "Found",
    "Index",
    "Kind",
    "Line",
    "Noun",
    "Phrase",
    "after",
    "before",
    "index",
    "is_name",
    "kind_of",
    "lines",
    "match",
    "noun_at",
    "strip",
]

CLOSERS = frozenset({"”", '"', "''", "»", "’"})
OPENERS = frozenset({"“", '"', "``", "«", "‘"})
DASHES = frozenset({"—", "–", "--", "―"})
TIMES = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may june july
    august september october november december jan. feb. aug. sept. oct. nov. dec. today yesterday
    tonight week weekend month year night morning afternoon evening noon hour hours
    day""".split()
)
BEFORE_TIMES = frozenset("on last this next late early earlier that same".split())
# After any noun these lead on inside the phrase; the soft ones only after a name or a word for a source,
# since "12 people in the area police said" is not one phrase.
LINKERS = frozenset("of for at from".split())
SOFT_LINKERS = frozenset("in near on with to by within inside under behind".split())
# Base forms that often stand before a speaker and would pass for a noun: "to hear Karim tell".
PLAIN_VERBS = frozenset("hear show see know hope want help let".split())
REACH = 45


class Kind(lexicon.Row):
    """A row of [kinds]: what sort of source a word names."""

    kind: SourceKind
    forms: list[str] = []
    weak: bool = False
    person: bool = False


class Noun(lexicon.Row):
    """A row of [nouns]: what a source issues and what then speaks for it."""

    kind: SourceKind | None = None


class Line:
    """One sentence without white space, emphasis and link marks, with the word class of each token."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.lower = [token.lower_.replace("’", "'") for token in tokens]
        self._kinds: list[str] = []

    @property
    def kinds(self) -> list[str]:
        """The class of each token as `syntax.kind` gives it, with names taken for words."""
        if not self._kinds:
            titled = self.titled
            self._kinds = [_class(self.tokens, i, titled) for i in range(len(self.tokens))]
        return self._kinds

    @property
    def titled(self) -> bool:
        """Whether most words have a capital, as in a headline."""
        long = [token for token in self.tokens if len(token) > 3 and token.is_alpha]
        return sum(token.text.islower() for token in long) * 3 <= len(long)

    def __len__(self) -> int:
        return len(self.tokens)

    def text(self, first: int, last: int) -> str:
        """Give the text from one token to another, both included, with white space put in order."""
        doc = self.tokens[first].doc
        stretch = doc.text[self.start(first) : self.end(last)]
        return " ".join(stretch.replace("*", "").split())

    def start(self, i: int) -> int:
        """Where token i starts in the text."""
        return self.tokens[i].idx

    def end(self, i: int) -> int:
        """Where token i ends in the text."""
        return self.tokens[i].idx + len(self.tokens[i])


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
    for sent in doc.sents:
        tokens = [t for t in sent if not t.is_space and t.text not in {"*", "_", "**"}]
        yield Line(_unlinked(tokens))


def _unlinked(tokens: list[Token]) -> list[Token]:
    """Take the marks and the address of links out: "[told](#)" is "told"."""
    texts = [t.text for t in tokens]
    dropped: set[int] = set()
    for i in range(len(tokens) - 2):
        if texts[i] == "]" and texts[i + 1] == "(" and not tokens[i].whitespace_:
            end = next((j for j in range(i + 2, min(len(texts), i + 9)) if texts[j] == ")"), None)
            opening = next((j for j in range(i - 1, max(-1, i - 31), -1) if texts[j] == "["), None)
            if end is not None and opening is not None:
                dropped.update([opening, *range(i, end + 1)])
    return [t for i, t in enumerate(tokens) if i not in dropped] if dropped else tokens


def _class(tokens: list[Token], i: int, titled: bool) -> str:
    token = tokens[i]
    text = token.text
    if text in {"US", "WHO", "IS", "IT"} or (i and text in {"May", "Will", "March"}):
        return "word"
    if i and tokens[i - 1].text in {"-", "‑"} and not tokens[i - 1].whitespace_ and token.is_alpha:
        # "US-led", "Turkish-backed": the second half of a compound is no verb.
        return "word"
    if token.lower_ in {"family", "weekly", "daily", "monthly", "assembly", "ally", "tally"}:
        return "word"
    if token.lower_ == "that":
        return "sconj"
    what = "verb" if token.lower_ in PLAIN_VERBS else syntax.kind(token)
    # "Omar Said": a capital inside a sentence makes a name of a verb.
    return "word" if what == "verb" and i and text[:1].isupper() and not titled else what


Index = Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
"""Words of a table by their first token: what follows it, and the row's key; the longest first."""


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
    text = line.tokens[i].text.replace("’", "'")
    for first in (text, line.lower[i]) if text != line.lower[i] else (text,):
        for words, key in table.get(first, ()):
            cased = key != key.lower()
            size = len(words)
            if i + size > len(line):
                continue
            here = (
                [line.tokens[j].text.replace("’", "'") for j in range(i, i + size)]
                if cased
                else line.lower[i : i + size]
            )
            if tuple(here) == words:
                return size, key
    return None


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


def _matches(line: Line, first: int, last: int) -> list[Found]:
    rows = lexicon.read("attributions", "kinds", Kind)
    found, i = [], first
    while i <= last:
        hit = match(_kinds(), line, i)
        if hit and i + hit[0] - 1 <= last:
            row = rows[hit[1]]
            found.append(Found(row.kind, row.weak, row.person, i, i + hit[0] - 1))
            i += hit[0]
        else:
            i += 1
    return found


def kind_of(line: Line, phrase: Phrase) -> Found | None:
    """Tell the kind of source: from the phrase before its first preposition, then from what follows."""
    weak: Found | None = None
    for first, last in ((phrase.first, phrase.last), *phrase.evidence):
        head_end = next((i for i in range(first + 1, last + 1) if line.kinds[i] == "adp"), last + 1)
        all_ = _matches(line, first, last)
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
            line.lower[i] in syntax.PARTICLES
            or token.text in {"-", "‑", ".", "'", "’"}
            or line.lower[i] == "'s"
        ):
            continue
        return False
    return line.tokens[last].text[:1].isupper() or line.tokens[last].text.startswith("@")


def _known(line: Line, i: int) -> bool:
    """A word that a source phrase can be built on: a name, or a word for a source or its papers."""
    if line.tokens[i].text[:1].isupper():
        return True
    return bool(_matches(line, max(0, i - 1), i)) or noun_at(line, i) is not None


def before(line: Line, last: int, *, deep: bool = True) -> Phrase | None:
    """Find the noun phrase that ends at a token."""
    if last < 0:
        return None
    if line.tokens[last].text in {")", "]"}:
        opening = next(
            (i for i in range(last, max(-1, last - 12), -1) if line.tokens[i].text in {"(", "["}), None
        )
        inner = before(line, opening - 1, deep=deep) if opening else None
        if inner is None or opening is None:
            return None
        return (
            Phrase(inner.first, last)
            if opening == last - 2
            else Phrase(inner.first, inner.last, ((opening + 1, last - 1),))
        )
    if line.kinds[last] not in {"word", "num"} and not (
        line.kinds[last] == "part" and last and line.kinds[last - 1] == "det"
    ):
        return None
    first, i = last, last
    floor = max(-1, last - REACH)
    while i > floor:
        what, step = line.kinds[i], 1
        if what in {"word", "poss"} or (what == "punct" and _joins(line, i)):
            first = i
        elif what == "num":
            first = i
        elif what == "part" and (
            i == last
            or i == 0
            or line.kinds[i - 1] in {"det", "poss", "conj", "punct", "adp"}
            or _cap(line, i - 1)
        ):
            first = i
        elif what == "det":
            first = i
            if i and line.kinds[i - 1] == "adp" and _links(line, i - 1):
                step = 2
                first = i - 1
            else:
                break
        elif what == "adp" and _links(line, i):
            first = i
        elif what == "conj" and deep and line.lower[i] in {"and", "or", "&"} and i:
            other = before(line, i - 1, deep=False)
            if other is None or not _bounded(line, other.first - 1):
                break
            return strip(line, Phrase(other.first, last))
        else:
            break
        i -= step
    for back in (3, 2, 1):
        # "Doctors Without Borders", "Save the Children": names that no phrase rule holds together.
        hit = match(_kinds(), line, first - back) if first >= back else None
        if hit and hit[0] > back:
            return Phrase(first - back, last)
    return strip(line, Phrase(first, last))


def _cap(line: Line, i: int) -> bool:
    return line.tokens[i].text[:1].isupper()


def _joins(line: Line, i: int) -> bool:
    """A hyphen inside a word, the full stop of a short form ("Capt."), an apostrophe."""
    text = line.tokens[i].text
    if text in {"-", "‑", "/", "'", "’", "–"}:
        return i > 0 and not line.tokens[i - 1].whitespace_ and not line.tokens[i].whitespace_
    return text == "." and i > 0 and len(line.tokens[i - 1]) <= 5 and _cap(line, i - 1)


def _links(line: Line, i: int) -> bool:
    if not i or line.kinds[i - 1] not in {"word", "poss"} or line.lower[i - 1] in TIMES:
        return False
    return line.lower[i] in LINKERS or (line.lower[i] in SOFT_LINKERS and _known(line, i - 1))


def _bounded(line: Line, i: int) -> bool:
    """Nothing that a phrase could depend on stands at i: the start, a mark, "that", "and"."""
    return (
        i < 0
        or line.kinds[i] in {"punct", "sconj", "conj", "adv"}
        or line.lower[i] in {"that", "of", "by", "to"}
    )


def strip(line: Line, phrase: Phrase) -> Phrase | None:
    """Take times, prepositions and conjunctions off the start of a phrase ("On Monday police")."""
    first = phrase.first
    while first <= phrase.last and (line.kinds[first] in {"adp", "conj", "poss", "punct"}):
        first += 1
    i = first
    while i < phrase.last and (
        line.kinds[i] == "det"
        or line.lower[i] in BEFORE_TIMES
        or line.lower[i] in TIMES
        or (i > first and line.kinds[i] == "num" and line.lower[i - 1] in TIMES)
    ):
        i += 1
        if line.lower[i - 1] in TIMES:
            first = i
    return Phrase(first, phrase.last, phrase.evidence) if first <= phrase.last else None


def after(line: Line, first: int) -> Phrase | None:
    """Find the noun phrase that starts at a token, with the apposition behind its comma as evidence."""
    last = i = first
    if first >= len(line):
        return None
    if line.kinds[first] == "pron":
        return Phrase(first, first)
    while i < min(len(line), first + REACH):
        what = line.kinds[i]
        fits = what in {"word", "poss"} or (what == "punct" and _joins(line, i) and i > first)
        fits = fits or (
            what in {"det", "num"} and (i == first or line.kinds[i - 1] in {"adp", "conj", "det"})
        )
        fits = fits or (
            what == "part"
            and i + 1 < len(line)
            and line.kinds[i + 1] == "word"
            and line.kinds[i - 1] != "word"
        )
        fits = fits or (
            what == "adp"
            and i > first
            and _links(line, i)
            and i + 1 < len(line)
            and line.kinds[i + 1] in {"word", "det", "num"}
        )
        fits = fits or (what == "conj" and i > first and i + 1 < len(line) and _known(line, i + 1))
        if what == "punct" and line.tokens[i].text == "(" and i > first:
            closing = next((j for j in range(i, min(len(line), i + 6)) if line.tokens[j].text == ")"), None)
            if closing:
                i = last = closing
                fits = True
        if (
            what == "word"
            and i > first
            and _cap(line, i - 1)
            and line.tokens[i].text.islower()
            and not _matches(line, i, min(i + 3, len(line) - 1))
            and not noun_at(line, i)
        ):
            # "Ana Ruiz threw": a verb that nothing marks as one.
            break
        if not fits or (line.lower[i] in TIMES and i > first and line.kinds[i - 1] != "adp"):
            break
        if what in {"word", "num"}:
            last = i
        i += 1
    while last > first and (line.lower[last] in TIMES and line.kinds[last - 1] == "adp"):
        last -= 2
    if (
        last < first
        or line.kinds[last] not in {"word", "num", "punct"}
        or (last == first and line.kinds[first] != "word")
    ):
        return None
    evidence: tuple[tuple[int, int], ...] = ()
    if last + 2 < len(line) and line.tokens[last + 1].text == ",":
        end = last + 2
        while end < min(len(line), last + 18) and line.kinds[end] != "punct":
            end += 1
        evidence = ((last + 2, end - 1),) if end > last + 2 else ()
    return Phrase(first, last, evidence)


def appositive(line: Line, comma: int) -> Phrase | None:
    """Find the speaker whose apposition or parenthesis closes with the comma before the cue."""
    parts: list[tuple[int, int]] = []
    end, i = comma - 1, comma - 1
    while i >= max(0, comma - REACH) and len(parts) < 6:
        if line.tokens[i].text in {",", "—", "–", "--"}:
            parts.append((i + 1, end))
            end = i - 1
        elif line.tokens[i].text in OPENERS | CLOSERS | {";", ":"} and line.kinds[i] != "poss":
            break
        i -= 1
    parts.append((i + 1, end))
    parts = [(a, b) for a, b in parts if a <= b]
    if len(parts) < 2:
        return None
    if is_name(line, *parts[0]):
        earlier = parts[1]
        return Phrase(*parts[0], (earlier,) if line.kinds[earlier[0]] != "adp" else ())
    for n, (first, last) in enumerate(parts[1:5], 1):
        found = before(line, last)
        if found is None or line.kinds[first] == "part":
            continue
        whole = found.first == first or _bounded(line, found.first - 1)
        if whole and (
            is_name(line, found.first, found.last) or kind_of(line, found) or line.kinds[found.first] == "det"
        ):
            return Phrase(found.first, found.last, tuple(reversed(parts[:n])))
    return None
