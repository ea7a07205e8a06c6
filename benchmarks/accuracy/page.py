"""Put today's measures into the page of the evaluation: ``python benchmarks/accuracy/page.py GOLD.jsonl``.

The first column is that of `fixtures/gold.jsonl`, the second that of GOLD. Only the tables of "The measures" are
written, and the date above them; what the page says of them in words is for the one who runs this to check.
"""

from __future__ import annotations

import json
import re
import sys
from datetime import date
from pathlib import Path

import casualty_extract
from casualty_extract import extract
from casualty_extract.readers import Reading, read
from casualty_extract.scoring import Score, score

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "evaluation.md"
PLAIN = {
    "articles": "articles", "gold claims": "gold", "claims extracted": "predicted", "gold claims found": "found",
    "precision": "precision", "recall": "recall", "F1": "f1", "usable": "usable", "bad spans": "bad_spans",
}  # fmt: skip


def measured(path: Path) -> Score:
    gold = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    articles = [each.article for each in read(path, format="jsonl") if isinstance(each, Reading)]
    return score(gold, [extract(article) for article in articles])


def shown(value: float | int | None) -> str:
    return "" if value is None else f"{value:.3f}" if isinstance(value, float) else str(value)


def cells(name: str, width: int, scores: list[Score]) -> list[float | int | None]:
    """Give the values of a row by its first cell; none for a row that this does not know."""
    word = name.strip("`")
    if name in PLAIN:
        return [getattr(one, PLAIN[name]) for one in scores]
    if name.startswith("link `"):
        return [one.links.get(name[6:-1]) for one in scores]
    if width == 5 and word in scores[0].slots:
        return [value for one in scores for value in (one.slots.get(word), one.stated.get(word))]
    if width == 3 and word in scores[0].statuses:
        return [one.statuses.get(word) for one in scores]
    return []


def main(path: Path) -> None:
    scores = [measured(ROOT / "fixtures" / "gold.jsonl"), measured(path)]
    page = PAGE.read_text(encoding="utf-8")
    before, heading, rest = re.split(r"^(### [\d-]+, version .*\n)", page, maxsplit=1, flags=re.MULTILINE)
    tables, after = rest.split("\n### ", 1)

    def row(match: re.Match[str]) -> str:
        told = [cell.strip() for cell in match[0].strip("|\n").split("|")]
        values = cells(told[0], len(told), scores)
        return f"| {' | '.join([told[0], *map(shown, values)])} |\n" if values else match[0]

    heading = f"### {date.today()}, version {casualty_extract.__version__}\n"
    tables = re.sub(r"^\|.*\|\n", row, tables, flags=re.MULTILINE)
    PAGE.write_text(f"{before}{heading}{tables}\n### {after}", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
