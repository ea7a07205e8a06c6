"""Outcomes into the database: each batch with its marks of being done in one transaction.

A document has the claims of its last extraction. Claims that an extraction finds no more go, but
reviewed ones stay, marked as not current; a document that no run knows any more goes likewise.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from casualty_extract.database_connections import Connection
from casualty_extract.database_migrations import now
from casualty_extract.database_rows import TABLES, Rows, digest, rows_of, storable
from casualty_extract.errors import OutputError
from casualty_extract.outcomes import Failure, Outcome, Run
from casualty_extract.records import sanitise

__all__ = ["Writer"]

REMEMBERED = 200_000
"""So many keys of places and sources that are stored already are remembered, to store none twice."""

PART = 10_000
"""So many addresses are asked for at once."""


class Writer:
    """Writes the outcomes of one run: an `outcomes.Sink`.

    Args:
        connection: the database.
        run: the run.
        keep_text: whether the texts of the articles are kept.
        alone: whether no other process may write the same run.

    Raises:
        OutputError: another process writes this run.
    """

    def __init__(self, connection: Connection, run: Run, *, keep_text: bool, alone: bool = True) -> None:
        self._db, self._run, self._keep_text = connection, run, keep_text
        self._known: dict[str, set[str]] = {"place": set(), "source": set()}
        self._held = alone
        if alone and not connection.hold(run.id):
            raise OutputError(f"another process writes the run {run.id} to it", target=connection.target)
        try:
            connection.transact(self._begin)
        except BaseException:
            self._release()
            raise

    def _begin(self) -> None:
        run = self._run
        self._db.execute(
            "INSERT INTO run (run_id, tool_version, schema_version, config_sha256, config, inputs, is_finished,"
            " started_at, finished_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL)"
            " ON CONFLICT (run_id) DO UPDATE SET is_finished = excluded.is_finished, finished_at = NULL",
            (
                run.id,
                run.tool_version,
                run.schema_version,
                run.config_sha256,
                _json(run.config),
                _json(list(run.inputs)),
                False,
                now(),
            ),
        )

    def done(self, sources: Sequence[str]) -> set[str]:
        """Give those of the addresses whose outcomes this run has kept already."""
        named = {storable(source): source for source in sources}
        names, found = list(named), set()
        for start in range(0, len(names), PART):
            found |= {
                named[name]
                for (name,) in self._db.execute(
                    "SELECT source FROM outcome WHERE run_id = ? AND source IN {listed}",
                    (self._run.id, _json(names[start : start + PART])),
                )
            }
        return found

    def write(self, outcomes: Sequence[Outcome]) -> None:
        """Keep outcomes in one transaction with the marks that they are done; one that is kept is replaced.

        Raises:
            OutputError: they cannot be kept; none of them is then.
        """
        documents: dict[str, Rows] = {}
        marks: dict[str, tuple[Any, ...]] = {}
        for outcome in outcomes:
            rows = None
            if outcome.extraction is not None:
                rows = rows_of(outcome.extraction, outcome.article, self._run.id, self._keep_text)
                documents[rows.document] = rows
            mark = self._mark(outcome, rows)
            marks[mark[1]] = mark
        # Of two outcomes of one address the last counts alone.
        marked = {mark[3] for mark in marks.values()}
        documents = {key: rows for key, rows in documents.items() if key in marked}
        stored = self._db.transact(lambda: self._store(documents, marks))
        # Only what is committed is known to be there.
        for table, keys in stored.items():
            if len(self._known[table]) > REMEMBERED:
                self._known[table].clear()
            self._known[table] |= keys

    def failures(self) -> Iterator[Failure]:
        """Yield the failures of this run that are kept, in order of their files and rows."""
        names = ("kind", "problem", "file", "row", "document", "stage", "attempts")
        for row in self._db.stream(
            "SELECT kind, problem, file, file_row, document_id, stage, attempts FROM outcome"
            " WHERE run_id = ? AND status = 'failed' ORDER BY file, file_row, source",
            (self._run.id,),
        ):
            yield Failure(**dict(zip(names, row, strict=True)))

    def close(self, *, finished: bool) -> None:
        """End the work; `finished` tells whether the run came to the end of its input."""
        try:
            if finished:
                self._db.execute(
                    "UPDATE run SET is_finished = ?, finished_at = ? WHERE run_id = ?",
                    (True, now(), self._run.id),
                )
        finally:
            self._release()

    def _release(self) -> None:
        if self._held:
            self._held = False
            self._db.release(self._run.id)

    def _mark(self, outcome: Outcome, rows: Rows | None) -> tuple[Any, ...]:
        source, failure = storable(outcome.source), outcome.failure
        if rows is not None:
            more: tuple[Any, ...] = ("ok", rows.document, len(rows.extraction.claims), *(None,) * 7)
        elif failure is not None:
            told = (failure.kind, _clean(failure.problem), _clean(failure.file), failure.row)
            more = (
                "failed",
                None,
                0,
                *told,
                _clean(failure.document),
                _clean(failure.stage),
                failure.attempts,
            )
        else:
            raise ValueError(f"{outcome.source}: an outcome is an extraction or a failure")
        return (self._run.id, source, *more, _clean(outcome.encoding))

    def _store(self, documents: dict[str, Rows], marks: dict[str, tuple[Any, ...]]) -> dict[str, set[str]]:
        keys = _json(sorted(documents))
        before: dict[str, str] = dict(
            self._db.execute(
                "SELECT document_key, record_sha256 FROM document WHERE document_key IN {listed}"
                " ORDER BY document_key{locked}",
                (keys,),
            )
        )
        replaced = self._db.execute(
            "SELECT DISTINCT document_key FROM outcome WHERE run_id = ? AND source IN {listed}"
            " AND document_key NOT IN {listed}",
            (self._run.id, _json(sorted(marks)), keys),
        )
        # In order of their keys, so that two writers never wait for each other.
        ordered = [documents[key] for key in sorted(documents)]
        self._put("document", [row for rows in ordered for row in rows.of["document"]])
        if not self._keep_text:
            self._db.execute("UPDATE document SET text = NULL WHERE document_key IN {listed}", (keys,))
        changed = [rows for rows in ordered if before.get(rows.document) != rows.record_sha256]
        for rows in changed:
            rows.fill()
        reviewed = self._replace(changed)
        stored = self._add(changed, reviewed)
        self._put("outcome", [marks[source] for source in sorted(marks)])
        if replaced:
            self._forget(_json(sorted(key for (key,) in replaced)))
        return stored

    def _add(self, all_rows: list[Rows], reviewed: set[str]) -> dict[str, set[str]]:
        """Add the rows of documents of which nothing is there but the claims that were reviewed."""
        stored: dict[str, set[str]] = {}
        for table in ("incident", "toll", "place", "source", "claim", "claim_place", "claim_source"):
            rows = [row for rows in all_rows for row in rows.of[table]]
            if table in self._known:
                new = {row[0]: row for row in rows if row[0] not in self._known[table]}
                stored[table] = set(new)
                self._put(table, [new[key] for key in sorted(new)])
                continue
            if table == "claim" and reviewed:
                self._put(table, [row for row in rows if row[0] in reviewed])
                rows = [row for row in rows if row[0] not in reviewed]
            if rows:
                self._db.add(TABLES[table], rows)
        return stored

    def _replace(self, changed: list[Rows]) -> set[str]:
        """Take away what stood there of documents that were extracted anew.

        Returns:
            The keys of those of their claims that are still there, since they were reviewed.
        """
        # Asked now that the documents are held, since another writer may just have stored one of them first.
        keys = _json([rows.document for rows in changed])
        there = self._db.execute(
            "SELECT document_key FROM claim WHERE document_key IN {listed}"
            " UNION SELECT document_key FROM incident WHERE document_key IN {listed}",
            (keys, keys),
        )
        found = {key for (key,) in there}
        old = [rows for rows in changed if rows.document in found]
        if not old:
            return set()
        self._withdraw(_json([rows.document for rows in old]))
        again = _json([key for rows in old for key in rows.claims])
        reviewed = {
            key
            for (key,) in self._db.execute(
                "SELECT claim_key FROM claim WHERE claim_key IN {listed}", (again,)
            )
        }
        if not reviewed:
            return reviewed
        kept = _json(sorted(reviewed))
        self._db.execute("DELETE FROM claim_place WHERE claim_key IN {listed}", (kept,))
        self._db.execute("DELETE FROM claim_source WHERE claim_key IN {listed}", (kept,))
        place = TABLES["claim"].columns.index("review_digest")
        for rows in old:
            claims = zip(rows.of["claim"], rows.extraction.claims, strict=True)
            rows.of["claim"] = [
                (*row[:place], digest(claim), *row[place + 1 :]) if row[0] in reviewed else row
                for row, claim in claims
            ]
        return reviewed

    def _withdraw(self, documents: str) -> None:
        """Take the claims of documents away; those that were reviewed stay, no longer current."""
        self._db.execute(
            "DELETE FROM claim WHERE document_key IN {listed}"
            " AND NOT EXISTS (SELECT 1 FROM review WHERE review.claim_key = claim.claim_key)",
            (documents,),
        )
        self._db.execute("UPDATE claim SET is_current = false WHERE document_key IN {listed}", (documents,))
        self._db.execute("DELETE FROM incident WHERE document_key IN {listed}", (documents,))

    def _forget(self, documents: str) -> None:
        """Take documents away that no run knows any more."""
        lost = self._db.execute(
            "SELECT document_key FROM document WHERE document_key IN {listed} AND NOT EXISTS"
            " (SELECT 1 FROM outcome WHERE outcome.document_key = document.document_key)",
            (documents,),
        )
        if lost:
            keys = _json([key for (key,) in lost])
            self._withdraw(keys)
            self._db.execute(
                "DELETE FROM document WHERE document_key IN {listed} AND NOT EXISTS"
                " (SELECT 1 FROM claim WHERE claim.document_key = document.document_key)",
                (keys,),
            )

    def _put(self, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
        rows = list(rows)
        if rows:
            self._db.put(TABLES[table], rows)


def _clean(text: str | None) -> str | None:
    return text if text is None else sanitise(text)


def _json(value: Any) -> str:
    # Addresses were made storable before; a name among the inputs may still hold what is not.
    return sanitise(json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")))
