"""What the database holds: counts, a dump to compare with, and what is wrong in it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, TextIO

from casualty_extract.database_connections import Connection
from casualty_extract.database_rows import TABLES
from casualty_extract.records import Extraction

__all__ = ["dump", "problems", "stats"]

# Keys of rows come first in all of them; what is numbered as it came, and when it came, is left out.
_DUMPED: dict[str, tuple[tuple[str, ...], str]] = {
    "run": (
        ("run_id", "tool_version", "schema_version", "config_sha256", "config", "inputs", "is_finished"),
        "SELECT run_id, tool_version, schema_version, config_sha256, CAST(config AS text), CAST(inputs AS text),"
        " is_finished FROM run ORDER BY run_id",
    ),
    "place": (
        TABLES["place"].columns,
        # What no claim uses any more is no content.
        "SELECT place_key, name, kind, country, geonameid, lat, lon FROM place WHERE EXISTS"
        " (SELECT 1 FROM claim_place u WHERE u.place_key = place.place_key) ORDER BY place_key",
    ),
    "source": (
        TABLES["source"].columns,
        "SELECT source_key, name, kind FROM source WHERE EXISTS"
        " (SELECT 1 FROM claim_source u WHERE u.source_key = source.source_key) ORDER BY source_key",
    ),
    "review": (
        ("claim_key", "review_id", "reviewer", "decision", "patch", "tool", "reviewed_at", "claim_digest"),
        "SELECT claim_key, review_id, reviewer, decision, CAST(patch AS text), tool, reviewed_at, claim_digest"
        " FROM review ORDER BY claim_key, review_number",
    ),
}
_JSON = {"config", "inputs", "record", "patch"}
_BOOLEAN = {
    "is_finished",
    "is_current",
    "carries_text",
    "time_ambiguous",
    "is_cumulative",
    "is_standing",
    "is_copied",
    "is_disputed",
}

_COUNTS = {
    "documents": "SELECT count(*) FROM document",
    "claims": "SELECT count(*) FROM claim WHERE is_current",
    "incidents": "SELECT count(*) FROM incident",
    "linked": "SELECT count(*) FROM linked_incident",
    "reviews": "SELECT count(*) FROM review",
    "reviewed": "SELECT count(DISTINCT claim_key) FROM review",
    "lost": "SELECT count(*) FROM claim WHERE NOT is_current",
    "runs": "SELECT count(*) FROM run",
    "ok": "SELECT count(*) FROM outcome WHERE status = 'ok'",
    "failed": "SELECT count(*) FROM outcome WHERE status = 'failed'",
}


def stats(connection: Connection) -> dict[str, int]:
    """Count what the database holds."""
    with connection.snapshot():
        return {name: int(connection.execute(statement)[0][0]) for name, statement in _COUNTS.items()}


def dump(connection: Connection, stream: TextIO) -> None:
    """Write each row as a line of JSON, in one order everywhere."""
    with connection.snapshot():
        for table in ("run", *TABLES, "review"):
            columns, statement = _DUMPED.get(table) or (TABLES[table].columns, _whole(table))
            for row in connection.stream(statement):
                values = {column: _plain(column, value) for column, value in zip(columns, row, strict=True)}
                told = json.dumps({"table": table, **values}, ensure_ascii=False, separators=(",", ":"))
                stream.write(told + "\n")


def _whole(table: str) -> str:
    found = TABLES[table]
    columns = ", ".join(f"CAST({name} AS text)" if name in _JSON else name for name in found.columns)
    return " ".join(["SELECT", columns, "FROM", table, "ORDER BY", ", ".join(found.key)])


def _plain(column: str, value: Any) -> Any:
    if value is None:
        return None
    if column in _JSON:
        return json.loads(value)
    if column in _BOOLEAN:
        return bool(value)
    return value.isoformat() if isinstance(value, date) else value


def problems(
    connection: Connection, documents: Iterable[tuple[str, Extraction, str | None]]
) -> Iterator[str]:
    """Yield what is wrong, one line each.

    Args:
        connection: the database.
        documents: of all documents key, extraction and text.
    """
    yield from connection.problems()
    for (name,) in connection.execute(
        "SELECT DISTINCT d.id FROM document d JOIN claim c ON c.document_key = d.document_key AND c.is_current"
        " WHERE NOT EXISTS (SELECT 1 FROM outcome o WHERE o.document_key = d.document_key AND o.status = 'ok')"
        " ORDER BY d.id"
    ):
        yield f"document {name!r}: it has claims, and no run has it done"
    for name, source in connection.execute(
        "SELECT o.run_id, o.source FROM outcome o JOIN document d ON d.document_key = o.document_key"
        " WHERE d.run_id = o.run_id AND o.claims <>"
        " (SELECT count(*) FROM claim c WHERE c.document_key = d.document_key AND c.is_current)"
        " ORDER BY o.run_id, o.source"
    ):
        yield f"run {name}, {source}: it has not as many claims as were found"
    for document, extraction, text in documents:
        yield from _document(connection, document, extraction, text)


def _document(
    connection: Connection, document: str, extraction: Extraction, text: str | None
) -> Iterator[str]:
    name = extraction.document.id
    stored = connection.execute(
        "SELECT id FROM claim WHERE document_key = ? AND is_current ORDER BY rank", (document,)
    )
    if [claim for (claim,) in stored] != [claim.id for claim in extraction.claims]:
        yield f"document {name!r}: its claims are not those of its record"
    if text is None:
        return
    if extraction.document.length != len(text):
        yield f"document {name!r}: its text has not the length that was read"
    for claim, role, start, end, told in connection.execute(
        "SELECT claim_key, role, span_start, span_end, span_text FROM v_span WHERE document_key = ?"
        " ORDER BY claim_key, role, rank",
        (document,),
    ):
        if text[start:end] != told:
            yield f"document {name!r}, claim {claim}: its {role} is not what stands in the text"
