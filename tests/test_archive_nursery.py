"""Workers that are copies of a nursery: as good as programs of their own, and nothing lost with the nursery."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import archive_poisons as poisons
from casualty_extract import archive_nursery, extract
from casualty_extract.archive import Bounds, Settings, outcomes
from casualty_extract.archive_nursery import Nursery
from casualty_extract.errors import WorkerError
from casualty_extract.outcomes import Outcome
from casualty_extract.readers import Reading

possible = pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets a process adopt its orphans")


def processes(mark: str = "") -> tuple[list[int], list[int]]:
    """The nurseries and the workers that run, of this process or with this in their environment."""
    found: dict[bytes, list[int]] = {b"claims-nursery\n": [], b"claims-worker\n": []}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            state = (entry / "stat").read_text().rpartition(")")[2].split()
            named = (entry / "comm").read_bytes()
            marked = mark.encode() in (entry / "environ").read_bytes().split(b"\0")
        except OSError:
            continue
        if state[0] != "Z" and (marked if mark else int(state[1]) == os.getpid()):
            found.setdefault(named, []).append(int(entry.name))
    return found[b"claims-nursery\n"], found[b"claims-worker\n"]


def settled(jobs: int, mark: str = "") -> tuple[list[int], list[int]]:
    """The same, once there are one nursery and so many workers: a copy takes its name a moment after it began."""
    deadline = time.monotonic() + 60
    while True:
        nurseries, workers = processes(mark)
        if (len(nurseries), len(workers)) == (1, jobs):
            return nurseries, workers
        assert time.monotonic() < deadline, (nurseries, workers)
        time.sleep(0.05)


def settings(factory: str, **options: object) -> Settings:
    return Settings(factory=f"archive_factories:{factory}", options=options)


def same(found: list[Outcome], count: int) -> bool:
    """Whether these are the extractions of so many articles, in order."""
    given = [r for r in poisons.readings(count) if isinstance(r, Reading)]
    return [o.extraction for o in found] == [extract(r.article) for r in given]


def told(factory: Settings, *poisoned: str) -> list[str]:
    """What is wrong with articles that are so poisoned, one worker at a time."""
    given = poisons.readings(len(poisoned), dict(enumerate(poisoned)))
    return [o.failure.problem if o.failure else "" for o in outcomes(given, factory)]


@possible
def test_workers_are_replaced_without_loading(tmp_path: Path) -> None:
    """However many workers are killed, the pipeline is loaded once, and never in a worker."""
    log = tmp_path / "log"
    at = {n: ("POISON-KILL", "POISON-EXIT", "POISON-LOOP")[n % 3] for n in range(2, 12, 2)}
    factory = settings("counted", log=str(log))
    found = list(outcomes(poisons.readings(14, at), factory, Bounds(jobs=2, timeout=1)))
    assert [n for n, o in enumerate(found) if o.failure] == sorted(at)
    assert log.read_text() == "nursery\n"
    assert processes() == ([], [])


@possible
def test_ends_are_told_as_of_any_process() -> None:
    """By which signal a copy ends, or with which status, reaches the failure."""
    found = told(settings("ended"), "END-SEGV", "END-ABORT", "END-EXIT", "POISON-KILL", "POISON-EXIT")
    ends = [problem.removeprefix("the process that works on it ends ") for problem in found]
    assert ends == ["by signal 11", "by signal 6", "with status 5", "by signal 9", "with status 7"]


@possible
def test_copies_start_threads_and_processes() -> None:
    """What a process may do, a copy may; what it prints is no answer."""
    assert told(settings("ended"), "START", "START START") == [
        f"ValueError: heard heard heard heard {n}" for n in (1, 2)
    ]


@possible
def test_a_copy_takes_a_fresh_pipeline_after_many_words(tmp_path: Path) -> None:
    """A copy loads for itself then, and goes on."""
    log = tmp_path / "log"
    assert same(list(outcomes(poisons.readings(2), settings("recycled", log=str(log)))), 2)
    assert log.read_text() == "nursery\nworker\nworker\n"


@possible
def test_chance_is_each_copys_own() -> None:
    """Copies draw other numbers, unless the pipeline was given a seed: then those that follow it."""
    # Each death gives the next article a fresh copy.
    texts = ["DRAW", "POISON-KILL", "DRAW"]
    one, _, other = told(settings("ended"), *texts)
    assert not set(one.split()[1:]) & set(other.split()[1:])
    one, _, other = told(settings("ended", seed=4), *texts)
    assert one == other


def pipes(pid: int) -> set[str]:
    found = {os.readlink(entry) for entry in Path(f"/proc/{pid}/fd").iterdir()}
    return {name for name in found if name.startswith(("pipe:", "socket:"))}


@possible
def test_no_pipe_of_another_worker_is_held() -> None:
    """A worker has its own two pipes and the ended one of the greeting; the nursery has no worker's."""
    factory = Settings(factory="archive_poisons:make", options={"slow": 0.05})
    made = outcomes(poisons.readings(300), factory, Bounds(jobs=3))
    next(made)
    [nursery], workers = settled(3)
    # What this process was given itself, by whoever runs it, is passed on as ever.
    given = {os.readlink(f"/proc/self/fd/{n}") for n in (0, 1, 2)}
    deadline = time.monotonic() + 20
    # The nursery lets go of the last one's a moment after that has begun.
    while (held := [pipes(pid) - pipes(nursery) - given for pid in workers]) and time.monotonic() < deadline:
        if all(len(names) == 2 for names in held):
            break
        time.sleep(0.05)
    assert [len(names) for names in held] == [2, 2, 2]
    assert len(set.union(*held)) == 6
    assert all(not any(name.startswith("socket:") for name in pipes(pid) - given) for pid in workers)
    made.close()  # type: ignore[attr-defined]
    assert processes() == ([], [])


