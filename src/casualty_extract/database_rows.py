"""Records to rows: the tables that extractions are stored in, and the rows of each.

Keys are made from content, so that the same article and the same claim have the same key in every
database, on every machine, whoever stores them first.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from json.encoder import encode_basestring_ascii
from typing import Any

from casualty_extract.records import UNREADABLE, Article, Claim, Extraction, Incident, sanitise

__all__ = [
    "TABLES",
    "Rows",
    "Table",
    "bounds",
    "claim_key",
    "clean",
    "digest",
    "document_key",
    "key",
    "rows_of",
    "storable",
]

Row = tuple[Any, ...]

LONGEST = 300
"""So many characters of an address or an id are kept in an index; PostgreSQL takes 2,700 bytes."""

_told = json.JSONEncoder(ensure_ascii=True, separators=(",", ":")).encode

GREATEST = 10**15
"""The greatest count that is kept in a column: sums of thousands of it still fit."""


@dataclass(frozen=True)
class Table:
    """A table that rows are put into whole; one with the key of another takes its place.

    Attributes:
        name: of the table.
        key: the columns that tell rows apart.
        columns: all columns that are written, the key's first.
        kept: the columns in which a null leaves what was there.
    """

    name: str
    key: tuple[str, ...]
    columns: tuple[str, ...]
    kept: tuple[str, ...] = ()

    @cached_property
    def target(self) -> str:
        """The table and its columns, as statements name them."""
        return f"{self.name} ({', '.join(self.columns)})"

    @cached_property
    def on_conflict(self) -> str:
        """What becomes of a row that is there already."""
        others = [column for column in self.columns if column not in self.key]
        changes = ", ".join(
            f"{column} = coalesce(excluded.{column}, {self.name}.{column})"
            if column in self.kept
            else f"{column} = excluded.{column}"
            for column in others
        )
        action = f"DO UPDATE SET {changes}" if others else "DO NOTHING"
        return f"ON CONFLICT ({', '.join(self.key)}) {action}"


def _table(name: str, key: str, columns: str, kept: str = "") -> Table:
    names = tuple(key.split())
    return Table(name, names, names + tuple(columns.split()), tuple(kept.split()))


TABLES = {
    table.name: table
    for table in (
        _table(
            "document",
            "document_key",
            "id sort_key sha256 length title publisher url published published_from language flags text"
            " carries_text record record_sha256 run_id",
            kept="text",
        ),
        _table(
            "outcome",
            "run_id source",
            "status document_key claims kind problem file file_row document_id stage attempts encoding",
        ),
        _table("incident", "incident_key", "document_key id rank earliest latest places cause perpetrator"),
        _table("toll", "incident_key rank", "harm category low best high rule"),
        _table("place", "place_key", "name kind country geonameid lat lon"),
        _table("source", "source_key", "name kind"),
        _table(
            "claim",
            "claim_key",
            "document_key id rank is_current review_digest figure figure_start figure_end form qualifier low"
            " high best unit harm harm_text harm_start harm_end victims victims_start victims_end category"
            " groups scope intent cause cause_text cause_start cause_end perpetrator perpetrator_start"
            " perpetrator_end time_text time_start time_end earliest latest grain time_basis time_ambiguous"
            " places countries lat lon status evidence evidence_start evidence_end part_of incident_key"
            " superseded_by confidence",
        ),
        _table("claim_place", "claim_key rank", "place_key span_text span_start span_end basis"),
        _table(
            "claim_source",
            "claim_key depth",
            "source_key span_text span_start span_end cue cue_start cue_end form",
        ),
        _table(
            "linked_incident",
            "linked_id",
            "rank is_cumulative earliest latest places countries cause perpetrator articles record",
        ),
        _table("linked_member", "incident_key", "linked_id rank copy_of linked_to score signs"),
        _table("linked_toll", "linked_id harm", "low best high"),
        _table(
            "linked_claim",
            "claim_key",
            "linked_id rank harm category source_name source_kind low best high is_standing is_copied"
            " is_disputed",
        ),
        _table("linked_relation", "claim_key relation other_key", ""),
    )
}
"""The tables that rows are put into, in an order in which each comes after those it refers to."""


@dataclass
class Rows:
    """An extraction as rows.

    Attributes:
        extraction: the extraction, without what cannot be stored.
        document: the key of the document.
        record_sha256: of the record: with the same, all rows are the same.
        claims: the keys of its claims.
        of: for each table its rows; those of incidents and claims once `fill` was called.
    """

    extraction: Extraction
    document: str
    record_sha256: str
    claims: list[str] = field(default_factory=list)
    of: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))

    def fill(self) -> None:
        """Make the rows of incidents and claims, which a document that is stored already does not need."""
        # A transaction that is tried again begins anew.
        self.claims.clear()
        self.of = defaultdict(list, document=self.of["document"])
        _incidents(self, self.extraction.incidents)
        _claims(self, self.extraction.claims)


def key(*parts: object) -> str:
    """Make a key of content.

    >>> key("a1", "0f"), len(key("a1"))
    ('2c657ed0106c98044348c04a', 24)
    """
    # The JSON of a list, put together here for texts alone: there are several keys a claim.
    told = ",".join([encode_basestring_ascii(part) if type(part) is str else _told(part) for part in parts])
    return hashlib.sha256(f"[{told}]".encode()).hexdigest()[:24]


def document_key(name: str, sha256: str) -> str:
    """Give the key of a document: of the caller's id and the text's SHA-256."""
    return key("document", name, sha256)


def claim_key(document: str, claim: str) -> str:
    """Give the key of a claim: of its document's key and its id."""
    return key("claim", document, claim)


