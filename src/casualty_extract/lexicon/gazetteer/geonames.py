"""Turn dumps of GeoNames into one file of places that `load(gazetteer=...)` takes.

*Reads* the main table as GeoNames publishes it, for the world (`allCountries`), one country (`IQ`) or towns
(`cities500`), as text or in its zip file, line by line: 19 columns with tabs between them, described in
GeoNames' `readme.txt`.
*Leaves out* countries, which the package has; places that are no more; names in other scripts, codes, and
everyday words as the names of small places.
"""

from __future__ import annotations

import os
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from casualty_extract.errors import ArgumentError, GazetteerError
from casualty_extract.lexicon.gazetteer import countries
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

__all__ = ["FEATURES", "Counts", "Selection", "build"]

FEATURES = frozenset("AHLPRSTUV")
"""The feature classes of GeoNames: areas, waters, parks, populated places, roads, buildings, mountains,
undersea, forests."""
COLUMNS = 19
LONGEST_LINE = 100_000
"""How many bytes a line has at most; the longest of GeoNames, with all names of a capital, has some 15,000."""
LEVELS: dict[str, Kind] = {"ADM1": "region", "ADM2": "county", "ADM3": "county", "ADMD": "county"}
GONE = frozenset({"PPLQ", "PPLH", "PPLW", "PPLCH"})
"""Populated places that are abandoned, historical or destroyed."""


@dataclass(frozen=True)
class Selection:
    """Which places of a dump are kept.

    >>> Selection(features="APS", min_population=500).features
    'APS'

    Attributes:
        features: the feature classes, by GeoNames' letters; "P" are towns and villages, "A" regions and
            counties, all others become sites.
        min_population: how many inhabitants a town has at least; 0 keeps those too of which it is unknown.
        countries: ISO 3166-1 alpha-2 codes of the countries; none for all.

    Raises:
        ArgumentError: a letter or a code is unknown, or the population is negative.
    """

    features: str = "AP"
    min_population: int = 0
    countries: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.features or not FEATURES.issuperset(self.features):
            raise ArgumentError("features", self.features, f"letters of {''.join(sorted(FEATURES))}")
        if self.min_population < 0:
            raise ArgumentError("min_population", self.min_population, "0 or more")
        for code in self.countries:
            if code not in countries.read().codes:
                raise ArgumentError("countries", code, "ISO 3166-1 alpha-2 codes such as 'SY'")


@dataclass
class Counts:
    """What was read and kept.

    Attributes:
        rows: lines read.
        places: places kept.
        names: folded names under which they are found.
        failed: lines that could not be read.
    """

    rows: int = 0
    places: int = 0
    names: int = 0
    failed: int = 0


def build(
    dumps: Sequence[str],
    target: str,
    selection: Selection | None = None,
    *,
    force: bool = False,
    report: Callable[[GazetteerError], None] | None = None,
) -> Counts:
    """Build a file of places from dumps of GeoNames; it appears under its name only when it is whole.

    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> row = ["1", "Arda", "Arda", "Ardah,أردة", "35.1", "40.2", "P", "PPL", "SY", "", "08", *[""] * 3, "900"]
    >>> _ = (folder / "SY.txt").write_text("\\t".join(row + ["", "", "", ""]) + "\\n", encoding="utf-8")
    >>> build([str(folder / "SY.txt")], str(folder / "sy.sqlite"))
    Counts(rows=1, places=1, names=2, failed=0)
    >>> from casualty_extract import extract, load
    >>> nlp = load(gazetteer=folder / "sy.sqlite")
    >>> extract("Shelling killed six people in Ardah.", nlp=nlp).claims[0].places
    (Place('Ardah' 30:35, city, SY, sentence),)

    Args:
        dumps: the paths of dumps, as text or zip. A place that stands in several is taken from the first.
        target: the path of the file.
        selection: which places are kept; towns, villages, regions and counties where it is None.
        force: whether a file that exists is replaced.
        report: is told of each line that cannot be read; it is left out, and the rest is read on.

    Returns:
        The counts. The same dumps and selection give the same bytes.

    Raises:
        GazetteerError: a dump cannot be read, none holds a place that is wanted, or the target exists.
        OSError: the target cannot be written.
    """
    chosen = selection or Selection()
    path = Path(os.path.realpath(target))
    if path.is_dir() or (path.exists() and not force):
        raise GazetteerError(
            "it exists; --force replaces it" if path.is_file() else "it is a folder", file=target
        )
    part = path.with_name(f"{path.name}.part")
    part.unlink(missing_ok=True)
    try:
        counts = _write(dumps, part, chosen, report)
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)
    return counts


