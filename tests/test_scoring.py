"""Scoring: which claims count as found, which slots as right, and how the sums come about."""

from __future__ import annotations

import json
from typing import Any

import pytest

from casualty_extract.records import Extraction
from casualty_extract.scoring import SLOTS, USABLE, _statuses, alike, compare, pair, score
from test_fixtures import ARTICLES, as_extraction

DIED = {
    "id": "c1",
    "quantity": {"start": 12, "end": 14, "low": 12, "high": 12, "best": 12, "qualifier": "exact"},
    "unit": "people",
    "harm": {"label": "killed"},
    "victims": {"text": "people", "category": "unspecified", "groups": []},
    "scope": "event",
    "intent": None,
    "cause": {"label": "bombing"},
    "perpetrator": {"text": "the Red Brigade"},
    "time": {"earliest": "2019-11-11", "latest": "2019-11-11"},
    "places": [{"text": "Arda", "name": "Arda", "country": "BG"}],
    "attribution": {
        "source": {"text": "Police", "name": "Arda police", "kind": "police"},
        "form": "indirect",
    },
    "status": "asserted",
    "part_of": None,
    "incident": "i1",
}
HURT = {
    **DIED,
    "id": "c2",
    "quantity": {"start": 31, "end": 33, "low": 30, "high": 30, "best": 30, "qualifier": "exact"},
    "harm": {"label": "injured"},
}


def changed(path: str, value: object, claim: dict[str, Any] = DIED) -> dict[str, Any]:
    """Copy a claim with one value set, by its dotted path."""
    copy: dict[str, Any] = json.loads(json.dumps(claim))
    *parents, last = path.split(".")
    node = copy
    for key in parents:
        node = node[int(key)] if isinstance(node, list) else node[key]
    node[last] = value
    return copy


@pytest.mark.parametrize(
    ("path", "value", "found"),
    [
        ("quantity.start", 9, True),
        ("quantity.end", 13, True),
        ("quantity.end", 21, True),
        ("quantity", {"start": 14, "end": 21}, False),
        ("quantity", {"start": 5, "end": 12}, False),
        ("harm.label", "injured", False),
        ("harm", None, False),
        ("unit", "reports", False),
        ("unit", "people", True),
        ("status", "denied", True),
        ("places", [], True),
    ],
)
def test_pairing(path: str, value: object, found: bool) -> None:
    """A figure is found by overlap, harm and unit; nothing else decides."""
    result = pair([DIED], [changed(path, value)])

    assert (len(result.pairs), len(result.missed), len(result.extra)) == ((1, 0, 0) if found else (0, 1, 1))


def test_pairs_are_one_to_one() -> None:
    """Of two claims for one figure, the one that agrees in more slots is taken."""
    worse = changed("status", "denied", changed("id", "p1"))
    better = changed("id", "p2")

    result = pair([DIED], [worse, better])

    assert [p["id"] for _, p in result.pairs] == ["p2"]
    assert [p["id"] for p in result.extra] == ["p1"]


def test_one_claim_finds_one_gold_claim() -> None:
    """A long span over two gold figures of the same harm finds but one of them."""
    second = changed("id", "c3", changed("quantity.start", 20, changed("quantity.end", 24)))
    long = changed("quantity.end", 40)

    result = pair([DIED, second], [long])

    assert (len(result.pairs), len(result.missed), len(result.extra)) == (1, 1, 0)


