"""Whole archives: every document is accounted for, whatever is in it and whatever happens to the machine.

`run` sends the documents of an archive through supervised workers into a `Sink`: a folder
(`casualty_extract.archive_folders`) or a database (`casualty_extract.database`). Outcomes are kept in the
order of the documents, some at a time, each time in one step with the note that they are done. So a run
that was ended in whatever way, by a power cut even, goes on where it stood, and its result is that of a run
that nobody ended. A document that cannot be read, takes too long, wants too much memory or kills its worker
is kept as a `Failure`.
"""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING, Any, Literal

from casualty_extract.archive_pool import PACE, Pool
from casualty_extract.archive_workers import FACTORY, Settings
from casualty_extract.errors import ArgumentError, InputError
from casualty_extract.outcomes import Failure, Outcome, Run, Sink, address

if TYPE_CHECKING:
    from casualty_extract.readers import Page, Reading

__all__ = ["FACTORY", "PACE", "Bounds", "Settings", "Summary", "describe", "outcomes", "run"]

_TOGETHER = 200
_SECONDS_TOGETHER = 2.0
"""How many outcomes are kept in one step, and after how many seconds they are at the latest: what is lost
when a run is killed, and has to be done again."""

_FEWEST_FOR_SHARE = 100
"""After how many documents a share of failures can end a run: one of the first two is half."""


@dataclass(frozen=True)
class Bounds:
    """How far a run goes.

    Attributes:
        jobs: how many worker processes there are.
        timeout: the most seconds of processor time for a document of up to `PACE` characters; by the clock
            it may take three times as long.
        limit: how many documents are worked on at most; None for all.
        max_errors: after how many failures the run ends early: a number, or a share of the documents between
            0 and 1 as a float, which counts from the hundredth document on; None for never.
        stop: an event that ends the run early when it is set, with what is being worked on.
    """

    jobs: int = 1
    timeout: float = 30.0
    limit: int | None = None
    max_errors: int | float | None = None
    stop: threading.Event = field(default_factory=threading.Event, compare=False)

    def __post_init__(self) -> None:
        if self.jobs < 1:
            raise ArgumentError("jobs", self.jobs, "at least 1")
        if not self.timeout > 0:
            raise ArgumentError("timeout", self.timeout, "seconds, more than 0")
        if self.limit is not None and self.limit < 0:
            raise ArgumentError("limit", self.limit, "a number of documents")
        share = isinstance(self.max_errors, float) and not 0 <= self.max_errors <= 1
        if share or (self.max_errors is not None and self.max_errors < 0):
            raise ArgumentError("max_errors", self.max_errors, "a share between 0 and 1, or a whole number")


@dataclass
class Summary:
    """What a run came to.

    Attributes:
        docs: the documents that were read, those that were done before among them.
        ok: those with an extraction.
        failed: those without.
        skipped: those that were done before.
        failed_before: those of them that had failed.
        claims: the claims in those that were worked on.
        unread: files that could not be read at all.
        ended: why the run ended before its input did; None where it did not.
    """

    docs: int = 0
    ok: int = 0
    failed: int = 0
    skipped: int = 0
    failed_before: int = 0
    claims: int = 0
    unread: int = 0
    ended: Literal["max_errors", "stopped"] | None = None

    def count(self, outcome: Outcome) -> None:
        """Add an outcome."""
        self.docs += 1
        if outcome.extraction is not None:
            self.ok += 1
            self.claims += len(outcome.extraction.claims)
        else:
            self.failed += 1
            self.unread += outcome.failure is not None and _is_whole_file(outcome.failure)


def describe(settings: Settings, inputs: str | Iterable[str], **reading: Any) -> Run:
    """Describe a run: the same description, the same results.

    >>> describe(Settings(), ["news.jsonl"], format="auto").config["factory"]
    'casualty_extract.pipeline:load'

    Args:
        settings: how the workers make their pipelines.
        inputs: the files, folders and patterns, as they were named; one alone needs no list.
        reading: how the documents are read, by name, as plain data.
    """
    from importlib.metadata import version

    config = {
        "factory": settings.factory,
        # Of a file, what is in it counts.
        "options": {
            name: [_contents(file) for file in value] if name == "gazetteer" else value
            for name, value in settings.options.items()
        },
        "date_order": settings.date_order,
        "reading": reading,
    }
    named = (inputs,) if isinstance(inputs, str) else tuple(inputs)
    return Run(tool_version=version("casualty-extract"), config=config, inputs=named)


