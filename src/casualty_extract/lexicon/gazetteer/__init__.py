"""The bundled place names, and the one reader of them.

Countries and the regions of the news stand in `countries.toml` and `regions.toml`, one a line; towns,
first-level regions and counties of the world stand in `cities.sqlite`, a read-only file. Names are
looked up by folded key (see `folding`), so accents, apostrophes, hyphens and an Arabic article make
no difference. Files are opened at the first question, one connection a thread and process.
"""

from __future__ import annotations

import atexit
import math
import os
import sqlite3
import threading
import tomllib
from contextlib import ExitStack
from functools import cache, lru_cache
from importlib import resources
from typing import Any, Literal, NamedTuple

from casualty_extract.errors import LexiconError
from casualty_extract.lexicon.gazetteer.folding import fold, without_article

__all__ = [
    "Place",
    "country",
    "demonym",
    "distance",
    "fold",
    "is_start",
    "kilometres",
    "lookup",
    "without_article",
]

Kind = Literal["country", "region", "county", "city", "site"]
KINDS: tuple[Kind, ...] = ("city", "region", "county")


class Place(NamedTuple):
    """One place of the gazetteer.

    Attributes:
        name: its name there.
        kind: country, region (first level, or one that news names), county (found only beside a word
            such as "County" or "district"), city or site.
        country: ISO 3166-1 alpha-2 code; empty for a sea, river or desert of no or several countries.
        admin1: GeoNames code of the first-level region that it is or lies in, where known.
        lat: degrees north.
        lon: degrees east.
        geonameid: its number in GeoNames, where known.
        population: inhabitants, 0 where unknown.
        weak: the name is more often a word or a person's name.
        short: found by an abbreviation that needs company ("Mass.", "TX").
    """

    name: str
    kind: Kind
    country: str
    admin1: str | None
    lat: float
    lon: float
    geonameid: int | None
    population: int
    weak: bool = False
    short: bool = False


@lru_cache(maxsize=65536)
def lookup(name: str) -> tuple[Place, ...]:
    """Find all places of a name: countries, then regions, then towns by population.

    >>> [(p.name, p.country) for p in lookup("Deir Ezzor")][:1]
    [('Deir ez-Zor', 'SY')]
    >>> lookup("Nowhereville")
    ()

    Args:
        name: the words as they stand in the text. Abbreviations match only in their own capitals:
            "US" is a country and "us" is none.
    """
    exact = _tables().exact.get(name)
    if exact is not None:
        return exact
    key = fold(name)
    found = _by_key(key)
    if not found:
        shorter = without_article(key)
        found = _by_key(shorter) if shorter and len(shorter) >= 4 else ()
    return found


def demonym(word: str) -> str | None:
    """Give the country whose people or things a word names.

    >>> demonym("Syrian"), demonym("syrian"), demonym("South Korean")
    ('SY', None, 'KR')
    """
    return _tables().demonyms.get(word) if word[:1].isupper() else None


def country(code: str) -> Place | None:
    """Give the country of a code.

    >>> country("SY").name
    'Syria'
    """
    return _tables().codes.get(code)


def is_start(word: str) -> bool:
    """Tell whether a demonym of two words starts with this one ("South" Korean, "Sri" Lankan)."""
    return word in _tables().starts


def distance(a: Place, b: Place) -> float:
    """Give the kilometres between two places, along the earth's surface.

    >>> round(distance(country("IQ"), country("SY")), -2)
    600.0
    """
    return kilometres((a.lat, a.lon), (b.lat, b.lon))


