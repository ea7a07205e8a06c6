"""What the accuracy commands share: how found passages are paired with gold, and the words around a passage."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

__all__ = ["context", "pair"]


def pair(shared: Iterable[tuple[int, int, int]]) -> Iterator[tuple[int, int]]:
    """Pair gold with found passages one to one, those with the most characters in common first.

    >>> list(pair([(3, 0, 0), (5, 0, 1), (2, 1, 1)]))
    [(0, 1)]

    Args:
        shared: characters in common, number of the gold passage, number of the found one. Of equals the
            first in the text goes first.

    Yields:
        The numbers of both.
    """
    golds: set[int] = set()
    found: set[int] = set()
    for _, i, j in sorted(shared, key=lambda each: (-each[0], each[1], each[2])):
        if i not in golds and j not in found:
            golds.add(i)
            found.add(j)
            yield i, j


def context(text: str, start: int) -> str:
    """Give the words around a place."""
    return " ".join(text[max(0, start - 60) : start + 70].split())
