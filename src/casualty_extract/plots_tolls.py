"""The toll of an event as a plot: of a linked incident over time, of an article's incident figure by figure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, get_args

from casualty_extract.errors import ArgumentError
from casualty_extract.exports_figures import BestRule
from casualty_extract.linking_records import LinkedIncident
from casualty_extract.plots_labels import RINGS, Box, Spot, placed
from casualty_extract.plots_marks import (
    BAR,
    Entry,
    axis_of_numbers,
    caption_of,
    height_of_legend,
    keys,
    labelled,
    legend,
    marked,
    title_of,
)
from casualty_extract.plots_points import Point, Points, Step, archive, harm_of, people, running
from casualty_extract.plots_rows import rows
from casualty_extract.plots_style import (
    INK,
    QUIET,
    SMALL,
    Margins,
    Words,
    frame,
    lettered,
    measured,
    need_matplotlib,
    shortened,
    width_of,
)
from casualty_extract.plots_times import spread, ticks
from casualty_extract.records import Extraction, HarmLabel, Incident
from casualty_extract.wordings import counted, numbers

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["tolls"]

RULES: dict[BestRule, str] = {
    "toll": "the greatest figure of an article, the latest of several articles",
    "told_last": "the figure told last",
    "lowest": "the lowest of the figures that stand",
    "median": "the middle one of the figures that stand",
    "highest": "the highest of the figures that stand",
}
"""What the rules of `exports_figures` do, in words."""
SIZE = (620.0, 300.0)
LABELLED = 60
"""So many points at most are tried for a label, the ones that changed something first."""
FEW = 40
"""Up to so many points a line may lead from a label to its point; of more they would be a net."""
LONGEST = 190.0
"""The width of a label at most, in points."""


def tolls(
    incident: LinkedIncident | Incident,
    extractions: Iterable[Extraction] = (),
    *,
    harm: HarmLabel | None = None,
    rule: BestRule = "toll",
    everything: bool = False,
    ax: Axes | None = None,
) -> Axes:
    """Draw the figures of an event with their bounds, and what they add up to.

    A linked incident is drawn over time: a point for each figure on the day when it was published, a bar from its
    least to its greatest number (an arrow where there is no upper bound), who says so beside it, and the running toll
    as steps, which need the extractions of its articles. An article's incident is drawn figure by figure, in the order
    of its text.

    >>> from casualty_extract import extract
    >>> from casualty_extract.linking import link
    >>> friday = extract("A bomb killed 12 people in Mosul on Friday, police said.", published="2017-09-02")
    >>> monday = extract("The toll of the bombing in Mosul on Friday rose to 18 dead, police said.", published="2017-09-04")
    >>> [incident] = link([friday, monday], copies="exact")
    >>> axes = tolls(incident, [friday, monday])
    >>> [line.get_label() for line in axes.lines if not line.get_label().startswith("_")]
    ['running toll (rule: toll)']

    Args:
        incident: the incident, linked or of one article.
        extractions: of the articles it is told of in. A linked incident can do without, and has no running toll then.
        harm: which harm; None takes "killed", or the harm of most figures where nobody was.
        rule: how the running toll is taken from the figures that stand: one of those of `casualty_extract.exports`.
        everything: whether parts of other figures, and copies of articles, are drawn too.
        ax: the axes to draw into, which need room for title and notes; None makes a figure.

    Returns:
        The axes; `axes.figure` is the figure.

    Raises:
        ArgumentError: an argument cannot be used, or extractions of some of the articles are missing.
        MissingPackageError: matplotlib is not installed.
        PlotError: the incident has no figure to draw.
    """
    need_matplotlib()
    if rule not in RULES:
        raise ArgumentError("rule", rule, f"one of {', '.join(get_args(BestRule))}")
    if harm is not None and harm not in get_args(HarmLabel):
        raise ArgumentError("harm", harm, f"one of {', '.join(get_args(HarmLabel))}")
    given = list(extractions)
    if isinstance(incident, Incident):
        holder = next((e for e in given if incident in e.incidents), None)
        if holder is None:
            raise ArgumentError("extractions", f"{len(given)} extractions", "the one that the incident is of")
        return rows((holder, incident), harm=harm, rule=rule, everything=everything, ax=ax)
    if not isinstance(incident, LinkedIncident):
        raise ArgumentError("incident", incident, "a LinkedIncident, or an Incident of an article")
    chosen = harm_of((e.harm for e in incident.history if e.unit == "people"), harm)
    points = archive(incident, chosen, everything)
    steps = running(incident, given, chosen, rule) if given else []
    return _drawn(incident, chosen, (points, steps, rule), ax)


def _drawn(
    incident: LinkedIncident, harm: str, found: tuple[Points, list[Step], BestRule], ax: Axes | None
) -> Axes:
    points, steps, rule = found
    entries = _entries(points, steps, rule)
    width = width_of(ax, SIZE[0])
    below = 36 + height_of_legend(entries, width)
    words = Words(title_of(harm, incident), _notes(harm, points, steps, rule), _caption(points))
    axes = frame(ax, SIZE, Margins(46, 96, below), words)
    xs, last = spread([p.day for p in points.points], width)
    ys = [n for p in points.points for n in (p.low, p.best, p.high) if n is not None]
    ys += [n for s in steps for n in (s.low, s.best, s.high) if n is not None]
    axis_of_numbers(axes, max(ys), "y")
    days = [p.day for p in points.points if p.day is not None]
    ticks(axes, days, undated=len(days) < len(points.points), last=last)
    stairs: list[tuple[float, float]] = []
    if steps:
        stairs = _staircase(axes, steps, (days, last), f"running toll (rule: {rule})")
    for x, point in zip(xs, points.points, strict=True):
        marked(axes, point, x, vertical=True)
    _named(axes, (points.points, xs), steps, stairs)
    legend(axes, entries, 34)
    return axes


def _entries(points: Points, steps: Sequence[Step], rule: BestRule) -> list[Entry]:
    made = keys(points.points)
    return [Entry(f"running toll (rule: {rule})", "line"), *made] if steps else made


def _staircase(
    axes: Axes, steps: Sequence[Step], span: tuple[Sequence[date], float], label: str
) -> list[tuple[float, float]]:
    days, last = span
    first = min(days).toordinal() if days else 0.0
    starts = [float(s.day.toordinal()) - 0.5 if s.day else first - 0.5 for s in steps]
    # What undated articles tell stood before the first day that is known.
    ends = [*starts[1:], last]
    top = axes.get_ylim()[1]
    xs: list[float] = []
    ys: list[float] = []
    for start, end, step in zip(starts, ends, steps, strict=True):
        if step.low is not None or step.high is not None:
            low = step.low or 0
            high = step.high if step.high is not None else top
            axes.fill_between(
                [start, end],
                low,
                high,
                color=INK,
                alpha=0.10 if step.high is not None else 0.045,
                linewidth=0,
                zorder=0.5,
            )
        value = float("nan") if step.best is None else float(step.best)
        xs += [start, end]
        ys += [value, value]
    axes.plot(
        xs,
        ys,
        color=INK,
        linewidth=1.6,
        linestyle="-",
        solid_joinstyle="miter",
        solid_capstyle="butt",
        zorder=2,
        label=label,
        marker="",
    )
    end_step = steps[-1]
    shown = end_step.best if end_step.best is not None else end_step.low
    if shown is not None:
        axes.annotate(
            numbers(end_step.low, end_step.best, end_step.high).replace(" (", "\n("),
            xy=(last, shown),
            xytext=(6, 0),
            textcoords="offset points",
            va="center",
            annotation_clip=False,
            **lettered(9.5, weight="bold"),
        )
    return list(zip(xs, ys, strict=True))


def _named(
    axes: Axes,
    drawn: tuple[Sequence[Point], Sequence[float]],
    steps: Sequence[Step],
    stairs: Sequence[tuple[float, float]],
) -> None:
    """Write who says so beside the points that have room, first those that changed the toll or stand out."""
    points, xs = drawn
    width, height = width_of(axes, 0), float(axes.get_window_extent().height) * 72 / float(axes.figure.dpi)
    (x0, x1), (y0, y1) = axes.get_xlim(), axes.get_ylim()

    def at(x: float, y: float) -> tuple[float, float]:
        return (x - x0) / (x1 - x0) * width, (y - y0) / (y1 - y0) * height

    taken = []
    for x, point in zip(xs, points, strict=True):
        left, middle = at(x, point.at)
        taken.append(Box(left - 4, middle - 4, left + 4, middle + 4))
        low = at(x, point.low if point.low is not None else point.at)[1]
        if point.low is None:
            low = middle - BAR
        high = at(x, point.high)[1] if point.high is not None else middle + BAR
        if high > low:
            taken.append(Box(left - 2, low, left + 2, high))
    corners = [at(x, y) for x, y in stairs]
    taken += [_around(a, b) for a, b in pairwise(corners) if a[1] == a[1] and b[1] == b[1]]
    toll = {step.best for step in steps}
    order = sorted(
        range(len(points)),
        key=lambda i: (
            not points[i].counts,
            points[i].best not in toll,
            -points[i].claims,
            i,
        ),
    )[:LABELLED]
    texts = {i: _label(points[i]) for i in order}
    spots = [Spot(*at(xs[i], points[i].at), 4.0, measured(texts[i], SMALL) + 2, SMALL * 1.3) for i in order]
    rings = RINGS if len(points) <= FEW else RINGS[:1]
    for i, found in zip(order, placed(spots, taken, Box(0, 0, width, height), rings), strict=True):
        if found is None:
            continue
        spot, colour = at(xs[i], points[i].at), INK if points[i].counts else QUIET
        labelled(axes, texts[i], (xs[i], points[i].at), spot, found, colour)


def _label(point: Point) -> str:
    told = numbers(point.low, point.best, point.high)
    return f"{shortened(point.who, LONGEST - measured(told, SMALL), SMALL)}: {told}"


def _around(a: tuple[float, float], b: tuple[float, float]) -> Box:
    return Box(min(a[0], b[0]) - 1, min(a[1], b[1]) - 1, max(a[0], b[0]) + 1, max(a[1], b[1]) + 1)


def _notes(harm: str, points: Points, steps: Sequence[Step], rule: BestRule) -> str:
    told = f"{counted(points.claims, 'claim')} of {counted(points.articles, 'article')}"
    verb = "tells" if points.claims == 1 else "tell"
    line = (
        f" Line: the toll that stood, by the rule “{rule}” ({RULES[rule]}); shaded: its bounds."
        if steps
        else ""
    )
    return f"{people(harm).capitalize()}, as {told} {verb} it, by day of publication.{line}"


def _caption(points: Points) -> str:
    same = (
        "Figures of one day that tell the same are one point." if points.claims > len(points.points) else ""
    )
    return caption_of(points, same)
