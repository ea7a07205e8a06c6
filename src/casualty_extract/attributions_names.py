"""Spells out whom a speaker's phrase refers to, from what the text says elsewhere.

*Finds* the full name behind a surname, the last named person behind "he" and "the spokesman", the
fuller phrase behind "the coalition" ("US-led coalition") and "the WHO", the issuer of "the statement".
*Leaves alone* phrases that say all there is: they keep their words, without the article.
*Marks* nothing; `attributions` asks it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from casualty_extract import lexicon, syntax
from casualty_extract.attributions_phrases import Line, Noun, Phrase, before, is_name, kind_of, noun_at
from casualty_extract.records import SourceKind

__all__ = ["Names", "Speaker"]

MEMORY = 40
"""How many of the last speakers are looked through for the one that a word refers to."""

NAMESAKES = 12
"""How many full names with one surname are kept."""

RANKS = frozenset(
    """mr mr. mrs mrs. ms ms. dr dr. sir gen gen. col col. lt lt. maj maj. capt capt. sgt sgt. sen. rep. gov. rev
    rev. prof prof. det. supt. adm. brig. brigadier general colonel captain major lieutenant sergeant
    chief superintendent inspector constable officer oc deputy professor""".split()
)
IMPERSONAL = frozenset("it its".split())
PERSONAL = frozenset("he she".split())


@dataclass(frozen=True, slots=True)
class Speaker:
    """Someone that the text has let speak.

    Attributes:
        name: the name as far as the text gives it.
        kind: the kind of source.
        person: whether "he" or "she" can refer to it.
        plural: whether "they" can.
        words: the lower-cased words of the phrase and its apposition, to find "the spokesman" again.
    """

    name: str
    kind: SourceKind
    person: bool
    plural: bool
    words: frozenset[str]


class Names:
    """The names of a text, and its speakers so far."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._said: list[Speaker] = []
        self._full: dict[str, list[tuple[int, str]]] | None = None
        self._order: list[tuple[int, str]] = []
        self._heads: dict[str, list[tuple[int, str]]] | None = None
        self._initials: dict[str, str] | None = None
        self._kinds: dict[str, SourceKind] = {}

    def resolve(self, line: Line, phrase: Phrase) -> Speaker:
        """Find whom a phrase refers to, and remember it."""
        speaker = self._find(line, phrase)
        self._said.append(speaker)
        if speaker.person and speaker.kind != "other":
            self._kinds[speaker.name.rpartition(" ")[2].lower()] = speaker.kind
        return speaker

    def knows(self, line: Line, phrase: Phrase) -> bool:
        """Tell whether a phrase is the surname of someone whom the text names in full somewhere."""
        return (
            phrase.first == phrase.last
            and line.lower[phrase.last] in self._runs()
            and line.tokens[phrase.last].text[:1].isupper()
        )

    def _find(self, line: Line, phrase: Phrase) -> Speaker:
        low = line.lower[phrase.first]
        if phrase.first == phrase.last and line.kinds[phrase.first] == "pron":
            return self._pronoun(low, line.text(phrase.first, phrase.last), line.start(phrase.first))
        words = frozenset(
            line.lower[i] for a, b in ((phrase.first, phrase.last), *phrase.evidence) for i in range(a, b + 1)
        )
        text = line.text(*self._bare(line, phrase))
        found = kind_of(line, phrase)
        document = self._document(line, phrase)
        if document is not None:
            return document
        named = self._person_name(line, phrase)
        if named is not None and (
            found is None
            or found.person
            or found.weak
            or phrase.evidence
            or named[1] < phrase.last - phrase.first + 1
        ):
            name, size = named
            surname = name.rpartition(" ")[2]
            full = self._fuller(surname, line.start(phrase.last)) if size == 1 else None
            kind = (
                found.kind
                if found and not (found.weak and surname.lower() in self._kinds)
                else self._kinds.get(surname.lower())
            )
            if kind is None and full:
                kind = self._kinds.get(full.rpartition(" ")[2].lower())
            person = found is None or found.person or bool(phrase.evidence)
            return Speaker(full or name, kind or "other", person, False, words)
        kind = found.kind if found else "other"
        last = line.lower[phrase.last]
        plural = (
            last.endswith("s")
            or last in {"police", "people", "media"}
            or any(line.kinds[i] == "conj" for i in range(phrase.first, phrase.last))
        )
        person = bool(found and found.person and not plural)
        definite = low in {"the", "this", "these", "that", "its", "their"}
        if definite:
            earlier = self._earlier(line, phrase, person, found.kind if found else None)
            if earlier is not None:
                return earlier
        head = (
            self._described(last, line.start(phrase.first))
            if definite and phrase.last - phrase.first <= 1
            else None
        )
        return Speaker(self._expand(head or text), kind, person, plural, words)

    def _pronoun(self, low: str, text: str, offset: int) -> Speaker:
        if low == "we" and not any(not said.person for said in self._said):
            return Speaker(*self._house(text), False, True, frozenset())
        for said in reversed(self._said[-MEMORY:]):
            if (low in PERSONAL) == said.person or (low in {"they", "we"} and said.plural):
                return said
        if low in PERSONAL:
            name = self._nearest_name(offset)
            return Speaker(
                name or text,
                self._kinds.get((name or "").rpartition(" ")[2].lower(), "other"),
                True,
                False,
                frozenset(),
            )
        return Speaker(text, "other", False, low in {"they", "we"}, frozenset())

    def _house(self, text: str) -> tuple[str, SourceKind]:
        """Who "we" is in a release: the first organisation that it names."""
        for line in self._lines[:12]:
            for i in range(len(line)):
                if line.tokens[i].text[:1].isupper():
                    last = i
                    while last + 1 < len(line) and is_name(line, i, last + 1):
                        last += 1
                    found = kind_of(line, Phrase(i, last))
                    if (
                        found is not None
                        and not found.weak
                        and not found.person
                        and found.kind != "armed_group"
                    ):
                        return line.text(i, last), found.kind
        return text, "other"

    def _bare(self, line: Line, phrase: Phrase) -> tuple[int, int]:
        first = phrase.first
        while first < phrase.last and line.lower[first] in {"the", "a", "an", "this", "that"}:
            first += 1
        return first, phrase.last

    def _document(self, line: Line, phrase: Phrase) -> Speaker | None:
        """A statement speaks for its issuer: "a report by the council", "the army statement"."""
        end = next(
            (i for i in range(phrase.first + 1, phrase.last + 1) if line.kinds[i] == "adp"), phrase.last + 1
        )
        at = noun_at(line, end - 1)
        found = kind_of(line, phrase)
        if at is None or (found is not None and found.last >= at[0]):
            return None
        row = lexicon.read("attributions", "nouns", Noun)[at[1]]
        owner: Phrase | None = None
        if end < phrase.last and line.lower[end] in {"by", "from", "of"}:
            owner = before(line, phrase.last)
            owner = Phrase(max(owner.first, end + 1), phrase.last) if owner else None
        elif at[0] > phrase.first:
            last = at[0] - 1
            while last > phrase.first and line.kinds[last] == "poss":
                last -= 1
            owner = Phrase(phrase.first, last)
        if owner is not None:
            found = kind_of(line, owner)
            if found is not None or is_name(
                line, owner.first + (line.kinds[owner.first] == "det"), owner.last
            ):
                if line.kinds[owner.first] == "poss" or line.lower[owner.first] in {
                    "his",
                    "her",
                    "its",
                    "their",
                }:
                    return self._pronoun("it", line.text(phrase.first, phrase.last), line.start(phrase.first))
                said = self._find(line, owner)
                return Speaker(said.name, said.kind, False, True, said.words)
        if row.kind is None:
            for said in reversed(self._said[-MEMORY:]):
                if said.kind != "media":
                    return said
        return Speaker(
            line.text(*self._bare(line, phrase)), row.kind or "other", False, True, frozenset({at[1]})
        )

    def _person_name(self, line: Line, phrase: Phrase) -> tuple[str, int] | None:
        """The name at the end of a phrase, titles left out, and its length in words."""
        first = phrase.last
        if not is_name(line, first, first):
            return None
        while first > phrase.first and is_name(line, first - 1, phrase.last):
            low = line.lower[first - 1]
            if low in RANKS or low == "." and line.lower[first - 2] + "." in RANKS:
                break
            if (
                kind_of(line, Phrase(first - 1, first - 1)) is not None
                and not line.kinds[first - 1] == "punct"
            ):
                break
            first -= 1
        while first < phrase.last and line.kinds[first] in {"poss", "punct"}:
            first += 1
        if (
            kind_of(line, Phrase(first, phrase.last)) is not None
            or first == phrase.first
            and noun_at(line, phrase.last)
        ):
            return None
        size = sum(line.kinds[i] == "word" for i in range(first, phrase.last + 1))
        return line.text(first, phrase.last), size

    def _earlier(self, line: Line, phrase: Phrase, person: bool, kind: SourceKind | None) -> Speaker | None:
        """The speaker that "the spokesman", "the officials", "the agency" were before."""
        head = line.lower[phrase.last]
        singular = head[:-1] if head.endswith("s") else head
        for said in reversed(self._said[-MEMORY:]):
            if head in said.words or (singular in said.words and not said.person):
                return said
        if person:
            for said in reversed(self._said[-4:]):
                if said.person and said.kind == kind:
                    return said
        return None

    def _fuller(self, surname: str, offset: int) -> str | None:
        """The longest name before an offset that ends in a surname."""
        earlier = [name for at, name in self._runs().get(surname.lower(), ()) if at < offset]
        return max(earlier, key=len) if earlier else None

    def _nearest_name(self, offset: int) -> str | None:
        """The last full name of a person before an offset, if it is not far."""
        self._runs()
        n = bisect_left(self._order, (offset, "")) - 1
        return self._order[n][1] if n >= 0 and self._order[n][0] > offset - 500 else None

    def _runs(self) -> dict[str, list[tuple[int, str]]]:
        """The runs of two and more capitalised words that are no organisation, by their last word."""
        if self._full is None:
            self._full = {}
            for line in self._lines:
                i = 0
                while i < len(line):
                    j = i
                    while (
                        j + 1 < len(line)
                        and (
                            is_name(line, i, j + 1)
                            or (is_name(line, i, j) and line.lower[j + 1] in syntax.PARTICLES | {"-"})
                        )
                        and line.lower[j + 1] != "'s"
                    ):
                        j += 1
                    while j > i and not line.tokens[j].text[:1].isupper():
                        j -= 1
                    if j > i and is_name(line, i, j):
                        named = self._person_name(line, Phrase(i, j))
                        if named and named[1] > 1:
                            found = self._full.setdefault(line.lower[j], [])
                            if len(found) < NAMESAKES:
                                found.append((line.start(i), named[0]))
                            self._order.append((line.start(i), named[0]))
                            self._introduce(line, i, j)
                    i = max(i, j) + 1
        return self._full

    def _introduce(self, line: Line, first: int, last: int) -> None:
        """Learn from the words around a name what kind of source its bearer is."""
        phrase = before(line, last)
        if phrase is None or phrase.first > first:
            phrase = Phrase(first, last)
        behind: tuple[tuple[int, int], ...] = ()
        if last + 2 < len(line) and line.tokens[last + 1].text == ",":
            end = last + 2
            while end < min(len(line), last + 15) and line.kinds[end] not in {"punct", "verb", "aux"}:
                end += 1
            behind = ((last + 2, end - 1),) if end > last + 2 else ()
        found = kind_of(line, Phrase(phrase.first, last, behind))
        if found is not None and found.person:
            surname = line.lower[last]
            if not found.weak or surname not in self._kinds:
                self._kinds.setdefault(surname, found.kind) if found.weak else self._kinds.update(
                    {surname: found.kind}
                )

    def _described(self, head: str, offset: int) -> str | None:
        """The fuller phrase with the same head: "US-led coalition" for "the coalition"."""
        if self._heads is None:
            self._heads = {}
            for line in self._lines:
                for i in range(1, len(line)):
                    if line.kinds[i] == "word" and kind_of(line, Phrase(i, i)) is not None:
                        first = i
                        while first > max(0, i - 6) and (
                            line.kinds[first - 1] == "word" or line.tokens[first - 1].text in {"-", "‑"}
                        ):
                            first -= 1
                        if any(
                            line.tokens[j].text[:1].isupper() and (j or line.tokens[j].is_upper)
                            for j in range(first, i)
                        ):
                            found = self._heads.setdefault(line.lower[i], [])
                            found.append((line.start(first), line.text(first, i)))
        found = self._heads.get(head)
        if not found:
            return None
        n = bisect_left(found, (offset, "")) - 1
        return found[max(n, 0)][1]

    def _expand(self, text: str) -> str:
        """Spell out initials that the text explains: "World Health Organization (WHO)"."""
        if not (text.isupper() and 2 <= len(text) <= 8 and text.isalpha()):
            return text
        if self._initials is None:
            self._initials = {}
            for line in self._lines:
                for i in range(2, len(line) - 1):
                    if (
                        line.tokens[i - 1].text == "("
                        and line.tokens[i + 1].text == ")"
                        and line.tokens[i].is_upper
                    ):
                        named = before(line, i - 2)
                        if named is not None and is_name(line, *self._bare(line, named)):
                            self._initials.setdefault(
                                line.tokens[i].text, line.text(*self._bare(line, named))
                            )
        return self._initials.get(text, text)
