"""Tables in: comma or tab separated values, and Parquet, by pyarrow.

Tables are read record by record or in small batches, and of Parquet only the columns that are needed. pyarrow
comes with the extra ``casualty-extract[parquet]`` and is imported only when such a file is read.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import chain
from typing import Any, BinaryIO

from casualty_extract.errors import InputError, MissingPackageError
from casualty_extract.readers_packed import FREE
from casualty_extract.readers_readings import Limits, Reading
from casualty_extract.readers_rows import KEYS, Columns, How, article, decoded_row, note_encoding
from casualty_extract.readers_text import in_utf8, lines

__all__ = ["needed", "read_parquet", "read_separated"]

RECORD_LINES = 100_000
"""How many lines one record of a table with separators may have; beyond it, a quotation mark was left open."""

BATCH_ROWS = 4
"""How many rows are taken out of a Parquet file at once. Each may be of the greatest size, even where the file
is small and holds one text a thousand times; more at once are hardly faster."""


def needed(header: list[str], columns: Columns, file: str) -> dict[str, str]:
    """Tell which columns of a table are needed, and under which key a row has what they hold.

    >>> needed(["Text", "date", "n"], Columns(), "a.csv")
    {'Text': 'text', 'date': 'date'}

    Args:
        header: the names of the columns.
        columns: those that the caller named.
        file: the label, for errors.

    Raises:
        InputError: a column that was named, or one for the text, is not there; or there are two of it.
    """
    found: dict[str, str] = {}
    for field, usual in KEYS.items():
        chosen = getattr(columns, field)
        wanted = usual if chosen is None else (chosen,) if chosen else ()
        roots = {name.split(".")[0] for name in wanted} | set(wanted)
        known = {name: name for name in header if name in roots}
        if chosen is None:
            # Tables made by hand have "Text" and "Date".
            folded = {name: name.casefold() for name in header if name not in known}
            known |= {n: key for n, key in folded.items() if key in wanted and key not in header}
        if not known and (chosen or field == "text"):
            told = f"named {chosen!r}" if chosen else "for the text"
            if not chosen and "claim_id" in header:
                raise InputError(
                    "it is a table of claims, not of articles; claims go in as JSON Lines", file=file
                )
            raise InputError(f"there is no column {told}; there are {_listed(header)}", file=file)
        found |= known
    for name, key in found.items():
        if header.count(name) > 1 or list(found.values()).count(key) > 1:
            raise InputError(f"two columns are called {name!r}", file=file)
    return found


def _listed(names: list[str]) -> str:
    shown = ", ".join(repr(name[:40]) for name in names[:12])
    return f"{shown} and {len(names) - 12} more" if len(names) > 12 else shown


# --- values with separators -------------------------------------------------------------------------


def read_separated(
    stream: BinaryIO, file: str, how: How, *, tabs: bool = False
) -> Iterator[Reading | InputError]:
    """Read a table with a head row; the row is the record's number, the head row not counted.

    Args:
        stream: the file.
        file: its label.
        how: what the caller chose.
        tabs: the separator is a tab; else it is what the head row has most of: comma, semicolon or tab.

    Raises:
        InputError: it is empty, has no column for the text, or its head row cannot be read.
    """
    if csv.field_size_limit() < how.limits.document_bytes:
        # Python has one such bound for all tables, of 131,072 characters; it is raised and never lowered.
        csv.field_size_limit(how.limits.document_bytes)
    stream, encoding = in_utf8(stream, file)
    feed = _Feed(lines(stream, how.limits), how.limits, encoding)
    records = csv.reader(feed, delimiter="\t" if tabs else _separator(feed), strict=True)
    header = _header(records, file)
    keys = needed(header, how.columns, file)
    number = 0
    noted = False
    while True:
        number += 1
        try:
            record = _record(records, feed)
            if record is None:
                return
            if len(record) != len(header):
                raise ValueError(f"{len(record)} cells, but {len(header)} columns")
            # A table cannot tell an empty cell from none.
            row = {keys[n]: c or None for n, c in zip(header, record, strict=True) if n in keys}
            noted = noted or note_encoding(feed.guessed, file, number)
            yield Reading(article(row, how), file, number, encoding=feed.guessed or encoding)
        except _TooLong as error:
            # Where the record ends cannot be told: its quotation mark may never be closed.
            yield InputError(f"{error}; what follows was not read", file=file, row=number)
            return
        except csv.Error as error:
            yield InputError(f"no valid row: {error}", file=file, row=number)
        except ValueError as error:
            yield InputError(str(error), file=file, row=number)


class _TooLong(ValueError):
    pass


class _Feed:
    """Gives the lines of a table to Python's reader, and counts what one record takes.

    The reader is given line ends as they stand, so that they stay as they are within cells.
    """

    def __init__(self, source: Iterator[bytes], limits: Limits, encoding: str | None) -> None:
        self.source = source
        self.most = limits.document_bytes
        self.begin()

    def begin(self) -> None:
        """Begin a record."""
        self.size = self.count = 0
        self.guessed: str | None = None

    def peek(self) -> bytes:
        """Give the first line, which will come again."""
        first = next(self.source, b"")
        if first:
            self.source = chain([first], self.source)
        return first

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self.source)
        self.size += len(line)
        self.count += 1
        if self.size > self.most:
            raise _TooLong(f"larger than {self.most:,} bytes")
        if self.count > RECORD_LINES:
            raise _TooLong(f"more than {RECORD_LINES:,} lines")
        text, guessed = decoded_row(line)
        self.guessed = guessed or self.guessed
        return text


def _separator(feed: _Feed) -> str:
    head = feed.peek().decode("utf-8", "replace")
    return max(",;\t", key=head.count)


def _header(records: Iterator[list[str]], file: str) -> list[str]:
    try:
        for record in records:
            if record:
                return [name.strip() for name in record]
    except (csv.Error, ValueError) as error:
        raise InputError(f"no valid head row: {error}", file=file) from None
    raise InputError("it is empty", file=file)


def _record(records: Iterator[list[str]], feed: _Feed) -> list[str] | None:
    """Give the next record that is not an empty line."""
    while True:
        feed.begin()
        record = next(records, None)
        if record is None or record:
            return record


# --- Parquet ----------------------------------------------------------------------------------------


def read_parquet(stream: BinaryIO, file: str, how: How) -> Iterator[Reading | InputError]:
    """Read a Parquet file; the row is the number of its row.

    Args:
        stream: the file, which can be read at any place.
        file: its label.
        how: what the caller chose.

    Raises:
        InputError: pyarrow is missing, the file is broken, empty, unpacks to too much, or has no column for
            the text.
    """
    try:
        from pyarrow import parquet
    except ImportError:
        missing = MissingPackageError("pyarrow", extra="parquet", purpose="to read Parquet files")
        raise InputError(str(missing), file=file) from None
    try:
        table = parquet.ParquetFile(stream, buffer_size=1 << 20, pre_buffer=False)
    except Exception as error:
        raise InputError(_told(error), file=file) from None
    keys = needed(table.schema_arrow.names, how.columns, file)
    _check_ratio(table.metadata, set(keys), file, how.limits)
    number = 0
    try:
        for batch in table.iter_batches(BATCH_ROWS, columns=list(keys), use_threads=False):
            columns = [(keys[name], batch.column(name)) for name in batch.schema.names]
            for at in range(batch.num_rows):
                number += 1
                yield _reading([(key, column[at]) for key, column in columns], file, number, how)
    except Exception as error:
        raise InputError(_told(error), file=file) from None
    if not number:
        raise InputError("it is empty", file=file)


def _reading(row: list[tuple[str, Any]], file: str, number: int, how: How) -> Reading | InputError:
    most = how.limits.document_bytes
    try:
        size = sum(
            value.as_buffer().size for _, value in row if value.is_valid and hasattr(value, "as_buffer")
        )
        if size > most:
            raise ValueError(f"larger than {most:,} bytes")
        return Reading(article({key: value.as_py() for key, value in row}, how), file, number)
    except ValueError as error:
        return InputError(str(error), file=file, row=number)


def _check_ratio(metadata: Any, names: set[str], file: str, limits: Limits) -> None:
    """Refuse a file whose columns become much larger than they are; pyarrow unpacks whole pages of them."""
    for group in range(metadata.num_row_groups):
        for at in range(metadata.num_columns):
            column = metadata.row_group(group).column(at)
            if column.path_in_schema.split(".")[0] not in names:
                continue
            unpacked = column.total_uncompressed_size
            if unpacked > max(FREE, limits.ratio * column.total_compressed_size):
                raise InputError(f"it unpacks to more than {limits.ratio} times its size", file=file)


def _told(error: Exception) -> str:
    return f"it is no Parquet file, or broken: {(str(error) or type(error).__name__).splitlines()[0][:200]}"
