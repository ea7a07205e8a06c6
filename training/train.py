"""From the corpora to the shipped weights: ``python training/train.py DATA WORK``.

DATA holds the corpora as ``training/README.md`` names them; WORK is a scratch folder. What a step has made there
already is not made again, so an interrupted run goes on where it stopped. The steps: the teacher; silver labels and
word vectors; the two networks side by side; the assembled pipeline, its scores and its model card. ``--card DATA`` does
the last step alone: it measures what ships and writes its card.
"""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
MODEL = HERE.parent / "src" / "casualty_extract" / "model"
STEPS = {"main": 13000, "names": 12000}


def make_corpus(data: Path, work: Path) -> None:
    """Label everything with the teacher and write what the two networks learn from."""
    import spacy

    import corpora
    import known_names
    import packing
    import silver
    import teacher
    import train_teacher
    from casualty_extract import parsing

    corpus = work / "corpus"
    if (corpus / "vectors").exists():
        return
    trees, named = corpora.trees(data), corpora.name_corpora(data)
    model, meanings = teacher.load(work / "teacher"), teacher.Meanings()
    nlp = spacy.blank("en")
    parsing.guard(nlp)
    own = list(corpora.conllu(work / "casualty.conllu", "own"))
    tuned, held = train_teacher.split_uner(trees["ewt-dev"])
    gold = trees["ewt-train"] + trees["gum-train"]
    raw: list[corpora.Sentence] = []
    for path in ("open_news.jsonl", "casualty_snippets.jsonl"):
        for n, text in enumerate(silver.articles(data / "news" / path)):
            for sentence in silver.cut(nlp, text, "news"):
                sentence.document = f"{path}-{n}"
                raw.append(sentence)
    texts = {" ".join(s.words) for s in raw}
    gmb = [silver.bare(s.words, "gmb") for s in named["gmb"] if " ".join(s.words) not in texts]
    crossner = [silver.bare(s.words, "crossner") for s in named["crossner"]]
    print(
        {"gold": len(gold), "own": len(own), "news": len(raw), "gmb": len(gmb), "crossner": len(crossner)},
        flush=True,
    )
    for part in (gold, own, tuned, raw, gmb, crossner):
        silver.label(model, part, meanings)
    long_enough = [s for s in raw + gmb if len(s.words) > 2]
    given, family = known_names.persons()
    pools = {"given": sorted(given), "family": sorted(family), "place": sorted(known_names.places())}
    rng = random.Random(1)
    named_anew = [
        silver.renamed(s, pools, rng)
        for s in gold + tuned * 2 + crossner + long_enough
        if rng.random() < 0.4 and {"B-PER", "B-LOC"} & set(s.names or [])
    ]
    for network, repeated, silvery in (
        ("main", gold * 3 + own * 3, long_enough),
        ("names", gold + own * 2 + tuned * 4 + crossner + named_anew, long_enough),
    ):
        print(
            network, packing.pack(repeated + silvery, corpus / f"{network}-train.spacy", seed=1), flush=True
        )
    packing.pack(trees["ewt-dev"] + trees["gum-dev"], corpus / "main-dev.spacy", seed=2, vary=False)
    packing.pack(held + trees["gum-dev"], corpus / "names-dev.spacy", seed=2, vary=False)
    silver.save_vectors(meanings, corpus / "vectors", known_names.kinds())


def run(*arguments: str) -> subprocess.Popen[bytes]:
    """Start a step of this folder as a process of its own, on one core."""
    return subprocess.Popen([sys.executable, *arguments], cwd=HERE)


def main(data: Path, work: Path) -> None:
    """Make what is missing."""
    work.mkdir(parents=True, exist_ok=True)
    if not (work / "casualty.conllu").exists():
        run("casualty_sentences.py", "--count", "4000", "--seed", "1", str(work / "casualty.conllu")).wait()
    if not (work / "teacher" / "teacher.pt").exists():
        run("train_teacher.py", str(data), str(work / "teacher")).wait()
    make_corpus(data, work)
    started = [
        run("train.py", "--network", network, str(work))
        for network in STEPS
        if not (work / network / "done").exists()
    ]
    codes = [process.wait() for process in started]
    if any(codes):
        raise SystemExit("a network failed to train")
    finish(work)
    describe(data)


def finish(work: Path) -> None:
    """Put the networks together in the package's model folder."""
    import student

    shutil.rmtree(MODEL, ignore_errors=True)
    student.assemble(work / "main" / "model-last", work / "names" / "model-last", MODEL, META)


def describe(data: Path) -> None:
    """Measure what stands in the package's model folder, and write its card."""
    import spacy

    import card
    import evaluate
    import silver
    import student
    from casualty_extract import parsing

    nlp = spacy.load(MODEL)
    parsing.guard(nlp)
    scores = []
    for name, groups in evaluate.sets(data).items():
        for by_rule in (True, False):
            if by_rule or groups[0][0].heads is not None:
                scores.append((name, "rule" if by_rule else "parser", evaluate.score(nlp, groups, by_rule)))
                print(*scores[-1], flush=True)
    facts = {
        "tags": len(nlp.get_pipe("tagger").labels),
        "deps": len(nlp.get_pipe("parser").labels),
        "width": student.WIDTH,
        "depth": student.DEPTH,
        "vectors": f"{nlp.vocab.vectors.n_keys:,}",
        "vector_width": silver.VECTOR_WIDTH,
        "size": sum(f.stat().st_size for f in MODEL.rglob("*") if f.is_file()) / 1e6,
        "spacy": spacy.__version__,
    }
    card.write(MODEL, scores, facts)


META = {
    "name": "casualty_news",
    "version": "1.0.0",
    "description": "Tags, trees and names for English news",
    "author": "The casualty-extract developers",
    "license": "CC BY-SA 4.0",
    "performance": {},
}


def network(name: str, work: Path) -> None:
    """Train one network in this process."""
    import student

    student.train(name, work / "corpus", work / name, steps=STEPS[name])


if __name__ == "__main__":
    if sys.argv[1] == "--network":
        network(sys.argv[2], Path(sys.argv[3]))
    elif sys.argv[1] == "--card":
        describe(Path(sys.argv[2]).resolve())
    else:
        main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve())
