"""An archive in partitions: how it is cut, what is kept, killed processes, and runs that go on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from casualty_extract import engines_partitions, extract
from casualty_extract.engines_folders import (
    MANIFEST,
    Partition,
    Summary,
    open_folder,
    plan,
    read_outcomes,
    summary,
)
from casualty_extract.engines_partitions import extract_partition
from casualty_extract.errors import InputError, OutputError
from casualty_extract.records import Article

pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
pq = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")

TEXT = "Gunmen killed {} people in Mosul on Friday, police said."
NONE: dict[str, Any] = {"columns": {}, "options": {}}


def news(*counts: int) -> str:
    return "".join(json.dumps({"id": f"a{n}", "text": TEXT.format(n)}) + "\n" for n in counts)


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("news").mkdir()
    Path("news/b.jsonl").write_text(news(2, 3) + '{"id": "x"}\n' + news(4), encoding="utf-8")
    pq.write_table(
        pa.table({"id": ["p1", "p2", "p3"], "text": [TEXT.format(5), None, TEXT.format(6)]}),
        "news/a.parquet",
        row_group_size=1,
    )


def work(out: str, *inputs: str, **how: Any) -> None:
    for partition in open_folder(out, inputs or ("news",), NONE, **how):
        extract_partition(partition, out, {}, {})


def test_folders_patterns_and_files_are_cut_in_order() -> None:
    """Files count once, in the order of the inputs and by name; Parquet is cut between row groups."""
    Path("news/deep").mkdir()
    Path("news/deep/c.ndjson").write_text(news(7))
    Path("news/readme.txt").write_text("Not an article.")

    found = plan(["news/b.jsonl", "news", "news/*.jsonl"], "0", rows=2)

    assert [(p.index, p.file, p.groups, p.first) for p in found] == [
        (0, "news/b.jsonl", None, 1),
        (1, "news/a.parquet", (0, 2), 1),
        (2, "news/a.parquet", (2, 3), 3),
        (3, "news/deep/c.ndjson", None, 1),
    ]
    assert len({p.part for p in found}) == 4
    assert [Partition.from_json(p.to_json()) for p in found] == found


@pytest.mark.parametrize("name", ["missing.jsonl", "empty", "*.warc"])
def test_what_is_not_there_is_named(name: str) -> None:
    """A file, an empty folder, a pattern that fits nothing."""
    Path("empty").mkdir()

    with pytest.raises(InputError) as caught:
        plan([name], "0")

    assert caught.value.file == name


def test_a_file_that_is_no_parquet_is_named() -> None:
    """Before anything is worked on."""
    Path("bad.parquet").write_text("12 dead")

    with pytest.raises(InputError, match=r"bad\.parquet: it is no whole Parquet file"):
        plan(["bad.parquet"], "0")


def test_outcomes_come_in_the_order_of_the_archive() -> None:
    """Each document has its outcome with its address, and bad rows are failures."""
    work("out")

    outcomes = list(read_outcomes("out"))

    assert [outcome.source for outcome in outcomes] == [
        *("news/a.parquet#1", "news/a.parquet#2", "news/a.parquet#3"),
        *("news/b.jsonl#1", "news/b.jsonl#2", "news/b.jsonl#3", "news/b.jsonl#4"),
    ]
    assert outcomes[3].extraction == extract(Article(id="a2", text=TEXT.format(2)))
    [first, second] = [outcome.failure for outcome in outcomes if outcome.failure]
    assert (first.kind, first.problem, first.row, first.document) == ("input", "no value for 'text'", 2, "p2")
    assert (second.kind, second.problem, second.file, second.row) == (
        "input",
        "no value for 'text'",
        "news/b.jsonl",
        3,
    )
    assert summary("out") == Summary(docs=7, ok=5, failed=2, claims=5)


def test_files_of_one_text_and_pages_are_read() -> None:
    """A file that is named may have any ending that the readers know; a page's text goes with it."""
    Path("a.txt").write_text(TEXT.format(2))
    Path("page.html").write_text(f"<html><body><article><p>{TEXT.format(3)} " + "It was quiet then. " * 20 + "</p></article></body></html>")  # fmt: skip

    work("out", "a.txt", "page.html")

    first, second = (outcome.extraction for outcome in read_outcomes("out"))
    assert first is not None
    assert second is not None
    assert (first.document.id, first.text) == ("a.txt", None)
    assert second.document.id == "page.html"
    assert second.text is not None
    assert TEXT.format(3) in second.text


