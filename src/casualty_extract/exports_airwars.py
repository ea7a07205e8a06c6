"""Rows in fields of Airwars' archive of civilian harm.

Airwars publishes no codebook of columns that we know of. The names are those of the fields of its public site: the incident
pages (code, date, location, strike type, grading, belligerents) and the data behind its maps (`unique_reference_code`,
`civilians_killed_min`, `militants_killed_max`, ...). An incident there is a moment in time and space with all claims of
harm to civilians attached (Airwars, methodology note of October 2023), so `sources` holds every claim.

The grading is an assessment over all sources and is left empty, and so are the statuses of strikes, the targets, the
infrastructure and known belligerents. Airwars takes people for civilians unless something tells otherwise; a row counts
as civilians only whom a text calls so, and has those of whom it tells nothing in columns of their own.
"""

from __future__ import annotations

from casualty_extract.exports_figures import Part
from casualty_extract.exports_places import Level
from casualty_extract.exports_rows import Cell, Row
from casualty_extract.records import CauseLabel

__all__ = ["COLUMNS", "OWN", "STANDARD", "cells", "refuses"]

STANDARD = (
    "unique_reference_code", "date", "date_end", "location_name", "region", "country", "latitude", "longitude",
    "geolocation_accuracy", "strike_status", "strike_type", "infrastructure", "civilian_harm_reported",
    "civilians_killed_min", "civilians_killed_max", "civilians_injured_min", "civilians_injured_max",
    "children_killed_min", "children_killed_max", "women_killed_min", "women_killed_max", "men_killed_min",
    "men_killed_max", "children_injured_min", "children_injured_max", "women_injured_min", "women_injured_max",
    "men_injured_min", "men_injured_max", "militants_killed_min", "militants_killed_max", "militants_injured_min",
    "militants_injured_max", "cause_of_death", "grading", "impact", "suspected_belligerents", "known_belligerents",
    "targeted_belligerents", "victims_named", "sources_count", "sources",
)  # fmt: skip
OWN = (
    "unspecified_killed_min", "unspecified_killed_max", "unspecified_injured_min", "unspecified_injured_max",
    "vague_rule", "cause", "scope", "documents",
)  # fmt: skip
"""Columns of ours behind those of Airwars."""
COLUMNS = STANDARD + OWN

ACCURACY: dict[Level, str] = {"county": "District", "region": "Province/governorate"}
STRIKES: frozenset[CauseLabel] = frozenset(
    {"airstrike", "drone", "shelling", "missile", "bombing", "landmine", "chemical"}
)
PEOPLE: dict[str, Part] = {
    "civilians": "civilian",
    "children": "children",
    "women": "women",
    "men": "men",
    "militants": "combatant",
    "unspecified": "unspecified",
}
HARMS = ("killed", "injured")
HARMFUL = frozenset({"killed", "injured", "casualties"})


def refuses(row: Row) -> str | None:
    """Tell why Airwars has no row of this kind; None where it can have one: people killed or hurt in a conflict."""
    if reason := row.why_no_violence:
        return reason
    return None if row.harms & HARMFUL else "nobody killed or injured"


def cells(row: Row) -> dict[str, Cell]:
    """Give the filled cells of a row, by column.

    Args:
        row: the incident.
    """
    where = row.where
    counts = {
        f"{people}_{harm}_{bound}": getattr(count, field)
        for people, part in PEOPLE.items()
        for harm in HARMS
        if (count := row.count(harm, part)) is not None
        for bound, field in (("min", "low"), ("max", "high"))
    }
    is_placed = where.level != "country"
    has_name = where.level not in {"country", "region"}
    return {
        "unique_reference_code": row.id,
        "date": row.first,
        "date_end": row.last if row.last != row.first else None,
        "location_name": where.name if has_name else None,
        "region": where.region,
        "country": where.country_name,
        "latitude": where.lat if is_placed else None,
        "longitude": where.lon if is_placed else None,
        "geolocation_accuracy": ACCURACY.get(where.level) if where.level else None,
        "strike_type": row.cause if row.cause in STRIKES else None,
        "civilian_harm_reported": "Yes" if _is_civilian_harm(row) else None,
        **counts,
        "suspected_belligerents": "; ".join(row.actors) or None,
        "victims_named": "; ".join(row.names) or None,
        "sources_count": len({source.document for source in row.sources if not source.copied}),
        "sources": "; ".join(row.claims),
        "vague_rule": "acled" if row.settled else None,
        "cause": row.cause,
        "scope": row.scope,
        "documents": ";".join(dict.fromkeys(source.document for source in row.sources)),
    }


def _is_civilian_harm(row: Row) -> bool:
    counts = [row.count(harm, "civilian") for harm in sorted(HARMFUL)]
    return any(count is not None and any((count.low, count.toll, count.high)) for count in counts)