def _write(
    dumps: Sequence[str], part: Path, chosen: Selection, report: Callable[[GazetteerError], None] | None
) -> Counts:
    counts = Counts()
    seen: set[int] = set()
    with Writer(part) as writer:
        for dump in dumps:
            for number, line in _lines(dump):
                counts.rows += 1
                try:
                    row = _Row.of(line)
                    wanted = row is not None and row.geonameid not in seen and _is_wanted(row, chosen)
                except ValueError as error:
                    counts.failed += 1
                    if report is not None:
                        report(GazetteerError(str(error), file=dump, row=number))
                    continue
                if row is not None and wanted:
                    seen.add(row.geonameid)
                    _add(writer, row)
    counts.places, counts.names = writer.places, writer.keys
    if not counts.places:
        raise GazetteerError("no place that is wanted; is it a dump of GeoNames?", file=", ".join(dumps))
    return counts


@dataclass(slots=True)
class _Row:
    """What is used of a line."""

    geonameid: int
    name: str
    others: list[str]
    lat: float
    lon: float
    feature: str
    code: str
    country: str
    admin1: str
    population: int

    @classmethod
    def of(cls, line: bytes) -> _Row | None:
        """Read a line; an empty one is none."""
        if not line.strip():
            return None
        if len(line) >= LONGEST_LINE:
            raise ValueError(f"longer than {LONGEST_LINE:,} bytes")
        try:
            cells = line.decode("utf-8").rstrip("\r\n").split("\t")
        except UnicodeDecodeError:
            raise ValueError("it is not UTF-8") from None
        if len(cells) != COLUMNS:
            raise ValueError(f"{len(cells)} columns and not {COLUMNS}, with tabs between them")
        try:
            row = cls(
                int(cells[0]),
                cells[1],
                [cells[2], *cells[3].split(",")],
                float(cells[4]),
                float(cells[5]),
                cells[6],
                cells[7],
                cells[8],
                cells[10],
                int(cells[14] or 0),
            )
        except ValueError:
            raise ValueError("geonameid, latitude, longitude or population is no number") from None
        if not (-90 <= row.lat <= 90 and -180 <= row.lon <= 180):
            raise ValueError(f"{row.lat}, {row.lon} is no place on earth")
        return row


def _is_wanted(row: _Row, chosen: Selection) -> bool:
    if row.feature not in chosen.features or row.code in GONE or not row.name:
        return False
    if chosen.countries and row.country not in chosen.countries:
        return False
    if row.feature == "A":
        return row.code in LEVELS
    if row.feature == "P":
        return bool(row.country) and row.population >= chosen.min_population
    return True


def _add(writer: Writer, row: _Row) -> None:
    kind: Kind = LEVELS[row.code] if row.feature == "A" else "city" if row.feature == "P" else "site"
    others = [name for name in row.others if is_usable(name)]
    names = keys([row.name, *others])
    population = row.population
    name = row.name
    if kind in {"region", "county"}:
        name = bare(row.name)
        names = [key for key in keys([row.name, name, *others, *map(bare, others)]) if key not in DIRECTIONS]
        # Regions written by hand are told by having none.
        population = max(1, population)
    else:
        names = [key for key in names if is_worth_its_place(key, names[0], population)]
    if names:
        place = Place(
            name, kind, row.country, row.admin1 or None, row.lat, row.lon, row.geonameid, population
        )
        writer.add(place, [(key, key in weak()) for key in names])


def _lines(dump: str) -> Iterator[tuple[int, bytes]]:
    """Give the lines of a dump with their numbers; of a zip file, those of all tables in it."""
    with ExitStack() as stack:
        try:
            for stream in _streams(stack, dump):
                yield from enumerate(_bounded(stream), 1)
        except OSError as error:
            raise GazetteerError(error.strerror or str(error), file=dump) from error
        except (zipfile.BadZipFile, EOFError, zlib.error, RuntimeError) as error:
            raise GazetteerError(f"its zip file cannot be read: {error}", file=dump) from error


def _bounded(stream: IO[bytes]) -> Iterator[bytes]:
    """Give the lines; of one that is too long, its beginning alone."""
    while line := stream.readline(LONGEST_LINE):
        yield line
        while len(line) == LONGEST_LINE and not line.endswith(b"\n"):
            line = stream.readline(LONGEST_LINE)


def _streams(stack: ExitStack, dump: str) -> list[IO[bytes]]:
    file = stack.enter_context(open(dump, "rb"))  # noqa: SIM115 (the stack closes it)
    if not zipfile.is_zipfile(file):
        file.seek(0)
        return [file]
    archive = stack.enter_context(zipfile.ZipFile(file))
    names = sorted(
        name for name in archive.namelist() if name.endswith(".txt") and not name.lower().startswith("readme")
    )
    if not names:
        raise GazetteerError("no table (.txt) in the zip file", file=dump)
    return [stack.enter_context(archive.open(name)) for name in names]
