"""Spells out whom a speaker's phrase refers to, from what the text says elsewhere.

*Finds* the full name behind a surname, the last named person behind "he" and "the spokesman", the
fuller phrase behind "the coalition" ("US-led coalition") and "the WHO", the issuer of "the statement".
*Leaves alone* phrases that say all there is: they keep their words, without the article.
*Marks* nothing; `attributions` asks it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from casualty_extract import lexicon
from casualty_extract.attributions_kinds import Found, Line, Noun, Phrase, is_name, kind_of, noun_at
from casualty_extract.attributions_names import RANKS, Names, bare, person_name
from casualty_extract.attributions_phrases import before
from casualty_extract.attributions_sayings import POSSESSIVES as STANDING
from casualty_extract.records import SourceKind

__all__ = ["Resolution", "Speaker"]

MEMORY = 40
"""How many of the last speakers are looked through for the one that a word refers to."""

LOOKED = 100
"""How many tokens of a speaker's sentence can introduce a paper of theirs."""

PERSONAL = frozenset({"he", "she"})
PLURAL = frozenset({"they", "we"})
MALE = frozenset(
    "man boy father brother son uncle husband spokesman mr mr. king grandfather nephew widower".split()
)
FEMALE = frozenset(
    "woman girl mother sister daughter aunt wife spokeswoman mrs mrs. ms ms. queen grandmother niece widow".split()
)
DEFINITE = frozenset({"the", "this", "these", "that", "its", "their"})
POSSESSIVES = frozenset({"his", "her", "its", "their", "our", "my"})


@dataclass(frozen=True, slots=True)
class Speaker:
    """Someone that the text lets speak.

    Attributes:
        name: the name as far as the text gives it.
        kind: the kind of source.
        person: whether "he" or "she" can refer to it.
        plural: whether "they" can.
        words: the lower-cased words of the phrase and its apposition, to find "the spokesman" again.
        line: the sentence that lets it speak, where "the report" may be introduced.
    """

    name: str
    kind: SourceKind
    person: bool = False
    plural: bool = False
    words: frozenset[str] = frozenset()
    line: Line | None = None


