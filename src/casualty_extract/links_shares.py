"""Which of the places of a sentence belong to which of its figures, where several have places of their own.

*Finds* "[Six] died in Arda, [two] in Belm": six in Arda, two in Belm; "In Arda [six] died and in Belm [two]"; "[Nine]
were killed and [30] hurt in Arda, and [two] died in Belm": nine and 30 in Arda.
*Leaves alone* sentences in which one figure alone has a place beside it: it is that of all of them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from itertools import compress, pairwise

from casualty_extract.links_surroundings import Row, Surroundings
from casualty_extract.mentions import Mention

__all__ = ["Shares"]

MOST = 100
"""How many figures of a sentence are looked at; a list of more is a table."""


class Shares:
    """The places that stand behind or before each figure of an article.

    Args:
        around: what stands around each harm.
        located: the places in which things happen.
        figures: where the figures stand, and which of them count a harm.
    """

    def __init__(self, around: Surroundings, located: Row, figures: Mapping[int, bool]) -> None:
        self._located = located
        self._around = around
        self._counts = figures
        self._figures: dict[int, list[int]] = {}
        for start in sorted(figures):
            self._figures.setdefault(around.sentence(start), []).append(start)
        self._known: dict[int, dict[int, list[Mention]]] = {}

    def of(self, start: int) -> list[Mention]:
        """Give the places of a figure; none where the sentence does not hand them out."""
        sentence = self._around.sentence(start)
        if sentence not in self._known:
            self._known[sentence] = self._hand_out(sentence)
        return self._known[sentence].get(start, [])

    def _hand_out(self, sentence: int) -> dict[int, list[Mention]]:
        figures, places = self._figures.get(sentence, []), self._located.of(sentence)
        if not 2 <= len(figures) <= MOST or len(places) < 2:
            return {}
        first, last = self._around.bounds(figures[0])
        counting = [self._counts[figure] for figure in figures]
        behind = list(compress(_between([*figures, last], places), counting))
        figures = list(compress(figures, counting))
        if sum(map(bool, behind)) >= 2:
            return dict(zip(figures, _filled(behind), strict=True))
        before = _between([first, *figures], places)
        if sum(map(bool, before)) >= 2 and not behind[-1]:
            return dict(zip(figures, _filled(before[::-1])[::-1], strict=True))
        return {}


def _between(bounds: list[int], places: list[Mention]) -> list[list[Mention]]:
    """Give the places between each bound and the next."""
    starts = [place.start for place in places]
    at = [bisect_right(starts, bound) for bound in bounds]
    return [places[a:b] for a, b in pairwise(at)]


def _filled(shares: list[list[Mention]]) -> list[list[Mention]]:
    """Let a figure without a place have that of the next one which has one, else of the one before."""
    found: list[list[Mention]] = []
    following: list[Mention] = []
    for share in reversed(shares):
        following = share or following
        found.append(following)
    found.reverse()
    last = next((share for share in reversed(shares) if share), [])
    return [share or last for share in found]