@pytest.mark.parametrize(
    ("slot", "path", "value", "right"),
    [
        ("quantity", "quantity.low", None, False),
        ("quantity", "quantity.high", 13, False),
        ("quantity", "quantity.best", 0, False),
        ("quantity", "quantity.qualifier", "at_least", True),
        ("quantity.qualifier", "quantity.qualifier", "at_least", False),
        ("victims.category", "victims.category", "civilian", False),
        ("victims.category", "victims", None, True),
        ("victims.groups", "victims.groups", ["women"], False),
        ("victims.groups", "victims", None, True),
        ("scope", "scope", "additional", False),
        ("intent", "intent", "deliberate", False),
        ("cause", "cause.label", "shooting", False),
        ("cause", "cause", None, False),
        ("perpetrator", "perpetrator.text", "Red Brigade fighters", True),
        ("perpetrator", "perpetrator.text", "gunmen", False),
        ("perpetrator", "perpetrator", None, False),
        ("time", "time.latest", "2019-11-12", False),
        ("time", "time", None, False),
        ("time.overlaps", "time.latest", "2019-11-12", True),
        ("time.overlaps", "time.earliest", None, True),
        ("time.overlaps", "time", {"earliest": "2019-11-12", "latest": None}, False),
        ("time.overlaps", "time", None, False),
        ("places", "places", [], False),
        ("places", "places", [{"text": "the town", "name": "Arda", "country": None}], True),
        ("places", "places", [{"text": "Sofia", "name": "Sofia", "country": "BG"}], False),
        ("places.country", "places", [{"text": "Sofia", "name": "Sofia", "country": "BG"}], True),
        ("places.country", "places", [{"text": "Arda", "name": "Arda", "country": "TR"}], False),
        ("places.country", "places", [], False),
        ("attribution.source", "attribution.source", {"text": "he", "name": "Arda police"}, True),
        ("attribution.source", "attribution.source", {"text": "he", "name": "the mayor"}, False),
        ("attribution.source", "attribution", None, False),
        ("attribution.source.kind", "attribution.source.kind", "government", False),
        ("attribution.form", "attribution.form", "direct", False),
        ("status", "status", "alleged", False),
    ],
)
def test_slots(slot: str, path: str, value: object, right: bool) -> None:
    """A slot is right or wrong on its own; an equal claim has all of them right."""
    assert SLOTS[slot](DIED, DIED)
    assert SLOTS[slot](DIED, changed(path, value)) == right


@pytest.mark.parametrize(
    ("gold", "predicted", "same"),
    [
        ("the Health Ministry", "Health Ministry", True),
        ("Brig. Tem Kinana", "Kinana", True),
        ("police", "officials", False),
        ("the", "of", True),
        (None, None, True),
        (None, "police", False),
        ("Dr. Farid Noorzai", "Farid", True),
        ("red green", "red blue grey", True),
        ("red green blue", "red pink grey", False),
    ],
)
def test_alike(gold: str | None, predicted: str | None, same: bool) -> None:
    """Phrases are alike where half of the shorter one's words are shared, whichever stands first."""
    assert alike(gold, predicted) == same
    assert alike(predicted, gold) == same


@pytest.mark.parametrize("slot", USABLE)
def test_usable_slots_are_slots(slot: str) -> None:
    """What makes a claim usable is judged as a slot too."""
    assert slot in SLOTS


GOLD = next(article for article in ARTICLES if article["id"] == "earthquake-rising-toll")


