"""Words and word groups of the lexicon, looked up in a row of tokens."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

__all__ = ["Phrases", "folded", "split"]

V = TypeVar("V")

# The tokenizer parts words at hyphens between letters and before a genitive.
SEAMS = re.compile(
    r"\s+|(?<=[^\W\d_])(?=-[^\W\d_])|(?<=[^\W\d_]-)(?=[^\W\d_])|(?<=\w)(?='s\b)|(?<=s)(?='(?:\s|$))"
)


def folded(word: str) -> str:
    """Write a word as the look-up does: lower case, plain apostrophes and hyphens.

    >>> folded("Sheriff’s")
    "sheriff's"
    """
    return word.lower().replace("’", "'").replace("‑", "-").replace("–", "-")


def split(phrase: str) -> tuple[str, ...]:
    """Part a phrase as the tokenizer does.

    >>> split("half-brother")
    ('half', '-', 'brother')
    >>> split("sheriff's deputy")
    ('sheriff', "'s", 'deputy')
    """
    return tuple(part for part in SEAMS.split(folded(phrase)) if part)


class Phrases(Generic[V]):
    """A look-up of phrases of one or more words, the longest first.

    >>> found = Phrases([("aid worker", 1), ("worker", 2)])
    >>> found.match(["an", "aid", "worker"], 1)
    (2, 1)

    Args:
        entries: the phrases and what they stand for; of equal phrases the first counts.

    Attributes:
        openers: the words with which the phrases start.
    """

    def __init__(self, entries: Iterable[tuple[str, V]]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], V]]] = {}
        seen: set[tuple[str, ...]] = set()
        for phrase, value in entries:
            parts = split(phrase)
            if parts not in seen:
                seen.add(parts)
                self._by_first.setdefault(parts[0], []).append((parts, value))
        for candidates in self._by_first.values():
            candidates.sort(key=lambda entry: -len(entry[0]))
        self.openers = frozenset(self._by_first)

    def match(self, words: Sequence[str], i: int) -> tuple[int, V] | None:
        """Give the length in words and the value of the longest phrase that starts at word i."""
        for parts, value in self._by_first.get(words[i], ()):
            if tuple(words[i : i + len(parts)]) == parts:
                return len(parts), value
        return None