def test_two_runs_give_the_same_bytes() -> None:
    """Names and contents of the parts, wherever the folder stands."""
    work("out")
    work("deeper/out")

    first, second = ({p.name: p.read_bytes() for p in Path(f).iterdir()} for f in ("out", "deeper/out"))
    assert first == second
    assert sorted(first)[0] == MANIFEST
    assert len(first) == 3


def test_only_what_is_missing_is_done_again() -> None:
    """Finished parts are not touched, and left pieces are swept up."""
    work("out")
    first, second = sorted(Path("out").glob("part-*"))
    whole, kept = second.read_bytes(), first.stat().st_mtime_ns
    second.unlink()
    Path("out/.part-00001-x.parquet.0.part").write_text("half")

    with pytest.raises(OutputError, match="1 of its 2 partitions are not done"):
        summary("out")
    work("out", resume=True)

    assert first.stat().st_mtime_ns == kept
    assert second.read_bytes() == whole
    assert len(list(Path("out").iterdir())) == 3


def test_another_run_is_refused() -> None:
    """A folder holds one run: of one configuration, of inputs that have not changed."""
    work("out")

    for change, problem in (
        ({"resume": False}, "it holds a run already"),
        ({"config": {**NONE, "options": {"vagueness": "acled"}}}, "another version or configuration"),
        ({"config": {**NONE, "columns": {"text": "body"}}}, "another version or configuration"),
        ({"inputs": ["news/b.jsonl"]}, "other inputs"),
    ):
        how = {"inputs": ["news"], "config": NONE, "resume": True, **change}
        with pytest.raises(OutputError, match=problem):
            open_folder("out", **how)
    Path("news/b.jsonl").write_text(news(2, 9), encoding="utf-8")
    with pytest.raises(OutputError, match="or these have changed since"):
        open_folder("out", ["news"], NONE, resume=True)


def test_a_changed_file_of_places_is_another_configuration() -> None:
    """Its name does not tell."""
    options = {"gazetteer": [str(Path("own.csv").absolute())]}
    Path("own.csv").write_text("name,kind,country\nQarth,city,IQ\n")
    open_folder("out", ["news"], {**NONE, "options": options})
    open_folder("out", ["news"], {**NONE, "options": options}, resume=True)
    Path("own.csv").write_text("name,kind,country\nQarth,city,SY\n")

    with pytest.raises(OutputError, match="another version or configuration"):
        open_folder("out", ["news"], {**NONE, "options": options}, resume=True)


def test_a_folder_of_something_else_is_left_alone() -> None:
    """Nothing is written into it."""
    Path("out").mkdir()
    Path("out/thesis.txt").write_text("mine")

    with pytest.raises(OutputError, match="it is not empty, and holds no run"):
        open_folder("out", ["news"], NONE, resume=True)
    assert [path.name for path in Path("out").iterdir()] == ["thesis.txt"]
    with pytest.raises(OutputError, match="it holds no run"):
        list(read_outcomes("out"))


def test_a_damaged_part_is_named() -> None:
    """Without it, the run can be completed."""
    work("out")
    part = sorted(Path("out").glob("part-*"))[0]
    whole = part.read_bytes()
    part.write_bytes(whole[:-50])

    for ask in (summary, lambda out: list(read_outcomes(out))):
        with pytest.raises(OutputError, match="it is damaged"):
            ask("out")
    part.unlink()
    work("out", resume=True)
    assert part.read_bytes() == whole


