"""Batches: what supervision and storage cost beside the extractor alone, and memory over a long archive.

    python benchmarks/archive.py fixtures/gold.jsonl --documents 2000
    python benchmarks/archive.py fixtures/gold.jsonl --documents 100000 --only memory

All rates are of one run on one machine. The overhead compares the seconds of processor time that a batch and its
worker use with those that a loop over `extract` uses for the same documents, which a busy machine changes least.
The articles are those of the file again and again, each with a sentence of names that no other has.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path

from casualty_extract import load
from casualty_extract.archive import Bounds, Settings, Summary, describe, run
from casualty_extract.archive_folders import FolderSink
from casualty_extract.database import Database
from casualty_extract.outcomes import Outcome, Sink
from casualty_extract.pipeline import extract
from casualty_extract.readers import Reading
from casualty_extract.records import Article


def readings(file: Path, documents: int) -> Iterator[Reading]:
    """So many documents, made of the articles of a file."""
    bases = [json.loads(line)["text"] for line in file.read_text(encoding="utf-8").splitlines()]
    for number in islice(count(), documents):
        names = hashlib.sha256(str(number).encode()).hexdigest()
        named = " ".join(names[i : i + 8].translate(_LETTERS).capitalize() for i in range(0, 32, 8))
        text = f"{bases[number % len(bases)]}\nReporting by {named}."
        yield Reading(Article(id=f"d{number}", text=text), "news.jsonl", number + 1)


_LETTERS = str.maketrans("0123456789abcdef", "bcdfghklmnprstvz")


def processor_seconds() -> float:
    """Of this process and of those children that have ended."""
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def alone(file: Path, documents: int) -> tuple[float, float]:
    """The extractor in a loop, on one core: documents a second, and seconds of processor time."""
    nlp = load()
    # As a worker does before it is ready; what the articles themselves bring into caches is measured in both.
    extract("A bomb killed 12 people and wounded three in Mosul on Friday, police said.", nlp=nlp)
    started, used = time.perf_counter(), processor_seconds()
    for reading in readings(file, documents):
        extract(reading.article, nlp=nlp)
    return documents / (time.perf_counter() - started), processor_seconds() - used


def batch(file: Path, documents: int, jobs: int, sink: Sink) -> tuple[float, float]:
    """A batch: documents a second from the first outcome to the last, and seconds of processor time in all."""
    marks: list[float] = []
    used = processor_seconds()

    def tell(counts: Summary, _: Outcome | None) -> None:
        if counts.docs in (1, documents):
            marks.append(time.perf_counter())

    run(readings(file, documents), sink, settings=Settings(), bounds=Bounds(jobs=jobs), tell=tell)
    return (documents - 1) / (marks[1] - marks[0]), processor_seconds() - used


def start_up() -> float:
    """The processor time of a worker that starts and of one article, to be taken off."""
    used = processor_seconds()
    made = run(
        [Reading(Article(text="Nobody came."), "a.txt")],
        FolderSink(Path(tempfile.mkdtemp()) / "o", describe(Settings(), ["a.txt"])),
    )
    assert made.ok == 1
    return processor_seconds() - used


def rates(file: Path, documents: int) -> None:
    folder = Path(tempfile.mkdtemp())
    described = describe(Settings(), ["news.jsonl"])
    base_rate, base_used = alone(file, documents)
    start = start_up()
    print(f"{'':34} {'docs/s':>8} {'of alone':>9} {'processor s':>12} {'overhead':>9}")
    print(f"{'extractor alone, one core':34} {base_rate:8.1f} {1:9.2f} {base_used:12.1f} {'':>9}")
    for name, jobs in (("folder", 1), ("folder", 2), ("SQLite", 1), ("SQLite", 2)):
        sink: Sink
        if name == "folder":
            sink = FolderSink(folder / f"o{jobs}", described)
        else:
            sink = Database.open(str(folder / f"{jobs}.db"), create=True).sink(described)
        rate, used = batch(file, documents, jobs, sink)
        used -= start * jobs
        print(
            f"{f'batch into {name}, {jobs} jobs':34} {rate:8.1f} {rate / base_rate:9.2f} {used:12.1f}"
            f" {used / base_used - 1:9.1%}"
        )
    shutil.rmtree(folder)


def resident(pid: int | str = "self") -> float:
    """The megabytes of memory that a process holds."""
    fields = Path(f"/proc/{pid}/statm").read_text().split()
    return int(fields[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def shared(pid: int | str = "self") -> float:
    """The megabytes that a process holds, what several hold divided among them."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) * 1024 / 1e6


def processes(name: bytes) -> Iterator[int]:
    """Those that the batch has started, by a part of their names."""
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = (entry / "stat").read_text().rpartition(")")[2].split()[1]
                words = (entry / "comm").read_bytes()
            except OSError:
                continue
            if int(parent) == os.getpid() and name in words:
                yield int(entry.name)


def memory(file: Path, documents: int, jobs: int) -> None:
    """Memory of the parent and of its workers along a long archive: resident, and in all, what is shared once."""
    folder = Path(tempfile.mkdtemp())
    sink = Database.open(str(folder / "m.db"), create=True).sink(
        describe(Settings(), ["news.jsonl"]), keep_text=False
    )
    started = time.perf_counter()
    print(
        f"{'documents':>10} {'parent MB':>10} {'workers MB':>11} {'in all MB':>10} {'files':>6} {'docs/s':>8}"
    )

    def tell(counts: Summary, _: Outcome | None) -> None:
        if counts.docs % max(documents // 20, 1) == 0:
            held = sum(resident(pid) for pid in processes(b"claims-worker"))
            whole = shared() + sum(shared(pid) for pid in processes(b"claims-"))
            files = len(os.listdir("/proc/self/fd"))
            rate = counts.docs / (time.perf_counter() - started)
            print(
                f"{counts.docs:10,} {resident():10.0f} {held:11.0f} {whole:10.0f} {files:6} {rate:8.1f}",
                flush=True,
            )

    run(readings(file, documents), sink, settings=Settings(), bounds=Bounds(jobs=jobs), tell=tell)
    shutil.rmtree(folder)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", type=Path, help="articles (JSON Lines with text)")
    parser.add_argument("--documents", type=int, default=2_000)
    parser.add_argument("--only", choices=["rates", "memory"])
    parser.add_argument("--jobs", type=int, default=2, help="workers of the measure of memory")
    given = parser.parse_args()
    if given.only != "memory":
        rates(given.file, given.documents)
    if given.only != "rates":
        memory(given.file, given.documents, given.jobs)
    sys.stdout.flush()


if __name__ == "__main__":
    main()
