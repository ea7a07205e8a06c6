"""Rows for the Humanitarian Exchange Language (HXL): a row of hashtags below the head row.

Hashtags and attributes are those of the HXL 1.1 dictionary (hxlstandard.org) and of OCHA's own datasets on HDX, which tag
UCDP's and ACLED's deaths as `#affected+killed`. HXL has no tag for a best number among several: `+min` and `+max` are the
bounds, and the tag without them is filled only where the two are one.
"""

from __future__ import annotations

from casualty_extract.exports_figures import Part
from casualty_extract.exports_rows import ACCIDENTS, DISASTERS, HEALTH, VIOLENCE, Cell, Row
from casualty_extract.lexicon.gazetteer.country_codes import codes

__all__ = ["COLUMNS", "HEADINGS", "cells", "refuses"]

HARMS = (
    "killed", "injured", "casualties", "missing", "displaced", "abducted", "detained", "trapped", "infected", "rescued",
)  # fmt: skip
KINDS: dict[str, Part] = {"civilians": "civilian", "children": "children"}
"""The kinds of people that have columns of their own, for the killed and the injured."""
BY_KIND = ("killed", "injured")

_FIRST = {
    "#event+code": "Incident",
    "#event+type": "Kind of event",
    "#cause+type": "Cause",
    "#date+occurred": "Date",
    "#date+start": "First day",
    "#date+end": "Last day",
    "#loc+name": "Place",
    "#loc+type": "Kind of place",
    "#geo+lat": "Latitude",
    "#geo+lon": "Longitude",
    "#adm2+name": "Second-level region",
    "#adm1+name": "First-level region",
    "#country+name": "Country",
    "#country+code+v_iso3": "Country code",
}
_LAST = {
    "#group+name+suspected": "Suspected perpetrators",
    "#description": "First sentence",
    "#meta+source": "Outlets",
    "#meta+source+original": "Sources of the figures",
    "#meta+url": "Addresses",
    "#date+reported": "First published",
    "#meta+scope": "Scope",
    "#meta+vague+rule": "Rule for vague words",
    "#meta+documents": "Documents",
    "#meta+claims": "Claims with status and source",
}


def _counted() -> dict[str, str]:
    found: dict[str, str] = {}
    for harm in HARMS:
        kinds = ("", *KINDS) if harm in BY_KIND else ("",)
        for kind in kinds:
            tag = f"#affected+{harm}" + (f"+{kind}" if kind else "")
            head = f"{harm.capitalize()}" + (f", {kind}" if kind else "")
            found |= {tag: head, f"{tag}+min": f"{head}, at least", f"{tag}+max": f"{head}, at most"}
    return found


HEADINGS = {**_FIRST, **_counted(), **_LAST}
"""The words of the head row, by hashtag."""
COLUMNS = tuple(HEADINGS)


def refuses(row: Row) -> str | None:
    """Tell why a row would mislead; None where it would not. HXL is for disasters and violence alike."""
    if reason := row.why_no_event:
        return reason
    return None if row.harms else "no people counted"


def cells(row: Row) -> dict[str, Cell]:
    """Give the filled cells of a row, by hashtag.

    Args:
        row: the incident.
    """
    where = row.where
    known = codes(where.country) if where.country else None
    days = [source.published for source in row.sources if source.published]
    outlets = dict.fromkeys(source.outlet for source in row.sources if source.outlet)
    return {
        "#event+code": row.id,
        "#event+type": _kind(row),
        "#cause+type": row.cause,
        "#date+occurred": row.first if row.first == row.last else None,
        "#date+start": row.first,
        "#date+end": row.last,
        "#loc+name": where.name,
        "#loc+type": where.kind,
        "#geo+lat": where.lat,
        "#geo+lon": where.lon,
        "#adm2+name": where.county,
        "#adm1+name": where.region,
        "#country+name": where.country_name,
        "#country+code+v_iso3": known.iso3 if known else None,
        **_affected(row),
        "#group+name+suspected": "; ".join(row.actors) or None,
        "#description": row.sentence,
        "#meta+source": "; ".join(outlets) or None,
        "#meta+source+original": "; ".join(row.voices) or None,
        "#meta+url": " ".join(dict.fromkeys(s.url for s in row.sources if s.url)) or None,
        "#date+reported": min(days, default=None),
        "#meta+scope": row.scope,
        "#meta+vague+rule": "acled" if row.settled else None,
        "#meta+documents": ";".join(dict.fromkeys(source.document for source in row.sources)),
        "#meta+claims": "; ".join(row.claims),
    }


def _affected(row: Row) -> dict[str, int | None]:
    found: dict[str, int | None] = {}
    for harm in HARMS:
        kinds: dict[str, Part] = {"": "all", **(KINDS if harm in BY_KIND else {})}
        for kind, part in kinds.items():
            count = row.count(harm, part)
            if count is not None:
                tag = f"#affected+{harm}" + (f"+{kind}" if kind else "")
                found |= {f"{tag}+min": count.low, f"{tag}+max": count.high}
                found[tag] = count.low if count.low == count.high else None
    return found


def _kind(row: Row) -> str | None:
    """The kind of a cause, as the documentation of claims sorts them; none for explosions of which nothing is known."""
    kinds = {"disaster": DISASTERS, "health": HEALTH, "accident": ACCIDENTS, "violence": VIOLENCE}
    found = next((kind for kind, causes in kinds.items() if row.cause in causes), None)
    # "Rebels set a house on fire": it is no accident, and what else it is is not told.
    return None if found == "accident" and not row.is_no_violence else found
