"""Marks that came back from a tool, compared with the claims that went out: each difference is a judgement.

A claim whose figure came back as it was is accepted, one whose figure is gone is rejected, and one with
other passages or values is fixed. A figure that was not there before is a claim that a person added.
"""

from __future__ import annotations

from typing import Any

from casualty_extract.errors import InputError
from casualty_extract.numerals import read as read_number
from casualty_extract.records import Extraction
from casualty_extract.records_claims import Claim, claim_id
from casualty_extract.records_parts import Span
from casualty_extract.reviews_decisions import Judge, added_review, changes_only, review
from casualty_extract.reviews_marks import FIGURE, PLACES, Marking, Region, passages
from casualty_extract.reviews_records import Decision, Review, difference, problem_of
from casualty_extract.reviews_values import VALUES, told, values, with_values

__all__ = ["judge"]

_KINDS = {label: kind for kind, label in PLACES.items()}
_SINGLE = ("Harm", "Victims", "Cause", "Perpetrator", "Time", "Source", "Cue")
_DEFAULTS = {"unit": "people", "scope": "event", "status": "asserted", "qualifier": "exact"}


def judge(extraction: Extraction, text: str, marking: Marking, who: Judge) -> list[Review | InputError]:
    """Compare marks with the claims that they were made of.

    Args:
        extraction: the claims as they went out.
        text: their text.
        marking: the marks that came back.
        who: who made them.

    Returns:
        A review for each claim that went out and for each figure that came anew, or an `InputError` in the
        place of one whose marks make no claim.
    """
    figures = {region.id: region for region in marking.regions if region.label == FIGURE}
    others = {region.id: region for region in marking.regions if region.label != FIGURE}
    parts: dict[str, list[Region]] = {name: [] for name in figures}
    for pair in marking.links:
        # A person may draw a link from either end.
        for one, other in (pair, pair[::-1]):
            if one in figures and other in others and others[other] not in parts[one]:
                parts[one].append(others[other])
    # A form that lacks the fields of a kind is no sign that a person emptied them.
    shown = frozenset(
        v.kind.rstrip("s") for figure in figures.values() for v in VALUES if figure.values.get(v.name)
    )
    known = {claim.id for claim in extraction.claims}
    errors: list[InputError] = []
    added: dict[str, tuple[Claim, Region]] = {}
    for figure in figures.values():
        if figure.id in known:
            continue
        try:
            new = _added(extraction, text, figure, parts[figure.id])
            if new.id in added or new.id in figures:
                raise ValueError(
                    "there is such a claim already, of the same figure and the same word of harm"
                )
            added[new.id] = new, figure
        except ValueError as error:
            errors.append(_refused(extraction, figure, error))
    found: list[Review | InputError] = []
    for claim in extraction.claims:
        try:
            its, again = figures.get(claim.id), added.pop(claim.id, None)
            if its is None:
                found.append(_anew(extraction, claim, again, who))
                continue
            patch = _changes(claim, its, parts[claim.id], shown)
            decision: Decision = "fix" if patch else "accept"
            found.append(review(extraction, claim, who, decision, patch, note=its.note))
        except ValueError as error:
            found.append(_refused(extraction, figures.get(claim.id) or claim.quantity, error))
    found += [added_review(extraction, new, who, note=figure.note) for new, figure in added.values()]
    return [*found, *errors]


def _anew(extraction: Extraction, claim: Claim, again: tuple[Claim, Region] | None, who: Judge) -> Review:
    """Give the review of a claim whose figure was deleted: a rejection, unless it was marked anew."""
    if again is None:
        return review(extraction, claim, who, "reject")
    patch = difference(claim, again[0])
    return review(extraction, claim, who, "fix" if patch else "accept", patch, note=again[1].note)


def _refused(extraction: Extraction, figure: Region | Span, error: ValueError) -> InputError:
    span = figure.span if isinstance(figure, Region) else figure
    where = f"{span.text!r} at {span.start}:{span.end}"
    return InputError(
        f"the claim of {where}: {problem_of(error)}", file=f"document {extraction.document.id!r}"
    )


