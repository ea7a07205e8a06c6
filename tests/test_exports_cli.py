"""The command ``export``: extractions in, rows of a data set out, what is left out told."""

from __future__ import annotations

import csv
import io
import json
import re
from functools import cache
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from casualty_extract import Article, cli, extract
from casualty_extract.exports import COLUMNS
from casualty_extract.linking import link
from casualty_extract.linking_records import LinkedIncident
from casualty_extract.writers import read_jsonl, write_jsonl

DONE = re.compile(r"done docs=3 ok=3 failed=0 rows=2 left_out=1 seconds=\d+\.\d")


@cache
def claims() -> str:
    target = io.StringIO()
    texts = [
        ("A bomb killed 12 people in Mosul on Friday.", "2017-09-02"),
        ("Dozens of people were killed in an airstrike in Aleppo on Friday.", "2017-09-04"),
        ("Floods killed 40 people in Jakarta on Friday.", "2017-09-04"),
    ]
    found = [extract(Article(id=f"a{n}", text=text), published=day) for n, (text, day) in enumerate(texts)]
    write_jsonl(found, target)
    return target.getvalue()


@cache
def incidents() -> str:
    found = link(read_jsonl(claims().splitlines()), copies="exact")
    return "".join(incident.to_json() + "\n" for incident in found)


def run(*arguments: str, given: str = "") -> Result:
    return CliRunner().invoke(cli.app, ["export", *arguments], input=given)


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_rows_out_and_the_left_out_told(tmp_path: Path) -> None:
    """A file in, a table out; what has no row and why stands on standard error."""
    file = tmp_path / "claims.jsonl"
    file.write_text(claims(), encoding="utf-8")
    done = run(str(file), "--as", "ucdp")
    assert done.exit_code == 0
    assert [row["where_coordinates"] for row in table(done.stdout)] == ["Mosul", "Aleppo"]
    assert "Note: 1 left out: disaster or accident" in done.stderr
    assert DONE.fullmatch(done.stderr.splitlines()[-1])


def test_everything_is_kept_where_it_is_asked_for() -> None:
    """With --all disasters are rows too."""
    done = run("--as", "acled", "--all", "-q", given=claims())
    assert len(table(done.stdout)) == 3
    assert done.stderr == ""


def test_rules_and_policies() -> None:
    """The one number goes by the rule, and vague words by the policy."""
    kept = table(run("--as", "acled", "-q", given=claims()).stdout)
    assert [row["fatalities"] for row in kept] == ["12", ""]
    coded = table(
        run("--as", "acled", "--vague", "acled", "--best-rule", "highest", "-q", given=claims()).stdout
    )
    assert [(row["fatalities"], row["best_rule"]) for row in coded] == [("12", "highest"), ("12", "highest")]


def test_json_lines() -> None:
    """One object a row, with the columns as its names."""
    done = run("--as", "airwars", "--to", "jsonl", "-q", given=claims())
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [tuple(row) for row in rows] == [COLUMNS["airwars"]] * 2


def test_hashtags_are_the_second_row() -> None:
    """The head row of HXL is for people, the one below it for programs."""
    done = run("--as", "hxl", "-q", given=claims())
    lines = done.stdout.splitlines()
    assert lines[0].startswith("Incident,")
    assert lines[1] == ",".join(COLUMNS["hxl"])
    assert len(lines) == 5


def test_linked_incidents(tmp_path: Path) -> None:
    """A row an incident of the archive; those without their articles are an error."""
    file, linked = tmp_path / "claims.jsonl", tmp_path / "incidents.jsonl"
    file.write_text(claims(), encoding="utf-8")
    linked.write_text(incidents(), encoding="utf-8")
    done = run(str(file), "--as", "ucdp", "--linked", str(linked))
    ids = {LinkedIncident.from_json(line).id for line in incidents().splitlines()}
    assert done.exit_code == 0
    assert {row["incident"] for row in table(done.stdout)} < ids
    less = run("--as", "hxl", "--linked", str(linked), given=claims().split("\n", 1)[1])
    assert less.exit_code == 1
    assert "1 left out: not all their articles are among the claims" in less.stderr
    assert len(less.stdout.splitlines()) == 4


def test_bad_rows_are_told_and_left_out(tmp_path: Path) -> None:
    """A row that is no extraction, or no incident, does not end the run."""
    done = run("--as", "ucdp", given="{}\n" + claims())
    assert done.exit_code == 1
    assert "Error: -, row 1: " in done.stderr
    assert len(table(done.stdout)) == 2
    linked = tmp_path / "incidents.jsonl"
    linked.write_text("{}\n" + incidents(), encoding="utf-8")
    done = run("--as", "ucdp", "--linked", str(linked), given=claims())
    assert done.exit_code == 1
    assert f"Error: {linked}, row 1: " in done.stderr
    assert len(table(done.stdout)) == 2


def test_to_a_file(tmp_path: Path) -> None:
    """With -o a file is written, with a byte order mark where it is asked for, and replaced only with --force."""
    file = tmp_path / "rows.csv"
    assert run("--as", "ucdp", "-o", str(file), "--bom", given=claims()).exit_code == 0
    assert file.read_bytes().startswith(b"\xef\xbb\xbfid,relid,")
    assert run("--as", "ucdp", "-o", str(file), given=claims()).exit_code == 4
    assert run("--as", "ucdp", "-o", str(file), "--force", given=claims()).exit_code == 0
    assert file.read_bytes().startswith(b"id,relid,")


@pytest.mark.parametrize(
    "arguments",
    [(), ("--as", "gtd"), ("--as", "ucdp", "--to", "jsonl", "--bom"), ("--as", "ucdp", "--linked", "-")],
)  # fmt: skip
def test_wrong_commands(arguments: tuple[str, ...]) -> None:
    """No data set, an unknown one, a mark that JSON has not, and one input for two things are errors of usage."""
    assert run(*arguments, given=claims()).exit_code == 2


def test_no_input_at_all(tmp_path: Path) -> None:
    """A file that is missing is named, and the status tells that nothing was read."""
    done = run(str(tmp_path / "none.jsonl"), "--as", "ucdp")
    assert done.exit_code == 3
    assert "No such file" in done.stderr
