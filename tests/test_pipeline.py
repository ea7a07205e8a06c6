"""The pipeline: stages, order, saving and reloading, worker processes, a user's own pipeline."""

from __future__ import annotations

import gc
import json
import subprocess
import sys
import weakref
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

import casualty_extract
from casualty_extract import Article, extract, load, mentions, pipeline, stages
from casualty_extract.errors import ArgumentError, ArticleError

FIXTURES = Path(__file__).parent.parent / "fixtures" / "gold.jsonl"
TEXTS = [
    "Gunmen killed 12 people in Mosul on Friday, police said.",
    "",
    "The council approved the budget.",
    "At least 685 civilians have been unintentionally killed by Coalition strikes since 2014, the statement said.",
    "A blast left nine dead and 30 injured, among them four children, in Kabul. The army denied that 20 civilians had died.",
]


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load()


def articles() -> list[Article]:
    rows = [json.loads(line) for line in FIXTURES.read_text(encoding="utf-8").splitlines()]
    return [
        Article(
            id=row["id"],
            text=row["text"],
            title=row["title"],
            publisher=row["publisher"],
            published=date.fromisoformat(row["published"]) if row["published"] else None,
        )
        for row in rows
    ]


def test_stages_follow_the_layers(nlp: Language) -> None:
    """Stages stand in the order of the layers, then claims, then incidents."""
    assert nlp.pipe_names == list(pipeline.STAGES)
    layers = [stage for stage in pipeline.STAGES[1:-2] if stage != "casualty_trees"]
    assert layers == [f"casualty_{layer}" for layer in mentions.LAYERS]


def test_order_is_right(nlp: Language) -> None:
    """spaCy's own analysis finds nothing missing in the pipeline as it is."""
    assert not any(nlp.analyze_pipes()["problems"].values())


def test_wrong_order_is_reported() -> None:
    """A stage before the ones it needs is reported by spaCy's own analysis."""
    nlp = spacy.blank("en")
    nlp.add_pipe("casualty_claims")
    problems = nlp.analyze_pipes()["problems"]["casualty_claims"]
    assert set(problems) == {f"doc._.{layer}" for layer in mentions.LAYERS}


def test_saved_pipeline_reloads_without_an_import(tmp_path: Path, nlp: Language) -> None:
    """A new process loads a saved pipeline by spaCy alone and finds the same claims."""
    nlp.to_disk(tmp_path / "saved")
    script = (
        "import sys, json, spacy; nlp = spacy.load(sys.argv[1]);"
        "print(json.dumps([c.model_dump(mode='json') for c in nlp(sys.argv[2])._.claims]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "saved"), TEXTS[0]],
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout) == [c.model_dump(mode="json") for c in nlp(TEXTS[0])._.claims]
    assert "12" in done.stdout


def test_reloaded_tokenizer_keeps_its_guard(tmp_path: Path, nlp: Language) -> None:
    """The guard against runs without spaces is saved with the pipeline."""
    nlp.to_disk(tmp_path / "saved")
    again = spacy.load(tmp_path / "saved")
    assert len(again.make_doc("(" * 5000)) == len(nlp.make_doc("(" * 5000)) == 1


def test_worker_processes_find_the_same(nlp: Language) -> None:
    """Two processes give what one gives, in order, with batches of any size."""
    docs = [pipeline.make_doc(nlp, a) for a in articles()]
    alone = [[c.model_dump_json() for c in nlp(pipeline.make_doc(nlp, a))._.claims] for a in articles()]
    for size in (1, 7):
        several = [
            [c.model_dump_json() for c in doc._.claims]
            for doc in nlp.pipe(docs, n_process=2, batch_size=size)
        ]
        assert several == alone
    assert sum(map(len, alone)) > 20


def test_started_processes_find_the_same(tmp_path: Path) -> None:
    """Worker processes that are started anew, as on macOS, Windows and Python 3.14, find the same."""
    script = tmp_path / "started.py"
    script.write_text(
        "import multiprocessing, casualty_extract\n"
        "if __name__ == '__main__':\n"
        "    multiprocessing.set_start_method('spawn')\n"
        f"    docs = casualty_extract.load().pipe([{TEXTS[0]!r}] * 3, n_process=2)\n"
        "    print([len(doc._.claims) for doc in docs])\n",
        encoding="utf-8",
    )
    done = subprocess.run(
        [sys.executable, str(script)], capture_output=True, text=True, check=True, timeout=120
    )
    assert done.stdout.strip() == "[1, 1, 1]"


def test_a_failing_component_of_ones_own_is_an_article_error() -> None:
    """A component of the caller's that raises ends no stream."""
    nlp = load()

    def fails(doc: Doc) -> Doc:
        raise RuntimeError("no")

    Language.component("fails_for_the_test", func=fails)
    nlp.add_pipe("fails_for_the_test")
    [found] = pipeline.stream([Article(id="a1", text=TEXTS[0])], nlp=nlp)
    assert str(found) == "article 'a1', stage pipeline: RuntimeError: no"


