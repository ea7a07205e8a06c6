"""The commands of the database: what they print, and how they end."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from casualty_extract import Article, cli, extract
from casualty_extract.database import Database
from casualty_extract.outcomes import Outcome
from extractions import simple
from test_database import RUN, failed, write

TEXT = "Gunmen killed 12 people."


def run(*arguments: str, given: str | None = None) -> tuple[int, str, str]:
    done = CliRunner().invoke(cli.app, list(arguments), input=given)
    return done.exit_code, done.stdout, done.stderr


def lines(*numbers: int) -> str:
    return "".join(simple(n).to_json() + "\n" for n in numbers)


def test_load_and_look(database_url: str, tmp_path: Path) -> None:
    """Extractions are loaded, counted, checked, linked and dumped; loading again adds nothing."""
    (tmp_path / "claims.jsonl").write_text(lines(1, 2), encoding="utf-8")
    status, out, err = run("load", str(tmp_path / "claims.jsonl"), "--db", database_url)
    assert (status, out) == (0, "")
    assert err.startswith("done docs=2 ok=2 failed=0 claims=4 seconds=")
    assert run("load", "-q", "--db", database_url, given=lines(2, 3)) == (0, "", "")
    status, out, _ = run("db", "stats", "--db", database_url)
    assert (status, dict(line.split() for line in out.splitlines())["claims"]) == (0, "6")
    assert run("db", "check", "--db", database_url)[::2] == (0, "done docs=3 claims=6 problems=0\n")
    status, _, err = run("db", "link", "--copies", "exact", "--db", database_url)
    assert (status, err[:11]) == (0, "done docs=3")
    status, out, _ = run("db", "dump", "--db", database_url)
    assert status == 0
    assert sum(json.loads(line)["table"] == "claim" for line in out.splitlines()) == 6
    assert run("db", "init", "--db", database_url)[0] == 0
    assert run("db", "upgrade", "--db", database_url)[::2] == (0, "it is up to date\n")


def test_bad_rows_are_told_and_left_out(tmp_path: Path) -> None:
    """A row that is no extraction does not end the load; a file that is missing is told."""
    url = str(tmp_path / "claims.db")
    status, _, err = run("load", "--db", url, given=lines(1) + "{}\nno json\n" + lines(2))
    assert status == 1
    assert "Error: -, row 2: " in err
    assert "done docs=4 ok=2 failed=2 claims=4" in err
    status, _, err = run("load", str(tmp_path / "none.jsonl"), "--db", url)
    assert (status, "none.jsonl: No such file" in err) == (3, True)
    assert run("load", "-q", "--db", url, given="\xff\n")[0] == 3


@pytest.mark.parametrize("command", [["stats"], ["check"], ["dump"], ["link"], ["upgrade"]])
def test_a_database_that_cannot_be_used_ends_with_4(tmp_path: Path, command: list[str]) -> None:
    """One that is missing, or something else, is told in one line."""
    other = tmp_path / "notes.txt"
    other.write_text("some notes, and more of them " * 40, encoding="utf-8")
    for path in (tmp_path / "none.db", other):
        status, out, err = run("db", *command, "--db", str(path))
        assert (status, out) == (4, "")
        assert err.startswith(f"Error: {path}: ")
        assert err.count("\n") == 1
    assert run("load", "--db", str(tmp_path / "no" / "such.db"), given=lines(1))[0] == 4


def test_problems_end_with_1(tmp_path: Path) -> None:
    """A check that finds something says what."""
    url = str(tmp_path / "claims.db")
    with Database.open(url, create=True) as database:
        database.load([simple(1)])
        database._db.execute("UPDATE claim SET id = 'other'")
    status, _, err = run("db", "check", "--db", url)
    assert status == 1
    assert err.splitlines()[0] == "Error: document 'a1': its claims are not those of its record"


def test_a_mistyped_address_ends_with_2() -> None:
    """An address of an unknown kind is the command line's fault."""
    assert run("db", "stats", "--db", "mysql://host/db")[0] == 2
    assert run("db", "stats")[0] == 2


@pytest.mark.parametrize("dialect", ["sqlite", "postgresql"])
def test_the_schema_is_printed(dialect: str) -> None:
    """The statements run as they are."""
    status, out, _ = run("db", "schema", "--dialect", dialect)
    assert (status, "CREATE TABLE claim (" in out, "{" in out) == (0, True, False)
    if dialect == "sqlite":
        import sqlite3

        sqlite3.connect(":memory:").executescript(out)


