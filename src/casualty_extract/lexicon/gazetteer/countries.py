"""The rows written by hand: countries, continents, regions of the news, waters, and towns that the bundled file lacks."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

from casualty_extract.errors import LexiconError
from casualty_extract.lexicon.gazetteer.entries import Kind, Place
from casualty_extract.lexicon.gazetteer.folding import fold

__all__ = ["Tables", "is_abbreviation", "read"]


class Tables(NamedTuple):
    """The rows, by code, by abbreviation as it is written, and by folded name.

    Attributes:
        codes: the countries by ISO 3166-1 alpha-2 code.
        exact: the places that a short form in its own capitals means.
        keys: the places of all other names, by key.
        demonyms: the code of the country that a word for its people names.
        continents: continents and their parts, wider than any country, by key.
        regions: the names of the first-level regions by country and GeoNames code.
    """

    codes: dict[str, Place]
    exact: dict[str, tuple[Place, ...]]
    keys: dict[str, tuple[Place, ...]]
    demonyms: dict[str, str]
    continents: dict[str, Place]
    regions: dict[tuple[str, str], frozenset[str]]


@cache
def read() -> Tables:
    """Read `countries.toml` and `regions.toml`, once."""
    codes: dict[str, Place] = {}
    exact: dict[str, list[Place]] = {}
    keys: dict[str, list[Place]] = {}
    demonyms: dict[str, str] = {}
    regions: dict[tuple[str, str], frozenset[str]] = {}

    def add(place: Place, names: list[str]) -> None:
        for name in names:
            if is_abbreviation(name):
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
            place = _place(row, row.get("kind", kind), row["country"])
            add(place, [row["name"], *row.get("aliases", [])])
            if place.kind == "region" and place.admin1:
                key = place.country, place.admin1
                regions[key] = regions.get(key, frozenset()) | {place.name}
    return Tables(
        codes,
        {name: tuple(places) for name, places in exact.items()},
        {key: tuple(places) for key, places in keys.items()},
        demonyms,
        {
            fold(name): _place(row, "region", "")
            for row in _load("regions.toml")["continents"].values()
            for name in (row["name"], *row.get("aliases", []))
        },
        regions,
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


def is_abbreviation(name: str) -> bool:
    """Tell postal and traditional short forms, which other words would match once folded: "IN", "Ill."."""
    return (
        (name.isupper() and len(name.replace(".", "")) <= 4)
        or name.endswith(".")
        or name in {"Qld", "Tas", "Vic"}
    )


def _is_shortest(name: str) -> bool:
    """Short forms of two letters or with a full stop need company; "NSW" and "NWFP" do not."""
    return len(name) == 2 or "." in name


def _load(file: str) -> dict[str, dict[str, dict[str, Any]]]:
    path = resources.files("casualty_extract.lexicon.gazetteer").joinpath(file)
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, tomllib.TOMLDecodeError) as error:
        raise LexiconError(str(error), file=file) from error
