"""SQLite: one file, which needs no server."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeVar

from casualty_extract.database_rows import Table
from casualty_extract.errors import OutputError, SchemaError
from casualty_extract.records import sanitise

__all__ = ["Sqlite", "statements"]

Row = tuple[Any, ...]
T = TypeVar("T")

OLDEST = (3, 38)
"""The first SQLite that has all that the tables and views need: strict tables, and ``->>`` for JSON."""

PATIENCE = 30
"""So many seconds another process may write before it counts as locked."""

CACHE = 128 * 1024
"""Kilobytes of the database that are held in memory."""


_SEARCHED = {
    "claim": (
        "SELECT coalesce(max(claim_number), 0) FROM claim",
        "INSERT INTO claim_search (rowid, evidence) SELECT claim_number, evidence FROM claim WHERE claim_number > ?",
    ),
    "document": (
        "SELECT coalesce(max(document_number), 0) FROM document",
        "INSERT INTO document_search (rowid, title)"
        " SELECT document_number, title FROM document WHERE document_number > ?",
    ),
}
"""Of tables whose words can be searched: what gives the number of the newest row, and what takes those after it."""


class Sqlite:
    """A database in a file.

    Args:
        path: the file, which is made where it is missing; ":memory:" for none.

    Raises:
        OutputError: it cannot be opened.
        SchemaError: the file holds something else.
    """

    dialect: Literal["sqlite"] = "sqlite"

    def __init__(self, path: str) -> None:
        self.target = path
        self._locks: dict[str, tuple[sqlite3.Connection, Path]] = {}
        if sqlite3.sqlite_version_info < OLDEST:
            raise OutputError(
                f"it needs SQLite {OLDEST[0]}.{OLDEST[1]} or later, this Python has {sqlite3.sqlite_version}",
                target=path,
            )
        with self._told():
            # A writer thread may be another than the one that opened it; they take turns.
            self._connection = sqlite3.connect(
                path, timeout=PATIENCE, isolation_level=None, check_same_thread=False
            )
        try:
            self.execute("PRAGMA foreign_keys = ON")
            # Reads the file for the first time, so that what is no database is told now.
            self.execute("SELECT count(*) FROM sqlite_master")
        except BaseException:
            self._connection.close()
            raise

    def tune(self) -> None:
        """Write ahead, and put each transaction on the disk, so that neither a kill nor a power cut loses it."""
        with suppress(OutputError):
            # A file that may only be read is read as it is.
            self.execute("PRAGMA journal_mode = WAL")
        self.execute("PRAGMA synchronous = FULL")
        self.execute(f"PRAGMA cache_size = -{CACHE}")

    def execute(self, statement: str, values: Sequence[Any] = ()) -> list[Row]:
        """Run one statement and give its rows."""
        with self._told():
            return self._connection.execute(_native(statement), tuple(values)).fetchall()

    def script(self, text: str) -> None:
        """Run several statements; unlike `sqlite3`, within the transaction that is open."""
        for statement in statements(text):
            self.execute(statement)

    def put(self, table: Table, rows: Iterable[Row]) -> None:
        """Put rows into a table; one with the key of another takes its place."""
        with self._told(), self._searchable(table):
            self._connection.executemany(_put(table), rows)

    def add(self, table: Table, rows: Iterable[Row]) -> None:
        """Add rows to a table, none of whose keys is there."""
        # Half the time of `put`: SQLite need not be able to take back a statement that adds one row and no more.
        with self._told(), self._searchable(table):
            self._connection.executemany(_add(table), rows)

    @contextmanager
    def _searchable(self, table: Table) -> Iterator[None]:
        """Take the words of what is added meanwhile into the full text search."""
        if table.name not in _SEARCHED:
            yield
            return
        newest, take = _SEARCHED[table.name]
        [(last,)] = self._connection.execute(newest)
        yield
        # New rows have the highest numbers. In one statement, since the search writes what it has gathered
        # whenever another begins: after each row, were it a trigger.
        self._connection.execute(take, (last,))

    def stream(self, statement: str, values: Sequence[Any] = ()) -> Iterator[Row]:
        """Run one statement and give its rows one by one."""
        with self._told():
            yield from self._connection.execute(_native(statement), tuple(values))

    def search(self, words: str, limit: int) -> list[Row]:
        """Give document id, claim key and sentence of claims whose sentences have all the words."""
        # In quotation marks a word is a word, whatever signs of the query language are in it.
        quoted = [
            '"' + word.replace('"', '""') + '"'
            for word in sanitise(words).split()
            if any(map(str.isalnum, word))
        ]
        if not quoted:
            return []
        return self.execute(
            "SELECT d.id, c.claim_key, c.evidence FROM claim_search s JOIN claim c ON c.claim_number = s.rowid"
            " JOIN document d ON d.document_key = c.document_key WHERE claim_search MATCH ?"
            " ORDER BY d.published IS NULL, d.published DESC, d.sort_key, c.claim_key LIMIT ?",
            (" ".join(quoted), limit),
        )

    def transact(self, work: Callable[[], T]) -> T:
        """Do the work in one transaction."""
        self.execute("BEGIN IMMEDIATE")
        try:
            done = work()
            self.execute("COMMIT")
        except BaseException:
            with suppress(sqlite3.Error):
                self._connection.rollback()
            raise
        return done

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """See the database meanwhile as it is now."""
        self.execute("BEGIN")
        try:
            yield
        finally:
            with suppress(sqlite3.Error):
                self._connection.rollback()

    def tables(self) -> dict[str, list[str]]:
        """Give the names of all tables and views, each with its columns."""
        found: dict[str, list[str]] = {}
        for table, column in self.execute(
            "SELECT m.name, c.name FROM sqlite_master m, pragma_table_info(m.name) c"
            " WHERE m.type IN ('table', 'view') AND m.name NOT LIKE 'sqlite~_%' ESCAPE '~' ORDER BY m.name, c.cid"
        ):
            found.setdefault(table, []).append(column)
        return found

    def hold(self, run: str) -> bool:
        """Take the lock of a run: that of an empty database beside this one, which the system frees."""
        if self.target == ":memory:":
            return True
        path = Path(f"{os.path.realpath(self.target)}-run-{run}")
        while True:
            try:
                path.touch()
                before = path.stat().st_ino
                lock = sqlite3.connect(path, timeout=0, isolation_level=None, check_same_thread=False)
            except (OSError, sqlite3.Error) as error:
                raise OutputError(f"{path.name} cannot be written: {error}", target=self.target) from error
            try:
                lock.execute("BEGIN EXCLUSIVE")
            except sqlite3.Error:
                lock.close()
                return False
            # Whoever held it may have taken the file away between.
            if path.exists() and path.stat().st_ino == before:
                self._locks[run] = lock, path
                return True
            lock.close()

    def release(self, run: str) -> None:
        """Give the lock of a run back."""
        if run in self._locks:
            lock, path = self._locks.pop(run)
            with suppress(OSError):
                path.unlink(missing_ok=True)
            lock.close()

    def backup(self, path: Path) -> None:
        """Copy the database, whole and as it is now."""
        with self._told():
            copy = sqlite3.connect(path)
            try:
                self._connection.backup(copy)
            finally:
                copy.close()

    def problems(self) -> Iterator[str]:
        """Yield what SQLite finds wrong with the file, and references that lead nowhere."""
        yield from (
            f"integrity: {told}" for (told,) in self.execute("PRAGMA integrity_check") if told != "ok"
        )
        for table, row, to, _ in self.execute("PRAGMA foreign_key_check"):
            yield f"{table}, row {row}: what it refers to in {to} is missing"
        for table, statement in (
            ("claim", "INSERT INTO claim_search (claim_search, rank) VALUES ('integrity-check', 1)"),
            ("document", "INSERT INTO document_search (document_search, rank) VALUES ('integrity-check', 1)"),
        ):
            try:
                self.execute(statement)
            except OutputError as error:
                yield f"full text search of {table}: {error.problem}"

    def close(self) -> None:
        """Close it."""
        for run in list(self._locks):
            self.release(run)
        with suppress(sqlite3.Error):
            self._connection.close()

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, sqlite3.Warning) as error:
            told = str(error)
            if "not a database" in told:
                raise SchemaError("it is no SQLite database", target=self.target) from error
            if isinstance(error, sqlite3.OperationalError) and "locked" in told:
                told = f"{told}: another process writes to it"
            raise OutputError(told, target=self.target) from error


def statements(text: str) -> Iterator[str]:
    """Cut a script into its statements.

    >>> list(statements("-- Why.\\nSELECT 1;\\nSELECT\\n2;"))
    ['-- Why.\\nSELECT 1;\\n', 'SELECT\\n2;']
    """
    found = ""
    for line in text.splitlines(keepends=True):
        found += line
        if sqlite3.complete_statement(found):
            yield found
            found = ""


@cache
def _native(statement: str) -> str:
    return statement.replace("{locked}", "").replace("{listed}", "(SELECT value FROM json_each(?))")


@cache
def _put(table: Table) -> str:
    values = ", ".join("?" * len(table.columns))
    # Names of tables and columns alone, all from `TABLES`.
    return " ".join(["INSERT INTO", table.target, "VALUES", f"({values})", table.on_conflict])


@cache
def _add(table: Table) -> str:
    return " ".join(["INSERT INTO", table.target, "VALUES", f"({', '.join('?' * len(table.columns))})"])
