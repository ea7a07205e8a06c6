"""One worker process, and the thread that speaks to it."""

from __future__ import annotations

import os
import queue
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any, Literal, cast

import casualty_extract
from casualty_extract.archive_items import Item
from casualty_extract.archive_workers import Reply, Settings, receive, send

__all__ = ["Event", "Worker"]

PATIENCE = 3.0
"""By how much the time limit is stretched for an article that waits for the processor or for anything else,
and does not use it: on a busy machine an article is not given up that a quiet one would finish."""


Event = tuple[Literal["reply", "idle", "dead", "broken"], "Worker", Any]


class Worker:
    """One process, and the thread that speaks to it. All that the thread learns goes into `events`."""

    def __init__(self, settings: Settings, timeout: float, events: queue.SimpleQueue[Event]) -> None:
        self.timeout = timeout
        self.events = events
        self.inbox: queue.SimpleQueue[list[Item] | None] = queue.SimpleQueue()
        self.chunks = 0
        self.ready = False
        self.overdue: int | None = None
        self._watched: tuple[int, float] | None = None
        self._head: tuple[Item, float] | None = None
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
        self.process.kill()
        self.process.wait()
        self.thread.join()
        for stream in (self.process.stdin, self.process.stdout):
            with suppress(OSError):
                cast(Any, stream).close()

    def _serve(self) -> None:
        source, target = cast(Any, self.process.stdout), cast(Any, self.process.stdin)
        left: list[Item] = []
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
