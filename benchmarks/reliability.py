"""Trials of batches in full: poisons, killed workers, killed runs, full disks, sameness.

    python benchmarks/reliability.py                 every trial, about an hour on two cores
    python benchmarks/reliability.py poisons kills   some of them
    python benchmarks/reliability.py --scale 0.05    each with a twentieth of its numbers

Each trial prints one line with what it did, or fails with what was lost. The tests run the same trials with small
numbers. Full disks take root; PostgreSQL is Debian's, started for the trial.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
# Workers import their pipelines from there too.
os.environ["PYTHONPATH"] = os.pathsep.join(
    filter(None, (str(Path(__file__).parent.parent / "tests"), os.environ.get("PYTHONPATH")))
)

import archive_trials as trials
import postgresql


def poisons(scale: float, folder: Path) -> str:
    documents = max(60, int(1_000 * scale))
    told = []
    for jobs in (1, 2, 8):
        root = folder / str(jobs)
        root.mkdir()
        failed, poisoned, clean = trials.poison(root, documents, jobs, timeout=5)
        told.append(f"{jobs} jobs: {failed} dead letters, {poisoned:.0f} s with and {clean:.0f} s without")
    return f"{documents} documents, the others the same bytes; " + "; ".join(told)


def workers(scale: float, _: Path) -> str:
    documents, kills = int(10_000 * scale), max(2, int(100 * scale))
    killed = trials.kill_workers(documents, kills, slow=0.01, every=1.2)
    return f"{documents} documents, {killed} workers killed, every document once and the same"


def _kills(place_of: Callable[[str], trials.Place], documents: int, kills: int, folder: Path) -> str:
    archive = trials.write_archive(folder / "news.jsonl", documents)
    place, whole = place_of("killed"), place_of("whole")
    # Lives go by how long a run takes to start here, so that kills fall into starts and into work alike.
    one = trials.write_archive(folder / "one.jsonl", 14)
    started = time.monotonic()
    trials.without_kills(one, trials.folder(folder / "one"))
    start = time.monotonic() - started
    killed = trials.kill_and_resume(archive, place, kills=kills, lives=(0.1 * start, 1.6 * start), every=10)
    trials.without_kills(archive, whole)
    assert place.content() == whole.content()
    return f"{documents} documents, {killed} kills of {kills}, the same bytes as without"


def kills_folder(scale: float, folder: Path) -> str:
    return _kills(
        lambda name: trials.folder(folder / name), int(50_000 * scale), max(2, int(100 * scale)), folder
    )


def kills_sqlite(scale: float, folder: Path) -> str:
    return _kills(
        lambda name: trials.database(str(folder / f"{name}.db")),
        int(40_000 * scale),
        max(2, int(200 * scale)),
        folder,
    )


def kills_postgresql(scale: float, folder: Path) -> str:
    with contextlib.ExitStack() as stack:
        server = stack.enter_context(postgresql.server())
        return _kills(
            lambda _: trials.database(stack.enter_context(postgresql.database(server))),
            int(20_000 * scale),
            max(2, int(50 * scale)),
            folder,
        )


def disks(scale: float, folder: Path) -> str:
    archive = trials.write_archive(folder / "news.jsonl", 400)
    times = max(2, int(20 * scale))
    for seed in range(times):
        trials.fill_disk(folder / "disk", archive, 20, seed=seed)
    return f"{times} full disks, status 4 each time and the same bytes with more room"


def sameness(scale: float, _: Path) -> str:
    documents = int(2_000 * scale)
    runs = trials.same_bytes(documents, [(1, 0), (2, 1), (8, 2), (2, 3), (1, 4)])
    return f"{documents} documents, {runs} runs with 1, 2 and 8 jobs and five hash seeds, the same bytes"


TRIALS = {
    f.__name__: f for f in (poisons, workers, kills_folder, kills_sqlite, kills_postgresql, disks, sameness)
}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("trials", nargs="*", metavar="TRIAL", help=", ".join(TRIALS))
    parser.add_argument("--scale", type=float, default=1.0)
    given = parser.parse_args()
    unknown = set(given.trials) - set(TRIALS)
    if unknown:
        parser.error(f"no such trial: {', '.join(sorted(unknown))}")
    for name in given.trials or TRIALS:
        started = time.monotonic()
        with tempfile.TemporaryDirectory() as folder:
            told = TRIALS[name](given.scale, Path(folder))
        print(f"{name:17} {told} ({time.monotonic() - started:.0f} s)", flush=True)


if __name__ == "__main__":
    main()
