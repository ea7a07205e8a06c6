"""JSON Lines with labelled passages, as Prodigy and doccano take them: out only."""

from __future__ import annotations

from typing import Any

from casualty_extract.records import Extraction
from casualty_extract.reviews_marks import Marking, mark

__all__ = ["doccano", "prodigy"]


def prodigy(extraction: Extraction, text: str) -> dict[str, Any]:
    """Give the line of an extraction for Prodigy.

    >>> from casualty_extract import extract
    >>> text = "Gunmen killed 12 people."
    >>> prodigy(extract(text), text)["spans"][0]
    {'start': 0, 'end': 6, 'label': 'Perpetrator'}

    Args:
        extraction: the claims.
        text: their text.

    Raises:
        AnchorError: the claims are of another text.
    """
    spans = [
        {"start": region.span.start, "end": region.span.end, "label": region.label}
        for region in mark(extraction, text).regions
    ]
    return {"text": text, "spans": spans, "meta": _meta(extraction)}


def doccano(extraction: Extraction, text: str) -> dict[str, Any]:
    """Give the line of an extraction for doccano, with links as relations.

    >>> from casualty_extract import extract
    >>> text = "Gunmen killed 12 people."
    >>> doccano(extract(text), text)["entities"][0]
    {'id': 1, 'label': 'Perpetrator', 'start_offset': 0, 'end_offset': 6}

    Args:
        extraction: the claims.
        text: their text.

    Raises:
        AnchorError: the claims are of another text.
    """
    marking = mark(extraction, text)
    numbers = _numbers(marking)
    entities = [
        {
            "id": numbers[region.id],
            "label": region.label,
            "start_offset": region.span.start,
            "end_offset": region.span.end,
        }
        for region in marking.regions
    ]
    relations = [
        {"id": n, "from_id": numbers[one], "to_id": numbers[other], "type": "Part"}
        for n, (one, other) in enumerate(marking.links, start=1)
    ]
    return {"text": text, "entities": entities, "relations": relations, **_meta(extraction)}


def _numbers(marking: Marking) -> dict[str, int]:
    return {region.id: n for n, region in enumerate(marking.regions, start=1)}


def _meta(extraction: Extraction) -> dict[str, str]:
    return {"document": extraction.document.id, "sha256": extraction.document.sha256}
