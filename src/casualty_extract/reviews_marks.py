"""Claims as marks on a text, as tools for annotation know them: regions with labels, and links between them.

Each claim is a region of its figure, which carries the claim's values and is linked to the regions of its
other passages. Claims share the region of a passage that both have. `reviews_judgements` goes the way back.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from casualty_extract.errors import AnchorError
from casualty_extract.records import Extraction
from casualty_extract.records_claims import Claim
from casualty_extract.records_parts import Span
from casualty_extract.reviews_values import Values, values

__all__ = ["FIGURE", "LABELS", "PLACES", "Marking", "Region", "check_text", "mark", "passages"]

FIGURE = "Figure"
PLACES = {"country": "Country", "region": "Region", "city": "City", "site": "Site"}
"""The labels of places, by their kinds."""
LABELS = (FIGURE, "Harm", "Victims", "Cause", "Perpetrator", "Time", *PLACES.values(), "Source", "Cue", "Via")
"""The labels of regions. `Via` marks whom a source has a figure from."""


@dataclass(frozen=True, slots=True)
class Region:
    """A marked passage.

    Attributes:
        id: of a figure as it was written the claim's id; else any name that no other region has.
        label: one of `LABELS`.
        span: the passage.
        values: of a figure, the claim's values; empty for other regions.
        note: of a figure, what a reviewer remarked.
    """

    id: str
    label: str
    span: Span
    values: Values = field(default_factory=dict)
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Marking:
    """The marks on one text.

    Attributes:
        regions: the regions.
        links: pairs of ids: a figure, and a passage of its claim.
    """

    regions: tuple[Region, ...]
    links: tuple[tuple[str, str], ...]


def check_text(extraction: Extraction, text: str) -> None:
    """Hold that every passage of an extraction stands in a text.

    Raises:
        AnchorError: one does not.
    """
    for span in extraction.spans():
        if text[span.start : span.end] != span.text:
            problem = (
                f"{span.text[:60]!r} does not stand at {span.start}:{span.end} of the text that was given"
            )
            raise AnchorError(problem, document=extraction.document.id)


def passages(claim: Claim) -> Iterator[tuple[str, Span]]:
    """Yield the passages of a claim but the figure and the sentence, with their labels, in the order of the fields.

    >>> from casualty_extract import extract
    >>> [claim] = extract("Gunmen killed 12 people in Mosul, police said.").claims
    >>> [(label, span.text) for label, span in passages(claim)][:2]
    [('Harm', 'killed'), ('Victims', 'people')]
    """
    if claim.harm:
        yield "Harm", claim.harm
    who = claim.victims
    if who and who.text is not None and who.start is not None and who.end is not None:
        yield "Victims", Span(text=who.text, start=who.start, end=who.end)
    if claim.cause:
        yield "Cause", claim.cause
    if claim.perpetrator:
        yield "Perpetrator", claim.perpetrator
    if claim.time:
        yield "Time", claim.time
    for place in claim.places:
        yield PLACES[place.kind], place
    if claim.attribution:
        yield "Source", claim.attribution.source
        yield "Cue", claim.attribution.cue
        for source in claim.attribution.chain:
            yield "Via", source


def mark(extraction: Extraction, text: str) -> Marking:
    """Mark the claims of an extraction on its text.

    >>> from casualty_extract import extract
    >>> text = "Gunmen killed 12 people and wounded three."
    >>> marking = mark(extract(text), text)
    >>> [(region.label, region.span.text) for region in marking.regions]
    [('Perpetrator', 'Gunmen'), ('Harm', 'killed'), ('Figure', '12'), ('Victims', 'people'), ('Harm', 'wounded'), ('Figure', 'three')]

    Args:
        extraction: the claims.
        text: the text that their offsets count in.

    Raises:
        AnchorError: they are of another text.
    """
    check_text(extraction, text)
    regions: dict[str, Region] = {}
    links: dict[tuple[str, str], None] = {}
    for claim in extraction.claims:
        figure = Span(text=claim.quantity.text, start=claim.quantity.start, end=claim.quantity.end)
        regions[claim.id] = Region(claim.id, FIGURE, figure, values(claim))
        for label, span in passages(claim):
            name = f"{label.lower()}-{span.start}-{span.end}"
            bare = Span(text=span.text, start=span.start, end=span.end)
            regions.setdefault(name, Region(name, label, bare))
            links[claim.id, name] = None
    ordered = sorted(regions.values(), key=lambda r: (r.span.start, r.span.end, LABELS.index(r.label), r.id))
    return Marking(tuple(ordered), tuple(links))