def digest(claim: Claim) -> str:
    """Tell the values of a claim in short, to see whether they are still those that were reviewed."""
    told = claim.model_dump_json(exclude={"incident", "confidence", "part_of", "superseded_by"})
    return hashlib.sha256(told.encode()).hexdigest()[:24]


def storable(name: str) -> str:
    """Give an address as both databases can store it; different ones stay different.

    >>> storable("news.jsonl#3")
    'news.jsonl#3'
    >>> storable("caf\\udce9.txt") == storable("caf\\udcea.txt")
    False
    """
    if len(name) <= LONGEST and not UNREADABLE.search(name):
        return name
    told = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:24]
    return f"{sanitise(name[:LONGEST])}~{told}"


def clean(extraction: Extraction) -> Extraction:
    """Replace what no database can store, one for one, and say so in the flags."""
    data = _clean(extraction.model_dump(mode="python"))
    if data == extraction.model_dump(mode="python"):
        return extraction
    data["flags"] = tuple(dict.fromkeys(("sanitised", *data["flags"])))
    return Extraction.model_validate(data)


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return sanitise(value)
    if isinstance(value, dict):
        return {name: _clean(part) for name, part in value.items()}
    if isinstance(value, tuple | list):
        return tuple(_clean(part) for part in value)
    return value


def rows_of(extraction: Extraction, article: Article | None, run: str, keep_text: bool) -> Rows:
    """Give the rows of an extraction: that of its document at first.

    Args:
        extraction: the extraction.
        article: the article, where its text is at hand.
        run: the run's id.
        keep_text: whether the text is kept.
    """
    try:
        record = extraction.model_dump_json(exclude={"text"})
        unclean = "\\u0000" in record or (
            extraction.text is not None and UNREADABLE.search(extraction.text) is not None
        )
    except ValueError:
        # Halves of surrogate pairs cannot be written at all.
        unclean = True
    if unclean:
        extraction = clean(extraction)
        record = extraction.model_dump_json(exclude={"text"})
    told = hashlib.sha256(record.encode()).hexdigest()
    about = extraction.document
    rows = Rows(extraction, document_key(about.id, about.sha256), told)
    text = extraction.text if extraction.text is not None else sanitise(article.text) if article else None
    rows.of["document"].append(
        (
            rows.document,
            about.id,
            about.id[:LONGEST],
            about.sha256,
            min(about.length, GREATEST),
            about.title,
            about.publisher,
            about.url,
            _day(about.published),
            about.published_from.basis if about.published_from else None,
            about.language,
            ";".join(extraction.flags),
            text if keep_text else None,
            keep_text and extraction.text is not None,
            record,
            told,
            run,
        )
    )
    return rows


def _incidents(rows: Rows, incidents: Iterable[Incident]) -> None:
    for rank, (name, incident) in enumerate(_named("incident", rows.document, incidents)):
        time = incident.time
        rows.of["incident"].append(
            (
                name,
                rows.document,
                incident.id,
                rank,
                _day(time.earliest) if time else None,
                _day(time.latest) if time else None,
                ";".join(incident.places),
                incident.cause,
                incident.perpetrator,
            )
        )
        for place, toll in enumerate(incident.tolls):
            low, best, high = bounds(toll.low, toll.best, toll.high)
            rows.of["toll"].append((name, place, toll.harm, toll.category, low, best, high, toll.rule))


