"""Outlines of countries, to draw a map without a service: `lexicon/gazetteer/outlines.json`.

They are Natural Earth's, 1:50m, simplified to about three kilometres: enough for a country or a region, too coarse
for a town. They show who holds an area in fact, as Natural Earth has it; they say nothing on whose it is.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from importlib import resources
from itertools import accumulate
from typing import Any, NamedTuple

from casualty_extract.errors import LexiconError

__all__ = ["SOURCE", "Outline", "outlines", "outlines_within"]

FILE = "outlines.json"

SOURCE = "Natural Earth, 1:50m, public domain (naturalearthdata.com)"
"""What a map drawn from these should name; Natural Earth asks for no credit."""

Point = tuple[float, float]


class Outline(NamedTuple):
    """The outline of a country.

    Attributes:
        name: its short name in English, as Natural Earth has it.
        code: its ISO 3166-1 alpha-2 code, as claims have it; None for an area without one.
        rings: closed lines of (longitude, latitude) in degrees, east and north positive, each ending where it began.
            Those inside others are holes: fill by the even-odd rule.
    """

    name: str
    code: str | None
    rings: tuple[tuple[Point, ...], ...]


def outlines() -> tuple[Outline, ...]:
    """Give the outlines of all countries, by name.

    >>> [outline.name for outline in outlines() if outline.code == "IQ"]
    ['Iraq']

    Raises:
        LexiconError: the bundled file is missing or damaged.
    """
    return tuple(outline for outline, _ in _read())


def outlines_within(west: float, south: float, east: float, north: float) -> tuple[Outline, ...]:
    """Give what lies within a box or touches it: countries with those of their rings that do.

    >>> [outline.code for outline in outlines_within(43.0, 33.0, 43.5, 34.0)]
    ['IQ']
    >>> [outline.code for outline in outlines_within(178.0, -18.0, -179.0, -16.0)]
    ['FJ']

    Args:
        west: the box's western edge, in degrees of longitude, -180 to 180.
        south: its southern edge, in degrees of latitude.
        east: its eastern edge; less than `west` where the box lies across 180 degrees.
        north: its northern edge.

    Raises:
        LexiconError: the bundled file is missing or damaged.
    """
    spans = [(west, east)] if west <= east else [(west, 180.0), (-180.0, east)]
    found = []
    for outline, boxes in _read():
        rings = tuple(
            ring
            for ring, (left, bottom, right, top) in zip(outline.rings, boxes, strict=True)
            if bottom <= north and top >= south and any(left <= to and right >= at for at, to in spans)
        )
        if rings:
            found.append(outline._replace(rings=rings))
    return tuple(found)


Box = tuple[float, float, float, float]


@cache
def _read() -> tuple[tuple[Outline, tuple[Box, ...]], ...]:
    path = resources.files("casualty_extract.lexicon.gazetteer").joinpath(FILE)
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        arcs = [tuple(_points(arc, data["units"])) for arc in data["arcs"]]
        found = []
        for country in data["countries"]:
            rings = tuple(_ring(indexes, arcs) for indexes in country["rings"])
            outline = Outline(country["name"], country["code"], rings)
            found.append((outline, tuple(map(_box, rings))))
        return tuple(found)
    except (FileNotFoundError, ValueError, KeyError, IndexError, TypeError) as error:
        raise LexiconError(str(error), file=FILE) from error


def _points(deltas: list[int], units: int) -> Iterator[Point]:
    for x, y in zip(accumulate(deltas[::2]), accumulate(deltas[1::2]), strict=True):
        yield x / units, y / units


def _ring(indexes: list[int], arcs: list[Any]) -> tuple[Point, ...]:
    """Join lines; a negative index is a line taken from its end to its beginning, as TopoJSON writes it."""
    points: list[Point] = []
    for index in indexes:
        line = arcs[index] if index >= 0 else arcs[~index][::-1]
        points += line[1:] if points else line
    return tuple(points)


def _box(ring: tuple[Point, ...]) -> Box:
    longitudes, latitudes = zip(*ring, strict=True)
    return min(longitudes), min(latitudes), max(longitudes), max(latitudes)
