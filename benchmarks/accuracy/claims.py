"""Score the library on gold claims and say how long it took: ``python benchmarks/accuracy/claims.py [GOLD.jsonl]``.

The gold has one article a line with its claims, as `fixtures/gold.jsonl`, which is the default.
"""

from __future__ import annotations

import json
import sys
import time
from dataclasses import asdict
from pathlib import Path

from casualty_extract import extract
from casualty_extract.readers import Reading, read
from casualty_extract.scoring import score

FIXTURES = Path(__file__).parents[2] / "fixtures" / "gold.jsonl"


def main(path: Path) -> None:
    gold = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    started = time.process_time()
    articles = [each.article for each in read(path, format="jsonl") if isinstance(each, Reading)]
    found = [extract(article) for article in articles]
    seconds = time.process_time() - started
    for name, value in asdict(score(gold, found)).items():
        if isinstance(value, dict):
            print(name)
            for key, share in value.items():
                print(f"  {key:<26} {share:.3f}")
        else:
            print(f"{name:<28} {value:.3f}" if isinstance(value, float) else f"{name:<28} {value}")
    print(f"{'processor seconds':<28} {seconds:.1f}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FIXTURES)
