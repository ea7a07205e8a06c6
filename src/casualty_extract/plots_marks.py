"""Figures as marks with their bounds, the axis of numbers, and the words and the legend that explain them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise
from math import ceil
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from casualty_extract.plots_labels import Box
from casualty_extract.plots_points import Point, Points
from casualty_extract.plots_style import GRID, INK, PAPER, PLACES, QUIET, SMALL, STATUSES, lettered, measured
from casualty_extract.plots_times import period

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from casualty_extract.linking_records import LinkedIncident
    from casualty_extract.records import Incident

__all__ = [
    "BAR",
    "Entry",
    "axis_of_numbers",
    "caption_of",
    "height_of_legend",
    "keys",
    "labelled",
    "legend",
    "marked",
    "title_of",
]

BAR = 22.0
"""How long the arrow of an open bound is, in points."""
SIZE = 6.5
ROW, HANDLE, BETWEEN = 13.0, 22.0, 14.0
HOLLOW = "hollow: does not count for a toll"


class Entry(NamedTuple):
    """One line of a legend: its words, and what stands before them: a status, or the name of another mark."""

    words: str
    mark: str


def marked(axes: Axes, point: Point, place: float, *, vertical: bool) -> None:
    """Draw a figure: its mark, the bar of its bounds, an arrow for each that is open.

    Args:
        axes: the axes.
        point: the figure.
        place: where it stands on the other axis.
        vertical: whether numbers go upwards, else to the right.
    """
    look = STATUSES[point.status]
    colour = INK if point.counts else QUIET
    low, high = point.low, point.high

    def line(values: Sequence[float], **style: Any) -> None:
        xs, ys = ([place] * len(values), values) if vertical else (values, [place] * len(values))
        axes.plot(xs, ys, color=colour, **style)

    start, end = (low if low is not None else point.at), (high if high is not None else point.at)
    if start < end:
        line(
            (start, end),
            linewidth=1.3,
            label="_bounds",
            linestyle="-",
            solid_capstyle="butt",
            zorder=3,
            marker="_" if vertical else "|",
            markersize=6,
            markeredgewidth=1.3,
        )
    if high is None:
        _arrow(axes, (place, point.at), 1, vertical, colour)
    if low is None and point.at > 0:
        _arrow(axes, (place, point.at), -1, vertical, colour)
    if point.best is None:
        # "Dozens" has a bound and no number: a cap in place of a mark.
        line(
            (float(point.at),),
            label=f"_{point.status}",
            zorder=4,
            linestyle="none",
            marker="_" if vertical else "|",
            markersize=9,
            markeredgewidth=2,
        )
        return
    line(
        (float(point.best),),
        label=f"_{point.status}",
        zorder=4,
        linestyle="none",
        marker=look.marker,
        **_face(point.status, point.counts),
    )


def _face(status: str, counts: bool) -> dict[str, Any]:
    colour = STATUSES[status].colour
    if counts:
        return {"markersize": SIZE, "markerfacecolor": colour, "markeredgecolor": INK, "markeredgewidth": 0.7}
    # Yellow alone is not seen on white.
    edge = QUIET if status == "unconfirmed" else colour
    return {"markersize": SIZE, "markerfacecolor": PAPER, "markeredgecolor": edge, "markeredgewidth": 1.3}


def _arrow(axes: Axes, at: tuple[float, float], sign: int, vertical: bool, colour: str) -> None:
    place, number = at
    by = (0.0, sign * BAR) if vertical else (sign * BAR, 0.0)
    axes.annotate(
        "",
        xy=(place, number) if vertical else (number, place),
        xytext=by,
        textcoords="offset points",
        arrowprops={
            "arrowstyle": "<|-",
            "color": colour,
            "linewidth": 1.3,
            "shrinkA": 0,
            "shrinkB": 2,
            "mutation_scale": 8,
        },
        annotation_clip=False,
        zorder=3,
    )


def axis_of_numbers(axes: Axes, most: int, which: Literal["x", "y"]) -> None:
    """Set the axis of numbers: from none, a quarter beyond the greatest, with lines at round numbers.

    Args:
        axes: the axes.
        most: the greatest number.
        which: the axis.
    """
    end = max(most * 1.18, 1.0)
    step = next(s for s in _round_numbers() if end / s <= 6)
    places = [n * step for n in range(int(end // step) + 1)]
    labels = [f"{n:,}" for n in places]
    if which == "y":
        axes.set_ylim(-end * 0.02, end)
        axes.set_yticks(places, labels)
    else:
        axes.set_xlim(-end * 0.02, end)
        axes.set_xticks(places, labels)
    axes.tick_params(axis=which, length=0, pad=5)
    axes.grid(visible=True, axis=which, color=GRID, linewidth=0.8, linestyle="-")
    axes.set_axisbelow(True)
    for label in (axes.yaxis if which == "y" else axes.xaxis).get_ticklabels():
        label.set(**lettered(8.5, QUIET))


def _round_numbers() -> Any:
    size = 1
    while True:
        yield from (size, 2 * size, 5 * size)
        size *= 10


def keys(points: Sequence[Point]) -> list[Entry]:
    """Give the legend's entries for the marks that are drawn."""
    statuses = {point.status for point in points}
    solid = {point.status for point in points if point.counts}
    made = [Entry(s, s if s in solid else f"hollow:{s}") for s in STATUSES if s in statuses]
    if not all(point.counts for point in points):
        made.append(Entry(HOLLOW, "hollow"))
    if any(p.low is not None and p.high is not None and p.low < p.high for p in points):
        made.append(Entry("bar: least to greatest", "bar"))
    if any(point.high is None for point in points):
        made.append(Entry("arrow: no upper bound", "open"))
    if any(point.low is None for point in points):
        made.append(Entry("arrow: no lower bound", "below"))
    if any(point.best is None for point in points):
        made.append(Entry("a bound without a number (“dozens”)", "vague"))
    return made


