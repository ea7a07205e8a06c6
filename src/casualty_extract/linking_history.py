"""The history of an incident's figures: what took the place of what, where sources disagree, and what stands.

A figure takes the place of an earlier one of the same harm and victims where the two differ: the same source's at
once, another source's from `MOVED` days after it on. Before that the two sources disagree. A figure whose bounds
hold the earlier one ("at least 12" after 15) takes the place of nothing, and neither does a part, a single person,
an addition, or a figure that is denied or doubtful.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from sys import intern
from typing import Any

from casualty_extract.linking_records import ClaimKey, Entry, LinkedToll
from casualty_extract.records import Claim, Toll
from casualty_extract.tolls import SURE

__all__ = ["Line", "Voice", "history", "is_contradicted", "line", "sums", "tolls"]

MOVED = 1
"""From so many days after another source's figure on, a different one is news and no disagreement."""
STANDING = 24
"""So many standing figures are looked at, the latest first: it keeps an incident of thousands of articles linear."""

Sum = tuple[str, int | None, int | None, int | None, bool]
"""A harm, its low, best and high, and whether it counts nothing but single persons."""


@dataclass(frozen=True, slots=True)
class Line:
    """What the history keeps of a claim."""

    claim: str
    source: str | None
    kind: str | None
    status: str
    unit: str
    harm: str | None
    category: str | None
    scope: str
    low: int | None
    best: int | None
    high: int | None
    part: bool
    single: bool

    @property
    def is_total(self) -> bool:
        """Whether it tells how many people were harmed altogether."""
        return (
            self.unit == "people"
            and self.harm is not None
            and self.status in SURE
            and self.scope != "additional"
            and not self.part
            and not self.single
        )


@dataclass(frozen=True, slots=True)
class Voice:
    """What one article says of an incident.

    Attributes:
        document: the article's id.
        published: its day of publication as an ordinal, 0 where it is not known.
        lines: its claims, in text order.
        sums: its tolls, over all victims.
        copied: whether it repeats the words and the tolls of an earlier one.
    """

    document: str
    published: int
    lines: tuple[Line, ...]
    sums: tuple[Sum, ...]
    copied: bool


def line(claim: Claim) -> Line:
    """Keep of a claim what its history needs."""
    said = claim.attribution
    return Line(
        claim=claim.id,
        source=intern(said.source.name) if said else None,
        kind=said.source.kind if said else None,
        status=claim.status,
        unit=claim.unit,
        harm=claim.harm.label if claim.harm else None,
        category=claim.victims.category if claim.victims else None,
        scope=claim.scope,
        low=claim.quantity.low,
        best=claim.quantity.best,
        high=claim.quantity.high,
        part=claim.part_of is not None,
        single=claim.quantity.form in {"singular", "name"},
    )


def sums(found: Iterable[Toll], lines: Sequence[Line]) -> tuple[Sum, ...]:
    """Add up an article's tolls over the victims: people of no category contain those of the others.

    >>> from casualty_extract.records import Toll
    >>> police = Toll(harm="killed", category="police", low=2, best=2, high=2)
    >>> people = Toll(harm="killed", category="unspecified", low=10, best=10, high=None)
    >>> sums([police, people], [])
    (('killed', 10, 10, None, True),)
    """
    by_harm: dict[str, list[Toll]] = {}
    for toll in found:
        by_harm.setdefault(toll.harm, []).append(toll)
    made = []
    for harm, rows in by_harm.items():
        single = not any(ln.harm == harm and ln.is_total for ln in lines)
        whole = [t for t in rows if t.category == "unspecified"]
        parts = [t for t in rows if t.category != "unspecified"]
        low, best, high = (
            _greater(_total(whole, bound), _total(parts, bound)) for bound in ("low", "best", "high")
        )
        if any(t.high is None for t in rows):
            high = None
        if is_contradicted(rows, [ln for ln in lines if ln.harm == harm]):
            least = [n for n in (_total(whole, "low"), _total(parts, "low")) if n is not None]
            low = min(least, default=None)
        known = [n for n in (best, high) if n is not None]
        low = min([low, *known]) if low is not None else None
        made.append((intern(harm), low, best, high, single))
    return tuple(made)


def is_contradicted(rows: Sequence[Toll], lines: Sequence[Line]) -> bool:
    """Tell whether kinds of victims are more than all the people that another source tells of.

    Where medics tell of 31 dead people and an army of 100 dead civilians, the two are alternatives, and the
    31 stay the least.

    Args:
        rows: an article's tolls of one harm.
        lines: its figures of that harm.
    """
    whole = [t for t in rows if t.category == "unspecified"]
    parts = [t for t in rows if t.category != "unspecified"]
    all_, kinds = _total(whole, "high") or _total(whole, "best"), _total(parts, "low")
    if all_ is None or kinds is None or kinds <= all_:
        return False
    own = [ln for ln in lines if ln.is_total]
    wholes = {ln.source for ln in own if ln.category in {None, "unspecified"} and ln.scope == "event"}
    return bool(wholes) and wholes.isdisjoint(
        ln.source for ln in own if ln.category not in {None, "unspecified"}
    )


