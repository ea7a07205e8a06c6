"""Trials of batches that tests run small and ``benchmarks/reliability.py`` runs in full: kills, full disks, poisons.

Each trial raises `AssertionError` where something was lost, doubled or changed, and else gives what it did.
"""

from __future__ import annotations

import io
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import archive_poisons as poisons
from casualty_extract.archive import Bounds, Settings, describe, outcomes, run
from casualty_extract.archive_folders import FolderSink
from casualty_extract.database import Database
from casualty_extract.readers import MAX_BYTES, read_raw


def write_archive(file: Path, count: int) -> Path:
    """Write an archive of short articles, each like no other, some rows of it unreadable."""
    with open(file, "w", encoding="utf-8", newline="\n") as stream:
        for number in range(count):
            article = poisons.article(number)
            row = {"id": article.id, "title": article.title, "text": article.text}
            if number % 97 == 13:
                del row["text"]
            stream.write(json.dumps(row) + "\n")
    return file


def command(archive: Path, *options: str) -> list[str]:
    return [sys.executable, "-m", "casualty_extract", "batch", str(archive), "--quiet", *options]


@dataclass(frozen=True)
class Place:
    """Where a run goes: its options, its canonical content, and what must hold after every kill."""

    options: tuple[str, ...]
    content: Callable[[], bytes]
    check: Callable[[], None]


def folder(path: Path) -> Place:
    def content() -> bytes:
        return (path / "claims.jsonl").read_bytes() + (path / "errors.jsonl").read_bytes()

    def check() -> None:
        for name in ("claims.jsonl", "errors.jsonl"):
            # What is whole can be read; the last line may be half, and is cut off when the run goes on.
            if (path / name).exists():
                for line in (path / name).read_bytes().splitlines(keepends=True)[:-1]:
                    json.loads(line)

    return Place(("--out", str(path)), content, check)


def database(url: str) -> Place:
    def content() -> bytes:
        stream = io.StringIO()
        with Database.open(url) as opened:
            opened.dump(stream)
        return stream.getvalue().encode()

    def check() -> None:
        with Database.open(url, create=True) as opened:
            assert opened.check() == []

    return Place(("--db", url), content, check)


