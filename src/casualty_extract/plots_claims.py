"""Who states the figures, and how surely: claims counted by source and status."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from casualty_extract.errors import ArgumentError, PlotError
from casualty_extract.plots_marks import Entry, axis_of_numbers, height_of_legend, legend
from casualty_extract.plots_points import REPORTER
from casualty_extract.plots_style import (
    BODY,
    INK,
    PAPER,
    SMALL,
    STATUSES,
    Margins,
    Words,
    frame,
    lettered,
    measured,
    need_matplotlib,
    shortened,
    width_of,
)
from casualty_extract.records import Claim, Extraction
from casualty_extract.wordings import counted

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["By", "claims"]

By = Literal["source", "kind"]
ROW, WIDTH, LEFT = 20.0, 430.0, 210.0
BAR = 0.66
KINDS = {"un": "United Nations", "ngo": "NGO"}
NOBODY = f"no source named ({REPORTER})"
DARK = frozenset({"confirmed", "assessed", "possible", "denied"})
"""Statuses on whose colour numbers are white."""


@dataclass(frozen=True, slots=True)
class _Bar:
    name: str
    counts: Counter[str]

    @property
    def claims(self) -> int:
        return self.counts.total()


def claims(
    extractions: Iterable[Extraction], *, by: By = "source", most: int = 20, ax: Axes | None = None
) -> Axes:
    """Draw how many claims each source makes, by status: bars, the longest first.

    >>> from casualty_extract import extract
    >>> found = extract("Police said 12 people were killed in Arda. Doctors feared that 30 people had died in Arda.")
    >>> axes = claims([found])
    >>> [label.get_text() for label in axes.get_yticklabels()]
    ['Doctors', 'Police']

    Args:
        extractions: of articles. Every claim counts, those that are told again too.
        by: "source" for the names of sources as the texts spell them out, whatever their case; "kind" for what kind
            of source they are.
        most: how many bars there are at most; the others are brought together in one more.
        ax: the axes to draw into, which need room for names, title and notes; None makes a figure.

    Returns:
        The axes; `axes.figure` is the figure.

    Raises:
        ArgumentError: `by` is neither of the two, or `most` is less than 1.
        MissingPackageError: matplotlib is not installed.
        PlotError: there are no claims.
    """
    need_matplotlib()
    if by not in get_args(By):
        raise ArgumentError("by", by, f"one of {', '.join(get_args(By))}")
    if most < 1:
        raise ArgumentError("most", most, "1 or more")
    articles, bars = _counted(extractions, by)
    if not bars:
        raise PlotError(f"{counted(articles, 'article')} without claims" if articles else "no articles")
    return _drawn(bars[:most], bars[most:], (articles, by), ax)


def _counted(extractions: Iterable[Extraction], by: By) -> tuple[int, list[_Bar]]:
    spelled: dict[str, Counter[str]] = {}
    counts: dict[str, Counter[str]] = {}
    articles = 0
    for extraction in extractions:
        articles += 1
        for claim in extraction.claims:
            name = _name(claim, by)
            key = " ".join(name.split()).casefold()
            spelled.setdefault(key, Counter())[name] += 1
            counts.setdefault(key, Counter())[claim.status] += 1
    bars = [_Bar(max(spelled[key], key=lambda n: (spelled[key][n], n)), told) for key, told in counts.items()]
    return articles, sorted(bars, key=lambda bar: (-bar.claims, bar.name.casefold(), bar.name))


def _name(claim: Claim, by: By) -> str:
    if claim.attribution is None:
        return NOBODY
    source = claim.attribution.source
    return source.name if by == "source" else KINDS.get(source.kind, source.kind.replace("_", " "))


def _drawn(bars: list[_Bar], rest: Sequence[_Bar], told: tuple[int, By], ax: Axes | None) -> Axes:
    articles, by = told
    total = sum(bar.claims for bar in (*bars, *rest))
    sources = sum(bar.name != NOBODY for bar in (*bars, *rest))
    if rest:
        together: Counter[str] = Counter()
        for bar in rest:
            together += bar.counts
        bars = [*bars, _Bar(f"{len(rest):,} others", together)]
    statuses = [status for status in STATUSES if any(bar.counts[status] for bar in bars)]
    names = [shortened(bar.name, LEFT - 10, BODY) for bar in bars]
    entries = [Entry(status, f"bar:{status}") for status in statuses]
    below = 26 + height_of_legend(entries, width_of(ax, WIDTH))
    what = "source" if by == "source" else "kind of source"
    some = "sources" if by == "source" else "kinds of source"
    words = Words(
        "Who states the figures, and how surely",
        f"{counted(total, 'claim')} of {counted(articles, 'article')}, by {what} and status; "
        f"{sources:,} {what if sources == 1 else some}.",
        "Each bar counts claims, not people: one claim is one figure as a text states it, those that are told again too.",
    )
    left = max(measured(name, BODY) for name in names) + 12
    axes = frame(ax, (WIDTH, ROW * (len(bars) + 0.4)), Margins(left, 40, below), words)
    axis_of_numbers(axes, max(bar.claims for bar in bars), "x")
    # Bars begin at the very line of none.
    axes.set_xlim(0, axes.get_xlim()[1])
    axes.set_ylim(len(bars) - 0.3, -0.7)
    axes.set_yticks(range(len(bars)), names)
    axes.tick_params(axis="y", length=0, pad=6)
    for label in axes.get_yticklabels():
        label.set(**lettered(BODY))
    if rest:
        axes.get_yticklabels()[-1].set_fontstyle("italic")
    _stacked(axes, bars, statuses)
    legend(axes, entries, 24)
    return axes


def _stacked(axes: Axes, bars: Sequence[_Bar], statuses: Sequence[str]) -> None:
    scale = width_of(axes, 0) / axes.get_xlim()[1]
    starts = [0] * len(bars)
    for status in statuses:
        look = STATUSES[status]
        lengths = [bar.counts[status] for bar in bars]
        axes.barh(
            range(len(bars)),
            lengths,
            BAR,
            left=starts,
            color=look.colour,
            hatch=look.hatch,
            edgecolor=PAPER,
            linewidth=0.8,
            label=status,
            zorder=2,
        )
        for row, (start, length) in enumerate(zip(starts, lengths, strict=True)):
            # One status alone has its number at the end of the bar.
            if length != bars[row].claims and length * scale > measured(f"{length:,}", SMALL) + 8:
                colour = PAPER if status in DARK else INK
                ground = {"boxstyle": "round,pad=0.15", "facecolor": look.colour, "edgecolor": "none"}
                axes.text(
                    start + length / 2,
                    row,
                    f"{length:,}",
                    ha="center",
                    va="center_baseline",
                    zorder=3,
                    bbox=ground,
                    **lettered(SMALL, colour),
                )
        starts = [start + length for start, length in zip(starts, lengths, strict=True)]
    for row, bar in enumerate(bars):
        axes.annotate(
            f"{bar.claims:,}",
            xy=(bar.claims, row),
            xytext=(5, 0),
            textcoords="offset points",
            va="center_baseline",
            **lettered(BODY, weight="bold"),
        )