def test_reloaded_pipeline_takes_long_texts(tmp_path: Path, nlp: Language) -> None:
    """The length limit of spaCy stays lifted in a saved pipeline."""
    nlp.to_disk(tmp_path / "saved")
    assert spacy.load(tmp_path / "saved").max_length == nlp.max_length


def test_joined_docs_have_no_claims_of_their_own(nlp: Language) -> None:
    """spaCy drops what a group carries when it joins Docs; reading it then is no error."""
    docs = [nlp(TEXTS[0]), nlp(TEXTS[0])]
    assert Doc.from_docs(docs)._.claims == ()


def test_findings_survive_bytes(nlp: Language) -> None:
    """A Doc that went through bytes still has its claims, incidents and mentions."""
    doc = nlp(TEXTS[4])
    again = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert again._.claims == doc._.claims
    assert again._.incidents == doc._.incidents
    assert again._.quantities == doc._.quantities
    assert len(doc._.claims) >= 3


def test_stages_join_a_pipeline_of_ones_own() -> None:
    """The stages run after other components and keep their sentence boundaries."""
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer", config={"punct_chars": ["|"]})
    pipeline.add_stages(nlp)
    doc = nlp("Gunmen killed 12 people. Police came.")
    assert len(list(doc.sents)) == 1
    assert doc._.claims[0].evidence.text == doc.text


def test_spans_are_seen_by_spacy(nlp: Language) -> None:
    """Findings stand in span groups with labels, as spaCy's tools expect them."""
    doc = nlp(TEXTS[0])
    assert [(s.text, s.label_) for s in doc.spans["casualty.harms"]] == [("killed", "killed")]
    assert [(s.text, s.label_) for s in doc.spans["casualty.claims"]] == [("12", "killed")]


