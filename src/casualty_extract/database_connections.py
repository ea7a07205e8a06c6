"""What both databases can do, under one name, and which of them an address means.

Statements are written once, with ``?`` for values. What differs between the databases stands in
braces: ``{listed}`` is a value with a list in JSON, as a row for each of its items; ``{locked}`` keeps
rows from other writers until the transaction ends, where these do not wait for each other anyway.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Literal, Protocol, TypeVar
from urllib.parse import unquote

from casualty_extract.database_postgresql import Postgresql, without_password
from casualty_extract.database_rows import Table
from casualty_extract.database_sqlite import Sqlite
from casualty_extract.errors import ArgumentError, OutputError

__all__ = ["MEMORY", "Connection", "Dialect", "connect", "locate"]

Dialect = Literal["sqlite", "postgresql"]
Row = tuple[Any, ...]
T = TypeVar("T")

MEMORY = ":memory:"
"""The name of a database that goes away with its connection."""


class Connection(Protocol):
    """An open database."""

    @property
    def dialect(self) -> Dialect:
        """Which database it is."""
        ...

    @property
    def target(self) -> str:
        """Its name for messages, without a password."""
        ...

    def execute(self, statement: str, values: Sequence[Any] = ()) -> list[Row]:
        """Run one statement and give its rows."""
        ...

    def script(self, statements: str) -> None:
        """Run several statements."""
        ...

    def put(self, table: Table, rows: Iterable[Row]) -> None:
        """Put rows into a table; one with the key of another takes its place."""
        ...

    def add(self, table: Table, rows: Iterable[Row]) -> None:
        """Add rows to a table, none of whose keys is there: quicker than `put`."""
        ...

    def stream(self, statement: str, values: Sequence[Any] = ()) -> Iterator[Row]:
        """Run one statement and give its rows one by one; nothing else may run meanwhile."""
        ...

    def search(self, words: str, limit: int) -> list[Row]:
        """Give document id, claim key and sentence of claims whose sentences have all the words."""
        ...

    def transact(self, work: Callable[[], T]) -> T:
        """Do the work in one transaction: whole, or not at all."""
        ...

    def snapshot(self) -> AbstractContextManager[None]:
        """See the database meanwhile as it is now, whatever others write."""
        ...

    def tables(self) -> dict[str, list[str]]:
        """Give the names of all tables and views, each with its columns."""
        ...

    def hold(self, run: str) -> bool:
        """Take the lock of a run, which ends with the process; tell whether it was free."""
        ...

    def release(self, run: str) -> None:
        """Give the lock of a run back."""
        ...

    def tune(self) -> None:
        """Set what is written into the database itself, once it is known to be one of ours."""
        ...

    def problems(self) -> Iterator[str]:
        """Yield what the database itself finds wrong with its files and references."""
        ...

    def close(self) -> None:
        """Close it."""
        ...


def locate(url: str | Path) -> tuple[Dialect, str]:
    """Tell which database an address means, and where that is.

    >>> locate("claims.db"), locate("sqlite:///claims.db"), locate("sqlite:////var/claims.db")
    (('sqlite', 'claims.db'), ('sqlite', 'claims.db'), ('sqlite', '/var/claims.db'))
    >>> locate("postgresql://reader@localhost/claims")
    ('postgresql', 'postgresql://reader@localhost/claims')

    Raises:
        ArgumentError: it means neither of the two.
    """
    if isinstance(url, Path):
        return "sqlite", str(url)
    scheme, colon, rest = url.partition("://")
    expected = "a file such as claims.db, or postgresql://user@host/database"
    if not url.strip() or "\x00" in url:
        raise ArgumentError("db", url, expected)
    if not colon or not re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*", scheme):
        return "sqlite", url
    if scheme in ("postgresql", "postgres"):
        return "postgresql", url
    if scheme != "sqlite":
        raise ArgumentError("db", without_password(url), expected)
    if rest in ("", "/", f"/{MEMORY}"):
        return "sqlite", MEMORY
    if not rest.startswith("/"):
        raise ArgumentError(
            "db", without_password(url), f"{expected}; sqlite has three slashes: sqlite:///claims.db"
        )
    return "sqlite", unquote(rest[1:])


def connect(url: str | Path, *, create: bool = False) -> Connection:
    """Connect to a database.

    Args:
        url: of the database.
        create: whether to make a SQLite file that is missing.

    Raises:
        ArgumentError: the address means no database that is known.
        MissingPackageError: it is PostgreSQL, and psycopg is not installed.
        OutputError: it cannot be reached.
    """
    dialect, where = locate(url)
    if dialect == "postgresql":
        return Postgresql(where)
    if where != MEMORY and not create and not Path(where).exists():
        raise OutputError("there is no such database; `casualty-extract db init` makes one", target=where)
    return Sqlite(where)
