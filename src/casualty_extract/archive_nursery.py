"""A nursery: a process that has loaded the pipeline, never sees a document, and is copied for each worker.

To load takes a second or two of processor time, to copy some milliseconds, so that an archive full of
poisons does not pay for each worker that had to be killed. The copies share the memory of the nursery as
far as they do not change it.

A copy becomes a child of the process that asked for it, as a worker is that is a program of its own: the
nursery forks a process that forks the worker and ends, and while there are nurseries, the asking process adopts
its descendants that lose their parent (Linux: ``PR_SET_CHILD_SUBREAPER``). So how a worker ends is told to
that process alone, its number is no other process's until that process has heard of it, and it outlives the nursery.

Where the system is another, or the pipeline has started threads or holds files open, which no copy could
use, there is no nursery and each worker is a program of its own.
"""

from __future__ import annotations

import gc
import os
import pickle
import random
import select
import signal
import socket
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, NoReturn, cast

import casualty_extract
from casualty_extract.archive_workers import (
    Settings,
    Work,
    end_with,
    follow,
    greeted,
    name,
    prepare,
    send,
    serve,
)

__all__ = ["Copy", "Nursery", "greeting", "launch", "main"]

_ADOPT, _ADOPTS = 36, 37
"""The numbers of `prctl` that have a process adopt its orphaned descendants, and tell whether it does."""

_STARTS = 3
"""How many nurseries in a row may be killed before one of them has given a worker."""


def launch(module: str, *more: str, stdout: int, pass_fds: tuple[int, ...] = ()) -> subprocess.Popen[bytes]:
    """Start a module of this library as a program that is spoken to over its standard input."""
    root = str(Path(casualty_extract.__file__).resolve().parent.parent)
    path = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))
    # -P: a folder of articles may hold anything, a json.py too. One core each: there are others.
    return subprocess.Popen(
        [sys.executable, "-P", "-m", module, *more],
        stdin=subprocess.PIPE,
        stdout=stdout,
        stderr=None if os.environ.get("CASUALTY_EXTRACT_WORKERS_TALK") else subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": path, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
        pass_fds=pass_fds,
    )


def greeting(settings: Settings) -> tuple[object, ...]:
    """Give what a new process has to know first; it is for those that this thread starts."""
    return settings, sys.path, os.getpid(), threading.current_thread() is threading.main_thread()


class Copy:
    """A worker that is a copy of a nursery: as much of `subprocess.Popen` as its supervisor asks of it."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._lock = threading.Lock()

    def kill(self) -> None:
        """Kill it, unless its end has been heard of."""
        with self._lock, suppress(ProcessLookupError, ChildProcessError):
            if self.returncode is None:
                # Where this process ignores its children's ends, the number may be another's by now: this raises.
                os.waitid(os.P_PID, self.pid, os.WEXITED | os.WNOWAIT | os.WNOHANG)
                os.kill(self.pid, signal.SIGKILL)

    def wait(self) -> int:
        """Wait for its end, and give its status, or its signal below 0."""
        with suppress(ChildProcessError):
            # Its number stays its own for now, so that `kill` can hit no other process.
            os.waitid(os.P_PID, self.pid, os.WEXITED | os.WNOWAIT)
        with self._lock:
            if self.returncode is None:
                try:
                    self.returncode = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
                except ChildProcessError:
                    # Somebody else in this process waits for all children: as `subprocess` has it then.
                    self.returncode = 0
        return self.returncode


class Nursery:
    """The nursery of a pool, started when the first worker is asked for, and again where it was killed."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._possible = sys.platform == "linux"
        self._adopting = False
        self._process: subprocess.Popen[bytes] | None = None
        self._channel: socket.socket | None = None
        self._lost = 0

    def ask(self) -> tuple[subprocess.Popen[bytes], BinaryIO, BinaryIO] | None:
        """Ask for a worker, without waiting for it.

        Returns:
            The nursery, the pipe to the worker and the pipe from it. The first frame from it is its number; an
            end without one says that there will be no worker: tell `lose`. None where there can be no nursery.
        """
        while self._possible:
            try:
                self._start()
                return self._ask()
            except OSError:
                self._possible = self._process is not None
                self.lose(self._process)
            except Exception:
                # Settings that cannot be sent: a worker that is a program of its own tells that.
                self._possible = False
        return None

    def trust(self) -> None:
        """Hear that a worker has come to be."""
        self._lost = 0

    def lose(self, process: subprocess.Popen[bytes] | None) -> None:
        """Hear that a nursery gives no workers any more, or gives none that are ours."""
        if process is not None and process is self._process:
            self.end()
            self._lost += 1
            # One that ends of itself would do so again; its reasons are then told by the workers themselves.
            self._possible = self._possible and cast(int, process.returncode) < 0 and self._lost < _STARTS

    def end(self) -> None:
        """Kill the nursery, if there is one; its workers go on."""
        if self._channel is not None:
            self._channel.close()
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        self._process = None
        if self._adopting:
            _adopt(-1)
            self._adopting = False

    def _start(self) -> None:
        if self._process is not None:
            return
        _adopt(1)
        self._adopting = True
        ours, theirs = socket.socketpair()
        with theirs:
            self._channel = ours
            number = theirs.fileno()
            self._process = launch(
                "casualty_extract.archive_nursery", str(number), stdout=subprocess.DEVNULL, pass_fds=(number,)
            )
        with cast(Any, self._process.stdin) as target:
            send(target, greeting(self._settings))

    def _ask(self) -> tuple[subprocess.Popen[bytes], BinaryIO, BinaryIO]:
        theirs_in, ours_out = os.pipe()
        ours_in, theirs_out = os.pipe()
        target, source = os.fdopen(ours_out, "wb"), os.fdopen(ours_in, "rb")
        try:
            socket.send_fds(cast(Any, self._channel), [b"w"], [theirs_in, theirs_out])
        except OSError:
            target.close()
            source.close()
            raise
        finally:
            # Only the worker is to hold them, so that the pipes end when it does.
            os.close(theirs_in)
            os.close(theirs_out)
        return cast(Any, self._process), target, source


