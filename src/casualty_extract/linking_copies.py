"""Articles with nearly the same words, as papers print what a news agency sent them.

Texts are compared by the groups of three words that they share (MinHash, by datasketch, which the extra ``link``
brings): so that each is compared with a few others and not with all.
"""

from __future__ import annotations

import re
from typing import Any

from casualty_extract.errors import MissingPackageError
from casualty_extract.records import Extraction

__all__ = ["ALIKE", "Copies", "words_of"]

ALIKE = 0.7
"""From what share of common groups of words on two texts are copies: a changed name, a dropped sentence and another
dateline leave more, and two reports of one event by different hands a third at most."""
GROUP = 3
"""Words in a group."""
PERMUTATIONS = 64
BANDS, ROWS = 8, 7
"""A pair with a share of s is looked at with a chance of ``1 - (1 - s**ROWS)**BANDS``: 0.95 where s is 0.85."""
_WORD = re.compile(r"\w+")


def words_of(extraction: Extraction, text: str | None) -> str:
    """Give the words to compare: the text where there is one, else the sentences of its claims, each once.

    >>> from casualty_extract import extract
    >>> words_of(extract("It rained. Gunmen killed 12 people and wounded 3."), None)
    'Gunmen killed 12 people and wounded 3.'
    """
    whole = text if text is not None else extraction.text
    if whole is not None:
        return whole
    return "\n".join(dict.fromkeys(claim.evidence.text for claim in extraction.claims))


class Copies:
    """Texts, and which of them are copies of one another.

    >>> copies = Copies()
    >>> copies.add(0, "A bomb killed 12 people and wounded 30 in a market of Mosul on Friday, the police said.")
    >>> copies.add(1, "A bomb killed 12 people and wounded 30 in a market of Mosul on Friday, the police say.")
    >>> copies.add(2, "Gunmen killed 12 people in Mosul on Friday, a doctor of the town's hospital said.")
    >>> copies.of(1)
    [0]

    Args:
        near: whether texts that are nearly the same count; else the very same words alone do.

    Raises:
        MissingPackageError: `near`, and datasketch is not installed.
    """

    def __init__(self, near: bool = True) -> None:
        self._sketch = _datasketch() if near else None
        self._same: dict[str, list[int]] = {}
        self._texts: dict[int, str] = {}
        self._minhashes: dict[int, Any] = {}
        self._index = (
            self._sketch.MinHashLSH(num_perm=PERMUTATIONS, params=(BANDS, ROWS)) if self._sketch else None
        )

    def add(self, number: int, text: str) -> None:
        """Add a text under a number."""
        words = _WORD.findall(text.casefold())
        if self._sketch is None or self._index is None:
            key = " ".join(words)
            self._same.setdefault(key, []).append(number)
            self._texts[number] = key
            return
        groups = {" ".join(words[i : i + GROUP]) for i in range(max(1, len(words) - GROUP + 1))}
        whole = self._sketch.MinHash(num_perm=PERMUTATIONS)
        whole.update_batch([group.encode() for group in sorted(groups)])
        lean = self._sketch.LeanMinHash(whole)
        self._minhashes[number] = lean
        self._index.insert(number, lean)

    def of(self, number: int) -> list[int]:
        """Give the numbers of its copies among the texts added so far."""
        if self._index is None:
            return [n for n in self._same.get(self._texts.get(number, ""), ()) if n != number]
        mine = self._minhashes.get(number)
        if mine is None:
            return []
        found = (n for n in self._index.query(mine) if n != number)
        return sorted(n for n in found if mine.jaccard(self._minhashes[n]) >= ALIKE)


def _datasketch() -> Any:
    try:
        import datasketch
    except ImportError as error:
        raise MissingPackageError("datasketch", extra="link", purpose="to find copies of articles") from error
    return datasketch
