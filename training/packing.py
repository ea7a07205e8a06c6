"""Put sentences together into Docs: to learn from, with other typography now and then, and to measure with."""

from __future__ import annotations

import random
from pathlib import Path

import spacy
from spacy.tokens import Doc, DocBin

from corpora import Sentence

STRETCH = 12
"""So many sentences make one Doc, so that batches stay small."""


def varied(sentence: Sentence, rng: random.Random) -> list[str]:
    """Other typography now and then: curly quotation marks, dashes, capitals as in headlines."""
    words = sentence.words
    chance = rng.random()
    if chance < 0.35:
        opened = False
        result = []
        for word in words:
            if word in {'"', "``", "''", "“", "”"}:
                opened = not opened
                word = "“" if opened else "”"
            result.append(word.replace("'", "’") if chance < 0.25 else word)
        words = [{"--": "—", "-": "–" if chance < 0.05 else "-"}.get(w, w) for w in result]
    chance = rng.random()
    if len(words) < 20 and chance < 0.04:
        return [w.upper() for w in words]
    if len(words) < 20 and chance < 0.08:
        return [w[:1].upper() + w[1:] for w in words]
    return words


def pack(sentences: list[Sentence], out: Path, seed: int, vary: bool = True) -> int:
    """Write Docs of up to `STRETCH` sentences, a paragraph break as white space before one that opens a paragraph."""
    rng = random.Random(seed)
    vocab = spacy.blank("en").vocab
    docs = DocBin(attrs=["ORTH", "SPACY", "TAG", "HEAD", "DEP", "ENT_IOB", "ENT_TYPE", "SENT_START"])
    current: list[Sentence] = []
    total = 0
    for sentence in [*sentences, None]:
        if current and (
            sentence is None
            or len(current) >= STRETCH
            or (sentence.corpus, sentence.document) != (current[-1].corpus, current[-1].document)
        ):
            docs.add(assemble(vocab, current, rng, vary))
            total += sum(len(s.words) for s in current)
            current = []
        if sentence is not None:
            current.append(sentence)
    out.parent.mkdir(parents=True, exist_ok=True)
    docs.to_disk(out)
    return total


def assemble(
    vocab: spacy.vocab.Vocab, sentences: list[Sentence], rng: random.Random | None = None, vary: bool = False
) -> Doc:
    """Join sentences into one Doc with all that is known.

    Every paragraph stands two line ends apart; given a source of chance, some by one and some not at all.
    """
    words: list[str] = []
    spaces: list[bool] = []
    tags: list[str] = []
    heads: list[int] = []
    deps: list[str] = []
    ents: list[str] = []
    for k, sentence in enumerate(sentences):
        if k and sentence.opens and (rng is None or rng.random() < 0.7):
            spaces[-1] = False
            words.append("\n\n" if rng is None or rng.random() < 0.7 else "\n")
            spaces.append(False)
            tags.append("_SP")
            heads.append(len(words) - 2)
            deps.append("dep")
            ents.append("O")
        start = len(words)
        words += varied(sentence, rng) if vary and rng is not None else sentence.words
        spaces += sentence.spaces
        if sentence is not sentences[-1]:
            # Sentences that the corpus lists without their article stand apart by a space.
            spaces[-1] = spaces[-1] or sentence.corpus in {"own", "gmb", "crossner"}
        # A sentence of names alone gets a stand-in for a tree; the network of names does not look at it.
        tags += sentence.tags or [""] * len(sentence.words)
        heads += [start + h for h in sentence.heads or range(len(sentence.words))]
        deps += sentence.deps or ["ROOT"] * len(sentence.words)
        ents += sentence.names or ["O"] * len(sentence.words)
    return Doc(vocab, words=words, spaces=spaces, tags=tags, heads=heads, deps=deps, ents=ents)
