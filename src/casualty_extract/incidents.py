"""Claims to incidents: which claims tell of the same event, and what its toll is.

Two claims tell of the same event where nothing that both state contradicts it: time, place and cause.
A running total is an incident of its own. Tolls come from the claims of an incident that are not part
of another figure, by the rules named in `_toll`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Doc

from casualty_extract import claims as claim_stage
from casualty_extract.records import Claim, Incident, IncidentTime, Toll

__all__ = ["group", "read", "write"]

SURE = frozenset({"confirmed", "assessed", "asserted", "alleged"})
"""The statuses whose figures enter a toll: denied, doubtful and hypothetical ones do not."""


RECENT = 60
"""How many incidents back a claim may belong; it keeps a list of thousands of events linear."""


@dataclass(slots=True)
class _Event:
    claims: list[Claim] = field(default_factory=list)
    lone: bool = False


def write(doc: Doc) -> None:
    """Group the claims of a Doc and store them with their incidents."""
    found, incidents = group(claim_stage.read(doc))
    more = {
        "decisions": claim_stage.stored_decisions(doc),
        "incidents": [i.model_dump(mode="json") for i in incidents],
    }
    claim_stage.store(doc, found, more)


def read(doc: Doc) -> tuple[Incident, ...]:
    """Read the incidents of a Doc; empty where the stage has not run."""
    if claim_stage.GROUP not in doc.spans:
        return ()
    rows = doc.spans[claim_stage.GROUP].attrs.get("incidents", [])
    return tuple(Incident.model_validate(row, strict=False) for row in rows)


def group(claims: tuple[Claim, ...]) -> tuple[list[Claim], list[Incident]]:
    """Group claims into incidents.

    Args:
        claims: the claims of one article, in text order.

    Returns:
        The same claims with ``incident`` filled, and the incidents in order of their first claims.
    """
    events: list[_Event] = []
    home: dict[str, _Event] = {}
    for claim in claims:
        event = home.get(claim.part_of or "") or _home(claim, events)
        if event is None:
            event = _Event(lone=claim.scope == "cumulative")
            events.append(event)
        event.claims.append(claim)
        home[claim.id] = event
    named = {id(event): f"i{n}" for n, event in enumerate(events, 1)}
    totals = {claim_id: total for event in events for claim_id, total in _members(event)}
    filled = [
        c.model_copy(update={"incident": named[id(home[c.id])], "part_of": c.part_of or totals.get(c.id)})
        for c in claims
    ]
    by_id = {c.id: c for c in filled}
    for event in events:
        event.claims = [by_id[c.id] for c in event.claims]
    return filled, [_incident(named[id(event)], event) for event in events]


def _members(event: _Event) -> list[tuple[str, str]]:
    """Tie the single persons of an incident to its total: the named dead are among the nine dead."""
    found: list[tuple[str, str]] = []
    for harm in dict.fromkeys(c.harm.label for c in event.claims if c.harm):
        mine = [c for c in event.claims if c.harm and c.harm.label == harm and c.unit == "people"]
        # Attackers are told of apart: "two people were killed; the suspect was shot dead".
        persons = [
            c
            for c in mine
            if c.quantity.form in {"singular", "name"}
            and c.part_of is None
            and not (c.victims is not None and c.victims.category == "perpetrator")
        ]
        totals = [
            c
            for c in mine
            if c.quantity.form in {"numeral", "word"} and (c.quantity.best or 0) > 1 and c.part_of is None
        ]
        # The same person may be told of as "a man" and by name, so the two are not added up here.
        named = _persons([c for c in persons if c.quantity.form == "name"])
        least = max(named, sum(c.quantity.form == "singular" for c in persons))
        fitting = next((c for c in totals if least <= (c.quantity.best or 0)), None)
        if fitting is not None:
            # "six officers and a civilian": the civilian stands beside the six, not among them.
            beside = {c.evidence.start for c in totals}
            found += [
                (c.id, fitting.id)
                for c in persons
                if c.scope == "event" and (c.quantity.form == "name" or c.evidence.start not in beside)
            ]
    return found


def _home(claim: Claim, events: list[_Event]) -> _Event | None:
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
    if a.time and b.time and a.time.earliest and b.time.earliest:
        starts, ends = max(a.time.earliest, b.time.earliest), (a.time.latest, b.time.latest)
        if any(end is not None and starts > end for end in ends):
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


def _persons(claims: list[Claim]) -> int:
    """Count the people whom claims of single persons tell of: each name once, by its surname."""
    names = {c.quantity.text for c in claims if c.quantity.form == "name"}
    full = {name for name in names if " " in name}
    surnames = {name.split()[-1] for name in full}
    lone = {name for name in names - full if name not in surnames}
    return len(full) + len(lone) + sum(c.quantity.form == "singular" for c in claims)


def _incident(name: str, event: _Event) -> Incident:
    times = [c.time for c in event.claims if c.time and (c.time.earliest or c.time.latest)]
    starts = [t.earliest for t in times if t.earliest]
    ends = [t.latest for t in times if t.latest]
    causes = [c.cause.label for c in event.claims if c.cause]
    actors = [c.perpetrator.text for c in event.claims if c.perpetrator]
    places = list(dict.fromkeys(p.name for c in event.claims for p in c.places))
    return Incident(
        id=name,
        claims=tuple(c.id for c in event.claims),
        time=IncidentTime(earliest=min(starts, default=None), latest=max(ends, default=None))
        if times
        else None,
        places=tuple(places),
        cause=next((c for c in causes if c != "other"), causes[0] if causes else None),
        perpetrator=actors[0] if actors else None,
        tolls=tuple(_tolls(event.claims)),
    )


def _tolls(claims: list[Claim]) -> list[Toll]:
    counted: dict[tuple[str, str], list[Claim]] = {}
    for claim in claims:
        if claim.unit == "people" and claim.harm and claim.part_of is None and claim.status in SURE:
            category = claim.victims.category if claim.victims else "unspecified"
            counted.setdefault((claim.harm.label, category), []).append(claim)
    return [_toll(harm, category, found) for (harm, category), found in counted.items()]


def _toll(harm: str, category: str, claims: list[Claim]) -> Toll:
    """The least lower bound, the greatest upper bound, and the last best figure that lies between.

    Single persons are added up where nothing but single persons is counted: the text lists victims.
    An open upper bound leaves the toll's open.
    """
    totals = [c for c in claims if c.quantity.form not in {"singular", "name"}]
    if not totals:
        people = _persons(claims)
        return Toll.model_validate(
            {"harm": harm, "category": category, "low": people, "best": people, "high": people}
        )
    lows = [c.quantity.low for c in totals if c.quantity.low is not None]
    highs = [c.quantity.high for c in totals]
    bests = [c.quantity.best for c in totals if c.quantity.best is not None]
    closed = [h for h in highs if h is not None]
    high = max([*closed, *bests]) if closed and len(closed) == len(highs) else None
    low = min(lows, default=None)
    best = bests[-1] if bests else None
    if best is not None and low is not None:
        best = max(low, best)
    if high is not None and best is not None:
        high = max(high, best)
    return Toll.model_validate({"harm": harm, "category": category, "low": low, "best": best, "high": high})
