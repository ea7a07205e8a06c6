"""Incidents on a map: circles by number, rings for bounds, and how fine each place is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, cos, pi, sin, sqrt
from typing import TYPE_CHECKING, Any, get_args

from casualty_extract.errors import ArgumentError, PlotError
from casualty_extract.exports_figures import BestRule
from casualty_extract.exports_incidents import rows
from casualty_extract.exports_places import Level
from casualty_extract.exports_rows import Row
from casualty_extract.linking_records import LinkedIncident
from casualty_extract.outlines import SOURCE
from casualty_extract.plots_grounds import countries, named, seen, window
from casualty_extract.plots_labels import Box, Spot, placed
from casualty_extract.plots_marks import Entry, height_of_legend, labelled, legend
from casualty_extract.plots_points import people
from casualty_extract.plots_style import (
    INK,
    PLACES,
    SMALL,
    Margins,
    Words,
    frame,
    lettered,
    measured,
    need_matplotlib,
    note,
    shortened,
    width_of,
)
from casualty_extract.records import Extraction, HarmLabel
from casualty_extract.wordings import counted, numbers

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["incident_map"]

WIDTH = 620.0
LARGEST, SMALLEST = 30.0, 1.6
"""Radii of the circles in points; one that would be smaller than the second is drawn with it."""
PLAIN = 2.5
"""Circles of a smaller radius have no mark at their middle."""
FILLED = 0.25
"""All circles together fill that share of the map at most; they are smaller where they would fill more."""
BEYOND = 3.5
"""How far outside its circle the dashed ring of an open bound is, in points."""
LABELLED = 80
"""So many places at most are tried for a label, those of the largest circles first."""
LONGEST = 190.0
FINE: dict[Level, str] = {
    "spot": "town or site", "near": "town or site", "county": "region", "region": "region", "area": "region",
    "sea": "region", "country": "country",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Circle:
    name: str
    fine: str
    code: str | None
    longitude: float
    latitude: float
    low: int | None
    best: int | None
    high: int | None

    @property
    def size(self) -> int:
        return next(n for n in (self.best, self.low, self.high) if n is not None)

    @property
    def told(self) -> str:
        return numbers(self.low, self.best, self.high) if self.size or self.high is None else "nobody"


def incident_map(
    extractions: Iterable[Extraction],
    linked: Iterable[LinkedIncident] | None = None,
    *,
    harm: HarmLabel = "killed",
    rule: BestRule = "toll",
    ax: Axes | None = None,
) -> Axes:
    """Draw incidents on a map: circles whose area is the number of people, with rings for its bounds.

    What is drawn are the rows of `casualty_extract.exports`: the same places, numbers and rules. Running totals, and
    what is denied or hypothetical, are no incidents on a map. Circles of one place stand side by side.

    >>> from casualty_extract import extract
    >>> axes = incident_map([extract("A bomb killed 12 people in Mosul on Friday.", published="2017-09-03")])
    >>> [text.get_text() for text in axes.texts if "Mosul" in text.get_text()]
    ['Mosul: 12']

    Args:
        extractions: of articles.
        linked: the incidents of the archive that were linked from these extractions: a circle each. None draws those
            of each article.
        harm: which harm.
        rule: how the one number is taken, as in `casualty_extract.exports`.
        ax: the axes to draw into, which need room for title and notes; None makes a figure.

    Returns:
        The axes, in degrees of longitude (beyond 180 on a map across that line) and latitude; `axes.figure` is the
        figure.

    Raises:
        ArgumentError: an argument cannot be used.
        MissingPackageError: matplotlib is not installed.
        PlotError: no incident has a place and a number of people harmed so.
    """
    need_matplotlib()
    if harm not in get_args(HarmLabel):
        raise ArgumentError("harm", harm, f"one of {', '.join(get_args(HarmLabel))}")
    if rule not in get_args(BestRule):
        raise ArgumentError("rule", rule, f"one of {', '.join(get_args(BestRule))}")
    left_out: Counter[str] = Counter()
    circles = [
        circle
        for row in rows(extractions, linked, "keep", left_out)
        if (circle := _circle(row, harm, rule, left_out)) is not None
    ]
    if not circles:
        raise PlotError(_left_out(left_out) or "no incidents")
    # Large ones first, so that small ones lie upon them.
    circles.sort(key=lambda c: (-(c.high or c.size), c.name, c.longitude, c.latitude, c.told))
    return _drawn(circles, (harm, rule), left_out, ax)


def _circle(row: Row, harm: str, rule: BestRule, left_out: Counter[str]) -> _Circle | None:
    count, where = row.count(harm), row.where
    reason = row.why_no_event
    if reason is None and count is None:
        reason = f"no {people(harm)} told"
    if (
        reason is None
        and count is not None
        and count.low is None
        and count.best(rule) is None
        and count.high is None
    ):
        reason = "without a number"
    if reason is None and (where.lat is None or where.lon is None or where.level is None):
        reason = "without a place on the map"
    if reason is not None:
        left_out[reason] += 1
        return None
    assert count is not None
    assert where.lat is not None
    assert where.lon is not None
    assert where.level is not None
    fine = FINE[where.level]
    bounds = (count.low, count.best(rule), count.high)
    return _Circle(where.name or "", fine, where.country, where.lon, where.lat, *bounds)


def _left_out(reasons: Counter[str]) -> str:
    return ", ".join(f"{reason} ({count:,})" for reason, count in sorted(reasons.items()))


def _drawn(
    circles: list[_Circle], how: tuple[str, BestRule], left_out: Counter[str], ax: Axes | None
) -> Axes:
    whole = sorted({c.code for c in circles if c.fine == "country" and c.code})
    shown = window([(c.longitude, c.latitude) for c in circles], whole, _ratio(ax))
    entries = _entries(circles)
    width = width_of(ax, WIDTH)
    size = (width, width / (_ratio(ax) or shown.ratio))
    below = 60 + height_of_legend(entries, width)
    most = max(max(c.size, c.high or 0) for c in circles)
    scale = _points(circles, most, size)
    axes = frame(ax, size, Margins(0, 0, below), _words(circles, how, left_out, scale))
    countries(axes, shown)
    places: dict[tuple[float, float], list[_Circle]] = {}
    for circle in circles:
        places.setdefault((round(circle.longitude, 3), round(circle.latitude, 3)), []).append(circle)
    spots, labels, taken = [], [], []
    for group in places.values():
        x = (seen(group[0].longitude, shown.west) - shown.west) / (shown.east - shown.west) * size[0]
        y = (group[0].latitude - shown.south) / (shown.north - shown.south) * size[1]
        radii = [_outer(circle, scale) for circle in group]
        boxes = []
        for circle, (dx, dy), radius in zip(group, _packed(radii), radii, strict=True):
            _ringed(axes, circle, (seen(circle.longitude, shown.west), dx, dy), scale)
            boxes.append(Box(x + dx - radius, y + dy - radius, x + dx + radius, y + dy + radius))
        taken += boxes
        text = shortened(_label(group), LONGEST, SMALL)
        around = Box(
            min(b[0] for b in boxes),
            min(b[1] for b in boxes),
            max(b[2] for b in boxes),
            max(b[3] for b in boxes),
        )
        half = max(around.right - around.left, around.top - around.bottom) / 2
        middle = ((around.left + around.right) / 2, (around.bottom + around.top) / 2)
        spots.append(Spot(*middle, half - 3, measured(text, SMALL) + 3, SMALL * 1.3))
        labels.append((text, (seen(group[0].longitude, shown.west), group[0].latitude), (x, y)))
    found = placed(spots[:LABELLED], taken, Box(1, 1, size[0] - 1, size[1] - 1))
    for label, place in zip(labels, found, strict=False):
        if place is not None:
            labelled(axes, *label, place, INK)
    named(axes, shown, size, [*taken, *(f[0] for f in found if f is not None)])
    _key(axes, most, scale)
    legend(axes, entries, 56)
    return axes


def _ratio(axes: Axes | None) -> float | None:
    box = axes.get_window_extent() if axes is not None else None
    return float(box.width / box.height) if box is not None else None


def _words(
    circles: Sequence[_Circle], how: tuple[str, BestRule], left_out: Counter[str], scale: float
) -> Words:
    harm, rule = how
    missing = _left_out(left_out)
    least = ceil((SMALLEST / scale) ** 2)
    small = any(0 < c.size < least for c in circles)
    rings = ""
    if any(c.high is not None and c.high > c.size for c in circles):
        rings += "; a ring is the greatest number told"
    if any(c.low is not None and 0 < c.low < c.size for c in circles):
        rings += "; a line inside is the least"
    return Words(
        f"Where there were {people(harm)}" if harm == "casualties" else f"Where people were {harm}",
        f"{counted(len(circles), 'incident')}. The area of a circle is the number of {people(harm)}, by the rule “{rule}”{rings}.",
        "Circles of one place stand side by side around it. Those of a region or a country stand at its middle: where in it"
        f" the harm was is not told. {f'Those of fewer than {least:,} people are as large as one of {least:,}. ' if small else ''}"
        f"{f'Not on the map: {missing}. ' if missing else ''}Outlines: {SOURCE}; they say nothing on whose an area is.",
    )


def _entries(circles: Sequence[_Circle]) -> list[Entry]:
    fine = {circle.fine for circle in circles}
    made = [Entry(name, name) for name in PLACES if name in fine]
    if any(c.high is not None and c.high > c.size for c in circles):
        made.append(Entry("ring: greatest number", "ring"))
    if any(c.high is None for c in circles):
        made.append(Entry("dashed ring: no upper bound", "dashes"))
    if any(c.size == 0 for c in circles):
        made.append(Entry("nobody", "nobody"))
    return made


def _points(circles: Sequence[_Circle], most: int, size: tuple[float, float]) -> float:
    """The radius of one person's circle in points: the largest has its size, unless all would fill the map."""
    people = sum(max(circle.size, circle.high or 0) for circle in circles)
    crowded = sqrt(FILLED * size[0] * size[1] / pi / max(people, 1))
    return min(LARGEST / sqrt(max(most, 1)), crowded)


