"""What Datasette is to know of the tables: titles, descriptions, facets, the order of rows.

It covers the table `claims` that is made of the CSV or Parquet, and the tables and views of a claims database. A table
that a database has not is passed over by Datasette, so one file does for both. Full-text search is not declared: Datasette finds the
index of a table by itself, and would show a search that fails where one is declared and missing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from casualty_extract.writers_columns import CLAIM_COLUMNS

__all__ = ["TABLES", "Table", "datasette_metadata"]


@dataclass(frozen=True, slots=True)
class Table:
    """What is told of a table or view.

    Attributes:
        name: of the table.
        told: what a row is, in one line.
        facets: columns whose values are counted beside the rows.
        sort: the column that rows are sorted by.
        sort_desc: the same, the greatest first.
        label: the column by which rows of other tables name its rows.
        hidden: whether the list of tables leaves it out.
    """

    name: str
    told: str
    facets: tuple[str, ...] = ()
    sort: str | None = None
    sort_desc: str | None = None
    label: str | None = None
    hidden: bool = False


_CLAIMS = ("harm", "status", "category", "cause", "scope")

TABLES: tuple[Table, ...] = (
    Table(
        "claims",
        "One row a claim, made of the CSV or the Parquet file.",
        facets=(*_CLAIMS, "source_kind", "countries"),
        sort="document",
    ),
    Table("claim", "Claims, one row each.", facets=(*_CLAIMS, "is_current"), label="evidence"),
    Table("document", "Articles that were read.", facets=("publisher", "published_from"), label="id"),
    Table("outcome", "What became of each document of a run.", facets=("status", "kind")),
    Table("run", "Runs over an archive.", facets=("tool_version",), sort_desc="started_at"),
    Table("incident", "Incidents of single articles.", facets=("cause",)),
    Table("toll", "What the claims of an incident add up to.", facets=("harm", "category")),
    Table("place", "Places.", facets=("kind", "country"), label="name"),
    Table("source", "Sources of claims.", facets=("kind",), label="name"),
    Table("claim_place", "Places of the claims.", facets=("basis",)),
    Table("claim_source", "Who states a claim, and whom they have it from.", facets=("depth", "form")),
    Table("review", "Decisions of reviewers.", facets=("decision", "reviewer", "tool")),
    Table("linked_incident", "Incidents of the whole archive.", facets=("cause", "is_cumulative"), sort="rank"),
    Table("linked_member", "Incidents of articles within those of the archive.", facets=("linked_id",)),
    Table("linked_toll", "Tolls of the archive's incidents.", facets=("harm",)),
    Table(
        "linked_claim",
        "Histories of the archive's incidents: every claim, in order of publication.",
        facets=("harm", "category", "source_kind", "is_standing"),
        sort="rank",
    ),
    Table("linked_relation", "Claims that took the place of others, or contradict them.", facets=("relation",)),
    Table("schema_version", "Which version of the schema the database has.", hidden=True),
    Table("v_claim", "Claims as they were extracted.", facets=(*_CLAIMS, "source_kind", "country")),
    Table(
        "v_claim_current",
        "Claims as they stand, with reviews applied.",
        facets=(*_CLAIMS, "source_kind", "country", "decision"),
    ),
    Table("v_span", "Passages, one row for each role in a claim.", facets=("role",)),
    Table("v_review", "The review of each claim that counts.", facets=("decision", "reviewer")),
    Table("v_incident", "Incidents of the archive, and of articles that are not linked.", facets=("is_linked", "cause")),
    Table("v_dead_letter", "Documents that came to nothing.", facets=("kind", "stage")),
    Table("v_disagreement", "What the sources of one incident say where they differ.", facets=("harm", "source_kind")),
    Table("v_review_queue", "What a person should look at.", facets=("reason", "harm"), sort="confidence"),
)  # fmt: skip
"""The tables, those first that people look at."""


def datasette_metadata(database: str = "claims") -> dict[str, Any]:
    """Give the metadata for Datasette, to be kept as `metadata.json`.

    >>> about = datasette_metadata()["databases"]["claims"]["tables"]["claims"]
    >>> about["facets"]
    ['harm', 'status', 'category', 'cause', 'scope', 'source_kind', 'countries']
    >>> about["columns"]["start"]
    "Offset of the figure's first character in the text (code points)"

    Args:
        database: the name under which Datasette serves the tables: that of its file, without the ending.

    Returns:
        The metadata. Units stand in the descriptions: Datasette's own key for them knows lengths and
        weights only.
    """
    return {
        "title": "Claims of casualties",
        "description": "What news says of people harmed: a draft to be checked, not a record of what happened.",
        "source": "casualty-extract",
        "databases": {database: {"tables": {table.name: _table(table) for table in TABLES}}},
    }


def _table(table: Table) -> dict[str, Any]:
    about: dict[str, Any] = {"description": table.told}
    if table.facets:
        about["facets"] = list(table.facets)
    for key, value in (
        ("sort", table.sort),
        ("sort_desc", table.sort_desc),
        ("label_column", table.label),
        ("hidden", table.hidden or None),
    ):
        if value is not None:
            about[key] = value
    if table.name in ("claims", "claim", "v_claim", "v_claim_current"):
        about["columns"] = {
            column.name: column.told + (f" ({column.unit})" if column.unit else "")
            for column in CLAIM_COLUMNS
            if table.name == "claims" or column.name in _SHARED
        }
    return about


_SHARED = {
    "figure", "form", "qualifier", "low", "high", "best", "unit", "harm", "harm_text", "victims", "category", "groups",
    "scope", "intent", "cause", "perpetrator", "time_text", "earliest", "latest", "grain", "time_basis",
    "time_ambiguous", "places", "countries", "lat", "lon", "status", "evidence", "confidence",
}  # fmt: skip
"""The columns that a claim of the database has under the same names and with the same meaning."""
