"""The ground of a map: which part of the world it shows, the countries in it, and their names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import cos, radians
from typing import TYPE_CHECKING, NamedTuple

from casualty_extract.outlines import Outline, outlines_within
from casualty_extract.plots_labels import Box
from casualty_extract.plots_style import BORDER, LAND, SEA, SMALL, lettered, measured

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Window", "countries", "named", "seen", "window"]

LEAST = 4.0
"""A map shows so many degrees of latitude at least: the outlines are too coarse for less."""
AROUND = 0.14
"""The room around the places, as a share of the map on each side."""
WIDE, TALL = 2.3, 1.4
"""A map is so many times as wide as tall at most, and at least."""
HIGHEST = 84.0
GRID = 28
"""The name of a country is put where it covers the map, looked for at so many places across and down."""
NAMED = 0.02
"""A country that covers a smaller share of the map has no name on it."""


class Window(NamedTuple):
    """The part of the world that a map shows, in degrees; the east is beyond 180 where it lies across that line."""

    west: float
    south: float
    east: float
    north: float

    @property
    def stretch(self) -> float:
        """How many times as long as a degree of longitude one of latitude is, at the middle."""
        return 1 / max(cos(radians((self.south + self.north) / 2)), 0.1)

    @property
    def ratio(self) -> float:
        """How many times as wide as tall it is drawn."""
        return (self.east - self.west) / (self.north - self.south) / self.stretch


def seen(longitude: float, west: float) -> float:
    """Give a longitude as it stands on a map that begins in the west.

    >>> seen(-179.0, 170.0), seen(175.0, 170.0)
    (181.0, 175.0)
    """
    while longitude < west:
        longitude += 360
    while longitude >= west + 360:
        longitude -= 360
    return longitude


def window(
    points: Sequence[tuple[float, float]], codes: Sequence[str] = (), ratio: float | None = None
) -> Window:
    """Give the part of the world that shows some places, with room around them.

    >>> tuple(round(edge, 2) for edge in window([(178.0, -17.0), (-179.0, -18.0)]))
    (176.56, -19.5, 182.44, -15.5)

    Args:
        points: longitudes and latitudes; one or more.
        codes: countries that are to be seen whole.
        ratio: how many times as wide as tall it is to be; None leaves it to the places.
    """
    shown = [*points, *(corner for code in codes for corner in _corners(code, points))]
    longitudes = sorted({longitude for longitude, _ in shown})
    # The widest stretch of the globe without a place is left out.
    gaps = [
        (after - before, after)
        for before, after in zip(longitudes, [*longitudes[1:], longitudes[0] + 360], strict=True)
    ]
    west = max(gaps)[1]
    west = west - 360 if west >= 180 else west
    east = max(seen(longitude, west) for longitude in longitudes)
    south, north = min(lat for _, lat in shown), max(lat for _, lat in shown)
    height = max((north - south) / (1 - 2 * AROUND), LEAST)
    stretch = Window(west, south, east, north + 0.001).stretch
    width = max((east - west) / (1 - 2 * AROUND), height * (ratio or TALL) * stretch)
    height = max(height, width / (ratio or WIDE) / stretch)
    width = min(width, 360.0)
    middle, centre = (west + east) / 2, (south + north) / 2
    low, high = max(centre - height / 2, -HIGHEST), min(centre + height / 2, HIGHEST)
    return Window(middle - width / 2, min(low, south), middle + width / 2, max(high, north))


def _corners(code: str, points: Sequence[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    """The corners of the part of a country that a place of it lies in."""
    for outline in outlines_within(-180, -90, 180, 90):
        if outline.code != code:
            continue
        for ring in outline.rings:
            west, east = min(x for x, _ in ring), max(x for x, _ in ring)
            south, north = min(y for _, y in ring), max(y for _, y in ring)
            if any(west <= x <= east and south <= y <= north for x, y in points):
                yield from ((west, south), (east, north))


def _near(shown: Window) -> tuple[Outline, ...]:
    if shown.east - shown.west >= 360:
        return outlines_within(-180, shown.south, 180, shown.north)
    west, east = seen(shown.west, -180), seen(shown.east, -180)
    return outlines_within(west, shown.south, east, shown.north)


def _rings(shown: Window, outline: Outline) -> Iterator[list[tuple[float, float]]]:
    """The rings of an outline where they stand on the map."""
    for ring in map(_unbroken, outline.rings):
        left, right = min(x for x, _ in ring), max(x for x, _ in ring)
        for turn in (-360, 0, 360):
            if left + turn <= shown.east and right + turn >= shown.west:
                yield [(x + turn, y) for x, y in ring]


def _unbroken(ring: tuple[tuple[float, float], ...]) -> list[tuple[float, float]]:
    """Let a ring across 180 degrees go on beyond it in place of jumping to the other side of the map."""
    turn, before = 0.0, ring[0][0]
    made = []
    for x, y in ring:
        if abs(x - before) > 180:
            turn += 360 if x < before else -360
        before = x
        made.append((x + turn, y))
    return made


def countries(axes: Axes, shown: Window) -> None:
    """Draw the countries of a part of the world, and set the axes to it.

    Args:
        axes: the axes.
        shown: the part.
    """
    from matplotlib.collections import PolyCollection

    rings = [ring for outline in _near(shown) for ring in _rings(shown, outline)]
    # Holes need no care: what lies in them is land as well.
    drawn = PolyCollection(
        rings, facecolor=LAND, edgecolor=BORDER, linewidth=0.6, zorder=0.5, label="_countries"
    )
    axes.add_collection(drawn, autolim=False)
    axes.set_xlim(shown.west, shown.east)
    axes.set_ylim(shown.south, shown.north)
    axes.set_xticks([])
    axes.set_yticks([])
    axes.set_facecolor(SEA)
    for side in axes.spines.values():
        side.set(visible=True, color=BORDER, linewidth=0.8)


def named(axes: Axes, shown: Window, size: tuple[float, float], taken: Sequence[Box]) -> None:
    """Write the names of countries where there is room.

    Args:
        axes: the axes.
        shown: what they show.
        size: their width and height in points.
        taken: boxes that are to stay free.
    """
    from matplotlib.path import Path

    columns = [shown.west + (shown.east - shown.west) * (i + 0.5) / GRID for i in range(GRID)]
    lines = [shown.south + (shown.north - shown.south) * (i + 0.5) / GRID for i in range(GRID)]
    places = [(x, y) for y in lines for x in columns]
    full = list(taken)
    for outline in _near(shown):
        covered: list[tuple[float, float]] = []
        for ring in _rings(shown, outline):
            inside = Path(ring).contains_points(places)
            covered += [place for place, is_in in zip(places, inside, strict=True) if is_in]
        if len(covered) < NAMED * len(places):
            continue
        x, y = (sum(values) / len(covered) for values in zip(*covered, strict=True))
        # The place of the country itself that is nearest to the middle, where that lies in another one.
        for place in sorted(covered, key=lambda p: ((p[0] - x) ** 2 + (p[1] - y) ** 2, p))[:60:6]:
            box = _box(outline.name, place, shown, size)
            if Box(2, 2, size[0] - 2, size[1] - 2).holds(box) and not any(box.meets(other) for other in full):
                full.append(box)
                style = lettered(SMALL, "#8b8678", ha="center", va="center", zorder=1)
                axes.text(*place, outline.name, **style)
                break


def _box(text: str, place: tuple[float, float], shown: Window, size: tuple[float, float]) -> Box:
    x = (place[0] - shown.west) / (shown.east - shown.west) * size[0]
    y = (place[1] - shown.south) / (shown.north - shown.south) * size[1]
    half = measured(text, SMALL) / 2 + 2
    return Box(x - half, y - SMALL * 0.7, x + half, y + SMALL * 0.7)
