"""The path from an archive into PostgreSQL works as its page tells it, command by command and query by query."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import postgresql

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "how-to" / "archive-to-postgresql.md").read_text(encoding="utf-8")
STEPS = [
    line
    for block in re.findall(r"^```bash\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    for line in block.splitlines()
    if line.startswith("casualty-extract")
]
QUERIES = "".join(re.findall(r"^```sql\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL))


def test_the_path_from_folder_to_question_works(postgresql_server: str, tmp_path: Path) -> None:
    """Each command of the page ends with the status 0, and each query gives what it is for."""
    psycopg = pytest.importorskip("psycopg")
    (tmp_path / "news").mkdir()
    for name in ("landmine-tractor", "ministry-denial", "drone-strike-undated"):
        article = (ROOT / "fixtures" / "articles" / f"{name}.txt").read_text(encoding="utf-8")
        (tmp_path / "news" / f"{name}.txt").write_text(article, encoding="utf-8")
    script = Path(sys.executable).parent
    assert len(STEPS) == 11
    with postgresql.database(postgresql_server) as url:
        env = {**os.environ, "DB": url, "PATH": f"{script}{os.pathsep}{os.environ['PATH']}"}
        for step in STEPS:
            done = subprocess.run(
                ["bash", "-c", step.replace("less", "cat")],
                cwd=tmp_path,
                env=env,
                capture_output=True,
                text=True,
                encoding="utf-8",
            )
            assert done.returncode == 0, (step, done.stderr)
        with psycopg.connect(url) as connection:
            queries = [part for part in QUERIES.split(";") if part.strip()]
            found = [connection.execute(query).fetchall() for query in queries]
    failures, claims, events, _ = found
    assert failures == []
    assert len(claims) > 3
    assert len(events) > 1
    assert (tmp_path / "events.csv").read_text(encoding="utf-8").startswith("id,")
