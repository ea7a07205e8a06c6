"""What stands around a harm: the mentions of its sentence, the nearest first, and those told before.

A text turns to another event at words such as "Elsewhere", or with each paragraph of a digest; nothing
is carried over from beyond such a turn, nor from what is told of another country.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from casualty_extract.mentions import Mention
from casualty_extract.parsing import Sentences

__all__ = ["FAR", "Asked", "Carried", "Row", "Surroundings"]

ELSEWHERE = (
    "elsewhere",
    "meanwhile",
    "in a separate",
    "in another ",
    "separately",
    "in other ",
    "in a different",
)
"""What opens the account of another event."""
TURNS, DIGEST = 3, 0.6
"""How many paragraphs of a digest name no country of the one before, at least, and what part of them."""
FAR = 200
"""How many mentions are looked at for one figure; it keeps endless lists linear."""


class Asked(NamedTuple):
    """The harm whose setting is asked for.

    Attributes:
        start: where its figure stands.
        harm: where the word of harm stands.
        label: the label of the harm.
        unit: what is counted.
        scope: event, additional or cumulative.
        many: more than one is counted.
    """

    start: int
    harm: tuple[int, int]
    label: str | None
    unit: str
    scope: str
    many: bool = False


@dataclass(frozen=True, slots=True)
class Carried:
    """A mention chosen for a claim, on which basis and by which rule."""

    mention: Mention
    basis: str
    rule: str


@dataclass(frozen=True, slots=True)
class Row:
    """Mentions of one kind in text order, with the numbers of their sentences."""

    mentions: list[Mention]
    sentences: list[int]

    def of(self, sentence: int) -> list[Mention]:
        """The mentions of one sentence, no more than can bear on a figure."""
        lo, hi = bisect_left(self.sentences, sentence), bisect_right(self.sentences, sentence)
        return self.mentions[lo : min(hi, lo + FAR)]


class Surroundings:
    """The mentions around the harms of one article.

    Args:
        sentences: the text and its sentences.
        places: the layer ``places``.
        harms: the layer ``harms``.
    """

    def __init__(self, sentences: Sentences, places: tuple[Mention, ...], harms: tuple[Mention, ...]) -> None:
        self._sentences = sentences
        self.text = sentences.text
        self._located = self.row(p for p in places if p.value.get("role") == "location")
        self._harms = self.row(harms)
        self._walls = self._new_events(self.row(p for p in places if p.value["country"]))

    def row(self, found: Iterable[Mention]) -> Row:
        """Put mentions of one kind into a row."""
        mentions = list(found)
        return Row(mentions, [self._sentences.index(m.start) for m in mentions])

    def sentence(self, offset: int) -> int:
        """Give the number of the sentence at an offset."""
        return self._sentences.index(offset)

    def bounds(self, offset: int) -> tuple[int, int]:
        """Give where the sentence at an offset starts and ends."""
        return self._sentences.bounds(offset)

    def near(self, row: Row, start: int, harm: tuple[int, int]) -> list[Mention]:
        """The mentions of the figure's sentence, the nearest to the harm first."""
        here = self.sentence(start)
        harms = self._harms.of(here)

        def distance(m: Mention) -> tuple[int, int]:
            lo, hi = min(m.end, harm[1]), max(m.start, harm[0])
            crossed = sum(1 for h in harms if lo <= h.start and h.end <= hi)
            return crossed * 200 + max(0, hi - lo) + (15 if m.end <= harm[0] else 0), m.start

        return sorted(row.of(here), key=distance)

    def before(self, row: Row, start: int, use: Callable[[Mention], bool] = lambda _: True) -> Mention | None:
        """The last fitting mention of the sentences before, else the first one after."""
        here = self.sentence(start)

        def fits(m: Mention) -> bool:
            return use(m) and self.one_event(here, self.sentence(m.start))

        first = bisect_left(row.sentences, here)
        for i in range(first - 1, max(-1, first - 1 - FAR), -1):
            if fits(row.mentions[i]):
                # The first of its sentence: news names the event before its details.
                told = row.of(row.sentences[i])
                return next(m for m in told if fits(m))
        after = bisect_right(row.sentences, here)
        return next((m for m in row.mentions[after : after + FAR] if fits(m)), None)

    def one_event(self, here: int, there: int) -> bool:
        """Tell whether two sentences can tell of one event: no other country, no turn as "Elsewhere" between."""
        if self.parted(here, there):
            return False
        mine, theirs = self._countries(here), self._countries(there)
        return not mine or not theirs or bool(mine & theirs)

    def one_spot(self, here: int, there: int) -> bool:
        """Tell whether two sentences can tell of one spot: they do not name different towns."""
        mine, theirs = self._towns(here), self._towns(there)
        return not mine or not theirs or bool(mine & theirs)

    def parted(self, here: int, there: int) -> bool:
        """Tell whether the text turns to another event between two sentences."""
        lo, hi = min(here, there), max(here, there)
        return bisect_right(self._walls, hi) > bisect_right(self._walls, lo)

    def _countries(self, sentence: int) -> set[str]:
        return {str(p.value["country"]) for p in self._located.of(sentence) if p.value["country"]}

    def _towns(self, sentence: int) -> set[str]:
        return {str(p.value["name"]) for p in self._located.of(sentence) if p.label == "city"}

    def _new_events(self, named: Row) -> list[int]:
        """The sentences at which the text turns to another event: by a word, or as a digest of events.

        Args:
            named: all places and words for nations.
        """
        walls: set[int] = set()
        paragraphs: list[int] = [0]
        countries: list[set[str]] = [set()]
        starts = self._sentences.starts
        for i, first in enumerate(starts):
            opening = self.text[first : first + 40].lstrip(" \n\t*\"“'").lower()
            if opening.startswith(ELSEWHERE):
                walls.add(i)
            if i and "\n\n" in self.text[max(starts[i - 1], first - 4) : first + 2]:
                paragraphs.append(i)
                countries.append(set())
            countries[-1] |= {str(p.value["country"]) for p in named.of(i)}
        if _is_digest([c for c in countries if c]):
            walls.update(paragraphs)
        return sorted(walls)


def _is_digest(countries: list[set[str]]) -> bool:
    """Tell whether paragraphs tell of events of their own, from the countries that each of them names.

    The paragraphs of a report come back to its country again and again; two items of a digest have mostly
    none in common.
    """
    pairs = list(pairwise(countries))
    turns = sum(not a & b for a, b in pairs)
    return turns >= TURNS and turns >= DIGEST * len(pairs)
