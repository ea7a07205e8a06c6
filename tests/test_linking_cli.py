"""The command ``link``: extractions in, incidents out, bad rows told."""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from casualty_extract import Article, cli, extract
from casualty_extract.linking_records import LinkedIncident
from casualty_extract.writers import write_jsonl

DONE = re.compile(r"done docs=2 ok=2 failed=0 incidents=1 seconds=\d+\.\d")


def rows() -> str:
    target = io.StringIO()
    texts = [
        ("A bomb killed 12 people in Mosul on Friday.", "2017-09-02"),
        ("A bomb killed 15 people in Mosul on Friday.", "2017-09-04"),
    ]
    found = [extract(Article(id=f"a{n}", text=text), published=day) for n, (text, day) in enumerate(texts)]
    write_jsonl(found, target)
    return target.getvalue()


def run(*arguments: str, given: str = "") -> Result:
    return CliRunner().invoke(cli.app, ["link", *arguments], input=given)


def test_incidents_are_lines_of_json(tmp_path: Path) -> None:
    """A file in, one line an incident out, the counts on standard error."""
    file = tmp_path / "claims.jsonl"
    file.write_text(rows(), encoding="utf-8")
    done = run(str(file))
    assert done.exit_code == 0
    [incident] = [LinkedIncident.from_json(line) for line in done.stdout.splitlines()]
    assert [member.document for member in incident.members] == ["a0", "a1"]
    assert DONE.fullmatch(done.stderr.splitlines()[-1])


def test_a_table_for_people() -> None:
    """The table names the figures that another takes the place of by their numbers."""
    done = run("--to", "table", "-q", given=rows())
    assert done.stderr == ""
    assert "2017-09-01 | Mosul | bombing | 2 articles" in done.stdout
    assert "takes the place of 1" in done.stdout


def test_to_a_file(tmp_path: Path) -> None:
    """With -o a file is written, and replaced only with --force."""
    file = tmp_path / "incidents.jsonl"
    assert run("-o", str(file), given=rows()).exit_code == 0
    assert len(file.read_text(encoding="utf-8").splitlines()) == 1
    assert run("-o", str(file), given=rows()).exit_code == 4
    assert run("-o", str(file), "--force", given=rows()).exit_code == 0


def test_bad_rows_are_told_and_left_out() -> None:
    """A row that is no extraction does not end the run."""
    done = run(given="{}\n" + rows())
    assert done.exit_code == 1
    assert "Error: -, row 1: " in done.stderr
    assert len(done.stdout.splitlines()) == 1


def test_no_input_at_all(tmp_path: Path) -> None:
    """A file that is missing is named, and the status tells that nothing was read."""
    done = run(str(tmp_path / "none.jsonl"))
    assert done.exit_code == 3
    assert "No such file" in done.stderr


def test_a_missing_package_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without datasketch the command says what to install and what goes without it."""
    monkeypatch.setitem(sys.modules, "datasketch", None)
    done = run(given=rows())
    assert done.exit_code == 2
    assert "pip install '.[link]'" in done.stderr
    assert "--copies exact" in done.stderr
    assert run("--copies", "exact", given=rows()).exit_code == 0
