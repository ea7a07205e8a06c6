"""Places of the user's own, from a table: their rows stand before all others of the same name.

*Reads* CSV and TSV with a header line, and TOML with one table `[places]`; one place a row.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from casualty_extract.errors import GazetteerError
from casualty_extract.lexicon.gazetteer import countries
from casualty_extract.lexicon.gazetteer.entries import Place
from casualty_extract.lexicon.gazetteer.folding import fold, without_article

__all__ = ["ENDINGS", "OwnPlace", "OwnRows", "read"]

ENDINGS = (".csv", ".tsv", ".toml")
"""The endings of the files that hold such rows."""
LISTS = "|"
"""What parts the aliases in one cell."""
LARGEST = 50_000_000
"""How many bytes a table has at most: hundreds of thousands of rows, which are kept in memory."""


class OwnPlace(BaseModel):
    """A row of the user's own.

    >>> OwnPlace(name="Arda", country="SY", lat=35.1, lon=40.2).kind
    'city'

    Attributes:
        name: the name that claims will carry.
        kind: "city", "region", "county" or "site"; "none" says that the name is no place.
        country: ISO 3166-1 alpha-2 code; may be empty for a site that lies in no country.
        lat: degrees north.
        lon: degrees east.
        aliases: other names and spellings, in a cell with "|" between them.
        admin1: GeoNames code of its first-level region.
        geonameid: its number in GeoNames.
        population: its inhabitants.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    name: Annotated[str, Field(min_length=1)]
    kind: Literal["city", "region", "county", "site", "none"] = "city"
    country: str = ""
    lat: Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)] | None = None
    lon: Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)] | None = None
    aliases: tuple[str, ...] = ()
    admin1: str | None = None
    geonameid: Annotated[int, Field(gt=0)] | None = None
    population: Annotated[int, Field(ge=0)] = 0

    @field_validator("aliases", mode="before")
    @classmethod
    def _parts(cls, value: Any) -> Any:
        return (
            [part.strip() for part in value.split(LISTS) if part.strip()] if isinstance(value, str) else value
        )

    @field_validator("country")
    @classmethod
    def _is_code(cls, value: str) -> str:
        if value and value not in countries.read().codes:
            raise ValueError("no ISO 3166-1 alpha-2 code such as 'SY'")
        return value

    @model_validator(mode="after")
    def _is_somewhere(self) -> OwnPlace:
        if self.kind == "none":
            return self
        if self.lat is None or self.lon is None:
            raise ValueError("a place has lat and lon")
        if not self.country and self.kind != "site":
            raise ValueError("a city, region or county has a country")
        return self


class OwnRows(NamedTuple):
    """The rows by abbreviation as it is written, and by folded name; a name that is no place has none."""

    exact: dict[str, tuple[Place, ...]]
    keys: dict[str, tuple[Place, ...]]


def read(path: Path) -> OwnRows:
    """Read one table.

    Args:
        path: a file with one of the `ENDINGS`.

    Raises:
        GazetteerError: the file cannot be read, or a row of it; the row is named.
    """
    exact: dict[str, tuple[Place, ...]] = {}
    keys: dict[str, tuple[Place, ...]] = {}
    for number, fields in _rows(path):
        row = _checked(fields, path, number)
        places = () if row.kind == "none" else (_place(row),)
        for name in (row.name, *row.aliases):
            if countries.is_abbreviation(name):
                exact[name] = (*exact.get(name, ()), *places)
                continue
            key = fold(name)
            shorter = without_article(key) or ""
            for form in {key, shorter if len(shorter) >= 4 else key}:
                keys[form] = (*keys.get(form, ()), *places)
    return OwnRows(exact, keys)


def _rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Give each row with its number: the line in a table, the place in the order of a TOML file."""
    text = _text(path)
    if path.suffix.lower() == ".toml":
        try:
            table = tomllib.loads(text).get("places")
        except tomllib.TOMLDecodeError as error:
            raise GazetteerError(str(error), file=str(path)) from error
        if not isinstance(table, dict) or not all(isinstance(row, dict) for row in table.values()):
            raise GazetteerError("no table [places] with a row a place", file=str(path))
        yield from enumerate(table.values(), 1)
        return
    reader = csv.DictReader(text.splitlines(), delimiter="\t" if path.suffix.lower() == ".tsv" else ",")
    if "name" not in (reader.fieldnames or ()):
        raise GazetteerError("no column 'name' in the first line", file=str(path))
    for row in reader:
        if None in row or None in row.values():
            raise GazetteerError(
                "it has not as many cells as the first line", file=str(path), row=reader.line_num
            )
        yield reader.line_num, {column: cell for column, cell in row.items() if cell.strip()}


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST:
            raise GazetteerError(
                f"larger than {LARGEST:,} bytes; make a dump of it and build it", file=str(path)
            )
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise GazetteerError(error.strerror or str(error), file=str(path)) from error
    except UnicodeDecodeError as error:
        raise GazetteerError("it is not UTF-8", file=str(path)) from error


def _checked(fields: dict[str, Any], path: Path, number: int) -> OwnPlace:
    try:
        return OwnPlace.model_validate(fields)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        problem = f"{where}: {first['msg']}" if where else first["msg"]
        raise GazetteerError(problem, file=str(path), row=number) from error


def _place(row: OwnPlace) -> Place:
    kind = "city" if row.kind == "none" else row.kind
    return Place(
        row.name,
        kind,
        row.country,
        row.admin1,
        row.lat or 0.0,
        row.lon or 0.0,
        row.geonameid,
        row.population,
        given=True,
    )
