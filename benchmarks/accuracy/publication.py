"""Score days of publication: ``python benchmarks/accuracy/publication.py FILE.jsonl... [--errors N]``.

Reads articles, one a line, with ``text``, ``published`` and, where known, ``url``; takes ``published`` away, and
compares the day found with it. Where rows have gold ``claims``, the times of the claims are scored three times: with
the day given, with the day found, and with no day at all.

*Right* is the same day, *near* at most one day away; *open* are stamps in figures that nothing settles. Articles
without ``published`` have no day to compare, so that only how many get one is told.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import Any
from unittest.mock import patch

from pairing import context

from casualty_extract import Article, extract, publication
from casualty_extract.scoring import score

HEAD = f"{'':<24}{'dated':>8}{'found':>7}{'right':>7}{'near':>7}{'open':>7}{'undated':>9}{'found':>7}"

BASES = ("all", "byline", "dateline", "url")


def article(row: dict[str, Any], published: date | None) -> Article:
    """Make the article of a row, with a day of our choice."""
    known = {key: row.get(key) for key in ("text", "title", "publisher", "url")}
    return Article(**known, id=str(row["id"]), published=published)  # type: ignore[arg-type]


def day_of(row: dict[str, Any]) -> date | None:
    """Give the day that a row states."""
    return date.fromisoformat(row["published"]) if row.get("published") else None


def compare(rows: Iterable[dict[str, Any]], errors: list[str]) -> dict[str, Counter[str]]:
    """Count what is found in articles whose day was taken away, for all and for each place of the day."""
    counts = {basis: Counter[str]() for basis in BASES}
    for row in rows:
        found, stated = publication.find(row["text"], url=row.get("url")), day_of(row)
        day, basis = (found.day, found.origin.basis) if found else (None, "all")
        for each in {"all", basis}:
            count = counts[each]
            count["dated" if stated else "undated"] += 1
            count["open"] += found is not None and day is None
            count["found" if stated else "also"] += day is not None
            if day is not None and stated is not None:
                count["right"] += day == stated
                count["near"] += abs((day - stated).days) <= 1
        if found is not None and stated is not None and day != stated:
            told = context(row["text"], found.origin.start or 0)
            errors.append(f"{row['id']} stated {stated} found {day} {basis} {row.get('url')} | {told}")
    return counts


def line(name: str, count: Counter[str]) -> str:
    """Write one line of the table."""
    cells = [count[key] for key in ("dated", "found", "right", "near", "open", "undated", "also")]
    widths = (8, 7, 7, 7, 7, 9, 7)
    return f"{name:<24}" + "".join(f"{cell:>{width}}" for cell, width in zip(cells, widths, strict=True))


def times(rows: list[dict[str, Any]]) -> Iterator[str]:
    """Score the times of the claims with the day given, with the day found, and without any."""
    for name, nothing in (("given", False), ("found", False), ("neither", True)):
        with patch.object(publication, "find", return_value=None) if nothing else nullcontext():
            found = [extract(article(row, day_of(row) if name == "given" else None)) for row in rows]
        slots = score(rows, found).slots
        yield f"  times, day {name:<8} exact {slots['time']:.3f}  overlaps {slots['time.overlaps']:.3f}"


def main() -> None:
    """Score and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path, help="articles, one a line of JSON")
    parser.add_argument("--errors", type=int, default=0, help="print so many errors of each file")
    asked = parser.parse_args()
    print(HEAD)
    for file in asked.files:
        rows = [json.loads(text) for text in file.read_text(encoding="utf-8").splitlines() if text.strip()]
        errors: list[str] = []
        for name, count in compare(rows, errors).items():
            print(line(file.stem if name == "all" else f"  {name}", count))
        if any("claims" in row for row in rows):
            print(*times(rows), sep="\n")
        print(*errors[: asked.errors], sep="\n", end="\n" if errors[: asked.errors] else "")


if __name__ == "__main__":
    main()
