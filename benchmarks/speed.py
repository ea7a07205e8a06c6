"""Words per second of each stage against spaCy's blank tokenizer, in one run: ``python benchmarks/speed.py [FILE.jsonl]``.

The file has one article a line with its ``text``; `fixtures/gold.jsonl` is the default. The machine may be
busy: read the ratios, not the digits.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import spacy

from casualty_extract import Article, extract, load
from casualty_extract.pipeline import make_doc

FIXTURES = Path(__file__).parent.parent / "fixtures" / "gold.jsonl"


def main(path: Path) -> None:
    texts = [
        json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines() if line.strip()
    ]
    words = sum(len(text.split()) for text in texts)
    blank, nlp = spacy.blank("en"), load()
    extract("Gunmen killed 12 people on 3 May 2017 in Mosul, 5 km away, police said.", nlp=nlp)

    started = time.process_time()
    for text in texts:
        blank.make_doc(text)
    tokenizer = time.process_time() - started
    print(f"{len(texts)} articles, {words} words")
    print(f"{'blank tokenizer':<24} {words / tokenizer:>10,.0f} words/s  1.000")

    spent: Counter[str] = Counter()
    for text in texts:
        started = time.process_time()
        doc = make_doc(nlp, Article(text=text))
        spent["tokens"] += time.process_time() - started
        for name, stage in nlp.pipeline:
            started = time.process_time()
            doc = stage(doc)
            spent[name] += time.process_time() - started
    for name, seconds in spent.items():
        print(f"  {name:<22} {words / max(seconds, 1e-9):>10,.0f} words/s")
    total = sum(spent.values())
    print(f"{'all stages':<24} {words / total:>10,.0f} words/s  {tokenizer / total:.3f}")

    started = time.process_time()
    for text in texts:
        extract(text, nlp=nlp)
    screened = time.process_time() - started
    print(f"{'extract, screened':<24} {words / screened:>10,.0f} words/s  {tokenizer / screened:.3f}")

    script = "import time; t = time.perf_counter(); import casualty_extract; print(time.perf_counter() - t)"
    shown = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    print(f"{'import casualty_extract':<24} {float(shown):.3f} s")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FIXTURES)
