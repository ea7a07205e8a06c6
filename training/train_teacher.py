"""Train the teacher on all corpora: ``python training/train_teacher.py DATA OUT``."""

from __future__ import annotations

import dataclasses
import random
import sys
from pathlib import Path

import torch

import corpora
import teacher


def main(data: Path, out: Path, epochs: int) -> None:
    """Train on the corpora, then for one short epoch on our own sentences among as many words of the corpora."""
    torch.set_num_threads(2)
    trees, names = corpora.trees(data), corpora.name_corpora(data)
    tuned, held = split_uner(trees["ewt-dev"])
    parsed = trees["ewt-train"] + trees["gum-train"]
    named = names["gmb"] + names["crossner"] * 2 + tuned * 5
    dev = {"ewt-dev": trees["ewt-dev"], "gum-dev": trees["gum-dev"], "uner-held": held}
    first = out / "corpora"
    if (first / "teacher.pt").exists():
        model = teacher.load(first)
    else:
        model = teacher.train(parsed, named, dev, epochs=epochs, out=first)
    own = list(corpora.conllu(out.parent / "casualty.conllu", "own"))
    rng = random.Random(1)
    mixed = own + rng.sample(parsed, 2 * len(own))
    teacher.train(mixed, rng.sample(named, len(own)) + tuned, dev, epochs=1, out=out, rate=8e-5, model=model)


def split_uner(sentences: list[corpora.Sentence]) -> tuple[list[corpora.Sentence], list[corpora.Sentence]]:
    """Part UniversalNER's development documents: three of four to learn from, as names alone, one to hold."""
    documents = sorted({s.document for s in sentences})
    kept = set(documents[::4])
    bare = [
        dataclasses.replace(s, heads=None, tags=None, deps=None) for s in sentences if s.names is not None
    ]
    return [s for s in bare if s.document not in kept], [s for s in bare if s.document in kept]


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 5)
