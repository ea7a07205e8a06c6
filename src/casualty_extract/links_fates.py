"""What became of the people counted, where the word beside the figure does not tell.

"Eight victims" take the harm of the event; a man who was "shot" and of whom the text says elsewhere
that he died was killed; "nine were assessed to be credible" counts reports of the harm that the
reports before were about; "cases" are infections only where the text speaks of a disease.
"""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Doc

from casualty_extract import mentions, syntax
from casualty_extract.links_figures import Figure
from casualty_extract.mentions import Mention

__all__ = ["settle"]

ASSESSED = frozenset(
    [
        "assessed",
        "determined",
        "deemed",
        "found",
        "judged",
        "credible",
        "non-credible",
        "duplicates",
        "closed",
        "open",
        "pending",
        "investigated",
        "reviewed",
        "received",
        "completed",
    ]
)


def settle(
    doc: Doc, figures: list[Figure], quantities: tuple[Mention, ...], causes: tuple[Mention, ...]
) -> list[Figure]:
    """Settle the labels and units of figures, and add the counted reports and incidents.

    Args:
        doc: tokens and sentences.
        figures: the figures that count a harm, in text order.
        quantities: the layer ``quantities``.
        causes: the layer ``causes``, for diseases and for the campaigns behind counted strikes.

    Returns:
        The figures in text order; hosts point into this list.
    """
    disease = any(c.label == "disease" for c in causes)
    kept: list[Figure | None] = [f if _sound(f, disease) else None for f in figures]
    kept = _events(kept)
    kept = _names(doc, kept)
    taken = {f.quantity.start for f in kept if f is not None}
    added = _counted(doc, [f for f in kept if f is not None], quantities, taken)
    return _renumber(kept, added)


def _sound(figure: Figure, disease: bool) -> bool:
    harm = figure.harm
    if harm is not None and harm.value["lemma"] == "case":
        return disease
    return True


def _events(figures: list[Figure | None]) -> list[Figure | None]:
    """Give "victims" the harm last told of before them, else the first one after."""
    settled: list[Figure | None] = []
    known = [f for f in figures if f is not None and f.harm is not None and not f.harm.value["weak"]]
    for figure in figures:
        if (
            figure is not None
            and figure.harm is not None
            and figure.harm.value["lemma"] in {"victim", "survivor"}
        ):
            if figure.harm.value["lemma"] == "survivor":
                settled.append(figure)
                continue
            before = [k for k in known if k.quantity.start < figure.quantity.start and k.unit == "people"]
            after = [k for k in known if k.quantity.start > figure.quantity.start and k.unit == "people"]
            deadly = [
                k for k in [*reversed(before), *after] if k.label in {"killed", "injured", "casualties"}
            ]
            figure = replace(figure, label=deadly[0].label if deadly else figure.label)
        settled.append(figure)
    return settled


def _names(doc: Doc, figures: list[Figure | None]) -> list[Figure | None]:
    """Give a person who was "shot" the fate that the text tells of the same name elsewhere."""
    fates: dict[str, str] = {}
    for figure in figures:
        if figure is not None and figure.quantity.label == "name" and figure.label in {"killed", "injured"}:
            surname = doc.text[figure.quantity.start : figure.quantity.end].split()[-1]
            if fates.get(surname) != "killed":
                fates[surname] = figure.label
    settled: list[Figure | None] = []
    for figure in figures:
        if figure is not None and figure.quantity.label == "name" and figure.label == "casualties":
            surname = doc.text[figure.quantity.start : figure.quantity.end].split()[-1]
            figure = replace(figure, label=fates.get(surname, figure.label))
        settled.append(figure)
    return settled


def _counted(
    doc: Doc, figures: list[Figure], quantities: tuple[Mention, ...], taken: set[int]
) -> list[Figure]:
    """Find counted reports of the harm told before, and counted strikes."""
    added: list[Figure] = []
    reports = [f for f in figures if f.unit == "reports"]
    for q in quantities:
        if q.start in taken or q.label in {"singular", "name"}:
            continue
        hint = q.value.get("unit_hint")
        span = mentions.span(doc, q)
        following = [t.lower_ for t in syntax.ahead(span[-1], 12)]
        known = [f for f in reports if f.quantity.start < q.start] or reports[:1]
        if hint == "reports" and known:
            added.append(Figure(q, known[-1].harm, "reports", "reports told of before", known[-1].label))
        elif (
            hint in {None, "people"}
            and known
            and ASSESSED & set(following[:8])
            and set(following[:3]) & {"were", "was", "are", "is", "of", "remain"}
        ):
            if abs(known[-1].quantity.start - q.start) < 900:
                added.append(Figure(q, known[-1].harm, "reports", "reports understood", known[-1].label))
        elif hint == "incidents" and figures:
            added.append(Figure(q, None, "incidents", "counted incidents", None))
    return added


def _renumber(kept: list[Figure | None], added: list[Figure]) -> list[Figure]:
    """Put all figures in text order and let hosts point to the new places."""
    old = [(i, f) for i, f in enumerate(kept) if f is not None]
    rows: list[tuple[int | None, Figure]] = [*old, *((None, f) for f in added)]
    rows.sort(key=lambda row: (row[1].quantity.start, row[1].quantity.end))
    place = {i: k for k, (i, _) in enumerate(rows) if i is not None}
    return [replace(f, host=place.get(f.host) if f.host is not None else None) for _, f in rows]
