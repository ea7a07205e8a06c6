"""The incidents of the whole database: `linking.Linker` over what is stored, and its findings into tables."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from casualty_extract.database_connections import Connection
from casualty_extract.database_rows import TABLES, bounds, claim_key, key
from casualty_extract.linking import CopyKind, Linker
from casualty_extract.linking_records import Entry, LinkedIncident
from casualty_extract.records import Extraction

__all__ = ["Stored", "link"]

Stored = tuple[str, Extraction, str | None]
"""A document's key, its extraction, and its text where it is kept."""

TOGETHER = 2_000
"""So many incidents are written at once."""

STANDING = ("confirmed", "assessed", "asserted", "alleged", "unconfirmed")
"""How sure a figure is at least that is set beside those of other sources."""


def link(connection: Connection, documents: Iterable[Stored], copies: CopyKind) -> int:
    """Link all incidents anew, in place of what an earlier run linked.

    Returns:
        How many incidents there are.
    """
    linker, keys = Linker(copies=copies), {}
    several = {
        name for (name,) in connection.execute("SELECT id FROM document GROUP BY id HAVING count(*) > 1")
    }
    for document, extraction, text in documents:
        # The linker knows articles by their ids; of several with one id each goes by its key.
        name = document if extraction.document.id in several else extraction.document.id
        keys[name] = document
        about = extraction.document.model_copy(update={"id": name})
        linker.add(extraction.model_copy(update={"document": about}), text)

    def work() -> int:
        connection.execute("DELETE FROM linked_relation")
        for table in ("linked_claim", "linked_member", "linked_toll", "linked_incident"):
            connection.execute(_CLEAR[table])
        # Others may have written since the documents were read.
        there = {
            "incident": {name for (name,) in connection.execute("SELECT incident_key FROM incident")},
            "claim": {name for (name,) in connection.execute("SELECT claim_key FROM claim")},
        }
        incidents, rank = linker.incidents(), 0
        while part := list(islice(incidents, TOGETHER)):
            # A record may name one claim twice; its first row holds.
            rows: dict[str, dict[tuple[Any, ...], tuple[Any, ...]]] = defaultdict(dict)
            for incident in part:
                for table, row in _rows(incident, rank, keys):
                    rows[table].setdefault(row[: len(TABLES[table].key)], row)
                rank += 1
            for table in (
                "linked_incident",
                "linked_member",
                "linked_toll",
                "linked_claim",
                "linked_relation",
            ):
                present = _present(table, list(rows[table].values()), there)
                if present:
                    connection.put(TABLES[table], present)
        return rank

    return connection.transact(work)


_CLEAR = {
    "linked_claim": "DELETE FROM linked_claim",
    "linked_member": "DELETE FROM linked_member",
    "linked_toll": "DELETE FROM linked_toll",
    "linked_incident": "DELETE FROM linked_incident",
}


def _present(table: str, rows: list[tuple[Any, ...]], there: dict[str, set[str]]) -> list[tuple[Any, ...]]:
    if table == "linked_member":
        return [row for row in rows if row[0] in there["incident"]]
    if table == "linked_claim":
        return [row for row in rows if row[0] in there["claim"]]
    if table == "linked_relation":
        return [row for row in rows if {row[0], row[2]} <= there["claim"]]
    return rows


def _rows(incident: LinkedIncident, rank: int, keys: dict[str, str]) -> Iterator[tuple[str, tuple[Any, ...]]]:
    time = incident.time
    yield (
        "linked_incident",
        (
            incident.id,
            rank,
            incident.cumulative,
            time.earliest.isoformat() if time and time.earliest else None,
            time.latest.isoformat() if time and time.latest else None,
            ";".join(incident.places),
            ";".join(incident.countries),
            incident.cause,
            incident.perpetrator,
            len({member.document for member in incident.members}),
            incident.to_json(),
        ),
    )
    for place, member in enumerate(incident.members):
        name = key("incident", keys[member.document], member.incident)
        more = (member.copy_of, member.linked_to, member.score, ";".join(member.signs))
        yield "linked_member", (name, incident.id, place, *more)
    for toll in incident.tolls:
        yield "linked_toll", (incident.id, toll.harm, *bounds(toll.low, toll.best, toll.high))
    replaced = {gone for entry in incident.history for gone in entry.supersedes}
    gone = {(name.document, name.claim) for name in replaced}
    standing = [_stands(entry) and (entry.document, entry.claim) not in gone for entry in incident.history]
    disputed = _disputed([entry for entry, stands in zip(incident.history, standing, strict=True) if stands])
    for place, (entry, stands) in enumerate(zip(incident.history, standing, strict=True)):
        name = claim_key(keys[entry.document], entry.claim)
        told = (entry.harm or "", entry.category or "", entry.source or "", entry.source_kind or "")
        yield (
            "linked_claim",
            (
                name,
                incident.id,
                place,
                *told,
                *bounds(entry.low, entry.best, entry.high),
                stands,
                entry.copied,
                stands and (entry.document, entry.claim) in disputed,
            ),
        )
        for relation, others in (("supersedes", entry.supersedes), ("disagrees", entry.disagrees)):
            for other in others:
                yield "linked_relation", (name, relation, claim_key(keys[other.document], other.claim))


def _disputed(standing: list[Entry]) -> set[tuple[str, str]]:
    """Give the document and claim of those for which another source has another figure."""
    groups: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in standing:
        groups[entry.harm or "", entry.category or ""].append(entry)
    found: set[tuple[str, str]] = set()
    for group in groups.values():
        told = {(entry.source or "", entry.best) for entry in group}
        by_source, by_figure = Counter(source for source, _ in told), Counter(best for _, best in told)
        for entry in group:
            # Of all pairs of source and figure those of the same source and those of the same figure go, and this
            # one went with both.
            if len(told) + 1 > by_source[entry.source or ""] + by_figure[entry.best]:
                found.add((entry.document, entry.claim))
    return found


def _stands(entry: Entry) -> bool:
    return (
        entry.unit == "people"
        and entry.harm is not None
        and entry.best is not None
        and entry.scope != "additional"
        and entry.status in STANDING
        and not (entry.part or entry.copied)
    )
