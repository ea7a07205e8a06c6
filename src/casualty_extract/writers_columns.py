"""The columns of the tables that come out: their names, types and meaning, as plain data.

Arrow schemas, Parquet files and the metadata of Datasette are made of them. The columns of the CSV come
first and in its order; those behind them are too many for a sheet.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["CLAIM_COLUMNS", "FIELDS", "Column", "Kind"]

Kind = Literal["text", "date", "whole", "decimal", "truth", "texts"]
"""What a column holds; "texts" is a list."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Attributes:
        name: of the column.
        kind: what it holds.
        told: its meaning, in one line.
        unit: of its numbers, where they have one.
    """

    name: str
    kind: Kind
    told: str
    unit: str | None = None


CLAIM_COLUMNS: tuple[Column, ...] = (
    Column("document", "text", "The article's id"),
    Column("published", "date", "The article's day of publication"),
    Column(
        "published_from",
        "text",
        "How the day of publication is known: given, metadata, byline, dateline, url",
    ),
    Column("claim_id", "text", "The claim's id, the same wherever the same text is read"),
    Column("figure", "text", "The number expression as it stands in the text"),
    Column("form", "text", "How the figure is written: numeral, word, range, singular, name, zero, vague"),
    Column("qualifier", "text", "How the text bounds the figure: exact, at_least, more_than and so on"),
    Column("low", "whole", "The least number that the text allows; null where it states no lower bound"),
    Column("high", "whole", "The greatest number; null where the text states no upper bound"),
    Column("best", "whole", "The number that stands in the text, within the bounds; null for vague words"),
    Column("unit", "text", "What is counted: people, reports, incidents, households"),
    Column("harm", "text", "What happened: killed, injured, missing and so on"),
    Column("harm_text", "text", "The word that carries the harm"),
    Column("victims", "text", "The words that name who was harmed"),
    Column("category", "text", "Who was harmed: civilian, combatant, police, perpetrator, unspecified"),
    Column("groups", "texts", "Groups that the words state: children, women, journalists and so on"),
    Column(
        "scope",
        "text",
        "The toll of one event, an addition to one (additional), a running total (cumulative)",
    ),
    Column("intent", "text", "Where the text says that the harm was deliberate or unintentional"),
    Column("cause", "text", "By what: airstrike, shooting, flood and so on"),
    Column("perpetrator", "text", "The words that name who did it or is blamed"),
    Column("time_text", "text", "The expression that says when"),
    Column("earliest", "date", "The first day of the harm's time; null where it is open or unknown"),
    Column("latest", "date", "The last day, included; null where it is open or unknown"),
    Column("grain", "text", "How fine the time is: day, week, month and so on"),
    Column("time_basis", "text", "Whether the time stands in the claim's sentence or elsewhere (context)"),
    Column(
        "time_ambiguous", "truth", "Whether a date in figures can be read two ways, and nothing settles it"
    ),
    Column("places", "texts", "Names of the places, the most specific first"),
    Column("countries", "texts", "ISO 3166-1 alpha-2 codes of their countries"),
    Column("lat", "decimal", "Latitude of the most specific place that has one", "degrees"),
    Column("lon", "decimal", "Longitude of that place", "degrees"),
    Column("source", "text", "Who states the figure, in the words of the text"),
    Column("source_name", "text", "Whom these words refer to"),
    Column("source_kind", "text", "What kind of source it is: military, hospital, media and so on"),
    Column("cue", "text", "The verb or preposition that introduces the source"),
    Column("attribution_form", "text", "Whether the figure is quoted: direct, indirect, mixed"),
    Column(
        "status", "text", "How far the text stands behind the figure: confirmed, asserted, denied and so on"
    ),
    Column("evidence", "text", "The sentence that states the claim"),
    Column("start", "whole", "Offset of the figure's first character in the text", "code points"),
    Column("end", "whole", "Offset after the figure's last character", "code points"),
    Column("part_of", "text", "The id of the claim whose figure contains this one"),
    Column("incident", "text", "The id, within the article, of the incident it belongs to"),
    Column("confidence", "decimal", "The probability that nothing in the claim has to be corrected"),
    Column("superseded_by", "text", "The id of the claim that took this one's place"),
    Column("chain", "texts", "Whom the source has the figure from, the nearest first"),
    Column("evidence_start", "whole", "Offset of the sentence's first character", "code points"),
    Column("evidence_end", "whole", "Offset after the sentence's last character", "code points"),
    Column("title", "text", "The article's headline, where it was given"),
    Column("publisher", "text", "Who published the article, where it was given"),
    Column("url", "text", "Where the article stands, where it was given"),
    Column("sha256", "text", "SHA-256 of the article's text in UTF-8"),
)
"""The columns of a table of one row a claim."""

FIELDS: dict[str, str] = {
    "text": "the passage, character for character",
    "start": "offset of the first character, in code points",
    "end": "offset after the last character",
    "label": "which one of a closed list",
    "basis": "whether it stands in the claim's own sentence or elsewhere",
    "Extraction.schema_version": "version of the JSON contract",
    "Extraction.document": "the article",
    "Extraction.claims": "the claims, in the order of their figures in the text",
    "Extraction.incidents": "the incidents, in the order of their first claims",
    "Extraction.text": "the text that offsets count in, where it is not the text as it was given",
    "Extraction.flags": "what a reader should know: sanitised, published_unknown",
    "Document.id": "the article's id",
    "Document.title": "the headline",
    "Document.publisher": "who published it",
    "Document.url": "where it stands",
    "Document.published": "the day of publication",
    "Document.language": "BCP 47 tag",
    "Document.sha256": "of the text in UTF-8",
    "Document.length": "of the text in code points",
    "Document.published_from": "how the day of publication is known",
    "Publication.basis": "given, metadata, byline, dateline or url",
    "Claim.id": "the claim's id",
    "Claim.quantity": "how many",
    "Claim.unit": "what is counted",
    "Claim.harm": "what happened",
    "Claim.victims": "to whom",
    "Claim.scope": "event, additional or cumulative",
    "Claim.intent": "whether the text says that the harm was meant or not",
    "Claim.cause": "by what",
    "Claim.perpetrator": "who did it or is blamed",
    "Claim.time": "when",
    "Claim.places": "where, the most specific first",
    "Claim.attribution": "who says so",
    "Claim.status": "how far the text stands behind the figure",
    "Claim.evidence": "the sentence",
    "Claim.part_of": "the id of the claim whose figure contains this one",
    "Claim.incident": "the id of its incident",
    "Claim.confidence": "the probability that nothing in it has to be corrected",
    "Claim.superseded_by": "the id of the claim that took its place",
    "Quantity.form": "how the figure is written",
    "Quantity.qualifier": "how the text bounds it",
    "Quantity.low": "the least number that the text allows",
    "Quantity.high": "the greatest",
    "Quantity.best": "the number that stands in the text, within the bounds",
    "Victims.category": "who was harmed, from a closed list",
    "Victims.groups": "groups that the words state",
    "Time.earliest": "the first day",
    "Time.latest": "the last day, included",
    "Time.grain": "how fine the expression is",
    "Time.ambiguous": "whether a date in figures can be read two ways",
    "Place.name": "the gazetteer's name for it",
    "Place.kind": "country, region, city or site",
    "Place.country": "ISO 3166-1 alpha-2 code",
    "Place.geonameid": "the GeoNames identifier",
    "Place.lat": "latitude in decimal degrees",
    "Place.lon": "longitude in decimal degrees",
    "Attribution.source": "who states the figure",
    "Attribution.cue": "the verb or preposition that introduces the source",
    "Attribution.form": "direct, indirect or mixed",
    "Attribution.chain": "whom the source has it from, the nearest first",
    "Source.name": "whom the words refer to",
    "Source.kind": "what kind of source it is",
    "Incident.id": "the incident's id, within the article",
    "Incident.claims": "the ids of its claims",
    "Incident.time": "when",
    "Incident.places": "names of its places",
    "Incident.cause": "by what",
    "Incident.perpetrator": "by whom",
    "Incident.tolls": "what its claims add up to, for each harm and category",
    "IncidentTime.earliest": "the first day",
    "IncidentTime.latest": "the last day, included",
    "Toll.harm": "the harm",
    "Toll.category": "the category of victims",
    "Toll.low": "the least number that can be meant",
    "Toll.best": "the number that is told last",
    "Toll.high": "the greatest; null where it is open",
    "Toll.rule": "by which rule the claims were brought to one number",
    "Toll.low_claims": "the ids of the claims that low rests on",
    "Toll.best_claims": "the ids of the claims that best rests on",
    "Toll.high_claims": "the ids of the claims that high rests on",
}
"""What the fields of the records mean, by record and field; names without a record hold for all."""
