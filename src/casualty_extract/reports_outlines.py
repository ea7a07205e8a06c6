"""The map of a reader's report: which outlines it needs, cut to its frame and written small."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from casualty_extract.outlines import SOURCE, outlines_within

__all__ = ["Box", "frame", "outlined"]

Box = tuple[float, float, float, float]
"""West, south, east and north, in degrees."""

MARGIN = 0.25
"""How far the map goes beyond the outermost places, as a part of their distance."""
LEAST = 6.0
"""The least width and height of a map, in degrees: a town alone says nothing of where it is."""
STEPS = 4_000
"""The finest grid that corners are put on has so many steps across the map: four a pixel of a wide screen."""
FINEST = 0.01
"""Degrees: about a kilometre; the outlines are no finer."""

FLATTEST = 0.45
"""The least height of a map as a part of its width."""

_POLES = 84.0
"""Degrees of latitude; maps of the whole world go no further, where nobody lives."""

Point = tuple[float, float]
Corner = tuple[int, int]


def frame(points: Iterable[Point]) -> Box | None:
    """Give the box of a map of places, with a margin; None where there are no places.

    >>> frame([(43.1, 36.3), (44.4, 33.3)])
    (40.75, 31.8, 46.75, 37.8)

    Args:
        points: longitudes and latitudes, in degrees.
    """
    found = list(points)
    if not found:
        return None
    sides = []
    for values, limit in (([x for x, _ in found], 180.0), ([y for _, y in found], _POLES)):
        low, high = min(values), max(values)
        reach = max((high - low) * (0.5 + MARGIN), LEAST / 2)
        middle = (low + high) / 2
        sides.append((max(-limit, round(middle - reach, 2)), min(limit, round(middle + reach, 2))))
    (west, east), (south, north) = sides
    # Places far apart from east to west alone would give a strip.
    lacking = (east - west) * FLATTEST - (north - south)
    if lacking > 0:
        south, north = max(-_POLES, round(south - lacking / 2, 2)), min(_POLES, round(north + lacking / 2, 2))
    return west, south, east, north


def outlined(box: Box) -> dict[str, Any]:
    """Give the outlines within a box as the page's script reads them.

    Corners are whole numbers of `unit` degrees from the box's south-western corner, each but the first of a ring
    as its distance from the one before: ``[x, y, dx, dy, ...]``.

    >>> found = outlined((43.0, 36.0, 44.0, 36.6))
    >>> [country["name"] for country in found["countries"]], found["unit"]
    (['Iraq'], 0.01)

    Args:
        box: the frame of the map.
    """
    west, south, east, north = box
    unit = max(FINEST, round(max(east - west, north - south) / STEPS, 3))
    width, height = round((east - west) / unit), round((north - south) / unit)
    countries = []
    for outline in outlines_within(*box):
        rings = []
        for ring in map(_unwound, outline.rings):
            # What lies across 180 degrees is at both ends of a map of the world.
            for turn in (-360.0, 0.0, 360.0):
                corners = [(round((x + turn - west) / unit), round((y - south) / unit)) for x, y in ring]
                cut = _cut(corners, width, height)
                if len(cut) > 2:
                    rings.append(_steps(cut))
        if rings:
            countries.append({"name": outline.name, "rings": rings})
    return {"box": list(box), "unit": unit, "source": SOURCE, "countries": countries}


def _unwound(ring: Sequence[Point]) -> list[Point]:
    """Give a ring without leaps from 180 degrees east to 180 west: it goes on beyond them."""
    found, turn = [ring[0]], 0.0
    for (before, _), (x, y) in pairwise(ring):
        turn += 360.0 if x - before < -180 else -360.0 if x - before > 180 else 0.0
        found.append((x + turn, y))
    return found


def _cut(ring: Sequence[Corner], width: int, height: int) -> list[Corner]:
    """Cut a ring to a little more than the frame, side by side, as Sutherland and Hodgman do (1974)."""
    # The cut itself is a line too; outside the frame nobody sees it.
    beyond = max(width, height) // 50 + 2
    for axis, limit, sign in (
        (0, -beyond, 1),
        (0, width + beyond, -1),
        (1, -beyond, 1),
        (1, height + beyond, -1),
    ):
        kept: list[Corner] = []
        for i, here in enumerate(ring):
            before = ring[i - 1]
            is_in, was_in = sign * here[axis] >= sign * limit, sign * before[axis] >= sign * limit
            if is_in != was_in:
                part = (limit - before[axis]) / (here[axis] - before[axis])
                other = round(before[1 - axis] + part * (here[1 - axis] - before[1 - axis]))
                kept.append((limit, other) if axis == 0 else (other, limit))
            if is_in:
                kept.append(here)
        ring = kept
    return [corner for i, corner in enumerate(ring) if corner != ring[i - 1]]


def _steps(ring: Sequence[Corner]) -> list[int]:
    flat = [*ring[0]]
    for (x, y), (to_x, to_y) in pairwise(ring):
        flat += (to_x - x, to_y - y)
    return flat
