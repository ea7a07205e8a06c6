"""Batches: order, supervision, resuming, and what becomes of documents that nothing can be made of."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest

import archive_poisons as poisons
import archive_trials as trials
from casualty_extract import archive, archive_items, extract
from casualty_extract.archive import Bounds, Settings, Summary, describe, outcomes, run
from casualty_extract.archive_folders import FolderSink
from casualty_extract.errors import ArgumentError, InputError, OutputError, WorkerError
from casualty_extract.outcomes import Failure, Outcome
from casualty_extract.readers import Reading

POISONED = Settings(factory="archive_poisons:make")


def plain(found: list[Outcome]) -> list[str]:
    return [o.extraction.to_json() for o in found if o.extraction]


@pytest.mark.parametrize("jobs", [1, 3])
def test_outcomes_are_those_of_extract_in_order(jobs: int) -> None:
    """Any number of workers gives what `extract` gives, in the order of the documents."""
    given = poisons.readings(60)
    found = list(outcomes(given, bounds=Bounds(jobs=jobs)))
    assert plain(found) == [extract(r.article).to_json() for r in given if isinstance(r, Reading)]
    assert [o.source for o in found] == [f"news.jsonl#{n}" for n in range(1, 61)]


def test_odd_text_comes_through() -> None:
    """Surrogates, NUL and line ends of all kinds go to the workers and come back in place."""
    text = "\ud800 Gunmen killed 12 people.\r\n\x00 \u2028 Gunmen wounded 30 people \U0001f600.\udfff"
    [found] = outcomes([Reading(poisons.Article(id="a", text=text), "a.txt")])
    assert found.extraction == extract(poisons.Article(id="a", text=text))
    assert found.extraction is not None
    assert [c.quantity.text for c in found.extraction.claims] == ["12", "30"]


def test_text_is_carried_where_the_file_has_none_of_its_own() -> None:
    """The text of a page goes with its extraction."""
    article = poisons.article(3)
    [found] = outcomes([Reading(article, "a.html", carries_text=True)])
    assert found.extraction is not None
    assert found.extraction.text == article.text


def test_each_poison_hurts_itself_alone(tmp_path: Path) -> None:
    """Whatever is in a document, it becomes a failure of its kind, and all others are as without it."""
    failed, _, _ = trials.poison(tmp_path, 60, 2, each=1, timeout=2)
    assert failed == 10


def test_a_failing_stage_is_named() -> None:
    """A failure tells what went wrong and where."""
    [found] = outcomes(poisons.readings(1, {0: "POISON-RAISE"}), POISONED)
    assert found.failure is not None
    assert found.failure.problem == "ZeroDivisionError: division by zero"
    assert (found.failure.file, found.failure.row) == ("news.jsonl", 1)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are found by /proc")
def test_killed_workers_are_replaced() -> None:
    """Workers may be killed at any moment: every document is there once, with its own result."""
    assert trials.kill_workers(200, 4, slow=0.02, every=0.7) >= 2


def test_a_long_document_has_more_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """The time limit grows with the length, so that a long article is no failure."""
    monkeypatch.setattr(archive_items, "PACE", 500)
    long = poisons.Article(id="a", text=f"{poisons.article(1).text} {'Nobody came. ' * 300}")
    slow = Settings(factory="archive_poisons:make", options={"slow": 4.0})
    short, found = outcomes([*poisons.readings(1), Reading(long, "a.txt")], slow, Bounds(jobs=2, timeout=1))
    assert short.failure is not None
    assert short.failure.problem == "it takes more than 1 seconds"
    assert found.failure is None


def test_workers_that_cannot_start_are_told() -> None:
    """A pipeline that cannot be made ends the run at once, with the reason."""
    with pytest.raises(WorkerError, match="there is no such model"):
        list(outcomes(poisons.readings(3), Settings(factory="archive_poisons:broken")))


def test_settings_that_cannot_be_sent_are_told() -> None:
    """What no other process can be given is told, and not waited for."""
    with pytest.raises(WorkerError, match="settings cannot be sent"):
        list(outcomes(poisons.readings(3), Settings(options={"model": lambda: None})))


def test_too_few_processes_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """A system that gives no process more ends the run with the reason."""

    def refuse(*_: object, **__: object) -> None:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr("casualty_extract.archive_supervision.subprocess.Popen", refuse)
    with pytest.raises(WorkerError, match="temporarily unavailable"):
        list(outcomes(poisons.readings(3), POISONED))


def test_nothing_to_do_starts_nothing() -> None:
    """Without documents no process is made."""
    assert list(outcomes([], POISONED)) == []
    only = poisons.readings(3, dict.fromkeys(range(3), "UNREADABLE"))
    assert [o.failure.kind for o in outcomes(only, POISONED) if o.failure] == ["input"] * 3


@pytest.mark.parametrize(
    "wrong", [{"jobs": 0}, {"timeout": 0}, {"limit": -1}, {"max_errors": 1.5}, {"max_errors": -1}]
)
def test_bounds_are_checked(wrong: dict[str, float]) -> None:
    """Bounds that make no sense are refused by name."""
    with pytest.raises(ArgumentError, match=next(iter(wrong))):
        Bounds(**wrong)  # type: ignore[arg-type]


# --- into a folder -----------------------------------------------------------------------------------


class InProcess:
    """In the place of the workers, for what has nothing to do with them: no process has to start."""

    def __init__(self, *_: object, stop: threading.Event, **__: object) -> None:
        self.stop = stop

    def outcomes(self, readings: Iterable[Reading | InputError]) -> Iterator[Outcome]:
        for reading in readings:
            if isinstance(reading, InputError):
                failure = Failure(kind="input", problem=reading.problem, file=reading.file, row=reading.row)
                yield Outcome(source=failure.source, failure=failure)
            else:
                found = extract(reading.article)
                yield Outcome(f"{reading.file}#{reading.row}", extraction=found, article=reading.article)
            if self.stop.is_set():
                return


@pytest.fixture
def in_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "Pool", InProcess)


def folder_of(path: Path) -> tuple[bytes, bytes]:
    return (path / "claims.jsonl").read_bytes(), (path / "errors.jsonl").read_bytes()


RUN = describe(Settings(), ["news.jsonl"])


def archived(folder: Path, given: list[Reading | InputError], **more: object) -> Summary:
    resume = bool(more.pop("resume", False))
    sink = FolderSink(folder, RUN, resume=resume)
    return run(given, sink, settings=POISONED, resume=resume, **more)  # type: ignore[arg-type]


def test_a_folder_holds_all(tmp_path: Path) -> None:
    """Extractions and failures stand in their files, in the order of the documents."""
    counts = archived(tmp_path, poisons.readings(20, {4: "UNREADABLE", 11: "POISON-RAISE"}))
    assert (counts.docs, counts.ok, counts.failed, counts.skipped) == (20, 18, 2, 0)
    claims, errors = folder_of(tmp_path)
    ids = [json.loads(line)["document"]["id"] for line in claims.splitlines()]
    assert ids == [f"a{n}" for n in range(20) if n not in (4, 11)]
    assert [(e["row"], e["kind"]) for e in map(json.loads, errors.splitlines())] == [
        (5, "input"),
        (12, "article"),
    ]
    told = json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))
    assert told["config_sha256"] == RUN.config_sha256


@pytest.mark.usefixtures("in_process")
def test_a_run_that_stopped_goes_on(tmp_path: Path) -> None:
    """A run over some of the documents, taken up, gives the bytes of one over all."""
    given = poisons.readings(40, {4: "UNREADABLE", 25: "UNREADABLE"})
    archived(tmp_path / "whole", given)
    for end in (0, 7, 19, 40):
        counts = archived(tmp_path / "parts", given, bounds=Bounds(limit=end), resume=end > 0)
        assert counts.docs == end
    assert folder_of(tmp_path / "parts") == folder_of(tmp_path / "whole")
    again = archived(tmp_path / "parts", given, resume=True)
    assert (again.docs, again.ok, again.failed, again.skipped, again.failed_before) == (40, 0, 0, 40, 2)


@pytest.mark.usefixtures("in_process")
def test_what_came_after_the_last_note_is_cut_off(tmp_path: Path) -> None:
    """Lines that the journal does not know, a half one at the end, are no part of the result."""
    given = poisons.readings(12)
    archived(tmp_path / "whole", given)
    archived(tmp_path / "cut", given, bounds=Bounds(limit=5))
    with open(tmp_path / "cut" / "claims.jsonl", "ab") as file:
        file.write(b'{"schema_version":"1.1","docu')
    archived(tmp_path / "cut", given, resume=True)
    assert folder_of(tmp_path / "cut") == folder_of(tmp_path / "whole")


def test_stopping_keeps_what_is_done(tmp_path: Path) -> None:
    """A run that is told to stop ends soon, and can be taken up."""
    given = poisons.readings(200)
    bounds = Bounds()
    slow = Settings(factory="archive_poisons:make", options={"slow": 0.02})

    def stop_soon(counts: Summary, _: Outcome | None) -> None:
        if counts.docs == 30:
            bounds.stop.set()

    counts = run(given, FolderSink(tmp_path, RUN), settings=slow, bounds=bounds, tell=stop_soon)
    assert counts.ended == "stopped"
    assert 30 <= counts.docs < 200
    ids = [json.loads(line)["document"]["id"] for line in folder_of(tmp_path)[0].splitlines()]
    assert ids == [f"a{n}" for n in range(counts.docs)]


@pytest.mark.usefixtures("in_process")
@pytest.mark.parametrize(("most", "documents"), [(2, 21), (0, 7), (0.15, None), (0.01, 100)])
def test_too_many_errors_end_a_run(tmp_path: Path, most: float, documents: int | None) -> None:
    """The run ends with the first failure that is one too many, the same with any number of workers."""
    given = poisons.readings(150, dict.fromkeys(range(6, 150, 7), "UNREADABLE"))
    counts = archived(tmp_path, given, bounds=Bounds(max_errors=most, jobs=2))
    assert (counts.ended, counts.docs) == (("max_errors", documents) if documents else (None, 150))


def test_a_folder_in_use_or_of_another_run_is_refused(tmp_path: Path) -> None:
    """What is there is neither mixed nor overwritten without being asked for."""
    sink = FolderSink(tmp_path, RUN)
    with pytest.raises(OutputError, match="another run works on it"):
        FolderSink(tmp_path, RUN, resume=True)
    sink.close(finished=True)
    with pytest.raises(OutputError, match="--resume goes on"):
        FolderSink(tmp_path, RUN)
    with pytest.raises(OutputError, match="other inputs, with other settings"):
        FolderSink(tmp_path, describe(Settings(date_order="MDY"), ["news.jsonl"]), resume=True)
    FolderSink(tmp_path, describe(Settings(date_order="MDY"), ["news.jsonl"]), replace=True).close(
        finished=True
    )
    (tmp_path / "journal.sqlite").unlink()
    with pytest.raises(OutputError, match="journal is missing"):
        FolderSink(tmp_path, RUN, resume=True)


@pytest.mark.usefixtures("in_process")
def test_a_folder_in_use_is_not_replaced(tmp_path: Path) -> None:
    """Not even by force: the other run would write into files that are gone. A broken journal is no run."""
    with FolderSink(tmp_path, RUN), pytest.raises(OutputError, match="another run works on it"):
        FolderSink(tmp_path, RUN, replace=True)
    assert (tmp_path / "claims.jsonl").exists()
    (tmp_path / "journal.sqlite").write_bytes(b"no journal at all" * 100)
    FolderSink(tmp_path, RUN, replace=True).close(finished=True)


def test_a_file_shorter_than_its_journal_is_refused(tmp_path: Path) -> None:
    """Lost lines are told: the journal says that they are done."""
    archived(tmp_path, poisons.readings(3))
    (tmp_path / "claims.jsonl").write_bytes(b"")
    with pytest.raises(OutputError, match="shorter than its journal"):
        FolderSink(tmp_path, RUN, resume=True)


@pytest.mark.usefixtures("in_process")
def test_progress_is_told_after_each_document(tmp_path: Path) -> None:
    """Whoever listens hears of every document, the skipped ones too."""
    archived(tmp_path, poisons.readings(5))
    heard: list[tuple[int, bool]] = []
    archived(tmp_path, poisons.readings(8), resume=True, tell=lambda c, o: heard.append((c.docs, o is None)))
    assert heard == [(n, n <= 5) for n in range(1, 9)]


@pytest.mark.usefixtures("in_process")
def test_passing_over_what_is_done_stops_too(tmp_path: Path) -> None:
    """However much is done already, a run that is told to stop stops."""
    archived(tmp_path, poisons.readings(50))
    bounds = Bounds()
    counts = archived(
        tmp_path, poisons.readings(50), resume=True, bounds=bounds, tell=lambda *_: bounds.stop.set()
    )
    assert (counts.docs, counts.skipped, counts.ended) == (1, 1, "stopped")


def test_documents_are_read_as_they_are_needed(tmp_path: Path) -> None:
    """However long the archive is, only some of it is in memory; a slow document does not change that."""
    read: list[int] = []

    def source() -> Iterator[Reading | InputError]:
        for number in range(30_000):
            read.append(number)
            what = "POISON-SLEEP" if number == 2 else ""
            yield Reading(poisons.article(number, what), "news.jsonl", number + 1)

    made = outcomes(source(), POISONED, Bounds(jobs=2, timeout=3))
    first = [next(made) for _ in range(5)]
    ahead = len(read)
    made.close()  # type: ignore[attr-defined]
    assert [o.failure.kind if o.failure else "ok" for o in first] == ["ok", "ok", "timeout", "ok", "ok"]
    assert ahead <= 2_100


def test_closing_ends_the_workers() -> None:
    """Whoever takes only some outcomes leaves no process behind."""
    made = outcomes(poisons.readings(50), POISONED, Bounds(jobs=2))
    next(made)
    started = time.monotonic()
    made.close()  # type: ignore[attr-defined]
    assert time.monotonic() - started < 5
    assert trials.children() == []


def test_order_of_sources_is_kept_in_runs(tmp_path: Path) -> None:
    """The same description gives the same run, any other one another."""
    made = [
        describe(Settings(), ["a"]),
        describe(Settings(), ["b"]),
        describe(Settings(date_order="MDY"), ["a"]),
        describe(Settings(), ["a"], format="csv"),
    ]
    assert len({r.id for r in made}) == 4
    assert describe(Settings(), ["a"]) == made[0]
    assert all(a.id != b.id for a, b in pairwise(made))
