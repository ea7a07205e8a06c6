"""The queries that the pages show run as they are: in SQLite and in PostgreSQL, or in SQLite where they say so."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from casualty_extract import extract
from casualty_extract.database import Database

PAGES = Path(__file__).parent.parent / "docs" / "how-to"
TEXTS = {
    "2017-09-02": "A bomb killed 12 people in Mosul on Friday, police said. Doctors said 15 people were killed.",
    "2017-09-04": "A flood killed 30 people in Jakarta on Sunday and wounded six.",
}


def queries(page: str) -> list[str]:
    told = (PAGES / page).read_text(encoding="utf-8")
    blocks = "".join(re.findall(r"^```sql\n(.*?)^```", told, re.MULTILINE | re.DOTALL))
    lines = "\n".join(line for line in blocks.splitlines() if not line.startswith("--"))
    return [part.strip() for part in lines.split(";") if part.strip().startswith("SELECT")]


def rows(url: str, query: str) -> list[tuple[Any, ...]]:
    if url.startswith("postgresql"):
        psycopg = pytest.importorskip("psycopg")
        with psycopg.connect(url) as connection:
            return list(connection.execute(query).fetchall())
    connection = sqlite3.connect(url)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


@pytest.mark.parametrize("page", ["load-a-database.md", "archive-to-postgresql.md"])
def test_queries_run_in_either_database(page: str, database_url: str) -> None:
    """Each query of the page runs, and those for claims, tolls and differences find what was loaded."""
    with Database.open(database_url, create=True) as database:
        database.load([extract(text, published=day) for day, text in TEXTS.items()])
        assert database.link(copies="exact") == 2
    found = {query: rows(database_url, query) for query in queries(page)}
    assert len(found) >= 4
    for query, told in found.items():
        if "v_claim_current" in query:
            assert {row[0] is not None for row in told} == {True}
        if "v_incident" in query:
            assert [row[-2] for row in told] == [30, 15]
        if "v_disagreement" in query:
            assert {row[1] for row in told} >= {"police", "Doctors"}


def test_the_search_for_datasette_runs(tmp_path: Path) -> None:
    """The search finds the sentence and its article by a word."""
    file = tmp_path / "archive.db"
    with Database.open(str(file), create=True) as database:
        database.load([extract(text, published=day) for day, text in TEXTS.items()])
    [query] = queries("datasette.md")
    connection = sqlite3.connect(file)
    found = connection.execute(query, {"words": "flood"}).fetchall()
    connection.close()
    assert {row[1] for row in found} == {"30", "six"}
