"""How far F1 and usable would move with other articles: ``python benchmarks/accuracy/intervals.py GOLD.jsonl ...``.

Articles are drawn anew with replacement, as many as there are, 4,000 times; the interval holds the middle 95 of 100.
It tells of chance alone, and not of rules that were written with an eye on the same articles.
"""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path

from casualty_extract import extract
from casualty_extract.readers import Reading, read
from casualty_extract.scoring import score

DRAWS = 4_000
CUT = DRAWS // 40
"""How many draws lie outside at each end: 2.5 of 100."""


def main(path: Path) -> None:
    gold = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    articles = [each.article for each in read(path, format="jsonl") if isinstance(each, Reading)]
    rows = []
    for row, article in zip(gold, articles, strict=True):
        one = score([row], [extract(article)])
        rows.append((one.gold, one.predicted, one.found, one.usable * one.gold))
    chance = random.Random(1)
    shares: tuple[list[float], list[float]] = ([], [])
    for _ in range(DRAWS):
        told, made, found, usable = map(sum, zip(*chance.choices(rows, k=len(rows)), strict=True))
        shares[0].append(2 * found / (told + made))
        shares[1].append(usable / told)
    for name, drawn in zip(("f1", "usable"), shares, strict=True):
        drawn.sort()
        print(f"{path.name:<24} {name:<8} {drawn[CUT]:.3f} to {drawn[-CUT - 1]:.3f}")


if __name__ == "__main__":
    for given in sys.argv[1:]:
        main(Path(given))
