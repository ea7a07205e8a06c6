"""Claims to incidents: which claims tell of the same event, and what its toll is.

Two claims tell of the same event where nothing that both state contradicts it: time, place and cause.
A running total is an incident of its own. Tolls come from the claims of an incident that are not part
of another figure, by the rules of the room `tolls`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from spacy.tokens import Doc

from casualty_extract import claims as claim_stage
from casualty_extract.confidence import rate
from casualty_extract.incidents_actors import RULE as ACTOR
from casualty_extract.incidents_actors import actors
from casualty_extract.incidents_places import RULE, spots
from casualty_extract.parts import find
from casualty_extract.parts_counts import DATED
from casualty_extract.parts_persons import again, members
from casualty_extract.parts_wholes import are_of_one_time, walls
from casualty_extract.parts_words import rows, tells_of_another
from casualty_extract.reading import layout
from casualty_extract.records import Claim, Incident, Place
from casualty_extract.records_parts import Span
from casualty_extract.revisions import superseded
from casualty_extract.tolls import incident

__all__ = ["Grouped", "group", "read", "write"]

MANY = 10
"""From how many people on the same figure is taken for the same toll, whatever its date."""
PERSON = "person of the event"
RECENT = 60
"""How many incidents back a claim may belong; it keeps a list of thousands of events linear."""


@dataclass(frozen=True, slots=True)
class Grouped:
    """The claims of an article in their incidents.

    Attributes:
        claims: the claims, in text order.
        incidents: the incidents, in order of their first claims.
        rules: for each claim that became a part here, by id, the rule that found its whole.
        spots: for each claim that was given finer places here, by id, those places.
        actors: for each claim that was given an actor here, by id, that actor.
    """

    claims: list[Claim]
    incidents: list[Incident]
    rules: dict[str, str]
    spots: dict[str, tuple[Place, ...]]
    actors: dict[str, Span]


@dataclass(slots=True)
class _Event:
    claims: list[Claim] = field(default_factory=list)
    lone: bool = False


def write(doc: Doc) -> None:
    """Group the claims of a Doc and store them with their incidents, each with how likely it is right."""
    grouped = group(layout(doc).text, claim_stage.read(doc))
    by_id = {claim.id: claim for claim in grouped.claims}
    decisions = claim_stage.stored_decisions(doc)
    for i, claim in enumerate(grouped.claims):
        if claim.id in grouped.rules and claim.part_of is not None:
            whole = by_id[claim.part_of].quantity
            part = _decision("part_of", "another figure", grouped.rules[claim.id], whole)
            decisions[i] = _with(decisions[i], [part])
        decisions[i] = _with(
            decisions[i], [_decision("places", p.name, RULE, p) for p in grouped.spots.get(claim.id, ())]
        )
        actor = grouped.actors.get(claim.id)
        if actor is not None:
            decisions[i] = _with(decisions[i], [_decision("perpetrator", "perpetrator", ACTOR, actor)])
    sure = rate(grouped.claims, [json.loads(row) for row in decisions])
    rated = [c.model_copy(update={"confidence": p}) for c, p in zip(grouped.claims, sure, strict=True)]
    more = {"decisions": decisions, "incidents": [i.model_dump(mode="json") for i in grouped.incidents]}
    claim_stage.store(doc, rated, more)


def _with(decisions: str, more: list[dict[str, object]]) -> str:
    """Add to the stored decisions of a claim those that no link made."""
    return json.dumps([*json.loads(decisions), *more]) if more else decisions


def _decision(slot: str, value: str, rule: str, passage: Span) -> dict[str, object]:
    made = {"slot": slot, "value": value, "rule": rule}
    return {**made, **passage.model_dump(include={"text", "start", "end"})}


def read(doc: Doc) -> tuple[Incident, ...]:
    """Read the incidents of a Doc; empty where the stage has not run."""
    if claim_stage.GROUP not in doc.spans:
        return ()
    rows = doc.spans[claim_stage.GROUP].attrs.get("incidents", [])
    return tuple(Incident.model_validate(row, strict=False) for row in rows)


def group(text: str, claims: tuple[Claim, ...]) -> Grouped:
    """Group claims into incidents.

    Args:
        text: the article.
        claims: its claims, in text order.

    Returns:
        The same claims with ``incident`` and ``part_of`` filled, and the incidents in order of their first
        claims.
    """
    found = find(text, claims)
    linked = {c.id for c in claims if c.part_of}
    same = again(claims)
    claims = tuple(
        c.model_copy(update={"part_of": found[c.id].whole if c.id in found else None}) for c in claims
    )
    events: list[_Event] = []
    home: dict[str, _Event] = {}
    told: dict[tuple[str, str | None, int | None], Claim] = {}
    new = {row.claim.id for row in rows(text, claims) if tells_of_another(row)}
    # The others of a list with a name told of before belong to its event too: one word tells of their harm.
    lists = {_word(c): same[c.id] for c in claims if c.id in same}
    for claim in claims:
        event = home.get(same.get(claim.id, lists.get(_word(claim), "")))
        if event is None and claim.part_of and not (claim.id in found and found[claim.id].rule == DATED):
            event = home.get(claim.part_of)
        if event is None or (event.lone and claim.scope != "cumulative"):
            # An event of a period is no part of the incident that stands for the period.
            before = told.get(_figure(claim))
            if before is not None and _is_told_again(before, claim):
                event = home[before.id]
            else:
                event = _home(claim, events, new)
        if event is None:
            event = _Event(lone=claim.scope == "cumulative")
            events.append(event)
        event.claims.append(claim)
        home[claim.id] = event
        told[_figure(claim)] = claim
    named = {id(event): f"i{n}" for n, event in enumerate(events, 1)}
    whole = {c.id: c.part_of for c in claims if c.part_of}
    turned = walls(text, claims)
    for event in events:
        firsts = [c for c in event.claims if c.id not in same]
        whole |= members(firsts, turned)
    for later, first in same.items():
        if later not in whole and first in whole:
            whole[later] = _root(first, whole)
    finer = {claim: places for event in events for claim, places in spots(event.claims).items()}
    known = {claim: who for event in events for claim, who in actors(event.claims, same).items()}
    filled = [
        c.model_copy(
            update={
                "incident": named[id(home[c.id])],
                "part_of": whole.get(c.id),
                "places": (*finer.get(c.id, ()), *c.places),
                "perpetrator": known.get(c.id, c.perpetrator),
            }
        )
        for c in claims
    ]
    newer = superseded(text, filled)
    filled = [c.model_copy(update={"superseded_by": newer[c.id]}) if c.id in newer else c for c in filled]
    by_id = {c.id: c for c in filled}
    for event in events:
        event.claims = [by_id[c.id] for c in event.claims]
    rules = {c: found[c].rule if c in found else PERSON for c in whole if c not in linked}
    return Grouped(
        filled, [incident(named[id(event)], event.claims) for event in events], rules, finer, known
    )


def _word(claim: Claim) -> tuple[int, int | None]:
    return claim.evidence.start, claim.harm.start if claim.harm else None


def _root(claim_id: str, whole: dict[str, str]) -> str:
    while claim_id in whole:
        claim_id = whole[claim_id]
    return claim_id


def _figure(claim: Claim) -> tuple[str, str | None, int | None]:
    return claim.unit, claim.harm.label if claim.harm else None, claim.quantity.best


def _is_told_again(before: Claim, claim: Claim) -> bool:
    """Tell whether a figure is that of an event told of before: a toll of many is hardly that of two events."""
    best = claim.quantity.best
    if claim.unit != "people" or "cumulative" in {before.scope, claim.scope} or best is None or best < 2:
        return False
    mine, theirs = {p.country for p in claim.places}, {p.country for p in before.places}
    return _agrees(before, claim) or (best >= MANY and (not mine or not theirs or bool(mine & theirs)))


def _home(claim: Claim, events: list[_Event], new: set[str]) -> _Event | None:
    if claim.id in new and events:
        last = events[-1].claims[-1]
        # "Another bomb killed three and wounded 40": both of the sentence are of the one new event.
        joined = last.evidence == claim.evidence and last.id in new
        if not joined and _word(last) != _word(claim):
            return None
    for event in events[: -RECENT - 1 : -1]:
        if _same_event(claim, event):
            return event
    return None


def _same_event(claim: Claim, event: _Event) -> bool:
    if event.lone or claim.scope == "cumulative":
        # A running total is repeated with the same figure in headline and text.
        return event.lone and claim.scope == "cumulative" and _repeats(claim, event.claims[0])
    last = event.claims[-1]
    if claim.evidence == last.evidence and _agrees(claim, last):
        return True
    return all(_agrees(claim, other) for other in event.claims[-3:])


def _repeats(a: Claim, b: Claim) -> bool:
    return (a.unit, a.quantity.best, a.harm and a.harm.label) == (
        b.unit,
        b.quantity.best,
        b.harm and b.harm.label,
    )


def _agrees(a: Claim, b: Claim) -> bool:
    if not are_of_one_time(a, b):
        return False
    if a.places and b.places:
        mine, theirs = {p.name for p in a.places}, {p.name for p in b.places}
        if not mine & theirs and a.places[0].country != b.places[0].country:
            return False
        if not mine & theirs and a.places[0].kind == b.places[0].kind == "city":
            return False
    if a.cause and b.cause and a.cause.label != b.cause.label:
        return "other" in {a.cause.label, b.cause.label} or a.evidence == b.evidence
    return True
