"""The screen never loses a claim: with and without it the output is the same."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from casualty_extract import Article, extract, load, pipeline, screening

FIXTURES = Path(__file__).parent.parent / "fixtures" / "gold.jsonl"
ARTICLES = [json.loads(line) for line in FIXTURES.read_text(encoding="utf-8").splitlines()]
NEWS = Path(__file__).parent.parent.parent / "shared" / "data" / "news" / "open_news.jsonl"


def without_screen(article: Article) -> str:
    nlp = load()
    return pipeline.read_doc(article, nlp(pipeline.make_doc(nlp, article))).to_json()


@pytest.mark.parametrize("row", ARTICLES, ids=[a["id"] for a in ARTICLES])
def test_fixtures_are_the_same_with_and_without(row: dict[str, str]) -> None:
    """Every fixture gives the same output."""
    article = Article(
        text=row["text"], published=date.fromisoformat(row["published"]) if row["published"] else None
    )
    assert extract(article).to_json() == without_screen(article)


@pytest.mark.skipif(not NEWS.exists(), reason="the raw news is not part of this repository")
def test_raw_news_screened_out_holds_no_claim() -> None:
    """Of 300 articles of general news, those that the screen stops hold no claim without it."""
    nlp = load()
    lines = NEWS.read_text(encoding="utf-8").splitlines()[:: 4976 // 300]
    texts = [json.loads(line)["text"] for line in lines]
    stopped = [t for t in texts if not screening.may_hold_claim(t)]
    assert 0 < len(stopped) < len(texts)
    assert [doc.text for doc in nlp.pipe(stopped) if doc._.claims] == []


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("The council met.", False),
        ("KILLED", True),
        ("24,160 strikes", False),
        ("Reports of _killed_ men", True),
        ("The skilled deadline", False),
        ("killed.The", True),
        ("", False),
    ],
)
def test_the_words_of_the_lexicons_pass(text: str, held: bool) -> None:
    """A word of harm passes in any case of letters and beside any mark; a part of a word does not."""
    assert screening.may_hold_claim(text) is held


def test_every_trigger_passes() -> None:
    """Each trigger alone passes the screen built from them."""
    assert [t for t in screening.triggers() if not screening.may_hold_claim(t)] == []
    assert len(screening.triggers()) > 100
