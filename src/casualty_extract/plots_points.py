"""The figures of an incident as points to draw, and its running toll; no number is made here that is not told.

What counts for a toll and how figures come to one number is `tolls`', `linking_history`'s and `exports_figures`'.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from casualty_extract.errors import ArgumentError, PlotError
from casualty_extract.exports_figures import BestRule, joined
from casualty_extract.exports_incidents import members, tellings
from casualty_extract.exports_rows import Told
from casualty_extract.linking_records import Entry, LinkedIncident
from casualty_extract.records import Claim, Extraction, Incident
from casualty_extract.tolls import SURE

__all__ = [
    "Point",
    "Points",
    "Step",
    "archive",
    "article",
    "harm_of",
    "people",
    "running",
    "standing",
]

REPORTER = "reporter"
"""Who says so where the text names nobody, as elsewhere in this library."""
NAMED = 3
"""So many of the sources of one point are named in its label."""


@dataclass(frozen=True, slots=True)
class Point:
    """A figure, as one source or several give it.

    Attributes:
        day: the day of publication; None where it is not known.
        low: the least number.
        best: the number; None for vague words.
        high: the greatest; None where it is open.
        status: how far the text stands behind it.
        counts: whether it is more than a part, a copy, doubtful or denied.
        sources: who states it, each once.
        claims: how many claims it stands for.
    """

    day: date | None
    low: int | None
    best: int | None
    high: int | None
    status: str
    counts: bool
    sources: tuple[str, ...]
    claims: int

    @property
    def at(self) -> int:
        """Where its mark stands: at the number, else at the bound that there is."""
        return next(n for n in (self.best, self.low, self.high) if n is not None)

    @property
    def who(self) -> str:
        """Tell who states it."""
        more = len(self.sources) - NAMED
        return ", ".join(self.sources[:NAMED]) + (f" and {more} more" if more > 0 else "")


@dataclass(frozen=True, slots=True)
class Points:
    """The points of one harm in an incident.

    Attributes:
        points: in order of publication, then as they are told.
        claims: how many claims they stand for.
        articles: how many articles these are of.
        left_out: claims that are not drawn, by reason.
    """

    points: tuple[Point, ...]
    claims: int
    articles: int
    left_out: Counter[str]


@dataclass(frozen=True, slots=True)
class Step:
    """The toll from a day on, by a rule.

    Attributes:
        day: the day of publication; None before the first one that is known.
        low: the least number.
        best: the number.
        high: the greatest; None where it is open.
    """

    day: date | None
    low: int | None
    best: int | None
    high: int | None


def people(harm: str) -> str:
    """Name the people whom a harm befell.

    >>> people("killed"), people("casualties")
    ('people killed', 'casualties')
    """
    return harm if harm == "casualties" else f"people {harm}"


def harm_of(told: Iterable[str | None], harm: str | None) -> str:
    """Choose the harm to draw: the one asked for, else "killed", else the one of most figures.

    Args:
        told: the harms of the figures, one each.
        harm: the one asked for.

    Raises:
        PlotError: no figure is of it.
    """
    counts = Counter(name for name in told if name is not None)
    if harm is not None:
        if not counts[harm]:
            known = ", ".join(sorted(counts)) or "none"
            raise PlotError(f"the incident has no figure of {people(harm)}; it has figures of: {known}")
        return harm
    if not counts:
        raise PlotError("the incident has no figure of people")
    return "killed" if counts["killed"] else max(counts, key=lambda name: (counts[name], name))


def archive(incident: LinkedIncident, harm: str, everything: bool) -> Points:
    """Give the points of a linked incident; figures of one day that tell the same become one.

    Args:
        incident: the incident.
        harm: the harm.
        everything: whether parts of figures and copies become points too.

    Raises:
        PlotError: there is none.
    """
    left_out: Counter[str] = Counter()
    groups: dict[tuple[object, ...], list[Entry]] = {}
    for entry in incident.history:
        if entry.harm != harm or entry.unit != "people":
            continue
        reason = _reason(entry, everything)
        if reason is not None:
            left_out[reason] += 1
            continue
        counts = entry.status in SURE and not entry.part and not entry.copied
        key = (entry.published, entry.low, entry.best, entry.high, entry.status, counts)
        groups.setdefault(key, []).append(entry)
    made = []
    for entries in groups.values():
        first = entries[0]
        sources = tuple(dict.fromkeys(entry.source or REPORTER for entry in entries))
        counts = first.status in SURE and not first.part and not first.copied
        made.append(
            Point(
                first.published,
                first.low,
                first.best,
                first.high,
                first.status,
                counts,
                sources,
                len(entries),
            )
        )
    drawn = [entry for entries in groups.values() for entry in entries]
    return _checked(made, len({entry.document for entry in drawn}), left_out)


def _reason(entry: Entry, everything: bool) -> str | None:
    if entry.low is None and entry.best is None and entry.high is None:
        return "without a number"
    if entry.part and not everything:
        return "parts of other figures"
    return "copies" if entry.copied and not everything else None


def article(claims: Sequence[Claim], harm: str, everything: bool) -> Points:
    """Give the points of an article's incident, one a claim; arguments as in `archive`."""
    left_out: Counter[str] = Counter()
    made = []
    for claim in claims:
        figure = claim.quantity
        if claim.unit != "people" or claim.harm is None or claim.harm.label != harm:
            continue
        if figure.low is None and figure.best is None and figure.high is None:
            left_out["without a number"] += 1
            continue
        if claim.part_of is not None and not everything:
            left_out["parts of other figures"] += 1
            continue
        counts = claim.status in SURE and claim.part_of is None and claim.superseded_by is None
        source = claim.attribution.source.name if claim.attribution else REPORTER
        made.append(Point(None, figure.low, figure.best, figure.high, claim.status, counts, (source,), 1))
    return _checked(made, 1, left_out)


