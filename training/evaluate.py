"""Measure a pipeline on the treebanks' and name corpora's test parts: ``python training/evaluate.py MODEL DATA``.

Raw text in, the project's tokenizer; scores are spaCy's own (punctuation left out of arcs; a sentence and a name
count only with both bounds right, a name also with its type).
"""

from __future__ import annotations

import dataclasses
import sys
import time
from collections.abc import Iterable
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.scorer import Scorer
from spacy.tokens import Doc, Token
from spacy.training import Example

import corpora
import packing
from casualty_extract import parsing
from corpora import Sentence

TYPES = ("PER", "LOC", "ORG")
PUNCTUATION = "punct"


def documents(sentences: Iterable[Sentence], pud: bool = False) -> list[list[Sentence]]:
    """Group the sentences of each document, in order."""
    groups: dict[str, list[Sentence]] = {}
    for sentence in sentences:
        groups.setdefault(sentence.key[:6] if pud else sentence.document, []).append(sentence)
    return list(groups.values())


def reference(vocab: spacy.vocab.Vocab, sentences: list[Sentence]) -> Doc:
    """The gold Doc, with the names that are measured."""
    measured = [
        dataclasses.replace(s, names=[e if e[2:] in TYPES else "O" for e in s.names] if s.names else None)
        for s in sentences
    ]
    return packing.assemble(vocab, measured)


def label(token: Token, attribute: str) -> str:
    """The label of an arc, as text: the scorer's own getter gives numbers, which no name to leave out ever equals.

    White space between paragraphs is no word; it is left out with the punctuation.
    """
    return PUNCTUATION if token.is_space else token.dep_


def score(nlp: Language, groups: list[list[Sentence]], by_rule: bool = True) -> dict[str, float]:
    """Score on documents; sentences by the project's rules, or by the parser."""
    examples, named, words = [], [], 0
    started = time.process_time()
    for group in groups:
        gold = reference(nlp.vocab, group)
        doc = nlp.make_doc(gold.text)
        if by_rule:
            parsing.mark_sentences(doc)
        doc = nlp(doc)
        doc.ents = [e for e in doc.ents if e.label_ in TYPES]
        words += len(doc)
        examples.append(Example(doc, gold))
        if all(s.names is not None for s in group):
            named.append(examples[-1])
    spent = time.process_time() - started
    result: dict[str, float] = {"words/s": round(words / spent)}
    if group[0].heads is not None:
        trees = {**Scorer.score_token_attr(examples, "tag"), **Scorer.score_deps(
            examples, "dep", getter=label, ignore_labels=(PUNCTUATION,)), **Scorer.score_spans(examples, "sents")
        }  # fmt: skip
        result |= {k: trees[k] for k in ("tag_acc", "dep_uas", "dep_las", "sents_f")}
    if named:
        found = Scorer.score_spans(named, "ents")
        result |= {f"ents_{x}": found[f"ents_{x}"] for x in "prf"}
        result |= {k: found["ents_per_type"].get(k, {}).get("f", 0.0) for k in TYPES}
    return {k: round(v, 4) if isinstance(v, float) else v for k, v in result.items()}


def sets(data: Path) -> dict[str, list[list[Sentence]]]:
    """The test sets by name."""
    trees = corpora.trees(data)
    news = [s for part in ("dev", "test") for s in trees[f"gum-{part}"] if "_news_" in s.document]
    worldwide = documents(corpora.name_corpora(data)["worldwide"])
    return {
        "EWT test": documents(trees["ewt-test"]),
        "GUM news (dev and test)": documents(news),
        "GUM test": documents(trees["gum-test"]),
        "PUD": documents(trees["pud-test"], pud=True),
        "PUD, news half": documents((s for s in trees["pud-test"] if s.key.startswith("n")), pud=True),
        "worldwide newswire, every fifth article": worldwide[::5],
    }


def main(model: Path, data: Path) -> None:
    """Print one line a test set."""
    nlp = spacy.load(model)
    parsing.guard(nlp)
    for name, groups in sets(data).items():
        for by_rule in (True, False):
            if by_rule or groups[0][0].heads is not None:
                print(
                    name,
                    "sentences by rule" if by_rule else "sentences by parser",
                    score(nlp, groups, by_rule),
                    flush=True,
                )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
