"""The span truth: text[start:end] == span.text for every span, whatever the text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casualty_extract import Extraction, extract
from casualty_extract.parsing import sanitise

FIXTURES = Path(__file__).parent.parent / "fixtures" / "gold.jsonl"
ARTICLES = [json.loads(line) for line in FIXTURES.read_text(encoding="utf-8").splitlines()]

# Pieces of news, and what news comes with: typographic marks, other scripts, control characters.
PIECES = st.sampled_from(
    """Gunmen killed 12 people|At least 685 civilians were killed|wounded|30 others|dozens|, police said|.|
    |“|”|’|"|*|[of these] 13|(#)|—|–|in Mosul, Iraq|on Friday|since 2014|Zaid Karim, 30, was shot dead|
    no casualties|a policeman|including three children|the army denied that|according to the UN|20 to 30|
    1,169 reports of civilian casualties|\r\n|\n\n|\t|two hundred and six|tens of thousands fled|
    according to|said|the|of|killed|the toll rose to 45|five of whom|each|No|both|half a million""".split("|")
)
ODD = st.sampled_from(
    [
        "\u00a0",
        "\u2009",
        "\u200b",
        "\u202e",
        "\ufeff",
        "\u0301",
        "e\u0301",
        "ﬁ",
        "İ",
        "²",
        "١٢",
        "１２",
        "😀",
        "\u2028",
        "\x85",
        "\x00",
        "\ud800",
        "\x0b",
        "𝟙𝟚",
        "½",
    ]
)
TEXTS = st.lists(st.one_of(PIECES, PIECES, PIECES, ODD, st.text(max_size=8)), max_size=14).map(" ".join)


def check(text: str, found: Extraction) -> None:
    stored = sanitise(text)
    last = -1
    keys = set()
    for claim in found.claims:
        q = claim.quantity
        assert q.start >= last
        last = q.start
        assert (q.start, q.end, claim.unit, claim.harm and claim.harm.label) not in keys
        keys.add((q.start, q.end, claim.unit, claim.harm and claim.harm.label))
        assert claim.evidence.start <= q.start < q.end <= claim.evidence.end
    for span in found.spans():
        assert 0 <= span.start < span.end <= len(text)
        assert stored[span.start : span.end] == span.text
        assert span.text == span.text.strip()
    ids = [claim.id for claim in found.claims]
    assert len(ids) == len(set(ids))
    assert all(claim.part_of is None or claim.part_of in ids for claim in found.claims)
    assert sorted(i for incident in found.incidents for i in incident.claims) == sorted(ids)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS)
def test_spans_are_true_in_any_text(text: str) -> None:
    """Any mixture of news and odd code points gives true spans, unique claims and lossless JSON."""
    found = extract(text, published="2017-09-01")
    check(text, found)
    assert Extraction.from_json(found.to_json()) == found


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.characters(codec=None), max_size=300))
def test_any_text_is_taken(text: str) -> None:
    """Text without any news in it is no error either."""
    check(text, extract(text))


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(ARTICLES), st.text(alphabet=" \n\u00a0xé😀", max_size=20))
def test_a_prefix_moves_every_span(article: dict[str, str], prefix: str) -> None:
    """A paragraph of no meaning in front moves all offsets by its length and changes nothing else."""
    moved = extract(f"{prefix}\n\n{article['text']}", published=article["published"], title=article["title"])
    plain = extract(article["text"], published=article["published"], title=article["title"])
    shift = len(prefix) + 2
    assert [(c.quantity.start, c.quantity.text, c.status) for c in moved.claims] == [
        (c.quantity.start + shift, c.quantity.text, c.status) for c in plain.claims
    ]


@pytest.mark.parametrize("article", ARTICLES, ids=[a["id"] for a in ARTICLES])
def test_spans_are_true_in_the_fixtures(article: dict[str, str]) -> None:
    """Every fixture gives true spans."""
    check(article["text"], extract(article["text"], published=article["published"], title=article["title"]))


@pytest.mark.parametrize("article", ARTICLES, ids=[a["id"] for a in ARTICLES])
def test_line_ends_change_no_figure(article: dict[str, str]) -> None:
    """CRLF in place of LF gives the same figures and harms."""
    plain = extract(article["text"], published=article["published"])
    windows = extract(article["text"].replace("\n", "\r\n"), published=article["published"])
    assert [(c.quantity.text, c.harm and c.harm.label) for c in plain.claims] == [
        (c.quantity.text, c.harm and c.harm.label) for c in windows.claims
    ]
