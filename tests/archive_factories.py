"""Pipelines for workers that are copies of a nursery: what they may not inherit, and how they may end."""

from __future__ import annotations

import ctypes
import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy
from spacy.language import Language
from spacy.tokens import Doc

import archive_poisons as poisons
from casualty_extract import archive_workers

KEPT: list[object] = []


def in_nursery() -> bool:
    """Whether this is a nursery, and not a worker that is a program of its own."""
    return Path("/proc/self/comm").read_bytes() == b"claims-nursery\n"


def counted(log: str, slow: float = 0.0) -> Language:
    """Note each load as a line of a file."""
    with open(log, "a", encoding="ascii") as file:
        file.write("nursery\n" if in_nursery() else "worker\n")
    return poisons.make(slow)


def recycled(log: str) -> Language:
    """Have every article take a fresh pipeline, as if it had met hundreds of thousands of words."""
    archive_workers.MOST_STRINGS = 1
    return counted(log)


def threaded(log: str) -> Language:
    """Start a thread, which no copy of the process has."""
    threading.Thread(target=time.sleep, args=(3600,), daemon=True).start()
    return counted(log)


def opened(log: str) -> Language:
    """Keep a file open, whose place in it all copies would share."""
    KEPT.append(open(__file__, "rb"))  # noqa: SIM115
    return counted(log)


def killed(log: str) -> Language:
    """End a nursery as the system does when memory runs short."""
    nlp = counted(log)
    if in_nursery():
        os.kill(os.getpid(), signal.SIGKILL)
    return nlp


def exiting() -> Language:
    """End whatever process loads this."""
    os._exit(3)


@Language.component("ending")
def ending(doc: Doc) -> Doc:
    if "END-SEGV" in doc.text:
        ctypes.string_at(0)
    if "END-ABORT" in doc.text:
        os.abort()
    if "END-EXIT" in doc.text:
        sys.exit(5)
    if "DRAW" in doc.text:
        raise ValueError(f"{random.random()} {numpy.random.random()}")
    if "START" in doc.text:
        # Threads, locks and processes are a copy's to use as any other process's.
        heard: list[str] = []
        lock = threading.RLock()

        def say() -> None:
            with lock:
                heard.append(subprocess.run(["echo", "heard"], capture_output=True, text=True).stdout.strip())

        threads = [threading.Thread(target=say) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        print("this is no frame")
        raise ValueError(f"{' '.join(heard)} {doc.text.count('START')}")
    return doc


def ended(seed: int | None = None) -> Language:
    """Make a pipeline that does as the text says; where a seed is given, from there."""
    if seed is not None:
        random.seed(seed)
        numpy.random.seed(seed)
    nlp = poisons.make()
    nlp.add_pipe("ending", first=True)
    return nlp
