"""To whom: which noun phrase names the people that a figure counts."""

from __future__ import annotations

from dataclasses import dataclass

from casualty_extract.links_figures import Figure
from casualty_extract.mentions import Mention, Placed
from casualty_extract.parsing import Sentences

__all__ = ["Chosen", "choose"]


@dataclass(frozen=True, slots=True)
class Chosen:
    """Who was harmed, and how that was told; without offsets where no noun names them."""

    category: str
    groups: tuple[str, ...]
    rule: str
    start: int | None = None
    end: int | None = None


COUNTING = frozenset(
    """put puts raised raises revised revises set gave gives reported reports lowered updated estimated
    estimates said says""".split()
)
"""What those do who count the dead."""
NOBODY = Chosen("unspecified", (), "no noun names them")


def choose(sentences: Sentences, figures: list[Figure], victims: tuple[Mention, ...]) -> list[Chosen | None]:
    """Choose the victims of each figure.

    Args:
        sentences: the text and its sentences.
        figures: the figures with their harms.
        victims: the layer ``victims``.

    Returns:
        One choice a figure; None for incidents.
    """
    text = sentences.text
    placed = Placed(victims)
    chosen: list[Chosen | None] = []
    for i, figure in enumerate(figures):
        if figure.unit == "incidents":
            chosen.append(None)
            continue
        who = (
            _in_phrase(figure, placed)
            or _beside_harm(text, figure, placed)
            or _beside_name(figure, placed, sentences)
        )
        if who is None and figure.rule == "toll":
            who = _of_toll(text, figure, placed)
        chosen.append(who or _from_before(i, figures, chosen, sentences))
    return chosen


def _made(m: Mention, rule: str) -> Chosen:
    return Chosen(m.label, tuple(m.value["groups"]), rule, m.start, m.end)


def _in_phrase(figure: Figure, victims: Placed) -> Chosen | None:
    q = figure.quantity
    lo, hi = q.value.get("phrase") or (q.start, q.end)
    inside = [
        v
        for v in victims.starting(lo, hi)
        if not (v.start >= q.start and v.end <= q.end and q.label == "name")
    ]
    if not inside:
        return None
    best = max(inside, key=lambda v: (v.label != "unspecified", v.end - v.start, -v.start))
    return _made(best, "noun of the figure")


def _beside_harm(text: str, figure: Figure, victims: Placed) -> Chosen | None:
    """ "civilian casualties", "reports of civilian deaths", "the deaths of 21 children"."""
    harm = figure.harm
    if harm is None or harm.value["part"] != "noun":
        return None
    if abs(harm.start - figure.quantity.start) > 500 and figure.unit == "people":
        return None
    for v in victims.ending(harm.start - 24, harm.start + 1):
        if v.value.get("attributive") and v.start < harm.start:
            return _made(v, "noun before the harm")
    if figure.rule == "head":
        after = [
            v
            for v in victims.starting(harm.end + 1, harm.end + 25)
            if text[harm.end : v.start].split()[:1] == ["of"]
        ]
        if after:
            return _made(after[0], "noun after the harm")
    return None


def _beside_name(figure: Figure, victims: Placed, sentences: Sentences) -> Chosen | None:
    """ "the reporter Michelle Low", "Ana Diaz, 30, a nurse,"."""
    q, text = figure.quantity, sentences.text
    if q.label not in {"name", "singular"}:
        return None
    # Who "say Diaz was killed" is not Diaz.
    before = [
        v
        for v in victims.ending(q.start - 8, q.start + 1)
        if not any(c.isalpha() for c in text[v.end : q.start].replace("named", ""))
    ]
    if q.label == "name" and before:
        return _made(before[-1], "noun before the name")
    _, end = sentences.bounds(q.start)
    after = victims.starting(q.end + 1, min(end, q.end + 40) + 1)
    if (
        q.label == "name"
        and after
        and text[q.end : after[0].start].lstrip().startswith(",")
        and "," not in text[after[0].start : after[0].end]
    ):
        between = text[q.end : after[0].start].replace(",", " ").split()
        if len(between) <= 4 and all(
            w.isdigit() or w in {"a", "an", "the", "and", "also"} or w.istitle() or "-" in w for w in between
        ):
            return _made(after[0], "noun after the name")
    return None


def _of_toll(text: str, figure: Figure, victims: Placed) -> Chosen | None:
    """ "the civilian death toll", "the number of children killed rose to"; not who puts the toll at so many."""
    harm, q = figure.harm, figure.quantity
    if harm is None:
        return None
    near = [
        v
        for v in victims.starting(harm.start - 60, q.start + 1)
        if v.end <= q.start and not COUNTING.issuperset(text[v.end : harm.start].split()[:1] or [""])
    ]
    if harm.start > q.end:
        # "brings to 23 the number of people killed"
        near = [v for v in victims.starting(q.end, harm.end + 1) if v.end - q.end <= 80]
    return _made(near[0], "noun of the toll") if near else None


def _from_before(i: int, figures: list[Figure], chosen: list[Chosen | None], sentences: Sentences) -> Chosen:
    """ "killed 13 soldiers and wounded 56 more": a bare number counts what the one before counts."""
    figure = figures[i]
    q = figure.quantity
    if figure.unit == "reports":
        # An article of "civilian casualty reports" calls them "reports" from then on.
        named = zip(reversed(figures[:i]), reversed(chosen), strict=True)
        told = (who for f, who in named if f.unit == "reports" and who is not None and who.start is not None)
        who = next(told, None)
        if who is not None:
            return Chosen(who.category, who.groups, "noun of the reports before", who.start, who.end)
    if q.label in {"name", "zero"} or i == 0 or figure.rule in {"toll", "head"}:
        return NOBODY
    before = figures[i - 1]
    if before.quantity.start < sentences.bounds(q.start)[0] or before.unit != figure.unit:
        return NOBODY
    who = chosen[i - 1]
    if who is None or before.quantity.label in {"name"}:
        return NOBODY
    return Chosen(
        who.category,
        who.groups if figure.host is None else (),
        "noun of the figure before",
        who.start,
        who.end,
    )
