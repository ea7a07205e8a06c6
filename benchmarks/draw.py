"""Draw claims of an archive at random, to be read by eye: ``python benchmarks/draw.py FILE.jsonl [--claims N] [--seed S]``.

Prints CSV, one claim a row, no more than one an article, with its sentence and an empty column for the verdict. What
is kept of a reading leaves the sentence out (``--no-text``), for a text may not be ours to pass on.
"""

from __future__ import annotations

import argparse
import csv
import random
import sys
from pathlib import Path

from casualty_extract import extract
from casualty_extract.readers import Reading, read

COLUMNS = ("document", "start", "end", "figure", "unit", "harm", "verdict", "reason")


def main() -> None:
    """Draw and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("file", type=Path, help="one article a line, with its id, text and date")
    parser.add_argument("--claims", type=int, default=150)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--no-text", action="store_true", help="leave the sentence out")
    asked = parser.parse_args()
    articles = [each.article for each in read(asked.file, format="jsonl") if isinstance(each, Reading)]
    random.Random(asked.seed).shuffle(articles)
    table = csv.writer(sys.stdout, lineterminator="\n")
    table.writerow(COLUMNS if asked.no_text else (*COLUMNS, "sentence"))
    drawn = 0
    for n, article in enumerate(articles):
        if drawn == asked.claims:
            break
        found = extract(article)
        if not found.claims:
            continue
        # Each article draws for itself, so that one claim more or less elsewhere leaves the others drawn.
        claim = random.Random(f"{asked.seed} {n}").choice(found.claims)
        told = (claim.unit, claim.harm.label if claim.harm else "", "", "")
        place = (article.id, claim.quantity.start, claim.quantity.end, claim.quantity.text)
        sentence = () if asked.no_text else (" ".join(claim.evidence.text.split()),)
        table.writerow((*place, *told, *sentence))
        drawn += 1


if __name__ == "__main__":
    main()