def with_claims(claims: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    return {**GOLD, "claims": claims, **more}


def test_gold_agrees_with_itself() -> None:
    """An extraction that says what the gold says is right in everything."""
    result = score(ARTICLES, [as_extraction(article) for article in ARTICLES])

    assert result.articles == len(ARTICLES)
    assert result.found == result.gold == result.predicted == sum(len(a["claims"]) for a in ARTICLES)
    assert (result.precision, result.recall, result.f1, result.usable) == (1, 1, 1, 1)
    assert set(result.slots.values()) == set(result.stated.values()) == set(result.links.values()) == {1}
    assert (result.bad_spans, result.forbidden) == (0, 0)


def test_half_of_the_claims() -> None:
    """Precision counts the extra claims, recall the missed ones."""
    first, rest = GOLD["claims"][:3], GOLD["claims"][3:9]

    result = score([with_claims(first + rest)], [as_extraction(with_claims(first + GOLD["claims"][9:]))])

    assert (result.gold, result.predicted, result.found) == (9, 6, 3)
    assert (result.precision, result.recall) == pytest.approx((1 / 2, 1 / 3))
    assert result.f1 == pytest.approx(2 / 5)
    assert result.usable == pytest.approx(1 / 3)


def test_nothing_against_nothing() -> None:
    """Without gold and without claims all rates are 0, and no division fails."""
    result = score([with_claims([])], [as_extraction(with_claims([]))])

    assert (result.precision, result.recall, result.f1, result.usable) == (0, 0, 0, 0)
    assert set(result.slots.values()) == {0}
    assert (result.stated, result.links) == ({}, {})


def test_articles_meet_by_id() -> None:
    """A gold article without an extraction is missed whole; an extraction without gold is left out."""
    other = as_extraction({**GOLD, "id": "elsewhere"})

    result = score([GOLD], [other])

    assert (result.gold, result.predicted) == (len(GOLD["claims"]), 0)


def test_forbidden_passages() -> None:
    """A figure that touches a passage of `not` is counted, once a passage."""
    claim = GOLD["claims"][0]
    passage = {**claim["quantity"], "why": "a test"}
    both = as_extraction(with_claims([claim, {**claim, "id": "c2"}]))

    result = compare(with_claims([], **{"not": [passage]}), both)

    assert [p["why"] for p in result.forbidden] == ["a test"]
    assert score([with_claims([], **{"not": [passage]})], [both]).forbidden == 1


def test_passages_beside_a_figure_are_not_touched() -> None:
    """A passage that ends where a figure starts is not violated."""
    claim = GOLD["claims"][0]
    start = claim["quantity"]["start"]

    result = compare(with_claims([], **{"not": [{"start": start - 3, "end": start}]}), as_extraction(GOLD))

    assert result.forbidden == ()


def test_bad_spans() -> None:
    """Offsets that count in another text are told, each of them."""
    extraction = as_extraction(with_claims(GOLD["claims"][:1]))
    spans = len(list(extraction.spans()))

    assert score([GOLD], [extraction]).bad_spans == 0
    assert score([{**GOLD, "text": "?" + GOLD["text"]}], [extraction]).bad_spans == spans


def test_offsets_count_code_points() -> None:
    """A character outside the Basic Multilingual Plane before a figure counts as one."""
    article = next(article for article in ARTICLES if "\N{ROUND PUSHPIN}" in article["text"])

    assert score([article], [as_extraction(article)]).bad_spans == 0


def shifted(part_of: str | None, incident: str) -> Extraction:
    """Two claims of which the second has the given links, named otherwise than in the gold."""
    first = {**GOLD["claims"][0], "id": "p1", "incident": "x"}
    second = {**GOLD["claims"][5], "id": "p2", "part_of": part_of, "incident": incident}
    return as_extraction(with_claims([first, second]))


def test_statuses_have_an_f1_each() -> None:
    """Of two claims one has the status of its gold; what nobody has is not listed."""
    first, second = ({"id": n, "quantity": {"start": s, "end": s + 2}} for n, s in (("a", 0), ("b", 9)))
    gold = [{**first, "status": "denied"}, {**second, "status": "alleged"}]
    told = [{**first, "status": "denied"}, {**second, "status": "denied"}]
    assert _statuses(pair(gold, told).pairs) == {"alleged": 0, "denied": pytest.approx(2 / 3)}


@pytest.mark.parametrize(
    ("part_of", "incident", "links"),
    [
        ("p1", "x", {"part_of": 1, "incident": 1}),
        (None, "x", {"part_of": 0, "incident": 1}),
        ("p1", "y", {"part_of": 1, "incident": 0}),
        (None, "y", {"part_of": 0, "incident": 0}),
    ],
)
def test_links(part_of: str | None, incident: str, links: dict[str, float]) -> None:
    """Links are compared between found claims, whatever their ids are on either side."""
    gold = with_claims([GOLD["claims"][0], GOLD["claims"][5]])

    assert score([gold], [shifted(part_of, incident)]).links == links


def test_link_rate_is_f1() -> None:
    """One of two links told is a precision of 1, a recall of 1/2 and an F1 of 2/3."""
    boat = next(article for article in ARTICLES if article["id"] == "migrant-boat-arrests")
    rescued, women, minors = boat["claims"][2:5]
    told = [rescued, women, {**minors, "part_of": None}]

    result = score([{**boat, "claims": [rescued, women, minors]}], [as_extraction({**boat, "claims": told})])

    assert result.links == {"part_of": pytest.approx(2 / 3), "incident": 1}


def test_stated_leaves_out_defaults() -> None:
    """Claims whose gold leaves a slot at its default say nothing about finding it."""
    gold = [changed("cause", None), HURT]
    silent = changed("cause", None, HURT)

    found = pair(gold, [gold[0], silent])
    article = with_claims([GOLD["claims"][6]])
    result = score([article], [as_extraction(article)])

    assert [SLOTS["cause"](g, p) for g, p in found.pairs] == [True, False]
    assert "status" not in result.stated
    assert result.stated["places"] == 1
