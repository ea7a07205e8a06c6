"""Build `outlines.json`, the bundled outlines of countries.

The source is Natural Earth (public domain), 1:50m, in the TopoJSON of the npm package world-atlas. It is not
needed at run time:

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python training/build_outlines.py package/countries-50m.json

Borders that two countries share are kept once and simplified once, so that no gaps open between them.
"""

from __future__ import annotations

import json
import sys
import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent.parent / "src" / "casualty_extract" / "lexicon" / "gazetteer"

UNITS = 100
"""Steps of a degree that coordinates are rounded to: about a kilometre."""

TOLERANCE = 2.5
"""By how many steps a simplified line may stray: under three kilometres, a third of what 1:50m resolves on paper."""

# What has no number in ISO 3166. Nothing is said by an outline on whom a country belongs to.
UNNUMBERED = {"Kosovo": "XK"}


def main(source: Path) -> None:
    """Read the TopoJSON and write the file."""
    world = json.loads(source.read_text(encoding="utf-8"))
    table = tomllib.loads((FOLDER / "country_codes.toml").read_text(encoding="utf-8"))["codes"]
    alpha2 = {row["numeric"]: code for code, row in table.items() if "numeric" in row}
    arcs = [_simplified(_absolute(arc, world["transform"])) for arc in world["arcs"]]
    countries = [
        {
            "name": country["properties"]["name"],
            "code": alpha2.get(int(country["id"]))
            if "id" in country
            else UNNUMBERED.get(country["properties"]["name"]),
            "rings": [ring for ring in _rings(country) if _is_visible(ring, arcs)],
        }
        for country in world["objects"]["countries"]["geometries"]
    ]
    countries = sorted((c for c in countries if c["rings"]), key=lambda c: str(c["name"]))
    used = sorted({_arc(i) for c in countries for ring in c["rings"] for i in ring})
    place = {old: new for new, old in enumerate(used)}
    for country in countries:
        country["rings"] = [
            [place[i] if i >= 0 else ~place[_arc(i)] for i in ring] for ring in country["rings"]
        ]
    data = {"units": UNITS, "arcs": [_deltas(arcs[i]) for i in used], "countries": countries}
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    (FOLDER / "outlines.json").write_text(text + "\n", encoding="utf-8")
    print(f"{len(countries)} countries, {sum(len(arcs[i]) for i in used)} points, {len(text.encode())} bytes")


def _arc(index: int) -> int:
    """Give the arc of an index; a negative one means the arc from its end to its beginning."""
    return index if index >= 0 else ~index


def _absolute(arc: list[list[int]], transform: dict[str, list[float]]) -> list[tuple[int, int]]:
    (scale_x, scale_y), (from_x, from_y) = transform["scale"], transform["translate"]
    points, x, y = [], 0, 0
    for dx, dy in arc:
        x, y = x + dx, y + dy
        points.append((round((x * scale_x + from_x) * UNITS), round((y * scale_y + from_y) * UNITS)))
    return points


def _simplified(points: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Simplify by Douglas and Peucker (1973), each end kept."""
    keep = {0, len(points) - 1}
    if points[0] == points[-1]:
        # A ring of one arc has no two ends to draw a line between.
        keep.add(max(range(len(points)), key=lambda i: _square(points[0], points[i])))
    ends = sorted(keep)
    todo = list(pairwise(ends))
    while todo:
        first, last = todo.pop()
        if last - first < 2:
            continue
        far, at = max((_distance(points[i], points[first], points[last]), i) for i in range(first + 1, last))
        if far > TOLERANCE:
            keep.add(at)
            todo += [(first, at), (at, last)]
    return [points[i] for i in sorted(keep)]


def _square(a: tuple[int, int], b: tuple[int, int]) -> int:
    return (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2


def _distance(point: tuple[int, int], a: tuple[int, int], b: tuple[int, int]) -> float:
    length = _square(a, b)
    if not length:
        return float(_square(point, a) ** 0.5)
    share = ((point[0] - a[0]) * (b[0] - a[0]) + (point[1] - a[1]) * (b[1] - a[1])) / length
    share = min(1.0, max(0.0, share))
    x, y = a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])
    return float(((point[0] - x) ** 2 + (point[1] - y) ** 2) ** 0.5)


def _rings(country: dict[str, Any]) -> list[list[int]]:
    if country["type"] == "Polygon":
        return list(country["arcs"])
    return [ring for polygon in country["arcs"] for ring in polygon]


def _is_visible(ring: list[int], arcs: list[list[tuple[int, int]]]) -> bool:
    """Say whether a ring is more than a line once it is simplified."""
    return len({point for i in ring for point in arcs[_arc(i)]}) >= 3


def _deltas(points: list[tuple[int, int]]) -> list[int]:
    flat, x, y = [], 0, 0
    for to_x, to_y in points:
        flat += [to_x - x, to_y - y]
        x, y = to_x, to_y
    return flat


if __name__ == "__main__":
    main(Path(sys.argv[1]))
