"""Files of places: one form for the bundled file and for a fuller one of the user's, written and read here.

    place(id, geonameid, name, kind, country, admin1, lat, lon, population)
    key(key, place, weak)    folded name -> place, `weak` where the name is also a word or a person's name

`kind` is 0 for a city, 1 for a region (first level), 2 for a county (second level, found only beside a
word such as "County" or "district"), 3 for a site; `lat` and `lon` are ten-thousandths of a degree.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Self
from weakref import WeakSet

from casualty_extract.errors import GazetteerError
from casualty_extract.lexicon.gazetteer.entries import Kind, Place

__all__ = ["Store", "Writer", "close"]

KINDS: tuple[Kind, ...] = ("city", "region", "county", "site")
VERSION = 0
"""The version of the form, kept in the file's `user_version`, which starts at 0."""
BATCH = 50_000

SCHEMA = """
CREATE TABLE place (
    id INTEGER PRIMARY KEY, geonameid INTEGER, name TEXT NOT NULL, kind INTEGER NOT NULL,
    country TEXT NOT NULL, admin1 TEXT NOT NULL, lat INTEGER NOT NULL, lon INTEGER NOT NULL,
    population INTEGER NOT NULL
);
CREATE TABLE key (
    key TEXT NOT NULL, place INTEGER NOT NULL, weak INTEGER NOT NULL, PRIMARY KEY (key, place)
) WITHOUT ROWID;
CREATE TABLE unsorted (key TEXT NOT NULL, place INTEGER NOT NULL, weak INTEGER NOT NULL);
"""


class Store:
    """A file of places, opened for reading at the first question, once a thread and process.

    SQLite connections travel to neither. The file is taken to stay as it is: a new one is put in its
    place whole, which leaves open ones alone.

    Args:
        path: the file.

    Raises:
        GazetteerError: at the first question: the file is none of this form.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()
        _STORES.add(self)

    def find(self, key: str) -> list[Place]:
        """Give the places of a folded name, the largest first."""
        rows = self.connection().execute(
            "SELECT name, kind, country, admin1, lat, lon, geonameid, population, weak FROM key"
            " JOIN place ON place = id WHERE key = ? ORDER BY population DESC, id",
            (key,),
        )
        return [
            Place(name, KINDS[kind], code, admin1, lat / 1e4, lon / 1e4, geonameid, people, bool(weak))
            for name, kind, code, admin1, lat, lon, geonameid, people, weak in rows
        ]

    def regions(self, country: str, admin1: str) -> frozenset[str]:
        """Give the names of the first-level regions of a GeoNames code."""
        rows = self.connection().execute(
            "SELECT DISTINCT name FROM place WHERE kind = 1 AND country = ? AND admin1 = ?", (country, admin1)
        )
        return frozenset(name for [name] in rows)

    def connection(self) -> sqlite3.Connection:
        """Give the connection of this thread and process."""
        stored: tuple[int, sqlite3.Connection] | None = getattr(self._local, "connection", None)
        if stored is not None and stored[0] == os.getpid():
            return stored[1]
        connection = self._open()
        self._local.connection = (os.getpid(), connection)
        return connection

    def close(self) -> None:
        """Close the connection of this thread; the next question opens one again."""
        stored: tuple[int, sqlite3.Connection] | None = getattr(self._local, "connection", None)
        if stored is not None:
            del self._local.connection
            stored[1].close()

    def _open(self) -> sqlite3.Connection:
        if not self.path.is_file():
            raise GazetteerError("there is no such file", file=str(self.path))
        connection = sqlite3.connect(f"{self.path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
        try:
            [version] = connection.execute("PRAGMA user_version").fetchone()
            connection.execute("SELECT key, place, weak, name FROM key JOIN place ON place = id LIMIT 1")
        except sqlite3.DatabaseError as error:
            connection.close()
            raise GazetteerError(
                f"it is no gazetteer ({error}); build one with casualty-extract gazetteer build",
                file=str(self.path),
            ) from error
        if version != VERSION:
            connection.close()
            raise GazetteerError(
                f"its form has version {version} and not {VERSION}; build it anew", file=str(self.path)
            )
        return connection


_STORES: WeakSet[Store] = WeakSet()


def close() -> None:
    """Close the connections of this thread, of all stores: before a process is copied, for one."""
    for store in list(_STORES):
        store.close()


class Writer:
    """Write a file of places; the same places in the same order give the same bytes.

    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "mine.sqlite"
    >>> with Writer(path) as writer:
    ...     writer.add(Place("Arda", "city", "SY", "08", 35.0, 40.0, None, 900), [("arda", False)])
    >>> [place.name for place in Store(path).find("arda")]
    ['Arda']

    Args:
        path: the file; it must not exist.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.places = 0
        self.keys = 0
        self._rows: list[tuple[object, ...]] = []
        self._named: list[tuple[str, int, int]] = []

    def __enter__(self) -> Self:
        self._base = sqlite3.connect(self.path)
        # Nothing reads the file before it is whole, so nothing is lost with its journal.
        self._base.executescript(f"PRAGMA page_size = 4096; PRAGMA journal_mode = OFF;{SCHEMA}")
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        with closing(self._base):
            if kind is None:
                self._finish()

    def add(self, place: Place, keys: Iterable[tuple[str, bool]]) -> None:
        """Add a place under its folded names, each with whether it is weak."""
        self.places += 1
        self._rows.append(
            (
                self.places,
                place.geonameid,
                place.name,
                KINDS.index(place.kind),
                place.country,
                place.admin1 or "",
                round(place.lat * 1e4),
                round(place.lon * 1e4),
                place.population,
            )
        )
        self._named += [(key, self.places, int(weak)) for key, weak in keys]
        if len(self._rows) >= BATCH:
            self._flush()

    def _flush(self) -> None:
        self._base.executemany("INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", self._rows)
        self._base.executemany("INSERT INTO unsorted VALUES (?, ?, ?)", self._named)
        self._rows, self._named = [], []

    def _finish(self) -> None:
        self._flush()
        # Sorted before they go in, so that the tree is filled from end to end.
        self._base.execute(
            "INSERT OR IGNORE INTO key SELECT key, place, weak FROM unsorted ORDER BY key, place, rowid"
        )
        [self.keys] = self._base.execute("SELECT count(*) FROM key").fetchone()
        self._base.execute("DROP TABLE unsorted")
        self._base.execute(f"PRAGMA user_version = {VERSION}")
        self._base.commit()
        self._base.execute("VACUUM")
