"""Extractions to Parquet files and back, in row groups of bounded size. Needs the extra `parquet`.

The same extractions give the same bytes with the same version of pyarrow. A file appears under its name
only when it is whole.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from os import PathLike
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from casualty_extract.errors import InputError, OutputError
from casualty_extract.whole_files import whole_file
from casualty_extract.writers_tables import (
    FORM,
    article_schema,
    batches,
    claim_schema,
    from_rows,
    need_arrow,
)

if TYPE_CHECKING:
    import pyarrow as pa

    from casualty_extract.records import Extraction

__all__ = ["read_parquet", "write_batches", "write_parquet"]

ROWS_READ = 500


def write_parquet(
    extractions: Iterable[Extraction],
    target: str | PathLike[str] | IO[bytes],
    *,
    nested: bool = False,
    force: bool = False,
) -> int:
    """Write extractions to a Parquet file as they come.

    >>> import tempfile
    >>> from casualty_extract import extract
    >>> file = Path(tempfile.mkdtemp(), "claims.parquet")
    >>> write_parquet([extract("Gunmen killed 12 people and wounded 30.")], file)
    2

    Args:
        extractions: what to write.
        target: the file, or a binary stream, which is left open.
        nested: one row an article, which `read_parquet` reads again, in place of one row a claim.
        force: whether a file that exists is replaced.

    Returns:
        How many rows were written.

    Raises:
        MissingPackageError: pyarrow is not installed.
        OutputError: the file exists or cannot be written, or an extraction does not fit into it.
    """
    # Before the first article is read, so that hours of work do not end in a missing package.
    schema = article_schema() if nested else claim_schema()
    return write_batches(batches(extractions, nested=nested), schema, target, force=force)


def write_batches(
    given: Iterable[pa.RecordBatch],
    schema: pa.Schema,
    target: str | PathLike[str] | IO[bytes],
    *,
    force: bool = False,
) -> int:
    """Write Arrow batches to a Parquet file, each as a row group of its own.

    >>> import tempfile
    >>> file = Path(tempfile.mkdtemp(), "claims.parquet")
    >>> write_batches([], claim_schema(), file)
    0

    Args:
        given: the batches.
        schema: of all of them.
        target: as in `write_parquet`.
        force: as in `write_parquet`.

    Returns:
        How many rows were written.

    Raises:
        MissingPackageError: pyarrow is not installed.
        OutputError: the file exists or cannot be written.
    """
    need_arrow()
    import pyarrow.parquet as pq

    def work(stream: IO[bytes]) -> int:
        rows = 0
        with pq.ParquetWriter(stream, schema, compression="zstd") as writer:
            for batch in given:
                writer.write_batch(batch, row_group_size=max(batch.num_rows, 1))
                rows += batch.num_rows
        return rows

    if not isinstance(target, str | PathLike):
        return work(target)
    try:
        with whole_file(Path(os.path.realpath(target)), force) as stream:
            return work(stream)
    except OSError as error:
        raise OutputError(error.strerror or str(error), target=os.fspath(target)) from error


def read_parquet(path: str | PathLike[str]) -> Iterator[Extraction]:
    """Read the extractions of a file that `write_parquet` wrote with ``nested=True``.

    >>> import tempfile
    >>> from casualty_extract import extract
    >>> file = Path(tempfile.mkdtemp(), "articles.parquet")
    >>> found = extract("Gunmen killed 12 people.")
    >>> write_parquet([found], file, nested=True)
    1
    >>> list(read_parquet(file)) == [found]
    True

    Args:
        path: the file.

    Yields:
        The extractions, in the order of the file.

    Raises:
        MissingPackageError: pyarrow is not installed.
        InputError: the file cannot be read, holds something else, or a row of it is no extraction.
    """
    pa = need_arrow()
    import pyarrow.parquet as pq

    name = os.fspath(path)
    try:
        with pq.ParquetFile(path) as file:
            form = (file.schema_arrow.metadata or {}).get(FORM, b"").decode()
            if form == "claims":
                raise InputError("it has one row a claim; the form of one row an article is read", file=name)
            if "document" not in file.schema_arrow.names or "claims" not in file.schema_arrow.names:
                raise InputError("it holds no extractions: no columns 'document' and 'claims'", file=name)
            row = 1
            for batch in file.iter_batches(batch_size=ROWS_READ):
                yield from from_rows(batch.to_pylist(), file=name, first=row)
                row += batch.num_rows
    except (pa.ArrowException, OSError) as error:
        problem: Any = getattr(error, "strerror", None) or f"it is no whole Parquet file: {error}"
        raise InputError(str(problem), file=name) from error
