"""Web Annotations (the W3C's data model, in JSON-LD): the claims of a document out, reviewed ones in.

Each passage of a claim is an annotation with its offsets, its words and what stands around them. The claim
is one too: its target is the sentence, and its body the claim's values and its passages. Offsets count
code points of the text, whose SHA-256 names it: as the source (RFC 6920) and as the state it was in.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator
from typing import Any

from casualty_extract.errors import AnchorError, InputError
from casualty_extract.records import Extraction
from casualty_extract.records_claims import Claim
from casualty_extract.records_parts import Span
from casualty_extract.reviews_anchors import Quotation, anchor, quote
from casualty_extract.reviews_decisions import Judge, added_review, review
from casualty_extract.reviews_marks import check_text
from casualty_extract.reviews_records import Decision, Review, difference, problem_of
from casualty_extract.reviews_texts import Archive, as_list, as_object, as_text

__all__ = ["CONTEXT", "TOOL", "claims_of", "collection", "read_webannotation"]

TOOL = "webanno"
CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"casualty": "urn:casualty-extract:terms:"}]
"""The context of every collection: the W3C's, and a prefix for the one term that it lacks."""

_PREFIX = "urn:casualty-extract:annotations:"
_PARTS = ("quantity", "harm", "victims", "cause", "perpetrator", "time", "source", "cue")
_MANY = ("places", "chain")
_VERDICTS: tuple[Decision, ...] = ("accept", "reject")
_IRI = re.compile(r"[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`]+", re.IGNORECASE)


def collection(extraction: Extraction, text: str) -> dict[str, Any]:
    """Give the annotation collection of an extraction.

    >>> from casualty_extract import extract
    >>> text = "Gunmen killed 12 people."
    >>> made = collection(extract(text), text)
    >>> made["type"], made["total"]
    ('AnnotationCollection', 5)
    >>> made["first"]["items"][1]["target"]["selector"][0]
    {'type': 'TextPositionSelector', 'start': 14, 'end': 16}

    Args:
        extraction: the claims.
        text: their text.

    Raises:
        AnchorError: the claims are of another text.
    """
    check_text(extraction, text)
    document = extraction.document
    base = f"{_PREFIX}{document.sha256}"
    items: list[dict[str, Any]] = []
    for claim in extraction.claims:
        items += _annotations(claim, extraction, text, f"{base}:{claim.id}")
    page = {"id": f"{base}:page-1", "type": "AnnotationPage", "partOf": base, "startIndex": 0, "items": items}
    made: dict[str, Any] = {"@context": CONTEXT, "id": base, "type": "AnnotationCollection"}
    # What says which document this is stands in the label, for people too.
    made |= {"label": document.id, "total": len(items)}
    return {**made, "first": page} if items else made


def read_webannotation(
    data: Any, archive: Archive, *, file: str = "-", row: int | None = None, who: Judge | None = None
) -> Iterator[Review | InputError | AnchorError]:
    """Read the annotations of a document that was reviewed.

    A claim whose annotation is gone is rejected, and one that differs is fixed. An annotation whose motivation
    is `assessing`, whose target is a claim's annotation and whose body says `accept` or `reject` decides so. A
    claim that is neither changed nor assessed was not reviewed.

    Args:
        data: the collection or page, as `json.loads` gives it.
        archive: the claims that were reviewed, and their texts.
        file: the file's name, for errors.
        row: the line in it.
        who: who reviewed, where the annotations do not tell.

    Returns:
        Reviews, or errors in the place of what cannot be read.
    """
    who = who or Judge(TOOL)
    try:
        top = as_object(data, "the collection")
        page = as_object(top.get("first", top), "the first page")
        name = as_text(top.get("id"), "the collection's id")
        sha256 = name.removeprefix(_PREFIX).split(":")[0]
        extraction, text = archive.find(sha256, top.get("label"))
        items = [as_object(item, "an annotation") for item in as_list(page.get("items", []), "items")]
        told = dict(_claims(items, extraction.document.id, text))
        assessed = [item for item in items if _is(item, "assessing")]
    except AnchorError as error:
        yield error
        return
    except ValueError as error:
        yield InputError(problem_of(error), file=file, row=row)
        return
    for item in assessed:
        try:
            yield _assessment(item, extraction, who)
        except ValueError as error:
            yield InputError(problem_of(error), file=file, row=row)
    yield from _compared(extraction, told, who, InputError("", file=file, row=row))


def claims_of(data: Any, text: str, *, document: str) -> list[Claim]:
    """Give the claims that a collection of annotations tells, found in a text.

    Args:
        data: the collection, as `json.loads` gives it.
        text: the text, which may be another edition of the one that was annotated.
        document: the document's id, for errors.

    Raises:
        AnchorError: a passage is not in the text, or not just once.
        InputError: an annotation is none of ours, or makes no claim.
    """
    try:
        top = as_object(data, "the collection")
        page = as_object(top.get("first", {}), "the first page")
        items = [as_object(item, "an annotation") for item in as_list(page.get("items", []), "items")]
        made = [claim for _, (claim, _) in _claims(items, document, text)]
    except ValueError as error:
        raise InputError(problem_of(error), file=f"document {document!r}") from error
    for claim in made:
        if not isinstance(claim, Claim):
            raise claim
    return [claim for claim in made if isinstance(claim, Claim)]


