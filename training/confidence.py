"""Fit the weights of `casualty_extract.confidence`: ``python training/confidence.py GOLD.jsonl [GOLD.jsonl ...]``.

Each file holds annotated articles as the scorer takes them. A claim is right where it finds a gold claim and all slots
of `casualty_extract.scoring.USABLE` agree. Needs scikit-learn, which the package itself must not have beside it:

    python3 -m venv /tmp/fit && /tmp/fit/bin/pip install . scikit-learn
    /tmp/fit/bin/python training/confidence.py GOLD.jsonl

Prints how well probabilities hold on articles that they were not fitted on: each tenth of the articles is rated by
weights fitted on the others.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from casualty_extract import Article
from casualty_extract.confidence import features
from casualty_extract.pipeline import explain, load
from casualty_extract.scoring import SLOTS, USABLE, pair

TARGET = Path(__file__).resolve().parent.parent / "src" / "casualty_extract" / "model" / "confidence.json"
LEAST = 8
"""In how many claims a sign must occur; rarer ones have no weight."""
STRENGTH = 0.1
"""The inverse of the L2 penalty, chosen by the log loss on articles left out."""
FOLDS = 10
DIGITS = 3


def read(files: list[Path]) -> tuple[list[dict[str, float]], list[bool], list[str]]:
    """Extract from all articles; give the signs of each claim, whether it is right, and its article."""
    if not TARGET.exists():
        # The stage that rates claims wants weights, be they empty.
        TARGET.write_text('{"weights": {"": 0.0}}', encoding="utf-8")
    nlp = load()
    signs: list[dict[str, float]] = []
    right: list[bool] = []
    articles: list[str] = []
    for file in files:
        for line in file.read_text(encoding="utf-8").splitlines():
            row: dict[str, Any] = json.loads(line)
            known = {key: row.get(key) for key in ("title", "publisher", "url") if row.get(key)}
            day = date.fromisoformat(row["published"]) if row.get("published") else None
            article = Article(id=str(row["id"]), text=row["text"], published=day, **known)
            explained = explain(article, nlp=nlp)
            claims = [e["claim"] for e in explained]
            plain = [claim.model_dump(mode="json") for claim in claims]
            usable = {
                p["id"] for g, p in pair(row["claims"], plain).pairs if all(SLOTS[s](g, p) for s in USABLE)
            }
            signs += features(claims, [e["decisions"] for e in explained])
            right += [claim.id in usable for claim in claims]
            articles += [str(row["id"])] * len(claims)
    return signs, right, articles


def table(rated: np.ndarray, right: np.ndarray) -> str:
    """Write how many claims of each span of probability are right."""
    lines = ["confidence     claims  mean  right"]
    for low in np.arange(0.0, 1.0, 0.1):
        inside = (rated >= low) & ((rated < low + 0.1) | (low > 0.85))
        if inside.any():
            lines.append(
                f"{low:.1f} to {low + 0.1:.1f}  {inside.sum():>8}{rated[inside].mean():>7.2f}{right[inside].mean():>7.2f}"
            )
    spans = np.minimum((rated * 10).astype(int), 9)
    error = sum(
        abs(rated[spans == s].mean() - right[spans == s].mean()) * (spans == s).mean() for s in set(spans)
    )
    lines.append(
        f"Brier score {np.mean((rated - right) ** 2):.3f}, calibration error {error:.3f}, base rate {right.mean():.3f}"
    )
    return "\n".join(lines)


def fit(signs: list[dict[str, float]], right: np.ndarray) -> tuple[DictVectorizer, LogisticRegression]:
    """Fit weights on the signs that occur often enough."""
    often = Counter(name for found in signs for name in found)
    kept = [{name: x for name, x in found.items() if often[name] >= LEAST} for found in signs]
    vectors = DictVectorizer(sparse=False)
    model = LogisticRegression(C=STRENGTH, max_iter=2_000)
    model.fit(vectors.fit_transform(kept), right)
    return vectors, model


def main() -> None:
    """Fit, print and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path, help="annotated articles, one a line")
    parser.add_argument("--dry", action="store_true", help="write nothing")
    asked = parser.parse_args()
    signs, told, articles = read(asked.files)
    right, groups = np.array(told), np.array(articles)
    rated = np.zeros(len(right))
    for train, test in GroupKFold(FOLDS).split(signs, right, groups):
        vectors, model = fit([signs[i] for i in train], right[train])
        rated[test] = model.predict_proba(vectors.transform([signs[i] for i in test]))[:, 1]
    print(f"{len(right)} claims of {len(set(articles))} articles\n{table(rated, right)}")
    vectors, model = fit(signs, right)
    weights = {"": round(float(model.intercept_[0]), DIGITS)}
    names = vectors.get_feature_names_out()
    weights |= {name: round(float(w), DIGITS) for name, w in zip(names, model.coef_[0], strict=True)}
    if not asked.dry:
        content = {
            "claims": len(right),
            "articles": len(set(articles)),
            "weights": dict(sorted(weights.items())),
        }
        TARGET.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    for name, weight in sorted(weights.items(), key=lambda each: -abs(each[1]))[:25]:
        print(f"{weight:>8.3f}  {name}", file=sys.stderr)


if __name__ == "__main__":
    main()
