"""What the parts of `places` share: the words of a text, the names in it, and the rows of the lexicon."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import Literal

import numpy as np
from spacy.tokens import Doc

from casualty_extract import lexicon, wordorder
from casualty_extract.facts import gazetteer
from casualty_extract.lexicon import Row
from casualty_extract.lexicon.gazetteer import Place, opened
from casualty_extract.reading import chosen, layout, packed

__all__ = [
    "ARTICLES",
    "GENERIC",
    "GENITIVES",
    "HYPHENS",
    "JOINERS",
    "PARTIES",
    "TOWNS",
    "WATERS",
    "AreaWord",
    "CueWord",
    "HomeWord",
    "Name",
    "Preposition",
    "SiteWord",
    "TownWord",
    "Words",
    "calendar",
    "run_end",
    "table",
]


class AreaWord(Row):
    """A word for a part of a country or town, and what kind of place it makes."""

    kind: Literal["region", "city"]
    known: bool = False


class SiteWord(Row):
    """A word for a facility, road or water, and where it stands."""

    position: Literal["first", "last", "both"]
    lower: bool = False
    unique: bool = False
    of: bool = False
    body: bool = False


class Preposition(Row):
    """A word that leads to a place."""

    role: Literal["location", "other"]


class HomeWord(Row):
    """A word of the local news of one country, by its code."""

    country: str


class TownWord(Row):
    """A word behind the name of a town, that tells of a town and of no person where it is sure."""

    sure: bool = False


class CueWord(Row):
    """A word whose table says all."""


Form = Literal["place", "demonym", "site", "area", "continent", "unknown"]
CALENDAR = frozenset(
    """january february march april may june july august september october november december jan. feb. mar.
    apr. jun. jul. aug. sep. sept. oct. nov. dec. monday tuesday wednesday thursday friday saturday
    sunday christmas easter ramadan eid thanksgiving""".split()
)
# Particles that join two capitalised words into one name, and words that do so only where the
# gazetteer knows the whole.
PARTICLES = wordorder.PARTICLES | frozenset(
    "ez es as ad ash ar at az an adh kwa e i ibn um wa do las los dos ul ur".split()
)
JOINERS = PARTICLES | frozenset("of the and on upon in under sur".split())
ARTICLES = frozenset("al el ad an ar as ash at az ez".split())
HYPHENS = frozenset("-‐‑–")
GENITIVES = frozenset({"'s", "’s", "'", "’"})
# The letters of parties before the place that somebody was elected for: "R-Charleston".
PARTIES = frozenset({"D", "R", "I"})
# Sites that lie nowhere near the town of their name.
TOWNS = frozenset({"city", "town", "village", "capital", "port", "hamlet", "municipality", "port-city"})
"""What a town is called before its name."""
WATERS = frozenset({"ocean", "sea", "gulf", "bay"})
BRACKETS = frozenset("[]")
# What is left of "the Central District Hospital" without these is no name.
GENERIC = frozenset(
    """the a international national central general memorial regional public high primary elementary middle
    secondary supreme federal district medical community state city county municipal local main new old
    university teaching children's women's military air naval army police power nuclear shopping
    training grand royal north south east west northern southern eastern western our this that first
    second presidential private house no forward operating""".split()
)


@dataclass(slots=True)
class Name:
    """One name: words [first, last) of the text, and what is known of it.

    `core` are the words without the type word; `run` is the run of capitalised words around; `typed`
    is the kind that a type word gives. `wider` are the names of wider places right after it, `within` one
    right before it, `beside` the one before it in a list; `in_town` says that it is a part of a town.
    """

    first: int
    last: int
    form: Form
    core: tuple[int, int]
    run: tuple[int, int]
    candidates: tuple[Place, ...] = ()
    typed: Literal["region", "county", "city", "site"] | None = None
    nation: str | None = None
    inner: bool = False
    cue: str | None = None
    wider: list[Name] = field(default_factory=list)
    within: Name | None = None
    beside: Name | None = None
    in_town: bool = False
    widens: bool = False
    key: str = ""


class Words:
    """The words of a text without white space, as parallel lists."""

    def __init__(self, doc: Doc) -> None:
        laid = layout(doc)
        self.whole = laid.text
        self.doc = doc
        self.gazetteer = opened(gazetteer(doc))
        # Markdown emphasis and links stand around names and mean nothing for them.
        words = laid.words
        self.index = packed(np.flatnonzero([not w.layout and w.text not in BRACKETS for w in words]))
        self.text = [words[i].text for i in self.index]
        self.lower = [words[i].lower for i in self.index]
        self.start = chosen(laid.starts, self.index)
        start, sentence = np.asarray(self.start), np.asarray(chosen(laid.sentence, self.index))
        end = start + np.fromiter(map(len, self.text), dtype="int32", count=len(self.text))
        self.end, self.sentence = packed(end), packed(sentence)
        self.opens = (np.diff(sentence, prepend=-1) != 0).tobytes()
        self.tight = (end == np.append(start[1:], -1)).tobytes()
        self.loud = self._loud()
        self.named = bytes(text[0].isupper() and self._is_name(i) for i, text in enumerate(self.text))

    def __len__(self) -> int:
        return len(self.text)

    def passage(self, first: int, last: int) -> str:
        """The text of words [first, last), as it stands."""
        return self.whole[self.start[first] : self.end[last - 1]]

    def phrase(self, first: int, last: int) -> str:
        """The text of words [first, last) on one line."""
        if last - first == 1 and self.text[first].isalpha():
            return self.text[first]
        return " ".join(self.passage(first, last).split())

    def near(self, i: int, j: int) -> bool:
        """Tell whether word j exists and stands in the sentence of word i."""
        return 0 <= j < len(self.text) and self.sentence[i] == self.sentence[j]

    def _loud(self) -> set[int]:
        """Sentences that write nearly every word with a capital, as headlines do: capitals say nothing."""
        # In arrays: a long article would make half a million of anything else.
        size, sentence = len(self.text), np.asarray(self.sentence)
        long = np.fromiter((len(t) >= 4 and t[0].isalpha() for t in self.text), dtype=bool, count=size)
        capital = np.fromiter((t[0].isupper() for t in self.text), dtype=bool, count=size)
        counts = np.bincount(sentence[long])
        capitals = np.bincount(sentence[long & capital], minlength=len(counts))
        return set(np.flatnonzero((counts >= 5) & (capitals >= 0.85 * counts)).tolist())

    def _is_name(self, i: int) -> bool:
        text, lower = self.text[i], self.lower[i]
        if not text[0].isupper() or not (text[-1].isalnum() or text[-1] == "."):
            return False
        if lower in CALENDAR:
            return False
        if text.isupper() and 2 <= len(text) <= 5 and self.sentence[i] not in self.loud:
            return True
        if lower in _function_words():
            return lower in ARTICLES and self._is_article(i)
        # "Two US soldiers": a number that opens a sentence is part of no name.
        plain = lower in wordorder.VERBS or lower in wordorder.ADVERBS or (text.isalpha() and self._counts(i))
        return not (self.opens[i] and plain)

    def _is_article(self, i: int) -> bool:
        """Tell the Arabic article of "An-Naqoura" and "in An Nasiriyah" from an English word."""
        j = i + 1
        if j + 1 < len(self.text) and self.text[j] in HYPHENS and self.tight[i]:
            return bool(self.tight[j]) and self.text[j + 1][0].isupper()
        within = not self.opens[i] and self.sentence[i] not in self.loud
        return (
            within
            and j < len(self.text)
            and self.sentence[i] == self.sentence[j]
            and self.text[j][0].isupper()
        )

    def _counts(self, i: int) -> bool:
        return self.doc[self.index[i]].like_num


@cache
def _function_words() -> frozenset[str]:
    return (
        (wordorder.DETERMINERS | wordorder.PREPOSITIONS | wordorder.AUXILIARIES | wordorder.CONJUNCTIONS)
        | (wordorder.SUBORDINATORS | wordorder.PRONOUNS)
    ) - {"may"}


@cache
def table(name: str) -> frozenset[str]:
    """The words of one table of cue words, in lower case."""
    model: type[Row] = Preposition if name == "prepositions" else CueWord
    return frozenset(lexicon.read("places", name, model))


def run_end(words: Words, i: int) -> int:
    """Find where the run of capitalised words ends that begins at word i."""
    last = i + 1
    j = i + 1
    while words.near(i, j):
        if words.named[j]:
            # A full stop inside the run ends no sentence, but one after a short form may: "Ark. Police".
            last = j + 1
        elif (
            (words.text[j] in HYPHENS and words.tight[j - 1] and words.tight[j])
            or (words.lower[j] in PARTICLES and words.near(i, j + 1) and not _is_english(words, j))
            or words.text[j] == "&"
        ):
            pass
        else:
            break
        if j - last >= 4:
            break
        j += 1
    return last


def calendar(text: str) -> bool:
    """Tell whether a word is a month or a day."""
    return text.lower() in CALENDAR


def _is_english(words: Words, i: int) -> bool:
    """The word "at" is a particle in "at-Tall" only, and "i" in "Sar-i-Pul"."""
    return (
        words.lower[i] in {"at", "as", "an", "i", "do", "um", "wa", "ad"} and words.text[i + 1] not in HYPHENS
    )