def test_texts_are_left_out(tmp_path: Path) -> None:
    """With --no-text no text goes into the database."""
    url, found = str(tmp_path / "claims.db"), simple(1)
    whole = found.model_copy(update={"text": "Article 1 tells of (12, 30)."})
    assert run("load", "-q", "--no-text", "--db", url, given=whole.to_json())[0] == 0
    with Database.open(url) as database:
        assert list(database.extractions()) == [found]
        write(database, RUN, failed("x"))
    assert run("db", "dump", "-o", str(tmp_path / "dump"), "--db", url)[0] == 0
    assert run("db", "dump", "-o", str(tmp_path / "dump"), "--db", url)[0] == 4


def test_reviews_go_out_and_come_in(database_url: str, tmp_path: Path) -> None:
    """Claims go from the database to a sheet, decisions come back, and a later load leaves them as they are."""
    claims, sheet, reviews = (str(tmp_path / name) for name in ("claims.jsonl", "sheet.csv", "reviews.jsonl"))
    assert run("load", "-q", "--db", database_url, given=lines(1, 2))[0] == 0
    assert run("db", "claims", "--db", database_url, "-o", claims)[0] == 0
    stored = [json.loads(line) for line in Path(claims).read_text(encoding="utf-8").splitlines()]
    assert sorted(one["document"]["id"] for one in stored) == sorted(
        json.loads(line)["document"]["id"] for line in lines(1, 2).splitlines()
    )
    assert run("review", "export", claims, "--to", "sheet", "-q", "-o", sheet)[0] == 0
    with open(sheet, encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    decided = {"decision": ["accept", "reject", "fix", ""], "fix_status": ["", "", "denied", ""]}
    with open(sheet, "w", encoding="utf-8", newline="") as stream:
        table = csv.DictWriter(stream, rows[0].keys())
        table.writeheader()
        for number, row in enumerate(rows):
            table.writerow(row | {name: values[number] for name, values in decided.items()})
    status, _, err = run(
        "review", "import", sheet, "--from", "sheet", "--claims", claims, "--reviewer", "ann", "-o", reviews
    )
    assert status == 0, err
    status, _, err = run("db", "review", reviews, "--db", database_url)
    assert (status, err.startswith("done reviews=3 new=3 known=0 failed=0")) == (0, True), err
    assert "new=0 known=3" in run("db", "review", reviews, "--db", database_url)[2]
    run("load", "-q", "--db", database_url, given=lines(1, 2))
    with Database.open(database_url) as database:
        assert sorted(review.decision for review in database.reviews()) == ["accept", "fix", "reject"]
        current = database._db.execute("SELECT claim_id, status FROM v_claim_current")
    # Claims of several articles may have the same id.
    kept = [(row["key"].rpartition("-")[2], row["status"]) for row in rows[:1] + rows[3:]]
    fixed = (rows[2]["key"].rpartition("-")[2], "denied")
    assert sorted(current) == sorted([*kept, fixed])


def test_reviews_that_the_database_cannot_take_are_told(tmp_path: Path) -> None:
    """A review of an unknown claim, one that adds a claim, and a line that is none are told; status 1 or 3."""
    url = str(tmp_path / "claims.db")
    run("load", "-q", "--db", url, given=lines(1))
    document = {"id": "nowhere", "sha256": "00"}
    unknown = {"document": document, "claim": "c", "decision": "accept", "tool": "mine"}
    fix = unknown | {"decision": "fix", "patch": {"status": "denied"}}
    (tmp_path / "r.jsonl").write_text(
        "\n".join(json.dumps(one) for one in (unknown, fix, {"document": 7})) + "\n", encoding="utf-8"
    )
    status, _, err = run("db", "review", str(tmp_path / "r.jsonl"), "--db", url)
    assert status == 1
    assert "document 'nowhere' has no claim c in the database" in err
    assert "row 2: the fix does not carry the claim that it mends" in err
    assert "row 3: " in err
    assert "done reviews=1 new=0 known=0 failed=3" in err
    assert run("db", "review", str(tmp_path / "none.jsonl"), "--db", url)[0] == 3


def test_claims_carry_texts_where_they_are_wanted(tmp_path: Path) -> None:
    """With --text each extraction has the text that the database keeps, and else only pages have."""
    url = str(tmp_path / "c.db")
    with Database.open(url, create=True) as database:
        sink = database.sink(RUN)
        sink.write(
            [
                Outcome(
                    "a.txt",
                    extraction=extract(Article(id="a", text=TEXT)),
                    article=Article(id="a", text=TEXT),
                )
            ]
        )
        sink.close(finished=True)
    for option, text in (([], None), (["--text"], TEXT)):
        _, out, _ = run("db", "claims", "--db", url, *option)
        assert json.loads(out).get("text") == text
