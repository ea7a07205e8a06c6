"""What a reader's report holds: extractions, texts, events and outlines as the plain data that its page draws from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from casualty_extract.linking_records import Entry, LinkedIncident, LinkedToll
from casualty_extract.records import (
    Claim,
    Document,
    Extraction,
    Incident,
    Place,
    Quantity,
    Span,
    Toll,
    sanitise,
)
from casualty_extract.reports_outlines import frame, outlined

__all__ = ["Contents", "Decided", "Failed", "page_data"]


@dataclass(frozen=True)
class Failed:
    """A document that has no claims in the report because it could not be read or extracted.

    Attributes:
        where: the file, and the row in it.
        problem: what was wrong.
    """

    where: str
    problem: str


class Decided(Protocol):
    """What somebody decided about a claim, such as `database.Review`."""

    @property
    def document(self) -> str:
        """The article's id."""

    @property
    def claim(self) -> str:
        """The claim's id."""

    @property
    def decision(self) -> str:
        """Whether it was accepted, rejected or fixed."""

    @property
    def reviewer(self) -> str | None:
        """Who decided."""


@dataclass(frozen=True)
class Contents:
    """All that one report shows.

    >>> from casualty_extract import extract
    >>> text = "Gunmen killed 12 people in Mosul."
    >>> contents = Contents([extract(text)], texts={})
    >>> "text" in page_data(contents)["documents"][0]
    False

    Attributes:
        extractions: the claims, article by article, in the order in which the report lists them.
        texts: texts of articles by their SHA-256, for extractions that carry none.
        linked: the events of the archive that the articles are of; only those that two or more of its articles
            tell of are shown apart from the articles' own incidents.
        failures: documents that the report has no claims of.
        reviews: what people decided about the claims.
        title: of the report; None for a title made of what is in it.
        with_text: whether the texts go into the report; without, the sentences with claims do.
    """

    extractions: Iterable[Extraction]
    texts: Mapping[str, str] = field(default_factory=dict)
    linked: Iterable[LinkedIncident] = ()
    failures: Iterable[Failed] = ()
    reviews: Iterable[Decided] = ()
    title: str | None = None
    with_text: bool = True


def page_data(contents: Contents) -> dict[str, Any]:
    """Give the data of a report: the page's script reads nothing else.

    A passage is ``[start, end]`` where the article's text is there, and ``[start, end, text]`` where it is not;
    offsets count code points. What is null, empty or false is left out.

    >>> from casualty_extract import extract
    >>> text = "Gunmen killed 12 people in Mosul."
    >>> data = page_data(Contents([extract(text).model_copy(update={"text": text})]))
    >>> data["documents"][0]["claims"][0]["quantity"]["at"]
    [14, 16]

    Args:
        contents: what the report is to show.
    """
    extractions = list(contents.extractions)
    reviews: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for review in contents.reviews:
        told = _filled({"decision": review.decision, "reviewer": review.reviewer})
        reviews.setdefault((review.document, review.claim), []).append(told)
    documents = [_document(e, _text(e, contents), reviews) for e in extractions]
    known = {extraction.document.id for extraction in extractions}
    points = [
        (place.lon, place.lat)
        for extraction in extractions
        for claim in extraction.claims
        for place in claim.places
        if place.lat is not None and place.lon is not None
    ]
    box = frame(points)
    return {
        "title": sanitise(contents.title or _title(extractions)),
        "documents": documents,
        "events": [_event(event) for event in contents.linked if _is_shared(event, known)],
        "failures": [{"where": sanitise(f.where), "problem": sanitise(f.problem)} for f in contents.failures],
        "outlines": outlined(box) if box else None,
    }


def _title(extractions: list[Extraction]) -> str:
    if len(extractions) == 1:
        about = extractions[0].document
        return about.title or f"Claims of casualties in {about.id}"
    return f"Claims of casualties in {len(extractions):,} articles"


def _text(extraction: Extraction, contents: Contents) -> str | None:
    """Give the text if it is the one that the offsets count in: marks never stand on wrong words."""
    if not contents.with_text:
        return None
    text = extraction.text
    if text is None:
        text = contents.texts.get(extraction.document.sha256)
    if text is None:
        return None
    text = sanitise(text)
    fits = all(text[span.start : span.end] == span.text for span in extraction.spans())
    return text if fits else None


def _document(
    extraction: Extraction, text: str | None, reviews: Mapping[tuple[str, str], list[dict[str, Any]]]
) -> dict[str, Any]:
    about = extraction.document
    return _filled(
        {
            "id": about.id,
            "title": about.title,
            "publisher": about.publisher,
            "url": about.url,
            "published": about.published.isoformat() if about.published else None,
            "published_from": about.published_from.basis if about.published_from else None,
            "language": about.language,
            "length": about.length,
            "flags": list(extraction.flags),
            "text": text,
            "claims": [_claim(claim, text is not None, reviews, about) for claim in extraction.claims],
            "incidents": [_incident(incident) for incident in extraction.incidents],
        }
    )


