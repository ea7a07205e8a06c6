"""The work on one partition of an archive, whatever engine hands the partitions out.

Its outcomes appear under their name only when they are whole. A process that is killed leaves a journal behind. The
next attempt notes there each document that it begins, so that a document which ends its process twice is known, and set
down as a failure in its place.
"""

from __future__ import annotations

import os
import uuid
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO, cast

from casualty_extract.engines import extract_row, read_batch, unread_row
from casualty_extract.engines_folders import Partition, part_schema
from casualty_extract.errors import InputError, OutputError
from casualty_extract.readers import Columns, Reading, read
from casualty_extract.records import Article
from casualty_extract.writers_parquet import write_batches
from casualty_extract.writers_tables import need_arrow

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["extract_partition"]

GROUP_ROWS = 500
DEATHS = 2
"""How many processes a document may end before it is set down as a failure."""


def extract_partition(
    partition: Partition, out: str | Path, columns: Mapping[str, str], options: Mapping[str, Any]
) -> None:
    """Extract from the documents of a partition into its file.

    >>> import tempfile
    >>> from casualty_extract.engines_folders import open_folder, read_outcomes
    >>> file, out = Path(tempfile.mkdtemp(), "news.jsonl"), tempfile.mkdtemp()
    >>> _ = file.write_text('{"id": "a1", "text": "Gunmen killed 12 people."}')
    >>> [partition] = open_folder(out, [str(file)], {})
    >>> extract_partition(partition, out, {}, {})
    >>> [outcome.extraction for outcome in read_outcomes(out)]
    [Extraction('a1', 1 claims, 1 incidents)]

    Args:
        partition: the partition.
        out: the folder of the run.
        columns: as `casualty_extract.engines.checked_columns` gives them.
        options: as `casualty_extract.engines.checked_options` gives them.

    Raises:
        ArgumentError: the file has no such column.
        OutputError: the file cannot be written.
    """
    folder = Path(out)
    target = folder / partition.part
    if target.exists():
        return
    # Another process may still be at the same partition where a machine was only thought dead.
    part = folder / f".{partition.part}.{uuid.uuid4().hex}.part"
    try:
        with _Journal(folder / f".{partition.part}.journal") as journal:
            rows = _rows(partition, columns, options, journal)
            with open(part, "wb") as stream:
                write_batches(_batched(rows), part_schema(), stream)
                stream.flush()
                os.fsync(stream.fileno())
            os.replace(part, target)
            journal.done()
    except OSError as error:
        raise OutputError(error.strerror or str(error), target=str(target)) from error
    finally:
        part.unlink(missing_ok=True)


def _rows(
    partition: Partition, columns: Mapping[str, str], options: Mapping[str, Any], journal: _Journal
) -> Iterator[dict[str, Any]]:
    for number, (file, row, given, carries_text) in enumerate(_documents(partition, columns)):
        told: dict[str, Any] = {"file": file, "row": row, "attempts": 1}
        if isinstance(given, tuple):
            yield {**told, **unread_row(*given)}
            continue
        if journal.deaths[number] >= DEATHS:
            problem = f"the process that worked on it was ended, {journal.deaths[number]} times"
            lost = {**unread_row(given.id, problem), "error_kind": "killed"}
            yield {**told, **lost, "attempts": journal.deaths[number]}
            continue
        journal.begin(number)
        found, result = extract_row(given, options)
        if carries_text and found is not None:
            result["extraction"] = found.model_copy(update={"text": given.text}).to_json()
        yield {**told, **result, "attempts": journal.deaths[number] + 1}


Given = tuple[str, int | None, "Article | tuple[str | None, str]", bool]
"""File, row, the article or its id with what is wrong, and whether the text is not the file's own."""


def _documents(partition: Partition, columns: Mapping[str, str]) -> Iterator[Given]:
    if partition.groups is not None:
        yield from _table(partition, columns)
        return
    for reading in _readings(partition, columns):
        # The readers name the file from the root.
        file = partition.file + reading.file.removeprefix(partition.path)
        if isinstance(reading, InputError):
            yield file, reading.row, (None, reading.problem), False
        else:
            yield file, reading.row, _renamed(reading.article, partition), reading.carries_text


def _readings(partition: Partition, columns: Mapping[str, str]) -> Iterator[Reading | InputError]:
    return read(partition.path, columns=Columns(**columns) if columns else None)


def _renamed(article: Article, partition: Partition) -> Article:
    # Files of one text are known by their names, which are from the root here.
    if not article.id.startswith(partition.path):
        return article
    return article.model_copy(update={"id": partition.file + article.id.removeprefix(partition.path)})


def _table(partition: Partition, columns: Mapping[str, str]) -> Iterator[Given]:
    pa = need_arrow()
    import pyarrow.parquet as pq

    row = partition.first
    try:
        with pq.ParquetFile(partition.path) as file:
            groups = list(range(*cast(tuple[int, int], partition.groups)))
            for batch in file.iter_batches(batch_size=100, row_groups=groups):
                for id, given in read_batch(batch, columns):
                    yield (
                        partition.file,
                        row,
                        given if isinstance(given, Article) else (id, str(given)),
                        False,
                    )
                    row += 1
    except (pa.ArrowException, OSError) as error:
        yield partition.file, row, (None, f"the file is damaged from here: {error}"), False


def _batched(rows: Iterator[dict[str, Any]]) -> Iterator[pa.RecordBatch]:
    pa = need_arrow()
    while group := list(islice(rows, GROUP_ROWS)):
        yield pa.RecordBatch.from_pylist(group, schema=part_schema())


class _Journal:
    """Which documents of a partition were begun by attempts that did not come to their end."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.deaths: Counter[int] = Counter()
        last: int | None = None
        self.again = path.exists()
        for line in path.read_text(encoding="ascii").split() if self.again else ():
            # A line that a failing disk cut short tells nothing.
            if line == "start":
                self.deaths.update([] if last is None else [last])
                last = None
            else:
                last = int(line) if line.isdigit() else None
        self.deaths.update([] if last is None else [last])

    def __enter__(self) -> _Journal:
        self.stream: TextIO = open(self.path, "a", encoding="ascii")
        self._note("start")
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        with suppress(OSError):
            if kind is not None:
                # What ends with an error was not killed.
                self._note("error")
            self.stream.close()

    def begin(self, number: int) -> None:
        """Note that a document is begun; a first attempt saves itself the trouble."""
        if self.again:
            self._note(str(number))

    def done(self) -> None:
        """Put the journal away."""
        self.stream.close()
        self.path.unlink(missing_ok=True)

    def _note(self, word: str) -> None:
        if not self.stream.closed:
            self.stream.write(word + "\n")
            self.stream.flush()
