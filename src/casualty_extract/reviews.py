"""Claims out for review, and what people decided about them in again.

`export` writes claims in the formats of tools, `read` makes `Review`s of what comes back, and `apply` gives
the claims as reviewed: also those of a later run, which never override what a person decided.

A document that cannot be written, or a row that cannot be read, is handed out as an error in its place,
and the next one follows.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, Literal, TextIO, get_args

from casualty_extract import readers
from casualty_extract.errors import AnchorError, ArgumentError, CasualtyExtractError, InputError
from casualty_extract.records import Extraction
from casualty_extract.reviews_brat import configuration, copy, read_brat, standoff
from casualty_extract.reviews_decisions import Judge
from casualty_extract.reviews_folders import Folder, file_name
from casualty_extract.reviews_labelstudio import config, read_labelstudio, task
from casualty_extract.reviews_merging import Applied, Difference, apply
from casualty_extract.reviews_records import Review, read_reviews, write_reviews
from casualty_extract.reviews_sheet import read_sheet, write_sheet
from casualty_extract.reviews_spans import doccano, prodigy
from casualty_extract.reviews_texts import Archive, digest
from casualty_extract.reviews_webannotation import collection, read_webannotation

__all__ = [
    "Applied",
    "Archive",
    "Difference",
    "ExportFormat",
    "Folder",
    "ImportFormat",
    "Judge",
    "Review",
    "apply",
    "config",
    "digest",
    "export",
    "export_brat",
    "read",
    "read_reviews",
    "texts",
    "write_reviews",
]

ExportFormat = Literal["webanno", "labelstudio", "prodigy", "doccano", "sheet"]
ImportFormat = Literal["webanno", "labelstudio", "brat", "sheet"]

MAX_BYTES = 500_000_000
"""The greatest size of a reviewed file: it is read whole."""


def texts(
    files: Iterable[str | Path], wanted: Iterable[Extraction]
) -> Iterator[tuple[str, str] | InputError]:
    """Yield the texts of articles that extractions were made of, by their SHA-256.

    Args:
        files: files of articles, or folders with such files, as `casualty_extract.readers` reads them.
        wanted: the extractions; other articles are passed over.

    Returns:
        Pairs of a SHA-256 and a text, and an `InputError` in the place of what cannot be read.
    """
    needed = {extraction.document.sha256 for extraction in wanted}
    for file in files:
        path = Path(file)
        inside = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [file]
        for one in inside:
            for reading in readers.read(one):
                if isinstance(reading, InputError):
                    yield reading
                elif (sha256 := digest(reading.article.text)) in needed:
                    yield sha256, reading.article.text


def export(
    archive: Archive, to: ExportFormat, stream: TextIO, *, version: str = ""
) -> Iterator[Extraction | AnchorError]:
    """Write claims for review, one document after the other.

    >>> import io
    >>> from casualty_extract import extract
    >>> stream = io.StringIO()
    >>> list(export(Archive([extract("Gunmen killed 12 people.")]), "sheet", stream))
    [Extraction('d32f6f8e8c4dd14f', 1 claims, 1 incidents)]
    >>> len(stream.getvalue().splitlines())
    2

    Args:
        archive: the claims and their texts; a sheet needs no texts.
        to: "webanno" (Web Annotations: a collection a line), "labelstudio" (an array of tasks), "prodigy" or
            "doccano" (JSON Lines), or "sheet" (CSV).
        stream: where to; a file is opened with ``encoding="utf-8", newline=""``.
        version: of the tool that made the claims, which Label Studio shows.

    Returns:
        Each extraction as soon as it is written, or an `AnchorError` in its place.

    Raises:
        ArgumentError: there is no such format. It is raised at once.
    """
    if to not in get_args(ExportFormat):
        raise ArgumentError("to", to, f"one of {', '.join(get_args(ExportFormat))}")
    if to == "sheet":
        return _sheet(archive, stream)
    makers: dict[str, Callable[[Extraction, str], dict[str, Any]]] = {
        "webanno": collection,
        "labelstudio": partial(task, version=version),
        "prodigy": prodigy,
        "doccano": doccano,
    }
    return _objects(archive, makers[to], stream, to == "labelstudio")


def export_brat(archive: Archive, folder: Folder) -> Iterator[Extraction | AnchorError]:
    """Write claims for brat: annotation.conf, and for each document a text and its annotations.

    Args:
        archive: the claims and their texts.
        folder: where to.

    Returns:
        Each extraction as soon as it is written, or an `AnchorError` in its place.

    Raises:
        OutputError: a file cannot be written, or is there already.
    """
    folder.write("annotation.conf", configuration())
    for extraction in archive.extractions:
        try:
            text = archive.text(extraction)
            marks = standoff(extraction, text)
        except AnchorError as error:
            yield error
            continue
        name = file_name(extraction.document)
        folder.write(f"{name}.txt", copy(text))
        folder.write(f"{name}.ann", marks)
        yield extraction


def read(
    path: str | Path,
    form: ImportFormat,
    archive: Archive,
    *,
    reviewer: str | None = None,
    at: str | None = None,
) -> Iterator[Review | CasualtyExtractError]:
    """Read what a tool exported, and make reviews of it.

    Args:
        path: the file; for "brat" the folder.
        form: of which tool.
        archive: the claims as they went out, and their texts.
        reviewer: who reviewed, where the file does not tell.
        at: when, in ISO 8601, where the file does not tell.

    Returns:
        A review for each claim that was reviewed, or an error in the place of what cannot be read.

    Raises:
        ArgumentError: there is no such format. It is raised at once.
    """
    if form not in get_args(ImportFormat):
        raise ArgumentError("form", form, f"one of {', '.join(get_args(ImportFormat))}")
    who = Judge(form, reviewer, at)
    return _brat(Path(path), archive, who) if form == "brat" else _file(str(path), form, archive, who)


def _objects(
    archive: Archive, make: Callable[[Extraction, str], dict[str, Any]], stream: TextIO, array: bool
) -> Iterator[Extraction | AnchorError]:
    written = 0
    for extraction in archive.extractions:
        try:
            made = make(extraction, archive.text(extraction))
        except AnchorError as error:
            yield error
            continue
        before = "" if not array else "[\n" if not written else ",\n"
        line = json.dumps(made, ensure_ascii=False, allow_nan=False)
        stream.write(f"{before}{line}" if array else f"{line}\n")
        written += 1
        yield extraction
    if array:
        stream.write("\n]\n" if written else "[]\n")


def _sheet(archive: Archive, stream: TextIO) -> Iterator[Extraction | AnchorError]:
    write_sheet(archive.extractions, stream)
    yield from archive.extractions


def _file(name: str, form: str, archive: Archive, who: Judge) -> Iterator[Review | CasualtyExtractError]:
    try:
        content = _content(Path(name))
    except (OSError, ValueError) as error:
        yield InputError(getattr(error, "strerror", None) or str(error), file=name)
        return
    if form == "sheet":
        yield from read_sheet(content, archive, file=name, who=who)
    elif form == "labelstudio":
        data = _json(content, name)
        yield from (
            [data] if isinstance(data, InputError) else read_labelstudio(data, archive, file=name, who=who)
        )
    else:
        yield from _webannotations(content, name, archive, who)


def _webannotations(
    content: str, name: str, archive: Archive, who: Judge
) -> Iterator[Review | CasualtyExtractError]:
    if not content.strip():
        yield InputError("it is empty", file=name)
    # A tool may write one collection over several lines, or all in one array.
    whole = _json(content, name)
    if not isinstance(whole, InputError):
        for data in whole if isinstance(whole, list) else [whole]:
            yield from read_webannotation(data, archive, file=name, who=who)
        return
    for number, line in enumerate(content.split("\n"), start=1):
        if line.strip():
            data = _json(line, name, number)
            if isinstance(data, InputError):
                yield data
            else:
                yield from read_webannotation(data, archive, file=name, row=number, who=who)


def _brat(folder: Path, archive: Archive, who: Judge) -> Iterator[Review | CasualtyExtractError]:
    known = {file_name(extraction.document): extraction for extraction in archive.extractions}
    try:
        files = sorted(path for path in folder.iterdir() if path.suffix == ".ann")
    except OSError as error:
        yield InputError(error.strerror or str(error), file=str(folder))
        return
    if not files:
        yield InputError("there are no files .ann in it", file=str(folder))
    for path in files:
        extraction = known.get(path.stem)
        try:
            if extraction is None:
                raise ValueError("there are no claims of this document")
            text, lines = archive.text(extraction), _content(path)
        except AnchorError as error:
            yield error
        except (OSError, ValueError) as error:
            yield InputError(getattr(error, "strerror", None) or str(error), file=str(path))
        else:
            yield from read_brat(lines, extraction, text, file=str(path), who=who)


def _content(path: Path) -> str:
    with open(path, "rb") as stream:
        data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise ValueError(f"larger than {MAX_BYTES:,} bytes")
    try:
        # Line ends stay as they are: cells and JSON hold some of their own.
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError("it is not UTF-8; save it as such") from None


def _json(content: str, name: str, row: int | None = None) -> Any:
    """Give the value of a JSON text, or the error in its place."""
    try:
        return json.loads(content)
    except json.JSONDecodeError as error:
        return InputError(f"no valid JSON: {error.msg} at character {error.pos + 1}", file=name, row=row)
    except RecursionError:
        return InputError("no valid JSON: nested too deeply", file=name, row=row)
    except ValueError:
        # Python refuses to read integers of more than some thousand digits.
        return InputError("no valid JSON: a number is too long", file=name, row=row)
