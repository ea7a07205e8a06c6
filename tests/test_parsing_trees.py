"""Trees for chosen sentences: written back in place, the same whatever is read beside them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from casualty_extract import extract, load, parsing, parsing_trees, syntax, windows
from casualty_extract.errors import ArgumentError
from casualty_extract.pipeline import add_stages
from casualty_extract.stages import FAILURE

TEXT = (
    "Gunmen killed 12 people in Baghdad. The mayor spoke.\n\nNobody else was there. A bomb hit the town, "
    "officials said."
)


@pytest.fixture(scope="module")
def nlp() -> Language:
    nlp = spacy.blank("en")
    parsing.guard(nlp)
    return nlp


def marked(nlp: Language, text: str) -> Doc:
    return parsing.mark_sentences(nlp.make_doc(text))


def sentences(doc: Doc) -> list[str]:
    return [span.text for span in doc.sents]


def test_only_the_chosen_sentences_get_trees(nlp: Language) -> None:
    doc = marked(nlp, TEXT)
    before, chosen = sentences(doc), [list(doc.sents)[i] for i in (0, 3)]
    parsing_trees.annotate([(doc, chosen)], parsing_trees.load_model())
    assert sentences(doc) == before
    assert [syntax.has_tree(span) for span in doc.sents] == [True, False, False, True]
    assert [syntax.subjects(t) for t in doc if t.lower_ in {"killed", "spoke"}] == [(doc[0],), ()]


def test_trees_and_sentences_survive_saving(nlp: Language) -> None:
    doc = marked(nlp, TEXT)
    parsing_trees.annotate([(doc, [next(iter(doc.sents))])], parsing_trees.load_model())
    again = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert sentences(again) == sentences(doc)
    assert [(t.tag_, t.dep_, t.head.i) for t in again] == [(t.tag_, t.dep_, t.head.i) for t in doc]


def test_white_space_hangs_on_the_token_before_it(nlp: Language) -> None:
    doc = marked(nlp, "A bomb hit\nthe town.")
    parsing_trees.annotate([(doc, list(doc.sents))], parsing_trees.load_model())
    [line_end] = [t for t in doc if t.is_space]
    assert (line_end.tag_, line_end.head.text) == ("_SP", "hit")


def test_one_root_a_sentence(nlp: Language) -> None:
    doc = marked(nlp, "Dead: 12 Hurt: 40 Missing: 3 - see page 4, column 2; map below")
    parsing_trees.annotate([(doc, list(doc.sents))], parsing_trees.load_model())
    assert sum(t.head == t for t in doc) == len(sentences(doc))


def test_the_batch_changes_nothing(nlp: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [
        f"{TEXT} At least {n} people died when a bus fell into a river, police said." for n in range(3, 40)
    ]

    def read(batch: int) -> list[list[tuple[str, str, int, str]]]:
        monkeypatch.setattr(parsing_trees, "BATCH", batch)
        docs = [marked(nlp, text) for text in texts]
        parsing_trees.annotate([(d, list(d.sents)) for d in docs], parsing_trees.load_model())
        return [[(t.tag_, t.dep_, t.head.i, t.ent_iob_ + t.ent_type_) for t in d] for d in docs]

    assert read(1) == read(7) == read(200)


def test_the_model_finds_names_of_three_kinds(nlp: Language) -> None:
    doc = marked(nlp, "President Barack Obama told the United Nations in New York that Syria had agreed.")
    parsing_trees.annotate([(doc, list(doc.sents))], parsing_trees.load_model())
    found = {(span.text, span.label_) for span in doc.ents}
    assert {("Barack Obama", "PER"), ("New York", "LOC"), ("Syria", "LOC")} <= found


def test_a_pipeline_that_is_not_installed_is_named() -> None:
    with pytest.raises(ArgumentError, match="en_core_web_none"):
        parsing_trees.load_model("en_core_web_none")


def test_a_pipeline_without_a_parser_says_what_it_has(tmp_path: Path) -> None:
    bare = spacy.blank("en")
    bare.add_pipe("sentencizer")
    bare.to_disk(tmp_path / "bare")
    with pytest.raises(ArgumentError, match=r"parser.*sentencizer"):
        parsing_trees.load_model(str(tmp_path / "bare"))


def test_the_weights_come_with_their_card_and_licences() -> None:
    folder = parsing_trees.shipped()
    assert "Limits" in (folder / "README.md").read_text(encoding="utf-8")
    assert "ShareAlike" in (folder / "ATTRIBUTION.md").read_text(encoding="utf-8")
    assert sum(f.stat().st_size for f in folder.rglob("*") if f.is_file()) <= 15_000_000


def test_an_empty_choice_writes_nothing(nlp: Language) -> None:
    doc = marked(nlp, TEXT)
    nothing: list[Span] = []
    parsing_trees.annotate([(doc, nothing)], parsing_trees.load_model())
    assert not syntax.has_tree(doc)


def test_any_pipeline_with_a_parser_takes_its_place() -> None:
    """The stage remembers which pipeline it was given, and a wrong one is told when the pipeline is made."""
    text = "Two nurses who had, the mayor told us, opened a clinic there were badly hurt and nine killed."
    mine = load(model=str(parsing_trees.shipped()))
    assert mine.config["components"]["casualty_trees"]["model"] == str(parsing_trees.shipped())
    assert extract(text, nlp=mine) == extract(text)
    with pytest.raises(ArgumentError, match="en_core_web_none"):
        load(model="en_core_web_none")


def test_trees_of_the_host_are_kept() -> None:
    """A parser that ran before is not asked again, and its trees stay."""
    host = spacy.load(parsing_trees.shipped())
    trees = [(t.dep_, t.head.i) for t in host(TEXT)]
    assert [(t.dep_, t.head.i) for t in add_stages(host)(TEXT)] == trees


def test_a_failing_model_costs_only_the_article_it_fails_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """One article keeps the error and the stage; the others of its batch are read."""
    open_sentence = "Two nurses who had, {} told us, opened a clinic there were badly hurt and nine killed."
    real = parsing_trees.annotate

    def fails(docs: Sequence[tuple[Doc, Sequence[Span]]], model: Language, *, names: bool) -> None:
        if any("Zork" in doc.text for doc, _ in docs):
            raise MemoryError("too much")
        real(docs, model, names=names)

    monkeypatch.setattr(parsing_trees, "annotate", fails)
    docs = list(load().pipe([open_sentence.format(who) for who in ("Ann", "Zork", "Bob")]))
    assert [doc.user_data.get(FAILURE, {}).get("stage") for doc in docs] == [None, "trees", None]
    assert [bool(doc._.claims) for doc in docs] == [True, False, True]


def test_names_are_found_on_request() -> None:
    """The stage looks for names only where it is told to: no claim depends on them."""
    text = "Two nurses who had, the mayor told us, opened a clinic in Paris were badly hurt and nine killed."
    assert not load()(text).ents
    nlp = load()
    nlp.remove_pipe("casualty_trees")
    nlp.add_pipe("casualty_trees", after="casualty_harms", config={"names": True})
    assert "Paris" in [span.text for span in nlp(text).ents]


def test_an_error_in_choosing_sentences_stays_on_the_doc(monkeypatch: pytest.MonkeyPatch) -> None:
    """The stream goes on, and the article says which stage failed."""

    def fails(doc: Doc) -> list[tuple[int, int]]:
        raise ZeroDivisionError("no")

    monkeypatch.setattr(windows, "in_question", fails)
    [doc] = load().pipe(["Gunmen killed 12 people."])
    assert doc.user_data[FAILURE] == {"stage": "trees", "error": "ZeroDivisionError: no"}
