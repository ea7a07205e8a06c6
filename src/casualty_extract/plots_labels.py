"""Where labels have room: beside their points, over nothing, in an order of importance."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from typing import NamedTuple

__all__ = ["RINGS", "Box", "Spot", "placed"]

GAP = 6.0
RINGS = (0.0, 14.0, 28.0)
"""How far beyond the mark a label may stand, in points; from the second on a thin line leads to it."""


class Box(NamedTuple):
    """A box in points: left, bottom, right, top."""

    left: float
    bottom: float
    right: float
    top: float

    def meets(self, other: Box) -> bool:
        """Tell whether two boxes share some area.

        >>> Box(0, 0, 2, 2).meets(Box(1, 1, 3, 3)), Box(0, 0, 2, 2).meets(Box(2, 0, 3, 3))
        (True, False)
        """
        return (
            self.left < other.right
            and other.left < self.right
            and self.bottom < other.top
            and other.bottom < self.top
        )

    def holds(self, other: Box) -> bool:
        """Tell whether another box lies within this one."""
        return (
            self.left <= other.left
            and other.right <= self.right
            and self.bottom <= other.bottom
            and other.top <= self.top
        )


class Spot(NamedTuple):
    """A mark that wants a label: its middle and radius, and the label's width and height, all in points."""

    x: float
    y: float
    radius: float
    width: float
    height: float


def placed(
    spots: Sequence[Spot], taken: Sequence[Box], within: Box, rings: Sequence[float] = RINGS
) -> list[tuple[Box, bool] | None]:
    """Find room for labels, the first spots first.

    >>> within = Box(0, 0, 100, 100)
    >>> placed([Spot(10, 50, 3, 40, 10), Spot(95, 50, 3, 40, 10)], [], within)
    [(Box(left=19.0, bottom=45.0, right=59.0, top=55.0), False), (Box(left=38.44, bottom=61.592, right=78.44, top=71.592), True)]

    Args:
        spots: what wants a label.
        taken: boxes that labels leave free.
        within: the box that all of them lie in.
        rings: how far beyond the mark, in points, the nearest first.

    Returns:
        For each spot the label's box and whether a line has to lead to it, or None where there is no room.
    """
    labels: list[Box] = []
    found: list[tuple[Box, bool] | None] = []
    for spot in spots:
        chosen = None
        places = ((away, box) for away in rings for box in _around(spot, spot.radius + GAP + away))
        for ring, box in places:
            # A line may lead over a mark, and neither over another label nor over its line.
            line = _line(spot, box) if ring else []
            if (
                within.holds(box)
                and not any(box.meets(other) for other in taken)
                and not any(part.meets(other) for part in (box, *line) for other in labels)
            ):
                chosen = box, ring > 0
                labels += [box, *line]
                break
        found.append(chosen)
    return found


def _line(spot: Spot, box: Box) -> list[Box]:
    """The line from a mark to its label as a chain of small boxes, without the mark and the label."""
    x, y = (box.left + box.right) / 2 - spot.x, (box.bottom + box.top) / 2 - spot.y
    length = max(sqrt(x * x + y * y), 1.0)
    steps = range(int(spot.radius) + 3, int(length), 3)
    points = ((spot.x + x * n / length, spot.y + y * n / length) for n in steps)
    chain = (Box(a - 0.5, b - 0.5, a + 0.5, b + 0.5) for a, b in points)
    return [link for link in chain if not link.meets(box)]


def _around(spot: Spot, away: float) -> list[Box]:
    """The places beside a mark, in the order in which people look for its label."""
    x, y, _, width, height = spot
    near = away * 0.72
    corners = [
        (x + away, y - height / 2),
        (x - away - width, y - height / 2),
        (x + near, y + near * 0.7),
        (x + near, y - near * 0.7 - height),
        (x - near - width, y + near * 0.7),
        (x - near - width, y - near * 0.7 - height),
        (x - width / 2, y + away),
        (x - width / 2, y - away - height),
    ]
    return [Box(left, bottom, left + width, bottom + height) for left, bottom in corners]
