"""The incidents of extractions as neutral rows, alone or linked, with what is left out counted by reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from casualty_extract.exports_figures import Vague
from casualty_extract.exports_rows import Row, Told, gather, read
from casualty_extract.linking_records import LinkedIncident
from casualty_extract.records import Extraction

__all__ = ["AGAIN", "MISSING", "Key", "members", "rows", "tellings"]

MISSING = "articles missing"
"""Why a linked incident has no row: extractions of its articles were not given."""
AGAIN = "given twice"

Key = tuple[str, str, date | None]
"""The ids of an article and of its incident, and the day of publication."""


def rows(
    extractions: Iterable[Extraction],
    linked: Iterable[LinkedIncident] | None,
    vague: Vague,
    left_out: Counter[str],
) -> Iterator[Row]:
    """Give a row an incident: of each article by itself, or of an archive where linked incidents are given.

    >>> from casualty_extract import extract
    >>> found = extract("A bomb killed 12 people in Mosul on Friday.", published="2017-09-03")
    >>> counts = Counter()
    >>> [row.where.name for row in rows([found, found], None, "keep", counts)], dict(counts)
    (['Mosul'], {'given twice': 1})

    Args:
        extractions: of articles.
        linked: the incidents that they were linked to.
        vague: what becomes of vague words.
        left_out: counts the incidents without a row, by reason.
    """
    if linked is None:
        return _alone(extractions, vague, left_out)
    return _linked(extractions, linked, vague, left_out)


def _alone(extractions: Iterable[Extraction], vague: Vague, left_out: Counter[str]) -> Iterator[Row]:
    seen: set[str] = set()
    for extraction in extractions:
        for told in read(extraction, vague):
            if told.id in seen:
                left_out[AGAIN] += 1
                continue
            seen.add(told.id)
            yield gather([told])


def _linked(
    extractions: Iterable[Extraction],
    incidents: Iterable[LinkedIncident],
    vague: Vague,
    left_out: Counter[str],
) -> Iterator[Row]:
    known = tellings(extractions, vague)
    for incident in incidents:
        found = members(known, incident)
        # Figures of some of the articles would pass for those of all.
        if len(found) < len(incident.members):
            left_out[MISSING] += 1
            continue
        yield gather(found, incident)


def tellings(extractions: Iterable[Extraction], vague: Vague = "keep") -> dict[Key, Told]:
    """Give what each article tells of each of its incidents.

    >>> from casualty_extract import extract
    >>> found = extract("A bomb killed 12 people.", published="2017-09-03")
    >>> tellings([found])[found.document.id, "i1", found.document.published].cause
    'bombing'

    Args:
        extractions: of articles; the first of those with one id and day counts.
        vague: what becomes of vague words.
    """
    known: dict[Key, Told] = {}
    for extraction in extractions:
        for told in read(extraction, vague):
            known.setdefault((*told.key, told.source.published), told)
    return known


def members(known: Mapping[Key, Told], incident: LinkedIncident) -> list[Told]:
    """Give what the articles of a linked incident tell of it, in their order; those that are not known are missing.

    Args:
        known: what `tellings` gave.
        incident: the incident.
    """
    found = (known.get((m.document, m.incident, m.published)) for m in incident.members)
    return [told for told in found if told is not None]
