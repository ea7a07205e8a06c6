"""The screen and the windows never lose a claim: the output is the same as when everything is read."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from casualty_extract import (
    Article,
    extract,
    lexicon,
    load,
    parsing,
    pipeline,
    reading,
    screening,
    skimming,
)
from casualty_extract.mentions import Mention, Placed

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"
ARTICLES = [
    json.loads(line) for line in (ROOT / "fixtures" / "gold.jsonl").read_text(encoding="utf-8").splitlines()
]


@pytest.fixture(scope="module")
def whole() -> Language:
    """A pipeline that reads everything."""
    return load(screen=False)


@pytest.fixture(scope="module")
def screened() -> Language:
    return load()


class Anything(lexicon.Row, extra="ignore"):
    """A row of any table of harms, for its example."""


def examples() -> list[str]:
    tables = ("verbs", "nouns", "adjectives", "phrases")
    rows = [row for table in tables for row in lexicon.read("harms", table, Anything).values()]
    return [row.example.replace("[", "").replace("]", "") for row in rows]


def outcome(text: str, nlp: Language, published: date | None = None) -> tuple[str, str]:
    """All that is found in a text, with the rules behind it."""
    article = Article(text=text, published=published)
    return extract(article, nlp=nlp).to_json(), repr(pipeline.explain(article, nlp=nlp))


@pytest.mark.parametrize("row", ARTICLES, ids=[a["id"] for a in ARTICLES])
def test_fixtures_are_the_same_with_and_without(
    row: dict[str, str], whole: Language, screened: Language
) -> None:
    """Every fixture gives the same claims, by the same rules."""
    published = date.fromisoformat(row["published"]) if row["published"] else None
    assert outcome(row["text"], screened, published) == outcome(row["text"], whole, published)


@pytest.mark.skipif(not SHARED.exists(), reason="the raw news is not part of this repository")
@pytest.mark.parametrize(
    ("file", "step"),
    [
        ("gold/dev.jsonl", 2),
        ("data/news/world_news.jsonl", 30),
        ("data/news/open_news.jsonl", 60),
        ("data/news/casualty_snippets.jsonl", 20),
    ],
)
def test_raw_news_is_the_same_with_and_without(
    file: str, step: int, whole: Language, screened: Language
) -> None:
    """A sample of gold and raw news gives the same claims, by the same rules."""
    texts = [
        json.loads(row)["text"] for row in (SHARED / file).read_text(encoding="utf-8").splitlines()[::step]
    ]
    assert [t for t in texts if outcome(t, screened) != outcome(t, whole)] == []


WORDS = st.sampled_from(
    """killed wounded deaths dead injured missing arrested freed fled body victims survivors hostages toll lost
    lives suffered injuries shot cases cholera custody in taken to hospital ill bodies found identified named as
    of them were was are had said police Omar Dahli Karim Gunmen Soldiers soldiers people civilians a an the
    12 three nine no another dozens hundred 40 least at more than including two others , and or by reports strikes
    airstrikes attack credible assessed since Friday March 2017 Mosul Kabul Iraq near who that "
    not denied may have been reported killing rose""".split()
)
SENTENCES = st.lists(WORDS, min_size=2, max_size=14).map(lambda words: " ".join(words).capitalize())
ENDS = st.sampled_from([". ", ".\n\n", "\n\n", "! ", ": ", '." ', ".\n"])
TEXTS = st.lists(st.tuples(st.one_of(SENTENCES, st.sampled_from(examples())), ENDS), min_size=1, max_size=7)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(parts=TEXTS)
def test_made_up_texts_are_the_same_with_and_without(
    whole: Language, screened: Language, parts: list[tuple[str, str]]
) -> None:
    """Sentences put together at random from the words that matter give the same claims."""
    text = "".join(sentence + end for sentence, end in parts)
    assert outcome(text, screened) == outcome(text, whole)


FILLER = st.sampled_from(
    [
        "The council met for hours and agreed on nothing.",
        "Prices rose in Lagos, Omar Dahli said.",
        "Young people like the songs of Omar van Dahli",
        "It rained",
        "and then the sun shone on Karim Young and the others in the hills.",
        '"We will see," she said. The others went home early.',
        "Cholera is rare there. The young van stood by the gates.",
        "*",
    ]
)
PARAGRAPHS = st.lists(
    st.tuples(st.one_of(FILLER, FILLER, SENTENCES, st.sampled_from(examples())), ENDS),
    min_size=3,
    max_size=12,
)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(parts=PARAGRAPHS)
def test_articles_with_few_harms_are_the_same_with_and_without(
    whole: Language, screened: Language, parts: list[tuple[str, str]]
) -> None:
    """Where only some paragraphs have words of harm, what they say of figures depends on the others rightly."""
    text = "".join(sentence + end for sentence, end in parts)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(skimming, "WORTH", 2.0)
        patched.setattr(skimming, "FIRST", 1)
        assert extract(text, nlp=screened).to_json() == extract(text, nlp=whole).to_json()


CHAIRS = "The council met for hours and agreed on nothing but the colour of the chairs in its hall."


@pytest.mark.parametrize(
    ("text", "tied"),
    [
        # A harm without a figure, and a figure without a harm.
        (f"{CHAIRS}\n\nThe minister killed the deal.\n\n{CHAIRS}", False),
        (f"{CHAIRS}\n\nThree ministers met. The deal was killed.\n\n{CHAIRS}", False),
        # A figure beside a harm, in the first such paragraph and in a later one.
        (f"{CHAIRS}\n\nThe bomb killed two.\n\n{CHAIRS}", True),
        (f"{CHAIRS} The talks died.\n\n{CHAIRS}" * 3 + f"\n\n{CHAIRS}\n\nThe bomb killed two.", True),
        # A surname is told only by another paragraph.
        (f"Omar Young spoke. {CHAIRS}\n\nYoung died.\n\n{CHAIRS}", True),
        # A phrase of harm goes on in the next paragraph.
        (f"{CHAIRS}\n\nThree men lost\n\ntheir lives.\n\n{CHAIRS}", True),
        # Hardly anything would be left out.
        ("The minister killed the deal.", True),
    ],
)
def test_paragraphs_with_harms_tell_whether_a_figure_can_be_tied(
    text: str, tied: bool, screened: Language
) -> None:
    """An article is left unread where no reading of its paragraphs with words of harm ties a figure."""
    assert skimming.may_tie(screened, text) is tied


def test_a_host_that_marks_sentences_first_is_not_skimmed() -> None:
    """The sentences of a component before the stages are not known before it has run."""
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    pipeline.add_stages(nlp)
    text = f"{CHAIRS}\n\nNobody came. Gunmen killed\n\n12 people.\n\n{CHAIRS}"
    assert [claim.quantity.text for claim in extract(text, nlp=nlp).claims] == ["12"]


def test_without_the_screen_everything_is_read(whole: Language, screened: Language) -> None:
    """The layers of an article without harm are empty, unless the pipeline was told to read everything."""
    text = "Twelve ministers met in Kabul on Friday, the council said."
    assert all([whole(text)._.places, whole(text)._.times, whole(text)._.quantities])
    assert screened(text)._.places == screened(text)._.times == screened(text)._.quantities == ()


def test_the_switch_is_saved_with_the_pipeline(tmp_path: Path, whole: Language) -> None:
    """A saved pipeline that reads everything still does when it is loaded again."""
    whole.to_disk(tmp_path / "saved")
    assert spacy.load(tmp_path / "saved")("The council met in Kabul.")._.places


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("The council met. Gunmen killed 12 people. It rained.", ["Gunmen killed 12 people."]),
        ("The council met.", []),
        ("Gunmen killed a deal. It rained.", []),
        ("Gunmen killed 12. Five of them were boys.", ["Gunmen killed 12.", "Five of them were boys."]),
    ],
)
def test_windows_hold_what_can_bear_on_a_claim(text: str, held: list[str], screened: Language) -> None:
    """Windows are the sentences with a harm, and those whose figures can take the harm of another."""
    doc = screened(text)
    assert [doc.text[start:end].strip() for start, end in parsing.windows(doc) or []] == held


def test_a_layout_follows_its_doc() -> None:
    """A Doc whose sentences or words were changed since is laid out anew, and a like Doc is another one."""
    doc = load().make_doc("Gunmen killed 12. Police came.")
    assert reading.layout(doc).firsts == [0]
    parsing.mark_sentences(doc)
    assert reading.layout(doc).firsts == [0, 4]
    assert reading.layout(doc) is reading.layout(doc)
    with doc.retokenize() as retokenizer:
        retokenizer.merge(doc[0:2])
    assert [word.text for word in reading.layout(doc).words][:2] == ["Gunmen killed", "12"]
    assert reading.layout(doc.copy()).doc is not doc


@pytest.mark.parametrize(
    ("stretch", "started", "ended", "touched"),
    [
        ((0, 5), [0, 3], [4], [0, 3]),
        ((3, 4), [3], [], [0, 3]),
        ((4, 9), [8], [4, 8], [3, 8]),
        ((8, 10), [8], [8], [8]),
        ((20, 30), [], [], []),
    ],
)
def test_mentions_are_found_by_their_place(
    stretch: tuple[int, int], started: list[int], ended: list[int], touched: list[int]
) -> None:
    """Mentions are asked for by where they start, where they end, and what they touch."""
    placed = Placed(tuple(Mention(a, b, "", "") for a, b in [(0, 4), (3, 8), (8, 12)]))
    assert [m.start for m in placed.starting(*stretch)] == started
    assert [m.end for m in placed.ending(*stretch)] == ended
    assert [m.start for m in placed.touching(*stretch)] == touched


def test_windows_survive_bytes(screened: Language) -> None:
    """A Doc that went through bytes still has its windows, none left included."""
    for text in ("Gunmen killed 12 people.", "The council met."):
        doc = screened(text)
        assert parsing.windows(Doc(doc.vocab).from_bytes(doc.to_bytes())) == parsing.windows(doc)


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("The council met.", False),
        ("KILLED", True),
        ("24,160 sorties", False),
        ("Reports of _killed_ men", True),
        ("The skilled deadline", False),
        ("killed.The", True),
        ("He swept the floor.", False),
        ("They were swept away.", True),
        ("", False),
    ],
)
def test_the_words_of_the_lexicons_pass(text: str, held: bool) -> None:
    """A word of harm passes in any case of letters and beside any mark; a part of a word does not."""
    assert screening.may_hold_claim(text) is held


@pytest.mark.parametrize("example", examples())
def test_every_example_passes(example: str) -> None:
    """The sentence that the lexicon gives for a word of harm passes the screen."""
    assert screening.may_hold_claim(example)


def test_every_trigger_passes() -> None:
    """Each trigger alone passes the screen built from them."""
    assert [t for t in screening.triggers() if not screening.may_hold_claim(" ".join(t))] == []
    assert len(screening.triggers()) > 100
