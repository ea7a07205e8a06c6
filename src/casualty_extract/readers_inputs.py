"""Which files are read: named ones, those in folders, those that a pattern fits, and standard input.

The order is that of the names, folder by folder, on every machine. *Leaves alone* hidden files, links to folders,
and in folders files whose ending tells nothing; how many these are is told in the log.
"""

from __future__ import annotations

import logging
import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from itertools import takewhile
from pathlib import Path

from casualty_extract.errors import InputError
from casualty_extract.readers_readings import STDIN, Format, is_read, label

__all__ = ["Source", "sources"]

SHOWN = 5
"""How many names of files that were passed over are shown."""

log = logging.getLogger(__name__)

_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_MAGIC = re.compile(r"[*?]|\[.+\]")


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read.

    Attributes:
        path: where it is; "-" is standard input.
        file: its label.
    """

    path: str
    file: str


@dataclass
class _Passed:
    """The files of a folder that are passed over."""

    count: int = 0
    names: list[str] = field(default_factory=list)

    def add(self, name: str) -> None:
        self.count += 1
        if len(self.names) < SHOWN:
            self.names.append(name)


def sources(
    inputs: str | Path | Sequence[str | Path], format: Format, leave_out: Iterable[str | Path] = ()
) -> Iterator[Source | InputError]:
    """Go through the files that are to be read, each once.

    Args:
        inputs: files, folders, patterns (`news/**/*.jsonl`) and "-"; or one of them alone.
        format: "auto" reads those files of a folder whose ending is known; any other reads all.
        leave_out: files that are not read: one that a folder or pattern leads to is passed over, one that is
            named is an error.
    """
    if isinstance(inputs, (str, Path)):
        # As a row of characters, "/var/news" would begin with all that the machine holds.
        inputs = [inputs]
    seen: set[str] | None = set() if len(inputs) > 1 else None
    labels: set[str] = set()
    own = _Own(leave_out)
    for given in inputs:
        for found in _found(str(given), format):
            if isinstance(found, Source) and found.path in own:
                if found.path != str(given):
                    log.info("%s: an output of this run, passed over", found.file)
                    continue
                found = InputError("it is an output of this run", file=found.file)
            if isinstance(found, Source) and seen is not None:
                # Names that lead to one file must not be read twice: its documents have one address.
                path = found.path if found.path == STDIN else _absolute(found.path)
                if path in seen:
                    log.info("%s: read already", found.file)
                    continue
                seen.add(path)
            if seen is not None:
                # What is wrong with a file or folder is told once too.
                if found.file in labels:
                    continue
                labels.add(found.file)
            yield found


class _Own:
    """Files that are left out, however they are named."""

    def __init__(self, files: Iterable[str | Path]) -> None:
        self._paths = {os.path.realpath(file) for file in files}
        self._names = {os.path.basename(path) for path in self._paths}

    def __contains__(self, path: str) -> bool:
        if not self._names or path == STDIN:
            return False
        # Links to files are read under names of their own; the others need no look at the disk.
        if os.path.basename(path) not in self._names and not os.path.islink(path):
            return False
        return os.path.realpath(path) in self._paths


def _absolute(path: str) -> str:
    try:
        return os.path.abspath(path)
    except ValueError:
        return path


def _found(name: str, format: Format) -> Iterator[Source | InputError]:
    if name == STDIN:
        yield Source(name, name)
        return
    try:
        if not os.path.lexists(name) and _MAGIC.search(name):
            yield from _matching(name)
            return
        if os.path.isdir(name):
            yield from _within(name, format)
            return
    except ValueError:
        # A name with a NUL in it; opening it says so.
        pass
    if _ADDRESS.match(name) and not os.path.lexists(name):
        problem = "it is an address, and nothing is fetched: save the page, and name its file"
        yield InputError(problem, file=label(name))
        return
    yield Source(name, label(name))


def _within(folder: str, format: Format) -> Iterator[Source | InputError]:
    passed = _Passed()
    found = False

    def is_wanted(parts: tuple[str, ...]) -> bool:
        if format != "auto" or is_read(parts[-1]):
            return True
        passed.add("/".join(parts))
        return False

    for one in _walk(folder, (), is_wanted, lambda _: True):
        found = True
        yield one
    if passed.count:
        more = f" and {passed.count - SHOWN:,} more" if passed.count > SHOWN else ""
        told = ", ".join(map(label, passed.names))
        log.warning("%s: files passed over for their endings: %s%s", label(folder), told, more)
    if not found:
        yield InputError("no file in it can be read", file=label(folder))


def _matching(pattern: str) -> Iterator[Source | InputError]:
    parts = pattern.replace(os.sep, "/").split("/")
    plain = list(takewhile(lambda part: not _MAGIC.search(part), parts))
    wanted = tuple(parts[len(plain) :])
    root = "/".join(plain) + "/" if plain else ""
    deepest = None if "**" in wanted else len(wanted)
    found = False

    def goes_on(parts: tuple[str, ...]) -> bool:
        return deepest is None or len(parts) < deepest

    if os.path.isdir(root or "."):
        for one in _walk(root, (), lambda parts: _fits(parts, wanted), goes_on):
            found = True
            yield one
    if not found:
        yield InputError("no file fits the pattern", file=label(pattern))


def _fits(parts: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    if not wanted:
        return not parts
    if wanted[0] == "**":
        # A pattern that ends so fits all files below.
        rest = wanted[1:] or ("*",)
        return any(_fits(parts[at:], rest) for at in range(len(parts)))
    return bool(parts) and fnmatchcase(parts[0], wanted[0]) and _fits(parts[1:], wanted[1:])


def _walk(
    root: str,
    within: tuple[str, ...],
    is_wanted: Callable[[tuple[str, ...]], bool],
    goes_on: Callable[[tuple[str, ...]], bool],
) -> Iterator[Source | InputError]:
    """Go through a folder and those in it, in the order of the names."""
    folder = _joined(root, within)
    try:
        with os.scandir(folder or ".") as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError as error:
        yield InputError(error.strerror or str(error), file=label(folder))
        return
    for entry in entries:
        parts = (*within, entry.name)
        if entry.name.startswith("."):
            log.info("%s: hidden, passed over", label(_joined(root, parts)))
            continue
        path = _joined(root, parts)
        # A link to itself is no folder and no failure of the folder that it is in.
        if os.path.isdir(path):
            if entry.is_symlink():
                log.info("%s: a link to a folder, not followed", label(path))
            elif goes_on(parts):
                yield from _walk(root, parts, is_wanted, goes_on)
            continue
        if not is_wanted(parts):
            continue
        try:
            # Of pipes and devices nobody knows when they end.
            if not stat.S_ISREG(os.stat(path).st_mode):
                log.info("%s: no regular file, passed over", label(path))
                continue
        except OSError as error:
            yield InputError(error.strerror or str(error), file=label(path))
            continue
        yield Source(path, label(path))


def _joined(root: str, parts: tuple[str, ...]) -> str:
    inner = "/".join(parts)
    if not inner:
        return root
    return f"{root}{inner}" if not root or root.endswith("/") else f"{root}/{inner}"
