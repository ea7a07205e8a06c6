"""Worker processes under supervision: documents in, outcomes out in the same order.

Each worker has a thread here that hands it articles and takes its replies, and one more thread sees to
the time limit. A worker that takes too long is killed, and so is whatever it hangs in; one that dies
is replaced, the article it died of is tried once more, alone, and the others it had are handed on. That
is why this is no process pool of the standard library and not spaCy's: the one gives up all that was
waiting when a process dies, the other waits for ever.
"""

from __future__ import annotations

import heapq
import queue
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from casualty_extract.archive_items import PACE, Item, failed, outcome_of, unread
from casualty_extract.archive_nursery import Nursery
from casualty_extract.archive_supervision import Event, Worker
from casualty_extract.archive_workers import Settings
from casualty_extract.errors import InputError, WorkerError
from casualty_extract.outcomes import Outcome
from casualty_extract.readers_pages import Page

if TYPE_CHECKING:
    from casualty_extract.readers import Reading

__all__ = ["PACE", "Pool"]

ATTEMPTS = 2
"""How often an article may end the process that works on it before it is given up."""

_MOST_WAITING = 2_000
_MOST_CHARACTERS = 40_000_000
"""How far the work may run ahead of the oldest document that is not done, in documents and characters."""

_LARGEST_CHUNK = 32
_CHUNK_CHARACTERS = 60_000
_STARTS = 3
"""How many workers in a row may end of themselves before they are ready; killed ones have more chances."""


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
        self._nursery = Nursery(settings)
        self._jobs = jobs
        self._timeout = timeout
        self._stop = stop or threading.Event()
        self._grace = grace
        self._events: queue.SimpleQueue[Event] = queue.SimpleQueue()
        self._workers: list[Worker] = []
        self._closed = threading.Event()
        self._retries: list[Item] = []
        self._crowd: list[Item] = []
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
            self._nursery.end()
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
                    free = Worker(self._settings, self._timeout, self._events, self._nursery)
                except (OSError, RuntimeError) as error:
                    raise WorkerError(str(error)) from error
                self._workers.append(free)
            assert free is not None
            free.give(chunk)

    def _next_chunk(
        self, source: Iterator[Reading | Page | InputError], ended: bool
    ) -> tuple[list[Item], bool]:
        if self._retries:
            return [self._retries.pop()], ended
        chunk: list[Item] = []
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
                    self._done[number] = unread(found)
                    continue
                item = Item(number, found)
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

    def _take(self, event: Event) -> None:
        what, worker, told = event
        if what == "reply":
            item, reply = told
            self._false_starts = 0
            self._done[item.number] = outcome_of(item, reply)
        elif what == "idle":
            worker.chunks -= 1
        elif what == "broken":
            raise WorkerError(told)
        else:
            self._bury(worker, *told)

    def _bury(self, worker: Worker, left: list[Item], blamed: bool) -> None:
        self._workers.remove(worker)
        worker.end()
        if worker.process is None:
            # It never was: its nursery ended, which keeps count of that itself.
            self._nursery.lose(worker.mother)
        elif not worker.ready:
            self._false_starts += 1 if worker.status >= 0 else 0.3
            if self._false_starts >= _STARTS:
                raise WorkerError(f"they end before they are ready (status {worker.status})")
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

    def _blame(self, item: Item, worker: Worker) -> None:
        item.attempts += 1
        if worker.overdue is not None:
            limit = item.seconds(self._timeout)
            self._done[item.number] = failed(item, "timeout", f"it takes more than {limit:g} seconds")
        elif item.attempts >= ATTEMPTS:
            code = worker.status
            how = f"by signal {-code}" if code < 0 else f"with status {code}"
            self._done[item.number] = failed(item, "killed", f"the process that works on it ends {how}")
        else:
            self._retries.append(item)