def _radius(number: int, scale: float) -> float:
    return max(scale * sqrt(number), SMALLEST)


def _outer(circle: _Circle, scale: float) -> float:
    inner = _radius(circle.size, scale)
    return inner + min(BEYOND, inner) if circle.high is None else max(inner, _radius(circle.high, scale))


def _packed(radii: Sequence[float]) -> list[tuple[float, float]]:
    """Put circles of one place side by side, the first in the middle, each next one as near to it as there is room."""
    places: list[tuple[float, float]] = []
    near: list[tuple[float, float, float]] = []
    step, area = 0, 0.0
    for radius in radii:
        while True:
            # A spiral of even density: it looks the same from every side.
            angle, away = step * pi * (3 - sqrt(5)), sqrt(area)
            x, y = away * cos(angle), away * sin(angle)
            if all((x - a) ** 2 + (y - b) ** 2 >= (radius + r + 1) ** 2 for a, b, r in near):
                break
            step, area = step + 1, area + max(0.6, radius * 0.25) ** 2
        places.append((x, y))
        # Those far within can no more be met: the spiral leads outwards, and radii do not grow much.
        near = [(a, b, r) for a, b, r in near if sqrt(a * a + b * b) + r + 2 * radius + BEYOND + 2 > away]
        near.append((x, y, radius))
    return places


