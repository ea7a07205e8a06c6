"""PostgreSQL: a server, by psycopg."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from typing import Any, Literal, TypeVar

from casualty_extract.database_rows import Table
from casualty_extract.errors import MissingPackageError, OutputError, SchemaError
from casualty_extract.records import sanitise

__all__ = ["Postgresql", "without_password"]

Row = tuple[Any, ...]
T = TypeVar("T")

ATTEMPTS = 5
"""So often a transaction is tried that another one of the same moment stood in the way of."""

CHUNK = 2_000
"""So many rows at once come from the server."""


class Postgresql:
    """A database on a server.

    Args:
        url: its address, as libpq reads it.

    Raises:
        MissingPackageError: psycopg is not installed.
        OutputError: it cannot be reached.
        SchemaError: it cannot store every text.
    """

    dialect: Literal["postgresql"] = "postgresql"

    def __init__(self, url: str) -> None:
        self.target = without_password(url)
        self._held: set[str] = set()
        try:
            import psycopg
        except ImportError as error:
            raise MissingPackageError("psycopg", extra="postgres", purpose="for PostgreSQL") from error
        self._psycopg = psycopg
        with self._told():
            try:
                self._connection = psycopg.connect(url, autocommit=True, client_encoding="utf8")
            except psycopg.Error as error:
                if isinstance(error, psycopg.OperationalError) and "connection option" not in str(error):
                    raise
                # It may quote a piece of a password that is written with signs an address cannot have.
                problem = "its address cannot be read; signs such as / in a password are written as %2F"
                raise OutputError(problem, target=self.target) from None
        try:
            [(encoding,)] = self.execute("SHOW server_encoding")
            if encoding != "UTF8":
                raise SchemaError(f"its encoding is {encoding}; it must be UTF8", target=self.target)
        except BaseException:
            self._connection.close()
            raise

    def tune(self) -> None:
        """Nothing has to be set."""

    def execute(self, statement: str, values: Sequence[Any] = ()) -> list[Row]:
        """Run one statement and give its rows."""
        with self._told():
            cursor = self._connection.execute(_native(statement), tuple(values))
            return cursor.fetchall() if cursor.description else []

    def script(self, text: str) -> None:
        """Run several statements."""
        with self._told():
            self._connection.execute(text.encode())

    def put(self, table: Table, rows: Iterable[Row]) -> None:
        """Copy rows to a temporary table, and take them over from there in one statement."""
        make, copy, take, clear = _put(table)
        with self._told(), self._connection.cursor() as cursor:
            cursor.execute(make)
            with cursor.copy(copy) as copied:
                for row in rows:
                    copied.write_row(row)
            cursor.execute(take)
            cursor.execute(clear)

    def add(self, table: Table, rows: Iterable[Row]) -> None:
        """Copy rows to a table, none of whose keys is there."""
        with self._told(), self._connection.cursor() as cursor, cursor.copy(_add(table)) as copied:
            for row in rows:
                copied.write_row(row)

    def stream(self, statement: str, values: Sequence[Any] = ()) -> Iterator[Row]:
        """Run one statement and give its rows one by one."""
        with (
            self._told(),
            self._connection.transaction(),
            self._connection.cursor(name="casualty_extract") as cursor,
        ):
            cursor.itersize = CHUNK
            cursor.execute(_native(statement), tuple(values))
            yield from cursor

    def search(self, words: str, limit: int) -> list[Row]:
        """Give document id, claim key and sentence of claims whose sentences have all the words."""
        return self.execute(
            "SELECT d.id, c.claim_key, c.evidence FROM claim c JOIN document d ON d.document_key = c.document_key"
            " WHERE to_tsvector('simple', left(c.evidence, 100000)) @@ plainto_tsquery('simple', ?)"
            " ORDER BY d.published IS NULL, d.published DESC, d.sort_key, c.claim_key LIMIT ?",
            (sanitise(words), limit),
        )

    def transact(self, work: Callable[[], T]) -> T:
        """Do the work in one transaction; once more where another one stood in its way."""
        for attempt in range(1, ATTEMPTS + 1):
            try:
                with self._told(), self._connection.transaction():
                    return work()
            except OutputError as error:
                cause = error.__cause__
                if not isinstance(
                    cause, self._psycopg.errors.DeadlockDetected | self._psycopg.errors.SerializationFailure
                ):
                    raise
                if attempt == ATTEMPTS:
                    raise
        raise AssertionError("no attempt was made")

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """See the database meanwhile as it is now."""
        with self._told(), self._connection.transaction():
            self.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield

    def tables(self) -> dict[str, list[str]]:
        """Give the names of all tables and views, each with its columns."""
        found: dict[str, list[str]] = {}
        for table, column in self.execute(
            "SELECT table_name, column_name FROM information_schema.columns"
            " WHERE table_schema = current_schema() ORDER BY table_name, ordinal_position"
        ):
            found.setdefault(table, []).append(column)
        return found

    def hold(self, run: str) -> bool:
        """Take the advisory lock of a run, which the server frees when the connection ends."""
        # The server would let one connection have it twice.
        if run in self._held:
            return False
        [(free,)] = self.execute("SELECT pg_try_advisory_lock(?)", (_number(run),))
        if free:
            self._held.add(run)
        return bool(free)

    def release(self, run: str) -> None:
        """Give the lock of a run back."""
        self._held.discard(run)
        with suppress(OutputError):
            self.execute("SELECT pg_advisory_unlock(?)", (_number(run),))

    def problems(self) -> Iterator[str]:
        """Yield nothing: PostgreSQL lets no reference lead nowhere, and checks its files itself."""
        yield from ()

    def close(self) -> None:
        """Close it."""
        with suppress(self._psycopg.Error):
            self._connection.close()

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except self._psycopg.Error as error:
            told = (str(error).strip() or type(error).__name__).splitlines()[0]
            raise OutputError(without_password(told), target=self.target) from error


def without_password(text: str) -> str:
    """Blot the passwords out of an address, or of a message that has one in it.

    >>> without_password("postgresql://me:secret@host/db?password=secret")
    'postgresql://me:***@host/db?password=***'
    """
    # The last @ ends the password: better too much is blotted out than too little.
    text = re.sub(r"(\w://[^:@\s]*):.*@", r"\1:***@", text)
    return re.sub(r"(password\s*=\s*)('[^']*'|[^&\s'\"]+)", r"\1***", text, flags=re.IGNORECASE)


@cache
def _native(statement: str) -> str:
    listed = "(SELECT json_array_elements_text(CAST(? AS json)))"
    native = statement.replace("%", "%%").replace("{locked}", " FOR UPDATE")
    return native.replace("{listed}", listed).replace("?", "%s")


@cache
def _put(table: Table) -> tuple[str, str, str, str]:
    # Names of tables and columns alone, all from `TABLES`.
    staged, columns = f"new_{table.name}", ", ".join(table.columns)
    return (
        " ".join(["CREATE TEMP TABLE IF NOT EXISTS", staged, f"(LIKE {table.name}) ON COMMIT DELETE ROWS"]),
        f"COPY {staged} ({columns}) FROM STDIN",
        " ".join(["INSERT INTO", table.target, "SELECT", columns, "FROM", staged, table.on_conflict]),
        " ".join(["DELETE FROM", staged]),
    )


@cache
def _add(table: Table) -> str:
    return f"COPY {table.target} FROM STDIN"


def _number(run: str) -> int:
    return int.from_bytes(hashlib.sha256(run.encode()).digest()[:8], "big", signed=True)
