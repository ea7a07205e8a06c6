"""The commands ``review``: files in, files out, and exit statuses that tell how it went."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from casualty_extract import cli
from casualty_extract.records import Extraction
from reviewed import document

TOOLS = ("webanno", "labelstudio", "brat", "sheet")
DONE = re.compile(r"done docs=\d+ ok=\d+ failed=\d+ seconds=\d+\.\d")


def run(*arguments: str | Path, given: str = "") -> Result:
    return CliRunner().invoke(cli.app, ["review", *map(str, arguments)], input=given)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with claims and their articles, as rows and as a file, of which the texts are full of traps."""
    monkeypatch.chdir(tmp_path)
    made = [pair for seed in range(20) if (pair := document(seed, hard=seed % 2 == 0))[0].claims][:6]
    Path("claims.jsonl").write_text("".join(e.to_json() + "\n" for e, _ in made), encoding="utf-8")
    rows = [json.dumps({"id": e.document.id, "text": text}) for e, text in made[1:]]
    Path("articles").mkdir()
    Path("articles/news.jsonl").write_text("\n".join(rows), encoding="utf-8")
    Path("articles/first.txt").write_text(made[0][1], encoding="utf-8", newline="")
    return tmp_path


def claims(file: str = "claims.jsonl") -> list[Extraction]:
    return [Extraction.from_json(line) for line in Path(file).read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("tool", TOOLS)
def test_out_and_in_again(here: Path, tool: str) -> None:
    """What nobody touched brings no change to any claim."""
    sent = run("export", "claims.jsonl", "--articles", "articles", "--to", tool, "-o", "out")
    assert sent.exit_code == 0, sent.stderr
    assert DONE.fullmatch(sent.stderr.splitlines()[-1])
    got = run(
        "import", "out", "--from", tool, "--claims", "claims.jsonl", "--articles", "articles", "-o", "r.jsonl"
    )
    assert got.exit_code == 0, got.stderr
    done = run("apply", "claims.jsonl", "r.jsonl")
    assert done.exit_code == 0
    assert [Extraction.from_json(line) for line in done.stdout.splitlines()] == claims()


def test_a_sheet_is_filled_in(here: Path) -> None:
    """Decisions change the claims; a wrong row is told with its number and the status is 1."""
    run("export", "claims.jsonl", "--to", "sheet", "-o", "sheet.csv")
    with open("sheet.csv", encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    rows[0]["decision"] = "reject"
    rows[1]["fix_number"] = "7"
    rows[2]["decision"] = "perhaps"
    with open("sheet.csv", "w", encoding="utf-8-sig", newline="") as lines:
        writer = csv.DictWriter(lines, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    got = run(
        *("import", "sheet.csv", "--from", "sheet", "--claims", "claims.jsonl", "-o", "r.jsonl"),
        *("--reviewer", "ann", "--at", "2024-05-01T10:00"),
    )
    assert got.exit_code == 1
    assert "Error: sheet.csv, row 4: decision: 'perhaps'" in got.stderr
    made = [json.loads(line) for line in Path("r.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(r["decision"], r["reviewer"], r["at"]) for r in made] == [
        ("reject", "ann", "2024-05-01T10:00"),
        ("fix", "ann", "2024-05-01T10:00"),
    ]
    assert run("apply", "claims.jsonl", "r.jsonl", "-o", "corrected.jsonl").exit_code == 0
    before = [c.id for e in claims() for c in e.claims]
    after = {c.id: c for e in claims("corrected.jsonl") for c in e.claims}
    assert [name for name in before if name not in after] == [made[0]["claim"]]
    assert after[made[1]["claim"]].quantity.best == 7
    again = run("apply", "corrected.jsonl", "r.jsonl")
    assert again.stdout == Path("corrected.jsonl").read_text(encoding="utf-8")


def test_a_later_run_does_not_override(here: Path) -> None:
    """A reviewed claim that a run lost comes back, and the note tells."""
    run("export", "claims.jsonl", "--to", "sheet", "-o", "s.csv")
    content = Path("s.csv").read_text(encoding="utf-8")
    head = content.split("\n")[0].removeprefix("\ufeff").split(",")
    key = next(row for row in csv.DictReader(content.removeprefix("\ufeff").splitlines()))["key"]
    assert "decision" in head
    Path("s.csv").write_text(f"key,decision\n{key},accept\n", encoding="utf-8")
    run("import", "s.csv", "--from", "sheet", "--claims", "claims.jsonl", "-o", "r.jsonl")
    lost = [e.model_copy(update={"claims": (), "incidents": ()}) for e in claims()]
    Path("later.jsonl").write_text("".join(e.to_json() + "\n" for e in lost), encoding="utf-8")
    done = run("apply", "later.jsonl", "r.jsonl")
    assert done.exit_code == 0
    assert "Note: " in done.stderr
    assert "the run does not find it; it stands as reviewed" in done.stderr
    found = [c.id for line in done.stdout.splitlines() for c in Extraction.from_json(line).claims]
    assert found == [key.split("-")[1]]


def test_reviews_of_no_claims_are_told(here: Path) -> None:
    """None is passed over without a word."""
    run("export", "claims.jsonl", "--articles", "articles", "--to", "brat", "-o", "b")
    run(
        *(
            "import",
            "b",
            "--from",
            "brat",
            "--claims",
            "claims.jsonl",
            "--articles",
            "articles",
            "-o",
            "r.jsonl",
        )
    )
    first = Path("claims.jsonl").read_text(encoding="utf-8").splitlines()[0]
    done = run("apply", "-", "r.jsonl", given=first + "\n")
    expected = sum(len(e.claims) for e in claims()[1:])
    assert done.exit_code == 1
    assert (
        len(re.findall(r"^Error: review \w+: there are no claims of document", done.stderr, re.M)) == expected
    )


def test_an_article_that_is_missing(here: Path) -> None:
    """Its document is told and left out, the others are written."""
    Path("articles/first.txt").unlink()
    done = run("export", "claims.jsonl", "--articles", "articles", "--to", "labelstudio")
    assert done.exit_code == 1
    assert "its text is not among the articles" in done.stderr
    assert len(json.loads(done.stdout)) == len(claims()) - 1


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (("export", "missing.jsonl", "--to", "sheet"), 3),
        (("export", "claims.jsonl", "--to", "webanno"), 1),
        (("export", "claims.jsonl", "--to", "brat"), 2),
        (("export", "claims.jsonl"), 2),
        (("export", "claims.jsonl", "--to", "word"), 2),
        (("export", "claims.jsonl", "--to", "sheet", "-o", "there"), 4),
        (("export", "claims.jsonl", "--to", "sheet", "-o", "there", "--force"), 0),
        (("export", "claims.jsonl", "--to", "brat", "--articles", "articles", "-o", "there"), 4),
        (("import", "missing.csv", "--from", "sheet", "--claims", "claims.jsonl"), 3),
        (("import", "there", "--from", "sheet", "--claims", "missing.jsonl"), 3),
        (("import", "there", "--from", "sheet", "--claims", "claims.jsonl", "--at", "noon"), 2),
        (("apply", "claims.jsonl", "missing.jsonl"), 3),
        (("apply", "missing.jsonl", "there"), 3),
        (("apply", "claims.jsonl", "there"), 1),
        (("config",), 0),
        (("config", "-o", "there"), 4),
    ],
)
def test_statuses(here: Path, arguments: tuple[str, ...], status: int) -> None:
    """As the page of the command line tells them; errors are lines without tracebacks."""
    Path("there").write_text("something\n", encoding="utf-8")
    done = run(*arguments)
    assert done.exit_code == status, done.stderr
    assert "Traceback" not in done.output
    if status in (1, 3, 4):
        assert re.search(r"^Error: ", done.stderr, re.M)


def test_a_folder_is_not_written_over(here: Path) -> None:
    """Files that are there stay, unless --force is given."""
    arguments = ("export", "claims.jsonl", "--to", "brat", "--articles", "articles", "-o", "b")
    assert run(*arguments).exit_code == 0
    assert run(*arguments).exit_code == 4
    assert run(*arguments, "--force").exit_code == 0
    assert not list(Path("b").glob("*.part"))


def test_the_same_input_gives_the_same_bytes(here: Path) -> None:
    """Every format, twice."""
    for tool in ("webanno", "labelstudio", "prodigy", "doccano", "sheet"):
        arguments = ("export", "claims.jsonl", "--to", tool, "--articles", "articles", "-q")
        first, second = run(*arguments), run(*arguments)
        assert first.stdout == second.stdout != ""
        assert first.stderr == ""
