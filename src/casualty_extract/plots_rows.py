"""The figures of an article's incident as rows: who says so, the number with its bounds, how surely."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casualty_extract.exports_figures import BestRule
from casualty_extract.plots_marks import (
    Entry,
    axis_of_numbers,
    caption_of,
    height_of_legend,
    keys,
    legend,
    marked,
    title_of,
)
from casualty_extract.plots_points import Points, Step, article, harm_of, people, standing
from casualty_extract.plots_style import (
    BODY,
    INK,
    QUIET,
    SMALL,
    Margins,
    Words,
    frame,
    lettered,
    measured,
    shortened,
    width_of,
)
from casualty_extract.records import Extraction, Incident
from casualty_extract.wordings import counted, numbers

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["rows"]

ROW = 21.0
WIDTH, LEFT, RIGHT = 400.0, 190.0, 130.0


def rows(
    told: tuple[Extraction, Incident],
    *,
    harm: str | None,
    rule: BestRule,
    everything: bool,
    ax: Axes | None,
) -> Axes:
    """Draw an article's incident, a row for each figure in the order of the text; arguments as in `plots.tolls`.

    Args:
        told: the extraction and its incident.
        harm: the harm.
        rule: how the toll is taken.
        everything: whether parts of figures are drawn too.
        ax: the axes.
    """
    extraction, incident = told
    own = [claim for claim in extraction.claims if claim.id in set(incident.claims)]
    chosen = harm_of((c.harm.label if c.harm and c.unit == "people" else None for c in own), harm)
    points = article(own, chosen, everything)
    step = standing(extraction, incident, chosen, rule)
    names = [shortened(point.who, LEFT - 10, BODY) for point in points.points]
    if step is not None:
        names.insert(0, "toll")
    first = len(names) - len(points.points)
    left = max(measured(name, BODY) for name in names) + 12
    entries = [Entry(f"toll (rule: {rule})", "line"), *keys(points.points)] if step else keys(points.points)
    below = 24 + height_of_legend(entries, width_of(ax, WIDTH))
    words = Words(title_of(chosen, incident), _notes(chosen, points, step, rule), caption_of(points))
    axes = frame(ax, (WIDTH, ROW * (len(names) + 0.2)), Margins(left, RIGHT, below), words)
    all_told = [(p.low, p.best, p.high) for p in points.points]
    all_told += [(step.low, step.best, step.high)] if step else []
    known = [n for row in all_told for n in row if n is not None]
    axis_of_numbers(axes, max(known), "x")
    axes.set_ylim(len(names) - 0.4, -0.6)
    axes.set_yticks(range(len(names)), names)
    axes.tick_params(axis="y", length=0, pad=6)
    for label in axes.get_yticklabels():
        label.set(**lettered(BODY))
    for number, point in enumerate(points.points, start=first):
        marked(axes, point, number, vertical=False)
        words_of = f"{numbers(point.low, point.best, point.high)}, {point.status}"
        _beside(axes, words_of, number, lettered(SMALL, INK if point.counts else QUIET))
    if step is not None:
        _toll(axes, step, f"toll (rule: {rule})")
    legend(axes, entries, 22)
    return axes


def _beside(axes: Axes, text: str, row: int, style: dict[str, Any]) -> None:
    axes.annotate(
        text,
        xy=(1, row),
        xycoords=("axes fraction", "data"),
        xytext=(6, 0),
        textcoords="offset points",
        va="center",
        annotation_clip=False,
        **style,
    )


def _toll(axes: Axes, step: Step, label: str) -> None:
    """Draw the toll as a row of its own above the others, and through them."""
    end = axes.get_xlim()[1]
    if step.low is not None or step.high is not None:
        high, shade = (step.high, 0.1) if step.high is not None else (end, 0.045)
        axes.axvspan(step.low or 0, high, color=INK, alpha=shade, linewidth=0, zorder=0.5)
    if step.best is not None:
        axes.axvline(
            step.best,
            color=INK,
            linewidth=1.6,
            linestyle="-",
            solid_capstyle="butt",
            marker="",
            zorder=2,
            label=label,
        )
    axes.axhline(0.5, color=QUIET, linewidth=0.8, linestyle=(0, (1, 2)), marker="", zorder=1)
    axes.get_yticklabels()[0].set_fontweight("bold")
    _beside(axes, numbers(step.low, step.best, step.high), 0, lettered(BODY, weight="bold"))


def _notes(harm: str, points: Points, step: Step | None, rule: BestRule) -> str:
    verb = "tells" if points.claims == 1 else "tell"
    line = f" Line: the toll, by the rule “{rule}”; shaded: its bounds." if step else ""
    told = f"{counted(points.claims, 'claim')} of one article {verb} it"
    return f"{people(harm).capitalize()}, as {told}, in the order of its text.{line}"
