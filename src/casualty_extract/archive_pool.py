"""Worker processes under supervision: documents in, outcomes out in the same order.

Each worker has a thread here that hands it articles and takes its replies, and one more thread sees to
the time limit. A worker that takes too long is killed, and so is whatever it hangs in; one that dies
is replaced, the article it died of is tried once more, alone, and the others it had are handed on. That
is why this is no process pool of the standard library and not spaCy's: the one gives up all that was
waiting when a process dies, the other waits for ever.
"""

from __future__ import annotations

import heapq
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast

import casualty_extract
from casualty_extract.archive_workers import Reply, Settings, Task, receive, send
from casualty_extract.errors import InputError, WorkerError
from casualty_extract.outcomes import Failure, FailureKind, Outcome, address
from casualty_extract.readers_pages import Page
from casualty_extract.records import Article, Extraction

if TYPE_CHECKING:
    from casualty_extract.readers import Reading

__all__ = ["PACE", "Pool"]

PACE = 500_000
"""The number of characters for which the time limit stands; a longer article has it once for each as
many that it begins. They take 2 to 6 s on one core of 2024."""

ATTEMPTS = 2
"""How often an article may end the process that works on it before it is given up."""

_MOST_WAITING = 2_000
_MOST_CHARACTERS = 40_000_000
"""How far the work may run ahead of the oldest document that is not done, in documents and characters."""

_LARGEST_CHUNK = 32
_CHUNK_CHARACTERS = 60_000
_STARTS = 3
"""How many workers in a row may end of themselves before they are ready; killed ones have more chances."""

_PATIENCE = 3.0
"""By how much the time limit is stretched for an article that waits for the processor or for anything else,
and does not use it: on a busy machine an article is not given up that a quiet one would finish."""


@dataclass(order=True)
class _Item:
    number: int
    reading: Reading | Page = field(compare=False)
    attempts: int = field(default=0, compare=False)

    @property
    def length(self) -> int:
        """The characters of the article, or of the page that holds it."""
        return len(self.reading.html if isinstance(self.reading, Page) else self.reading.article.text)

    @property
    def task(self) -> Task:
        """What a worker is given."""
        if isinstance(self.reading, Page):
            return Task(self.reading)
        return Task(self.reading.article, self.reading.carries_text)

    @property
    def article(self) -> Article | None:
        """The article, where it is at hand: it is the worker that takes it out of a page."""
        return None if isinstance(self.reading, Page) else self.reading.article

    def seconds(self, timeout: float) -> float:
        return timeout * (1 + self.length // PACE)


_Event = tuple[Literal["reply", "idle", "dead", "broken"], "_Worker", Any]


class _Worker:
    """One process, and the thread that speaks to it. All that the thread learns goes into `events`."""

    def __init__(self, settings: Settings, timeout: float, events: queue.SimpleQueue[_Event]) -> None:
        self.timeout = timeout
        self.events = events
        self.inbox: queue.SimpleQueue[list[_Item] | None] = queue.SimpleQueue()
        self.chunks = 0
        self.ready = False
        self.overdue: int | None = None
        self._watched: tuple[int, float] | None = None
        self._head: tuple[_Item, float] | None = None
        self._lock = threading.Lock()
        root = str(Path(casualty_extract.__file__).resolve().parent.parent)
        path = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))
        # -P: a folder of articles may hold anything, a json.py too. One core each: there are others.
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", "casualty_extract.archive_workers"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=None if os.environ.get("CASUALTY_EXTRACT_WORKERS_TALK") else subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": path, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
        )
        main = threading.current_thread() is threading.main_thread()
        self._greeting = (settings, sys.path, os.getpid(), main)
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()

    def give(self, chunk: list[_Item]) -> None:
        self.chunks += 1
        self.inbox.put(chunk)

    def kill_if_overdue(self, now: float) -> None:
        with self._lock:
            if self._head is None or self.overdue is not None:
                return
            item, since = self._head
            limit = item.seconds(self.timeout)
            used = _processor_seconds(self.process.pid)
            if self._watched is None or self._watched[0] != item.number:
                self._watched = item.number, used if used is not None else 0.0
            spent = now - since if used is None else used - self._watched[1]
            if spent > limit or now - since > limit * _PATIENCE:
                self.overdue = item.number
                self.process.kill()

    def end(self) -> None:
        self.inbox.put(None)
        self.process.kill()
        self.process.wait()
        self.thread.join()
        for stream in (self.process.stdin, self.process.stdout):
            with suppress(OSError):
                cast(Any, stream).close()

    def _serve(self) -> None:
        source, target = cast(Any, self.process.stdout), cast(Any, self.process.stdin)
        left: list[_Item] = []
        blamed = greeted = False
        try:
            send(target, self._greeting)
            greeted = True
            problem = receive(source)
            if problem is not None:
                self.events.put(("broken", self, problem))
                return
            self.ready = True
            while (chunk := self.inbox.get()) is not None:
                left, blamed = chunk[::-1], True
                self._turn_to(left[-1])
                send(target, [item.task for item in chunk])
                while left:
                    reply: Reply = receive(source)
                    item = left.pop()
                    self._turn_to(left[-1] if left else None)
                    self.events.put(("reply", self, (item, reply)))
                    if reply.last:
                        blamed = False
                        raise EOFError
                self.events.put(("idle", self, None))
                blamed = False
        except Exception as error:
            # Whatever it is: a thread that ended without a word would let the pool wait for ever.
            self._turn_to(None)
            if greeted or isinstance(error, (EOFError, OSError)):
                self.events.put(("dead", self, (left[::-1], blamed)))
            else:
                self.events.put(("broken", self, f"their settings cannot be sent: {error}"))

    def _turn_to(self, item: _Item | None) -> None:
        with self._lock:
            self._head = (item, time.monotonic()) if item else None