def test_a_failed_stage_stays_on_the_doc(nlp: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stage that raises leaves its error on the Doc; the stream goes on; `extract` names the stage."""

    def broken(doc: Doc) -> list[mentions.Mention]:
        raise ZeroDivisionError("division by zero")

    monkeypatch.setitem(stages.DETECTORS, "times", broken)
    docs = list(nlp.pipe(TEXTS))
    assert len(docs) == len(TEXTS)
    assert docs[0].user_data["casualty.failure"]["stage"] == "times"
    assert docs[0]._.claims == ()
    with pytest.raises(ArticleError, match=r"article 'a1', stage times: ZeroDivisionError: division by zero"):
        extract(Article(id="a1", text=TEXTS[0]), nlp=nlp)


def test_same_input_same_bytes(nlp: Language) -> None:
    """Runs, pipelines and threads give the same bytes."""
    first = [extract(a, nlp=nlp).to_json() for a in articles()]
    with ThreadPoolExecutor(4) as pool:
        again = list(pool.map(lambda a: extract(a).to_json(), articles()))
    assert again == first


@pytest.mark.parametrize("seed", ["0", "1", "2026"])
def test_hash_seed_changes_nothing(seed: str) -> None:
    """The order of sets does not reach the output."""
    script = (
        "import sys, casualty_extract as c; print(c.extract(sys.argv[1], published='2017-09-03').to_json())"
    )
    text = " ".join(TEXTS)
    done = subprocess.run(
        [sys.executable, "-c", script, text],
        capture_output=True, text=True, check=True, encoding="utf-8",
        env={"PYTHONHASHSEED": seed, "PATH": "/usr/bin:/bin", "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    assert done.stdout.strip() == extract(text, published="2017-09-03").to_json()


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"article": 5}, "article"),
        ({"article": None}, "article"),
        ({"article": b"Gunmen"}, "article"),
        ({"article": "a", "published": "yesterday"}, "published"),
        ({"article": "a", "published": 2017}, "published"),
        ({"article": "a", "title": 5}, "title"),
        ({"article": "a", "publisher": ["x"]}, "publisher"),
        ({"article": "a", "date_order": "MYD"}, "date_order"),
        ({"article": "killed", "nlp": spacy.blank("en")}, "nlp"),
    ],
)
def test_a_bad_argument_is_named(given: dict[str, object], named: str) -> None:
    """Every bad argument gets a typed error that names it and what would have been right."""
    with pytest.raises(ArgumentError, match=f"^{named}: .* expected "):
        extract(**given)  # type: ignore[arg-type]


def test_load_refuses_an_unknown_date_order() -> None:
    """The pipeline's own date order is checked when it is made."""
    with pytest.raises(ArgumentError, match="date_order"):
        load(date_order="MYD")  # type: ignore[arg-type]


def test_date_order_of_the_pipeline_counts_until_the_article_declares_its_own() -> None:
    """The order given to `load` is the default for articles without one."""
    text = "Twelve people were killed on 03/04/2020 in Mosul."
    times = [
        extract(text, nlp=load(date_order="MDY")).claims[0].time,
        extract(text, nlp=load(date_order="MDY"), date_order="DMY").claims[0].time,
        extract(text).claims[0].time,
    ]
    assert [t.earliest for t in times if t] == [date(2020, 3, 4), date(2020, 4, 3), date(2020, 4, 3)]


@pytest.mark.parametrize(
    "published", ["2017-09-03", "2017-09-03T10:00:00Z", date(2017, 9, 3), datetime(2017, 9, 3, 10)]
)
def test_published_may_be_written_in_several_ways(published: date | str) -> None:
    """Dates and ISO 8601 strings mean the same day."""
    assert extract(TEXTS[0], published=published).document.published == date(2017, 9, 3)


def test_flags_tell_what_a_reader_should_know() -> None:
    """Replaced code points and a missing publication date are flagged."""
    found = extract("Gunmen killed 12\x00 people \ud800 here.")
    assert found.flags == ("sanitised", "published_unknown")
    assert found.claims[0].evidence.text == "Gunmen killed 12\ufffd people \ufffd here."
    assert extract("A.", published="2020-01-01").flags == ()


def test_explain_names_a_rule_for_each_slot() -> None:
    """Each claim comes with decisions that tell the rule and the passage."""
    [why] = casualty_extract.explain(Article(text=TEXTS[0], published=date(2017, 9, 3)))
    slots = {d["slot"]: d for d in why["decisions"]}
    assert {"quantity", "harm", "unit", "victims", "scope", "time", "places", "attribution", "status"} <= set(
        slots
    )
    assert all(d["rule"] for d in why["decisions"])
    assert all(TEXTS[0][d["start"] : d["end"]] == d["text"] for d in why["decisions"] if d["text"])
    assert slots["harm"]["text"] == "killed"


def test_stream_goes_on_after_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """One error or one extraction an article, in order."""
    find = stages.DETECTORS["harms"]

    def sometimes(doc: Doc) -> object:
        if "budget" in doc.text:
            raise ValueError("no")
        return find(doc)

    monkeypatch.setitem(stages.DETECTORS, "harms", sometimes)
    texts = [TEXTS[0], "The budget killed 12 jobs.", TEXTS[3]]
    found = list(pipeline.stream(Article(id=str(i), text=t) for i, t in enumerate(texts)))
    assert [type(f).__name__ for f in found] == ["Extraction", "ArticleError", "Extraction"]


def test_the_pipeline_kept_here_is_made_anew_when_it_remembers_too_much(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """An archive without end does not fill the memory with its names; what is found stays the same."""
    first, found = pipeline._default(), extract(TEXTS[0])
    assert pipeline._default() is first
    monkeypatch.setattr(pipeline, "MOST_STRINGS", 10)
    assert pipeline._default() is not first
    assert extract(TEXTS[0]) == found


def test_nothing_of_an_article_is_kept_when_its_stages_are_done(nlp: Language) -> None:
    """The last stage lets go of the Doc, whether it has claims or none."""
    for text in TEXTS:
        kept = weakref.ref(nlp(text))
        gc.collect()
        assert kept() is None


def test_importing_loads_no_spacy() -> None:
    """The import is light: spaCy, pydantic and dateparser come with the first use."""
    script = (
        "import sys, casualty_extract;"
        "print([m for m in ('spacy', 'pydantic', 'dateparser', 'quantulum3', 'numpy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_unknown_names_are_attribute_errors() -> None:
    """The lazy door does not hide a wrong name."""
    with pytest.raises(AttributeError, match="no attribute 'extrct'"):
        casualty_extract.extrct  # noqa: B018
    assert "extract" in dir(casualty_extract)


def test_one_text_is_no_stream_of_articles() -> None:
    """A string would be a row of articles of one character each, none of which holds a claim."""
    with pytest.raises(ArgumentError, match="articles: "):
        list(casualty_extract.stream(TEXTS[0]))  # type: ignore[arg-type]


def test_a_text_is_explained_as_it_is_extracted() -> None:
    """What `extract` takes, `explain` takes too."""
    assert casualty_extract.explain(TEXTS[0]) == casualty_extract.explain(Article(text=TEXTS[0]))
    with pytest.raises(ArgumentError, match="article: None"):
        casualty_extract.explain(None)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", casualty_extract.__all__)
def test_the_door_gives_all_that_it_names(name: str) -> None:
    """What the package names can be had from it, and is the one that its room holds."""
    assert getattr(casualty_extract, name).__name__ == name


def test_a_stream_and_its_errors_need_no_other_door() -> None:
    """What a loop over many articles needs comes from the package itself."""
    assert {"ArticleError", "Incident", "InputError", "stream"} <= set(casualty_extract.__all__)
