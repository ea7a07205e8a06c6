"""Figures and harms that only a tree ties together; the trees are written by hand, in both label schemes."""

from __future__ import annotations

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from casualty_extract import load
from trees import SCHEMES, Scheme, tree

FAR = """
    Two CD 2 nummod
    nurses NNS 17 nsubj:pass 17 nsubjpass
    who WP 4 nsubj
    had VBD 2 acl:relcl 2 relcl
    , , 11 punct
    the DT 7 det
    mayor NN 8 nsubj
    told VBD 4 parataxis
    us PRP 8 iobj 8 dative
    , , 8 punct
    opened VBN 4 ccomp
    a DT 13 det
    clinic NN 11 obj 11 dobj
    there RB 11 advmod
    were VBD 17 aux:pass 17 auxpass
    badly RB 17 advmod
    hurt VBN 0 root
    and CC 20 cc 17 cc
    nine CD 20 nsubj:pass 20 nsubjpass
    killed VBN 17 conj
    . . 17 punct
"""
NOT_DONE = FAR.replace("badly RB 17 advmod", "not RB 17 advmod 17 neg")
OPEN = FAR.replace("were VBD 17 aux:pass 17 auxpass", "may MD 17 aux")


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load()


def told(nlp: Language, doc: Doc) -> list[tuple[str, str]]:
    for _, stage in nlp.pipeline:
        doc = stage(doc)
    return [(claim.quantity.text, claim.harm.label) for claim in doc._.claims if claim.harm]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_subject_far_from_its_verb_is_counted(nlp: Language, scheme: Scheme) -> None:
    assert told(nlp, tree(FAR, scheme)) == [("Two", "injured"), ("nine", "killed")]


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("table", [NOT_DONE, OPEN], ids=["negated", "open"])
def test_what_did_not_happen_counts_nobody(nlp: Language, table: str, scheme: Scheme) -> None:
    assert told(nlp, tree(table, scheme)) == [("nine", "killed")]


def test_without_a_tree_word_order_alone_decides(nlp: Language) -> None:
    words = [line.split()[0] for line in FAR.strip().splitlines()]
    bare = Doc(nlp.vocab, words=words, sent_starts=[i == 0 for i in range(len(words))])
    with nlp.select_pipes(disable="casualty_trees"):
        assert told(nlp, bare) == [("nine", "killed")]
