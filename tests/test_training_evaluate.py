"""The pipeline that ships is measured on words: neither punctuation nor white space counts as an arc."""

from __future__ import annotations

import sys
from pathlib import Path

import spacy
from spacy.tokens import Doc

sys.path.insert(0, str(Path(__file__).parent.parent / "training"))
import evaluate
from corpora import Sentence

WORDS = ["Gunmen", "killed", "six", ",", "police", "said", "."]
HEADS = [1, 5, 1, 5, 5, 5, 5]
DEPS = ["nsubj", "ccomp", "obj", "punct", "nsubj", "ROOT", "punct"]


def parser(heads: list[int]) -> spacy.Language:
    """A pipeline whose parser gives every sentence of the test these heads."""
    nlp = spacy.blank("en")
    name = f"parser_of_{'_'.join(map(str, heads))}"

    @spacy.Language.component(name)
    def parse(doc: Doc) -> Doc:
        start = 0
        for i, token in enumerate(doc):
            if token.is_space:
                start = i + 1
                token.head, token.dep_ = doc[i - 1], "dep"
            else:
                token.head, token.dep_ = doc[start + heads[i - start]], DEPS[i - start]
        return doc

    nlp.add_pipe(name)
    return nlp


def scored(heads: list[int]) -> float:
    """The labelled score of a parser on two paragraphs of the same sentence."""
    gold = [
        Sentence(WORDS, [w not in {"six", "said"} for w in WORDS], "ewt", "d", opens=True, tags=["NN"] * 7,
                 heads=HEADS, deps=DEPS, names=None)
        for _ in range(2)
    ]  # fmt: skip
    return evaluate.score(parser(heads), [gold], by_rule=False)["dep_las"]


def test_a_right_tree_scores_one() -> None:
    assert scored(HEADS) == 1.0


def test_a_comma_on_the_wrong_head_costs_nothing() -> None:
    assert scored([1, 5, 1, 1, 5, 5, 5]) == 1.0


def test_a_word_on_the_wrong_head_costs_its_share() -> None:
    assert scored([1, 5, 5, 5, 5, 5, 5]) == 0.8
