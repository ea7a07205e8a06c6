"""Files in: text, pages, rows, tables and web archives become articles, and what is bad becomes errors.

*Reads* one article a text, Markdown or HTML file, and one a row of JSON, JSON Lines, CSV, TSV and Parquet or a
page of a web archive; packed or not; from files, folders, patterns and standard input. *Leaves alone* the text:
line ends, blanks and Markdown signs stay as they are, so that offsets count in the file's own text. Only HTML has
no text of its own; there the text is taken out of the page, and `Reading.carries_text` says that the output has
to carry it.

Nothing that can be wrong with one file or row ends the reading: it is handed out as an `InputError`
in its place, and the next one follows. No two documents of one run have the same file and row.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from casualty_extract.errors import ArgumentError, InputError
from casualty_extract.readers_days import read_date
from casualty_extract.readers_inputs import Source, sources
from casualty_extract.readers_json import read_json
from casualty_extract.readers_packed import MAGIC, Allowance, counted, members, seekable, unpacked
from casualty_extract.readers_pages import Page
from casualty_extract.readers_readings import (
    FORMATS,
    MAX_BYTES,
    PACKED,
    STDIN,
    Format,
    Limits,
    Reading,
    format_of,
    is_read,
    label,
)
from casualty_extract.readers_rows import Columns, How, read_jsonl
from casualty_extract.readers_tables import read_parquet, read_separated
from casualty_extract.readers_text import read_page, read_text, sniff, spliced
from casualty_extract.readers_warc import read_warc

__all__ = [
    "FORMATS",
    "MAX_BYTES",
    "Columns",
    "Format",
    "Limits",
    "Page",
    "Reading",
    "read",
    "read_all",
    "read_date",
    "read_raw",
]

log = logging.getLogger(__name__)


def read(
    path: str | Path,
    *,
    format: Format = "auto",
    published: date | str | None = None,
    columns: Columns | None = None,
    limits: Limits | None = None,
) -> Iterator[Reading | InputError]:
    r"""Read the articles of one file, one after the other.

    >>> import tempfile
    >>> file = Path(tempfile.mkdtemp(), "news.jsonl")
    >>> rows = ['{"id": 7, "text": "Gunmen killed 12."}', '{"id": 8}']
    >>> _ = file.write_text("\n".join(rows), encoding="utf-8")
    >>> first, second = read(file)
    >>> first.article, first.row
    (Article('7', 17 characters), 1)
    >>> second.problem, second.row
    ("no value for 'text'", 2)

    Args:
        path: the file; "-" for standard input.
        format: what it holds; "auto" goes by the ending of its name, packed (`news.jsonl.gz`, `news.zip`) or not,
            and where it has none of those that are known, it is plain text; on standard input by how it begins.
        published: the date of publication. It stands for every text, Markdown and HTML file and every page of
            a web archive, and for those rows that have none of their own.
        columns: which key or column holds what; else the usual names tell.
        limits: the bounds of what is read.

    Returns:
        What was read, in the order of the file: a `Reading` for each article, an `InputError` for
        each row, or for the file, that cannot be read.

    Raises:
        ArgumentError: `format` or `published` cannot be used. It is raised at once.
    """
    given = _given(format, published, columns, limits)
    name = str(path)
    return _taken_out(_read(Source(name, name if name == STDIN else label(name)), given))


def read_all(
    inputs: str | Path | Sequence[str | Path],
    *,
    format: Format = "auto",
    published: date | str | None = None,
    columns: Columns | None = None,
    limits: Limits | None = None,
    leave_out: Iterable[str | Path] = (),
) -> Iterator[Reading | InputError]:
    r"""Read the articles of files, folders, patterns and standard input, one after the other.

    The order is that of the inputs, and within a folder or pattern that of the names; a file that several of
    them name is read once.

    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> _ = Path(folder, "b.txt").write_text("Gunmen killed 12.", encoding="utf-8")
    >>> _ = Path(folder, "a.csv").write_text("text,date\nA blast killed 3.,2017-09-01\n", encoding="utf-8")
    >>> [(Path(one.file).name, one.row, one.article.published) for one in read_all([folder])]
    [('a.csv', 1, datetime.date(2017, 9, 1)), ('b.txt', None, None)]

    Args:
        inputs: files; folders, which are read with the folders in them; patterns such as `news/**/*.jsonl`;
            "-" for standard input. One alone needs no list.
        format: what the files hold. "auto" goes by their names as `read` does, and passes over those files of
            a folder whose endings it does not know.
        published: the date of publication, as for `read`.
        columns: which key or column holds what; else the usual names tell.
        limits: the bounds of what is read.
        leave_out: files that are passed over where a folder or pattern leads to them, and are errors where they
            are named: those that are written meanwhile.

    Returns:
        What was read: a `Reading` for each article, and an `InputError` for each row, file or input that
        cannot be read.

    Raises:
        ArgumentError: `format` or `published` cannot be used. It is raised at once.
    """
    given = _given(format, published, columns, limits)
    return _taken_out(_read_all(sources(inputs, given.format, leave_out), given))


def read_raw(
    inputs: str | Path | Sequence[str | Path],
    *,
    format: Format = "auto",
    published: date | str | None = None,
    columns: Columns | None = None,
    limits: Limits | None = None,
    leave_out: Iterable[str | Path] = (),
) -> Iterator[Reading | Page | InputError]:
    """Read as `read_all` does, but give web pages as they are, for others to take the articles out.

    >>> import tempfile
    >>> file = Path(tempfile.mkdtemp(), "a.html")
    >>> _ = file.write_text("<html><p>Gunmen killed 12.</p></html>", encoding="utf-8")
    >>> [page] = read_raw([file])
    >>> page.html
    '<html><p>Gunmen killed 12.</p></html>'

    Args:
        inputs: as for `read_all`, and so on.
        format: of the files.
        published: the date of publication.
        columns: which key or column holds what.
        limits: the bounds of what is read.
        leave_out: files that are not read.

    Returns:
        A `Reading`, `Page` or `InputError` for each document; `Page.reading` takes the article out.

    Raises:
        ArgumentError: as `read_all` does.
    """
    given = _given(format, published, columns, limits)
    return _read_all(sources(inputs, given.format, leave_out), given)


def _taken_out(found: Iterator[Reading | Page | InputError]) -> Iterator[Reading | InputError]:
    for one in found:
        if not isinstance(one, Page):
            yield one
            continue
        try:
            yield one.reading()
        except InputError as error:
            yield error


@dataclass(frozen=True, slots=True)
class _Given:
    format: Format
    how: How


def _given(
    format: Format, published: date | str | None, columns: Columns | None, limits: Limits | None
) -> _Given:
    if format not in FORMATS:
        raise ArgumentError("format", format, f"one of {', '.join(FORMATS)}")
    when = read_date(published) if isinstance(published, str) else published
    return _Given(format, How(when, columns or Columns(), limits or Limits()))


def _read_all(found: Iterable[Source | InputError], given: _Given) -> Iterator[Reading | Page | InputError]:
    for source in found:
        if isinstance(source, InputError):
            yield source
        else:
            yield from _read(source, given)


def _read(source: Source, given: _Given) -> Iterator[Reading | Page | InputError]:
    try:
        if source.path == STDIN:
            # A daemon may have been started without standard input; Python then has None for it.
            if sys.stdin is None:
                raise InputError("there is no standard input", file=STDIN)
            yield from _read_nameless(_File(sys.stdin.buffer, STDIN, ""), given)
            return
        with open(source.path, "rb") as stream:
            yield from _read_file(_File(stream, source.file, Path(source.path).name), given)
    except InputError as error:
        yield error
    except (OSError, ValueError) as error:
        # ValueError: a name with a NUL in it.
        yield InputError(getattr(error, "strerror", None) or str(error), file=source.file)


@dataclass(frozen=True, slots=True)
class _File:
    """An open file: its stream, label and name, what it may unpack to, and how deep it is packed."""

    stream: BinaryIO
    file: str
    name: str
    allowance: Allowance | None = None
    depth: int = 0


def _read_file(opened: _File, given: _Given) -> Iterator[Reading | Page | InputError]:
    """Read a file that has a name, packed or not."""
    suffix = PurePosixPath(opened.name).suffix
    kind = PACKED.get(suffix.lower())
    if kind:
        yield from _read_packed(opened, kind, given)
        return
    format = given.format
    if format == "auto":
        known = format_of(opened.name)
        if known is None and opened.depth and not suffix:
            # `news.gz` does not tell what is in it.
            yield from _read_nameless(opened, given)
            return
        format = known or "text"
    yield from _read_as(format, opened, given.how)


def _read_nameless(opened: _File, given: _Given) -> Iterator[Reading | Page | InputError]:
    """Read what has no name, or one that tells nothing, by how it begins."""
    head = opened.stream.read(4)
    opened = _with(opened, spliced(head, opened.stream))
    for magic, kind in MAGIC.items():
        if head.startswith(magic):
            yield from _read_packed(opened, kind, given)
            return
    format = given.format
    if format == "auto":
        head, format = sniff(opened.stream, given.how.limits)
        opened = _with(opened, spliced(head, opened.stream))
    yield from _read_as(format, opened, given.how)


def _with(opened: _File, stream: BinaryIO) -> _File:
    return _File(stream, opened.file, opened.name, opened.allowance, opened.depth)


def _read_packed(opened: _File, kind: str, given: _Given) -> Iterator[Reading | Page | InputError]:
    limits = given.how.limits
    depth = opened.depth + 1
    if depth > limits.packing_depth:
        raise InputError(f"packed more than {limits.packing_depth} deep", file=opened.file)
    allowance = Allowance(opened.file, limits.ratio, opened.allowance)
    if kind == "zip":
        yield from _read_zip(opened, allowance, depth, given)
        return
    stream = unpacked(counted(opened.stream, allowance), kind, opened.file, allowance)
    name = opened.name.removesuffix(PurePosixPath(opened.name).suffix)
    yield from _read_file(_File(stream, opened.file, name, allowance, depth), given)


def _read_zip(
    opened: _File, allowance: Allowance, depth: int, given: _Given
) -> Iterator[Reading | Page | InputError]:
    limits = given.how.limits
    with seekable(opened.stream, opened.file, limits) as stream:
        allowance.gave(stream.seek(0, os.SEEK_END))
        found = passed = 0
        for member in members(stream, opened.file, limits):
            if member.is_hidden:
                continue
            if given.format == "auto" and not is_read(member.name):
                passed += 1
                continue
            found += 1
            mine = Allowance(member.file, limits.ratio, allowance)
            mine.gave(member.size)
            try:
                inner = _File(member.open(mine), member.file, PurePosixPath(member.name).name, mine, depth)
                yield from _read_file(inner, given)
            except InputError as error:
                # What is wrong with the zip file itself, or with one that it is in, ends it.
                if not error.file.startswith(member.file):
                    raise
                yield error
            except (OSError, ValueError) as error:
                yield InputError(str(error), file=member.file)
    if passed:
        log.warning("%s: %d files passed over for their endings", opened.file, passed)
    if not found:
        raise InputError("no file in it can be read", file=opened.file)


def _read_as(format: Format, opened: _File, how: How) -> Iterator[Reading | Page | InputError]:
    stream, file = opened.stream, opened.file
    if format == "html":
        yield read_page(stream, file, how.published, how.limits)
    elif format == "json":
        yield from read_json(stream, file, how)
    elif format == "jsonl":
        yield from read_jsonl(stream, file, how)
    elif format in ("csv", "tsv"):
        yield from read_separated(stream, file, how, tabs=format == "tsv")
    elif format == "parquet":
        with seekable(stream, file, how.limits) as table:
            yield from read_parquet(table, file, how)
    elif format == "warc":
        yield from read_warc(stream, file, how)
    else:
        yield read_text(stream, file, how.published, how.limits)