def _claims(rows: Rows, claims: Iterable[Claim]) -> None:
    of, document = rows.of, rows.document
    of_claims, of_places, of_sources = of["claim"], of["claim_place"], of["claim_source"]
    incidents: dict[str | None, str | None] = {None: None}
    for rank, (name, claim) in enumerate(_named("claim", document, claims)):
        rows.claims.append(name)
        if claim.incident not in incidents:
            incidents[claim.incident] = key("incident", document, claim.incident)
        of_claims.append(_claim(document, name, rank, claim, incidents[claim.incident]))
        for place_rank, place in enumerate(claim.places):
            number = place.geonameid if abs(place.geonameid or 0) <= GREATEST else None
            row = _place(place.name, place.kind, place.country, number, place.lat, place.lon)
            of["place"].append(row)
            of_places.append((name, place_rank, row[0], place.text, place.start, place.end, place.basis))
        said = claim.attribution
        if said is None:
            continue
        span, cue = said.source, said.cue
        row = _source(span.name, span.kind)
        of["source"].append(row)
        introduced = (cue.text, cue.start, cue.end, said.form)
        of_sources.append((name, 0, row[0], span.text, span.start, span.end, *introduced))
        for depth, further in enumerate(said.chain, start=1):
            row = _source(further.text, None)
            of["source"].append(row)
            place_in = (further.text, further.start, further.end)
            of_sources.append((name, depth, row[0], *place_in, None, None, None, None))


# The same few places and sources come again and again.
@lru_cache(maxsize=10_000)
def _place(*values: object) -> Row:
    return (key("place", *values), *values)


@lru_cache(maxsize=10_000)
def _source(*values: object) -> Row:
    return (key("source", *values), *values)


def _claim(document: str, name: str, rank: int, claim: Claim, incident: str | None) -> Row:
    figure, victims, time, places = claim.quantity, claim.victims, claim.time, claim.places
    low, best, high = bounds(figure.low, figure.best, figure.high)
    located = next((p for p in places if p.lat is not None and p.lon is not None), None) if places else None
    return (
        *(name, document, claim.id, rank, True, None),
        *(figure.text, figure.start, figure.end, figure.form, figure.qualifier, low, high, best, claim.unit),
        *_labelled(claim.harm),
        *((victims.text, victims.start, victims.end, victims.category) if victims else (None,) * 4),
        ";".join(victims.groups) if victims else None,
        *(claim.scope, claim.intent),
        *_labelled(claim.cause),
        *_span(claim.perpetrator),
        *_span(time),
        *((_day(time.earliest), _day(time.latest), time.grain, time.basis) if time else (None,) * 4),
        time.ambiguous if time else None,
        ";".join([place.name for place in places]),
        ";".join(dict.fromkeys([place.country for place in places if place.country])),
        *((located.lat, located.lon) if located else (None, None)),
        claim.status,
        *_span(claim.evidence),
        claim_key(document, claim.part_of) if claim.part_of is not None else None,
        incident,
        claim_key(document, claim.superseded_by) if claim.superseded_by is not None else None,
        claim.confidence,
    )


def _labelled(part: Any) -> Row:
    return (part.label, part.text, part.start, part.end) if part is not None else (None,) * 4


def _span(part: Any) -> Row:
    return (part.text, part.start, part.end) if part is not None else (None,) * 3


def _named(what: str, document: str, records: Iterable[Any]) -> Iterable[tuple[str, Any]]:
    """Give each record its key; one whose id came before gets a key of its own, so that none is lost."""
    seen: dict[str, int] = {}
    for record in records:
        again = seen[record.id] = seen.get(record.id, -1) + 1
        yield key(what, document, record.id, *([again] if again else [])), record


def bounds(low: int | None, best: int | None, high: int | None) -> tuple[int | None, ...]:
    """Fit low, best and high into columns: beyond the greatest number the upper ones are open.

    >>> bounds(12, 12, 10**18)
    (12, 12, None)
    """
    return (
        low if low is None else min(low, GREATEST),
        best if best is None or best <= GREATEST else None,
        high if high is None or high <= GREATEST else None,
    )


def _day(day: Any) -> str | None:
    return day.isoformat() if day is not None else None
