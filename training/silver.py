"""Label raw news with the teacher: the silver data that the small pipeline learns from, and its word vectors.

Names come out in one manner for all text: persons, organisations and places as UniversalNER draws them, demonyms
and dates as the Groningen Meaning Bank does where these leave room.
"""

from __future__ import annotations

import dataclasses
import json
import random
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import spacy

import teacher
from casualty_extract import parsing
from corpora import Sentence, guessed_spaces
from decoding import spans

LONGEST = 150
"""Sentences of more words are lists and tables; they teach nothing."""
VECTORS, VECTOR_WIDTH = 13_000, 64


def articles(path: Path) -> Iterator[str]:
    """The texts of a JSONL file."""
    for line in path.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)["text"]


def cut(nlp: spacy.language.Language, text: str, corpus: str) -> list[Sentence]:
    """Tokenize and find sentences by rule; white space tokens are left out and kept as paragraph starts."""
    doc = parsing.mark_sentences(nlp.make_doc(text))
    found = []
    opens = True
    for sentence in doc.sents:
        tokens = [t for t in sentence if not t.is_space]
        if tokens and len(tokens) <= LONGEST:
            found.append(
                Sentence([t.text for t in tokens], [bool(t.whitespace_) for t in tokens], corpus, opens=opens)
            )
            found[-1].spaces[-1] = True
        opens = "\n" in sentence[-1].text
    return found


def combined(manners: list[list[str]]) -> list[str]:
    """Names of the first manner; demonyms and dates of the second where the first has none."""
    first, second = manners
    labels = list(first)
    for start, end, kind in spans(second):
        if kind in {"NORP", "DATE"} and all(label == "O" for label in labels[start:end]):
            labels[start:end] = [f"B-{kind}", *[f"I-{kind}"] * (end - start - 1)]
    return labels


def label(model: teacher.Teacher, sentences: list[Sentence], meanings: teacher.Meanings | None) -> None:
    """Give each sentence what it lacks; gold trees and gold names of UniversalNER stay."""
    said = teacher.annotate(
        model, teacher.Encoder(), [s.words for s in sentences], ("uner", "gmb"), meanings=meanings
    )
    for sentence, (tags, heads, deps, manners) in zip(sentences, said, strict=True):
        if sentence.heads is None:
            sentence.tags, sentence.heads, sentence.deps = tags, heads, deps
        if sentence.corpus != "own":
            kept = sentence.names if sentence.corpus in {"ewt", "uner"} and sentence.names else manners[0]
            sentence.names = combined([kept, manners[1]])


def renamed(sentence: Sentence, names: dict[str, list[str]], rng: random.Random) -> Sentence:
    """A copy with other names in the places of persons, and now and then of places, word for word.

    It teaches that the words around a name tell its kind, also where the name was never seen.

    Args:
        sentence: a sentence with names.
        names: words by kind: "given", "family", "place".
        rng: the source of chance.
    """
    words = list(sentence.words)
    for start, end, kind in sorted(spans(sentence.names or [])):
        if not all(w.isalpha() and w[0].isupper() and not w.isupper() for w in words[start:end]):
            continue
        if kind == "PER":
            pools = ["given" if i < end - 1 else "family" for i in range(start, end)]
        elif kind == "LOC" and end - start == 1 and rng.random() < 0.5:
            pools = ["place"]
        else:
            continue
        words[start:end] = [rng.choice(names[pool]).title() for pool in pools]
    return dataclasses.replace(sentence, words=words)


def bare(words: list[str], corpus: str) -> Sentence:
    """A sentence of words alone."""
    return Sentence(words, guessed_spaces(words), corpus)


def save_vectors(meanings: teacher.Meanings, out: Path, kinds: dict[str, set[str]]) -> None:
    """Write a spaCy vocabulary with the vectors, looked up by the lower-case form.

    Args:
        meanings: what the teacher makes of each word.
        out: the folder to write.
        kinds: further words by kind, as `known_names.kinds` gives them. Those of a kind share one vector: the
            mean of the frequent words of that kind, moved apart from the others by a random direction.
    """
    words, data = meanings.vectors(VECTORS, VECTOR_WIDTH)
    nlp = spacy.blank("en")
    keys = [nlp.vocab.strings.add(w) for w in words]
    row = {word: i for i, word in enumerate(words)}
    random_state = np.random.default_rng(1)
    shared = []
    for kind in sorted(kinds):
        members = [row[w] for w in kinds[kind] if w in row]
        mean = data[members].mean(0) if members else np.zeros(VECTOR_WIDTH)
        shared.append(mean + random_state.normal(size=VECTOR_WIDTH))
    table = np.concatenate([data, np.array(shared)]).astype(np.float16).astype(np.float32)
    vectors = spacy.vectors.Vectors(
        strings=nlp.vocab.strings, data=table, keys=keys, attr="LOWER", name="distilled"
    )
    for n, kind in enumerate(sorted(kinds)):
        for word in sorted(kinds[kind] - row.keys()):
            vectors.add(nlp.vocab.strings.add(word), row=len(words) + n)
    nlp.vocab.vectors = vectors
    nlp.to_disk(out)


__all__ = ["articles", "bare", "cut", "label", "renamed", "save_vectors"]
