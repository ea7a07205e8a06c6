"""The schema of the database: numbered steps that are taken once, in order, each whole or not at all.

A step is a script for both databases, and a further one for each of them where it needs one. The
tables and views of both are one text, so that they cannot come to differ; the types and the few
clauses that do differ stand in braces and are filled in here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from importlib.metadata import version as installed
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from casualty_extract.database_connections import Connection, Dialect
from casualty_extract.database_sqlite import Sqlite
from casualty_extract.errors import SchemaError

__all__ = ["SCRIPTS", "check_version", "create", "latest", "now", "script", "stored_version", "upgrade"]

SCRIPTS: Traversable = files("casualty_extract") / "migrations"
"""The folder of the scripts."""

WORDS: dict[Dialect, dict[str, str]] = {
    "sqlite": {
        "text": "TEXT",
        "integer": "INTEGER",
        "real": "REAL",
        "boolean": "INTEGER",
        "date": "TEXT",
        "moment": "TEXT",
        "json": "TEXT",
        "binary": "COLLATE BINARY",
        "sequence": "INTEGER PRIMARY KEY AUTOINCREMENT",
        "strict": " STRICT",
        # Stored in the order of the key: no index beside the table.
        "clustered": " STRICT, WITHOUT ROWID",
        # The full text search counts rows; a number of their own keeps its value for ever.
        "document_number": "document_number INTEGER PRIMARY KEY,\n    ",
        "claim_number": "claim_number INTEGER PRIMARY KEY,\n    ",
    },
    "postgresql": {
        # Sorted by code point everywhere, whatever the language of the server.
        "text": 'text COLLATE "C"',
        "integer": "bigint",
        "real": "double precision",
        "boolean": "boolean",
        "date": "date",
        "moment": "timestamptz",
        # Not jsonb, which would give records back with other keys first.
        "json": "json",
        "binary": 'COLLATE "C"',
        "sequence": "bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
        "strict": "",
        "clustered": "",
        "document_number": "",
        "claim_number": "",
    },
}


def latest(scripts: Traversable = SCRIPTS) -> int:
    """Give the number of the last step.

    >>> latest() >= 1
    True
    """
    return max(int(name[:4]) for name in _names(scripts))


def script(dialect: Dialect, steps: Iterable[int] | None = None, scripts: Traversable = SCRIPTS) -> str:
    """Give the statements of steps, for one of the databases.

    >>> script("sqlite").count("CREATE TABLE")
    17

    Args:
        dialect: which database.
        steps: which; all where None.
        scripts: the folder of the scripts.
    """
    names = _names(scripts)
    told = ""
    for step in range(1, latest(scripts) + 1) if steps is None else steps:
        for name in (f"{step:04}.sql", f"{step:04}.{dialect}.sql"):
            if name in names:
                told += (scripts / name).read_text(encoding="utf-8")
    words = WORDS[dialect]
    filled = re.sub(r"\{(\w+)\}", lambda found: words[found[1]], told)
    # A key beside a number of its own is no longer the primary one.
    return re.sub(r"(_number INTEGER PRIMARY KEY,\n\s+\w+ TEXT NOT NULL) PRIMARY KEY", r"\1 UNIQUE", filled)


def stored_version(connection: Connection) -> int | None:
    """Give the version of a database; None where it has none of our tables.

    Raises:
        SchemaError: its tables are not ours.
    """
    tables = connection.tables()
    if "schema_version" in tables:
        if tables["schema_version"] != ["version", "tool_version", "applied_at"]:
            raise SchemaError("its tables are not those of casualty-extract", target=connection.target)
        [(found,)] = connection.execute("SELECT max(version) FROM schema_version")
        return int(found or 0)
    # A server is shared; a file that holds something else was named by mistake.
    ours = set(re.findall(r"^CREATE (?:TABLE|VIEW) (\w+)", script(connection.dialect), re.MULTILINE))
    if tables if connection.dialect == "sqlite" else ours & set(tables):
        raise SchemaError("its tables are not those of casualty-extract", target=connection.target)
    return None


def check_version(connection: Connection, scripts: Traversable = SCRIPTS) -> int | None:
    """Refuse a database of another version than this library's.

    Returns:
        The version; None where there are no tables yet.

    Raises:
        SchemaError: it has another version, and how that is mended.
    """
    found, known = stored_version(connection), latest(scripts)
    if found is None or found == known:
        return found
    mend = (
        "update casualty-extract" if found > known else "`casualty-extract db upgrade` brings it up to date"
    )
    raise SchemaError(
        f"its schema has version {found}, this casualty-extract has {known}: {mend}", target=connection.target
    )


def create(connection: Connection, scripts: Traversable = SCRIPTS) -> None:
    """Make all tables and views of an empty database."""
    _take(connection, range(1, latest(scripts) + 1), scripts)


def upgrade(connection: Connection, scripts: Traversable = SCRIPTS) -> tuple[list[int], Path | None]:
    """Take the steps that a database has not taken yet; a SQLite file is copied first.

    Returns:
        The steps, and the copy, named after the version that it has.

    Raises:
        OutputError: it cannot be written.
        SchemaError: it is newer than this library, or not ours.
    """
    found, known = stored_version(connection), latest(scripts)
    if found is None:
        raise SchemaError(
            "it has no tables of casualty-extract; `casualty-extract db init` makes them",
            target=connection.target,
        )
    if found > known:
        check_version(connection, scripts)
    steps = list(range(found + 1, known + 1))
    copy = None
    if steps and isinstance(connection, Sqlite) and connection.target != ":memory:":
        copy = _free(f"{connection.target}.v{found}")
        connection.backup(copy)
    for step in steps:
        _take(connection, [step], scripts)
    return steps, copy


def now() -> str:
    """Give the moment in UTC, in ISO 8601."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _take(connection: Connection, steps: Iterable[int], scripts: Traversable) -> None:
    def work() -> None:
        for step in steps:
            connection.script(script(connection.dialect, [step], scripts))
            connection.execute(
                "INSERT INTO schema_version (version, tool_version, applied_at) VALUES (?, ?, ?)",
                (step, installed("casualty-extract"), now()),
            )

    connection.transact(work)


def _free(name: str) -> Path:
    """Give a path that no file has."""
    path, number = Path(f"{name}.backup"), 1
    while path.exists():
        number += 1
        path = Path(f"{name}.{number}.backup")
    return path


def _names(scripts: Traversable) -> set[str]:
    return {entry.name for entry in scripts.iterdir() if re.fullmatch(r"\d{4}(\.\w+)?\.sql", entry.name)}
