"""How well confidence holds: ``python benchmarks/accuracy/confidence.py GOLD.jsonl [GOLD.jsonl ...]``.

Prints for each span of confidence how many claims have it, their mean, and the share of them that is right: that find a
gold claim with all slots of `casualty_extract.scoring.USABLE`. The Brier score is the mean square of the difference;
*calibration error* the mean distance between confidence and share over the spans, weighted by their claims; *AUC* the
share of pairs of a right and a wrong claim in which the right one has the higher confidence.

The weights were fitted on annotated articles (`training/confidence.py`): on those they look better than they are.
"""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

from casualty_extract import Article
from casualty_extract.pipeline import extract
from casualty_extract.scoring import SLOTS, USABLE, compare

SPANS = 10


def rated(row: dict[str, Any]) -> list[tuple[float, bool]]:
    """Give the confidence of each claim of an article, and whether it is right."""
    known = {key: row[key] for key in ("title", "publisher", "url") if row.get(key)}
    day = date.fromisoformat(row["published"]) if row.get("published") else None
    found = extract(Article(id=str(row["id"]), text=row["text"], published=day, **known))
    pairs = compare(row, found).pairs
    right = {p["id"] for g, p in pairs if all(SLOTS[slot](g, p) for slot in USABLE)}
    return [(claim.confidence or 0.0, claim.id in right) for claim in found.claims]


def main(files: list[Path]) -> None:
    """Rate and print."""
    rows = [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    all_rated = [each for row in rows for each in rated(row)]
    spans: dict[int, list[tuple[float, bool]]] = {}
    for each in all_rated:
        spans.setdefault(min(SPANS - 1, int(each[0] * SPANS)), []).append(each)
    error = 0.0
    print("confidence     claims   mean  right")
    for span, inside in sorted(spans.items()):
        mean, share = (sum(column) / len(inside) for column in zip(*inside, strict=True))
        error += abs(mean - share) * len(inside) / len(all_rated)
        print(f"{span / SPANS:.1f} to {(span + 1) / SPANS:.1f}{len(inside):>11}{mean:>7.2f}{share:>7.2f}")
    good, bad = ([p for p, right in all_rated if right is wanted] for wanted in (True, False))
    above = sum((a > b) + 0.5 * (a == b) for a in good for b in bad) / max(1, len(good) * len(bad))
    brier = sum((p - right) ** 2 for p, right in all_rated) / max(1, len(all_rated))
    print(f"\nclaims {len(all_rated)}, right {len(good) / max(1, len(all_rated)):.3f}")
    print(f"Brier score {brier:.3f}, calibration error {error:.3f}, AUC {above:.3f}")


if __name__ == "__main__":
    main([Path(argument) for argument in sys.argv[1:]])