def _ringed(axes: Axes, circle: _Circle, at: tuple[float, float, float], scale: float) -> None:
    from matplotlib.transforms import ScaledTranslation

    longitude, dx, dy = at
    moved = axes.transData + ScaledTranslation(dx / 72, dy / 72, axes.figure.dpi_scale_trans)
    look = PLACES[circle.fine]

    def ring(radius: float, label: str, **style: Any) -> None:
        drawn: dict[str, Any] = {
            "s": (2 * radius) ** 2,
            "marker": "o",
            "transform": moved,
            "label": f"_{label}",
            **style,
        }
        axes.scatter([longitude], [circle.latitude], **drawn)

    if circle.size == 0:
        axes.scatter(
            [longitude],
            [circle.latitude],
            s=22,
            marker="x",
            color=INK,
            linewidths=1,
            transform=moved,
            label="_nobody",
            zorder=4,
        )
        return
    radius = _radius(circle.size, scale)
    filled = f"{look.colour}80" if circle.best is not None else "none"
    ring(radius, "number", facecolor=filled, edgecolor=look.colour, linewidths=1.0, zorder=3)
    if circle.high is not None and circle.high > circle.size:
        ring(
            _radius(circle.high, scale), "greatest", facecolor="none", edgecolor=INK, linewidths=0.8, zorder=3
        )
    if circle.high is None:
        ring(
            radius + min(BEYOND, radius),
            "open",
            facecolor="none",
            edgecolor=INK,
            linewidths=0.8,
            linestyle=(0, (2, 1.6)),
            zorder=3,
        )
    if circle.low is not None and 0 < circle.low < circle.size:
        ring(
            _radius(circle.low, scale),
            "least",
            facecolor="none",
            edgecolor="#ffffff",
            linewidths=0.9,
            zorder=3.5,
        )
    if radius < PLAIN:
        return
    axes.scatter(
        [longitude],
        [circle.latitude],
        s=9,
        marker=look.marker,
        color=INK,
        linewidths=0,
        transform=moved,
        label="_place",
        zorder=4,
    )


def _label(group: Sequence[_Circle]) -> str:
    name = group[0].name if group[0].fine == "town or site" else f"{group[0].name} ({group[0].fine})"
    told = "; ".join(c.told for c in group) if len(group) <= 3 else f"{len(group):,} incidents"
    return f"{name}: {told}"


def _key(axes: Axes, most: int, scale: float) -> None:
    """Draw circles of round numbers below the map, to read the others by."""
    from matplotlib.transforms import ScaledTranslation

    x = 2.0
    for share in (0.45, 0.12, 0.02):
        number = _round(most * share)
        if number < 1:
            continue
        radius = _radius(number, scale)
        moved = axes.transAxes + ScaledTranslation((x + radius) / 72, -26 / 72, axes.figure.dpi_scale_trans)
        axes.scatter(
            [0],
            [0],
            s=(2 * radius) ** 2,
            facecolor="none",
            edgecolor=INK,
            linewidths=0.8,
            transform=moved,
            clip_on=False,
            label="_scale",
        )
        text = f"{number:,}"
        note(axes, text, (0, 0), (x + 2 * radius + 4, -26), va="center", **lettered(SMALL))
        x += 2 * radius + 4 + measured(text, SMALL) + 16
    note(axes, "people", (0, 0), (x - 8, -26), va="center", **lettered(SMALL))


def _round(number: float) -> int:
    size = 1
    while size * 10 <= number:
        size *= 10
    return next((n * size for n in (5, 2, 1) if n * size <= number), 0)