@pytest.mark.parametrize("name", ["named.parquet", "named.jsonl"])
def test_columns_have_names(name: str) -> None:
    """They are read under the names that are given, from Parquet and from rows of JSON."""
    if name.endswith("parquet"):
        pq.write_table(pa.table({"key": [1], "body": [TEXT.format(2)]}), name)
    else:
        Path(name).write_text(json.dumps({"key": 1, "body": TEXT.format(2)}) + "\n", encoding="utf-8")
    columns = {"id": "key", "text": "body"}
    [partition] = open_folder("out", [name], {"columns": columns, "options": {}})
    extract_partition(partition, "out", columns, {})
    assert [outcome.extraction.document.id for outcome in read_outcomes("out") if outcome.extraction] == ["1"]


def test_a_parquet_file_that_is_damaged_is_a_failure_from_there() -> None:
    """What stands before is kept."""
    rows = 400
    table = pa.table({"id": [f"d{n}" for n in range(rows)], "text": ["All is quiet."] * rows})
    pq.write_table(table, "cut.parquet", row_group_size=rows // 2, compression="none", use_dictionary=False)
    data = bytearray(Path("cut.parquet").read_bytes())
    middle = pq.read_metadata("cut.parquet").row_group(1).column(1).data_page_offset
    data[middle : middle + 40] = b"\xff" * 40
    Path("cut.parquet").write_bytes(data)

    work("out", "cut.parquet")

    *good, last = read_outcomes("out")
    assert len(good) == rows // 2
    assert all(outcome.extraction for outcome in good)
    assert last.failure is not None
    assert (last.failure.row, last.failure.problem[:30]) == (rows // 2 + 1, "the file is damaged from here:")


POISON = """
import os, signal, sys
from casualty_extract import engines_partitions
from casualty_extract.engines_folders import plan
real = engines_partitions.extract_row
def kills(article, options):
    if article.id in ("a4", "p3"):
        os.kill(os.getpid(), signal.SIGKILL)
    return real(article, options)
engines_partitions.extract_row = kills
from casualty_extract.engines_folders import Partition
engines_partitions.extract_partition(Partition.from_json(sys.argv[1]), "out", {}, {})
"""


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")
def test_a_document_that_kills_its_process_is_set_down_as_a_failure() -> None:
    """The partition is tried again until the document is known, and the others have their extractions."""
    path = os.pathsep.join([str(Path(engines_partitions.__file__).parent.parent), *filter(None, sys.path)])
    [_, partition] = open_folder("out", ["news"], NONE)
    ended = []
    while not ended or ended[-1] != 0:
        assert len(ended) < 4
        done = subprocess.run(
            [sys.executable, "-c", POISON, partition.to_json()],
            env={**os.environ, "PYTHONPATH": path},
            check=False,
        )
        ended.append(done.returncode)
        work("out", resume=True) if ended[-1] == 0 else None

    # Once without a journal, twice with it, and then it is passed over.
    assert ended == [-9, -9, -9, 0]
    outcomes = {outcome.source: outcome for outcome in read_outcomes("out")}
    lost = outcomes["news/b.jsonl#4"].failure
    assert lost is not None
    assert (lost.kind, lost.document, lost.attempts) == ("killed", "a4", 2)
    assert summary("out") == Summary(docs=7, ok=4, failed=3, claims=4)
    assert not list(Path("out").glob(".*"))


def test_a_partition_that_cannot_be_written_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk is an error of the output, which leaves no piece behind and blames no document."""
    [partition, _] = open_folder("out", ["news"], NONE)

    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        for _ in range(3):
            with pytest.raises(OutputError, match=r"part-00000-.*: No space left on device"):
                extract_partition(partition, "out", {}, {})
    assert not list(Path("out").glob("*.parquet")) + list(Path("out").glob(".*.part"))

    work("out", resume=True)

    assert summary("out") == Summary(docs=7, ok=5, failed=2, claims=5)
