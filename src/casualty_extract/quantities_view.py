"""A Doc as a row of words: white space and marks of emphasis left out, sentences marked."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from spacy.tokens import Doc, Token

from casualty_extract import wordorder
from casualty_extract.facts import vagueness
from casualty_extract.quantities_words import MONTHS, WEEKDAYS, Noun, words
from casualty_extract.reading import chosen, layout, packed

__all__ = ["DASHES", "HYPHENS", "QUOTES", "Phrase", "View"]

HYPHENS = frozenset("-‐‑")
DASHES = HYPHENS | frozenset("–—−")
QUOTES = frozenset({'"', "“", "”", "‘", "’", "«", "»", "``", "''", "'"})
JOINTS = frozenset("-‑'’")
CALENDAR = MONTHS | WEEKDAYS
REACH = 14
"""How far, in words, the head of a noun phrase may be from its first word."""
# They end a noun phrase although nothing in their form tells: "a woman early Friday".
ENDS = frozenset("early late last next before ago alone alike overall nationwide worldwide alive".split())
SUFFIXES = (
    "tions",
    "sions",
    "ments",
    "ities",
    "nesses",
    "isms",
    "ships",
    "ances",
    "ences",
    "tion",
    "sion",
    "ment",
    "ity",
    "ness",
    "ism",
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """The noun phrase from a word on.

    Attributes:
        end: the word after its last.
        head: the word that it is about, where there is one.
        noun: what the lexicon knows of that head.
        thing: the head is certainly no person, report or incident.
    """

    end: int
    head: int | None
    noun: Noun | None
    thing: bool


class View:
    """The words of a Doc; all positions in it are places in this row.

    Attributes:
        vagueness: whose readings of vague words count.
        texts: the words as they are written.
        lower: the words as the tables spell them.
        starts: where each word starts in the text.
        ends: where each word ends.
        first: for each word the first word of its sentence.
        last: for each word the word after its sentence.
        glued: whether nothing, not even a space, stands before the word.
    """

    def __init__(self, doc: Doc) -> None:
        laid = layout(doc)
        words = laid.words
        kept = packed(np.flatnonzero([not word.bare for word in words]))
        self._laid, self._kept = laid, kept
        self.vagueness = vagueness(doc)
        self._titled: dict[int, bool] = {}
        self.texts = [words[i].text for i in kept]
        self.lower = [words[i].trimmed for i in kept]
        self.starts = chosen(laid.starts, kept)
        self._kinds = [laid.kinds[i] for i in kept]
        starts, numbers = np.asarray(self.starts), np.asarray(chosen(laid.sentence, kept))
        ends = starts + np.fromiter(map(len, self.texts), dtype="int32", count=len(self.texts))
        self.ends = packed(ends)
        self.glued = (starts == np.append(-1, ends)[: len(starts)]).tobytes()
        firsts = np.flatnonzero(np.diff(numbers, prepend=-1))
        lengths = np.diff(firsts, append=len(kept))
        self.first, self.last = (
            packed(np.repeat(firsts, lengths)),
            packed(np.repeat(firsts + lengths, lengths)),
        )

    def __len__(self) -> int:
        return len(self.texts)

    def token(self, i: int) -> Token:
        """Word i as spaCy has it."""
        return self._laid.doc[self._kept[i]]

    def leads_on(self, i: int) -> bool:
        """Tell whether the token after word i can go on with a name that the word starts."""
        k = self._kept[i] + 1
        if k >= len(self._laid):
            return False
        word = self._laid.words[k]
        return word.text[0].isupper() or word.text in JOINTS or word.lower in wordorder.PARTICLES

    def char_start(self, i: int) -> int:
        """Where word i starts in the text."""
        return self.starts[i]

    def char_end(self, i: int) -> int:
        """Where word i ends in the text."""
        return self.ends[i]

    def kind(self, i: int) -> str:
        """The coarse class of word i; see `wordorder.kind`."""
        return self._kinds[i]

    def word(self, i: int, near: int) -> str:
        """Word i in lower case, or "" where it is not in the sentence of word `near`."""
        return self.lower[i] if self.first[near] <= i < self.last[near] else ""

    def noun(self, i: int) -> Noun | None:
        """What the lexicon knows of word i as a noun."""
        known = words()
        if self.texts[i] in known.peoples and known.peoples[self.texts[i]]:
            return Noun("people", singular=not self.texts[i].endswith("s"), plural=True)
        return known.nouns.get(self.lower[i])

    def titled(self, i: int) -> bool:
        """Whether the sentence of word i is written with capitals throughout, as headlines are."""
        start = self.first[i]
        if start not in self._titled:
            long = [
                w for w in self.texts[start : min(self.last[i], start + 60)] if len(w) > 3 and w.isalpha()
            ]
            raised = sum(w[0].isupper() for w in long)
            self._titled[start] = len(long) > 2 and raised >= 0.8 * len(long)
        return self._titled[start]

    def phrase(self, i: int) -> Phrase:
        """Read the noun phrase that starts at word i, after its figure or determiner.

        "of" and a determiner may lead into it ("hundreds of the rebels"); a second "of" ends it
        ("reports of casualties").
        """
        if i >= len(self) or i == 0:
            return Phrase(i, None, None, False)
        end = min(self.last[i - 1], i + REACH)
        j, seen = i, list[int]()
        if self.lower[i] == "the" and self.lower[i - 1] not in {"all", "both", "half"}:
            # "brings to 23 the number of": another noun phrase
            return Phrase(i, None, None, False)
        if self.lower[j : j + 1] == ["("] and self.lower[j + 2 : j + 3] == [")"]:
            # "three (3) people"
            j += 3
        while j < end and (
            self.lower[j] in {"of", "the", "these", "those", "more", "other"} or self._opens(j)
        ):
            j += 1
        while j < end:
            if self.lower[j] == "(" and seen and self._is_acronym(j, end):
                # "12 Arda Liberation Army (ALA) fighters"
                j += 3
            if not self._step(j, end, bool(seen)) and not self._pairs(j, end, seen):
                break
            if self.kind(j) in {"word", "part", "verb", "num"}:
                seen.append(j)
            j += 1
        return self._head(i, seen)

    def _is_acronym(self, j: int, end: int) -> bool:
        """Whether a short form in brackets stands at word j, with more of the phrase behind it."""
        if j + 3 >= end or self.lower[j + 2] != ")" or self.kind(j + 3) != "word":
            return False
        return self.texts[j + 1].isupper() and self.texts[j + 1].isalpha()

    def _pairs(self, j: int, end: int, seen: list[int]) -> bool:
        """ "six aerial or ground operations": the words before "or" are no nouns of their own."""
        if self.lower[j] not in {"and", "or"} or not seen or j + 1 >= end:
            return False
        return all(self.noun(k) is None for k in seen) and self.kind(j + 1) == "word"

    def _opens(self, j: int) -> bool:
        return self.texts[j] in QUOTES or self.kind(j) == "det" or self.lower[j] == "whom"

    def _step(self, j: int, end: int, seen: bool) -> bool:
        """Whether word j goes on with the phrase."""
        kind, lower = self.kind(j), self.lower[j]
        following = self.kind(j + 1) if j + 1 < end else ""
        if lower in ENDS or (lower.rstrip(".") in CALENDAR and self.texts[j][0].isupper()):
            return not seen and following in {"word", "num"}
        if self.lower[j] in words().nouns and kind != "adp":
            # "dead", "wounded", "missing", "injured" are nouns where no noun follows them.
            return kind != "verb" or not seen
        if kind == "word":
            return True
        if kind == "num":
            return not seen
        if kind in {"part", "verb"} and self.lower[j - 1] in HYPHENS and self.glued[j]:
            # "coronavirus-related deaths"
            return True
        if kind in {"part", "verb"}:
            return not seen and following in {"word", "part", "punct"} and self._modifies(j, end)
        if kind == "adv":
            return not seen and following in {"part", "word"}
        if lower in HYPHENS:
            return self.glued[j] and j + 1 < end and self.glued[j + 1]
        if kind == "poss":
            return seen
        return False

    def _modifies(self, j: int, end: int) -> bool:
        """ "wounded" in "12 wounded soldiers", "U.S.-led" parts and "seriously injured children"."""
        j += 1
        while j < end and (self.kind(j) == "part" or (self.lower[j] in HYPHENS and self.glued[j])):
            j += 1
        return j < end and self.kind(j) == "word"

    def _head(self, i: int, seen: list[int]) -> Phrase:
        known = [(k, self.noun(k)) for k in seen]
        for place in range(len(known) - 1, -1, -1):
            k, noun = known[place]
            if noun is None:
                continue
            final = place == len(known) - 1
            if final or noun.plural or noun.unit is None or noun.harm:
                return Phrase(k + 1, k, noun, noun.unit is None)
            break
        if not seen:
            return Phrase(i, None, None, False)
        k = seen[-1]
        thing = self.texts[k][:1].islower() and self.lower[k].endswith(SUFFIXES)
        return Phrase(k + 1, k, None, thing)
