"""The gate: what the pipeline finds in `fixtures/` does not fall below `fixtures/baseline.json`."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import Any

import pytest

import casualty_extract
from casualty_extract.records import Article, Extraction
from casualty_extract.scoring import Score, score
from test_fixtures import ARTICLES, FIXTURES

BASELINE: dict[str, Any] = json.loads((FIXTURES / "baseline.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def extractions() -> list[Extraction]:
    """What the pipeline makes of every article."""
    return [
        casualty_extract.extract(
            Article(
                id=article["id"],
                text=article["text"],
                title=article["title"],
                publisher=article["publisher"],
                url=article["url"],
                published=article["published"] and date.fromisoformat(article["published"]),
            )
        )
        for article in ARTICLES
    ]


@pytest.fixture(scope="module")
def result(extractions: list[Extraction]) -> Score:
    """The score of all articles."""
    return score(ARTICLES, extractions)


def measured(result: Score, name: str) -> float:
    """Read a value of the score by its name in the baseline: `f1`, `slots.status`, `links.part_of`."""
    group, _, key = name.partition(".")
    if not key:
        return getattr(result, group)
    return result.slots[key] if group == "slots" else getattr(result, group).get(key, 0.0)


def test_baseline_is_of_this_gold() -> None:
    """Whoever changes the gold measures the floors anew."""
    gold = (FIXTURES / "gold.jsonl").read_bytes()

    assert BASELINE["gold_sha256"] == hashlib.sha256(gold).hexdigest()
    assert BASELINE["claims"] == sum(len(article["claims"]) for article in ARTICLES)


@pytest.mark.parametrize("name", BASELINE["floors"])
def test_floor_holds(result: Score, name: str) -> None:
    """No measure falls below its floor."""
    assert measured(result, name) >= BASELINE["floors"][name]


@pytest.mark.parametrize("name", BASELINE["ceilings"])
def test_ceiling_holds(result: Score, name: str) -> None:
    """No count of faults rises above its ceiling."""
    assert measured(result, name) <= BASELINE["ceilings"][name]