def kill_and_resume(
    archive: Path, place: Place, *, kills: int, lives: tuple[float, float], every: int = 1
) -> int:
    """Kill a run again and again at random moments, take it up each time, and let it end at last.

    Args:
        archive: what is read.
        place: where the run goes.
        kills: how often it is killed at most.
        lives: between how many and how many seconds it lives each time.
        every: after how many kills it is looked whether all is whole; a large archive takes long to look at.

    Returns:
        How often it was killed before it had ended by itself.
    """
    chance = random.Random(0)
    done = 0
    for _ in range(kills):
        # A group of its own, so that a worker that outlived its parent would be seen.
        process = subprocess.Popen(
            command(archive, *place.options, "--jobs", "2", "--resume"),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            process.wait(timeout=chance.uniform(*lives))
            break
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
            done += 1
        if done % every == 0:
            place.check()
    ended = subprocess.run(
        command(archive, *place.options, "--jobs", "2", "--resume"),
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert ended.returncode == 1, ended.stderr
    place.check()
    return done


def without_kills(archive: Path, place: Place) -> None:
    ended = subprocess.run(
        command(archive, *place.options, "--jobs", "2"), capture_output=True, text=True, encoding="utf-8"
    )
    assert ended.returncode == 1, ended.stderr


UNREAD = ("BAD JSON", "TOO LONG", "DANGLING LINK")
"""What is wrong with a document before any worker sees it."""


def poisoned(folder: Path, count: int, at: dict[int, str]) -> Path:
    """Write an archive of so many documents, those with the given numbers poisoned; links stand at its end."""
    folder.mkdir()
    with open(folder / "news.jsonl", "w", encoding="utf-8", newline="\n") as stream:
        for number in range(count):
            what = at.get(number, "")
            article = poisons.article(number, what)
            line = json.dumps({"id": article.id, "text": article.text})
            if what == "BAD JSON":
                line = line[:-2]
            elif what == "TOO LONG":
                line = json.dumps({"id": article.id, "text": article.text + " " * MAX_BYTES})
            if what == "DANGLING LINK":
                (folder / f"z{number}.txt").symlink_to("nowhere")
            else:
                stream.write(line + "\n")
    return folder


def poison(
    root: Path, count: int, jobs: int, *, each: int = 2, timeout: float = 3.0, seed: int = 7
) -> tuple[int, float, float]:
    """Put poisons among documents: each hurts itself alone.

    Args:
        root: an empty folder.
        count: how many documents there are, poisoned ones among them.
        jobs: how many workers there are.
        each: how many of each kind of poison there are.
        timeout: the time limit for a document.
        seed: of where the poisons stand.

    Returns:
        How many failed, and the seconds that the poisoned run and a clean one took.
    """
    kinds = {**poisons.POISONS, **dict.fromkeys(UNREAD, "input")}
    what = [kind for kind in kinds for _ in range(each)]
    chance = random.Random(seed)
    at = dict(zip(chance.sample(range(count), len(what)), what, strict=True))
    settings = Settings(factory="archive_poisons:make", memory=3 << 30)
    bounds = Bounds(jobs=jobs, timeout=timeout)
    described = describe(settings, ["news"])
    seconds, found = [], []
    for name, poisons_at in (("clean", {}), ("poisoned", at)):
        archive = poisoned(root / name, count, poisons_at)
        out = root / f"{name}-out"
        started = time.monotonic()
        counts = run(read_raw([archive]), FolderSink(out, described), settings=settings, bounds=bounds)
        seconds.append(time.monotonic() - started)
        found.append((counts, (out / "claims.jsonl").read_bytes().splitlines()))
    (clean, whole), (counts, left) = found
    assert (clean.ok, clean.failed, counts.ok, counts.failed) == (count, 0, count - len(at), len(at))
    errors = (root / "poisoned-out" / "errors.jsonl").read_text(encoding="utf-8").splitlines()
    assert sorted(json.loads(line)["kind"] for line in errors) == sorted(kinds[name] for name in at.values())
    assert left == [line for number, line in enumerate(whole) if number not in at]
    return len(at), seconds[1], seconds[0]


def children() -> list[int]:
    """The worker processes of this process."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                state = (entry / "stat").read_text().rpartition(")")[2].split()
                named = (entry / "comm").read_bytes()
            except OSError:
                continue
            if int(state[1]) == os.getpid() and state[0] != "Z" and named == b"claims-worker\n":
                found.append(int(entry.name))
    return sorted(found)


def kill_workers(count: int, kills: int, *, slow: float, every: float, seed: int = 5) -> int:
    """Kill random workers while documents are worked on: each is there once, with its own result.

    Returns:
        How many were killed.
    """
    over = threading.Event()
    killed: list[int] = []

    def kill() -> None:
        chance = random.Random(seed)
        while not over.wait(every) and len(killed) < kills:
            for pid in chance.sample(there, k=1) if (there := children()) else []:
                os.kill(pid, signal.SIGKILL)
                killed.append(pid)

    killer = threading.Thread(target=kill)
    killer.start()
    settings = Settings(factory="archive_poisons:make", options={"slow": slow})
    try:
        found = list(outcomes(poisons.readings(count), settings, Bounds(jobs=2)))
    finally:
        over.set()
        killer.join()
    assert [o.source for o in found] == [f"news.jsonl#{n}" for n in range(1, count + 1)]
    clean = outcomes(poisons.readings(count), Settings(factory="archive_poisons:make"), Bounds(jobs=2))
    assert [o.extraction for o in found] == [o.extraction for o in clean]
    assert children() == []
    return len(killed)


def fill_disk(root: Path, archive: Path, megabytes: int, *, seed: int = 0) -> str:
    """Run on a small file system that is nearly full: status 4, nothing half, and after more room the same result.

    Args:
        root: where to mount; it takes root's rights.
        archive: what is read.
        megabytes: the size of the file system.
        seed: of how much of it is taken already.

    Returns:
        What the run said.
    """
    chance = random.Random(seed)
    root.mkdir(exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(root)], check=True)
    try:
        room = shutil.disk_usage(root).free
        ballast = root / "ballast"
        ballast.write_bytes(bytes(room - chance.randrange(50_000, 400_000)))
        place = folder(root / "out")
        ended = subprocess.run(
            command(archive, *place.options, "--jobs", "2"), capture_output=True, text=True
        )
        assert ended.returncode == 4, (ended.returncode, ended.stderr)
        assert "Traceback" not in ended.stderr
        ballast.unlink()
        again = subprocess.run(
            command(archive, *place.options, "--jobs", "2", "--resume"), capture_output=True, text=True
        )
        assert again.returncode == 1, again.stderr
        clean = folder(archive.parent / "clean")
        if not Path(clean.options[1]).exists():
            without_kills(archive, clean)
        assert place.content() == clean.content()
        return ended.stderr.strip().splitlines()[-1]
    finally:
        subprocess.run(["umount", str(root)], check=True)


def same_bytes(count: int, runs: list[tuple[int, int]]) -> int:
    """Extract the same documents with other numbers of workers and other hash seeds: the same bytes each time.

    Returns:
        How many runs there were.
    """
    script = (
        "import sys, hashlib; sys.path.insert(0, sys.argv[1]); import archive_poisons as p\n"
        "from casualty_extract.archive import Bounds, Settings, outcomes\n"
        "if __name__ == '__main__':\n"
        "    h = hashlib.sha256()\n"
        "    for o in outcomes(p.readings(int(sys.argv[2])), Settings(), Bounds(jobs=int(sys.argv[3]))):\n"
        "        h.update(o.extraction.to_json().encode())\n"
        "    print(h.hexdigest())\n"
    )
    found = set()
    for jobs, seed in runs:
        done = subprocess.run(
            [sys.executable, "-c", script, str(Path(__file__).parent), str(count), str(jobs)],
            env={**os.environ, "PYTHONHASHSEED": str(seed)},
            capture_output=True,
            text=True,
            check=True,
        )
        found.add(done.stdout)
    assert len(found) == 1, found
    return len(runs)


__all__ = [
    "Place",
    "children",
    "database",
    "fill_disk",
    "folder",
    "kill_and_resume",
    "kill_workers",
    "poison",
    "poisoned",
    "same_bytes",
    "without_kills",
    "write_archive",
]