def _columns(entries: Sequence[Entry], width: float) -> int:
    for rows in range(1, len(entries)):
        count = ceil(len(entries) / rows)
        # As matplotlib fills its columns: the first ones have one more where it does not come out.
        size, more = divmod(len(entries), count)
        ends = [0, *accumulate(size + (i < more) for i in range(count))]
        columns = (entries[i:j] for i, j in pairwise(ends))
        widest = (max(measured(e.words, SMALL) for e in column) + HANDLE + BETWEEN for column in columns)
        if sum(widest) <= width:
            return count
    return 1


def height_of_legend(entries: Sequence[Entry], width: float) -> float:
    """Give the height of a legend in points."""
    return ceil(len(entries) / _columns(entries, width)) * ROW + 4 if entries else 0.0


def legend(axes: Axes, entries: Sequence[Entry], below: float) -> None:
    """Draw a legend below the axes.

    Args:
        axes: the axes.
        entries: its lines.
        below: how far below, in points.
    """
    from matplotlib.transforms import ScaledTranslation

    if not entries:
        return
    width = float(axes.get_window_extent().width) * 72 / float(axes.figure.dpi)
    moved = axes.transAxes + ScaledTranslation(0, -below / 72, axes.figure.dpi_scale_trans)
    drawn = axes.legend(
        handles=[_handle(entry.mark) for entry in entries],
        labels=[entry.words for entry in entries],
        loc="upper left",
        bbox_to_anchor=(0, 0),
        bbox_transform=moved,
        ncols=_columns(entries, width),
        frameon=False,
        borderpad=0,
        borderaxespad=0,
        labelspacing=0.35,
        handletextpad=0.4,
        handlelength=1.8,
        columnspacing=1.3,
        numpoints=1,
        handleheight=0.7,
        shadow=False,
        alignment="center",
        facecolor="none",
        edgecolor="none",
        fontsize=SMALL,
    )
    for text in drawn.get_texts():
        text.set(**lettered(SMALL))


