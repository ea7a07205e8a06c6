"""Rows in the columns of ACLED, the Armed Conflict Location and Event Data.

The columns and their order are those since 20 March 2023, as ACLED's guide to the column changes and the codebook in
its R package acledR list them. What the codes mean, by ACLED's codebook:

- `time_precision`: 1 the day is known, 2 the week or a like period, 3 the month. `event_date` is the middle of the period.
- `geo_precision`: 1 the town, 2 a part of a region or a place near a town, 3 a larger region. ACLED places no event by
  its country alone, and neither does a row.
- `fatalities` is one number; ACLED takes the most conservative where sources differ (questions and answers on
  fatalities, 27 February 2023, updated 7 May 2024), hence the rule "lowest".

Actors stand as the text names them. Their types, associated actors, the target and the scale of sources are left to
a human, and so is the type of the event, unless the cause tells it for certain (`EVENTS`).
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import NamedTuple

from casualty_extract.exports_figures import BestRule
from casualty_extract.exports_places import Level
from casualty_extract.exports_rows import Cell, Row
from casualty_extract.lexicon.gazetteer.country_codes import codes
from casualty_extract.records import CauseLabel

__all__ = ["COLUMNS", "EVENTS", "OWN", "STANDARD", "cells", "refuses"]

STANDARD = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type", "actor1",
    "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting", "iso",
    "region", "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision", "source",
    "source_scale", "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip
OWN = ("best_rule", "vague_rule", "cause", "scope", "documents", "claims")
"""Columns of ours behind the standard ones."""
COLUMNS = STANDARD + OWN

REMOTE = "Explosions/Remote violence"
EVENTS: dict[CauseLabel, str | None] = {
    "airstrike": "Air/drone strike",
    "drone": "Air/drone strike",
    "shelling": "Shelling/artillery/missile attack",
    "missile": "Shelling/artillery/missile attack",
    "landmine": "Remote explosive/landmine/IED",
    "chemical": "Chemical weapon",
    "bombing": None,
}
"""The sub-event types of ACLED's codebook that a cause is always one of, all of them explosions or remote violence. A
bombing is one, and its words tell which; whether a shooting, a clash or a massacre is a battle, violence against
civilians or a crime depends on who did it to whom."""
SUICIDE = re.compile(r"\bsuicide\b", re.IGNORECASE)
PLANTED = re.compile(r"\b(?:car|truck|vehicle|motorcycle|roadside|planted|IEDs?|improvised)\b", re.IGNORECASE)

WHERE: dict[Level, int] = {"spot": 1, "near": 2, "county": 2, "region": 3, "area": 3}
WEEK, MONTH = 7, 31
VIOLENT = frozenset({"killed", "injured", "casualties", "abducted", "missing"})


class _Event(NamedTuple):
    disorder: str | None = None
    type: str | None = None
    sub: str | None = None


def refuses(row: Row) -> str | None:
    """Tell why ACLED has no row of this kind; None where it can have one: violence, deadly or not."""
    if reason := row.why_no_violence:
        return reason
    return None if row.harms & VIOLENT else "nobody harmed by violence"


def cells(row: Row, rule: BestRule = "lowest") -> dict[str, Cell]:
    """Give the filled cells of a row, by column.

    Args:
        row: the incident.
        rule: by which rule `fatalities` is taken from the figures.
    """
    day, precision = _day(row)
    event = _event(row)
    where, killed = row.where, row.count("killed")
    known = codes(where.country) if where.country else None
    fatalities = killed.best(rule) if killed else None
    is_placed = where.level != "country"
    return {
        "event_id_cnty": row.id,
        "event_date": day,
        "year": day.year if day else None,
        "time_precision": precision,
        "disorder_type": event.disorder,
        "event_type": event.type,
        "sub_event_type": event.sub,
        "actor1": row.actor,
        "civilian_targeting": "Civilian targeting" if row.aimed else None,
        "iso": known.numeric if known else None,
        "country": where.country_name,
        "admin1": where.region,
        "admin2": where.county,
        "location": where.name if is_placed else None,
        "latitude": where.lat if is_placed else None,
        "longitude": where.lon if is_placed else None,
        "geo_precision": WHERE.get(where.level) if where.level else None,
        "source": "; ".join(dict.fromkeys(s.outlet for s in row.sources if s.outlet)) or None,
        "notes": row.sentence,
        "fatalities": fatalities,
        "best_rule": rule if fatalities is not None else None,
        "vague_rule": "acled" if row.settled else None,
        "cause": row.cause,
        "scope": row.scope,
        "documents": ";".join(dict.fromkeys(source.document for source in row.sources)),
        "claims": "; ".join(row.claims),
    }


def _day(row: Row) -> tuple[date | None, int | None]:
    """The day, or the middle of the period; none where not even a month is known, or one of two days is meant."""
    if row.first is None or row.days is None or row.days > MONTH or row.two_days:
        return None, None
    precision = 1 if row.days == 1 else 2 if row.days <= WEEK else 3
    return row.first + timedelta(days=(row.days - 1) // 2), precision


def _event(row: Row) -> _Event:
    if row.cause is None or row.cause not in EVENTS:
        return _Event()
    sub = EVENTS[row.cause]
    if row.cause == "bombing":
        words = " ".join(row.cause_words)
        sub = "Suicide bomb" if SUICIDE.search(words) else None
        if sub is None and PLANTED.search(words):
            sub = "Remote explosive/landmine/IED"
    return _Event("Political violence", REMOTE, sub)
