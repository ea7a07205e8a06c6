"""One worker process, and the thread that speaks to it."""

from __future__ import annotations

import os
import queue
import subprocess
import threading
import time
from contextlib import suppress
from typing import Any, BinaryIO, Literal, cast

from casualty_extract.archive_items import Item
from casualty_extract.archive_nursery import Copy, Nursery, greeting, launch
from casualty_extract.archive_workers import Reply, Settings, receive, send

__all__ = ["Event", "Worker"]

PATIENCE = 3.0
"""By how much the time limit is stretched for an article that waits for the processor or for anything else,
and does not use it: on a busy machine an article is not given up that a quiet one would finish."""


Event = tuple[Literal["reply", "idle", "dead", "broken"], "Worker", Any]


class Worker:
    """One process, and the thread that speaks to it. All that the thread learns goes into `events`.

    A copy of the nursery is known as a process with its first words, and never where its `mother` ended first.
    """

    def __init__(
        self, settings: Settings, timeout: float, events: queue.SimpleQueue[Event], nursery: Nursery
    ) -> None:
        self.timeout = timeout
        self.events = events
        self.inbox: queue.SimpleQueue[list[Item] | None] = queue.SimpleQueue()
        self.chunks = 0
        self.ready = False
        self.overdue: int | None = None
        self._watched: tuple[int, float] | None = None
        self._head: tuple[Item, float] | None = None
        self._lock = threading.Lock()
        self._nursery = nursery
        self.process: subprocess.Popen[bytes] | Copy | None = None
        self.mother: subprocess.Popen[bytes] | None = None
        self._target: BinaryIO
        self._source: BinaryIO
        if (asked := nursery.ask()) is not None:
            self.mother, self._target, self._source = asked
        else:
            process = launch("casualty_extract.archive_workers", stdout=subprocess.PIPE)
            self.process, self._target, self._source = (
                process,
                cast(Any, process.stdin),
                cast(Any, process.stdout),
            )
        self._greeting = greeting(settings)
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()

    @property
    def status(self) -> int:
        """How its process ended, once `end` has been called: the status, or the signal below 0."""
        assert self.process is not None
        return cast(int, self.process.returncode)

    def give(self, chunk: list[Item]) -> None:
        """Hand out work; a second chunk waits for the first."""
        self.chunks += 1
        self.inbox.put(chunk)

    def kill_if_overdue(self, now: float) -> None:
        """Kill the process if its article takes too long; `overdue` is the article's number then."""
        with self._lock:
            if self._head is None or self.overdue is not None:
                return
            item, since = self._head
            limit = item.seconds(self.timeout)
            assert self.process is not None
            used = processor_seconds(self.process.pid)
            if self._watched is None or self._watched[0] != item.number:
                self._watched = item.number, used if used is not None else 0.0
            spent = now - since if used is None else used - self._watched[1]
            if spent > limit or now - since > limit * PATIENCE:
                self.overdue = item.number
                self.process.kill()

    def end(self) -> None:
        """Kill the process and wait for the end of both."""
        self.inbox.put(None)
        if self.process is not None:
            self.process.kill()
        self.thread.join()
        if self.process is not None:
            # The thread may have learnt of it only now.
            self.process.kill()
            self.process.wait()
        for stream in (self._target, self._source):
            with suppress(OSError):
                stream.close()

    def _serve(self) -> None:
        source, target = self._source, self._target
        left: list[Item] = []
        blamed = greeted = False
        try:
            if self.mother is None:
                send(target, self._greeting)
            else:
                self.process = Copy(receive(source))
                self._nursery.trust()
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

    def _turn_to(self, item: Item | None) -> None:
        with self._lock:
            self._head = (item, time.monotonic()) if item else None


def processor_seconds(pid: int) -> float | None:
    """Give the processor time that a process has used, where the system tells it in ``/proc``."""
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii", errors="replace") as file:
            fields = file.read().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError, IndexError, AttributeError):
        return None