def outcomes(
    readings: Iterable[Reading | Page | InputError],
    settings: Settings | None = None,
    bounds: Bounds | None = None,
) -> Iterator[Outcome]:
    """Extract from many documents in worker processes; the outcomes come in the order of the documents.

    >>> import tempfile
    >>> from pathlib import Path
    >>> from casualty_extract.readers import read
    >>> file = Path(tempfile.mkdtemp(), "news.jsonl")
    >>> rows = ['{"id": "a1", "text": "Gunmen killed 12 people."}', '{"id": "a2"}']
    >>> _ = file.write_text("\\n".join(rows), encoding="utf-8")
    >>> good, bad = outcomes(read(file))
    >>> good.extraction, bad.failure.problem
    (Extraction('a1', 1 claims, 1 incidents), "no value for 'text'")

    Args:
        readings: the documents, as `casualty_extract.readers` gives them; they are read as needed.
        settings: how the workers make their pipelines.
        bounds: how far the work goes; `max_errors` is for `run`.

    Yields:
        One outcome a document.

    Raises:
        WorkerError: the workers do not start.
    """
    bounds = bounds or Bounds()
    if bounds.limit is not None:
        readings = islice(readings, bounds.limit)
    pool = Pool(settings or Settings(), jobs=bounds.jobs, timeout=bounds.timeout, stop=bounds.stop)
    return pool.outcomes(readings)


def run(
    readings: Iterable[Reading | Page | InputError],
    sink: Sink,
    *,
    settings: Settings | None = None,
    bounds: Bounds | None = None,
    resume: bool = False,
    tell: Callable[[Summary, Outcome | None], None] | None = None,
) -> Summary:
    """Extract from the documents of an archive, and keep what comes out.

    >>> import tempfile
    >>> from pathlib import Path
    >>> from casualty_extract.archive_folders import FolderSink
    >>> from casualty_extract.readers import read
    >>> folder = Path(tempfile.mkdtemp())
    >>> _ = Path(folder, "a.txt").write_text("Gunmen killed 12 people.", encoding="utf-8")
    >>> sink = FolderSink(folder / "out", describe(Settings(), ["a.txt"]))
    >>> run(read(folder / "a.txt"), sink)
    Summary(docs=1, ok=1, failed=0, skipped=0, failed_before=0, claims=1, unread=0, ended=None)

    Args:
        readings: the documents, as `casualty_extract.readers` gives them; they are read as needed.
        sink: what keeps the outcomes; it is closed at the end.
        settings: how the workers make their pipelines.
        bounds: how far the run goes.
        resume: whether documents that the sink has already are passed over.
        tell: is called with the counts and the outcome after each document, and with None in its place
            after one that was passed over.

    Returns:
        The counts.

    Raises:
        OutputError: the sink cannot keep the outcomes. What it kept before is whole.
        WorkerError: the workers do not start.
    """
    bounds = bounds or Bounds()
    counts = Summary()
    finished = False
    waiting: list[Outcome] = []
    kept_at = time.monotonic()

    def skip() -> None:
        counts.docs += 1
        counts.skipped += 1
        if tell:
            tell(counts, None)

    source = iter(readings) if bounds.limit is None else islice(readings, bounds.limit)
    left = _undone(source, sink, skip, bounds.stop) if resume else source
    made = outcomes(left, settings, replace(bounds, limit=None))
    try:
        for outcome in made:
            counts.count(outcome)
            waiting.append(outcome)
            if tell:
                tell(counts, outcome)
            if _too_many(counts, bounds.max_errors):
                counts.ended = "max_errors"
                break
            if len(waiting) >= _TOGETHER or time.monotonic() - kept_at > _SECONDS_TOGETHER:
                sink.write(waiting)
                waiting, kept_at = [], time.monotonic()
        if waiting:
            sink.write(waiting)
        if counts.ended is None and bounds.stop.is_set():
            counts.ended = "stopped"
        finished = counts.ended is None
        if counts.skipped:
            counts.failed_before = sum(1 for _ in sink.failures()) - counts.failed
    finally:
        # The workers first: they would go on while the sink is closed.
        made.close()  # type: ignore[attr-defined]
        sink.close(finished=finished)
    return counts


def _undone(
    readings: Iterator[Reading | Page | InputError],
    sink: Sink,
    skip: Callable[[], None],
    stop: threading.Event,
) -> Iterator[Reading | Page | InputError]:
    # Few at first, so that the work starts at once; then many, for the sink is slow to ask.
    size = 1
    while not stop.is_set() and (some := list(islice(readings, size))):
        done = sink.done([_source(reading) for reading in some])
        for reading in some:
            if _source(reading) in done:
                skip()
            else:
                yield reading
        size = min(size * 2, _TOGETHER)


def _contents(file: str) -> str:
    with open(file, "rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _source(reading: Reading | Page | InputError) -> str:
    return address(reading.file, reading.row)


def _too_many(counts: Summary, most: int | float | None) -> bool:
    if most is None:
        return False
    worked = counts.ok + counts.failed
    if isinstance(most, float):
        return worked >= _FEWEST_FOR_SHARE and counts.failed > most * worked
    return counts.failed > most


def _is_whole_file(failure: Failure) -> bool:
    return failure.kind == "input" and failure.row is None