def _annotations(claim: Claim, extraction: Extraction, text: str, base: str) -> Iterator[dict[str, Any]]:
    parts = list(_passages(claim))
    body: list[Any] = [
        {
            "type": "TextualBody",
            "purpose": "describing",
            "format": "application/json",
            "value": json.dumps(claim.model_dump(mode="json"), ensure_ascii=False),
        },
        *(f"{base}:{name}" for name, _, _ in parts),
    ]
    target = _target(claim.evidence, extraction, text)
    yield {"id": base, "type": "Annotation", "motivation": "linking", "body": body, "target": target}
    for name, label, span in parts:
        tags = [{"type": "TextualBody", "purpose": "tagging", "value": name.split("-")[0]}]
        if label:
            tags.append({"type": "TextualBody", "purpose": "classifying", "value": label})
        yield {
            "id": f"{base}:{name}",
            "type": "Annotation",
            "motivation": "tagging",
            "body": tags,
            "target": _target(span, extraction, text),
        }


def _passages(claim: Claim) -> Iterator[tuple[str, str | None, Span]]:
    """Yield each passage of a claim with its name and what it was read as."""
    voice = claim.attribution
    held: dict[str, Any] = {name: getattr(claim, name, None) for name in _PARTS}
    if voice:
        held |= {"source": voice.source, "cue": voice.cue}
    for name, part in held.items():
        if part is None or part.text is None:
            continue
        label = next(
            (v for k in ("label", "category", "kind", "form") if (v := getattr(part, k, None))), None
        )
        yield name, label, Span(text=part.text, start=part.start, end=part.end)
    for n, place in enumerate(claim.places, start=1):
        yield f"places-{n}", place.kind, place
    for n, source in enumerate(voice.chain if voice else (), start=1):
        yield f"chain-{n}", None, source


def _target(span: Span, extraction: Extraction, text: str) -> dict[str, Any]:
    document = extraction.document
    quoted = quote(text, span.start, span.end)
    code = base64.urlsafe_b64encode(bytes.fromhex(document.sha256)).decode().rstrip("=")
    made: dict[str, Any] = {
        "type": "SpecificResource",
        "source": {
            "id": f"ni:///sha-256;{code}",
            "type": "Text",
            "format": "text/plain",
            "language": document.language,
        },
        "state": {
            "id": f"urn:casualty-extract:texts:{document.sha256}",
            "type": "oa:State",
            "casualty:sha256": document.sha256,
        },
        "selector": [
            {"type": "TextPositionSelector", "start": span.start, "end": span.end},
            {
                "type": "TextQuoteSelector",
                "exact": quoted.exact,
                "prefix": quoted.prefix,
                "suffix": quoted.suffix,
            },
        ],
    }
    if document.url and _IRI.fullmatch(document.url):
        made["scope"] = document.url
    return made


def _claims(
    items: list[dict[str, Any]], document: str, text: str
) -> Iterator[tuple[str, tuple[Claim | InputError, dict[str, Any]]]]:
    """Yield the claims that annotations tell, by their ids, each with the annotation that was changed last."""
    parts: dict[str, dict[str, dict[str, Any]]] = {}
    wholes: dict[str, dict[str, Any]] = {}
    for item in items:
        name = _own_id(item)
        if name is None:
            continue
        if len(name) == 1:
            wholes[name[0]] = item
        else:
            parts.setdefault(name[0], {})[name[1]] = item
    for id_, item in wholes.items():
        own = parts.get(id_, {})
        latest = max((item, *own.values()), key=lambda i: str(i.get("modified") or ""))
        try:
            made: Claim | InputError = _claim(item, own, document, text)
        except ValueError as error:
            made = InputError(f"claim {id_!r}: {problem_of(error)}", file=f"document {document!r}")
        yield id_, (made, latest)


def _own_id(item: dict[str, Any]) -> list[str] | None:
    """Give the claim's id, and the name of the passage, of an annotation that we wrote."""
    # A server that gives annotations ids of its own keeps the first ones as `via` or `canonical`.
    for key in ("canonical", "via", "id"):
        for name in item[key] if isinstance(item.get(key), list) else [item.get(key)]:
            if isinstance(name, str) and name.startswith(_PREFIX) and name.count(":") in (4, 5):
                return name.split(":")[4:]
    return None