_adopters = 0
_adopted_before = False
_lock = threading.Lock()


def _adopt(more: int) -> None:
    """Count the nurseries of this process; from the first to the last of them it adopts its orphaned descendants.

    Raises:
        OSError: the system knows no such thing.
    """
    global _adopters, _adopted_before
    import ctypes

    with _lock:
        _adopters += more
        prctl = ctypes.CDLL(None, use_errno=True).prctl
        if more > 0 and _adopters == 1:
            was = ctypes.c_int()
            failed = prctl(_ADOPTS, ctypes.byref(was), 0, 0, 0) or prctl(_ADOPT, 1, 0, 0, 0)
            if failed:
                _adopters = 0
                raise OSError(ctypes.get_errno(), "orphans cannot be adopted")
            _adopted_before = bool(was.value)
        elif _adopters == 0 and not _adopted_before:
            prctl(_ADOPT, 0, 0, 0, 0)


def main() -> None:
    """Load, then copy this process for each pair of pipes that comes, until the parent ends."""
    channel = socket.socket(fileno=int(sys.argv[1]))
    try:
        _copy_itself(channel)
    finally:
        # It closes with the process: whoever waits for a worker and hears of its end finds the status then.
        channel.detach()


def _copy_itself(channel: socket.socket) -> None:
    settings, parent, bound_to_thread = greeted(sys.stdin.buffer)
    # With the thread that started it even where others of the process go on: a nursery is no loss.
    end_with(parent)
    # What spaCy's own imports do is to be none of the pipeline's doing below.
    from casualty_extract.lexicon.gazetteer import storage
    from casualty_extract.pipeline import extract  # noqa: F401

    name(b"claims-nursery")
    files = os.listdir("/proc/self/fd")
    states = _random_states()
    work = prepare(settings)
    storage.close()
    if len(os.listdir("/proc/self/task")) > 1 or not set(os.listdir("/proc/self/fd")) <= set(files):
        return
    # A worker that is a program of its own begins with a state of its own, unless its pipeline sets one.
    chances = [
        partial(put, now) if pickle.dumps(was) != pickle.dumps(now) else seed
        for (was, _, _), (now, put, seed) in zip(states, _random_states(), strict=True)
    ]
    # What the pipeline printed and is not out yet would come out of each copy.
    sys.stdout.flush()
    # The collector would write to all that it looks at, and what is written to is no longer shared.
    gc.collect()
    gc.freeze()
    while os.getppid() == parent:
        if not select.select([channel], [], [], 1)[0]:
            continue
        _, pipes, _, _ = socket.recv_fds(channel, 1, 2, socket.MSG_CMSG_CLOEXEC)
        if not pipes:
            return
        if _is_copy():
            channel.close()
            _live(work, pipes, chances, (parent, bound_to_thread))
        for pipe in pipes:
            os.close(pipe)


def _random_states() -> list[tuple[Any, Callable[[Any], object], Callable[[], object]]]:
    import numpy

    return [
        (random.getstate(), random.setstate, random.seed),
        (numpy.random.get_state(), numpy.random.set_state, numpy.random.seed),
    ]


def _is_copy() -> bool:
    """Copy this process, and tell which of the two it is. The copy is nobody's child any more, and will be adopted."""
    between = os.fork()
    if between:
        os.waitpid(between, 0)
        return False
    between = os.getpid()
    try:
        if os.fork():
            os._exit(0)
    except BaseException:
        os._exit(1)
    while os.getppid() == between:
        time.sleep(0.0005)
    return True


def _live(
    work: Work | str, pipes: list[int], chances: list[Callable[[], object]], parent: tuple[int, bool]
) -> NoReturn:
    """Be a worker, to the end."""
    status = 1
    try:
        # Where the parent has ended meanwhile, another adopted it, who would not know what to do with it.
        if os.getppid() == parent[0]:
            source, target = os.fdopen(pipes[0], "rb"), os.fdopen(pipes[1], "wb")
            send(target, os.getpid())
            follow(*parent)
            for chance in chances:
                chance()
            serve(work, source, target)
        status = 0
    except SystemExit as error:
        status = error.code if isinstance(error.code, int) else int(error.code is not None)
    except BaseException:
        traceback.print_exc()
    finally:
        # Not by the interpreter's end: what is cleaned up then, such as temporary files, is the nursery's.
        with suppress(Exception):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(status & 0xFF)


if __name__ == "__main__":
    # Under this name its classes would be others than those that the parent knows.
    from casualty_extract import archive_nursery

    archive_nursery.main()
