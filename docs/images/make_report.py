"""The pictures of a report in the documentation: ``python docs/images/make_report.py`` makes them again.

They need Chromium and Playwright, and Pillow to make them small.
"""

from __future__ import annotations

import json
import sys
import tempfile
from datetime import date
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT / "tests"))

import browser  # noqa: E402
from casualty_extract import Article, extract  # noqa: E402
from casualty_extract.reports import Contents, report_html  # noqa: E402

ADDRESS = "#article=suicide-bombing-bus-station"


def main() -> None:
    """Extract the fixtures, make a report of them, and take its pictures."""
    found = []
    for line in (ROOT / "fixtures" / "gold.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        published = date.fromisoformat(row["published"]) if row["published"] else None
        keys = ("id", "text", "title", "publisher", "url")
        article = Article(published=published, **{key: row[key] for key in keys})
        found.append(extract(article).model_copy(update={"text": article.text}))
    with tempfile.TemporaryDirectory() as folder, browser.launched() as chromium:
        file = Path(folder, "report.html")
        page = report_html(Contents(found, title="Claims of casualties in twenty-two articles"))
        file.write_text(page, encoding="utf-8", newline="")
        take(chromium, file, "report.png", {"width": 1400, "height": 900})
        take(chromium, file, "report-phone.png", {"width": 390, "height": 760})


def take(chromium: object, file: Path, name: str, viewport: dict[str, int]) -> None:
    """Take a picture of the report with a claim chosen, and make it small."""
    how = {"viewport": viewport, "device_scale_factor": 1.5, "reduced_motion": "reduce"}
    with browser.looking(chromium, file, ADDRESS, **how) as look:
        look.page.locator(".mark.k-quantity", has_text="14").click()
        look.page.mouse.move(0, 0)
        look.page.wait_for_timeout(300)
        target = Path(__file__).parent / name
        look.page.screenshot(path=target)
    with Image.open(target) as picture:
        # Few colours are enough for a page of text, if those that stand in few places are among them.
        few = picture.convert("RGB").quantize(256, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
        few.save(target, optimize=True)


if __name__ == "__main__":
    main()
