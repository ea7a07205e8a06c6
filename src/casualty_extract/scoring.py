"""How well extractions agree with a gold annotation, and what they must not contain.

A claim is *found* where a predicted figure overlaps a gold figure and harm and unit agree; each claim is
paired once at most. Slots are judged on found claims alone. The `not` passages of the gold (ages, sums of
money, distances) say which figures must not become claims. Gold is plain data, one dict an article, with
the field names of the records; only figures need offsets there, the other slots do with their texts.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import Any, get_args

from casualty_extract.records import Extraction, Status

__all__ = ["SLOTS", "USABLE", "Comparison", "Plain", "Score", "alike", "compare", "pair", "score"]

Plain = Mapping[str, Any]
"""A claim or an article as plain data."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """One article's claims beside its gold.

    Attributes:
        pairs: gold claims that were found, each with the claim that found it.
        missed: gold claims that were not.
        extra: claims that found nothing.
        forbidden: `not` passages of the gold that the figure of a claim touches.
        bad_spans: passages whose offsets do not give their text.
    """

    pairs: tuple[tuple[Plain, Plain], ...]
    missed: tuple[Plain, ...]
    extra: tuple[Plain, ...]
    forbidden: tuple[Plain, ...] = ()
    bad_spans: int = 0


@dataclass(frozen=True, slots=True)
class Score:
    """The sums over all gold articles.

    Attributes:
        articles: gold articles.
        gold: gold claims.
        predicted: claims of the extractions.
        found: gold claims that were found.
        precision: share of the predicted claims that found one; 0 where none was predicted.
        recall: share of the gold claims that were found; 0 where there is none.
        f1: harmonic mean of the two.
        usable: share of the gold claims that were found with every slot of `USABLE` right.
        slots: for each slot, the share of the found claims that have it right.
        stated: the same over the found claims whose gold fills the slot with more than its default, so
            that guessing nothing earns nothing; slots that no found claim fills so are not listed.
        statuses: F1 of each status among the found claims; one that neither gold nor claims have is not listed.
        links: F1 of the links "part_of" and "incident" between found claims; not listed without links.
        bad_spans: passages whose offsets do not give their text.
        forbidden: `not` passages that became figures.
    """

    articles: int
    gold: int
    predicted: int
    found: int
    precision: float
    recall: float
    f1: float
    usable: float
    slots: Mapping[str, float]
    stated: Mapping[str, float] = field(default_factory=dict)
    statuses: Mapping[str, float] = field(default_factory=dict)
    links: Mapping[str, float] = field(default_factory=dict)
    bad_spans: int = 0
    forbidden: int = 0


def score(gold: Iterable[Plain], extractions: Iterable[Extraction]) -> Score:
    """Score extractions against gold articles of the same ids.

    A gold article without an extraction counts as one without claims; an extraction without a gold
    article is left out.

    >>> from casualty_extract.records import Article, Document, Extraction
    >>> article = Article(id="a1", text="Police said 12 died.")
    >>> nothing = Extraction(document=Document.of(article), claims=(), incidents=())
    >>> figure = {"start": 12, "end": 14, "low": 12, "high": 12, "best": 12}
    >>> claim = {"id": "c1", "quantity": figure, "unit": "people", "harm": {"label": "killed"}}
    >>> result = score([{"id": "a1", "text": article.text, "claims": [claim]}], [nothing])
    >>> result.gold, result.predicted, result.f1
    (1, 0, 0.0)

    Args:
        gold: articles with "id", "text", "claims" and, where given, "not".
        extractions: what was made of them, in any order.

    Returns:
        the score of all gold articles together.
    """
    by_id = {extraction.document.id: extraction for extraction in extractions}
    return _sum([compare(article, by_id.get(article["id"])) for article in gold])


def compare(article: Plain, extraction: Extraction | None) -> Comparison:
    """Lay an article's claims beside its gold; all gold is missed where there is no extraction.

    >>> gold = {"id": "a1", "text": "12 died.", "claims": [{"quantity": {"start": 0, "end": 2}}]}
    >>> len(compare(gold, None).missed)
    1
    """
    if extraction is None:
        return Comparison((), tuple(article["claims"]), ())
    claims = extraction.to_dict()["claims"]
    return replace(
        pair(article["claims"], claims),
        forbidden=tuple(p for p in article.get("not", ()) if any(_overlap(p, c["quantity"]) for c in claims)),
        bad_spans=sum(article["text"][span.start : span.end] != span.text for span in extraction.spans()),
    )


def pair(gold: Sequence[Plain], predicted: Sequence[Plain]) -> Comparison:
    """Pair gold claims with predicted ones, one to one, best agreement first.

    >>> twelve = {"quantity": {"start": 0, "end": 2}, "harm": {"label": "killed"}}
    >>> thirty = {"quantity": {"start": 9, "end": 11}, "harm": {"label": "injured"}}
    >>> found = pair([twelve, thirty], [twelve])
    >>> len(found.pairs), found.missed == (thirty,), found.extra
    (1, True, ())
    """
    candidates = sorted(
        (-sum(SLOTS[slot](g, p) for slot in USABLE), i, j)
        for i, g in enumerate(gold)
        for j, p in enumerate(predicted)
        if _same_figure(g, p)
    )
    found: dict[int, int] = {}
    used: set[int] = set()
    for _, i, j in candidates:
        if i not in found and j not in used:
            found[i] = j
            used.add(j)
    return Comparison(
        pairs=tuple((gold[i], predicted[found[i]]) for i in sorted(found)),
        missed=tuple(g for i, g in enumerate(gold) if i not in found),
        extra=tuple(p for j, p in enumerate(predicted) if j not in used),
    )


def alike(gold: str | None, predicted: str | None) -> bool:
    """Tell whether two phrases name the same: both empty, or half of the shorter one's words shared.

    >>> alike("the Interior Ministry", "a spokesman for the Interior Ministry")
    True
    >>> alike("the Interior Ministry", None), alike(None, "")
    (False, True)
    """
    g, p = _words(gold), _words(predicted)
    if not g or not p:
        return not g and not p
    return len(g & p) / min(len(g), len(p)) >= 0.5


# --- slots ------------------------------------------------------------------------------------------


def _at(claim: Plain, path: str) -> Any:
    node: Any = claim
    for key in path.split("."):
        if not isinstance(node, Mapping):
            return None
        node = node.get(key)
    return node


def _same(path: str, default: Any = None) -> Callable[[Plain, Plain], bool]:
    return lambda g, p: (_at(g, path) or default) == (_at(p, path) or default)


def _figure(g: Plain, p: Plain) -> bool:
    # Compared as they are: 0 and null are two different bounds.
    return all(
        _at(g, f"quantity.{bound}") == _at(p, f"quantity.{bound}") for bound in ("low", "high", "best")
    )


def _groups(g: Plain, p: Plain) -> bool:
    return set(_at(g, "victims.groups") or ()) == set(_at(p, "victims.groups") or ())


def _source(g: Plain, p: Plain) -> bool:
    return any(alike(x, y) for x in _names(g) for y in _names(p))


def _names(claim: Plain) -> list[str | None]:
    both = (_at(claim, "attribution.source.text"), _at(claim, "attribution.source.name"))
    return [name for name in both if name] or [None]


def _time(g: Plain, p: Plain) -> bool:
    return _days(g) == _days(p)


def _days(claim: Plain) -> tuple[str | None, str | None]:
    return _at(claim, "time.earliest"), _at(claim, "time.latest")


def _time_overlaps(g: Plain, p: Plain) -> bool:
    (a, b), (c, d) = _days(g), _days(p)
    if not (a or b) or not (c or d):
        return not (a or b) and not (c or d)
    return (a or "0000") <= (d or "9999") and (c or "0000") <= (b or "9999")


def _place(g: Plain, p: Plain) -> bool:
    gold, found = g.get("places") or (), p.get("places") or ()
    if not gold:
        return not found
    first = gold[0]
    return any(alike(first.get(key), x.get(key)) for x in found for key in ("text", "name"))


def _country(g: Plain, p: Plain) -> bool:
    a, b = _countries(g), _countries(p)
    return a == b or bool(a & b)


def _countries(claim: Plain) -> set[str]:
    return {place["country"] for place in claim.get("places") or () if place.get("country")}


SLOTS: Mapping[str, Callable[[Plain, Plain], bool]] = {
    "quantity": _figure,
    "quantity.qualifier": _same("quantity.qualifier"),
    "victims.category": _same("victims.category", "unspecified"),
    "victims.groups": _groups,
    "scope": _same("scope"),
    "intent": _same("intent"),
    "cause": _same("cause.label"),
    "perpetrator": lambda g, p: alike(_at(g, "perpetrator.text"), _at(p, "perpetrator.text")),
    "time": _time,
    "time.overlaps": _time_overlaps,
    "places": _place,
    "places.country": _country,
    "attribution.source": _source,
    "attribution.source.kind": _same("attribution.source.kind"),
    "attribution.form": _same("attribution.form"),
    "status": _same("status"),
}
"""What is judged on a found claim: gold claim, predicted claim, is it right."""

USABLE = ("quantity", "victims.category", "time", "places.country", "attribution.source", "status")
"""The slots that must all be right for a claim that nobody would have to correct."""

_STATED: Mapping[str, Callable[[Plain], bool]] = {
    "scope": lambda g: g.get("scope") != "event",
    "intent": lambda g: bool(g.get("intent")),
    "cause": lambda g: bool(g.get("cause")),
    "perpetrator": lambda g: bool(g.get("perpetrator")),
    "time": lambda g: _days(g) != (None, None),
    "places": lambda g: bool(g.get("places")),
    "attribution.source": lambda g: _names(g) != [None],
    "status": lambda g: g.get("status") != "asserted",
}


def _same_figure(g: Plain, p: Plain) -> bool:
    return (
        _overlap(g["quantity"], p["quantity"])
        and _at(g, "harm.label") == _at(p, "harm.label")
        and g.get("unit", "people") == p.get("unit", "people")
    )


def _overlap(a: Plain, b: Plain) -> bool:
    return min(a["end"], b["end"]) > max(a["start"], b["start"])  # type: ignore[no-any-return]


def _words(text: str | None) -> set[str]:
    return set(re.findall(r"\w+", (text or "").lower())) - {"the", "a", "an", "of", "s"}


# --- sums -------------------------------------------------------------------------------------------


def _sum(comparisons: Sequence[Comparison]) -> Score:
    pairs = [both for comparison in comparisons for both in comparison.pairs]
    found = len(pairs)
    missed = sum(len(comparison.missed) for comparison in comparisons)
    extra = sum(len(comparison.extra) for comparison in comparisons)
    precision, recall, f1 = _rates(found, extra, missed)
    usable = sum(all(SLOTS[slot](g, p) for slot in USABLE) for g, p in pairs)
    stated = {slot: [(g, p) for g, p in pairs if fills(g)] for slot, fills in _STATED.items()}
    return Score(
        articles=len(comparisons),
        gold=found + missed,
        predicted=found + extra,
        found=found,
        precision=precision,
        recall=recall,
        f1=f1,
        usable=usable / (found + missed) if found + missed else 0.0,
        slots={slot: _share(slot, pairs) for slot in SLOTS},
        stated={slot: _share(slot, among) for slot, among in stated.items() if among},
        statuses=_statuses(pairs),
        links=_links(comparisons),
        bad_spans=sum(comparison.bad_spans for comparison in comparisons),
        forbidden=sum(len(comparison.forbidden) for comparison in comparisons),
    )


def _share(slot: str, pairs: Sequence[tuple[Plain, Plain]]) -> float:
    return sum(SLOTS[slot](g, p) for g, p in pairs) / len(pairs) if pairs else 0.0


def _statuses(pairs: Sequence[tuple[Plain, Plain]]) -> dict[str, float]:
    told = [(_at(g, "status") or "asserted", _at(p, "status") or "asserted") for g, p in pairs]
    found = {}
    for status in get_args(Status):
        right = sum(g == p == status for g, p in told)
        extra = sum(p == status != g for g, p in told)
        missed = sum(g == status != p for g, p in told)
        if right + extra + missed:
            found[status] = _rates(right, extra, missed)[2]
    return found


def _rates(right: int, extra: int, missed: int) -> tuple[float, float, float]:
    precision = right / (right + extra) if right + extra else 0.0
    recall = right / (right + missed) if right + missed else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return precision, recall, f1


def _links(comparisons: Iterable[Comparison]) -> dict[str, float]:
    """F1 of the links between found claims, told in the ids of the gold claims."""
    counts = {"part_of": [0, 0, 0], "incident": [0, 0, 0]}
    for comparison in comparisons:
        gold_id = {p.get("id"): g.get("id") for g, p in comparison.pairs}
        own_id = {g.get("id"): g.get("id") for g, _ in comparison.pairs}
        for kind, tell in (("part_of", _parts), ("incident", _mates)):
            gold = tell([g for g, _ in comparison.pairs], own_id)
            told = tell([p for _, p in comparison.pairs], gold_id)
            counts[kind][0] += len(gold & told)
            counts[kind][1] += len(told - gold)
            counts[kind][2] += len(gold - told)
    return {kind: _rates(*n)[2] for kind, n in counts.items() if any(n)}


def _parts(claims: Iterable[Plain], id_of: Mapping[Any, Any]) -> set[tuple[Any, Any]]:
    return {
        (id_of[c["id"]], id_of[c["part_of"]])
        for c in claims
        if c.get("part_of") in id_of and c.get("part_of")
    }


def _mates(claims: Iterable[Plain], id_of: Mapping[Any, Any]) -> set[tuple[Any, Any]]:
    groups: defaultdict[Any, list[Any]] = defaultdict(list)
    for claim in claims:
        if claim.get("incident") is not None:
            groups[claim["incident"]].append(id_of[claim["id"]])
    return {both for ids in groups.values() for both in combinations(sorted(ids), 2)}