class Pool:
    """Workers that take documents and give outcomes.

    Args:
        settings: how the workers make their pipelines.
        jobs: how many workers there are.
        timeout: the most seconds of processor time for an article of up to `PACE` characters; by the clock
            it may take three times as long. Where the system does not tell the one, the other counts.
        stop: an event that, once set, ends the work: what is being worked on is finished, as far as it
            takes no more than `grace` seconds.
        grace: those seconds.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        jobs: int = 1,
        timeout: float = 30,
        stop: threading.Event | None = None,
        grace: float = 7,
    ) -> None:
        self._settings = settings
        self._jobs = jobs
        self._timeout = timeout
        self._stop = stop or threading.Event()
        self._grace = grace
        self._events: queue.SimpleQueue[_Event] = queue.SimpleQueue()
        self._workers: list[_Worker] = []
        self._closed = threading.Event()
        self._retries: list[_Item] = []
        self._crowd: list[_Item] = []
        self._done: dict[int, Outcome] = {}
        self._lengths: dict[int, int] = {}
        self._characters = 0
        self._given = 0
        self._taken = 0
        self._false_starts = 0.0
        self._size = 1

    def outcomes(self, readings: Iterable[Reading | Page | InputError]) -> Iterator[Outcome]:
        """Yield one outcome a document, in order.

        Args:
            readings: the documents, as `casualty_extract.readers` gives them; they are read as needed.

        Raises:
            WorkerError: the workers do not start.
        """
        source = iter(readings)
        watch = threading.Thread(target=self._watch, daemon=True)
        watch.start()
        ended = False
        stopped_at: float | None = None
        try:
            while True:
                if self._stop.is_set() and stopped_at is None:
                    ended, stopped_at = True, time.monotonic()
                if stopped_at is not None and time.monotonic() - stopped_at > self._grace:
                    break
                ended = self._fill(source, ended)
                taken = self._taken
                yield from self._take_done()
                if ended and self._taken == self._given:
                    break
                if self._taken == taken:
                    self._learn(0.5 if stopped_at is None else 0.2)
            yield from self._take_done()
        finally:
            self._closed.set()
            for worker in self._workers:
                worker.end()
            watch.join()

    def _watch(self) -> None:
        while not self._closed.wait(min(0.1, self._timeout / 4)):
            now = time.monotonic()
            for worker in list(self._workers):
                worker.kill_if_overdue(now)

    def _fill(self, source: Iterator[Reading | Page | InputError], ended: bool) -> bool:
        """Hand out work until every worker has some in reserve; tell whether the source has ended."""
        while True:
            free = min(self._workers, key=lambda w: w.chunks, default=None)
            if free is not None and free.chunks >= 2 and len(self._workers) >= self._jobs:
                return ended
            chunk, ended = self._next_chunk(source, ended)
            if not chunk:
                return ended
            if (free is None or free.chunks) and len(self._workers) < self._jobs:
                try:
                    free = _Worker(self._settings, self._timeout, self._events)
                except (OSError, RuntimeError) as error:
                    raise WorkerError(str(error)) from error
                self._workers.append(free)
            assert free is not None
            free.give(chunk)

    def _next_chunk(
        self, source: Iterator[Reading | Page | InputError], ended: bool
    ) -> tuple[list[_Item], bool]:
        if self._retries:
            return [self._retries.pop()], ended
        chunk: list[_Item] = []
        size = 0
        while len(chunk) < self._size and size < _CHUNK_CHARACTERS:
            if self._crowd:
                item = heapq.heappop(self._crowd)
            elif ended or not self._may_run_ahead():
                break
            else:
                found = next(source, None)
                if found is None:
                    ended = True
                    break
                number = self._given
                self._given += 1
                if isinstance(found, InputError):
                    self._done[number] = _unread(found)
                    continue
                item = _Item(number, found)
                self._lengths[number] = item.length
                self._characters += item.length
            chunk.append(item)
            size += item.length
        # The first chunks are small, so that few documents are spread over all workers.
        self._size = min(self._size * 2, _LARGEST_CHUNK)
        return chunk, ended

    def _may_run_ahead(self) -> bool:
        return self._given - self._taken < _MOST_WAITING and self._characters < _MOST_CHARACTERS

    def _take_done(self) -> Iterator[Outcome]:
        while self._taken in self._done:
            outcome = self._done.pop(self._taken)
            self._characters -= self._lengths.pop(self._taken, 0)
            self._taken += 1
            yield outcome

    def _learn(self, seconds: float) -> None:
        """Take what the workers' threads report; wait so long for the first of it."""
        with suppress(queue.Empty):
            self._take(self._events.get(timeout=seconds))
            while True:
                self._take(self._events.get_nowait())

    def _take(self, event: _Event) -> None:
        what, worker, told = event
        if what == "reply":
            item, reply = told
            self._false_starts = 0
            self._done[item.number] = _outcome(item, reply)
        elif what == "idle":
            worker.chunks -= 1
        elif what == "broken":
            raise WorkerError(told)
        else:
            self._bury(worker, *told)

    def _bury(self, worker: _Worker, left: list[_Item], blamed: bool) -> None:
        self._workers.remove(worker)
        worker.end()
        if not worker.ready:
            self._false_starts += 1 if worker.process.returncode >= 0 else 0.3
            if self._false_starts >= _STARTS:
                raise WorkerError(f"they end before they are ready (status {worker.process.returncode})")
        while not worker.inbox.empty():
            left += worker.inbox.get() or []
        if left and blamed:
            head = left[0]
            # A reply that came while its worker was being killed clears the article it was killed for.
            if worker.overdue is None or worker.overdue == head.number:
                left = left[1:]
                self._blame(head, worker)
        for item in left:
            heapq.heappush(self._crowd, item)

    def _blame(self, item: _Item, worker: _Worker) -> None:
        item.attempts += 1
        if worker.overdue is not None:
            limit = item.seconds(self._timeout)
            self._done[item.number] = _failed(item, "timeout", f"it takes more than {limit:g} seconds")
        elif item.attempts >= ATTEMPTS:
            code = worker.process.returncode
            how = f"by signal {-code}" if code < 0 else f"with status {code}"
            self._done[item.number] = _failed(item, "killed", f"the process that works on it ends {how}")
        else:
            self._retries.append(item)


