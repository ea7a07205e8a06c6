"""The gold articles in `fixtures/` follow the records: offsets, labels, ids, links."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest

from casualty_extract import records
from casualty_extract.records import Article, Document, Extraction

FIXTURES = Path(__file__).parent.parent / "fixtures"
ARTICLES: list[dict[str, Any]] = [
    json.loads(line) for line in (FIXTURES / "gold.jsonl").read_text(encoding="utf-8").splitlines()
]
LABELS = {
    "form": records.Form,
    "qualifier": records.Qualifier,
    "unit": records.Unit,
    "harm": records.HarmLabel,
    "category": records.Category,
    "scope": records.Scope,
    "status": records.Status,
    "attribution": records.AttributionForm,
}

each_article = pytest.mark.parametrize("article", ARTICLES, ids=[article["id"] for article in ARTICLES])


def as_extraction(article: dict[str, Any]) -> Extraction:
    """Make records of the gold; a slot's text stands where it occurs first."""
    text = article["text"]

    def at(slot: dict[str, Any] | None, **more: Any) -> dict[str, Any] | None:
        if slot is None:
            return None
        start = None if slot["text"] is None else text.index(slot["text"])
        return {**slot, "start": start, "end": None if start is None else start + len(slot["text"]), **more}

    def claim(gold: dict[str, Any]) -> dict[str, Any]:
        said = gold["attribution"]
        return {
            **gold,
            "harm": at(gold["harm"]),
            "victims": at(gold["victims"]),
            "cause": at(gold["cause"]),
            "perpetrator": at(gold["perpetrator"]),
            "time": at(gold["time"]),
            "places": [at(place) for place in gold["places"]],
            "attribution": said and {**said, "source": at(said["source"]), "cue": at(said["cue"])},
            "evidence": at({"text": text[gold["quantity"]["start"] : gold["quantity"]["end"]]}),
        }

    published = article["published"] and date.fromisoformat(article["published"])
    document = Document.of(Article(id=article["id"], text=text, published=published))
    return Extraction.from_dict(
        {
            "document": document.model_dump(mode="json"),
            "claims": [claim(gold) for gold in article["claims"]],
            "incidents": [],
        }
    )


def slot_texts(claim: dict[str, Any]) -> list[str]:
    said = claim["attribution"] or {}
    slots = [claim[key] for key in ("harm", "victims", "cause", "perpetrator", "time")]
    slots += [*claim["places"], said.get("source"), said.get("cue")]
    return [slot["text"] for slot in slots if slot and slot["text"] is not None]


@each_article
def test_file_holds_the_text(article: dict[str, Any]) -> None:
    """The text of the gold is the article's file, or for HTML what trafilatura takes out of it."""
    raw = (FIXTURES / article["file"]).read_text(encoding="utf-8")
    if article["file"].endswith(".html"):
        raw = pytest.importorskip("trafilatura", exc_type=ImportError).extract(raw)

    assert article["text"] == raw


def test_every_file_has_a_gold_row() -> None:
    """No article stands in the folder without gold, and no id twice."""
    files = sorted(f"articles/{path.name}" for path in (FIXTURES / "articles").iterdir())

    assert sorted(article["file"] for article in ARTICLES) == files
    assert len({article["id"] for article in ARTICLES}) == len(ARTICLES)


@each_article
def test_offsets_give_the_figures(article: dict[str, Any]) -> None:
    """Each figure and each passage of `not` stands where its offsets say, in order, none in the other."""
    figures = [claim["quantity"] for claim in article["claims"]]
    spans = [*figures, *article["not"]]

    assert [article["text"][span["start"] : span["end"]] for span in spans] == [
        span["text"] for span in spans
    ]
    assert all(span["text"] and span["text"] == span["text"].strip() for span in spans)
    assert figures == sorted(figures, key=lambda figure: figure["start"])
    assert [
        (figure["text"], passage["why"])
        for figure in figures
        for passage in article["not"]
        if min(figure["end"], passage["end"]) > max(figure["start"], passage["start"])
    ] == []


@each_article
def test_slots_quote_the_text(article: dict[str, Any]) -> None:
    """Every slot's text occurs in the article."""
    assert [
        text for claim in article["claims"] for text in slot_texts(claim) if text not in article["text"]
    ] == []


@each_article
def test_gold_follows_the_records(article: dict[str, Any]) -> None:
    """Labels, bounds, dates and countries are such as the strict records accept."""
    assert len(as_extraction(article).claims) == len(article["claims"])


@each_article
def test_bounds_follow_the_qualifier(article: dict[str, Any]) -> None:
    """An open bound is null, a closed one is a number, and `best` is missing for vague words alone."""
    for claim in article["claims"]:
        quantity = claim["quantity"]
        open_below = quantity["qualifier"] in ("at_most", "less_than")
        open_above = quantity["qualifier"] in ("at_least", "more_than") or quantity["form"] == "vague"

        assert (quantity["low"] is None, quantity["high"] is None) == (open_below, open_above), quantity
        assert (quantity["best"] is None) == (quantity["form"] == "vague"), quantity
        assert (quantity["form"] == "range") == (quantity["qualifier"] == "between"), quantity


@each_article
def test_ids_and_links_resolve(article: dict[str, Any]) -> None:
    """Ids count up from c1, wholes are other claims of the article, and no part contains its whole."""
    ids = [claim["id"] for claim in article["claims"]]
    whole = {claim["id"]: claim["part_of"] for claim in article["claims"]}

    assert ids == [f"c{n}" for n in range(1, len(ids) + 1)]
    assert {part for part in whole.values() if part} <= set(ids)
    for start in ids:
        chain = [start]
        while step := whole[chain[-1]]:
            assert step not in chain
            chain.append(step)


@each_article
def test_incidents_count_up(article: dict[str, Any]) -> None:
    """Every claim has an incident, named in the order of the text."""
    seen = list(dict.fromkeys(claim["incident"] for claim in article["claims"]))

    assert seen == [f"i{n}" for n in range(1, len(seen) + 1)]


@pytest.mark.parametrize("kind", LABELS)
def test_every_label_occurs(kind: str) -> None:
    """The articles hold each label of the short lists at least once."""
    claims = [claim for article in ARTICLES for claim in article["claims"]]
    found = {
        "form": {claim["quantity"]["form"] for claim in claims},
        "qualifier": {claim["quantity"]["qualifier"] for claim in claims},
        "unit": {claim["unit"] for claim in claims},
        "harm": {claim["harm"]["label"] for claim in claims if claim["harm"]},
        "category": {claim["victims"]["category"] for claim in claims if claim["victims"]},
        "scope": {claim["scope"] for claim in claims},
        "status": {claim["status"] for claim in claims},
        "attribution": {claim["attribution"]["form"] for claim in claims if claim["attribution"]},
    }

    assert found[kind] == set(get_args(LABELS[kind]))


def test_two_articles_hold_no_claim() -> None:
    """Articles full of figures but without harm are there to be left alone."""
    assert [article["id"] for article in ARTICLES if not article["claims"]] == [
        "trap-club-season",
        "trap-budget-vote",
    ]
