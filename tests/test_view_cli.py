"""The command ``view``: claims, articles, a folder of ``batch`` or a database in, a report out."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from casualty_extract import Article, cli, extract
from casualty_extract.database import Database, Review
from casualty_extract.linking import link

TEXTS = {
    "a0": ("A bomb killed 12 people in Mosul on Friday, police said.", "2017-09-02"),
    "a1": ("The bomb in Mosul on Friday killed 15 people, doctors said.", "2017-09-03"),
}
DONE = re.compile(r"done docs=2 ok=2 failed=0 claims=2 seconds=\d+\.\d")


@cache
def extractions() -> tuple[Any, ...]:
    return tuple(extract(Article(id=name, text=text), published=day) for name, (text, day) in TEXTS.items())


def claims() -> str:
    return "".join(one.to_json() + "\n" for one in extractions())


def articles() -> str:
    return "".join(json.dumps({"id": n, "text": t, "date": d}) + "\n" for n, (t, d) in TEXTS.items())


def run(*arguments: str, given: str = "") -> Result:
    return CliRunner().invoke(cli.app, ["view", *arguments], input=given)


def shown(page: str) -> Any:
    told = re.search(r'id="report-data">(.*?)</script>', page, re.DOTALL)
    assert told
    return json.loads(told[1])


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "claims.jsonl").write_text(claims(), encoding="utf-8")
    (tmp_path / "articles.jsonl").write_text(articles(), encoding="utf-8")
    return tmp_path


def test_articles_are_extracted_and_shown_with_their_texts(files: Path) -> None:
    done = run("articles.jsonl", "-o", "report.html")
    assert done.exit_code == 0, done.stderr
    data = shown((files / "report.html").read_text("utf-8"))
    assert [document["text"] for document in data["documents"]] == [text for text, _ in TEXTS.values()]
    assert DONE.fullmatch(done.stderr.splitlines()[-1])


def test_claims_without_texts_are_shown_with_their_sentences(files: Path) -> None:
    done = run("claims.jsonl")
    assert done.exit_code == 0
    assert "Note: 2 without a text" in done.stderr
    [first, _] = shown(done.stdout)["documents"]
    assert "text" not in first
    assert first["claims"][0]["evidence"][2] == TEXTS["a0"][0]


def test_articles_beside_give_the_texts(files: Path) -> None:
    done = run("claims.jsonl", "--articles", "articles.jsonl")
    assert "Note:" not in done.stderr
    assert shown(done.stdout)["documents"][1]["text"] == TEXTS["a1"][0]


@pytest.mark.parametrize("given", [claims, articles])
def test_standard_input_holds_either(given: Any) -> None:
    done = run("-q", given=given())
    assert done.exit_code == 0
    assert len(shown(done.stdout)["documents"]) == 2
    assert done.stderr == ""


def test_claims_and_articles_together_keep_their_order(files: Path) -> None:
    (files / "more.txt").write_text("Floods killed 40 people in Jakarta.", encoding="utf-8")
    done = run("more.txt", "claims.jsonl")
    assert [document["id"] for document in shown(done.stdout)["documents"]][1:] == ["a0", "a1"]


def test_texts_can_be_left_out(files: Path) -> None:
    done = run("articles.jsonl", "--no-text", "--title", "Mosul, September")
    data = shown(done.stdout)
    assert [document.get("text") for document in data["documents"]] == [None, None]
    assert data["title"] == "Mosul, September"


def test_linked_incidents_are_shown_as_events(files: Path) -> None:
    linked = "".join(one.to_json() + "\n" for one in link(extractions(), copies="exact"))
    (files / "incidents.jsonl").write_text(linked, encoding="utf-8")
    [event] = shown(run("claims.jsonl", "--linked", "incidents.jsonl").stdout)["events"]
    assert len(event["members"]) == 2


def test_a_folder_of_a_batch_brings_its_failures(files: Path) -> None:
    (files / "articles.jsonl").write_text(articles() + '{"id": "a2"}\n', encoding="utf-8")
    batch = CliRunner().invoke(cli.app, ["batch", "articles.jsonl", "--out", "out", "-q", "--jobs", "1"])
    assert batch.exit_code == 1
    data = shown(run("out").stdout)
    assert [document["id"] for document in data["documents"]] == ["a0", "a1"]
    assert data["failures"] == [{"where": "articles.jsonl, row 3", "problem": "no value for 'text'"}]


def test_a_database_is_shown_with_events_and_reviews(files: Path) -> None:
    with Database.open("claims.db", create=True) as database:
        database.load([one.model_copy(update={"text": TEXTS[one.document.id][0]}) for one in extractions()])
        database.link(copies="exact")
        claim = extractions()[0].claims[0].id
        database.review([Review(document="a0", claim=claim, reviewer="ann", decision="accept")])
    done = run("--db", "claims.db")
    assert done.exit_code == 0, done.stderr
    data = shown(done.stdout)
    assert data["documents"][0]["text"] == TEXTS["a0"][0]
    assert data["documents"][0]["claims"][0]["reviews"] == [{"decision": "accept", "reviewer": "ann"}]
    assert len(data["events"]) == 1


def test_what_failed_stands_in_the_report_of_a_database(files: Path) -> None:
    (files / "articles.jsonl").write_text(articles() + '{"id": "a2"}\n', encoding="utf-8")
    CliRunner().invoke(cli.app, ["batch", "articles.jsonl", "--db", "claims.db", "-q", "--jobs", "1"])
    done = run("--db", "claims.db")
    assert done.exit_code == 0, done.stderr
    assert shown(done.stdout)["failures"] == [
        {"where": "articles.jsonl, row 3", "problem": "no value for 'text'"}
    ]


def test_bad_rows_are_told_and_listed(files: Path) -> None:
    (files / "claims.jsonl").write_text(claims() + '{"schema_version": "1.1"}\n', encoding="utf-8")
    done = run("claims.jsonl")
    assert done.exit_code == 1
    assert "Error: claims.jsonl, row 3: /document: Field required" in done.stderr
    [failure] = shown(done.stdout)["failures"]
    assert failure["where"] == "claims.jsonl, row 3"
    assert failure["problem"].startswith("/document: Field required")


def test_nothing_to_read_makes_no_report(files: Path) -> None:
    done = run("nowhere.jsonl", "-o", "report.html")
    assert done.exit_code == 3
    assert "Error: nowhere.jsonl: No such file or directory" in done.stderr
    assert not (files / "report.html").exists()


def test_a_report_is_not_replaced(files: Path) -> None:
    (files / "report.html").write_text("mine", encoding="utf-8")
    done = run("claims.jsonl", "-o", "report.html")
    assert done.exit_code == 4
    assert "it exists; --force replaces it" in done.stderr
    assert (files / "report.html").read_text("utf-8") == "mine"
    assert run("claims.jsonl", "-o", "report.html", "--force").exit_code == 0


def test_same_input_same_bytes(files: Path) -> None:
    assert run("claims.jsonl").stdout == run("claims.jsonl").stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["claims.jsonl", "--db", "claims.db"], "--db"),
        (["-", "--linked", "-"], "--linked"),
        (["claims.jsonl", "--published", "soon"], "--published"),
    ],
)
def test_command_lines_that_cannot_be_followed(arguments: list[str], told: str, files: Path) -> None:
    done = run(*arguments)
    assert done.exit_code == 2
    assert told in done.stderr


def test_a_database_that_is_not_there(files: Path) -> None:
    done = run("--db", "nowhere.db", "-o", "report.html")
    assert done.exit_code == 4
    assert not (files / "report.html").exists()
