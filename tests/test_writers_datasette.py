"""The metadata for Datasette: it follows the tables, and Datasette's own form."""

from __future__ import annotations

import json
import sqlite3

import pytest

from casualty_extract import writers
from casualty_extract.writers_columns import CLAIM_COLUMNS
from casualty_extract.writers_datasette import TABLES, datasette_metadata

KEYS = {
    "description",
    "facets",
    "sort",
    "sort_desc",
    "label_column",
    "hidden",
    "columns",
}
"""The keys of a table that Datasette knows, and that are used here."""


def test_the_flat_table_is_told_column_by_column() -> None:
    """Each column of the CSV and the Parquet file has its meaning, and facets are columns."""
    about = datasette_metadata("news")["databases"]["news"]["tables"]["claims"]

    assert list(about["columns"]) == [column.name for column in CLAIM_COLUMNS]
    assert set(writers.COLUMNS) <= set(about["columns"])
    assert set(about["facets"]) < set(writers.COLUMNS)
    assert about["columns"]["lat"].endswith("(degrees)")


def test_only_keys_of_datasette_are_used() -> None:
    """A mistyped key would be passed over in silence."""
    tables = datasette_metadata()["databases"]["claims"]["tables"]

    assert {key for about in tables.values() for key in about} <= KEYS
    assert len(tables) == len(TABLES)
    assert json.loads(json.dumps(tables)) == tables


def test_tables_of_the_database_are_there() -> None:
    """Each table that is told of, and each column that is named, is in a new database."""
    migrations = pytest.importorskip(
        "casualty_extract.database_migrations", reason="the database is not part of this version"
    )
    with sqlite3.connect(":memory:") as db:
        db.executescript(migrations.script("sqlite"))
        for table in TABLES:
            if table.name == "claims":
                continue
            found = {row[0] for row in db.execute("SELECT name FROM pragma_table_info(?)", (table.name,))}
            assert found, f"there is no table {table.name}"
            about = datasette_metadata()["databases"]["claims"]["tables"][table.name]
            named = {*about.get("facets", ()), *about.get("columns", ())}
            named |= {about[key] for key in ("sort", "sort_desc", "label_column") if key in about}
            assert named <= found, table.name
