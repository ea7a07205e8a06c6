"""``casualty-extract batch``: statuses, summaries, kills and full disks."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import archive_trials as trials
import postgresql
from casualty_extract import cli_archive

ENV = {**os.environ, "NO_COLOR": "1", "COLUMNS": "100"}


def batch(
    *words: object, cwd: Path | None = None, stdin: str | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "casualty_extract", "batch", *map(str, words)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=ENV,
        cwd=cwd,
        input=stdin,
    )


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return trials.write_archive(tmp_path_factory.mktemp("archive") / "news.jsonl", 250)


@pytest.fixture(scope="module")
def clean(archive: Path) -> trials.Place:
    place = trials.folder(archive.parent / "clean")
    trials.without_kills(archive, place)
    return place


def test_a_folder_of_all_sorts(tmp_path: Path) -> None:
    """Files, folders and patterns go into one folder, and the last line tells the counts."""
    news = tmp_path / "news"
    news.mkdir()
    (news / "a.txt").write_text("Gunmen killed 12 people.", encoding="utf-8")
    (news / "b.csv").write_text('id,story\n7,"A bomb killed three people."\n8,\n', encoding="utf-8")
    (news / "c.txt").symlink_to("nowhere")
    done = batch("news", "--out", "out", "--text-key", "story", "--jobs", "1", cwd=tmp_path)
    assert done.returncode == 1, done.stderr
    assert done.stdout == ""
    told = re.fullmatch(
        r"done docs=4 ok=2 failed=2 skipped=0 claims=2 seconds=\d+\.\d errors=out/errors\.jsonl",
        done.stderr.splitlines()[-1],
    )
    assert told, done.stderr
    found = [json.loads(line) for line in (tmp_path / "out" / "claims.jsonl").read_text().splitlines()]
    assert [one["document"]["id"] for one in found] == ["news/a.txt", "7"]
    errors = [json.loads(line) for line in (tmp_path / "out" / "errors.jsonl").read_text().splitlines()]
    assert [(e["kind"], e["file"], e["row"]) for e in errors] == [
        ("input", "news/b.csv", 2),
        ("input", "news/c.txt", None),
    ]


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("news.jsonl",), 2, "--db"),
        (("news.jsonl", "--out", "out", "--db", "c.db"), 2, "--db"),
        (("news.jsonl", "--out", "out", "--jobs", "0"), 2, "--jobs"),
        (("news.jsonl", "--out", "out", "--timeout", "0"), 2, "--timeout"),
        (("news.jsonl", "--out", "out", "--max-errors", "many"), 2, "--max-errors"),
        (("news.jsonl", "--out", "out", "--max-errors", "101%"), 2, "--max-errors"),
        (("news.jsonl", "--out", "out", "--max-errors", "nan%"), 2, "--max-errors"),
        (("news.jsonl", "--out", ""), 2, "--out"),
        (("news.jsonl", "--out", "out", "--published", "Friday"), 2, "--published"),
        (("news.jsonl", "--out", "out", "--gazetteer", "nowhere.csv"), 2, "--gazetteer"),
        (("nowhere.jsonl", "--out", "out"), 3, "nowhere.jsonl: No such file"),
        (("news.jsonl", "--out", "news.jsonl"), 4, "news.jsonl: File exists"),
        (("news.jsonl", "--db", "nowhere/c.db"), 4, "nowhere/c.db"),
        (("news.jsonl", "--db", "mysql://host/c"), 2, "--db"),
        (("news.jsonl", "--out", "out", "--errors", "nowhere/bad.jsonl"), 4, "nowhere/bad.jsonl: No such"),
        (("news.jsonl", "--out", "out", "--errors", "."), 4, "Is a directory"),
        (("news.jsonl", "--out", "out", "--engine", "ray", "--dry-run"), 2, "--dry-run"),
        (("no*", "no*", "--out", "out"), 3, "docs=1 ok=0 failed=1"),
        (("out/claims.jsonl", "--out", "out"), 3, "an output of this run"),
        (("news.jsonl", "--out", "out", "--model", "no_such_model"), 4, "no_such_model"),
    ],
)  # fmt: skip
def test_statuses(tmp_path: Path, words: tuple[str, ...], status: int, said: str) -> None:
    """What is wrong is told in one line, with the status of its kind."""
    (tmp_path / "news.jsonl").write_text('{"text": "Gunmen killed 12 people."}\n', encoding="utf-8")
    done = batch(*words, cwd=tmp_path)
    assert (done.returncode, said in done.stderr, "Traceback" in done.stderr) == (status, True, False), (
        done.stderr
    )


def test_what_a_run_writes_is_no_article(tmp_path: Path) -> None:
    """A run may keep its results among the articles, and be taken up there."""
    (tmp_path / "a.txt").write_text("Gunmen killed 12 people.", encoding="utf-8")
    words = (".", "--out", ".", "--errors", "bad.txt", "--jobs", "1")
    first, again = (batch(*words, *more, cwd=tmp_path) for more in ((), ("--resume",)))
    assert "done docs=1 ok=1 failed=0 skipped=0" in first.stderr
    assert "done docs=1 ok=0 failed=0 skipped=1" in again.stderr
    into = batch(".", "--db", "c.db", "--from", "text", "--limit", "0", cwd=tmp_path)
    assert "failed=0" in into.stderr
    counted = batch(".", "--db", "c.db", "--from", "text", "--dry-run", cwd=tmp_path)
    assert "c.db" not in counted.stderr


def test_other_readings_are_another_run(tmp_path: Path) -> None:
    """What bears on the reading bears on the results, so a run is not taken up with another day or key."""
    (tmp_path / "news.jsonl").write_text('{"text": "Gunmen killed 12 people."}\n', encoding="utf-8")
    words = ("news.jsonl", "--out", "out", "--limit", "0")
    assert batch(*words, "--published", "2017-09-01", cwd=tmp_path).returncode == 0
    for more in ((), ("--published", "2018-09-01"), ("--published", "2017-09-01", "--text-key", "title")):
        done = batch(*words, *more, "--resume", cwd=tmp_path)
        assert (done.returncode, "with other settings" in done.stderr) == (4, True)
    assert batch(*words, "--published", "2017-09-01", "--resume", cwd=tmp_path).returncode == 0


def test_resuming_another_run_is_told(tmp_path: Path) -> None:
    """A database holds many runs; one that is begun anew, since an option differs, is not begun in silence."""
    (tmp_path / "news.jsonl").write_text('{"text": "Gunmen killed 12 people."}\n' * 2, encoding="utf-8")
    words = ("news.jsonl", "--db", "c.db", "--jobs", "1", "--resume")
    told = "Note: nothing to resume"
    assert told in batch(*words, cwd=tmp_path).stderr
    assert told not in batch(*words, cwd=tmp_path).stderr
    assert told in batch(*words, "--vagueness", "acled", cwd=tmp_path).stderr
    assert told not in batch(*words, "--date-order", "dmy", "--quiet", cwd=tmp_path).stderr


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has names that are no text")
def test_names_that_are_no_text_are_kept(tmp_path: Path) -> None:
    """An input may have any name that the system allows."""
    name = os.fsdecode(b"caf\xe9.txt")
    (tmp_path / name).write_text("Gunmen killed 12 people.", encoding="utf-8")
    done = batch(name, "--out", "out", "--limit", "0", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))["inputs"] == [name]


@pytest.mark.skipif(not hasattr(signal, "alarm"), reason="there are no alarms")
@pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_run_that_waits_for_input_ends_too(
    monkeypatch: pytest.MonkeyPatch, number: int, status: int
) -> None:
    """Whoever waits for a pipe cannot look whether the run is to end; it is ended after a while."""
    monkeypatch.setattr(cli_archive, "_GRACE", 1)
    here, there = os.pipe()
    with cli_archive._Ending() as ending:
        os.kill(os.getpid(), number)
        with pytest.raises(KeyboardInterrupt):
            os.read(here, 1)
    os.close(here)
    os.close(there)
    assert ending.stop.is_set()
    assert ending.status == status


def test_a_device_is_no_file_to_replace(tmp_path: Path) -> None:
    """Failures go into a pipe or a device; a link to a file stays a link."""
    (tmp_path / "bad.jsonl").symlink_to("real.jsonl")
    for target in (os.devnull, "bad.jsonl"):
        done = batch("no", "--out", "out", "--force", "--errors", target, cwd=tmp_path)
        assert done.returncode == 3, done.stderr
    assert Path(os.devnull).is_char_device()
    assert (tmp_path / "bad.jsonl").is_symlink()
    assert '"file":"no"' in (tmp_path / "real.jsonl").read_text(encoding="utf-8")


def test_a_dry_run_writes_nothing(tmp_path: Path, archive: Path) -> None:
    """A dry run reads and counts."""
    done = batch(archive, "--dry-run", "--out", "out", "--errors", "bad.jsonl", cwd=tmp_path)
    assert "errors=" not in done.stderr
    assert done.returncode == 1
    assert "done docs=250 ok=247 failed=3 skipped=0 claims=0" in done.stderr
    assert list(tmp_path.iterdir()) == []


PAGE = """<html><head><title>Blast in Arda</title><meta property="article:published_time" content="2019-05-03"></head>
<body><article><h1>Blast in Arda</h1><p>A car bomb killed at least 12 people in Mosul on Friday, police said on the day.
Another 30 people were wounded, hospital officials told reporters.</p></article></body></html>"""


def test_pages_are_taken_apart_by_the_workers(tmp_path: Path) -> None:
    """Web pages give what `extract` gives; one without an article is a failure of its own."""
    (tmp_path / "a.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "b.html").write_text("<html><body></body></html>", encoding="utf-8")
    done = batch("a.html", "b.html", "--out", "out", cwd=tmp_path)
    assert done.returncode == 1
    assert "Error: b.html: no article found in the HTML" in done.stderr
    alone = subprocess.run(
        [sys.executable, "-m", "casualty_extract", "extract", "a.html", "--to", "jsonl"],
        capture_output=True,
        cwd=tmp_path,
    )
    assert (tmp_path / "out" / "claims.jsonl").read_bytes() == alone.stdout
    [error] = [json.loads(line) for line in (tmp_path / "out" / "errors.jsonl").read_text().splitlines()]
    assert (error["kind"], error["file"], error["document"]) == ("input", "b.html", "b.html")
    assert batch("b.html", "--db", "c.db", cwd=tmp_path).returncode == 3


def test_errors_go_to_a_file_too(tmp_path: Path, archive: Path) -> None:
    """With a database, the failures of the run can be had as a file, those of before a stop among them."""
    for _ in range(2):
        done = batch(
            archive, "--db", "c.db", "--errors", "bad.jsonl", "--limit", "120", "--resume", cwd=tmp_path
        )
        errors = [json.loads(line) for line in (tmp_path / "bad.jsonl").read_text().splitlines()]
        assert [e["row"] for e in errors] == [14, 111]
    assert "done docs=120 ok=0 failed=0 skipped=120" in done.stderr
    # Whenever they failed: the run has documents without an extraction.
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].endswith(" errors=bad.jsonl")


def test_too_many_errors_end_it(tmp_path: Path, archive: Path) -> None:
    """The run ends with status 1, and says why."""
    done = batch(archive, "--out", "out", "--max-errors", "2", cwd=tmp_path)
    assert done.returncode == 1
    assert "ended early: more failures than --max-errors 2 allows" in done.stderr
    assert len((tmp_path / "out" / "errors.jsonl").read_text().splitlines()) == 3


def test_standard_input_is_read(tmp_path: Path) -> None:
    """An archive can come through a pipe."""
    done = batch("-", "--out", "out", cwd=tmp_path, stdin='{"text": "Gunmen killed 12 people."}\n')
    assert done.returncode == 0, done.stderr
    assert "docs=1 ok=1" in done.stderr


@pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_signals_end_a_run_in_order(tmp_path: Path, number: int, status: int) -> None:
    """What is being worked on is finished and kept; the run can be taken up."""
    long = trials.write_archive(tmp_path / "long.jsonl", 20_000)
    process = subprocess.Popen(
        [
            word
            for word in trials.command(long, "--out", str(tmp_path / "out"), "--jobs", "1")
            if word != "--quiet"
        ],
        stderr=subprocess.PIPE,
        text=True,
        env=ENV,
    )
    claims = tmp_path / "out" / "claims.jsonl"
    deadline = time.monotonic() + 60
    while (not claims.exists() or not claims.stat().st_size) and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(number)
    started = time.monotonic()
    _, said = process.communicate(timeout=60)
    assert process.returncode == status, said
    assert time.monotonic() - started < 15
    assert "Traceback" not in said
    note, done = said.splitlines()[-2:]
    assert (note, done[:5]) == (cli_archive._STOPPED, "done ")
    kept = claims.read_bytes()
    assert kept.endswith(b"\n")
    assert 0 < len(kept.splitlines()) < 20_000


# --- kills ---------------------------------------------------------------------------------------------

# Enough for a quick suite; `benchmarks/reliability.py` has the full numbers.
KILLS = int(os.environ.get("CASUALTY_EXTRACT_KILLS", "3"))
LIVES = (0.5, 3.0)


def test_killed_runs_into_a_folder_lose_nothing(tmp_path: Path, archive: Path, clean: trials.Place) -> None:
    """Killed and taken up at random moments, a run gives the bytes of one that nobody killed."""
    place = trials.folder(tmp_path / "out")
    trials.kill_and_resume(archive, place, kills=KILLS, lives=LIVES)
    assert place.content() == clean.content()


def test_killed_runs_into_sqlite_lose_nothing(tmp_path: Path, archive: Path) -> None:
    """The same for SQLite, by its dump."""
    place, whole = trials.database(str(tmp_path / "a.db")), trials.database(str(tmp_path / "b.db"))
    trials.kill_and_resume(archive, place, kills=KILLS, lives=LIVES)
    trials.without_kills(archive, whole)
    assert place.content() == whole.content()


def test_killed_runs_into_postgresql_lose_nothing(archive: Path) -> None:
    """The same for PostgreSQL."""
    with (
        postgresql.server() as server,
        postgresql.database(server) as one,
        postgresql.database(server) as two,
    ):
        place, whole = trials.database(one), trials.database(two)
        trials.kill_and_resume(archive, place, kills=KILLS, lives=LIVES)
        trials.without_kills(archive, whole)
        assert place.content() == whole.content()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends the workers of a killed process at once")
def test_no_worker_outlives_its_parent(tmp_path: Path) -> None:
    """After a kill no worker is left, not even one in the middle of an article."""
    long = trials.write_archive(tmp_path / "long.jsonl", 20_000)
    mark = f"TRIAL={tmp_path}"
    process = subprocess.Popen(
        trials.command(long, "--out", str(tmp_path / "out"), "--jobs", "2"),
        env={**ENV, "TRIAL": str(tmp_path)},
    )

    def workers() -> list[int]:
        found = []
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit():
                try:
                    marked = mark.encode() in (entry / "environ").read_bytes().split(b"\0")
                    named = (entry / "comm").read_bytes()
                except OSError:
                    continue
                if marked and named == b"claims-worker\n":
                    found.append(int(entry.name))
        return found

    claims = tmp_path / "out" / "claims.jsonl"
    deadline = time.monotonic() + 60
    while (not claims.exists() or not claims.stat().st_size) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert len(workers()) == 2
    process.kill()
    process.wait()
    deadline = time.monotonic() + 5
    while workers() and time.monotonic() < deadline:
        time.sleep(0.1)
    assert workers() == []


def _may_mount(folder: Path) -> bool:
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)], capture_output=True
    )
    if done.returncode == 0:
        subprocess.run(["umount", str(folder)], check=True)
    return done.returncode == 0


def test_a_full_disk_is_told_and_survived(tmp_path: Path, archive: Path, clean: trials.Place) -> None:
    """A run on a full disk ends with status 4; with more room it goes on to the same result."""
    (tmp_path / "disk").mkdir()
    if sys.platform != "linux" or os.geteuid() != 0 or not _may_mount(tmp_path / "disk"):
        pytest.skip("a small file system can only be mounted by root, and not in every container")
    assert clean.content()
    said = trials.fill_disk(tmp_path / "disk", archive, 4)
    assert "No space left on device" in said or "full" in said