def _handle(mark: str) -> Any:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    if mark.startswith("bar:"):
        look = STATUSES[mark.removeprefix("bar:")]
        return Patch(facecolor=look.colour, hatch=look.hatch, edgecolor=PAPER, linewidth=0)
    if mark in PLACES:
        face: dict[str, Any] = {
            "markersize": 9,
            "markerfacecolor": f"{PLACES[mark].colour}99",
            "markeredgecolor": INK,
        }
        return Line2D([], [], linestyle="none", marker=PLACES[mark].marker, markeredgewidth=0.7, **face)
    looks: dict[str, dict[str, Any]] = {
        "line": {"linewidth": 1.6, "linestyle": "-", "marker": ""},
        "bar": {"linewidth": 1.3, "linestyle": "-", "marker": "|", "markersize": 6, "markeredgewidth": 1.3},
        "open": {"linestyle": "none", "marker": "^", "markersize": 5},
        "below": {"linestyle": "none", "marker": "v", "markersize": 5},
        "ring": {"linestyle": "none", "marker": "o", "markersize": 9, "markerfacecolor": "none"},
        "dashes": {"linestyle": (0, (2, 1.6)), "marker": "", "linewidth": 1},
        "nobody": {"linestyle": "none", "marker": "x", "markersize": 5},
        "vague": {"linestyle": "none", "marker": "_", "markersize": 9, "markeredgewidth": 2},
        "hollow": {"linestyle": "none", "marker": "o", "markersize": SIZE, "markerfacecolor": PAPER},
    }
    if mark in looks:
        return Line2D(
            [], [], **{"color": INK, "markeredgewidth": 1.0, "solid_capstyle": "butt", **looks[mark]}
        )
    status = mark.removeprefix("hollow:")
    return Line2D([], [], linestyle="none", marker=STATUSES[status].marker, **_face(status, status == mark))


def title_of(harm: str, incident: LinkedIncident | Incident) -> str:
    """Name what is drawn: the harm, the cause, the place, the time.

    Args:
        harm: the harm.
        incident: the incident.
    """
    cause = (incident.cause or "").replace("_", " ")
    parts = [part for part in (cause if cause != "other" else "", *incident.places[:1]) if part]
    time = period(incident.time)
    where = ", ".join([*parts, *([time] if time else [])]) or "an incident"
    total = ", a running total" if getattr(incident, "cumulative", False) else ""
    return f"{harm.capitalize()}: {where}{total}"


def caption_of(points: Points, more: str = "") -> str:
    """Tell what is not drawn, and how marks are to be read."""
    left = ", ".join(f"{reason} ({count:,})" for reason, count in sorted(points.left_out.items()))
    hollow = (
        "Hollow marks do not count for a toll: they are parts of other figures, copies, taken back, doubtful or denied."
        if not all(point.counts for point in points.points)
        else ""
    )
    return " ".join(part for part in (more, hollow, f"Not drawn: {left}." if left else "") if part)


def labelled(
    axes: Axes,
    text: str,
    at: tuple[float, float],
    spot: tuple[float, float],
    place: tuple[Box, bool],
    colour: str,
) -> None:
    """Write a label where it has room.

    Args:
        axes: the axes.
        text: the label.
        at: its mark, as the axes count.
        spot: the same in points.
        place: what `plots_labels.placed` gave for it.
        colour: of the text.
    """
    box, led = place
    arrow = {"arrowstyle": "-", "color": QUIET, "linewidth": 0.5, "shrinkA": 0, "shrinkB": 3}
    axes.annotate(
        text,
        xy=at,
        xytext=(box.left + 1 - spot[0], (box.bottom + box.top) / 2 - spot[1]),
        textcoords="offset points",
        ha="left",
        va="center",
        zorder=6,
        arrowprops=arrow if led else None,
        bbox={"boxstyle": "square,pad=0.08", "facecolor": "#ffffffa8", "edgecolor": "none"},
        **lettered(SMALL, colour),
    )
