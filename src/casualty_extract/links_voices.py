"""Who says so, and how sure they are: the attribution and the status of each figure."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

from spacy.tokens import Doc

from casualty_extract.mentions import Mention
from casualty_extract.reading import layout

__all__ = ["Voices"]


class Voices:
    """The attributions and statuses of one article, asked for by the place of a figure.

    Args:
        doc: tokens and sentences.
        attributions: the layer ``attributions``.
        statuses: the layer ``statuses``.
    """

    def __init__(self, doc: Doc, attributions: tuple[Mention, ...], statuses: tuple[Mention, ...]) -> None:
        self._attributions = _Scopes(attributions)
        self._statuses = _Scopes(statuses)
        self._quotes = layout(doc).quotations
        self._starts = [a for a, _ in self._quotes]

    def attribution(self, start: int, end: int) -> Mention | None:
        """Give the attribution whose content holds the figure most closely."""
        holding = [m for m in self._attributions.holding(start, end) if not m.value["wish"]]
        if not holding:
            return None

        def closeness(m: Mention) -> tuple[int, int, int]:
            lo, hi = m.value["scope"]
            return hi - lo, abs(m.start - start), m.start

        return min(holding, key=closeness)

    def form(self, start: int, end: int, harm: tuple[int, int]) -> str:
        """Tell whether the figure stands inside quotation marks, beside them, or without any."""
        if self._is_quoted(start, end):
            return "direct"
        return "mixed" if self._is_quoted(*harm) else "indirect"

    def status(self, start: int, end: int, harm: tuple[int, int]) -> Mention | None:
        """Give the strongest sign that governs the figure; None for a plain statement."""
        governing = self._statuses.holding(start, end)
        if not governing:
            return None
        return max(governing, key=lambda m: (m.value["strength"], -abs(m.start - start), -m.start))

    def _is_quoted(self, start: int, end: int) -> bool:
        i = bisect_right(self._starts, start) - 1
        return i >= 0 and end <= self._quotes[i][1]


class _Scopes:
    """Mentions by the stretches that they govern."""

    def __init__(self, mentions: tuple[Mention, ...]) -> None:
        self._mentions = mentions
        self._order = sorted(range(len(mentions)), key=lambda i: mentions[i].value["scope"][0])
        self._starts = [mentions[i].value["scope"][0] for i in self._order]
        # How far any scope up to a place reaches: nothing before it needs a look where that is too short.
        self._reach = list(accumulate((mentions[i].value["scope"][1] for i in self._order), max))

    def holding(self, start: int, end: int) -> list[Mention]:
        """Give the mentions whose scope holds a stretch, in text order."""
        found: list[int] = []
        k = bisect_right(self._starts, start) - 1
        while k >= 0 and self._reach[k] >= end:
            if self._mentions[self._order[k]].value["scope"][1] >= end:
                found.append(self._order[k])
            k -= 1
        return [self._mentions[i] for i in sorted(found)]