def _checked(made: list[Point], articles: int, left_out: Counter[str]) -> Points:
    if not made:
        why = ", ".join(f"{reason} ({count})" for reason, count in sorted(left_out.items()))
        raise PlotError("the incident has no figure to draw" + (f": {why}" if why else ""))
    return Points(tuple(made), sum(point.claims for point in made), articles, left_out)


def running(
    incident: LinkedIncident, extractions: Iterable[Extraction], harm: str, rule: BestRule
) -> list[Step]:
    """Give the toll as it stood from each day of publication on.

    Args:
        incident: the incident.
        extractions: of all its articles; others are passed over.
        harm: the harm.
        rule: how the one number is taken.

    Raises:
        ArgumentError: extractions of some of its articles are missing.
    """
    told = members(tellings(extractions), incident)
    if len(told) < len(incident.members):
        given = f"those of {len(told)} of the incident's {len(incident.members)} articles"
        raise ArgumentError("extractions", given, "those of all of them, or none")
    copies = {(m.document, m.incident) for m in incident.members if m.copy_of is not None}
    days = sorted({_day(t) for t in told})
    steps: list[Step] = []
    for day in days:
        step = _step([t for t in told if _day(t) <= day], copies, harm, rule)
        if step is not None:
            steps.append(Step(date.fromordinal(day) if day else None, *step))
    return steps


def _day(told: Told) -> int:
    return told.source.published.toordinal() if told.source.published else 0


def _step(
    told: Sequence[Told], copies: set[tuple[str, str]], harm: str, rule: BestRule
) -> tuple[int | None, int | None, int | None] | None:
    counts = joined((t.source.document, _day(t), t.sums, t.key in copies) for t in told)
    count = counts.get(("all", harm))
    return (count.low, count.best(rule), count.high) if count is not None else None


def standing(extraction: Extraction, incident: Incident, harm: str, rule: BestRule) -> Step | None:
    """Give the toll of an article's incident."""
    told = [t for t in tellings([extraction]).values() if t.key[1] == incident.id]
    step = _step(told, set(), harm, rule)
    return Step(extraction.document.published, *step) if step is not None else None
