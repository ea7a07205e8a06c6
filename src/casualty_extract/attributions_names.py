"""Knows the names of a text: who is named in full, as what, and which short form means which long one.

*Finds* "Amin Karim" for "Karim" and the police as his kind from "Harbour police Capt. Amin
Karim", "US-led coalition" for "coalition", "World Health Organization" for "WHO".
*Leaves alone* organisations as bearers of a surname.
*Marks* nothing; the resolution of speakers in `attributions` asks it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property

from casualty_extract import wordorder
from casualty_extract.attributions_kinds import Line, Phrase, is_name, kind_of, matches, noun_at
from casualty_extract.attributions_phrases import before
from casualty_extract.records import SourceKind

__all__ = ["RANKS", "Names", "bare", "person_name"]

NEARBY = 500
"""The characters before a pronoun in which a name can be meant that no speaker bears."""

LONGEST = 9
"""The tokens of the longest name."""

NAMESAKES = 12
"""How many full names with one surname are kept."""

RANKS = frozenset(
    """mr mr. mrs mrs. ms ms. dr dr. sir gen gen. col col. lt lt. maj maj. capt capt. sgt sgt. sen. rep. gov.
    rev rev. reverend governor senator president minister prof prof. det. supt. adm. brig.
    brigadier general colonel captain major lieutenant sergeant chief superintendent inspector constable officer oc deputy professor""".split()
)


class Names:
    """The names of a text. Each index is made when first asked for, in one walk over the text."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._kinds: dict[str, SourceKind] = {}
        self._bearers: dict[str, str] = {}

    def knows(self, line: Line, phrase: Phrase) -> bool:
        """Tell whether a phrase is the surname of someone whom the text names in full somewhere."""
        if phrase.first != phrase.last or not line.tokens[phrase.last].text[:1].isupper():
            return False
        return line.lower[phrase.last] in self._surnames

    def kind(self, surname: str) -> SourceKind | None:
        """Give what the bearer of a surname is, as far as the text told."""
        return self._kinds.get(surname.lower())

    def learn(self, surname: str, kind: SourceKind) -> None:
        """Remember what the bearer of a surname is."""
        self._kinds[surname.lower()] = kind

    def full(self, surname: str, offset: int) -> str | None:
        """Give the longest name before an offset that ends in a surname."""
        earlier = [name for at, name in self._surnames.get(surname.lower(), ()) if at < offset]
        return max(earlier, key=len) if earlier else None

    def nearest(self, offset: int) -> str | None:
        """Give the last full name of a person before an offset, if it is not far."""
        n = bisect_left(self._people, (offset, "")) - 1
        return self._people[n][1] if n >= 0 and self._people[n][0] > offset - NEARBY else None

    def described(self, head: str, offset: int) -> str | None:
        """Give the fuller phrase with the same head: "US-led coalition" for "the coalition"."""
        found = self._heads.get(head)
        return found[max(0, bisect_left(found, (offset, "")) - 1)][1] if found else None

    def expanded(self, text: str) -> str:
        """Spell out initials that the text explains: "World Health Organization (WHO)"."""
        return self._initials.get(text, text) if text.isupper() and text.isalpha() else text

    def house(self, text: str) -> tuple[str, SourceKind]:
        """Say who "we" is in a release: the first organisation that it names."""
        for line in self._lines[:12]:
            for first, last in _runs(line):
                found = kind_of(line, Phrase(first, last))
                if found and not found.weak and not found.person and found.kind != "armed_group":
                    return line.text(first, last), found.kind
        return text, "other"

    @cached_property
    def _people(self) -> list[tuple[int, str]]:
        """The names of two and more words that are no organisation, with their place."""
        found: list[tuple[int, str]] = []
        for line in self._lines:
            for first, last in _runs(line):
                named = person_name(line, Phrase(first, last)) if last > first else None
                if named and named[1] > 1:
                    found.append((line.start(first), named[0]))
                    self._introduce(line, first, last)
        return found

    @cached_property
    def _surnames(self) -> dict[str, list[tuple[int, str]]]:
        found: dict[str, list[tuple[int, str]]] = {}
        for at, name in self._people:
            namesakes = found.setdefault(name.replace("-", " ").rpartition(" ")[2].lower(), [])
            if len(namesakes) < NAMESAKES:
                namesakes.append((at, name))
        return found

    @cached_property
    def _heads(self) -> dict[str, list[tuple[int, str]]]:
        """The phrases that add a name to a word for a source, by that word."""
        found: dict[str, list[tuple[int, str]]] = {}
        for line in self._lines:
            for hit in matches(line, 0, len(line) - 1):
                first = hit.last
                while first > max(0, hit.last - 6) and _modifies(line, first - 1):
                    first -= 1
                if any(_is_capital(line, i) for i in range(first, hit.last)):
                    phrases = found.setdefault(line.lower[hit.last], [])
                    phrases.append((line.start(first), line.text(first, hit.last)))
        return found

    @cached_property
    def _initials(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for line in self._lines:
            for i in range(2, len(line) - 1):
                if line.texts[i - 1] == "(" and line.texts[i + 1] == ")" and line.tokens[i].is_upper:
                    named = before(line, i - 2)
                    if named is not None and is_name(line, *bare(line, named)):
                        found.setdefault(line.texts[i], line.text(*bare(line, named)))
        return found

    def _introduce(self, line: Line, first: int, last: int) -> None:
        """Learn from the words around a name what kind of source its bearer is."""
        phrase = before(line, last)
        start = first if phrase is None or phrase.first > first else phrase.first
        end = last + 2
        while end < min(len(line), last + 15) and line.kinds[end] not in {"punct", "verb", "aux"}:
            end += 1
        apposed = end > last + 2 and line.texts[last + 1] == ","
        found = kind_of(line, Phrase(start, last, ((last + 2, end - 1),) if apposed else ()))
        surname = line.lower[last]
        given = line.lower[last - 1]
        if self._bearers.setdefault(surname, given) != given and "." not in given:
            # "Omar Karim and his brother Amin Karim": what one is told to be, the other need not be.
            return
        titled = start < first or any(hit.person for hit in matches(line, start, last))
        if found is not None and (found.person or titled) and not (found.weak and surname in self._kinds):
            self._kinds[surname] = found.kind


def bare(line: Line, phrase: Phrase) -> tuple[int, int]:
    """Give the bounds of a phrase without its article."""
    first = phrase.first
    while first < phrase.last and line.lower[first] in {"the", "a", "an", "this", "that"}:
        first += 1
    return first, phrase.last


def person_name(line: Line, phrase: Phrase) -> tuple[str, int] | None:
    """Give the name at the end of a phrase, titles left out, and its length in words."""
    first = phrase.last
    if not is_name(line, first, first):
        return None
    while first > max(phrase.first, phrase.last - LONGEST) and is_name(line, first - 1, phrase.last):
        low = line.lower[first - 1]
        if low in RANKS or (low == "." and line.lower[first - 2] + "." in RANKS):
            break
        if line.kinds[first - 1] != "punct" and kind_of(line, Phrase(first - 1, first - 1)) is not None:
            break
        first -= 1
    while first < phrase.last and line.kinds[first] in {"poss", "punct", "det"}:
        first += 1
    if kind_of(line, Phrase(first, phrase.last)) is not None:
        return None
    if first == phrase.first and noun_at(line, phrase.last):
        return None
    return line.text(first, phrase.last), sum(line.kinds[i] == "word" for i in range(first, phrase.last + 1))


def _runs(line: Line) -> list[tuple[int, int]]:
    """The stretches of capitalised words, with particles and hyphens between them."""
    texts, lower = line.texts, line.lower
    capital = [text[0].isupper() for text in texts]
    found, end = list[tuple[int, int]](), 0
    for i, opens in enumerate(capital):
        if i < end or not opens or line.class_of(i) != "word":
            continue
        last = j = i
        while j + 1 < len(texts) and j - i < LONGEST:
            j += 1
            if lower[j] == "'s" or not (capital[j] or lower[j] in JOINTS):
                break
            if texts[j] == "." and len(texts[j - 1]) > 5:
                break
            if capital[j]:
                last = j
        found.append((i, last))
        end = last + 1
    return found


JOINTS = wordorder.PARTICLES | {"-", "."}
"""What can stand between two words of one name."""


def _is_capital(line: Line, i: int) -> bool:
    return line.texts[i][:1].isupper()


def _modifies(line: Line, i: int) -> bool:
    return line.kinds[i] == "word" or line.texts[i] in {"-", "‑"}