class Resolution:
    """The speakers of a text so far, and whom the next phrase refers to."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._said: list[Speaker] = []

    def resolve(self, line: Line, phrase: Phrase) -> Speaker:
        """Find whom a phrase refers to, and remember it."""
        speaker = self._find(line, phrase)
        self._said.append(replace(speaker, line=line))
        if speaker.person and speaker.kind != "other":
            self._names.learn(speaker.name.rpartition(" ")[2], speaker.kind)
        return speaker

    def _recent(self) -> Iterator[Speaker]:
        return reversed(self._said[-MEMORY:])

    def _find(self, line: Line, phrase: Phrase) -> Speaker:
        if phrase.first == phrase.last and line.kinds[phrase.first] == "pron":
            return self._pronoun(line, phrase, line.lower[phrase.first])
        if phrase.first == phrase.last and line.lower[phrase.first] in STANDING:
            return self._pronoun(line, phrase, STANDING[line.lower[phrase.first]])
        return self._document(line, phrase) or self._person(line, phrase) or self._group(line, phrase)

    def _pronoun(self, line: Line, phrase: Phrase, low: str) -> Speaker:
        text = line.text(phrase.first, phrase.last)
        if low == "we" and all(said.person for said in self._said[-MEMORY:]):
            return Speaker(*self._names.house(text), plural=True)
        other = {"he": FEMALE, "she": MALE}.get(low, frozenset())
        for said in self._recent():
            if said.words & other:
                continue
            if (low in PERSONAL) == said.person or (low in PLURAL and said.plural):
                return said
        if low not in PERSONAL:
            return Speaker(text, "other", plural=low in PLURAL)
        name = self._names.nearest(line.start(phrase.first))
        kind = self._names.kind(name.rpartition(" ")[2]) if name else None
        return Speaker(name or text, kind or "other", person=True)

    def _document(self, line: Line, phrase: Phrase) -> Speaker | None:
        """A statement speaks for its issuer: "a report by the council", "the army statement"."""
        ends = (i for i in range(phrase.first + 1, phrase.last + 1) if line.kinds[i] == "adp")
        end = next(ends, phrase.last + 1)
        at = noun_at(line, end - 1)
        found = kind_of(line, phrase)
        if at is None or (found is not None and found.last == end - 1):
            return None
        row = lexicon.read("attributions", "nouns", Noun)[at[1]]
        owner = self._owner(line, phrase, at[0], end)
        if owner is not None and line.lower[owner.first] in POSSESSIVES:
            return self._pronoun(line, phrase, "it")
        if owner is not None:
            said = self._find(line, owner)
            return Speaker(said.name, said.kind, plural=True, words=said.words)
        speakers = (said for said in self._recent() if said.kind != "media")
        if row.kind == "other" and line.lower[phrase.first] in {"the", "this"}:
            # "In its monthly report, the command said": the report is the command's.
            head = line.lower[end - 1]
            issuer = next(
                (s for s in speakers if s.line and s.line is not line and head in s.line.lower[:LOOKED]), None
            )
        else:
            issuer = next(speakers, None) if row.kind is None else None
        if issuer is not None:
            return issuer
        return Speaker(
            line.text(*bare(line, phrase)), row.kind or "other", plural=True, words=frozenset({at[1]})
        )

    def _owner(self, line: Line, phrase: Phrase, at: int, end: int) -> Phrase | None:
        """The phrase inside a phrase that names who issued a document."""
        owner: Phrase | None = None
        if end < phrase.last and line.lower[end] in {"by", "from", "of"}:
            found = before(line, phrase.last)
            owner = Phrase(max(found.first, end + 1), phrase.last) if found else None
        elif at > phrase.first:
            last = at - 1
            while last > phrase.first and line.kinds[last] == "poss":
                last -= 1
            owner = Phrase(phrase.first, last)
        if owner is None or line.lower[owner.last] == "news":
            return None
        if owner.first == owner.last == 0 and not kind_of(line, owner) and not self._names.knows(line, owner):
            # "Early reports": the capital is only that of the sentence.
            return None
        first = owner.first + (line.kinds[owner.first] == "det")
        known = kind_of(line, owner) is not None or is_name(line, first, owner.last)
        return owner if known or line.lower[owner.first] in POSSESSIVES else None

    def _person(self, line: Line, phrase: Phrase) -> Speaker | None:
        """Someone with a name of their own at the end of the phrase."""
        ends = (i for i in range(phrase.first + 1, phrase.last + 1) if line.kinds[i] == "adp")
        head = Phrase(phrase.first, next(ends, phrase.last + 1) - 1)
        named, found = person_name(line, head), kind_of(line, phrase)
        if named is None or line.kinds[head.last] != "word":
            return None
        if head.first == head.last < phrase.last and not self._names.knows(line, head):
            # "Friends of the family": the capital is only that of the sentence.
            return None
        if _is_organisation(line, phrase, head) or _is_row(line, phrase, found):
            return None
        whole = named[1] >= head.last - head.first + 1
        if found is not None and not (found.person or found.weak or phrase.evidence) and whole:
            return None
        name, size = named
        surname = name.rpartition(" ")[2]
        full = self._names.full(surname, line.start(phrase.last)) if size == 1 else None
        told = self._names.kind(surname)
        if told is None and full is not None:
            told = self._names.kind(full.rpartition(" ")[2])
        kind = found.kind if found is not None and not (found.weak and told) else told
        person = found is None or found.person or bool(phrase.evidence) or not whole
        return Speaker(full or name, kind or "other", person=person, words=_words(line, phrase))

    def _group(self, line: Line, phrase: Phrase) -> Speaker:
        """Anyone else: an organisation, officials, "the spokesman"."""
        found, last = kind_of(line, phrase), line.lower[phrase.last]
        joined = any(line.kinds[i] == "conj" for i in range(phrase.first, phrase.last))
        plural = last.endswith("s") or last in {"police", "people", "media"} or joined
        person = last in MALE | FEMALE or (found is not None and found.person and not plural)
        kind: SourceKind = found.kind if found is not None else "other"
        text = line.text(*bare(line, phrase))
        if line.lower[phrase.first] in DEFINITE and phrase.last - phrase.first <= 1:
            earlier = self._earlier(last, person, kind)
            if earlier is not None:
                return earlier
            if not person:
                text = self._names.described(last, line.start(phrase.first)) or text
        if text.endswith(")") and " (" in text:
            # "World Health Organization (WHO)" is named without its initials.
            text = text[: text.rindex(" (")]
        return Speaker(self._names.expanded(text), kind, person, plural, _words(line, phrase))

    def _earlier(self, head: str, person: bool, kind: SourceKind) -> Speaker | None:
        """The speaker that "the spokesman", "the officials", "the agency" were before."""
        singular = head.removesuffix("s")
        for said in self._recent():
            if (head in said.words and (person or not said.person)) or (
                singular in said.words and not said.person
            ):
                return said
        close = (said for said in reversed(self._said[-4:]) if person and said.person and said.kind == kind)
        return next(close, None)


def _is_row(line: Line, phrase: Phrase, found: Found | None) -> bool:
    """Tell whether the whole phrase is the name of an organisation that the lexicon has: "Save the Children"."""
    if found is None or found.person or found.weak:
        return False
    first, last = bare(line, phrase)
    return last > first and (found.at, found.last) in {(first, last), (phrase.first, last)}


def _is_organisation(line: Line, phrase: Phrase, head: Phrase) -> bool:
    """Tell "the National Commission on Human Rights" from a person: a person's name has no article."""
    named = line.kinds[head.first] == "det" and all(
        line.texts[i][:1].isupper() and line.lower[i] not in RANKS and f"{line.lower[i]}." not in RANKS
        for i in range(head.first + 1, head.last + 1)
    )
    return (
        named
        and head.last > head.first
        and head.last + 2 <= phrase.last
        and line.lower[head.last + 1] in {"for", "of", "on"}
        and line.texts[phrase.last][:1].isupper()
    )


def _words(line: Line, phrase: Phrase) -> frozenset[str]:
    stretches = ((phrase.first, phrase.last), *phrase.evidence)
    return frozenset(line.lower[i] for first, last in stretches for i in range(first, last + 1))
