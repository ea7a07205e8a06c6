"""To whom: which noun phrase names the people that a figure counts."""

from __future__ import annotations

import re
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
OF_WHOLE = re.compile(
    r"\s+of\s+(?:them|whom|these|those|the\s+(?:dead|killed|victims|casualties|fatalities|wounded|injured))"
    r"\s*,?\s+(?:(?:were|are|was|is)\s+)?(?:(?:the|a|an)\s+)?",
    re.IGNORECASE,
)
"""What stands between the figure of a part and what the part is."""
BEHIND_TOLL = 5
"""How many words behind "death toll" the noun of those counted stands at most: "the death toll among civilians"."""
BEFORE_PART = re.compile(r"\bof\s+whom\s+$", re.IGNORECASE)
BEING = re.compile(r"\s+(?:were|are|was|is)\s+(?:(?:the|a|an)\s+)?", re.IGNORECASE)
"""The same the other way round: "of whom four were children"."""
IS_PART = re.compile(r"\b(?:including|included|among\s+(?:them|whom))(?:\s+at\s+least)?\s+$", re.IGNORECASE)
"""What leads to the figure of a part."""
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
            or _of_part(text, figure, placed)
            or _beside_harm(text, figure, placed)
            or _beside_name(figure, placed, sentences)
        )
        if who is None and figure.rule == "toll":
            who = _of_toll(sentences, figure, placed)
        chosen.append(who or _from_before(i, figures, chosen, sentences))
    return chosen


def _is_part(text: str, figure: Figure) -> bool:
    q = figure.quantity
    start = (q.value.get("phrase") or (q.start, q.end))[0]
    return (
        OF_WHOLE.match(text, q.end) is not None
        or IS_PART.search(text[max(0, start - 40) : start]) is not None
    )


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
        if v.value.get("attributive") and v.start < harm.start and not _is_adjective(text, v):
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


def _of_part(text: str, figure: Figure, victims: Placed) -> Chosen | None:
    """ "18 dead, six of them civilians", "three of the dead were children"."""
    q = figure.quantity
    link = OF_WHOLE.match(text, q.end)
    if link is None and BEFORE_PART.search(text, max(0, q.start - 12), q.start):
        link = BEING.match(text, q.end)
    if link is None:
        return None
    told = next(iter(victims.starting(link.end(), link.end() + 1)), None)
    return _made(told, "noun of the part") if told is not None else None


def _of_toll(sentences: Sentences, figure: Figure, victims: Placed) -> Chosen | None:
    """ "the civilian death toll", "the number of children killed rose to"; not who puts the toll at so many."""
    harm, q = figure.harm, figure.quantity
    if harm is None:
        return None
    text = sentences.text
    # "A local official told Reuters. Police put the death toll at 23": no official is counted.
    first, _ = sentences.bounds(harm.start)
    near = [
        v
        for v in victims.starting(max(first, harm.start - 60), q.start + 1)
        if v.end <= q.start
        and COUNTING.isdisjoint(text[v.end : harm.start].split())
        and not _is_adjective(text, v)
        and len(text[harm.end : v.start].split()) <= BEHIND_TOLL
    ]
    if harm.start > q.end:
        # "brings to 23 the number of people killed"
        near = [v for v in victims.starting(q.end, harm.end + 1) if v.end - q.end <= 80]
    return _made(near[0], "noun of the toll") if near else None


def _is_adjective(text: str, v: Mention) -> bool:
    """Tell "the official death toll" from the death of an official."""
    return text[v.start : v.end].lower() == "official"


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
    k = i - 1
    while k and _is_part(sentences.text, figures[k]) and figures[k].unit == figure.unit:
        # "killing 52 people, including five children, and wounding 100": people.
        k -= 1
    before = figures[k]
    if before.quantity.start < sentences.bounds(q.start)[0] or before.unit != figure.unit:
        return NOBODY
    who = chosen[k]
    if who is None or before.quantity.label in {"name"}:
        return NOBODY
    return Chosen(
        who.category,
        who.groups if figure.host is None else (),
        "noun of the figure before",
        who.start,
        who.end,
    )
