"""The rows that the how-to shows do what it says they do, in a lexicon that has them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from casualty_extract import extract

PAGE = Path(__file__).parent.parent / "docs" / "how-to" / "add-a-word.md"
SENTENCES = ["Assassins garrotted two guards.", "Researchers posited that 40 people had died."]
WITH_ROWS = """
import json, sys, tomllib
from casualty_extract import lexicon

added, sentences = json.loads(sys.argv[1])
packaged = lexicon._load


def load(name):
    content = {table: dict(rows) for table, rows in packaged(name).items()}
    for table, row in added.get(name, []):
        content[table] |= tomllib.loads(row)
    return content


lexicon._load = load
from casualty_extract import extract

print(json.dumps([json.loads(extract(sentence).to_json())["claims"] for sentence in sentences]))
"""


@pytest.fixture(scope="module")
def rows() -> dict[str, list[tuple[str, str]]]:
    """The rows of the page, by file, each with its table."""
    found: dict[str, list[tuple[str, str]]] = {}
    blocks = re.findall(
        r"^```toml\n# (\w+)\.toml, \[(\w+)\]\n(.*?)^```", PAGE.read_text("utf-8"), re.M | re.S
    )
    for file, table, row in blocks:
        found.setdefault(file, []).append((table, row))
    return found


def test_the_rows_make_the_claims_that_the_page_shows(rows: dict[str, list[tuple[str, str]]]) -> None:
    """Without the rows the sentences are read as "before" says, and with them as "after"."""
    assert sorted(rows) == ["attributions", "harms", "statuses"]
    assert extract(SENTENCES[0]).claims == ()
    [before] = extract(SENTENCES[1]).claims
    assert (before.status, before.attribution) == ("asserted", None)
    done = subprocess.run(
        [sys.executable, "-c", WITH_ROWS, json.dumps([rows, SENTENCES])],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    [killed], [posited] = json.loads(done.stdout)
    assert (killed["quantity"]["text"], killed["harm"]["label"], killed["intent"]) == (
        "two",
        "killed",
        "deliberate",
    )
    assert (posited["status"], posited["attribution"]["source"]["text"]) == ("assessed", "Researchers")
