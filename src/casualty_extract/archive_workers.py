"""A worker of a batch: a process of its own that extracts from one article after the other.

It is started by `casualty_extract.archive_supervision`, as a program of its own or as a copy of a nursery
(`casualty_extract.archive_nursery`), and can be killed at any moment. Over one pipe come pickled frames,
each a list of articles; over another goes one frame an article. What a component prints goes to standard
error, where it cannot be taken for a frame.

A worker ends when its input ends. Should the process that started it be killed, its input ends too, and
where it is in the middle of an article then, a thread or the kernel ends it.
"""

from __future__ import annotations

import gc
import importlib
import os
import pickle
import signal
import struct
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    from spacy.language import Language

    from casualty_extract.readers_pages import Page
    from casualty_extract.records import Article

__all__ = [
    "FACTORY",
    "Reply",
    "Settings",
    "Task",
    "end_with",
    "follow",
    "greeted",
    "main",
    "name",
    "prepare",
    "receive",
    "send",
    "serve",
]

FACTORY = "casualty_extract.pipeline:load"
"""What makes the pipeline of a worker, as module and function."""

MOST_STRINGS = 400_000
"""How many strings a pipeline may remember before a fresh one takes its place: spaCy keeps every word it
has seen. A fresh one holds some 25,000; loading takes less than a second."""

_WARM_UP = "A bomb killed 12 people and wounded three in Mosul on Friday, 1 September 2017, police said."

_SIZE = struct.Struct(">Q")


@dataclass(frozen=True)
class Settings:
    """How a worker makes its pipeline, and what it may use.

    >>> Settings(options={"vagueness": "acled"}).factory
    'casualty_extract.pipeline:load'

    Attributes:
        factory: the function that makes the pipeline, as "module:function"; it is called in each worker, or
            once in a process of which the workers are copies.
        options: its arguments by name, as plain data.
        date_order: how the articles write dates in figures.
        memory: the most bytes of address space that a worker may use, where the system can hold it to
            that (Linux); None for no bound.
    """

    factory: str = FACTORY
    options: dict[str, Any] = field(default_factory=dict)
    date_order: str | None = None
    memory: int | None = 4 << 30


@dataclass(frozen=True, slots=True)
class Task:
    """An article to work on, or a page that holds one; `carries_text` as in `casualty_extract.readers.Reading`."""

    article: Article | Page
    carries_text: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of a task.

    Attributes:
        json: the extraction as one line of JSON; None where there is none.
        kind: why there is none.
        problem: the same in words.
        stage: the stage that failed.
        last: whether the worker ends after this.
    """

    json: str | None = None
    kind: str | None = None
    problem: str = ""
    stage: str | None = None
    last: bool = False


Work = Callable[[Task], Reply]


def send(stream: BinaryIO, value: object) -> None:
    """Write one frame."""
    data = pickle.dumps(value, protocol=5)
    stream.write(_SIZE.pack(len(data)))
    stream.write(data)
    stream.flush()


def receive(stream: BinaryIO) -> Any:
    """Read one frame.

    Raises:
        EOFError: the stream has ended, in the middle of a frame or before one.
    """
    head = _read(stream, _SIZE.size)
    # Both ends are this library's own processes: nothing from outside is ever unpickled.
    return pickle.loads(_read(stream, _SIZE.unpack(head)[0]))


def _read(stream: BinaryIO, size: int) -> bytes:
    data = stream.read(size)
    if len(data) < size:
        raise EOFError
    return data


def main() -> None:
    """Work until the input ends."""
    source = sys.stdin.buffer
    target = os.fdopen(os.dup(1), "wb")
    settings, parent, bound_to_thread = greeted(source)
    follow(parent, bound_to_thread)
    serve(prepare(settings), source, target)


def greeted(source: BinaryIO) -> tuple[Settings, int, bool]:
    """Settle in, and read the greeting: the settings, the parent, and whether its thread lives as long as it."""
    os.dup2(2, 1)
    # Ctrl-C reaches every process of the terminal, and a service's end every process of the service;
    # what becomes of the workers then is the parent's to say.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    settings, path, parent, bound_to_thread = receive(source)
    sys.path[:] = [*sys.path, *(p for p in path if p not in sys.path)]
    return settings, parent, bound_to_thread


def prepare(settings: Settings) -> Work | str:
    """Load the pipeline; give what works on a task, or in words why there is none."""
    try:
        return _worker(settings)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def serve(work: Work | str, source: BinaryIO, target: BinaryIO) -> None:
    """Tell whether there is a pipeline, then work until the input ends."""
    if isinstance(work, str):
        send(target, work)
        return
    send(target, None)
    with suppress(EOFError, BrokenPipeError):
        while True:
            for task in receive(source):
                reply = work(task)
                send(target, reply)
                if reply.last:
                    return


def name(words: bytes) -> None:
    """Give this process a name, of 15 bytes at most, among those of the system (Linux)."""
    if sys.platform == "linux":
        import ctypes

        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(15, words)


def follow(parent: int, bound_to_thread: bool) -> None:
    """End when the parent does, however it ends; and go by a worker's name."""
    name(b"claims-worker")

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
    if sys.platform == "linux" and bound_to_thread:
        # The thread above cannot run while one long call into C holds the interpreter; the kernel can.
        # It counts the end of the thread that started us as the parent's, hence the condition.
        end_with(parent)


def end_with(parent: int) -> None:
    """Have the kernel end this process with the thread that started it (Linux)."""
    import ctypes

    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def _worker(settings: Settings) -> Work:
    from casualty_extract.errors import ArticleError, InputError
    from casualty_extract.pipeline import extract
    from casualty_extract.readers_pages import Page

    make = _factory(settings)
    nlp = make()
    _bound(settings.memory)
    # Some tables are read with the first article; that is to be no part of anyone's time.
    with suppress(ArticleError):
        extract(_WARM_UP, nlp=nlp)

    def work(task: Task) -> Reply:
        nonlocal nlp
        try:
            if len(nlp.vocab.strings) > MOST_STRINGS:
                # A nursery keeps the collector away from what it loaded; here the first pipeline is to go.
                gc.unfreeze()
                nlp = make()
            article, carries_text = task.article, task.carries_text
            if isinstance(article, Page):
                article, carries_text = article.reading().article, True
            found = extract(article, date_order=settings.date_order, nlp=nlp)  # type: ignore[arg-type]
            if carries_text:
                found = found.model_copy(update={"text": article.text})
            return Reply(json=found.to_json())
        except MemoryError:
            return _exhausted()
        except InputError as error:
            return Reply(kind="input", problem=error.problem)
        except ArticleError as error:
            if error.problem.startswith("MemoryError"):
                return _exhausted()
            return Reply(kind="article", problem=error.problem, stage=error.stage)
        except Exception as error:
            return Reply(kind="article", problem=f"{type(error).__name__}: {error}", stage="pipeline")

    return work


def _exhausted() -> Reply:
    # What went short of memory may be left half done, so the next article gets a fresh process.
    return Reply(kind="memory", problem="it needs more memory than a worker may use", last=True)


def _factory(settings: Settings) -> Callable[[], Language]:
    module, _, name = settings.factory.partition(":")
    made = getattr(importlib.import_module(module), name)
    return lambda: made(**settings.options)


def _bound(memory: int | None) -> None:
    if memory is None or sys.platform != "linux":
        return
    import resource

    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_AS, (memory, resource.getrlimit(resource.RLIMIT_AS)[1]))


if __name__ == "__main__":
    # Under this name its classes would be others than those that the parent sends.
    from casualty_extract import archive_workers

    archive_workers.main()