def _changes(claim: Claim, figure: Region, parts: list[Region], shown: frozenset[str]) -> dict[str, Any]:
    patch: dict[str, Any] = {}
    was = claim.quantity
    if (figure.span.start, figure.span.end) != (was.start, was.end):
        patch["quantity"] = _bounds(figure.span)
    before: dict[str, list[Span]] = {}
    for label, span in passages(claim):
        before.setdefault(label, []).append(span)
    now: dict[str, list[Span]] = {}
    for part in parts:
        now.setdefault(part.label, []).append(part.span)
    held = values(claim)
    for label in _SINGLE:
        old, new = before.get(label, []), now.get(label, [])
        if len(new) > 1:
            raise ValueError(f"{len(new)} passages are linked to it as {label}")
        if not _same(old, new) and label not in ("Source", "Cue"):
            patch[label.lower()] = _single(label, claim, new[0] if new else None, figure)
    _voices(claim, before, now, patch, figure)
    _where(claim, now, patch)
    given = figure.values
    missing = {v.name for v in VALUES if v.empty and v.kind.rstrip("s") in shown and held.get(v.name)} - set(
        given
    )
    changed = {name: got for name, got in given.items() if got != held.get(name, ())}
    changed |= dict.fromkeys(missing, ())
    with_values(patch, claim, {name: got for name, got in changed.items() if _stays(name, patch)})
    return changes_only(patch, claim)


def _stays(name: str, patch: dict[str, Any]) -> bool:
    """Tell whether the part that a value belongs to is still there."""
    part = next(v.path[0] for v in VALUES if v.name == name)
    return part not in patch or patch[part] is not None


def _bounds(span: Span) -> dict[str, Any]:
    return {"text": span.text, "start": span.start, "end": span.end}


def _single(label: str, claim: Claim, span: Span | None, figure: Region) -> dict[str, Any] | None:
    """Give a part that has another passage than before, or none."""
    name = label.lower()
    old = getattr(claim, name)
    if span is None:
        if label != "Victims":
            return None
        # Who was harmed may be known without words for them.
        return {"text": None, "start": None, "end": None}
    made = _bounds(span)
    if old is not None:
        return made
    if label in ("Harm", "Cause"):
        chosen = figure.values.get(name, ())
        if not chosen and label == "Harm":
            raise ValueError("a word of harm is linked to it, but no kind of harm is chosen")
        return {**made, "label": chosen[0] if chosen else "other"}
    if label == "Victims":
        category, groups = (figure.values.get(key, ()) for key in ("category", "groups"))
        return {**made, "category": category[0] if category else "unspecified", "groups": list(groups)}
    if label == "Time":
        days = {v.name: told(v, figure.values.get(v.name, ())) for v in VALUES if v.kind == "date"}
        grain = "day" if days["earliest"] == days["latest"] else "interval"
        return {**made, **days, "grain": grain, "basis": _basis(span, claim.evidence), "ambiguous": False}
    return made


def _voices(
    claim: Claim,
    before: dict[str, list[Span]],
    now: dict[str, list[Span]],
    patch: dict[str, Any],
    figure: Region,
) -> None:
    """Put what changed of the attribution into a patch."""
    names = ("Source", "Cue", "Via")
    if all(_same(before.get(name, []), now.get(name, [])) for name in names):
        return
    source, cue = (now.get(name, []) for name in ("Source", "Cue"))
    if not source and not cue:
        patch["attribution"] = None
        return
    if not source or not cue:
        raise ValueError(f"a source needs its cue, and {'the source' if cue else 'the cue'} alone is linked")
    old = claim.attribution
    chain = _in_order([(s.start, s.end) for s in before.get("Via", [])], now.get("Via", []))
    made: dict[str, Any] = {"cue": _bounds(cue[0]), "chain": [_bounds(s) for s in chain]}
    told_source = _bounds(source[0])
    if old is None:
        kind = figure.values.get("source_kind", ())
        told_source |= {"name": source[0].text, "kind": kind[0] if kind else "other"}
        made["form"] = "indirect"
    elif not (source[0].start < old.source.end and old.source.start < source[0].end):
        told_source["name"] = source[0].text
    patch["attribution"] = {"source": told_source, **made}


