"""Who says so, and how sure they are: the attribution and the status of each figure."""

from __future__ import annotations

from bisect import bisect_right

from spacy.tokens import Doc

from casualty_extract import wordorder
from casualty_extract.mentions import Mention

__all__ = ["Voices"]


class Voices:
    """The attributions and statuses of one article, asked for by the place of a figure.

    Args:
        doc: tokens and sentences.
        attributions: the layer ``attributions``.
        statuses: the layer ``statuses``.
    """

    def __init__(self, doc: Doc, attributions: tuple[Mention, ...], statuses: tuple[Mention, ...]) -> None:
        self._attributions = attributions
        self._statuses = statuses
        self._quotes = [(doc[a].idx, doc[b - 1].idx + len(doc[b - 1])) for a, b in wordorder.quoted(doc)]
        self._starts = [a for a, _ in self._quotes]

    def attribution(self, start: int, end: int) -> Mention | None:
        """Give the attribution whose content holds the figure most closely."""
        holding = [m for m in self._attributions if _holds(m.value["scope"], start, end)]
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
        governing = [m for m in self._statuses if _holds(m.value["scope"], start, end)]
        if not governing:
            return None
        return max(governing, key=lambda m: (m.value["strength"], -abs(m.start - start), -m.start))

    def _is_quoted(self, start: int, end: int) -> bool:
        i = bisect_right(self._starts, start) - 1
        return i >= 0 and end <= self._quotes[i][1]


def _holds(scope: list[int], start: int, end: int) -> bool:
    return scope[0] <= start and end <= scope[1]
