"""The memory of one long article, or of a long stream: ``python benchmarks/memory.py FILE.jsonl MEGABYTES``.

Prints the claims, the seconds, and the megabytes that the process held before and at most. The article is made
of the texts of the file, again and again. ``python benchmarks/memory.py --stream ARTICLES`` streams so many small
articles, each with names of its own, and prints the megabytes held after each tenth of them: a pipeline must not
grow with what it has read.
"""

from __future__ import annotations

import json
import random
import resource
import string
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from casualty_extract import Article, extract, load, pipeline

KILOBYTE = 1024 if sys.platform == "linux" else 1024 * 1024
"""What `ru_maxrss` counts in: kilobytes, or bytes on macOS, here as parts of a megabyte."""


def main(file: Path, megabytes: float) -> None:
    """Extract from one long article and print what it took."""
    wanted = int(megabytes * 1_000_000)
    text = ""
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            text += json.loads(line)["text"] + "\n\n"
            if len(text) >= wanted:
                break
    text = (text * (wanted // len(text) + 1))[:wanted]
    nlp = load()
    extract("Gunmen killed 12 people on Friday in Mosul, police said.", nlp=nlp)
    before, started = _most(), time.process_time()
    found = extract(text, nlp=nlp)
    print(len(found.claims), round(time.process_time() - started, 1), round(before), round(_most()))


def stream(articles: int) -> None:
    """Stream small articles full of new names and print how the process grows."""
    for n, _ in enumerate(pipeline.stream(_strangers(articles)), 1):
        if n % max(1, articles // 10) == 0:
            print(n, round(_most()))


def _strangers(articles: int) -> Iterator[Article]:
    dice = random.Random(1)
    for _ in range(articles):
        names = ["".join(dice.choices(string.ascii_lowercase, k=9)).capitalize() for _ in range(40)]
        yield Article(text=f"Gunmen killed 12 people in {names[0]}. Those who fled were {', '.join(names)}.")


def _most() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KILOBYTE


if __name__ == "__main__":
    if sys.argv[1] == "--stream":
        stream(int(sys.argv[2]))
    else:
        main(Path(sys.argv[1]), float(sys.argv[2]))