def _claim(
    claim: Claim,
    known: bool,
    reviews: Mapping[tuple[str, str], list[dict[str, Any]]],
    about: Document,
) -> dict[str, Any]:
    quantity, victims, time = claim.quantity, claim.victims, claim.time
    said = claim.attribution

    def at(span: Span) -> list[Any]:
        return [span.start, span.end] if known else [span.start, span.end, span.text]

    return _filled(
        {
            "id": claim.id,
            "quantity": _filled(
                {
                    "at": at(quantity),
                    "form": quantity.form,
                    "qualifier": quantity.qualifier,
                    **_range(quantity),
                }
            ),
            "unit": claim.unit,
            "harm": {"at": at(claim.harm), "label": claim.harm.label} if claim.harm else None,
            "victims": _filled(
                {
                    "at": _passage(victims.text, victims.start, victims.end, known),
                    "category": victims.category,
                    "groups": list(victims.groups),
                }
            )
            if victims
            else None,
            "scope": claim.scope,
            "intent": claim.intent,
            "cause": {"at": at(claim.cause), "label": claim.cause.label} if claim.cause else None,
            "perpetrator": {"at": at(claim.perpetrator)} if claim.perpetrator else None,
            "time": _filled(
                {
                    "at": at(time),
                    "earliest": time.earliest.isoformat() if time.earliest else None,
                    "latest": time.latest.isoformat() if time.latest else None,
                    "grain": time.grain,
                    "basis": time.basis,
                    "ambiguous": time.ambiguous,
                }
            )
            if time
            else None,
            "places": [_place(place, at(place)) for place in claim.places],
            "attribution": _filled(
                {
                    "at": at(said.source),
                    "name": said.source.name,
                    "kind": said.source.kind,
                    "cue": at(said.cue),
                    "form": said.form,
                    "chain": [at(span) for span in said.chain],
                }
            )
            if said
            else None,
            "status": claim.status,
            "evidence": at(claim.evidence),
            "part_of": claim.part_of,
            "incident": claim.incident,
            "confidence": claim.confidence,
            "superseded_by": claim.superseded_by,
            "reviews": reviews.get((about.id, claim.id)),
        }
    )


def _passage(text: str | None, start: int | None, end: int | None, known: bool) -> list[Any] | None:
    if text is None:
        return None
    return [start, end] if known else [start, end, text]


def _place(place: Place, at: list[Any]) -> dict[str, Any]:
    found = {"at": at, "name": place.name, "kind": place.kind, "country": place.country}
    return _filled({**found, "lat": place.lat, "lon": place.lon, "basis": place.basis})


def _incident(incident: Incident) -> dict[str, Any]:
    time = incident.time
    return _filled(
        {
            "id": incident.id,
            "claims": list(incident.claims),
            "earliest": time.earliest.isoformat() if time and time.earliest else None,
            "latest": time.latest.isoformat() if time and time.latest else None,
            "places": list(incident.places),
            "cause": incident.cause,
            "perpetrator": incident.perpetrator,
            "tolls": [
                _filled({"harm": toll.harm, "category": toll.category, **_range(toll)})
                for toll in incident.tolls
            ],
        }
    )


def _is_shared(event: LinkedIncident, known: set[str]) -> bool:
    """Tell whether several articles tell of an event, one of which at least is in the report."""
    told = {member.document for member in event.members}
    return len(told) > 1 and bool(told & known)


def _event(event: LinkedIncident) -> dict[str, Any]:
    time = event.time
    return _filled(
        {
            "id": event.id,
            "cumulative": event.cumulative,
            "members": [
                _filled({"document": m.document, "incident": m.incident, "copy_of": m.copy_of})
                for m in event.members
            ],
            "earliest": time.earliest.isoformat() if time and time.earliest else None,
            "latest": time.latest.isoformat() if time and time.latest else None,
            "places": list(event.places),
            "cause": event.cause,
            "perpetrator": event.perpetrator,
            "tolls": [_filled({"harm": toll.harm, **_range(toll)}) for toll in event.tolls],
            "history": [_filled(dict(_entry(entry))) for entry in event.history],
        }
    )


def _entry(entry: Entry) -> Iterator[tuple[str, Any]]:
    yield "document", entry.document
    yield "claim", entry.claim
    yield "published", entry.published.isoformat() if entry.published else None
    for name in ("source", "source_kind", "status", "unit", "harm", "category", "scope"):
        yield name, getattr(entry, name)
    yield from _range(entry).items()
    for name in ("part", "copied"):
        yield name, getattr(entry, name)
    for name in ("supersedes", "disagrees"):
        yield name, [[key.document, key.claim] for key in getattr(entry, name)]


def _range(told: Quantity | Toll | LinkedToll | Entry) -> dict[str, int | None]:
    return {"low": told.low, "best": told.best, "high": told.high}


def _filled(row: dict[str, Any]) -> dict[str, Any]:
    """Leave out what says nothing; 0 and an empty string say something."""
    return {
        name: value for name, value in row.items() if value is not None and value is not False and value != []
    }
