"""A folder as the sink of a batch: ``claims.jsonl``, ``errors.jsonl`` and ``run.json``.

Extractions and failures are appended to their files in the order of the documents. What counts is what
``journal.sqlite`` says: how long the files are, and which documents are in them. It is told so only after
the files' bytes are on the disk, so that a run that is taken up after it was killed cuts off what came
later, half a line included, and goes on as if nothing had happened. When the run has come to its end, the
journal stays: the same command with ``--resume`` has nothing left to do then.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import BinaryIO, Self

from casualty_extract.errors import OutputError
from casualty_extract.outcomes import Failure, Outcome, Run, Sink

__all__ = ["CLAIMS", "ERRORS", "JOURNAL", "OWN", "RUN", "DeadLetters", "FolderSink"]

CLAIMS = "claims.jsonl"
"""The file of extractions in the folder of a run, one a line."""
ERRORS = "errors.jsonl"
"""The file of failures, one a line."""
RUN = "run.json"
"""The file of version, settings and inputs."""
JOURNAL = "journal.sqlite"
"""The file of what is done, by which a run is taken up again."""
OWN = (CLAIMS, ERRORS, RUN, JOURNAL, f"{JOURNAL}-wal", f"{JOURNAL}-shm", f"{JOURNAL}-journal", f"{RUN}.part")
"""All files that a run can have in its folder, those that last for a moment too; `replace` takes them away."""
_ASKED_AT_ONCE = 500

_TABLES = """
CREATE TABLE IF NOT EXISTS done (source TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS state (
  run TEXT NOT NULL, claims INTEGER NOT NULL, errors INTEGER NOT NULL, finished INTEGER NOT NULL
) STRICT;
"""


class FolderSink:
    """Keep the outcomes of a run in a folder.

    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp(), "out")
    >>> run = Run(tool_version="0.1.0", config={}, inputs=("news.jsonl",))
    >>> with FolderSink(folder, run) as sink:
    ...     failure = Failure(kind="input", problem="it is empty", file="news.jsonl")
    ...     sink.write([Outcome(source=failure.source, failure=failure)])
    ...     sink.close(finished=True)
    >>> sorted(p.name for p in folder.iterdir())
    ['claims.jsonl', 'errors.jsonl', 'journal.sqlite', 'run.json']

    Args:
        folder: the folder; it is made where it is missing.
        run: the run that is kept in it.
        resume: whether a run that is in it is taken up; it must be the same run.
        replace: whether the files of a run that is in it are removed first.

    Raises:
        OutputError: the folder cannot be written, or holds a run that is neither to be taken up nor replaced.
    """

    def __init__(self, folder: str | Path, run: Run, *, resume: bool = False, replace: bool = False) -> None:
        self.folder = Path(folder)
        self.run = run
        self._files: dict[str, BinaryIO] = {}
        self._journal: sqlite3.Connection | None = None
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._open(resume, replace)
        except (OSError, sqlite3.Error) as error:
            self._release()
            raise self._error(error) from error
        except OutputError:
            self._release()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._release()

    def done(self, sources: Sequence[str]) -> set[str]:
        """See `casualty_extract.outcomes.Sink.done`."""
        found: set[str] = set()
        for start in range(0, len(sources), _ASKED_AT_ONCE):
            # One parameter, however many there are: a list in JSON.
            asked = json.dumps(sources[start : start + _ASKED_AT_ONCE])
            rows = self._database.execute(
                "SELECT source FROM done WHERE source IN (SELECT value FROM json_each(?))", (asked,)
            )
            found.update(row[0] for row in rows)
        return found

    def write(self, outcomes: Sequence[Outcome]) -> None:
        """See `casualty_extract.outcomes.Sink.write`; what is kept already is not replaced but refused."""
        lines: dict[str, list[str]] = {CLAIMS: [], ERRORS: []}
        for outcome in outcomes:
            if outcome.extraction is not None:
                lines[CLAIMS].append(outcome.extraction.to_json() + "\n")
            elif outcome.failure is not None:
                lines[ERRORS].append(outcome.failure.to_json() + "\n")
        try:
            for name, rows in lines.items():
                if rows:
                    file = self._files[name]
                    # Escaped as JSON does it: what cannot be encoded is no text that anyone stored.
                    file.write("".join(rows).encode("utf-8", errors="backslashreplace"))
                    file.flush()
                    os.fsync(file.fileno())
            with self._database as journal:
                journal.executemany("INSERT INTO done VALUES (?)", [(o.source,) for o in outcomes])
                journal.execute(
                    "UPDATE state SET claims = ?, errors = ?",
                    (self._files[CLAIMS].tell(), self._files[ERRORS].tell()),
                )
        except (OSError, sqlite3.Error) as error:
            raise self._error(error) from error

    def failures(self) -> Iterator[Failure]:
        """See `casualty_extract.outcomes.Sink.failures`."""
        with open(self.folder / ERRORS, encoding="utf-8") as lines:
            for line in lines:
                yield Failure.model_validate_json(line)

    def close(self, *, finished: bool) -> None:
        """See `casualty_extract.outcomes.Sink.close`."""
        try:
            with self._database as journal:
                journal.execute("UPDATE state SET finished = ?", (int(finished),))
        except sqlite3.Error as error:
            raise self._error(error) from error
        finally:
            self._release()

    @property
    def _database(self) -> sqlite3.Connection:
        assert self._journal is not None
        return self._journal

    def _open(self, resume: bool, replace: bool) -> None:
        there = [name for name in (CLAIMS, ERRORS, RUN, JOURNAL) if (self.folder / name).exists()]
        if there and replace and not resume:
            self._refuse_in_use()
            for name in OWN:
                (self.folder / name).unlink(missing_ok=True)
        elif there and not resume:
            raise OutputError(
                f"there is {there[0]} in it; --resume goes on with it, --force replaces it",
                target=str(self.folder),
            )
        self._journal = sqlite3.connect(self.folder / JOURNAL, timeout=1, isolation_level="IMMEDIATE")
        self._journal.execute("PRAGMA journal_mode = WAL")
        self._journal.execute("PRAGMA synchronous = FULL")
        # Held for as long as the run: two at once would write into each other's files.
        self._journal.execute("PRAGMA locking_mode = EXCLUSIVE")
        with self._journal as journal:
            for statement in filter(str.strip, _TABLES.split(";")):
                journal.execute(statement)
            state = journal.execute("SELECT run, claims, errors FROM state").fetchone()
            if state is None:
                if any((self.folder / name).exists() for name in (CLAIMS, ERRORS)):
                    raise OutputError(
                        "its journal is missing, so it cannot be taken up", target=str(self.folder)
                    )
                journal.execute("INSERT INTO state VALUES (?, 0, 0, 0)", (self.run.id,))
                state = (self.run.id, 0, 0)
        if state[0] != self.run.id:
            raise OutputError(
                "it holds a run over other inputs, with other settings, or of another version",
                target=str(self.folder),
            )
        self._tell_run()
        for name, size in ((CLAIMS, state[1]), (ERRORS, state[2])):
            file = open(self.folder / name, "ab")  # noqa: SIM115
            self._files[name] = file
            if file.tell() < size:
                raise OutputError(f"{name} is shorter than its journal says", target=str(self.folder))
            file.truncate(size)
            file.seek(size)

    def _refuse_in_use(self) -> None:
        # Else a run that goes on would write into files that nobody sees any more.
        with closing(sqlite3.connect(self.folder / JOURNAL, timeout=1, isolation_level=None)) as journal:
            try:
                journal.execute("BEGIN IMMEDIATE")
            except sqlite3.DatabaseError as error:
                # A journal that is none is replaced with the rest.
                if "locked" in str(error):
                    raise

    def _tell_run(self) -> None:
        told = {
            "run": self.run.id,
            "tool_version": self.run.tool_version,
            "schema_version": self.run.schema_version,
            "config_sha256": self.run.config_sha256,
            "config": self.run.config,
            "inputs": list(self.run.inputs),
        }
        part = self.folder / f"{RUN}.part"
        # A name of a file may hold bytes that are no text; escaped they are still JSON.
        lines = json.dumps(told, indent=2, ensure_ascii=False) + "\n"
        part.write_bytes(lines.encode("utf-8", errors="backslashreplace"))
        os.replace(part, self.folder / RUN)

    def _release(self) -> None:
        for file in self._files.values():
            # What could not be written was told when it was written.
            with suppress(OSError):
                file.close()
        if self._journal is not None:
            self._journal.close()
            self._journal = None

    def _error(self, error: OSError | sqlite3.Error) -> OutputError:
        problem = getattr(error, "strerror", None) or str(error)
        if "locked" in problem:
            problem = "another run works on it"
        elif isinstance(error, sqlite3.OperationalError) and not shutil.disk_usage(self.folder).free:
            problem = os.strerror(28)
        return OutputError(problem, target=str(self.folder))


class DeadLetters:
    """A sink that passes everything on, and in the end writes the failures to a file beside it.

    The file has all failures of the run, those of before it was taken up again among them. It appears
    when the run ends, in whatever way but by force; one that was there is replaced.

    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> run = Run(tool_version="0.1.0", config={}, inputs=("news.jsonl",))
    >>> sink = DeadLetters(FolderSink(folder / "out", run), folder / "errors.jsonl")
    >>> sink.write([Outcome(source="a", failure=Failure(kind="input", problem="it is empty", file="a"))])
    >>> sink.close(finished=True)
    >>> print((folder / "errors.jsonl").read_text(encoding="utf-8").rstrip())
    {"kind":"input","problem":"it is empty","file":"a","row":null,"document":null,"stage":null,"attempts":1}

    Args:
        sink: where the outcomes go.
        file: where the failures go, one a line; a device or a pipe is written to as it is.

    Raises:
        OutputError: the file cannot be written; that is told now and not after a weekend's work.
    """

    def __init__(self, sink: Sink, file: str | Path) -> None:
        self._sink = sink
        self._name = str(file)
        # A link stays a link; what it points to is replaced.
        self._file = Path(os.path.realpath(file))
        self._part = self._file.with_name(f"{self._file.name}.part")
        try:
            if self._file.is_dir():
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
            if self._file.exists() and not self._file.is_file():
                self._part = self._file
            else:
                self._part.touch()
                self._part.unlink()
        except OSError as error:
            sink.close(finished=False)
            raise self._error(error) from error

    def done(self, sources: Sequence[str]) -> set[str]:
        """See `casualty_extract.outcomes.Sink.done`."""
        return self._sink.done(sources)

    def write(self, outcomes: Sequence[Outcome]) -> None:
        """See `casualty_extract.outcomes.Sink.write`."""
        self._sink.write(outcomes)

    def failures(self) -> Iterator[Failure]:
        """See `casualty_extract.outcomes.Sink.failures`."""
        return self._sink.failures()

    def close(self, *, finished: bool) -> None:
        """See `casualty_extract.outcomes.Sink.close`."""
        try:
            with open(self._part, "w", encoding="utf-8", errors="backslashreplace", newline="") as stream:
                for failure in self._sink.failures():
                    stream.write(failure.to_json() + "\n")
            if self._part != self._file:
                os.replace(self._part, self._file)
        except OSError as error:
            raise self._error(error) from error
        finally:
            self._sink.close(finished=finished)

    def _error(self, error: OSError) -> OutputError:
        return OutputError(error.strerror or str(error), target=self._name)