@possible
def test_a_killed_nursery_is_replaced(tmp_path: Path) -> None:
    """A nursery may be killed in the middle of a run: its workers go on, and later ones have another."""
    log = tmp_path / "log"
    made = outcomes(poisons.readings(60), settings("counted", log=str(log), slow=0.02), Bounds(jobs=2))
    found = [next(made)]
    [nursery], workers = settled(2)
    os.kill(nursery, signal.SIGKILL)
    found += [next(made) for _ in range(5)]
    assert set(workers) <= set(processes()[1])
    for pid in processes()[1]:
        os.kill(pid, signal.SIGKILL)
    found += list(made)
    assert same(found, 60)
    assert log.read_text() == "nursery\n" * 2


@possible
def test_nurseries_that_never_live_are_given_up(tmp_path: Path) -> None:
    """Where every nursery is killed, the workers are programs of their own in the end."""
    log = tmp_path / "log"
    assert same(list(outcomes(poisons.readings(6), settings("killed", log=str(log)))), 6)
    assert log.read_text() == "nursery\n" * 3 + "worker\n"


@possible
@pytest.mark.parametrize("factory", ["threaded", "opened"])
def test_what_cannot_be_copied_is_not(tmp_path: Path, factory: str) -> None:
    """A pipeline with threads or open files is loaded in each worker."""
    log = tmp_path / "log"
    assert same(list(outcomes(poisons.readings(6), settings(factory, log=str(log)))), 6)
    assert log.read_text() == "nursery\nworker\n"


def test_without_a_nursery_workers_are_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system copies no processes, poisons hurt themselves alone as well."""

    def refuse(_: int) -> None:
        raise OSError("orphans cannot be adopted")

    monkeypatch.setattr(archive_nursery, "_adopt", refuse)
    given = poisons.readings(8, {2: "POISON-KILL", 4: "POISON-LOOP", 5: "POISON-ALLOC"})
    found = list(outcomes(given, Settings(factory="archive_poisons:make"), Bounds(jobs=2, timeout=2)))
    kinds = [o.failure.kind if o.failure else "" for o in found]
    assert kinds == ["", "", "killed", "", "timeout", "memory", "", ""]


def test_a_pipeline_that_ends_its_process_is_told() -> None:
    """It ends the nursery, and each worker after it: that is what is told."""
    with pytest.raises(WorkerError, match=r"before they are ready \(status 3\)"):
        list(outcomes(poisons.readings(3), settings("exiting")))


@possible
def test_a_nursery_is_asked_without_waiting() -> None:
    """Nobody waits for a nursery that loads; one that ended before it gave a worker is replaced, thrice at most."""
    nursery = Nursery(Settings())
    try:
        for _ in range(3):
            asked = nursery.ask()
            assert asked is not None
            process, target, source = asked
            process.kill()
            with target, source:
                assert source.read() == b""
            nursery.lose(process)
            # Each of its workers tells, and it is counted once.
            nursery.lose(process)
        assert nursery.ask() is None
    finally:
        nursery.end()


SCRIPT = """
import sys, threading
sys.path.insert(0, sys.argv[1])
import archive_poisons as p
from casualty_extract.archive import Bounds, Settings, outcomes

def work():
    # Only where the main thread started it does the kernel end what holds the interpreter.
    at = dict.fromkeys(range(400), "POISON-REGEX" if sys.argv[2] == "main" else "POISON-LOOP")
    for outcome in outcomes(p.readings(400, at), Settings(factory="archive_poisons:make"), Bounds(jobs=3)):
        pass

if sys.argv[2] == "main":
    work()
else:
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
"""


@pytest.fixture
def killed_run(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """The mark of a run that was killed in the middle of articles."""
    mark = f"TRIAL={tmp_path}"
    process = subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(Path(__file__).parent), request.param],
        env={**os.environ, "TRIAL": str(tmp_path)},
    )
    try:
        settled(3, mark)
        process.kill()
        process.wait()
        yield mark
    finally:
        nurseries, workers = processes(mark)
        for pid in nurseries + workers:
            os.kill(pid, signal.SIGKILL)


@possible
@pytest.mark.parametrize("killed_run", ["main", "thread"], indirect=True)
def test_nothing_outlives_a_killed_run(killed_run: str) -> None:
    """The nursery ends with the process that started it, and so do its copies in the middle of articles."""
    deadline = time.monotonic() + 30
    while processes(killed_run) != ([], []) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert processes(killed_run) == ([], [])


@possible
def test_a_run_in_a_thread_ends_its_nursery_with_it() -> None:
    """A pool may run in any thread; after it no process is left."""
    found: list[Outcome] = []
    thread = threading.Thread(
        target=lambda: found.extend(outcomes(poisons.readings(20), bounds=Bounds(jobs=2)))
    )
    thread.start()
    thread.join()
    assert same(found, 20)
    assert processes() == ([], [])


@possible
def test_orphans_are_adopted_only_meanwhile() -> None:
    """A process that ran pools, one within another, is left as it was."""
    import ctypes

    def adopts() -> int:
        was = ctypes.c_int()
        ctypes.CDLL(None).prctl(37, ctypes.byref(was), 0, 0, 0)
        return was.value

    assert adopts() == 0
    outer = outcomes(poisons.readings(4), bounds=Bounds(jobs=1))
    next(outer)
    assert same(list(outcomes(poisons.readings(2), bounds=Bounds(jobs=1))), 2)
    assert adopts() == 1
    assert len(list(outer)) == 3
    assert adopts() == 0
