"""Links to claims: the one place where findings become records.

Claims travel on the Doc as plain data in the attributes of ``doc.spans["casualty.claims"]``, like
all other findings; `read` makes records of them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from spacy.tokens import Doc, Span, SpanGroup

from casualty_extract import mentions
from casualty_extract.links import Decision, Link
from casualty_extract.links_settings import Carried
from casualty_extract.mentions import Mention
from casualty_extract.reading import layout
from casualty_extract.records import Claim
from casualty_extract.records_claims import claim_id

__all__ = ["GROUP", "build", "decisions", "read", "store", "stored_decisions", "write"]

GROUP = "casualty.claims"
"""The span group that holds the claims."""


def build(doc: Doc, links: list[Link]) -> list[Claim]:
    """Make one claim of each link, in order of the figures."""
    text = layout(doc).text
    ids = _ids(text, links)
    return [Claim.model_validate_json(json.dumps(_claim(text, link, ids, i))) for i, link in enumerate(links)]


def write(doc: Doc, links: list[Link]) -> None:
    """Build the claims of a Doc and store them on it, with the decisions behind them."""
    claims, text = build(doc, links), layout(doc).text
    why = [json.dumps([_decision(text, d) for d in link.decisions]) for link in links]
    store(doc, claims, {"decisions": why})


def _decision(text: str, made: Decision) -> dict[str, Any]:
    passage = text[made.start : made.end] if made.start is not None else None
    return {
        "slot": made.slot,
        "value": made.value,
        "rule": made.rule,
        "text": passage,
        "start": made.start,
        "end": made.end,
    }


def store(doc: Doc, claims: Iterable[Claim], more: dict[str, Any]) -> None:
    """Store claims on the Doc, each as JSON, which takes a third of the room; and further plain data."""
    claims = list(claims)
    spans = []
    for claim in claims:
        q = claim.quantity
        tokens = mentions.span(doc, Mention(q.start, q.end, "", ""))
        label = claim.harm.label if claim.harm else claim.unit
        spans.append(Span(doc, tokens.start, tokens.end, label=label))
    attrs = {"claims": [claim.model_dump_json() for claim in claims], **more}
    doc.spans[GROUP] = SpanGroup(doc, name=GROUP, attrs=attrs, spans=spans)


def read(doc: Doc) -> tuple[Claim, ...]:
    """Read the claims of a Doc; empty where the stage has not run."""
    if GROUP not in doc.spans:
        return ()
    rows = doc.spans[GROUP].attrs.get("claims", ())
    return tuple(Claim.model_validate_json(row) for row in rows)


def decisions(doc: Doc) -> list[list[dict[str, Any]]]:
    """Read, for each claim of a Doc, the decisions that made it."""
    return [json.loads(row) for row in stored_decisions(doc)]


def stored_decisions(doc: Doc) -> list[str]:
    """Give the decisions as they are stored: for each claim a list in JSON."""
    return list(doc.spans[GROUP].attrs.get("decisions", ())) if GROUP in doc.spans else []


def _ids(text: str, links: list[Link]) -> list[str]:
    digest = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
    found = []
    for link in links:
        q, harm = link.figure.quantity, link.figure.harm
        place = (q.start, q.end)
        found.append(
            claim_id(digest, place, link.figure.unit, link.figure.label, harm.start if harm else None)
        )
    return found


def _claim(text: str, link: Link, ids: list[str], i: int) -> dict[str, Any]:
    figure, setting = link.figure, link.setting
    q, harm = figure.quantity, figure.harm
    value = q.value
    return {
        "id": ids[i],
        "quantity": {
            **_span(text, q.start, q.end),
            "form": q.label,
            "qualifier": value["qualifier"],
            "low": value["low"],
            "high": value["high"],
            "best": value["best"],
        },
        "unit": figure.unit,
        "harm": {**_span(text, harm.start, harm.end), "label": figure.label} if harm else None,
        "victims": _victims(text, link),
        "scope": link.scope,
        "intent": link.intended.intent if link.intended else None,
        "cause": _labelled(text, setting.cause),
        "perpetrator": _span(text, setting.perpetrator.mention.start, setting.perpetrator.mention.end)
        if setting.perpetrator
        else None,
        "time": _time(text, setting.time),
        "places": [_place(text, place) for place in setting.places],
        "attribution": _attribution(text, link),
        "status": link.status.label if link.status else "asserted",
        "evidence": _span(text, *link.evidence),
        "part_of": ids[link.host] if link.host is not None and link.host != i else None,
        "incident": None,
        "confidence": None,
    }


def _span(text: str, start: int, end: int) -> dict[str, Any]:
    return {"text": text[start:end], "start": start, "end": end}


def _victims(text: str, link: Link) -> dict[str, Any] | None:
    who = link.victims
    if who is None:
        return None
    where: dict[str, Any] = {"text": None, "start": None, "end": None}
    if who.start is not None and who.end is not None:
        where = _span(text, who.start, who.end)
    return {**where, "category": who.category, "groups": list(who.groups)}


def _labelled(text: str, carried: Carried | None) -> dict[str, Any] | None:
    if carried is None:
        return None
    m = carried.mention
    return {**_span(text, m.start, m.end), "label": m.label}


def _time(text: str, carried: Carried | None) -> dict[str, Any] | None:
    if carried is None:
        return None
    m = carried.mention
    return {
        **_span(text, m.start, m.end),
        "earliest": m.value["earliest"],
        "latest": m.value["latest"],
        "grain": m.label,
        "basis": carried.basis,
        "ambiguous": m.value["ambiguous"],
    }


def _place(text: str, carried: Carried) -> dict[str, Any]:
    m = carried.mention
    known = {key: m.value[key] for key in ("name", "country", "geonameid", "lat", "lon")}
    return {**_span(text, m.start, m.end), "kind": m.label, **known, "basis": carried.basis}


def _attribution(text: str, link: Link) -> dict[str, Any] | None:
    m = link.attribution
    if m is None:
        return None
    return {
        "source": {**_span(text, m.start, m.end), "name": m.value["name"], "kind": m.label},
        "cue": _span(text, *m.value["cue"]),
        "form": link.form,
        "chain": [_span(text, *bounds) for bounds in m.value["chain"]],
    }