def _processor_seconds(pid: int) -> float | None:
    """Give the processor time that a process has used, where the system tells it in ``/proc``."""
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii", errors="replace") as file:
            fields = file.read().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError, IndexError, AttributeError):
        return None


def _unread(error: InputError) -> Outcome:
    failure = Failure(kind="input", problem=error.problem, file=error.file, row=error.row)
    return Outcome(source=failure.source, failure=failure)


def _outcome(item: _Item, reply: Reply) -> Outcome:
    if reply.json is None:
        item.attempts += 1
        return _failed(item, cast(FailureKind, reply.kind), reply.problem, reply.stage)
    reading = item.reading
    return Outcome(
        source=address(reading.file, reading.row),
        extraction=Extraction.from_json(reply.json),
        article=item.article,
        encoding=reading.encoding,
    )


def _name(item: _Item) -> str | None:
    if isinstance(item.reading, Page):
        return item.reading.name
    return item.reading.article.id


def _failed(item: _Item, kind: FailureKind, problem: str, stage: str | None = None) -> Outcome:
    reading = item.reading
    failure = Failure(
        kind=kind,
        problem=problem,
        file=reading.file,
        row=reading.row,
        document=_name(item),
        stage=stage,
        attempts=item.attempts,
    )
    return Outcome(
        source=failure.source,
        failure=failure,
        article=item.article,
        encoding=reading.encoding,
    )