def _claim(item: dict[str, Any], own: dict[str, dict[str, Any]], document: str, text: str) -> Claim:
    bodies = item.get("body")
    told = next(
        (
            body
            for body in (bodies if isinstance(bodies, list) else [bodies])
            if isinstance(body, dict) and body.get("format") == "application/json"
        ),
        None,
    )
    if told is None:
        raise ValueError("it has no body in JSON")
    try:
        data = as_object(json.loads(as_text(told.get("value"), "value")), "the claim")
    except RecursionError:
        raise ValueError("its JSON is nested too deeply") from None
    spans = {name: _span(part, document, text) for name, part in own.items()}
    data["evidence"] = _span(item, document, text)
    voice = data.get("attribution")
    for name in _PARTS:
        where = voice if name in ("source", "cue") else data
        if not isinstance(where, dict):
            continue
        held = where.get(name)
        if name in spans:
            # A passage that a person added has no values; the record tells what it lacks.
            where[name] = {**(held if isinstance(held, dict) else {}), **spans[name]}
        elif isinstance(held, dict) and held.get("text") is not None:
            where[name] = {**held, "text": None, "start": None, "end": None} if name == "victims" else None
    if isinstance(voice, dict) and voice.get("source") is None and voice.get("cue") is None:
        data["attribution"] = None
    for name in _MANY:
        where = voice if name == "chain" else data
        if isinstance(where, dict):
            held = as_list(where.get(name, []), name)
            where[name] = [
                {**as_object(one, name), **spans[f"{name}-{n}"]}
                for n, one in enumerate(held, start=1)
                if f"{name}-{n}" in spans
            ]
    return Claim.model_validate_json(json.dumps(data))


def _span(item: dict[str, Any], document: str, text: str) -> dict[str, Any]:
    target = as_object(item.get("target"), "target")
    selectors = target.get("selector")
    found = {
        one.get("type"): one
        for one in (selectors if isinstance(selectors, list) else [selectors])
        if isinstance(one, dict)
    }
    quoted = found.get("TextQuoteSelector")
    if quoted is None:
        raise ValueError("an annotation has no TextQuoteSelector")
    start = found.get("TextPositionSelector", {}).get("start")
    quotation = Quotation(
        as_text(quoted.get("exact"), "exact"),
        as_text(quoted.get("prefix", ""), "prefix"),
        as_text(quoted.get("suffix", ""), "suffix"),
        start if type(start) is int else None,
    )
    return anchor(text, quotation, document=document).model_dump()


def _is(item: dict[str, Any], motivation: str) -> bool:
    told = item.get("motivation")
    return motivation in (told if isinstance(told, list) else [told])


def _judge(item: dict[str, Any], who: Judge) -> Judge:
    """Tell who made an annotation, and when."""
    by = item.get("creator")
    if isinstance(by, list):
        by = by[0] if by else None
    if isinstance(by, dict):
        by = next((by[key] for key in ("name", "nickname", "email", "id") if by.get(key)), None)
    at = item.get("modified") or item.get("created")
    return Judge(who.tool, str(by) if by else who.reviewer, at if isinstance(at, str) else who.at)


def _assessment(item: dict[str, Any], extraction: Extraction, who: Judge) -> Review:
    target = item.get("target")
    if isinstance(target, dict):
        target = target.get("source", target.get("id"))
    name = _own_id({"id": target})
    claim = next((c for c in extraction.claims if name and c.id == name[0]), None)
    if claim is None:
        raise ValueError(f"{target!r} is no claim that could be assessed")
    bodies = item.get("body", item.get("bodyValue"))
    verdicts: set[Decision] = set()
    notes: list[str] = []
    for body in bodies if isinstance(bodies, list) else [bodies]:
        words = body.get("value") if isinstance(body, dict) else body
        if isinstance(words, str):
            verdict = next((v for v in _VERDICTS if v == words.strip().lower()), None)
            if verdict:
                verdicts.add(verdict)
            else:
                notes.append(words.strip())
    if len(verdicts) != 1:
        raise ValueError(f"an assessment of claim {claim.id!r} says neither accept nor reject, or both")
    return review(extraction, claim, _judge(item, who), verdicts.pop(), note="\n".join(notes) or None)


def _compared(
    extraction: Extraction,
    told: dict[str, tuple[Claim | InputError, dict[str, Any]]],
    who: Judge,
    place: InputError,
) -> Iterator[Review | InputError]:
    known = {claim.id: claim for claim in extraction.claims}
    for id_, claim in known.items():
        if id_ not in told:
            yield review(extraction, claim, who, "reject")
    for id_, (new, item) in told.items():
        if isinstance(new, InputError):
            yield new
            continue
        old = known.get(id_)
        by = _judge(item, who)
        try:
            if old is None:
                yield added_review(extraction, new, by)
            elif patch := difference(old, new):
                yield review(extraction, old, by, "fix", patch)
        except ValueError as error:
            yield InputError(f"claim {id_!r}: {problem_of(error)}", file=place.file, row=place.row)
