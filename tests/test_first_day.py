"""What a person meets who runs the command for the first time: files of the wrong kind, dates as spreadsheets
write them, and a question about one claim."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from casualty_extract import cli, extract
from casualty_extract.errors import InputError
from casualty_extract.readers import Columns, Reading, read
from casualty_extract.readers_days import read_day

TEXT = "A bomb killed 12 people and injured 30 in Mosul on Friday, police said."
TABLE = f'Headline;Story;When\nBlast;"{TEXT}";03/09/2017\n'


def run(*arguments: str, given: str = "") -> Result:
    return CliRunner().invoke(cli.app, arguments, input=given)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "article.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "sheet.csv").write_text(TABLE, encoding="utf-8")
    (tmp_path / "claims.jsonl").write_text(extract(TEXT).to_json() + "\n", encoding="utf-8")
    return tmp_path


# What -o is called tells what is in it


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("claims.csv", "document,published,"),
        ("CLAIMS.CSV", "document,published,"),
        ("claims.tsv", "document\tpublished\t"),
        ("claims.json", "{\n"),
        ("claims.txt", "article.txt\n"),
        ("new.jsonl", '{"schema_version"'),
        ("claims", '{"schema_version"'),
    ],
)
def test_the_ending_of_the_file_tells_the_format(folder: Path, name: str, begins: str) -> None:
    """A file called claims.csv holds CSV."""
    assert run("extract", "article.txt", "-o", name).exit_code == 0
    assert (folder / name).read_text("utf-8").startswith(begins)


def test_an_option_says_more_than_an_ending(folder: Path) -> None:
    """``--to`` stands where both tell."""
    assert run("extract", "article.txt", "--to", "jsonl", "-o", "claims.txt").exit_code == 0
    assert json.loads((folder / "claims.txt").read_text("utf-8"))["schema_version"]


def test_a_byte_order_mark_goes_with_an_ending(folder: Path) -> None:
    """No ``--to`` is needed for it."""
    assert run("extract", "article.txt", "--bom", "-o", "claims.csv").exit_code == 0
    assert (folder / "claims.csv").read_bytes().startswith(b"\xef\xbb\xbfdocument,")


@pytest.mark.parametrize("more", [(), ("--to", "csv")])
def test_a_workbook_is_not_written(folder: Path, more: tuple[str, ...]) -> None:
    """Spreadsheet programs refuse a CSV that is called .xlsx; the error names what they open."""
    done = run("extract", "article.txt", "-o", "claims.xlsx", *more)
    assert done.exit_code == 2
    assert ".xlsx is not written; name a file .csv" in done.stderr
    assert not (folder / "claims.xlsx").exists()


# Days as spreadsheets write them


@pytest.mark.parametrize(
    ("cell", "order", "day"),
    [
        ("03/09/2017", "DMY", "2017-09-03"),
        ("03/09/2017", "MDY", "2017-03-09"),
        ("3.9.2017", "DMY", "2017-09-03"),
        ("3-9-2017", "DMY", "2017-09-03"),
        ("2017/9/3", "YMD", "2017-09-03"),
        ("03/09/2017 14:30", "DMY", "2017-09-03"),
        (" 25/12/2017 ", "DMY", "2017-12-25"),
        ("2017-09-03", "DMY", "2017-09-03"),
        ("2017-09-03T23:30:00+03:00", "MDY", "2017-09-03"),
    ],
)
def test_a_day_in_figures(cell: str, order: str, day: str) -> None:
    """The order is the caller's; ISO 8601 needs none."""
    assert read_day(cell, order).isoformat() == day


@pytest.mark.parametrize(
    ("cell", "order", "problem"),
    [
        ("03/09/2017", None, "; the date order (--date-order DMY or MDY) tells how to read it"),
        ("25/12/2017", "MDY", "an ISO date such as 2017-09-01, or a day in the order MDY"),
        ("03/09/17", "DMY", "an ISO date such as 2017-09-01, or a day in the order DMY"),
        ("03/09.2017", "DMY", "an ISO date such as 2017-09-01, or a day in the order DMY"),
        ("2017/09/03", "DMY", "an ISO date such as 2017-09-01, or a day in the order DMY"),
        ("sept 6 2017", None, "cannot be used, expected an ISO date such as 2017-09-01"),
    ],
)
def test_a_day_that_is_none(cell: str, order: str | None, problem: str) -> None:
    """The error tells what would help, and never guesses."""
    with pytest.raises(ValueError, match="cannot be used") as told:
        read_day(cell, order, "When")
    assert str(told.value).startswith(f"When: {cell!r} cannot be used")
    assert str(told.value).endswith(problem)


def test_the_readers_take_the_order_with_the_columns(folder: Path) -> None:
    """From Python as on the command line."""
    [one] = read(folder / "sheet.csv", columns=Columns(text="Story", published="When", date_order="DMY"))
    assert isinstance(one, Reading)
    assert str(one.article.published) == "2017-09-03"