def _where(claim: Claim, now: dict[str, list[Span]], patch: dict[str, Any]) -> None:
    """Put the places into a patch if they changed: those known keep what is known of them."""
    linked = [(label, span) for label, spans in now.items() if label in _KINDS for span in spans]
    if {(label, s.start, s.end) for label, s in linked} == {
        (PLACES[p.kind], p.start, p.end) for p in claim.places
    }:
        return
    kinds = {(span.start, span.end): (label, span) for label, span in linked}
    known = [(place.start, place.end) for place in claim.places]
    if len(linked) > len(kinds):
        raise ValueError("one passage is linked to it as two kinds of place")
    found = []
    for span in _in_order(known, [span for _, span in kinds.values()]):
        bounds = (span.start, span.end)
        kind = _KINDS[kinds[bounds][0]]
        if bounds in known:
            place = claim.places[known.index(bounds)]
            found.append({**place.model_dump(mode="json"), "kind": kind})
        else:
            more = {"name": span.text, "country": None, "geonameid": None, "lat": None, "lon": None}
            found.append(
                {**_bounds(span), "kind": kind, **more, "basis": _basis(span, claim.evidence)},
            )
    patch["places"] = found


def _same(old: list[Span], new: list[Span]) -> bool:
    return {(s.start, s.end) for s in old} == {(s.start, s.end) for s in new}


def _in_order(known: list[tuple[int, int]], spans: list[Span]) -> list[Span]:
    """Put passages in the order in which they were known, new ones behind them in that of the text."""

    def place(span: Span) -> tuple[int, int]:
        bounds = (span.start, span.end)
        return (known.index(bounds), 0) if bounds in known else (len(known), span.start)

    return sorted(spans, key=place)


def _basis(span: Span, evidence: Span) -> str:
    return "sentence" if evidence.start <= span.start and span.end <= evidence.end else "context"


def _added(extraction: Extraction, text: str, figure: Region, parts: list[Region]) -> Claim:
    """Give the claim of a figure that a person marked."""
    given = {
        **{name: (word,) for name, word in _DEFAULTS.items()},
        **{k: v for k, v in figure.values.items() if v},
    }
    numbers = {v.name: told(v, given.get(v.name, ())) for v in VALUES if v.kind == "number"}
    if all(number is None for number in numbers.values()):
        read = read_number(figure.span.text)
        if read is None:
            raise ValueError("it was added without low, best or high")
        numbers = dict.fromkeys(numbers, read)
    unit = given["unit"][0]
    harms = [part.span for part in parts if part.label == "Harm"]
    if unit != "incidents" and not harms:
        raise ValueError("it was added without a link to its word of harm")
    label = given.get("harm", (None,))[0]
    if harms and label is None:
        raise ValueError("it was added without a kind of harm")
    bounds = (figure.span.start, figure.span.end)
    evidence = _sentence(extraction, text, figure.span)
    form = "numeral" if any(char.isdigit() for char in figure.span.text) else "word"
    data: dict[str, Any] = {
        "id": claim_id(extraction.document.sha256, bounds, unit, label, harms[0].start if harms else None),
        "quantity": {**_bounds(figure.span), "form": form, "qualifier": given["qualifier"][0], **numbers},
        "unit": unit,
        "scope": given["scope"][0],
        "status": given["status"][0],
        "intent": given.get("intent", (None,))[0],
        "harm": None,
        "victims": None,
        "places": [],
        "evidence": _bounds(evidence),
        **dict.fromkeys(("cause", "perpetrator", "time", "attribution", "part_of", "incident")),
    }
    bare = Claim.model_validate(data, strict=False)
    counts = {name: () if n is None else (str(n),) for name, n in numbers.items()}
    whole = Region(figure.id, FIGURE, figure.span, {**given, **counts})
    changes = _changes(bare, whole, parts, frozenset())
    if unit == "people" and "victims" not in changes:
        changes["victims"] = {
            "text": None,
            "start": None,
            "end": None,
            "category": "unspecified",
            "groups": [],
        }
    return Claim.model_validate({**data, **changes}, strict=False)


def _sentence(extraction: Extraction, text: str, figure: Span) -> Span:
    """Give the sentence of a figure: one that is known from other claims, else its paragraph."""
    for claim in extraction.claims:
        known = claim.evidence
        if known.start <= figure.start and figure.end <= known.end:
            return Span(text=known.text, start=known.start, end=known.end)
    start = max(text.rfind("\n", 0, figure.start), text.rfind("\r", 0, figure.start)) + 1
    ends = [i for i in (text.find("\n", figure.end), text.find("\r", figure.end)) if i >= 0]
    end = min(ends, default=len(text))
    while start < figure.start and text[start].isspace():
        start += 1
    while end > figure.end and text[end - 1].isspace():
        end -= 1
    return Span(text=text[start:end], start=start, end=end)