def kilometres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Give the distance of two points in degrees north and east, along the earth's surface.

    >>> round(kilometres((36.34, 43.13), (33.34, 44.4)))
    353
    """
    lat_a, lat_b = math.radians(a[0]), math.radians(b[0])
    across = math.radians(b[1] - a[1])
    h = math.sin((lat_b - lat_a) / 2) ** 2 + math.cos(lat_a) * math.cos(lat_b) * math.sin(across / 2) ** 2
    return 2 * 6371.0 * math.asin(math.sqrt(min(1.0, h)))


class _Tables(NamedTuple):
    codes: dict[str, Place]
    exact: dict[str, tuple[Place, ...]]
    keys: dict[str, tuple[Place, ...]]
    demonyms: dict[str, str]
    starts: frozenset[str]


@cache
def _tables() -> _Tables:
    codes: dict[str, Place] = {}
    exact: dict[str, list[Place]] = {}
    keys: dict[str, list[Place]] = {}
    demonyms: dict[str, str] = {}

    def add(place: Place, names: list[str]) -> None:
        for name in names:
            if _is_abbreviation(name):
                exact.setdefault(name, []).append(
                    place._replace(short=place.kind != "country" and _is_shortest(name))
                )
            else:
                places = keys.setdefault(fold(name), [])
                if place not in places:
                    places.append(place)

    for code, row in _load("countries.toml")["countries"].items():
        codes[code] = _place(row, "country", code)
        add(codes[code], [row["name"], *row.get("aliases", [])])
        demonyms.update(dict.fromkeys(row.get("demonyms", []), code))
    for table, kind in (("regions", "region"), ("towns", "city"), ("waters", "site")):
        for row in _load("regions.toml")[table].values():
            add(_place(row, row.get("kind", kind), row["country"]), [row["name"], *row.get("aliases", [])])
    return _Tables(
        codes,
        {name: tuple(places) for name, places in exact.items()},
        {key: tuple(places) for key, places in keys.items()},
        demonyms,
        frozenset(word.split()[0] for word in demonyms if " " in word),
    )


def _place(row: dict[str, Any], kind: Kind, code: str) -> Place:
    return Place(
        row["name"],
        kind,
        code,
        row.get("admin1"),
        row["lat"],
        row["lon"],
        row.get("geonameid"),
        0,
        row.get("weak", False),
    )


def _is_abbreviation(name: str) -> bool:
    """Postal and traditional short forms, which other words would match once folded: "IN", "Ill."."""
    return (
        (name.isupper() and len(name.replace(".", "")) <= 4)
        or name.endswith(".")
        or name in {"Qld", "Tas", "Vic"}
    )


def _is_shortest(name: str) -> bool:
    """Short forms of two letters or with a full stop need company; "NSW" and "NWFP" do not."""
    return len(name) == 2 or "." in name


@cache
def _load(file: str) -> dict[str, dict[str, dict[str, Any]]]:
    path = resources.files(__name__).joinpath(file)
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, tomllib.TOMLDecodeError) as error:
        raise LexiconError(str(error), file=file) from error


def _by_key(key: str) -> tuple[Place, ...]:
    own = _tables().keys.get(key, ())
    rows = _connection().execute(
        "SELECT name, kind, country, admin1, lat, lon, geonameid, population, weak FROM key"
        " JOIN place ON place = id WHERE key = ? ORDER BY population DESC, id",
        (key,),
    )
    stored = [
        Place(name, KINDS[kind], code, admin1, lat / 1e4, lon / 1e4, geonameid, people, bool(weak))
        for name, kind, code, admin1, lat, lon, geonameid, people, weak in rows
    ]
    # A town placed by hand gives way where the file has it, with its number and population.
    own = tuple(p for p in own if p.kind != "city" or not any(_is_near(p, place) for place in stored))
    return own + tuple(place for place in stored if not any(_is_same(place, mine) for mine in own))


def _is_same(stored: Place, mine: Place) -> bool:
    """Our own rows stand for the stored region of that code, and for the stored town at that place."""
    if stored.country != mine.country:
        return False
    if mine.kind == "region":
        return stored.kind == "region" and (stored.admin1 == mine.admin1 or distance(stored, mine) < 150)
    if mine.kind == "country":
        return stored.kind == "region"
    return False


def _is_near(mine: Place, stored: Place) -> bool:
    return stored.kind == "city" and stored.country == mine.country and distance(stored, mine) < 40


_local = threading.local()
_opened = ExitStack()
atexit.register(_opened.close)


def _connection() -> sqlite3.Connection:
    """Open the file once a thread and process: SQLite connections travel to neither."""
    stored: tuple[int, sqlite3.Connection] | None = getattr(_local, "connection", None)
    if stored is not None and stored[0] == os.getpid():
        return stored[1]
    connection = sqlite3.connect(f"{_path().as_uri()}?mode=ro&immutable=1", uri=True)
    _local.connection = (os.getpid(), connection)
    return connection


@cache
def _path() -> Any:
    path = _opened.enter_context(resources.as_file(resources.files(__name__).joinpath("cities.sqlite")))
    if not path.is_file():
        raise LexiconError("the file of cities is missing", file="cities.sqlite")
    return path.resolve()