@pytest.mark.parametrize("command", ["extract", "view", "batch"])
def test_commands_read_days_in_figures(folder: Path, command: str) -> None:
    """``--date-order`` counts for the column of days, and "Friday" gets its date."""
    out = ("--out", "out") if command == "batch" else ("-o", "out")
    given = ("sheet.csv", "--text-key", "Story", "--date-key", "When", "--date-order", "dmy")
    done = run(command, *given, *out, *(("--jobs", "1") if command == "batch" else ()))
    assert done.exit_code == 0, done.stderr
    file = folder / "out"
    assert "2017-09-01" in (file / "claims.jsonl" if command == "batch" else file).read_text("utf-8")


def test_without_an_order_the_row_tells_of_it(folder: Path) -> None:
    """A European spreadsheet is refused with the option that reads it."""
    done = run("extract", "sheet.csv", "--text-key", "Story", "--date-key", "When")
    assert done.exit_code == 1
    assert "Error: sheet.csv, row 1: When: '03/09/2017' cannot be used" in done.stderr
    assert "--date-order DMY or MDY" in done.stderr


# Files of the wrong kind


def test_an_address_is_not_a_missing_file() -> None:
    """Nothing is fetched, and the error says what to do."""
    [found] = read_all_of("https://www.example.org/news/1.html")
    assert found.problem == "it is an address, and nothing is fetched: save the page, and name its file"
    assert run("extract", "HTTP://example.org").exit_code == 3


def read_all_of(name: str) -> list[InputError]:
    from casualty_extract.readers import read_all

    return [one for one in read_all([name]) if isinstance(one, InputError)]


CLAIMS = "claims are read from JSON Lines, as `extract --to jsonl -o claims.jsonl` writes them"


@pytest.mark.parametrize(
    "command",
    [
        ("link",),
        ("export", "--as", "hxl"),
        ("plot", "claims", "-o", "plot.svg"),
        ("review", "export", "--to", "sheet"),
        ("load", "--db", "claims.db"),
    ],
)
@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ("claims.csv", f"it holds no JSON Lines; {CLAIMS}"),
        ("article.txt", f"it holds no JSON Lines; {CLAIMS}"),
        (".", f"it is a folder; {CLAIMS}"),
    ],
)
def test_what_is_no_claims_is_one_error(
    folder: Path, command: tuple[str, ...], given: str, problem: str
) -> None:
    """A table of claims, an article and a folder are told once, not line by line."""
    run("extract", "article.txt", "-o", "claims.csv")
    done = run(*command, given)
    assert done.exit_code == 3
    assert done.stderr.count(f"Error: {given}: {problem}\n") == 1
    assert "Invalid JSON" not in done.stderr


def test_claims_under_any_name_are_read(folder: Path) -> None:
    """What a file holds counts, and not its ending."""
    (folder / "claims.txt").write_bytes((folder / "claims.jsonl").read_bytes())
    assert run("link", "claims.txt").exit_code == 0


def test_a_table_of_claims_is_no_table_of_articles(folder: Path) -> None:
    """``view claims.csv`` is told so, and not which columns there are."""
    run("extract", "article.txt", "-o", "claims.csv")
    done = run("view", "claims.csv", "-o", "report.html")
    assert "claims.csv: it is a table of claims, not of articles; claims go in as JSON Lines" in done.stderr


# One claim, and the help


@pytest.mark.parametrize("wanted", ["30", "id"])
def test_explain_one_claim(folder: Path, wanted: str) -> None:
    """By its figure as written, or by the id that tables have."""
    run("extract", "article.txt", "-o", "claims.csv")
    with open("claims.csv", encoding="utf-8", newline="") as rows:
        [claim] = [row["claim_id"] for row in csv.DictReader(rows) if row["figure"] == "30"]
    done = run("explain", "article.txt", "--claim", claim if wanted == "id" else wanted)
    assert "injured [30] in" in done.stdout
    assert "killed [12]" not in done.stdout
    assert "claims=1 " in done.stderr


def test_explain_a_claim_that_is_not_there(folder: Path) -> None:
    """Nothing is shown, and a note says why."""
    done = run("explain", "article.txt", "--claim", "99")
    assert (done.exit_code, done.stdout) == (0, "")
    assert "Note: no claim has the figure or the id '99'" in done.stderr


def test_days_that_stay_open_are_told(folder: Path) -> None:
    """Empty cells for "Friday" have a reason that a person can mend."""
    told = 'Note: 1 of 1 articles tell no day of publication, so days such as "on Friday" stay without a date'
    assert told in run("extract", "article.txt").stderr
    assert "Note:" not in run("extract", "article.txt", "--published", "2017-09-03").stderr
    assert "Note:" not in run("extract", given="Gunmen killed 12 people in Mosul.").stderr


@pytest.mark.parametrize("command", [(), ("db",), ("review",), ("plot",), ("gazetteer",)])
def test_the_help_tells_each_command_whole(command: tuple[str, ...]) -> None:
    """No line of the list of commands is cut off."""
    listed = run(*command, "--help").stdout.partition("Commands:")[2].splitlines()
    assert len(listed) > 1
    assert [line for line in listed if line.endswith("...")] == []


def test_the_help_begins_with_what_a_person_needs_first() -> None:
    """Extract, look, ask why; the rest comes later. No command is left out of the order."""
    listed = [line.split()[0] for line in run("--help").stdout.partition("Commands:")[2].splitlines() if line]
    assert listed[:3] == ["extract", "view", "explain"]
    assert listed == list(cli.ORDER)
