"""Score places on articles whose toponyms carry coordinates: ``python benchmarks/accuracy/places.py FILE.jsonl [--errors N]``.

Each row has ``id``, ``text``, perhaps ``title``, ``published``, ``publisher`` and ``corpus``, and under
``gold.toponyms`` spans with ``start``, ``end`` and, where the annotators knew them, ``lat`` and ``lon``.

All places of an article count as toponyms but words for nations ("Syrian"); the country in "U.S. forces" is one. A found one matches a gold one when they
share more than half of the longer one's characters, one to one; *exact* where the bounds agree. Resolution is judged
on matched toponyms whose gold has coordinates; a place left without coordinates is wrong there. *AUC* is the area
under the curve of log errors, 0 where all are right and 1 where all are at the antipodes (Jurgens et al. 2015).
"""

from __future__ import annotations

import argparse
import json
import math
import statistics
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pairing import context, pair
from spacy.language import Language

from casualty_extract import Article
from casualty_extract.lexicon.gazetteer import kilometres
from casualty_extract.mentions import Mention
from casualty_extract.parsing import mark_sentences
from casualty_extract.pipeline import load, make_doc
from casualty_extract.places import find
from casualty_extract.readers import read_date

NEAR = 161
"""Kilometres (100 miles) within which a place is right, as the geoparsing literature has it."""
HALF_WAY = 20_039
"""Kilometres to the antipodes."""


@dataclass
class Counts:
    """What was found in a corpus."""

    articles: int = 0
    gold: int = 0
    found: int = 0
    matched: int = 0
    exact: int = 0
    errors_km: list[float] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    roles: Counter[tuple[str, bool]] = field(default_factory=Counter)

    def row(self, name: str) -> str:
        """Write one line of the table."""
        precision, recall = self.matched / max(1, self.found), self.matched / max(1, self.gold)
        f1 = 2 * self.matched / max(1, self.found + self.gold)
        exact = 2 * self.exact / max(1, self.found + self.gold)
        near = sum(km <= NEAR for km in self.errors_km) / max(1, len(self.errors_km))
        auc = (
            sum(math.log(km + 1) for km in self.errors_km) / math.log(HALF_WAY) / max(1, len(self.errors_km))
        )
        median = statistics.median(self.errors_km) if self.errors_km else 0.0
        speed = 1000 * statistics.median(self.seconds) if self.seconds else 0.0
        return (
            f"{name:<10}{self.articles:>8}{self.gold:>7}{self.found:>7}{precision:>8.3f}{recall:>8.3f}{f1:>8.3f}"
            f"{exact:>8.3f}{len(self.errors_km):>8}{near:>9.3f}{median:>11.1f}{auc:>8.3f}{speed:>12.1f}"
        )


def score(row: dict[str, Any], nlp: Language, counts: Counts, errors: list[str]) -> None:
    """Find the places of one article and compare."""
    text = row["text"]
    day = row.get("published")
    article = Article(
        id=str(row["id"]),
        text=text,
        title=row.get("title"),
        publisher=row.get("publisher"),
        published=read_date(day) if day else None,
    )
    started = time.process_time()
    found = [m for m in find(mark_sentences(make_doc(nlp, article))) if m.rule != "places.demonym"]
    counts.seconds.append(time.process_time() - started)
    found = [m for m in found if not any(m is not o and o.start <= m.start and m.end <= o.end for o in found)]
    gold = row["gold"]["toponyms"]
    counts.articles += 1
    counts.gold += len(gold)
    counts.found += len(found)
    shared = (
        (min(g["end"], m.end) - max(g["start"], m.start), i, j)
        for i, g in enumerate(gold)
        for j, m in enumerate(found)
        if 2 * (min(g["end"], m.end) - max(g["start"], m.start)) > max(g["end"] - g["start"], m.end - m.start)
    )
    golds: set[int] = set()
    mine: set[int] = set()
    for i, j in pair(shared):
        golds.add(i)
        mine.add(j)
        g, m = gold[i], found[j]
        counts.matched += 1
        counts.exact += (g["start"], g["end"]) == (m.start, m.end)
        counts.roles[m.value["role"], True] += 1
        if g["lat"] is None or g["lon"] is None:
            continue
        value = m.value
        at = (value["lat"], value["lon"])
        km = HALF_WAY if at[0] is None else kilometres(at, (float(g["lat"]), float(g["lon"])))
        counts.errors_km.append(km)
        if km > NEAR:
            told = f"{value['name']} {value['country']} {value['geonameid']} {value['reason']}"
            errors.append(
                f"PLACE {row['id']} {g['text']!r} {km:.0f} km: {told} | {context(text, g['start'])}"
            )
    for n, g in enumerate(gold):
        if n not in golds:
            errors.append(f"MISSED {row['id']} {g['text']!r} {g.get('type')} | {context(text, g['start'])}")
    for n, m in enumerate(found):
        if n not in mine:
            counts.roles[m.value["role"], False] += 1
            errors.append(f"EXTRA {row['id']} {described(text, m)} | {context(text, m.start)}")


def described(text: str, mention: Mention) -> str:
    """Write what was found."""
    return f"{text[mention.start : mention.end]!r} {mention.label} {mention.value['role']} {mention.rule}"


def main() -> None:
    """Score and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("file", type=Path, help="one article a line")
    parser.add_argument("--errors", type=int, default=0, help="print so many errors")
    asked = parser.parse_args()
    nlp = load()
    whole, corpora, errors = Counts(), dict[str, Counts](), list[str]()
    for line in asked.file.read_text(encoding="utf-8").splitlines():
        if line.strip():
            row = json.loads(line)
            score(row, nlp, corpora.setdefault(row.get("corpus") or "all", Counts()), errors)
    for counts in corpora.values():
        for name, value in vars(counts).items():
            setattr(whole, name, getattr(whole, name) + value)
    print(
        f"{'':<10}{'articles':>8}{'gold':>7}{'found':>7}{'P':>8}{'R':>8}{'F1':>8}{'exact':>8}"
        f"{'placed':>8}{'<161 km':>9}{'median km':>11}{'AUC':>8}{'ms/article':>12}"
    )
    for name, counts in sorted(corpora.items()):
        print(counts.row(name))
    print(whole.row("whole"))
    print("\nrole        right  wrong")
    for role in sorted({role for role, _ in whole.roles}):
        print(f"{role:<10}{whole.roles[role, True]:>7}{whole.roles[role, False]:>7}")
    for line in errors[: asked.errors]:
        print(line)


if __name__ == "__main__":
    main()
