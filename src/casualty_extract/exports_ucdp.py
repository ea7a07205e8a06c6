"""Rows in the columns of UCDP's Georeferenced Event Dataset (GED).

The columns and their order are the 49 of the GED's CSV, version 23.1. What the codes mean is told as in the GED codebook
(Högbladh, UCDP, Uppsala University; Sundberg and Melander 2013), by packages and notebooks that quote it:

- `date_prec`: 1 the day is known, 2 it is one of 2 to 6 days, 3 the week is known, 4 it is one of 8 to 30 days or the
  month is known, 5 it lies within more than a month and not more than a year.
- `where_prec`: 1 the exact place, a town or village too, 2 within about 25 kilometres of a known point, 3 the
  second-level region, 4 the first-level region, 5 a line or a vaguely bounded area, 6 the country, 7 international
  waters.

What needs UCDP's own judgement or lists is left empty: conflicts, dyads and sides with their numbers, the type of
violence, the clarity of the event, country numbers of Gleditsch and Ward, cells of PRIO-GRID.
"""

from __future__ import annotations

from collections.abc import Iterable

from casualty_extract.exports_figures import BestRule, Count, Part
from casualty_extract.exports_places import Level
from casualty_extract.exports_rows import Cell, Row, Source
from casualty_extract.lexicon.gazetteer.country_codes import codes

__all__ = ["COLUMNS", "OWN", "STANDARD", "cells", "refuses"]

STANDARD = (
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id", "conflict_new_id",
    "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name", "side_a_dset_id", "side_a_new_id", "side_a",
    "side_b_dset_id", "side_b_new_id", "side_b", "number_of_sources", "source_article", "source_office",
    "source_date", "source_headline", "source_original", "where_prec", "where_coordinates", "where_description",
    "adm_1", "adm_2", "latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region",
    "event_clarity", "date_prec", "date_start", "date_end", "deaths_a", "deaths_b", "deaths_civilians",
    "deaths_unknown", "best", "high", "low", "gwnoa", "gwnob",
)  # fmt: skip
OWN = (
    "best_rule", "vague_rule", "deaths_combatants", "deaths_police", "deaths_perpetrators", "cause", "perpetrator",
    "scope", "incident", "documents", "claims",
)  # fmt: skip
"""Columns of ours behind the standard ones."""
COLUMNS = STANDARD + OWN

WHERE: dict[Level, int] = {
    "spot": 1, "near": 2, "county": 3, "region": 4, "area": 5, "country": 6, "sea": 7,
}  # fmt: skip
WEEK, MONTH, YEAR = 7, 31, 366
KINDS: dict[str, Part] = {
    "deaths_civilians": "civilian",
    "deaths_combatants": "combatant",
    "deaths_police": "police",
    "deaths_perpetrators": "perpetrator",
}


def refuses(row: Row) -> str | None:
    """Tell why UCDP has no row of this kind; None where it can have one: violence in which somebody died."""
    if reason := row.why_no_violence:
        return reason
    killed = row.count("killed")
    if killed is None or not any((killed.low, killed.toll, killed.high)):
        return "nobody killed"
    return None


def cells(row: Row, rule: BestRule = "toll") -> dict[str, Cell]:
    """Give the filled cells of a row, by column.

    Args:
        row: the incident.
        rule: by which rule `best` is taken from the figures.
    """
    where, killed = row.where, row.count("killed")
    own = [source for source in row.sources if not source.copied]
    known = codes(where.country) if where.country else None
    best = killed.best(rule) if killed else None
    on_map = where.lat is not None and where.lon is not None
    return {
        "id": row.number,
        "year": row.first.year if row.first and row.last and row.first.year == row.last.year else None,
        "number_of_sources": len({source.document for source in own}),
        "source_article": ";".join(_article(source) for source in own),
        "source_office": _listed(source.outlet for source in own),
        "source_date": _listed(s.published.isoformat() if s.published else None for s in own),
        "source_headline": _listed(source.headline for source in own),
        "source_original": ";".join(row.voices) or None,
        "where_prec": WHERE[where.level] if where.level else None,
        "where_coordinates": where.name,
        "where_description": ", ".join(where.told) or None,
        "adm_1": where.region,
        "adm_2": where.county,
        "latitude": where.lat,
        "longitude": where.lon,
        "geom_wkt": f"POINT ({where.lon} {where.lat})" if on_map else None,
        "country": where.country_name,
        "region": known.region if known else None,
        "date_prec": _date_prec(row.days),
        "date_start": row.first,
        "date_end": row.last,
        **_deaths(row, best, rule),
        "best": best,
        "high": killed.high if killed else None,
        "low": killed.low if killed else None,
        "best_rule": rule if best is not None else None,
        "vague_rule": "acled" if row.settled else None,
        "cause": row.cause,
        "perpetrator": row.actor,
        "scope": row.scope,
        "incident": row.id,
        "documents": ";".join(dict.fromkeys(source.document for source in row.sources)),
        "claims": "; ".join(row.claims),
    }


def _article(source: Source) -> str:
    """One article as UCDP writes them: outlet, day and headline between quotation marks."""
    day = source.published.isoformat() if source.published else None
    told = (source.outlet or source.url or source.document, day, source.headline)
    return f'"{",".join(" ".join(part.split()) for part in told if part)}"'


def _listed(values: Iterable[str | None]) -> str | None:
    """A list in the order of the articles, with an empty place where one has no value."""
    told = [" ".join((value or "").replace(";", ",").split()) for value in values]
    return ";".join(told) if any(told) else None


def _date_prec(days: int | None) -> int | None:
    if days is None or days > YEAR:
        return None
    if days == 1:
        return 1
    return 2 if days < WEEK else 3 if days == WEEK else 4 if days <= MONTH else 5


def _deaths(row: Row, best: int | None, rule: BestRule) -> dict[str, int | None]:
    """The dead by kind, and those of whom no kind is told; none where they are more than all the dead."""
    counts: dict[str, Count] = {
        column: count for column, part in KINDS.items() if (count := row.count("killed", part)) is not None
    }
    told = {column: count.best(rule) for column, count in counts.items()}
    sizes = [n if n is not None else counts[column].low or 0 for column, n in told.items()]
    if best is not None and sum(sizes) > best:
        return {}
    unknown = None
    if best is not None and None not in told.values() and row.count("killed", "unspecified") is not None:
        unknown = best - sum(sizes)
    return {**told, "deaths_unknown": unknown}
