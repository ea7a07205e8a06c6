"""How large a report of many articles is, and how soon a browser shows it.

Run with ``python benchmarks/report.py``; it needs Chromium and Playwright. The articles are those of ``fixtures``, over
and over, each time with its figures and days moved, extracted anew; the times are those of the browser, from the start
of the navigation to the first paint of the page with its list, its text and its cards, and of what a reader does then.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import tempfile
import time
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

import browser
from casualty_extract import Article, extract
from casualty_extract.linking import link
from casualty_extract.records import Extraction
from casualty_extract.reports import Contents, report_html

GOLD = Path(__file__).parent.parent / "fixtures" / "gold.jsonl"

_NUMBER = re.compile(r"\b[1-9]\d\b")

STEPS = {
    "filter by a status": "document.querySelector('#filter-status-asserted').click()",
    "open the next article": "document.querySelectorAll('.article-row')[1].click()",
    "open the table": "document.querySelectorAll('.tab')[1].click()",
    "open the timeline": "document.querySelectorAll('.tab')[2].click()",
    "open the map": "document.querySelectorAll('.tab')[3].click()",
    "open the events": "document.querySelectorAll('.tab')[4].click()",
}
OPEN = "document.querySelectorAll('details.group')[1].open = true"
PAINTED = "step => new Promise(done => { const from = performance.now(); (0, eval)(step);"
PAINTED += " requestAnimationFrame(() => setTimeout(() => done(performance.now() - from), 0)); })"


def _moved(turn: int, found: re.Match[str]) -> str:
    return str(10 + (int(found[0]) - 10 + turn) % 90)


def extractions(number: int) -> list[Extraction]:
    rows = [json.loads(line) for line in GOLD.read_text("utf-8").splitlines()]
    chance = random.Random(1)
    found = []
    for i in range(number):
        row = rows[i % len(rows)]
        turn = i // len(rows)
        moved = chance.randint(0, 900)
        text = _NUMBER.sub(partial(_moved, turn), row["text"])
        published = date.fromisoformat(row["published"]) + timedelta(days=moved) if row["published"] else None
        article = Article(
            id=f"{row['id']}-{turn}",
            text=text,
            title=row["title"],
            publisher=row["publisher"],
            published=published,
        )
        found.append(extract(article).model_copy(update={"text": text}))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--repeat", type=int, default=5)
    options = parser.parse_args()
    started = time.perf_counter()
    found = extractions(options.articles)
    linked = list(link(found, copies="exact"))
    between = time.perf_counter()
    page = report_html(Contents(found, linked=linked))
    made = time.perf_counter()
    claims = sum(len(one.claims) for one in found)
    print(f"{len(found)} articles, {claims} claims, extracted in {between - started:.1f} s")
    print(f"report made in {made - between:.1f} s, {len(page.encode()) / 1e6:.1f} MB")
    with tempfile.TemporaryDirectory() as folder, browser.launched() as chromium:
        file = Path(folder, "report.html")
        file.write_text(page, encoding="utf-8", newline="")
        firsts, steps = [], {name: [] for name in STEPS}
        for _ in range(options.repeat):
            # Playwright's own script is let in beside the page's; the page's policy costs nothing.
            with browser.looking(chromium, bypass_csp=True) as look:
                look.visit(file)
                look.page.wait_for_function("performance.getEntriesByName('first-view').length")
                firsts.append(look.page.evaluate("performance.getEntriesByName('first-view')[0].startTime"))
                look.page.evaluate(OPEN)
                look.page.wait_for_selector("#filter-status-asserted")
                for name, step in STEPS.items():
                    steps[name].append(look.page.evaluate(PAINTED, step))
    print(
        f"first view {median(firsts) / 1000:.2f} s (median of {options.repeat}, {max(firsts) / 1000:.2f} s at most)"
    )
    for name, times in steps.items():
        print(f"{name:24} {median(times):6.0f} ms")


if __name__ == "__main__":
    main()
