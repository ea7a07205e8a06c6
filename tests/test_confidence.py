"""Confidence: every claim has one, it is a probability, and it falls where more had to be guessed."""

from __future__ import annotations

import json
import math
from importlib import resources
from pathlib import Path

import pytest

from casualty_extract import Article, extract
from casualty_extract.confidence import features, rate
from casualty_extract.pipeline import explain

GOLD = Path(__file__).parent.parent / "fixtures" / "gold.jsonl"
PLAIN = "A car bomb killed at least 12 people in Mosul on Friday, police said."


def confidence(text: str) -> list[float]:
    claims = extract(text, published="2017-09-03").claims
    assert claims
    return [claim.confidence for claim in claims if claim.confidence is not None]


def test_every_claim_has_a_probability() -> None:
    """On all example articles, and to three digits, so that it is the same everywhere."""
    for line in GOLD.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        for claim in extract(Article(id=row["id"], text=row["text"])).claims:
            assert claim.confidence is not None
            assert 0.0 < claim.confidence < 1.0
            assert claim.confidence == round(claim.confidence, 3)


# What is plain, and what is guessed more.
LESS = [
    (PLAIN, "A car bomb killed at least 12 people, police said."),
    (PLAIN, "Mosul was hit on Friday. Another raid came. A man died."),
    (
        PLAIN,
        "Six people died in Mosul. Floods hit Spain. A quake struck Peru. Two were hurt in Chad. One was seized.",
    ),
]


@pytest.mark.parametrize(("plain", "guessed"), LESS)
def test_what_is_guessed_has_less(plain: str, guessed: str) -> None:
    """A claim whose sentence states everything stands above one that takes things from elsewhere."""
    assert min(confidence(plain)) > confidence(guessed)[-1]


def test_weights_are_of_signs_that_exist() -> None:
    """The weights that ship name signs that the example articles show, and little else."""
    text = resources.files("casualty_extract").joinpath("model", "confidence.json").read_text("utf-8")
    weights = json.loads(text)["weights"]
    assert "" in weights
    assert all(math.isfinite(weight) for weight in weights.values())
    shown: set[str] = set()
    for line in GOLD.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        found = explain(Article(id=row["id"], text=row["text"]))
        for signs in features([e["claim"] for e in found], [e["decisions"] for e in found]):
            shown |= signs.keys()
    assert len(shown & weights.keys()) > 0.6 * len(weights)


def test_the_order_of_claims_is_kept() -> None:
    """Each claim has the probability of its own signs."""
    found = explain(Article(text="Six people died in Mosul on May 3, 2017. A man was hurt."))
    claims, decisions = [e["claim"] for e in found], [e["decisions"] for e in found]
    assert rate(claims, decisions) == [claim.confidence for claim in claims]
