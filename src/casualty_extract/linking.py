"""From the incidents of articles to those of an archive: which articles tell of one event, and how its toll changed.

Incidents are linked where what they share is enough and nothing contradicts it (`linking_signs`); copies of one
text are told first (`linking_copies`). The strongest links are made first, and none joins two incidents of which
any two members contradict each other. The order of the articles makes no difference.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from casualty_extract.errors import ArgumentError
from casualty_extract.linking_blocks import MOST, Key, asked, kept
from casualty_extract.linking_clusters import Edge, cluster
from casualty_extract.linking_copies import Copies, words_of
from casualty_extract.linking_incidents import describe
from casualty_extract.linking_records import LinkedIncident
from casualty_extract.linking_signs import ENOUGH, Signs, compare, read
from casualty_extract.records import Article, Extraction

__all__ = ["CopyKind", "LinkedIncident", "Linker", "link"]

CopyKind = Literal["near", "exact"]
MANY = 12
"""Of so many incidents at most each is compared with each of a copy; lists of more are compared one by one."""


def link(
    extractions: Iterable[Extraction | tuple[Article, Extraction]],
    *,
    known: Linker | None = None,
    copies: CopyKind = "near",
) -> Iterator[LinkedIncident]:
    """Link the incidents of an archive.

    >>> from casualty_extract import extract
    >>> friday = extract("A bomb killed 12 people in Mosul on Friday, police said.", published="2017-09-02")
    >>> sunday = extract("The toll of Friday's bombing in Mosul rose to 15 dead, police said.", published="2017-09-04")
    >>> list(link([sunday, friday]))
    [LinkedIncident(2017-09-01, 'Mosul', bombing, 2 articles: 15 killed)]

    Args:
        extractions: of articles, in any order; each alone, or as a pair with its `Article`, whose text then tells
            copies more surely than the sentences of the claims do. They are read once and not kept.
        known: a `Linker` with the articles of before, to which these are added; its own `copies` holds.
        copies: "near" recognises articles with nearly the same words, for which the extra ``link`` is needed;
            "exact" only those with the same.

    Yields:
        Every incident of the archive, in order of publication of its first article, those linked with no other too.

    Raises:
        ArgumentError: `copies` is neither of the two, or something is no extraction.
        MissingPackageError: near copies are sought, and datasketch is not installed.
    """
    linker = known if known is not None else Linker(copies=copies)
    for given in extractions:
        if isinstance(given, tuple):
            article, extraction = given
            linker.add(extraction, article.text)
        else:
            linker.add(given)
    yield from linker.incidents()


class Linker:
    """An archive that grows: articles are added, and its incidents asked for at any time.

    >>> from casualty_extract import extract
    >>> linker = Linker()
    >>> linker.add(extract("A bomb killed 12 people in Mosul on Friday.", published="2017-09-02"))
    >>> linker.add(extract("Floods killed 40 people in Jakarta on Friday.", published="2017-09-02"))
    >>> len(list(linker.incidents()))
    2

    What is compared is remembered, so that asking again compares only what was added since. Where more incidents than
    `MOST` share a key, those added later are compared with the nearest of them as they then stand, so an archive that
    is asked between can differ there from one that is asked once.

    Args:
        copies: as in `link`.

    Raises:
        ArgumentError: `copies` is neither of the two.
        MissingPackageError: near copies are sought, and datasketch is not installed.
    """

    def __init__(self, *, copies: CopyKind = "near") -> None:
        if copies not in ("near", "exact"):
            raise ArgumentError("copies", copies, "one of near, exact")
        self._copies = Copies(near=copies == "near")
        self._signs: list[Signs] = []
        self._article_of: list[int] = []
        self._incidents_of: list[range] = []
        self._seen: set[tuple[str, str, int]] = set()
        self._blocks: dict[Key, list[int]] = {}
        self._edges: list[Edge] = []
        self._copied: dict[int, list[int]] = {}
        self._compared = 0

    def add(self, extraction: Extraction, text: str | None = None) -> None:
        """Add an article; one of the same id, day and text as one before is passed over.

        Args:
            extraction: its claims and incidents.
            text: its text, where it is at hand, to tell copies by.

        Raises:
            ArgumentError: it is no `Extraction`.
        """
        if not isinstance(extraction, Extraction):
            raise ArgumentError("extraction", extraction, "an Extraction")
        found = read(extraction)
        if not found or (name := (found[0].document, *found[0].key[1::-1])) in self._seen:
            return
        self._seen.add(name)
        article, first = len(self._incidents_of), len(self._signs)
        self._copies.add(article, words_of(extraction, text))
        self._signs += found
        self._article_of += [article] * len(found)
        self._incidents_of.append(range(first, len(self._signs)))
        for number in self._incidents_of[-1]:
            for key in kept(self._signs[number]):
                self._blocks.setdefault(key, []).append(number)

    def incidents(self) -> Iterator[LinkedIncident]:
        """Yield all incidents, in order of publication of the first article that tells of each."""
        self._compare()
        groups = cluster(self._signs, self._edges)
        for numbers, links in groups:
            yield describe(self._signs, numbers, links, self._copied_within(numbers))

    def _copied_within(self, numbers: list[int]) -> dict[int, list[int]]:
        """Give for each incident the others of the same event whose articles are its copies."""
        if len(numbers) == 1:
            return {}
        by_article: dict[int, list[int]] = {}
        for number in numbers:
            by_article.setdefault(self._article_of[number], []).append(number)
        return {
            n: [m for copy in self._copied.get(self._article_of[n], ()) for m in by_article.get(copy, ())]
            for n in numbers
        }

    def _compare(self) -> None:
        new = range(self._compared, len(self._signs))
        if not new:
            return
        for block in self._blocks.values():
            if len(block) > MOST and block[-1] >= self._compared:
                block.sort(
                    key=lambda n: (self._signs[n].cause or "", self._signs[n].figures, self._signs[n].key)
                )
        ranks: dict[Key, dict[int, int]] = {}
        for number in new:
            for other in sorted(self._candidates(number, ranks)):
                if other != number and (other < self._compared or other > number):
                    self._weigh(number, other, copied=False)
        for article in range(self._article_of[new.start], len(self._incidents_of)):
            self._copied[article] = self._copies.of(article)
            for copy in self._copied[article]:
                if copy < self._article_of[new.start]:
                    self._copied[copy] = sorted({*self._copied[copy], article})
                if copy < article:
                    for a, b in self._of_copies(article, copy):
                        self._weigh(a, b, copied=True)
        self._compared = len(self._signs)

    def _candidates(self, number: int, ranks: dict[Key, dict[int, int]]) -> set[int]:
        found: set[int] = set()
        for key in asked(self._signs[number]):
            block = self._blocks.get(key)
            if block is None:
                continue
            if len(block) <= MOST:
                found.update(block)
                continue
            if key not in ranks:
                ranks[key] = {n: rank for rank, n in enumerate(block)}
            # Where it is not of the block itself, it stands where it would.
            at = ranks[key].get(number)
            if at is None:
                at = self._place_in(block, number)
            found.update(block[max(0, at - MOST // 2) : at + MOST // 2 + 1])
        return found

    def _place_in(self, block: list[int], number: int) -> int:
        mine = self._signs[number]
        wanted = (mine.cause or "", mine.figures, mine.key)
        low, high = 0, len(block)
        while low < high:
            middle = (low + high) // 2
            other = self._signs[block[middle]]
            if (other.cause or "", other.figures, other.key) < wanted:
                low = middle + 1
            else:
                high = middle
        return low

    def _of_copies(self, article: int, copy: int) -> Iterator[tuple[int, int]]:
        """Pair the incidents of two copies, each with the one that has most of its figures."""
        mine, theirs = sorted(
            (self._incidents_of[n] for n in (article, copy)), key=lambda r: self._signs[r[0]].key
        )
        if max(len(mine), len(theirs)) > MANY:
            yield from zip(mine, theirs, strict=False)
            return
        told = {n: {(ln.harm, ln.category, ln.best) for ln in self._signs[n].lines} for n in (*mine, *theirs)}
        ranked = sorted(
            (-len(told[x] & told[y]), abs(i - j), i, j, x, y)
            for i, x in enumerate(mine)
            for j, y in enumerate(theirs)
        )
        paired: set[int] = set()
        for common, _, _, _, x, y in ranked:
            if common and not {x, y} & paired:
                paired |= {x, y}
                yield x, y

    def _weigh(self, a: int, b: int, copied: bool) -> None:
        points, _ = compare(self._signs[a], self._signs[b], copied)
        if points >= ENOUGH:
            self._edges.append((points, a, b, copied))