def _total(rows: list[Toll], bound: str) -> int | None:
    known = [n for n in (getattr(toll, bound) for toll in rows) if n is not None]
    return sum(known) if known else None


def _greater(a: int | None, b: int | None) -> int | None:
    return max((n for n in (a, b) if n is not None), default=None)


def tolls(voices: Sequence[Voice]) -> tuple[LinkedToll, ...]:
    """Give for each harm the figures that stand at the end: their least, the latest, their greatest.

    Copies say nothing of their own. Where articles of the latest day differ, the figure of most of them is the
    best, then the greater. Figures of single persons count only where there are no others.

    Args:
        voices: in order of publication.
    """
    harms = dict.fromkeys(s[0] for voice in voices for s in voice.sums)
    made = []
    for harm in harms:
        rows = [(v.published, s) for v in voices if not v.copied for s in v.sums if s[0] == harm]
        if any(not s[4] for _, s in rows):
            rows = [row for row in rows if not row[1][4]]
            toll = _standing(harm, rows)
        else:
            # Articles may name other persons of the dead: the most that one of them names.
            most = [_greater(s[1], s[2]) for _, s in rows]
            count = max((n for n in most if n is not None), default=None)
            toll = _checked(harm, count, count, count)
        made.append(toll)
    return tuple(made)


def _standing(harm: str, rows: list[tuple[int, Sum]]) -> LinkedToll:
    best: int | None = None
    standing: list[Sum] = []
    for day in sorted({published for published, _ in rows}):
        new = [s for published, s in rows if published == day]
        other = [
            s[2] for s in new if s[2] is not None and (best is None or not _holds(s[1], s[2], s[3], best))
        ]
        if other:
            told = Counter(other)
            best = max(told, key=lambda n: (told[n], n))
            standing = [s for s in standing if _holds(s[1], s[2], s[3], best)]
        standing += [s for s in new if s not in standing]
    lows = [s[1] for s in standing if s[1] is not None]
    highs = [s[3] for s in standing]
    closed = [n for n in highs if n is not None]
    high = max(closed) if closed and len(closed) == len(highs) else None
    return _checked(harm, min(lows, default=None), best, high)


def _checked(harm: str, low: int | None, best: int | None, high: int | None) -> LinkedToll:
    if best is not None:
        low = min(low, best) if low is not None else None
        high = max(high, best) if high is not None else None
    if low is not None and high is not None:
        high = max(low, high)
    return LinkedToll.model_validate({"harm": harm, "low": low, "best": best, "high": high})


def _holds(low: int | None, best: int | None, high: int | None, figure: int) -> bool:
    """Tell whether a figure can be the one that others state exactly."""
    if low is None and high is None:
        return best is None or best == figure
    return (low is None or low <= figure) and (high is None or figure <= high)


def history(voices: Sequence[Voice]) -> tuple[Entry, ...]:
    """Put the claims of an incident in order, each with what it took the place of and whom it contradicts.

    Args:
        voices: in order of publication.
    """
    standing: dict[tuple[str | None, str | None], list[tuple[Voice, Line]]] = {}
    made = []
    for voice in voices:
        for ln in voice.lines:
            replaced: list[ClaimKey] = []
            against: list[ClaimKey] = []
            if ln.is_total and not voice.copied:
                row = standing.setdefault((ln.harm, ln.category), [])
                kept = row[:-STANDING]
                for before, old in row[-STANDING:]:
                    said = ClaimKey(document=before.document, claim=old.claim)
                    if _replaces(ln, voice, old, before):
                        replaced.append(said)
                        continue
                    kept.append((before, old))
                    if old.source != ln.source and _differ(ln, old):
                        against.append(said)
                standing[ln.harm, ln.category] = [*kept, (voice, ln)]
            made.append(_entry(voice, ln, tuple(replaced), tuple(against)))
    return tuple(made)


def _replaces(ln: Line, voice: Voice, old: Line, before: Voice) -> bool:
    if ln.best is None or old.best is None or ln.best == old.best or voice is before:
        return False
    if _holds(ln.low, ln.best, ln.high, old.best):
        return False
    later = voice.published - before.published if before.published else 0
    return ln.source == old.source or later >= MOVED


def _differ(a: Line, b: Line) -> bool:
    """Tell whether no number lies within the bounds of both."""
    low = max((n for n in (a.low, b.low) if n is not None), default=None)
    high = min((n for n in (a.high, b.high) if n is not None), default=None)
    return low is not None and high is not None and low > high


def _entry(voice: Voice, ln: Line, replaced: tuple[ClaimKey, ...], against: tuple[ClaimKey, ...]) -> Entry:
    stated: dict[str, Any] = {
        "document": voice.document,
        "claim": ln.claim,
        "published": date.fromordinal(voice.published) if voice.published else None,
        "source": ln.source,
        "source_kind": ln.kind,
        "status": ln.status,
        "unit": ln.unit,
        "harm": ln.harm,
        "category": ln.category,
        "scope": ln.scope,
        "low": ln.low,
        "best": ln.best,
        "high": ln.high,
        "part": ln.part,
        "copied": voice.copied,
        "supersedes": replaced,
        "disagrees": against,
    }
    return Entry.model_validate(stated)
